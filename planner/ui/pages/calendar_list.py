"""The calendar as a list: appointments day by day from today on; earlier ones behind a quiet button."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.plan.records import Appointment, WhatHappened
from planner.session.agenda_limits import LimitItem, with_limits
from planner.ui.everyday import leave_out
from planner.ui.kit.buttons import Button
from planner.ui.kit.disclosure import Disclosure
from planner.ui.kit.layouts import column, columns, flow, hold
from planner.ui.kit.lists import Line, ListView
from planner.ui.kit.surfaces import Sheet
from planner.ui.kit.text import Text
from planner.ui.pages.appointment_words import item_key, item_line, shown_title
from planner.ui.pages.calendar_head import CalendarActions
from planner.ui.pages.today_papers import PaperLines
from planner.ui.people_words import tone_of
from planner.words import _

if TYPE_CHECKING:
    from planner.session import AgendaItem, Person
    from planner.ui.page import Desk

NEAR_DAYS = 28
"""So many days are shown with every repeating appointment on each of its days."""

NEAR_DAYS_OF_ALL = 14
FAR_DAYS = 390
EARLIER_DAYS = 60
MOST = 1000
SOON = 7


class CalendarList(QWidget):
    """One person's appointments; with nobody chosen, those of everyone a worker works with."""

    def __init__(self, desk: Desk, actions: CalendarActions) -> None:
        """Begins empty."""
        super().__init__()
        self.desk = desk
        self._items: dict[str, AgendaItem] = {}
        self._without_day: dict[str, Appointment] = {}
        self._every_time = False
        self.list = ListView(_("Appointments"), chevron=True)
        self.list.opened.connect(self._open)
        self.nothing = Text(_("Nothing from today on."), "body", "ink_soft").hide_empty()
        self.more_words = Text("", "body", "ink_soft").hide_empty()
        self.more = Button(_("Show each of them"), "quiet", compact=True, on=self._show_every_time)
        self.earlier_list = ListView(_("Earlier appointments"), chevron=True)
        self.earlier_list.opened.connect(self._open)
        self.no_earlier = Text(_("Nothing in the last two months."), "body", "ink_soft")
        self.earlier = Disclosure(
            _("Earlier"), _("Hide earlier ones"), hold(column(self.earlier_list, self.no_earlier))
        )
        self.earlier.opened.connect(lambda _on: self._fill_earlier())
        self.add = Button(_("Add an appointment"), "main", icon="plus", on=lambda: self.desk.go("appointment"))
        self.choose = Button(_("Choose somebody"), "plain", icon="people", on=lambda: self.desk.go("everyone"))
        self.choose_words = Text(_("To add one, choose whose it is."), "body", "ink_soft")
        self.print_button = Button(_("Print next appointments"), "plain", icon="print", on=actions.print_next)
        paper = column(
            Text(_("On paper"), "card"),
            4,
            Text(_("A small slip with days and hours. It says only “Appointment”."), "body", "ink_soft"),
            12,
            flow(self.print_button),
            margins=(20, 16, 20, 20),
        )
        self.paper = Sheet(paper, "well", name=_("On paper"))
        self.bring_in = Button(_("Bring in a calendar"), "quiet", icon="folder", centred=False, on=actions.bring_in)
        self.save_file = Button(
            _("Save as a calendar file"), "quiet", icon="sharing", centred=False, on=actions.save_file
        )
        self.limits_button = Button(
            _("Time limits"), "quiet", icon="later", centred=False, on=lambda: desk.go("clocks")
        )
        self.paper_lines = PaperLines(desk, days=False)
        self._files = hold(column(self.limits_button, self.bring_in, self.save_file, gap=4))
        self._choosing = hold(column(self.choose_words, 8, flow(self.choose)))
        main = column(
            flow(self.add),
            self._choosing,
            20,
            self.list,
            self.nothing,
            16,
            self.more_words,
            flow(self.more),
            16,
            self.earlier,
        )
        self.setLayout(column((columns(main, column(self.paper, 16, self._files, self.paper_lines)), 1)))
        leave_out(desk, self.paper, self.limits_button, self.paper_lines)

    def begin_anew(self) -> None:
        """As it is when the page is opened."""
        self._every_time = False
        self.earlier.set_open(False)

    @property
    def has_items(self) -> bool:
        """Whether there is something to open."""
        return bool(self._items)

    # ---------------------------------------------------------------- what is on it

    def show_all(self) -> bool:
        """Read and show what is there; False when there is nothing at all, not even earlier ones."""
        person = self.desk.session.person
        self._items = {}
        near, far, hidden = self._coming(person)
        self._without_day = self._undated(person)
        lines = [*self._dated_lines(near, by_day=True), *self._dated_lines(far, by_day=False), *self._undated_lines()]
        self.list.set_lines(lines)
        if self.earlier.is_open():
            self._fill_earlier()
        self.list.setVisible(bool(lines))
        self.nothing.setVisible(not lines)
        self.more_words.setText(
            _("What repeats goes on after {day}. Those days are left out here.").format(
                day=self.desk.formats.day(self._today() + timedelta(days=NEAR_DAYS - 1))
            )
            if hidden
            else ""
        )
        self.more.setVisible(hidden)
        self.add.setVisible(person is not None)
        self._choosing.setVisible(person is None)
        self.paper.setVisible(person is not None)
        self._files.setVisible(person is not None)
        self.paper_lines.refresh(person)
        return bool(lines) or person is None or bool(self.desk.session.appointments(person.id))

    def _today(self) -> date:
        return self.desk.session.today()

    def _coming(self, person: Person | None) -> tuple[list[AgendaItem], list[AgendaItem], bool]:
        """The near times, the far ones, and whether far times of repeating appointments were left out."""
        session, today = self.desk.session, self._today()
        if person is None:
            found = session.agenda(today, NEAR_DAYS_OF_ALL, None, MOST)
            return with_limits(session, found, today, NEAR_DAYS_OF_ALL, None), [], False
        going_on = session.agenda(today, 1, person.id, MOST, ongoing=True)
        near = [item for item in going_on if item.day < today and item.time is None]
        near += with_limits(session, session.agenda(today, NEAR_DAYS, person.id, MOST), today, NEAR_DAYS, person.id)
        after, days = today + timedelta(days=NEAR_DAYS), FAR_DAYS - NEAR_DAYS
        far = with_limits(session, session.agenda(after, days, person.id, MOST), after, days, person.id)
        if self._every_time:
            return near, far, False
        seen = {item.appointment.id for item in near}
        kept = []
        for item in far:
            repeats = bool(item.appointment.repeat) and item.outcome is not WhatHappened.MOVED
            if not repeats or item.appointment.id not in seen:
                kept.append(item)
            seen.add(item.appointment.id)
        return near, kept, len(kept) < len(far)

    def _undated(self, person: Person | None) -> dict[str, Appointment]:
        if person is None:
            return {}
        end = (self._today() + timedelta(days=FAR_DAYS)).isoformat()
        found = self.desk.session.appointments(person.id)
        return {each.id: each for each in found if not each.starts or (not each.repeat and each.starts[:10] >= end)}

    def _line(self, item: AgendaItem) -> Line:
        self._items[item_key(item)] = item
        if self.desk.session.person is not None:
            return item_line(self.desk, item)
        whose = self.desk.session.find_person(item.person)
        return item_line(self.desk, item, whose, tone_of(whose.id))

    def _dated_lines(self, items: list[AgendaItem], *, by_day: bool) -> list[Line]:
        lines: list[Line] = []
        head = ""
        formats = self.desk.formats
        for item in items:
            day = item.day if item.until < self._today() else max(item.day, self._today())
            words = self._day_head(day) if by_day else formats.sentence(formats.month_year(day))
            if words != head:
                lines.append(Line(f"head {day}", words, section=True))
                head = words
            lines.append(self._line(item) if by_day else self._far_line(item))
        return lines

    def _far_line(self, item: AgendaItem) -> Line:
        """Under the head of a month, the day stands before the words."""
        from dataclasses import replace

        line = self._line(item)
        day = self.desk.formats.day_with_weekday(item.day)
        detail = ", ".join(filter(None, (day, self.desk.formats.time(item.time) if item.time else ""))) + "."
        hour = self.desk.formats.day_short(item.day)
        return replace(
            line, time=hour, detail=f"{detail} {line.detail}".strip(), spoken=f"{line.title}, {detail} {line.detail}"
        )

    def _undated_lines(self) -> list[Line]:
        if not self._without_day:
            return []
        lines = [Line("head none", _("Without a day, or far away"), section=True)]
        for each in self._without_day.values():
            starts = date.fromisoformat(each.starts[:10]) if each.starts else None
            detail = self.desk.formats.day_with_weekday(starts) if starts else _("The day is still open.")
            lines.append(Line(each.id, shown_title(each), detail, icon="calendar"))
        return lines

    def _day_head(self, day: date) -> str:
        """Near days by their name, with the day behind it."""
        formats = self.desk.formats
        away = (day - self._today()).days
        if 0 <= away < 2:
            near = formats.sentence(formats.near(day))
            return _("{near}, {day}").format(near=near, day=formats.day_with_weekday(day))
        return formats.sentence(formats.day_with_weekday(day))

    def _fill_earlier(self) -> None:
        session, today = self.desk.session, self._today()
        if not self.earlier.is_open():
            return
        person = session.person
        items = session.agenda(
            today - timedelta(days=EARLIER_DAYS), EARLIER_DAYS, person.id if person is not None else None, MOST
        )
        days: dict[date, list[AgendaItem]] = {}
        for item in items:
            days.setdefault(item.day, []).append(item)
        lines = [line for day in sorted(days, reverse=True) for line in self._dated_lines(days[day], by_day=True)]
        lines += self._long_ago(person)
        self.earlier_list.set_lines(lines)
        self.earlier_list.setVisible(bool(lines))
        self.no_earlier.setVisible(not lines)

    def _long_ago(self, person: Person | None) -> list[Line]:
        """Single appointments that lie further back than the days that are kept at hand."""
        if person is None:
            return []
        begin = (self._today() - timedelta(days=EARLIER_DAYS)).isoformat()
        found = [
            each
            for each in self.desk.session.appointments(person.id)
            if each.starts and each.starts[:10] < begin and not each.repeat
        ]
        lines = [Line("head long ago", _("Before that"), section=True)] if found else []
        shown = {item.appointment.id for item in self._items.values()}
        for each in sorted(found, key=lambda one: one.starts, reverse=True):
            if each.id not in shown:
                self._without_day[each.id] = each
                day = self.desk.formats.day_with_weekday(date.fromisoformat(each.starts[:10]))
                lines.append(Line(each.id, shown_title(each), day, icon="calendar"))
        return lines if len(lines) > 1 else []

    # ---------------------------------------------------------------- what is done

    def _show_every_time(self) -> None:
        self._every_time = True
        self.show_all()
        self.list.setFocus()

    def _open(self, line: str) -> None:
        item = self._items.get(line)
        if item is None:
            if line in self._without_day:
                self.desk.go("appointment", appointment=line)
            return
        desk = self.desk
        if desk.session.person is None:
            # Whoever looks at one person's appointment looks at that person's pages, and the log says so.
            desk.session.choose(item.person)
        if isinstance(item, LimitItem):
            desk.go("clocks", limit=item.limit.id)
            return
        desk.go("appointment", appointment=item.appointment.id, occurrence=item.original_starts)
