"""Run in a process of its own: the program on a real screen with a notebook open at a page, until it is hidden.

``PAGE`` may end in ``+`` and a part of it: ``+typing`` puts the keyboard into a field, ``+menu`` opens the menu of the
head, ``+dialog`` a dialog. The secret comes on input; a line is written when it stands there.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from planner import app as whole
from planner.store.notebooks import Notebook

folder, opened = Path(sys.argv[1]), sys.argv[2]
page, _plus, part = opened.partition("+")
secret = sys.stdin.readline().strip()


class Opened(whole.Program):
    """Opens the notebook without asking, and the page."""

    def settle_down(self) -> None:
        """The window stands there."""
        super().settle_down()
        self.enter_notebook(Notebook.open(folder, secret))
        assert self.shell is not None
        if self.session is not None and self.session.mode.value == "with-others" and page != "everyone":
            self.session.choose(self.session.people()[0].id)
        self.shell.go(page)
        QTimer.singleShot(300, self.take_part)

    def take_part(self) -> None:
        """What somebody does there."""
        assert self.shell is not None
        if part == "typing":
            fields = (QLineEdit, QPlainTextEdit)
            found = [each for each in self.shell.findChildren(QWidget) if isinstance(each, fields) and each.isVisible()]
            found[-1].setFocus()
        elif part == "menu":
            self.shell.header.undo_button.click()
        elif part == "dialog":
            from planner.ui.dialogs.change_passphrase import ChangePassphrase

            self.shell.ask(ChangePassphrase(self.window, self.shell))
        QTimer.singleShot(200, lambda: print("ready", flush=True))


whole.Program = Opened  # type: ignore[misc]
sys.exit(whole.run_window(folder.parent))
