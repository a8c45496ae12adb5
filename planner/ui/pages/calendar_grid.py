"""The grid of a month: a row a week, a button a day. Arrow keys go by days and weeks, Page Up and Down by months."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from planner.ui.formats import Formats
from planner.ui.kit.paint import Block, painter
from planner.ui.kit.said import announce
from planner.ui.pages.calendar_cell import Day, DayCell
from planner.ui.pages.calendar_days import DAY, in_reach, months_on, week_start
from planner.ui.theme import theme

LEAST, MOST = 84, 150
"""Height of a week with words in it, px at 100 %."""
SMALL = 62
"""Height of a week with dots in it, px at 100 %."""
WEEKS = 6


class MonthGrid(QWidget):
    """The days of one month and of the weeks it begins and ends in.

    ``day_chosen`` is told with a day that was pressed or that the keyboard went to, and ``by_key``; ``day_opened`` and
    ``item_opened`` when a day, or an appointment on it, was opened; ``day_doubled`` when a free spot was pressed twice.
    """

    day_chosen = Signal(object, bool)
    day_opened = Signal(object)
    day_doubled = Signal(object)
    item_opened = Signal(object)

    def __init__(self, formats: Formats) -> None:
        """Empty until :meth:`show_days`."""
        super().__init__()
        self._formats = formats
        self.chosen, self._today = date.min, date.min
        self._weeks = WEEKS
        self.compact = False
        self.cells = [self._cell() for _place in range(7 * WEEKS)]
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def _cell(self) -> DayCell:
        cell = DayCell()
        cell.setParent(self)
        cell.clicked.connect(lambda _on=False: self.day_chosen.emit(cell.day, False))
        cell.entered.connect(lambda: self._entered(cell))
        cell.opened.connect(lambda item: self._opened(cell, item))
        return cell

    def _entered(self, cell: DayCell) -> None:
        self.day_chosen.emit(cell.day, False)
        self.day_opened.emit(cell.day)

    def _opened(self, cell: DayCell, item: object) -> None:
        if item is not None and not self.compact:
            self.item_opened.emit(item)
        else:
            self.day_doubled.emit(cell.day)

    # ---------------------------------------------------------------- what it shows

    def show_days(self, days: list[Day], chosen: date, today: date) -> None:
        """Show whole weeks; the keyboard, where it is in the grid, goes to the day that is chosen."""
        focus = QApplication.focusWidget()
        inside = isinstance(focus, DayCell) and focus in self.cells
        self._weeks = len(days) // 7
        self.chosen, self._today = chosen, today
        target: DayCell | None = None
        for cell, day in zip(self.cells, days, strict=False):
            here = day.day == chosen
            cell.show_day(day, chosen=here, compact=self.compact)
            cell.setFocusPolicy(Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus)
            cell.show()
            target = cell if here else target
        if target is None:
            self.cells[0].setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if inside and target is not None:
            if focus is target:
                announce(self, target.shown.spoken)
            target.setFocus(Qt.FocusReason.OtherFocusReason)
        for cell in self.cells[len(days) :]:
            cell.hide()
        self.arrange()
        self.update()

    def cell(self, day: date) -> DayCell | None:
        """The cell that shows a day, if any does."""
        shown = self.cells[: 7 * self._weeks]
        return next((cell for cell in shown if cell.day == day), None)

    def enter(self) -> None:
        """Put the keyboard on the chosen day."""
        cell = self.cell(self.chosen) or self.cells[0]
        cell.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_compact(self, compact: bool) -> None:
        """Dots instead of words, for a narrow window or large text."""
        if compact != self.compact:
            self.compact = compact
            for cell in self.cells:
                cell.show_day(cell.shown, chosen=cell.isChecked(), compact=compact)

    # ---------------------------------------------------------------- how large it is

    def _head(self) -> int:
        return theme.line("label") + theme.sp(8)

    def least(self, compact: bool) -> int:
        """The least height, px."""
        return self._head() + self._weeks * theme.px(SMALL if compact else LEAST)

    def most(self) -> int:
        """The most height that it takes where there is room, px."""
        return self._head() + self._weeks * theme.px(MOST)

    def retheme(self) -> None:
        """Other sizes."""
        self.updateGeometry()
        self.arrange()

    def sizeHint(self) -> QSize:
        """A month with words."""
        return QSize(theme.px(680), self.least(self.compact))

    def minimumSizeHint(self) -> QSize:
        """A narrow window."""
        return QSize(theme.px(200), self.least(True))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other room for each day."""
        super().resizeEvent(event)
        self.arrange()

    def _lefts(self) -> list[int]:
        """The edges of the seven columns in reading order, px from where reading begins; whole px, so no gaps."""
        return [round(self.width() * place / 7) for place in range(8)]

    def _tops(self) -> list[int]:
        head = self._head()
        return [head + round((self.height() - head) * place / self._weeks) for place in range(self._weeks + 1)]

    def arrange(self) -> None:
        """Give every day its place."""
        lefts, tops = self._lefts(), self._tops()
        for place, cell in enumerate(self.cells[: 7 * self._weeks]):
            week, column = divmod(place, 7)
            wide = lefts[column + 1] - lefts[column]
            left = self.width() - lefts[column + 1] if theme.rtl else lefts[column]
            cell.setGeometry(QRect(left, tops[week], wide, tops[week + 1] - tops[week]))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The names of the weekdays, and a ruled line above each week."""
        p = painter(self)
        lefts = self._lefts()
        metrics = QFontMetricsF(theme.font("label", 400))
        for column in range(7):
            day = self.cells[column].day
            if day == date.min:
                break
            wide = lefts[column + 1] - lefts[column]
            name = self._formats.sentence(self._formats.weekday_short(day))
            if metrics.horizontalAdvance(name) > wide - theme.sp(4):
                name = name[:2]
            left = self.width() - lefts[column + 1] if theme.rtl else lefts[column]
            pad = 0 if self.compact else theme.sp(8)
            area = QRectF(left + pad, 0, wide - 2 * pad, theme.line("label"))
            Block(name, "label", weight=400, wrap=False).paint(
                p, area, "ink_soft", "centre" if self.compact else "start"
            )
        for top in self._tops()[:-1]:
            p.fillRect(0, top, self.width(), 1, theme.colour("line"))
        p.end()

    # ---------------------------------------------------------------- keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Days, weeks, months, the ends of a week, and T for today."""
        goal = self._goal(event)
        if goal is None:
            super().keyPressEvent(event)
        else:
            self.day_chosen.emit(in_reach(goal), True)

    def _goal(self, event: QKeyEvent) -> date | None:
        side = -1 if theme.rtl else 1
        key = Qt.Key(event.key())
        day = self.chosen
        begin = week_start(day, self._formats.first_weekday())
        steps = {Qt.Key.Key_Right: side, Qt.Key.Key_Left: -side, Qt.Key.Key_Down: 7, Qt.Key.Key_Up: -7}
        far = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.modifiers() & ~(Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.KeypadModifier):
            return None
        if key in steps and not far:
            return day + steps[key] * DAY
        if key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            return months_on(day, 1 if key == Qt.Key.Key_PageDown else -1)
        if key == Qt.Key.Key_Home:
            return day.replace(day=1) if far else begin
        if key == Qt.Key.Key_End:
            return months_on(day.replace(day=1), 1) - DAY if far else begin + timedelta(days=6)
        return self._today if key == Qt.Key.Key_T and not far else None
