"""Settings at the end: a hold, and erasing this notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.session import Mode
from planner.ui.dialogs.hold import HoldPart
from planner.ui.kit.layouts import column
from planner.ui.kit.rows import ListRow
from planner.ui.kit.text import Rule, Text
from planner.words import _

if TYPE_CHECKING:
    from planner.ui.page import Desk


class ErasePart(QWidget):
    """For oneself the hold stands here; a worker finds it with each person."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.hold = HoldPart(desk)
        self.erase_row = ListRow(
            _("Erase this notebook"),
            _("First you see what goes and what stays. It asks for your passphrase."),
            icon="no",
            on=self.ask,
        )
        mine = desk.session.mode is Mode.FOR_ME
        above: tuple[QWidget | int, ...] = (self.hold, 8) if mine else ()
        self.setLayout(column(Text(_("Keeping and erasing"), "strong"), 8, *above, self.erase_row, Rule(start=8)))
        if not mine:
            self.hold.hide()

    def refresh(self) -> None:
        """Show whether there is a hold."""
        person = self._desk.session.person
        if self._desk.session.mode is Mode.FOR_ME and person is not None:
            self.hold.show_person(person)

    def ask(self) -> None:
        """What goes, what stays, and then the passphrase."""
        from planner.ui.dialogs.erase import ask_to_erase_notebook

        ask_to_erase_notebook(self._desk, self.window())
