"""Today: what is on, this week, what is still open, and one kind next step."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from planner.session import AgendaItem, Mode
from planner.ui.kit.buttons import Button
from planner.ui.kit.layouts import Box, clear, column, columns
from planner.ui.kit.rows import ListRow
from planner.ui.kit.text import Chip, Person, Rule, Section, Text
from planner.ui.page import Page
from planner.ui.pages.next_step import NextStepCard
from planner.ui.pages.today_side import StillOpen, Week
from planner.ui.people_words import tone_of
from planner.ui.with_someone import stay_with, turn_to
from planner.words import _, n_

if TYPE_CHECKING:
    from planner.session import Changed
    from planner.ui.page import Desk

MOST_ROWS = 40
"""Rows of one day that are laid out; a team's day may have more, and the calendar shows them all."""


class TodayPage(Page):
    """The day of one person, or of everyone somebody works with."""

    name: ClassVar[str] = "today"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.person = desk.session.person
        self.on_today = Box(True, 0, (0, 0, 0, 0))
        self.tomorrow = Box(True, 0, (0, 0, 0, 0))
        self.week = Week(desk)
        self.still_open = StillOpen(desk)
        self.next_step = NextStepCard(desk) if self.person is not None else None
        self.head = Section(_("On today") if self.person is not None else _("Today"))
        self._extras = self._make_extras()
        if self.next_step is not None:
            main = column(self.head, self.on_today, 32, self.next_step)
        else:
            main = column(self.head, self.on_today, 32, Section(_("Tomorrow")), self.tomorrow)
        self.set_body(columns(main, column(self.week, 32, self.still_open)))

    def title(self) -> str:
        if self.person is None:
            return _("Today, with everyone")
        if self.desk.session.mode is Mode.WITH_OTHERS:
            return _("Today, with {name}").format(name=self.person.shown)
        hour = self.desk.session.now().hour
        name = self.desk.session.setting("my_name")
        if hour < 12:
            return _("Good morning, {name}").format(name=name) if name else _("Good morning")
        if hour < 18:
            return _("Good afternoon, {name}").format(name=name) if name else _("Good afternoon")
        return _("Good evening, {name}").format(name=name) if name else _("Good evening")

    def over_title(self) -> str:
        day = self.desk.formats.day_with_weekday(self.desk.session.today())
        if self.person is not None and self.person.under_18 and self.desk.session.mode is Mode.WITH_OTHERS:
            return _("{day}. Under 18").format(day=day)
        return day

    def head_extras(self) -> list[QWidget]:
        return self._extras

    def _make_extras(self) -> list[QWidget]:
        """For a worker: the way to leave only this person's pages open, before turning the screen to them."""
        session, person = self.desk.session, self.person
        if person is None or session.mode is Mode.FOR_ME or session.only is not None:
            return []
        words = _("Show only {name}").format(name=person.shown)
        return [Button(words, icon="together", on=lambda: stay_with(self.desk, person))]

    def refresh(self, changed: Changed | None) -> None:
        session = self.desk.session
        if changed is not None and self.person is not None and changed.person not in ("", self.person.id):
            return
        if self.person is not None and (changed is None or "person" in changed.kinds):
            self.person = session.find_person(self.person.id)
        today = session.today()
        who = self.person.id if self.person is not None else None
        items = session.agenda(today, 8, who)
        now = [item for item in items if item.day == today]
        self._fill(self.on_today, now, _("Nothing is planned. The day is yours."))
        if self.person is None:
            next_day = [item for item in items if item.day == today + timedelta(days=1)]
            self._fill(self.tomorrow, next_day, _("Nothing is planned."))
            self.head.set_more(_counted(now))
        self.week.show_days(today, [item for item in items if item.day > today], who)
        self.still_open.refresh(self.person)
        if self.next_step is not None and self.person is not None:
            self.next_step.refresh(self.person)

    def _fill(self, box: Box, items: list[AgendaItem], empty: str) -> None:
        clear(box)
        if not items:
            box.put(12, Text(empty, "lead", "ink_soft"), 4)
            return
        for item in items[:MOST_ROWS]:
            box.put(self._row(item), Rule(start=8))

    def _row(self, item: AgendaItem) -> QWidget:
        return agenda_row(self.desk, item, with_person=self.person is None)


def agenda_row(desk: Desk, item: AgendaItem, *, with_person: bool) -> ListRow:
    """One occurrence as a row that opens it; among several people only an initial tells whose it is."""
    visit = item.appointment
    hour = desk.formats.time(item.time) if item.time is not None else _("All day")
    chips = []
    if visit.who_comes:
        chips.append(Chip(visit.who_comes, "people"))
    if visit.way_there:
        chips.append(Chip(visit.way_there, "bus"))
    if visit.interpreter:
        chips.append(Chip(visit.interpreter, "globe"))
    person = desk.session.find_person(item.person) if with_person else None
    where = ". ".join(part for part in (visit.place, _length(visit.minutes)) if part)
    spoken = ", ".join(
        part for part in (person.initial if person is not None else "", hour, visit.title, where) if part
    )
    return ListRow(
        visit.title,
        where,
        time=hour,
        person=Person(person.initial, tone_of(person.id)) if person is not None else None,
        chips=tuple(chips),
        spoken=spoken,
        on=lambda: open_occurrence(desk, item),
    )


def open_occurrence(desk: Desk, item: AgendaItem) -> None:
    """Open the appointment behind an occurrence, with its person's pages around it."""
    if desk.session.person is None:
        turn_to(desk, item.person)
    desk.go("appointment", appointment=item.appointment.id, occurrence=item.original_starts)


def _counted(items: list[AgendaItem]) -> str:
    """How many visits there are, with how many people; "" on a free day."""
    if not items:
        return ""
    visits, people = len(items), len({item.person for item in items})
    return _("{visits}, {people}").format(
        visits=n_("{n} visit", "{n} visits", visits).format(n=visits),
        people=n_("{n} person", "{n} people", people).format(n=people),
    )


def _length(minutes: int) -> str:
    return _("About {n} minutes").format(n=minutes) if minutes else ""
