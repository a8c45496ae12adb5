"""One day in the grid of a month: drawn on ruled paper, pressed and spoken like a button."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from planner.ui.kit.buttons import Pressed
from planner.ui.kit.paint import ROUND, Block, across, painter, rounded
from planner.ui.kit.text import draw_person
from planner.ui.pages.calendar_days import more_words
from planner.ui.theme import theme
from planner.words import _

if TYPE_CHECKING:
    from planner.session import AgendaItem

DOTS = 3
"""As many appointments are shown as dots in a small grid; more are shown by their number."""


@dataclass(frozen=True)
class Entry:
    """One appointment in a cell. ``begins`` and ``ends``: whether its band has its end here, or goes on."""

    item: AgendaItem
    words: str
    hour: str = ""
    letter: str = ""
    tone: int = 0
    band: bool = False
    begins: bool = True
    ends: bool = True
    soft: bool = False


@dataclass(frozen=True)
class Day:
    """What a cell shows. ``entries`` stand in their lanes: None leaves a line free for a band beside it."""

    day: date
    spoken: str
    told: str = ""
    today: bool = False
    inside: bool = True
    entries: tuple[Entry | None, ...] = ()

    @property
    def count(self) -> int:
        """How many appointments there are."""
        return sum(entry is not None for entry in self.entries)


class DayCell(Pressed):
    """A day. A press chooses it; Enter, Space and a double press open it, or the appointment under the pointer."""

    entered = Signal()
    opened = Signal(object)

    def __init__(self) -> None:
        """Shows nothing yet."""
        super().__init__()
        self.by_arrows = True
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.ring_radius, self.ring_inset = theme.radius("control") - 2, 4
        self.shown = Day(date.min, "")
        self._compact = False
        self._blocks: dict[tuple[str, int | None, bool], Block] = {}
        self._spots: list[tuple[QRectF, Entry]] = []

    @property
    def day(self) -> date:
        """The day."""
        return self.shown.day

    def show_day(self, day: Day, *, chosen: bool, compact: bool) -> None:
        """Show another day; ``compact`` draws dots where there is no room for words."""
        if day != self.shown:
            self.shown = day
            self._blocks.clear()
            self.setText(str(day.day.day))
            self.setAccessibleName(day.spoken)
            self.setAccessibleDescription(day.told)
        self._compact = compact
        self.setChecked(chosen)
        self.update()

    def nextCheckState(self) -> None:
        """A press does not unchoose a day."""

    def retheme(self) -> None:
        """Set the words anew."""
        self._blocks.clear()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space open the day; all else belongs to the grid."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.entered.emit()
        else:
            event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """What is under the pointer, or the day itself."""
        spot = event.position()
        entry = next((entry for area, entry in self._spots if area.contains(spot)), None)
        self.opened.emit(entry.item if entry is not None else None)

    # ---------------------------------------------------------------- drawing

    def _block(self, words: str, weight: int | None = 400, *, wrap: bool = False) -> Block:
        found = self._blocks.get((words, weight, wrap))
        if found is None:
            found = Block(words, "label", weight=weight, wrap=wrap, tabular=True)
            self._blocks[(words, weight, wrap)] = found
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, number, and what is on."""
        p = painter(self)
        self._ground(p)
        top = self._number(p)
        self._spots = []
        if self._compact:
            self._dots(p, top)
        else:
            self._entries(p, top)
        p.end()

    def _ground(self, p: QPainter) -> None:
        area = QRectF(self.rect()).adjusted(2, 3, -2, -2)
        radius = theme.radius("control") - 2
        if self.isChecked():
            rounded(p, area, radius, theme.colour("accent_wash"), theme.colour("accent_line"))
        elif self.isDown() or self.hovered:
            rounded(p, area, radius, theme.colour("press" if self.isDown() else "well"))

    def _number(self, p: QPainter) -> float:
        """The number; today's stands in a ring, and the word beside it where there is room."""
        size, pad = theme.px(26), theme.sp(6)
        heavy = self.shown.today or self.isChecked()
        block = self._block(self.text(), 600 if heavy else 400)
        ink = "accent_ink" if self.shown.today else "ink" if self.shown.inside else "ink_soft"
        start = (self.width() - size) / 2 if self._compact else pad
        spot = QRectF(across(self, start, size), theme.sp(6), size, size)
        if self.shown.today:
            rounded(p, spot, ROUND, theme.colour("sheet"), theme.colour("accent"), theme.stroke("chosen"))
        if self.shown.today or self._compact:
            block.paint_middle(p, spot, ink, "centre")
        else:
            room = self.width() - theme.sp(12)
            block.paint_middle(p, QRectF(across(self, theme.sp(8), room), spot.top(), room, size), ink)
        if self.shown.today and not self._compact:
            word = self._block(_("today"), 600)
            beside = start + size + theme.sp(6)
            room = self.width() - round(beside) - pad
            if word.natural() <= room:
                word.paint_middle(p, QRectF(across(self, beside, room), spot.top(), room, size), "accent_ink")
        return spot.bottom() + theme.sp(3)

    def _dots(self, p: QPainter, top: float) -> None:
        count = self.shown.count
        if count > DOTS:
            block = self._block(str(count), 600)
            block.paint_middle(p, QRectF(0, top, self.width(), block.line_height), "ink", "centre")
            return
        size, gap = theme.px(7), theme.px(4)
        wide = count * size + max(0, count - 1) * gap
        for place in range(count):
            middle = (self.width() - wide) / 2 + place * (size + gap)
            rounded(p, QRectF(middle, top + theme.px(6), size, size), ROUND, theme.colour("ink_soft"))

    def room(self) -> int:
        """How many lines of words there is room for."""
        top = theme.sp(6) + theme.px(26) + theme.sp(3)
        return int((self.height() - top - theme.sp(5)) // self._line())

    def _line(self) -> int:
        return theme.line("label") + theme.px(2)

    def _entries(self, p: QPainter, top: float) -> None:
        entries, room = self.shown.entries, self.room()
        shown = entries if len(entries) <= room else entries[: max(0, room - 1)]
        # Lines that nothing else needs go to words that are longer than one; a band keeps its line across the days.
        spare = room - len(entries)
        fixed = max((place for place, entry in enumerate(entries) if entry is None or entry.band), default=-1)
        line = 0
        for place, entry in enumerate(shown):
            lines = self._lines_for(entry, spare) if entry is not None and place > fixed else 1
            if entry is not None:
                self._entry(p, entry, top + line * self._line(), lines)
            spare -= lines - 1
            line += lines
        left = self.shown.count - sum(entry is not None for entry in shown)
        if left and room > 0:
            pad = theme.sp(8)
            area = QRectF(pad, top + len(shown) * self._line(), self.width() - 2 * pad, self._line())
            self._block(more_words(left), 600).paint_cut(p, area, "ink_soft")

    def _lines_for(self, entry: Entry, spare: int) -> int:
        """How many lines the words take: all they need where there is room for that, else one that is cut."""
        block, room = self._block(entry.words, wrap=True), self._words_room(entry)
        lines = block.count(room)
        return lines if lines - 1 <= spare and block.longest_word() <= room else 1

    def _words_room(self, entry: Entry) -> float:
        letter = self._line() - 2 + theme.sp(4) if entry.letter else 0
        return float(self.width() - theme.sp(8) - letter - theme.sp(5))

    def _entry(self, p: QPainter, entry: Entry, top: float, lines: int) -> None:
        pad, line = theme.sp(8), self._line()
        ink = "ink_soft" if entry.soft or not self.shown.inside else "ink"
        if entry.band:
            self._band(p, entry, top)
        start = float(pad)
        if entry.letter:
            size = line - 2
            disc = QRectF(across(self, start, size), top + 1, size, size)
            draw_person(p, disc, entry.letter, entry.tone)
            start += size + theme.sp(4)
        room = self.width() - start - theme.sp(5)
        self._spots.append((QRectF(0, top, self.width(), line * lines), entry))
        if entry.band and not entry.begins:
            return
        if lines > 1:
            area = QRectF(across(self, start, room), top + (line - theme.line("label")) / 2, room, line * lines)
            self._block(entry.words, wrap=True).paint(p, area, ink)
            return
        words = entry.words
        if entry.hour and room >= theme.px(150):
            words = f"{entry.hour}  {words}"
        area = QRectF(across(self, start, room), top + (line - theme.line("label")) / 2, room, theme.line("label"))
        self._block(words).paint_cut(p, area, ink)

    def _band(self, p: QPainter, entry: Entry, top: float) -> None:
        """A strip of paper; it runs on to the edge where it goes on in the cell beside."""
        inset, radius = theme.sp(4), theme.px(5)
        begin = inset if entry.begins else -2 * radius
        end = self.width() - inset if entry.ends else self.width() + 2 * radius
        area = QRectF(across(self, begin, end - begin), top + 1, end - begin, self._line() - 2)
        p.save()
        p.setClipRect(self.rect())
        ground = theme.colour("sheet" if self.isChecked() else "press" if self.hovered else "well")
        rounded(p, area, radius, ground, theme.colour("line"))
        p.restore()

    def words_at(self, spot: QPointF) -> str:
        """The words of the appointment that is drawn at a place; "" for none."""
        return next((entry.words for area, entry in self._spots if area.contains(spot)), "")
