"""What stands in a week: the head of a day, and an appointment with its hour and all its words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from planner.ui.kit.buttons import Pressed
from planner.ui.kit.paint import ROUND, Block, across, painter, rounded
from planner.ui.kit.text import draw_person
from planner.ui.theme import theme

if TYPE_CHECKING:
    from planner.session import AgendaItem

HOUR = 116
"""Room for an hour at the start of a line, px at 100 %."""


@dataclass(frozen=True)
class HeadWords:
    """What the head of a day says: ``short`` and ``number`` in a column, ``whole`` in a line, ``more`` at its end."""

    day: date
    short: str = ""
    number: str = ""
    whole: str = ""
    more: str = ""
    spoken: str = ""
    today: bool = False


class DayHead(Pressed):
    """The head of a day. A press chooses the day, Enter opens it, a double press adds to it."""

    entered = Signal()
    doubled = Signal()

    def __init__(self) -> None:
        """Shows nothing yet."""
        super().__init__()
        self.by_arrows = True
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.words = HeadWords(date.min)
        self._stacked = False
        self.ring_inset = 3

    @property
    def day(self) -> date:
        """The day."""
        return self.words.day

    def show_head(self, words: HeadWords, *, chosen: bool, stacked: bool) -> None:
        """Show another day."""
        self.words, self._stacked = words, stacked
        self.setText(words.whole)
        self.setAccessibleName(words.spoken)
        self.setChecked(chosen)
        self.update()

    def nextCheckState(self) -> None:
        """A press does not unchoose a day."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space open the day; all else belongs to the week."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.entered.emit()
        else:
            event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Add to the day."""
        self.doubled.emit()

    def height_in(self, width: int, stacked: bool) -> int:
        """The height in ``width`` px."""
        if not stacked:
            return theme.line("label") + theme.px(38) + theme.sp(12)
        room = width - 2 * theme.sp(8)
        head = Block(self.words.whole, "strong").height(room)
        return max(theme.size("target"), head + theme.sp(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Weekday and number under one another, or one line."""
        p = painter(self)
        area = QRectF(self.rect())
        if self.isDown() or (self.hovered and not self.isChecked()):
            rounded(p, area.adjusted(2, 2, -2, -2), theme.radius("control"), theme.colour("well"))
        if self._stacked:
            self._line(p, area)
        else:
            self._column(p, area)
        p.end()

    def _column(self, p: QPainter, area: QRectF) -> None:
        heavy = self.words.today or self.isChecked()
        line, size = theme.line("label"), theme.px(34)
        ink = "accent_ink" if self.words.today else "ink_soft"
        name = Block(self.words.short, "label", weight=600 if heavy else 400, wrap=False)
        name.paint(p, QRectF(0, theme.sp(6), area.width(), line), ink, "centre")
        spot = QRectF((area.width() - size) / 2, theme.sp(6) + line + theme.px(2), size, size)
        if self.words.today:
            rounded(p, spot, ROUND, theme.colour("sheet"), theme.colour("accent"), theme.stroke("chosen"))
        Block(self.words.number, "section", wrap=False).paint_middle(p, spot, "ink" if heavy else "ink_soft", "centre")

    def _line(self, p: QPainter, area: QRectF) -> None:
        pad = theme.sp(8)
        room = area.width() - 2 * pad
        if self.isChecked():
            rounded(
                p,
                area.adjusted(0, 2, 0, -2),
                theme.radius("control"),
                theme.colour("accent_wash"),
                theme.colour("accent_line"),
            )
        whole = Block(self.words.whole, "strong")
        whole.paint_middle(p, QRectF(across(self, pad, room), 0, room, area.height()), "ink")
        more = Block(self.words.more, "body", wrap=False)
        if self.words.more and whole.natural() + more.natural() + theme.sp(24) <= room:
            more.paint_middle(p, QRectF(across(self, pad, room), 0, room, area.height()), "ink_soft", "end")


@dataclass(frozen=True)
class EntryWords:
    """One appointment on one day; without ``item`` it stands for those that do not fit."""

    day: date
    item: AgendaItem | None
    hour: str = ""
    title: str = ""
    spoken: str = ""
    letter: str = ""
    tone: int = 0
    soft: bool = False


class WeekEntry(Pressed):
    """An appointment in a week; pressed as a whole."""

    def __init__(self) -> None:
        """Shows nothing yet."""
        super().__init__()
        self.by_arrows = True
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.words = EntryWords(date.min, None)
        self._stacked = False
        self._hour = self._title = Block("")
        self.ring_radius = theme.px(8)

    def show_entry(self, words: EntryWords, *, stacked: bool) -> None:
        """Show another appointment."""
        self.words, self._stacked = words, stacked
        self.setText(words.title)
        self.setAccessibleName(words.spoken)
        self.retheme()
        self.update()

    def retheme(self) -> None:
        """Set the words anew."""
        self._hour = Block(self.words.hour, "label", weight=400, tabular=True)
        self._title = Block(self.words.title, "label", weight=400 if self.words.soft else 600)

    def _disc(self) -> int:
        return theme.px(22) + theme.sp(6) if self.words.letter else 0

    def _pad(self) -> int:
        return theme.sp(8)

    def height_in(self, width: int, stacked: bool) -> int:
        """The height in ``width`` px."""
        room = width - 2 * self._pad()
        if stacked:
            beside = max(theme.px(80), room - theme.px(HOUR) - self._disc())
            high = max(self._title.height(beside), self._hour.height(theme.px(HOUR) - theme.sp(8)))
            return max(theme.size("target"), high + theme.sp(16))
        hour = self._hour.height(room - self._disc()) if self.words.hour else 0
        return max(hour, theme.px(22) if self.words.letter else 0) + self._title.height(room) + theme.sp(12)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A small sheet, or a line."""
        p = painter(self)
        area = QRectF(self.rect())
        ground = "press" if self.isDown() else "well" if self.hovered else "" if self._stacked else "sheet"
        if ground:
            edge = None if self._stacked else theme.colour("line")
            rounded(p, area, theme.px(8), theme.colour(ground), edge)
        if self._stacked:
            self._paint_line(p, area)
        else:
            self._paint_sheet(p, area)
        p.end()

    def _paint_disc(self, p: QPainter, start: float, top: float) -> None:
        if self.words.letter:
            size = theme.px(22)
            draw_person(p, QRectF(across(self, start, size), top, size, size), self.words.letter, self.words.tone)

    def _paint_sheet(self, p: QPainter, area: QRectF) -> None:
        pad = self._pad()
        room = area.width() - 2 * pad
        top = float(theme.sp(6))
        if self.words.hour:
            self._paint_disc(p, pad, top)
            wide = room - self._disc()
            high = max(self._hour.height(wide), theme.px(22) if self.words.letter else 0)
            place = QRectF(across(self, pad + self._disc(), wide), top, wide, high)
            self._hour.paint_middle(p, place, "ink_soft")
            top += high
        ink = "ink_soft" if self.words.soft or self.words.item is None else "ink"
        self._title.paint(p, QRectF(across(self, pad, room), top, room, area.height()), ink)

    def _paint_line(self, p: QPainter, area: QRectF) -> None:
        pad, hour = self._pad(), theme.px(HOUR)
        room = area.width() - 2 * pad
        wide = hour - theme.sp(8)
        self._hour.paint_middle(p, QRectF(across(self, pad, wide), 0, wide, area.height()), "ink_soft")
        start = pad + hour
        self._paint_disc(p, start, (area.height() - theme.px(22)) / 2)
        beside = max(theme.px(80), room - hour - self._disc())
        ink = "ink_soft" if self.words.soft or self.words.item is None else "ink"
        place = QRectF(across(self, start + self._disc(), beside), 0, beside, area.height())
        self._title.paint_middle(p, place, ink)
