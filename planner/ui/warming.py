"""What the next pages need is read in beside the window, so that no first press has to wait for it."""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from threading import Thread
from time import sleep

from planner.errors import MachineTrouble
from planner.ui.navigation import PAGES

# Reading in one module holds Python for a few milliseconds at a time; between two of them the window has its turn.
_TURN = 0.005
_AT_ONCE = ("planner.ui.open_notebook", "planner.ui.formats", "planner.system.idle", "planner.ui.automatic_copies")
_FIRST = ("today", "plan", "calendar", "appointment", "people", "forms", "form")
_BEHIND = ("planner.plan.documents", "planner.session.filling_desk", "planner.forms")
_LAST = ("planner.exchange.paper", "planner.ui.printing", "planner.ui.paper.preview")


def modules() -> list[str]:
    """What is read in, in the order in which it is likely to be asked for."""
    pages = [PAGES[name] for name in (*_FIRST, *(name for name in PAGES if name not in _FIRST))]
    behind = [each.partition(":")[0] for each in pages]
    today, first, others = behind[:1], behind[1 : len(_FIRST)], behind[len(_FIRST) :]
    return [*_AT_ONCE, *today, *_BEHIND[:1], *first, *_BEHIND[1:], *others, *_LAST]


class Warming:
    """Reads in once in the life of a process, in a thread that nobody waits for."""

    def __init__(self) -> None:
        """Begins at once."""
        self.thread = Thread(target=_read_in, name="warming", daemon=True)
        self.thread.start()


def _read_in() -> None:
    for name in modules():
        # Whoever opens the page is told what is the matter with it.
        with suppress(ImportError):
            import_module(name)
        sleep(_TURN)
    from planner.packs import built_in
    from planner.packs.forms import shipped_forms
    from planner.session.form_versions import shipped_form
    from planner.ui.pages.help import directory

    with suppress(MachineTrouble, OSError):
        directory()
        for each in shipped_forms():
            shipped_form(each.id)
            sleep(_TURN)
        for read in (built_in.kits, built_in.guides, built_in.goal_ideas, built_in.limits):
            read()
            sleep(_TURN)
