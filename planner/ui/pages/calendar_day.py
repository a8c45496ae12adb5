"""One day of the calendar: what is on, and a new appointment on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from planner.ui.kit.buttons import Button
from planner.ui.kit.layouts import STRETCH, column, flow, hold
from planner.ui.kit.lists import ListView
from planner.ui.kit.text import Rule, Text
from planner.ui.pages.appointment_words import item_key, item_line
from planner.ui.pages.calendar_days import day_head, when_words
from planner.ui.pages.today_words import open_occurrence
from planner.ui.people_words import tone_of
from planner.words import _

if TYPE_CHECKING:
    from planner.session import AgendaItem, Person
    from planner.ui.kit.lists import Line
    from planner.ui.page import Desk


class DaySide(QWidget):
    """The day that is chosen in a month. For everyone's calendar an initial says whose each is."""

    def __init__(self, desk: Desk) -> None:
        """Begins empty."""
        super().__init__()
        self._desk = desk
        self._items: dict[str, AgendaItem] = {}
        self.day = date.min
        self.head = Text("", "card")
        self.list = ListView(_("Appointments"), chevron=True)
        self.list.opened.connect(lambda key: open_occurrence(desk, self._items[key]))
        self.nothing = Text(_("Nothing is planned."), "body", "ink_soft")
        self.add = Button(_("Add an appointment on this day"), "main", icon="plus", on=self.begin)
        self.choose_words = Text(_("To add one, choose whose it is."), "body", "ink_soft")
        self.choose = Button(_("Choose somebody"), "plain", icon="people", on=lambda: desk.go("everyone"))
        self._adding, self._choosing = (
            hold(column(flow(self.add))),
            hold(column(flow(self.choose), 4, self.choose_words)),
        )
        # Above the list, so that the button stays in its place whatever the day holds.
        buttons = (self._adding, self._choosing)
        self.setLayout(column(self.head, 12, *buttons, 12, Rule(below=8), self.list, self.nothing, STRETCH))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def begin(self) -> None:
        """A new appointment on this day."""
        self._desk.go("appointment", day=self.day.isoformat())

    def show_day(self, day: date, items: list[AgendaItem], people: dict[str, Person]) -> None:
        """Show ``items`` of ``day``; ``people`` are those among whom to tell apart, none where it is one person's."""
        formats = self._desk.formats
        self.day = day
        self._items = {item_key(item): item for item in items}
        self.head.setText(day_head(day, self._desk.session.today(), formats))
        self.list.set_lines([self._line(item, people) for item in items])
        self.list.setAccessibleName(formats.sentence(formats.day_with_weekday(day)))
        self.list.setVisible(bool(items))
        self.nothing.setVisible(not items)
        mine = not people
        self._adding.setVisible(mine)
        self.add.set_words(
            _("Add an appointment on this day"),
            _("Add an appointment on {day}").format(day=formats.day_with_weekday(day)),
        )
        self._choosing.setVisible(not mine)
        self.updateGeometry()

    def _line(self, item: AgendaItem, people: dict[str, Person]) -> Line:
        """As in the list, with the hours among the soft words: the column is narrow."""
        person = people.get(item.person)
        line = item_line(
            self._desk, replace(item, last_day=None), person, tone_of(item.person) if person is not None else 0
        )
        hours = when_words(item, self.day, self._desk.formats)
        detail = f"{hours.rstrip('.')}. {line.detail}" if line.detail else hours
        return replace(line, time="", detail=detail)

    def enter(self) -> None:
        """Put the keyboard on what is on that day, or on the way to add something."""
        target = self.list if self._items else self.add if self.add.isVisibleTo(self) else self.choose
        target.setFocus(Qt.FocusReason.TabFocusReason)
