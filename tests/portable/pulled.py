"""Run in a process of its own: the program with a notebook open on a stick that is then pulled out.

``pulled.py DATA WHAT`` reads the passphrase and the next one from standard input, one a line. ``WHAT`` is ``note``
(half a goal is typed), ``import`` (goals come in, one after the other), ``copy``, ``restore`` or ``key change``. It
writes ``ready`` in the middle of it; ``saved N`` when that much was reported saved; ``gone`` when it heard that the
stick is gone; ``asked`` for each window that was shown after that; ``anew`` if it began anew.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from threading import Event
from typing import Any

from planner.system.harden import harden

harden()

from PySide6.QtCore import QEvent, QObject, QTimer  # noqa: E402
from PySide6.QtWidgets import QWidget  # noqa: E402

from planner import app as whole  # noqa: E402
from planner.plan.records import Goal  # noqa: E402
from planner.store.backups_open import restore  # noqa: E402
from planner.store.folders import find_stores  # noqa: E402
from planner.store.notebooks import Notebook  # noqa: E402
from planner.system.away import Gone  # noqa: E402
from planner.ui.pages.plan import PlanPage  # noqa: E402
from planner.ui.work import Progress  # noqa: E402

data_dir, what = Path(sys.argv[1]), sys.argv[2]
secret, new = sys.stdin.readline().strip(), sys.stdin.readline().strip()
begun = Event()
SOME = 5
"""How many goals are in before it counts as the middle."""


def say(words: str) -> None:
    os.write(1, f"{words}\n".encode())


class Seen(QObject):
    """Tells of every window that is shown once the stick is gone."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isVisible():
            say(f"asked {type(watched).__name__}")
        return False


def anew(data_dir: Path) -> None:
    say("anew")
    os._exit(1)


class Pulled(whole.Program):
    """The program, in the middle of something."""

    def settle_down(self) -> None:
        super().settle_down()
        self.enter_notebook(Notebook.open(find_stores(data_dir)[0].folder, secret))
        QTimer.singleShot(0, self.go_on)

    def go_on(self) -> None:
        assert self.shell is not None
        if what == "note":
            self.shell.go("plan")
            page = self.shell.page("plan")
            assert isinstance(page, PlanPage)
            page.begin()
            page.new.words.set_text("Sleep somewh")
            # As it is when she thinks about the next word for a moment.
            QTimer.singleShot(1500, lambda: say("saved 1"))
            QTimer.singleShot(1600, lambda: say("ready"))
            return
        self.shell.busy("Working", self.work, lambda _none: None)
        assert begun.wait(30)
        say("ready")

    def work(self, progress: Progress) -> None:
        def step(done: int, of: int) -> None:
            if what != "import" or done == SOME:
                begun.set()
            progress.step(done, of)

        session = self.session
        assert session is not None
        if what == "key change":
            session.notebook.change_passphrase(secret, new, step)
        elif what == "copy":
            session.backups.make(step)
        elif what == "import":
            for number in range(100_000):
                with session.edit(session.people()[0].id, "Bring in") as edit:
                    edit.add(Goal(title=f"Brought in {number}"))
                say(f"saved {number + 1}")
                step(number, 0)
        else:
            restore(session.backups.list()[0].folder, secret, data_dir, "", step)

    def _gone(self, reason: Gone) -> None:
        assert reason is Gone.STICK
        say("gone")
        self.seen: Any = Seen()
        self.app.installEventFilter(self.seen)
        super()._gone(reason)


whole.Program = Pulled  # type: ignore[misc]
sys.exit(whole.run_window(data_dir, anew))
