"""Whether a notebook for oneself shows all pages, or only those for every day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QWidget

from planner.session import Changed
from planner.settings import EVERYDAY
from planner.ui.everyday import CONTENTS
from planner.ui.kit.choices import TickChoice
from planner.ui.kit.layouts import column
from planner.words import _

if TYPE_CHECKING:
    from planner.ui.page import Desk


class ContentsPart(QWidget):
    """One tick, the same words in every notebook for oneself."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.tick = TickChoice(
            _("More pages"), _("On: all pages that this program has. Off: only those for every day.")
        )
        self.tick.toggled.connect(self._toggled)
        self.setLayout(column(self.tick))

    def refresh(self) -> None:
        """Show what is kept."""
        blocker = QSignalBlocker(self.tick)
        self.tick.setChecked(not self._desk.session.everyday)
        blocker.unblock()

    def _toggled(self, on: bool) -> None:
        """All pages come back with the passphrase alone: whoever asked to have it opened may sit there now."""
        if not on:
            self._keep(on)
            return
        from planner.ui.dialogs.ask_passphrase import AskPassphrase

        self.refresh()
        words = _("This needs your passphrase once more.")
        dialog = AskPassphrase(self.window(), self._desk, _("More pages"), words, _("Open"), lambda: self._keep(on))
        self._desk.ask(dialog)

    def _keep(self, on: bool) -> None:
        session = self._desk.session
        if self._desk.keep(lambda: session.set_setting("contents", "whole" if on else EVERYDAY)):
            session.editor.tell(Changed("", frozenset({"settings", CONTENTS})))
