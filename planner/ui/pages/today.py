"""Today: what is on, this week, what is still open, and one kind next step."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from planner.session import AgendaItem, Mode, Person
from planner.ui.everyday import leave_out
from planner.ui.kit.buttons import Button
from planner.ui.kit.layouts import Box, clear, column, columns, flow, hold
from planner.ui.kit.rows import ListRow
from planner.ui.kit.text import Chip, Rule, Section, Text
from planner.ui.page import Page
from planner.ui.pages.appointment_words import item_line
from planner.ui.pages.copies_line import CopyLine
from planner.ui.pages.day_list import DayList
from planner.ui.pages.next_step import NextStepCard
from planner.ui.pages.since_last import SinceLast
from planner.ui.pages.today_kept import GoingLine, LastOpened
from planner.ui.pages.today_limits import LimitLines
from planner.ui.pages.today_papers import PaperLines
from planner.ui.pages.today_side import MOST_DAYS, StillOpen, Week
from planner.ui.pages.today_words import open_occurrence
from planner.ui.with_someone import stay_with
from planner.words import _, n_

if TYPE_CHECKING:
    from planner.session import Changed
    from planner.ui.page import Desk

MOST_ROWS = 20
"""Rows of one day that are shown; a team's day may have more, and the calendar shows them all."""

MOST_TOMORROW = 6


class TodayPage(Page):
    """The day of one person, or of everyone somebody works with."""

    name: ClassVar[str] = "today"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.person = desk.session.person
        self.on_today = Box(True, 0, (0, 0, 0, 0))
        self.among_all = DayList(desk, _("Today"))
        self.tomorrow = DayList(desk, _("Tomorrow"))
        self.week = Week(desk)
        self.still_open = StillOpen(desk)
        self.paper_lines = PaperLines(desk)
        self.limits = LimitLines(desk)
        words = _("Write down how today is")
        self.first_day = Button(words, "quiet", icon="sun", on=lambda: desk.go("check-ins", add="today"))
        self.since = SinceLast(desk, foot=24)
        self.last_opened = LastOpened(desk)
        self.going = GoingLine(desk)
        self.copy_line = CopyLine(desk)
        self.next_step = NextStepCard(desk) if self.person is not None else None
        self.head = Section(_("On today") if self.person is not None else _("Today"))
        self._extras = self._make_extras()
        if self.next_step is not None:
            main = column(self.limits, self.head, self.on_today, 32, self.next_step)
            self.among_all.hide()
            self.tomorrow.hide()
        else:
            first = Button(_("Add the first person"), "main", icon="plus", on=lambda: desk.go("everyone"))
            self.nobody_yet = hold(column(32, flow(first)))
            main = column(
                self.limits, self.head, self.among_all, 24, Section(_("Tomorrow")), self.tomorrow, self.nobody_yet
            )
        side = column(
            self.last_opened, self.since, self.week, self.paper_lines, 32, self.still_open, self.copy_line, self.going
        )
        side.put(8, flow(self.first_day))
        self.set_body(columns(main, side))
        leave_out(desk, self.first_day, self.paper_lines, self.limits)

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
        formats = self.desk.formats
        day = formats.sentence(formats.day_with_weekday(self.desk.session.today()))
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
        if self.person is None:
            self._refresh_everyone()
        else:
            self._refresh_one(self.person)
        self.still_open.refresh(self.person)
        self.paper_lines.refresh(self.person)
        self.limits.refresh(self.person)
        # Once there are some, a line of their own leads to them.
        self.first_day.setVisible(self.person is not None and not session.check_ins(self.person.id))
        self.copy_line.refresh()
        self.last_opened.refresh()
        self.going.refresh()

    def _refresh_one(self, person: Person) -> None:
        session, today = self.desk.session, self.desk.session.today()
        items = session.agenda(today, 8, person.id, ongoing=True)
        # What takes several whole days is on today until it is over; a night that is over this morning is not.
        self._fill([item for item in items if item.day == today or (item.day < today and item.time is None)])
        self.week.show_days(today, [item for item in items if item.day > today], {person.id: person})
        if self.next_step is not None:
            self.next_step.refresh(person)
        if session.mode is Mode.WITH_OTHERS:
            self.since.refresh(person.id)

    def _refresh_everyone(self) -> None:
        self.nobody_yet.setVisible(not self.desk.session.people())
        session, today = self.desk.session, self.desk.session.today()
        tomorrow = today + timedelta(days=1)
        people = {each.id: each for each in session.people()}
        visits, with_how_many = session.visits_on(today)
        self.head.set_more(_counted(visits, with_how_many))
        self.among_all.show_items(session.agenda(today, 1, limit=MOST_ROWS), people, visits)
        following = session.agenda(tomorrow, 1, limit=MOST_TOMORROW)
        self.tomorrow.show_items(following, people, session.visits_on(tomorrow)[0])
        self.week.show_days(today, session.agenda(tomorrow, 7, limit=MOST_DAYS), people)

    def _fill(self, items: list[AgendaItem]) -> None:
        clear(self.on_today)
        if not items:
            self.on_today.put(12, Text(_("Nothing is planned. The day is yours."), "lead", "ink_soft"), 4)
        for item in items[:MOST_ROWS]:
            self.on_today.put(agenda_row(self.desk, item), Rule(start=8))


def agenda_row(desk: Desk, item: AgendaItem) -> ListRow:
    """One occurrence as a row that opens it."""
    line = item_line(desk, item)
    return ListRow(
        line.title,
        line.detail,
        time=line.time,
        chips=tuple(Chip(words, icon) for icon, words in line.chips),
        spoken=line.spoken,
        on=lambda: open_occurrence(desk, item),
    )


def _counted(visits: int, people: int) -> str:
    """How many visits there are, with how many people; "" on a free day."""
    if not visits:
        return ""
    return _("{visits}, {people}").format(
        visits=n_("{n} visit", "{n} visits", visits).format(n=visits),
        people=n_("{n} person", "{n} people", people).format(n=people),
    )
