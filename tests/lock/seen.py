"""Run in a process of its own: the program on a real screen, at some place, until a key takes it away.

``seen.py DATA PLACE [late]`` reads the passphrase from standard input and writes ``ready`` when it stands there. When
the key came it writes ``shown``, with how many windows the server still had when the store was first asked for
something. Two ways of being wrong, to know that they would be seen: with ``late`` the windows go only when everything
was put away, with ``told too soon`` a field hears that it is left while the window is still there.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from time import monotonic, sleep

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from benches.x_screen import Screen
from planner import app as whole
from planner.store.folders import find_stores
from planner.store.notebooks import Notebook
from planner.ui import sight
from planner.ui.pages.plan import PlanPage
from planner.ui.pages.settings import SettingsPage

TYPED = "Sleep somewh"
WAIT = 2.0
"""Seconds the store is kept waiting for the windows to go: a request that lies in a buffer does not go by itself."""

data_dir, place = Path(sys.argv[1]), sys.argv[2]
secret = sys.stdin.readline().strip()
told: list[int] = []


def first_asked(_statement: str) -> None:
    """Look with the eyes of the server, before the first statement runs."""
    if told:
        return
    screen = Screen(os.environ["DISPLAY"])
    until = monotonic() + WAIT
    while screen.shown() and monotonic() < until:
        sleep(0.02)
    told.append(len(screen.shown()))
    print(f"shown {told[0]}", flush=True)


class Watched(whole.Program):
    """Opens the notebook and goes to a place; the store is watched from the key on."""

    def settle_down(self) -> None:
        """The window stands there."""
        super().settle_down()
        if place == "lock-screen":
            QTimer.singleShot(300, lambda: print("ready", flush=True))
            return
        self.enter_notebook(Notebook.open(find_stores(data_dir)[0].folder, secret))
        QTimer.singleShot(300, self.take_place)

    def take_place(self) -> None:
        """What somebody is doing there."""
        assert self.shell is not None
        self.shell.go("settings" if place == "leaving-saves" else "plan")
        page = self.shell.open_page()
        field: QWidget
        if isinstance(page, SettingsPage):
            field = page.typed.name_field
        else:
            assert isinstance(page, PlanPage)
            page.begin()
            page.new.words.set_text(TYPED)
            field = page.new.words.paper
        field.setFocus()
        if place == "tool-tip":
            QToolTip.showText(self.window.mapToGlobal(QPoint(200, 200)), "What a button is called", self.window)
        elif place == "card":
            from threading import Event

            self.shell.busy("Working", lambda _progress: Event().wait(3), lambda _none: None, False)
        elif place == "marked" and isinstance(page, PlanPage):
            page.new.words.paper.selectAll()
        QTimer.singleShot(1000 if place == "card" else 300, self.say_ready)

    def say_ready(self) -> None:
        """Where the words are, for a hand that marks and drags them."""
        focus = QApplication.focusWidget()
        assert focus is not None
        spot = focus.mapToGlobal(QPoint(30, 16))
        print(f"ready {spot.x()} {spot.y()}", flush=True)

    def lock(self, *, hide: bool = False) -> None:
        """The lock as it is, with the store watched."""
        if self.session is not None:
            self.session.store._raw.set_trace_callback(first_asked)
        super().lock(hide=hide)


if sys.argv[3:] == ["late"]:
    setattr(whole, "out_of_sight", lambda: None)  # noqa: B010 - it is imported there, not offered
if sys.argv[3:] == ["told too soon"]:
    sight._HeldBack.eventFilter = lambda *_: False  # type: ignore[method-assign]
whole.Program = Watched  # type: ignore[misc]
sys.exit(whole.run_window(data_dir))
