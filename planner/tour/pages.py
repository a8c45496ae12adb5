"""The pages as they are once something stands on them, and as they are before."""

from __future__ import annotations

from planner.tour.made_up import Said
from planner.tour.stage import Stage

FOR_ME = ("today", "plan", "calendar", "people", "forms", "library", "print", "help", "moment", "settings")
CONTENT: tuple[tuple[str, dict[str, str]], ...] = (
    ("clocks", {"template": "hearing"}),
    ("directory", {}),
    ("guide", {"guide": "sleep"}),
    ("kit", {"kit": "first-doctor"}),
    ("goal-idea", {"idea": "safe-plan"}),
    ("safety", {}),
    ("card", {}),
    ("papers", {}),
)
EMPTY = ("today", "plan", "calendar", "people", "forms", "print", "search", "activity")
EMPTY_OF_OTHERS = ("today", "calendar", "everyone", "library")


def every(stage: Stage, names: tuple[str, ...], before: str = "") -> None:
    """Open pages one after the other; what does not fit is shown further down."""
    for name in names:
        stage.shell.go(name)
        stage.hand.hush()
        stage.hand.picture(f"{before}{name}")


def further_down(stage: Stage, names: tuple[str, ...], before: str = "") -> None:
    """The same, read to the end."""
    for name in names:
        stage.shell.go(name)
        stage.hand.hush()
        stage.hand.scroll(1)
        stage.hand.picture(f"{before}{name}-below")
        stage.hand.scroll(0)


def content(stage: Stage, before: str = "") -> None:
    """What is read and looked up, opened one after the other."""
    for page, where in CONTENT:
        stage.shell.go(page, **where)
        stage.hand.hush()
        stage.hand.picture(f"{before}{page}-of-content")


def opened(stage: Stage, said: Said) -> None:
    """A goal, an appointment and the answers to a search, as they stand in the made-up notebook."""
    hand, session = stage.hand, stage.session
    stage.shell.go("appointment", appointment=session.appointments(stage.me)[0].id)
    hand.picture("appointment")
    stage.shell.go("search", text=said.search[0])
    hand.picture("search")
