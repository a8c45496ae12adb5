"""Beside an appointment: the way to what helps to get ready for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.session.library import Shelf, fitting_kit
from planner.ui.kit.layouts import Box, clear, column
from planner.ui.kit.rows import ListRow
from planner.ui.kit.text import Rule, Section
from planner.words import _, language

if TYPE_CHECKING:
    from planner.plan.records import Appointment
    from planner.ui.page import Desk


class GetReady(QWidget):
    """The kit that fits the appointment; where none fits, all of them. Hidden without one that is still to come."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shown: tuple[str, str] | None = None
        self.row: ListRow | None = None
        self._lines = Box(True, 0, (0, 0, 0, 0))
        self.setLayout(column(24, Section(_("Get ready")), self._lines))
        self.hide()

    def show_for(self, record: Appointment | None) -> None:
        """Show what fits this appointment."""
        if record is None:
            self.hide()
            return
        kit = fitting_kit(record, self._desk.session.content.kits())
        shown = (record.id, kit.id if kit is not None else "")
        if shown != self._shown:
            self._shown = shown
            clear(self._lines)
            title = kit.title.get(language()) if kit is not None else _("Getting ready for an appointment")
            icon = kit.icon if kit is not None else "library"
            self.row = ListRow(title, _("How to get ready"), icon=icon, on=self._open)
            self._lines.put(self.row, Rule())
        self.show()

    def _open(self) -> None:
        if self._shown is None:
            return
        record, kit = self._shown
        if kit:
            self._desk.go("kit", kit=kit, appointment=record)
        else:
            self._desk.go("library", group=Shelf.KITS.value, appointment=record)
