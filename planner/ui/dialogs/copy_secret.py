"""The passphrase of a safety copy, asked for before it is opened as a notebook of its own, or to look into it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from planner.ui.kit.dialogs import Dialog
from planner.ui.kit.fields import FieldRow, PassphraseField
from planner.words import _


def not_this_copy() -> str:
    """What is said where the passphrase does not fit."""
    return _("That does not open this copy.")


class CopySecret(Dialog):
    """One field. It stays open until :meth:`accept`, so that a slip can be put right."""

    def __init__(self, parent: QWidget, title: str, words: str, yes: str, on_given: Callable[[str], object]) -> None:
        """``yes`` are the words of the main button; ``on_given`` gets what was typed."""
        self._on_given = on_given
        self.secret = PassphraseField(name=_("Passphrase or spare key"), big=False)
        self.row = FieldRow(_("Passphrase or spare key"), self.secret)
        super().__init__(parent, title, words, self.row, icon="lock", width=480)
        self.secret.changed.connect(lambda: self.row.ask(""))
        self.secret.returnPressed.connect(self.give)
        self.yes = self.add_button(yes, "main", self.give, closes=False)
        self.shares = self.add_button(_("Open with shares"), on=self._ask_for_shares, closes=False)
        self.add_button(_("Not now"))

    def _ask_for_shares(self) -> None:
        from planner.ui.dialogs.open_with_shares import OpenWithShares

        OpenWithShares(self.window(), self._on_given).open()

    def give(self) -> None:
        """Hand over what was typed."""
        if not self.secret.text():
            self.row.ask(_("Type your passphrase first."))
            self.secret.setFocus()
            return
        self._on_given(self.secret.text())

    def refuse(self, sentence: str) -> None:
        """Say calmly why it does not open; what was typed stays. Nothing where it was closed meanwhile."""
        if isValid(self):
            self.row.ask(sentence)
            self.secret.setFocus()

    def taken(self) -> None:
        """It opened: close, where that was not done meanwhile."""
        if isValid(self):
            self.accept()

    def done(self, result: int) -> None:
        """Close, and let go of what was typed."""
        self.secret.clear()
        super().done(result)
