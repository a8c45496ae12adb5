"""The passphrase, asked for before something that nobody else who sits at the open notebook is to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.errors import MachineTrouble
from planner.ui.kit.dialogs import Dialog
from planner.ui.kit.fields import FieldRow, PassphraseField
from planner.words import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from planner.ui.page import Desk
    from planner.ui.work import Progress


class AskPassphrase(Dialog):
    """A small card with one field; what was typed is checked beside the window."""

    def __init__(
        self, parent: QWidget, desk: Desk, title: str, words: str, yes: str, go_on: Callable[[], object]
    ) -> None:
        """``yes`` are the words of the main button; ``go_on`` is called once it was the right one."""
        self._desk, self._go_on = desk, go_on
        self.is_checking = False
        self.secret = PassphraseField(name=_("Passphrase"), big=False)
        self.row = FieldRow(_("Passphrase"), self.secret)
        super().__init__(parent, title, words, self.row, icon="lock", width=440)
        self.yes = self.add_button(yes, "main", self._check, closes=False, default=True)
        self.add_button(_("Not now"))

    def _check(self) -> None:
        secret = self.secret.text()
        if self.is_checking:
            return
        if not secret:
            self.row.ask(_("Type your passphrase first."))
            self.secret.setFocus()
            return
        self.is_checking = True
        session = self._desk.session

        def work(_progress: Progress) -> MachineTrouble | None:
            try:
                session.check_secret(secret)
            except MachineTrouble as problem:
                return problem
            return None

        self._desk.busy(_("Checking"), work, self._checked, cancel=False)

    def _checked(self, problem: MachineTrouble | None) -> None:
        self.is_checking = False
        if problem is not None:
            self.row.ask(problem.sentence)
            self.secret.setFocus()
            return
        self.secret.clear()
        self.accept()
        self._go_on()
