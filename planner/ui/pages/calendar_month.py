"""A month of the calendar, and beside it the day that is chosen; with large text or little room, the day below."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QWidget

from planner.plan.records import WhatHappened
from planner.session.agenda_limits import with_limits
from planner.ui.kit.layouts import OwnLayout, height_of
from planner.ui.kit.said import announce
from planner.ui.kit.scroll import Scroll
from planner.ui.page import EDGES
from planner.ui.pages.appointment_words import shown_title
from planner.ui.pages.calendar_cell import Day, Entry
from planner.ui.pages.calendar_day import DaySide
from planner.ui.pages.calendar_days import (
    DAY,
    MOST,
    by_day,
    day_words,
    days_of,
    in_reach,
    month_days,
    months_on,
    spans,
    told,
)
from planner.ui.pages.calendar_grid import MonthGrid
from planner.ui.pages.calendar_head import CalendarActions, TurnHead
from planner.ui.pages.today_words import open_occurrence
from planner.ui.people_words import tone_of
from planner.ui.theme import theme
from planner.words import _

if TYPE_CHECKING:
    from planner.session import AgendaItem, Person
    from planner.ui.page import Desk

SIDE, BESIDE = 322, 500
"""Width of the day beside the month, and the least the month then has, px at 100 %."""

QUIET = (WhatHappened.THEY_CANCELLED, WhatHappened.NOT_THIS_TIME)


class MonthView(QWidget):
    """The month, the day, and what leads from one to the other."""

    def __init__(self, desk: Desk, actions: CalendarActions) -> None:
        """Opens on today."""
        super().__init__()
        self._desk = desk
        self.head = TurnHead(actions, _("Month before"), _("Month after"))
        self.head.turned.connect(self.turn)
        self.head.today_asked.connect(lambda: self.choose(desk.session.today()))
        self.grid = MonthGrid(desk.formats)
        self.grid.day_chosen.connect(self._chosen)
        self.grid.day_opened.connect(self._enter_day)
        self.grid.day_doubled.connect(self._doubled)
        self.grid.item_opened.connect(lambda item: open_occurrence(desk, item))
        self.side = DaySide(desk)
        self.day = desk.session.today()
        self.month = self.day.replace(day=1)
        self._items: dict[date, list[AgendaItem]] = {}
        self._people: dict[str, Person] = {}
        layout = _MonthLayout(self.grid)
        layout.add(self.head, self.grid, self.side)
        self.setLayout(layout)

    # ---------------------------------------------------------------- which day, which month

    def choose(self, day: date) -> None:
        """Choose a day, and turn to its month."""
        self.day = in_reach(day)
        self.month = self.day.replace(day=1)
        self.show_all()

    def turn(self, months: int) -> None:
        """Another month, with the same day of it."""
        self.choose(months_on(self.day, months))
        formats = self._desk.formats
        announce(self, formats.sentence(formats.month_year(self.month)))

    def _chosen(self, day: date, by_key: bool) -> None:
        # Under the pointer nothing moves away: a day of the month beside is chosen where it stands.
        if by_key and (day.year, day.month) != (self.month.year, self.month.month):
            self.month = day.replace(day=1)
            self.day = day
            self.show_all()
        else:
            self.day = day
            self._show_grid()
            self._show_day()

    def _enter_day(self, _day: date) -> None:
        self.side.enter()

    def _doubled(self, day: date) -> None:
        self._chosen(day, False)
        if self._desk.session.person is not None:
            self.side.begin()

    # ---------------------------------------------------------------- what is shown

    def show_all(self) -> None:
        """Read the month, and show it."""
        session, formats = self._desk.session, self._desk.formats
        person = session.person
        days = month_days(self.month, formats.first_weekday())
        begin, end = min(days[0], self.day), max(days[-1], self.day) + DAY
        whose = person.id if person is not None else None
        days_shown = (end - begin).days
        found = session.agenda(begin, days_shown, whose, MOST, ongoing=True)
        items = with_limits(session, found, begin, days_shown, whose)
        self._items = by_day(items, begin, end)
        self._people = {} if person is not None else {each.id: each for each in session.people()}
        self.head.title.setText(formats.sentence(formats.month_year(self.month)))
        self.head.more.setVisible(person is not None)
        self._show_grid()
        self._show_day()

    def _show_grid(self) -> None:
        formats, today = self._desk.formats, self._desk.session.today()
        days = month_days(self.month, formats.first_weekday())
        lanes = [lane for place in range(0, len(days), 7) for lane in self._lanes(days[place : place + 7])]
        cells = [
            Day(
                day=day,
                spoken=day_words(day, today, len(self._items.get(day, ())), formats),
                told=told(self._items.get(day, ()), day, formats),
                today=day == today,
                inside=(day.year, day.month) == (self.month.year, self.month.month),
                entries=entries,
            )
            for day, entries in zip(days, lanes, strict=True)
        ]
        self.grid.show_days(cells, self.day, today)

    def _lanes(self, week: list[date]) -> list[tuple[Entry | None, ...]]:
        """What stands in each day of a week; what takes several days keeps one line all along."""
        lanes: list[list[Entry | None]] = [[] for _day in week]
        long: list[AgendaItem] = []
        for day in week:
            long += [item for item in self._items.get(day, ()) if spans(item) and item not in long]
        for item in long:
            touched = [place for place, day in enumerate(week) if day in days_of(item)]
            line = 0
            while any(line < len(lanes[place]) and lanes[place][line] is not None for place in touched):
                line += 1
            for place in touched:
                lanes[place] += [None] * (line + 1 - len(lanes[place]))
                lanes[place][line] = self._entry(
                    item, begins=place == touched[0], ends=week[place] in (item.until, week[-1])
                )
        for place, day in enumerate(week):
            for item in self._items.get(day, ()):
                if not spans(item):
                    self._put(lanes[place], self._entry(item))
        return [tuple(lane) for lane in lanes]

    @staticmethod
    def _put(lane: list[Entry | None], entry: Entry) -> None:
        """In the first line that is free."""
        if None in lane:
            lane[lane.index(None)] = entry
        else:
            lane.append(entry)

    def _entry(self, item: AgendaItem, *, begins: bool = True, ends: bool = True) -> Entry:
        person = self._people.get(item.person)
        return Entry(
            item,
            shown_title(item.appointment),
            hour=self._desk.formats.time(item.time) if item.time is not None else "",
            letter=person.initial if person is not None else "",
            tone=tone_of(item.person) if person is not None else 0,
            band=item.time is None or spans(item),
            begins=begins,
            ends=ends,
            soft=item.outcome in QUIET,
        )

    def _show_day(self) -> None:
        self.side.show_day(self.day, self._items.get(self.day, []), self._people)

    def first_focus(self) -> QWidget:
        """The chosen day."""
        return self.grid.cell(self.day) or self.head.back


class _MonthLayout(OwnLayout):
    """Head and grid at the start, the day at the end; one under the other where there is no room for words."""

    def __init__(self, grid: MonthGrid) -> None:
        """Holds head, grid and day, in this order."""
        super().__init__(32)
        self._grid = grid

    def sizeHint(self) -> QSize:
        """Both side by side."""
        width = theme.px(680 + SIDE)
        return QSize(width, self.heightForWidth(width))

    def minimumSize(self) -> QSize:
        """A narrow window; the height follows from the width."""
        sizes = [item.minimumSize() for item in self.shown()]
        return QSize(max(size.width() for size in sizes), theme.px(160))

    def _in_sight(self) -> int:
        """How much of the page is in sight at once, px: a month is as high as that where it can be."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, Scroll):
            above = above.parentWidget()
        if not isinstance(above, Scroll):
            return 0
        return above.viewport().height() - theme.sp(EDGES[1]) - theme.sp(EDGES[3])

    def arrange(self, rect: QRect, place: bool) -> int:
        """Place all three."""
        head, grid, side = self._items
        gap, air = theme.sp(self._gap), theme.sp(8)
        room = rect.width() - theme.px(SIDE) - gap
        beside = not theme.narrow(1 << 16) and room >= theme.px(BESIDE)
        wide = room if beside else rect.width()
        above = height_of(head, wide) + air
        day_wide = theme.px(SIDE) if beside else rect.width()
        day_high = height_of(side, day_wide)
        grid_high = self._grid.least(not beside)
        if beside:
            grid_high = max(grid_high, min(self._in_sight() - above, self._grid.most()))
        if place:
            self._grid.set_compact(not beside)
            self.put_at(head, rect, 0, 0, wide, above - air)
            self.put_at(grid, rect, 0, above, wide, grid_high)
            if beside:
                self.put_at(side, rect, room + gap, theme.sp(6), day_wide, day_high)
            else:
                self.put_at(side, rect, 0, above + grid_high + theme.space("card"), day_wide, day_high)
        if beside:
            return max(above + grid_high, theme.sp(6) + day_high)
        return above + grid_high + theme.space("card") + day_high
