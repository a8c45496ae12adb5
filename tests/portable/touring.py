"""Run in a process of its own: the program from its stick, used as a person would for a minute, then locked and hidden.

``touring.py`` makes a notebook, writes, fills in a part of a form, looks at pages as they would be printed, copies, and
locks with the key; ``touring.py again`` is what then begins anew: it unlocks, looks, and hides. What was done, or what
went wrong, is told in the file ``told`` on the stick, because what begins anew has nothing else to tell it to.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from planner.system.harden import harden

harden()

from PySide6.QtCore import QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from planner import app as whole  # noqa: E402
from planner.system import relaunch  # noqa: E402
from planner.tour.hand import CONTROL, SHIFT, Hand, Key  # noqa: E402
from planner.ui.pages.plan import PlanPage  # noqa: E402

PASSPHRASE = "paper boat on a quiet river"
ANEW = "again"
TOLD = Path(whole.__file__).parents[1] / "told"


def did(what: str) -> None:
    with TOLD.open("a") as stream:
        stream.write(f"{what}\n")


def first_day(hand: Hand, program: whole.Program) -> None:
    """From the first start to the lock."""
    hand.press("Go on")
    hand.press("English")
    hand.press("For me")
    hand.press("Next")
    hand.type_into("What shall we call you here?", "Ana")
    hand.press("Next")
    for field in ("Passphrase", "Once more"):
        hand.type_anew(field, PASSPHRASE)
    hand.press("Make the notebook")
    hand.wait_to_see("Would you like a spare key?")
    hand.press("Not now")
    hand.wait_for(lambda: program.session is not None, "the open notebook")
    did("made")
    for page in ("My plan", "Calendar", "People", "Guided forms", "My papers", "Library", "Settings", "Today"):
        hand.press(page)
    did("pages")
    hand.press("Begin")
    assert program.shell is not None
    for _page in range(4):
        hand.press("Next")
    hand.press("Pause here")
    did("form")
    hand.press("My plan")
    plan = program.shell.page("plan")
    assert isinstance(plan, PlanPage)
    plan.begin()
    hand.type("Find a room near the river")
    for key in (Key.Key_A, Key.Key_C):
        hand.key(key, CONTROL)
    assert QApplication.clipboard().text() == "Find a room near the river"
    hand.key(Key.Key_Return)
    did("typed and copied")
    hand.press("Print and share")
    hand.press("Look at the pages")
    hand.wait_to_see("What these pages tell")
    hand.wait_to_see("Save a PDF")
    did("printed")
    hand.key(Key.Key_L, CONTROL)
    raise AssertionError("the lock ends the process")


def after_the_lock(hand: Hand, program: whole.Program) -> None:
    """From the lock screen to out of sight."""
    hand.wait_to_see("Open")
    hand.type_into("Passphrase", PASSPHRASE)
    hand.key(Key.Key_Return)
    hand.wait_for(lambda: program.session is not None, "the open notebook")
    hand.press("My plan")
    did("unlocked")
    hand.key(Key.Key_H, CONTROL | SHIFT)
    did("hidden")


class Toured(whole.Program):
    """The program, with a hand at its window as soon as that stands there."""

    def settle_down(self) -> None:
        super().settle_down()
        walk: Callable[[Hand, whole.Program], None] = after_the_lock if sys.argv[1:] == [ANEW] else first_day
        QTimer.singleShot(0, lambda: self.go(walk))

    def go(self, walk: Callable[[Hand, whole.Program], None]) -> None:
        try:
            hand = Hand(self.app, self.window)
            self.window.activateWindow()
            hand.settle()
            walk(hand, self)
        except BaseException:  # noqa: BLE001 - told, and then over
            did(traceback.format_exc())
            os._exit(3)


relaunch.command = lambda *_words: [sys.executable, "-P", __file__, ANEW]
whole.Program = Toured  # type: ignore[misc]
sys.exit(whole.run_window(None))
