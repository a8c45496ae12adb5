"""The seven days of a week side by side, or one under the other; arrow keys go from day to day and down each day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from planner.plan.records import WhatHappened
from planner.ui.kit.paint import Block, across, painter, rounded
from planner.ui.pages.appointment_words import item_line, shown_title
from planner.ui.pages.calendar_days import (
    DAY,
    count_words,
    day_head,
    day_words,
    in_reach,
    more_words,
    spans,
    week_start,
    when_words,
)
from planner.ui.pages.calendar_week_parts import DayHead, EntryWords, HeadWords, WeekEntry
from planner.ui.people_words import tone_of
from planner.ui.theme import theme
from planner.words import _, c_

if TYPE_CHECKING:
    from planner.session import AgendaItem, Person
    from planner.ui.page import Desk

COLUMN = 96
"""The least width of a day in a column, px at 100 %."""
BAND, MOST_BAND, WHOLE_BAND = 84, 210, 44
"""Least and most height of a part of the day, and the least for what takes whole days, px at 100 %."""
MOST_IN_PART = 6
NOON, EVENING = 12, 17
QUIET = (WhatHappened.THEY_CANCELLED, WhatHappened.NOT_THIS_TIME)


def part_words(part: int) -> str:
    """What a part of the day is called at the start of its row."""
    words = (_("All day"), c_("part of the day", "Morning"), c_("part of the day", "Afternoon"))
    return (*words, c_("part of the day", "Evening"))[part]


def part_of_day(item: AgendaItem) -> int:
    """In which row something stands: 0 whole days, 1 morning, 2 afternoon, 3 evening."""
    if item.time is None or spans(item):
        return 0
    return 1 if item.time.hour < NOON else 2 if item.time.hour < EVENING else 3


@dataclass
class _Column:
    """One day: its head, and what stands in each part of it."""

    head: DayHead
    parts: list[list[WeekEntry]] = field(default_factory=lambda: [[], [], [], []])

    def spots(self) -> list[DayHead | WeekEntry]:
        """What arrow keys go to, from the top."""
        return [self.head, *(entry for part in self.parts for entry in part)]


class WeekDays(QWidget):
    """The days of one week. ``day_opened`` asks to add to a day, ``more_asked`` for everything on it."""

    day_chosen = Signal(object)
    day_opened = Signal(object)
    item_opened = Signal(object)
    more_asked = Signal(object)

    def __init__(self, desk: Desk) -> None:
        """Empty until :meth:`show_week`."""
        super().__init__()
        self._desk = desk
        self.chosen = date.min
        self.stacked = False
        self.columns = [_Column(self._head()) for _day in range(7)]
        self._pool: list[WeekEntry] = []
        self._rows: list[tuple[int, int, int]] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _head(self) -> DayHead:
        head = DayHead()
        head.setParent(self)
        head.clicked.connect(lambda _on=False: self.day_chosen.emit(head.day))
        head.entered.connect(lambda: self.more_asked.emit(head.day))
        head.doubled.connect(lambda: self.day_opened.emit(head.day))
        return head

    def _entry(self, place: int) -> WeekEntry:
        """The entry of a place in the pool, made when first needed."""
        while place >= len(self._pool):
            entry = WeekEntry()
            entry.setParent(self)
            entry.clicked.connect(lambda _on=False, e=entry: self._pressed(e))
            self._pool.append(entry)
        return self._pool[place]

    def _pressed(self, entry: WeekEntry) -> None:
        if entry.words.item is None:
            self.more_asked.emit(entry.words.day)
        else:
            self.item_opened.emit(entry.words.item)

    # ---------------------------------------------------------------- what it shows

    def show_week(
        self,
        start: date,
        chosen: date,
        items: Mapping[date, Sequence[AgendaItem]],
        people: Mapping[str, Person],
    ) -> None:
        """Show seven days from ``start``; with ``people`` an initial tells whose each is."""
        focus = QApplication.focusWidget()
        inside = focus is not None and self.isAncestorOf(focus)
        item = focus.words.item if isinstance(focus, WeekEntry) and inside else None
        used = 0
        for place, column in enumerate(self.columns):
            day = start + place * DAY
            here = items.get(day, ())
            self._show_head(column.head, day, len(here))
            column.parts = [[], [], [], []]
            for part in range(4):
                entries = [self._words(day, each, people) for each in here if part_of_day(each) == part]
                for words in _cut(entries, day):
                    entry = self._entry(used)
                    entry.show_entry(words, stacked=self.stacked)
                    entry.show()
                    column.parts[part].append(entry)
                    used += 1
        for entry in self._pool[used:]:
            entry.hide()
        self.choose(chosen)
        self.updateGeometry()
        self.arrange()
        if inside:
            same = next(
                (entry for entry in self._pool[:used] if item is not None and _same(entry.words.item, item)), None
            )
            (same or self.head_of(chosen) or self.columns[0].head).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_head(self, head: DayHead, day: date, count: int) -> None:
        formats, today = self._desk.formats, self._desk.session.today()
        words = HeadWords(
            day=day,
            short=formats.sentence(formats.weekday_short(day)),
            number=str(day.day),
            whole=day_head(day, today, formats),
            more="" if count else count_words(0),
            spoken=day_words(day, today, count, formats),
            today=day == today,
        )
        head.show_head(words, chosen=day == self.chosen, stacked=self.stacked)

    def _words(self, day: date, item: AgendaItem, people: Mapping[str, Person]) -> EntryWords:
        formats = self._desk.formats
        person = people.get(item.person)
        line = item_line(self._desk, item, person)
        return EntryWords(
            day=day,
            item=item,
            hour=self._hour(item, day),
            title=shown_title(item.appointment),
            spoken=f"{formats.sentence(formats.weekday(day))}, {line.spoken}",
            letter=person.initial if person is not None else "",
            tone=tone_of(item.person) if person is not None else 0,
            soft=item.outcome in QUIET,
        )

    def _hour(self, item: AgendaItem, day: date) -> str:
        """The few words above the title: when it begins, or how long it goes on."""
        formats = self._desk.formats
        if not spans(item):
            return formats.time(item.time) if item.time is not None else ""
        if day == item.until:
            return when_words(item, day, formats)
        return _("Until {day}").format(day=formats.day_short(item.until))

    def choose(self, day: date) -> None:
        """Show a day as chosen; Tab comes to its head, and to the first of what is on it."""
        self.chosen = day
        first: WeekEntry | None = None
        every: list[WeekEntry] = []
        for column in self.columns:
            here = column.head.day == day
            column.head.setChecked(here)
            column.head.setFocusPolicy(Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus)
            entries = [entry for part in column.parts for entry in part]
            every += entries
            if here and entries:
                first = entries[0]
        for entry in every:
            stop = entry is (first or every[0])
            entry.setFocusPolicy(Qt.FocusPolicy.StrongFocus if stop else Qt.FocusPolicy.ClickFocus)
        order: QWidget | None = None
        for column in self.columns:
            for spot in column.spots():
                if order is not None:
                    QWidget.setTabOrder(order, spot)
                order = spot
        self.update()

    def head_of(self, day: date) -> DayHead | None:
        """The head of a day, if it is in this week."""
        return next((column.head for column in self.columns if column.head.day == day), None)

    def entries(self, day: date) -> list[WeekEntry]:
        """What is on a day, from the top."""
        column = next((column for column in self.columns if column.head.day == day), None)
        return [entry for part in column.parts for entry in part] if column is not None else []

    # ---------------------------------------------------------------- where things go

    def retheme(self) -> None:
        """Other sizes."""
        self.updateGeometry()
        self.arrange()

    def _lead(self) -> int:
        """Room for the names of the parts of the day, px."""
        return round(max(Block(part_words(part), "body", wrap=False).natural() for part in range(4))) + theme.sp(16)

    def _stack(self, width: int) -> bool:
        return theme.narrow(1 << 16) or (width - self._lead()) / 7 < theme.px(COLUMN)

    def _parts(self) -> list[int]:
        """The rows that are shown; the one of whole days only where there is something in it."""
        return [0, 1, 2, 3] if any(column.parts[0] for column in self.columns) else [1, 2, 3]

    def _row_heights(self, wide: int) -> list[int]:
        gap = theme.sp(6)
        heights = []
        for part in self._parts():
            tall = max(sum(e.height_in(wide, False) + gap for e in column.parts[part]) for column in self.columns)
            least = theme.px(WHOLE_BAND if part == 0 else BAND)
            heights.append(max(least, tall + theme.sp(10)))
        return heights

    def hasHeightForWidth(self) -> bool:
        """Narrower is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The least height in ``width`` px."""
        if self._stack(width):
            return self._lay_stack(width, place=False)
        wide = int((width - self._lead()) / 7) - theme.sp(8)
        return self.columns[0].head.height_in(wide, False) + sum(self._row_heights(wide)) + theme.sp(8)

    def sizeHint(self) -> QSize:
        """A page wide."""
        return QSize(theme.px(1000), self.heightForWidth(max(self.width(), theme.px(240))))

    def minimumSizeHint(self) -> QSize:
        """A narrow window."""
        return QSize(theme.px(200), theme.px(160))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other room."""
        super().resizeEvent(event)
        self.arrange()

    def arrange(self) -> None:
        """Give everything its place."""
        stacked = self._stack(self.width())
        if stacked != self.stacked:
            self.stacked = stacked
            for column in self.columns:
                column.head.show_head(column.head.words, chosen=column.head.isChecked(), stacked=stacked)
                for entry in (entry for part in column.parts for entry in part):
                    entry.show_entry(entry.words, stacked=stacked)
        if stacked:
            self._rows = []
            self._lay_stack(self.width(), place=True)
        else:
            self._lay_columns()
        self.update()

    def _put(self, widget: QWidget, x: int, y: int, width: int, height: int) -> None:
        widget.setGeometry(QRect(self.width() - x - width if theme.rtl else x, y, width, height))

    def _lay_stack(self, width: int, *, place: bool) -> int:
        y = 0
        for column in self.columns:
            for spot in column.spots():
                high = spot.height_in(width, True)
                if place:
                    self._put(spot, 0, y, width, high)
                y += high + 2
            y += theme.sp(12)
        return y

    def _lay_columns(self) -> None:
        lead, pad, gap = self._lead(), theme.sp(4), theme.sp(6)
        edges = [lead + round((self.width() - lead) * place / 7) for place in range(8)]
        wide = min(edges[place + 1] - edges[place] for place in range(7)) - 2 * pad
        head = self.columns[0].head.height_in(wide, False)
        heights = self._row_heights(wide)
        spare = max(0, self.height() - head - sum(heights) - theme.sp(8))
        grow = [place for place, part in enumerate(self._parts()) if part]
        for place in grow:
            heights[place] += max(0, min(spare // len(grow), theme.px(MOST_BAND) - heights[place]))
        self._rows = []
        top = head
        for part, height in zip(self._parts(), heights, strict=True):
            self._rows.append((part, top, height))
            for place, column in enumerate(self.columns):
                y = top + theme.sp(8)
                for entry in column.parts[part]:
                    high = entry.height_in(wide, False)
                    self._put(entry, edges[place] + pad, y, wide, high)
                    y += high + gap
            top += height
        for place, column in enumerate(self.columns):
            self._put(column.head, edges[place], 0, edges[place + 1] - edges[place], head)

    # ---------------------------------------------------------------- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """The chosen day's ground, the names of the parts of the day, and a ruled line above each."""
        p = painter(self)
        if not self._rows:
            for column in self.columns:
                p.fillRect(0, column.head.geometry().bottom() + 1, self.width(), 1, theme.colour("line"))
            p.end()
            return
        bottom = self._rows[-1][1] + self._rows[-1][2]
        head = self.head_of(self.chosen)
        if head is not None:
            area = QRectF(head.x() + 1, 0, head.width() - 2, bottom)
            rounded(p, area, theme.radius("control"), theme.colour("accent_wash"), theme.colour("accent_line"))
        lead = self._lead() - theme.sp(12)
        for part, top, _height in self._rows:
            p.fillRect(0, top, self.width(), 1, theme.colour("line"))
            words = Block(part_words(part), "body", wrap=False)
            area = QRectF(across(self, 0, lead), top + theme.sp(10), lead, words.line_height)
            words.paint(p, area, "ink_soft")
        p.end()

    # ---------------------------------------------------------------- mouse and keyboard

    def _day_at(self, x: float) -> date | None:
        if self.stacked:
            return None
        heads = (column.head for column in self.columns)
        return next((head.day for head in heads if head.x() <= x < head.x() + head.width()), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A free spot chooses its day."""
        day = self._day_at(event.position().x())
        if day is not None and event.button() == Qt.MouseButton.LeftButton:
            self.day_chosen.emit(day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A free spot pressed twice adds to its day."""
        day = self._day_at(event.position().x())
        if day is not None:
            self.day_opened.emit(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Days, what is on a day, weeks, and T for today."""
        key = Qt.Key(event.key())
        side = -1 if theme.rtl else 1
        start = week_start(self.chosen, self._desk.formats.first_weekday())
        goals = {
            Qt.Key.Key_Right: self.chosen + side * DAY,
            Qt.Key.Key_Left: self.chosen - side * DAY,
            Qt.Key.Key_PageUp: self.chosen - timedelta(days=7),
            Qt.Key.Key_PageDown: self.chosen + timedelta(days=7),
            Qt.Key.Key_Home: start,
            Qt.Key.Key_End: start + timedelta(days=6),
            Qt.Key.Key_T: self._desk.session.today(),
        }
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in goals:
            self._go(in_reach(goals[key]))
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def _go(self, day: date) -> None:
        """To another day; the keyboard comes down on its head."""
        self.day_chosen.emit(day)
        head = self.head_of(day)
        if head is not None:
            head.setFocus(Qt.FocusReason.TabFocusReason)

    def _step(self, step: int) -> None:
        """Down or up a day; one under the other, on into the next day."""
        spots: list[DayHead | WeekEntry] = []
        focus = QApplication.focusWidget()
        for column in self.columns:
            here: list[DayHead | WeekEntry] = column.spots()
            if self.stacked:
                spots += here
            elif any(each is focus for each in here):
                spots = here
        place = next((at for at, each in enumerate(spots) if each is focus), -1) + step
        if 0 <= place < len(spots):
            spot = spots[place]
            day = spot.day if isinstance(spot, DayHead) else spot.words.day
            if day != self.chosen:
                self.day_chosen.emit(day)
            spot.setFocus(Qt.FocusReason.TabFocusReason)


def _same(one: AgendaItem | None, other: AgendaItem) -> bool:
    return one is not None and (one.appointment.id, one.original_starts) == (
        other.appointment.id,
        other.original_starts,
    )


def _cut(entries: list[EntryWords], day: date) -> list[EntryWords]:
    """As many as one part of a day holds, then how many more there are."""
    if len(entries) <= MOST_IN_PART:
        return entries
    words = more_words(len(entries) - MOST_IN_PART + 1)
    return [*entries[: MOST_IN_PART - 1], EntryWords(day, None, title=words, spoken=words)]
