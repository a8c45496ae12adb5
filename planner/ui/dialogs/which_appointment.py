"""Which of the coming appointments something is put into; or a new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.ui.kit.dialogs import Dialog
from planner.ui.kit.lists import Line, ListView
from planner.ui.pages.appointment_words import shown_title
from planner.words import _

if TYPE_CHECKING:
    from planner.plan.records import Appointment
    from planner.session import AgendaItem
    from planner.ui.formats import Formats

NEW = "new"


class WhichAppointment(Dialog):
    """The coming appointments, each once with its next day, and a line for a new one."""

    def __init__(
        self,
        parent: QWidget,
        coming: Sequence[AgendaItem],
        formats: Formats,
        on_chosen: Callable[[Appointment | None], object],
    ) -> None:
        """``on_chosen`` gets the appointment, or None for a new one."""
        self._coming = {each.appointment.id: each.appointment for each in coming}
        self._on_chosen = on_chosen
        self.list = ListView(_("Which appointment?"))
        lines = [Line(NEW, _("A new appointment"), _("You fill in the day there."), icon="plus")]
        for each in coming:
            hour = formats.time(each.time) if each.time is not None else ""
            day = ", ".join(filter(None, (formats.day_with_weekday(each.day), hour)))
            lines.append(Line(each.appointment.id, shown_title(each.appointment), day, icon="calendar"))
        self.list.set_lines(lines)
        self.list.opened.connect(self._take)
        super().__init__(
            parent, _("Which appointment?"), _("What is there stays. Only new lines are added."), self.list
        )
        self.add_button(_("Not now"), "quiet")

    def first_focus(self) -> QWidget | None:
        """The list."""
        return self.list

    def _take(self, name: str) -> None:
        self.accept()
        self._on_chosen(self._coming.get(name))
