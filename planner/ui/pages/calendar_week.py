"""A week of the calendar, as on the two pages of a paper planner: a column a day, morning, afternoon and evening.

Not a grid of hours: most of it would be empty lines to scroll through. Each appointment says its hour and shows all
its words; where room is short, the days stand one under the other.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.session.agenda_limits import with_limits
from planner.ui.kit.buttons import Button
from planner.ui.kit.layouts import column
from planner.ui.kit.said import announce
from planner.ui.pages.calendar_days import DAY, MOST, by_day, in_reach, week_start, week_words
from planner.ui.pages.calendar_head import CalendarActions, TurnHead
from planner.ui.pages.calendar_week_days import WeekDays
from planner.ui.pages.today_words import open_occurrence
from planner.words import _

if TYPE_CHECKING:
    from planner.ui.page import Desk


class WeekView(QWidget):
    """The week of the day that is chosen."""

    def __init__(self, desk: Desk, actions: CalendarActions, more_of: Callable[[date], None]) -> None:
        """``more_of`` shows all of a day that has more than a column holds."""
        super().__init__()
        self._desk = desk
        self.day = desk.session.today()
        self.add = Button(_("Add an appointment on this day"), "main", icon="plus", on=self.begin)
        self.head = TurnHead(actions, _("Week before"), _("Week after"), self.add)
        self.head.turned.connect(self.turn)
        self.head.today_asked.connect(lambda: self.choose(desk.session.today()))
        self.days = WeekDays(desk)
        self.days.day_chosen.connect(self._chosen)
        self.days.day_opened.connect(lambda _day: self._begin_here())
        self.days.item_opened.connect(lambda item: open_occurrence(desk, item))
        self.days.more_asked.connect(more_of)
        self.setLayout(column(self.head, 8, (self.days, 1)))

    def begin(self) -> None:
        """A new appointment on the chosen day."""
        self._desk.go("appointment", day=self.day.isoformat())

    def _begin_here(self) -> None:
        if self._desk.session.person is not None:
            self.begin()

    def choose(self, day: date) -> None:
        """Choose a day, and turn to its week."""
        self.day = in_reach(day)
        self.show_all()

    def turn(self, weeks: int) -> None:
        """Another week, with the same weekday."""
        self.choose(in_reach(self.day + timedelta(days=7 * weeks)))
        announce(self, self.head.title.text())

    def _chosen(self, day: date) -> None:
        first = self._desk.formats.first_weekday()
        if week_start(day, first) != week_start(self.day, first):
            self.day = day
            self.show_all()
        else:
            self.day = day
            self.days.choose(day)
            self._name_button()

    def show_all(self) -> None:
        """Read the week, and show it."""
        session, formats = self._desk.session, self._desk.formats
        person = session.person
        start = week_start(self.day, formats.first_weekday())
        whose = person.id if person is not None else None
        items = by_day(
            with_limits(session, session.agenda(start, 7, whose, MOST, ongoing=True), start, 7, whose),
            start,
            start + 7 * DAY,
        )
        people = {} if person is not None else {each.id: each for each in session.people()}
        self.head.title.setText(week_words(start, formats))
        self.head.more.setVisible(person is not None)
        self.add.setVisible(person is not None)
        self.days.show_week(start, self.day, items, people)
        self._name_button()

    def _name_button(self) -> None:
        day = self._desk.formats.day_with_weekday(self.day)
        self.add.set_words(_("Add an appointment on this day"), _("Add an appointment on {day}").format(day=day))

    def first_focus(self) -> QWidget:
        """The chosen day."""
        return self.days.head_of(self.day) or self.head.back
