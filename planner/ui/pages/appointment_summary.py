"""A repeating appointment as it is read, with the question which of its times is to be changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSizePolicy, QWidget

from planner.plan.repeat_words import describe_repeat
from planner.ui.kit.buttons import Button
from planner.ui.kit.layouts import Box, clear, column, flow
from planner.ui.kit.text import Chip, Section, Text
from planner.ui.pages.appointment_saving import day_and_hour
from planner.ui.pages.appointment_words import chips, length_words
from planner.words import _

if TYPE_CHECKING:
    from planner.plan.agenda import Occurrence
    from planner.plan.records import Appointment
    from planner.ui.page import Desk


class AppointmentSummary(QWidget):
    """What it is and when, read only; below, two ways to change it."""

    def __init__(self, desk: Desk, only: Callable[[], object], later: Callable[[], object]) -> None:
        """``only`` is called to change this time alone, ``later`` to change it and all that follow."""
        super().__init__()
        self._desk = desk
        self.when = Text("", "lead")
        self.rhythm = Text("", "body", "ink_soft").hide_empty()
        self.about = Text("", "body").hide_empty()
        self.where = Text("", "body").hide_empty()
        self._chips = flow(gap=8)
        self._lists = Box(True, 0, (0, 0, 0, 0))
        self.note = Text("", "body", "ink_soft").hide_empty()
        self.only = Button(_("Change only this time"), "plain", on=only)
        self.later = Button(_("Change this and all later times"), "plain", on=later)
        self.setLayout(
            column(
                self.when,
                self.where,
                self.about,
                self.rhythm,
                12,
                self._chips,
                self._lists,
                self.note,
                24,
                Section(_("It comes again and again")),
                12,
                flow(self.only, self.later, gap=12),
            )
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_time(self, record: Appointment, time: Occurrence, *, mine: bool) -> None:
        """Show one time."""
        formats = self._desk.formats
        day, hour = day_and_hour(time.starts)
        length = length_words(record.minutes) if hour is not None else ""
        about = _("About {length}").format(length=length) if length else ""
        when = [formats.day_with_weekday(day) if day else "", formats.time(hour) if hour else _("All day")]
        self.when.setText(formats.sentence(", ".join(filter(None, when))))
        self.about.setText(about)
        self.rhythm.setText(describe_repeat(record.repeat, record.starts, formats.day))
        self.where.setText(record.place)
        self._chips.clear()
        for icon, words in chips(record, mine=mine):
            if icon != "papers":
                self._chips.add(Chip(words, icon))
        clear(self._lists)
        for head, lines in ((_("Papers and things to bring"), record.bring), (_("What to ask"), record.ask)):
            if lines:
                self._lists.put(16, Text(head, "strong"), *(Text(line, "body") for line in lines))
        self.note.setText(record.note)
