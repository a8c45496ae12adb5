"""Shares, typed one after the other, until there are enough of them to open a notebook."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from planner.keys.shares import Gathered, ShareRefused
from planner.ui.kit.dialogs import Dialog
from planner.ui.kit.layouts import column
from planner.ui.kit.said import announce
from planner.ui.kit.text import Text
from planner.ui.share_words import ShareEntry
from planner.words import _, n_

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class OpenWithShares(Dialog):
    """Asks for the words of one share, then of the next. What was typed is kept nowhere."""

    def __init__(self, parent: QWidget, take: Callable[[str], object]) -> None:
        """``take`` is called with what the shares open with together, once there are enough."""
        self._take = take
        self._gathered = Gathered()
        self.state = Text(self._state_words(), "strong")
        self.entry = ShareEntry()
        self.entry.complete.connect(self._one_more)
        super().__init__(
            parent,
            _("Open with shares"),
            _("Each share has 20 words on a paper. The order of the papers does not matter."),
            column(self.state, 12, self.entry),
            icon="key",
        )
        self.add_button(_("Not now"))

    def first_focus(self) -> QWidget | None:
        """Where the words are typed."""
        return self.entry.field

    def _state_words(self) -> str:
        have, missing = self._gathered.count, self._gathered.missing
        if not have:
            return _("The first share")
        found = n_("{n} share is in.", "{n} shares are in.", have).format(n=have)
        return found + " " + n_("{n} more is needed.", "{n} more are needed.", missing).format(n=missing)

    def _one_more(self) -> None:
        try:
            self._gathered.add(self.entry.words)
        except ShareRefused as problem:
            self.entry.refuse(problem)
            return
        self.entry.clear()
        if self._gathered.missing:
            self.state.setText(self._state_words())
            announce(self, self._state_words())
            return
        secret = self._gathered.secret()
        self.accept()
        self._take(secret)
