"""The passphrase, asked for before the others' pages can be reached again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.ui.dialogs.ask_passphrase import AskPassphrase
from planner.words import _

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from planner.ui.page import Desk


class OpenOthers(AskPassphrase):
    """Ends the time in which one person's pages alone can be reached."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(
            parent,
            desk,
            _("Open the others"),
            _("Everyone’s names and pages can be seen again after this."),
            _("Open"),
            self._reach,
        )

    def _reach(self) -> None:
        self._desk.session.reached_everyone()
        self._desk.say(_("The others’ pages are open again."))
