"""What this can and cannot do: from About, one part of each kind opened, and before there is a notebook."""

from __future__ import annotations

from planner.tour.hand import Key
from planner.tour.stage import Stage
from planner.words import _

OPENED = ("lock", "forced", "hibernation")
"""A protection, something that nothing helps against, and something that the system keeps."""


def before_anything(stage: Stage) -> None:
    """On the first screen of all: nothing is kept by reading it."""
    hand = stage.hand
    hand.wait_to_see(_("Before you begin"))
    hand.press(_("What this can and cannot do"))
    hand.picture("can-and-cannot-before")
    hand.key(Key.Key_Escape)


def limits(stage: Stage, before: str = "") -> None:
    """The page, and some of its parts."""
    hand = stage.hand
    stage.shell.go("settings")
    hand.press_beginning(_("What this can and cannot do"))
    hand.picture(f"{before}can-and-cannot")
    for part in OPENED:
        stage.shell.go("limits", part=part)
        hand.picture(f"{before}can-and-cannot-{part}")
    stage.shell.go("limits")
    hand.scroll(1)
    hand.press(_("Where this comes from"))
    hand.picture(f"{before}can-and-cannot-below")
    hand.scroll(0)
