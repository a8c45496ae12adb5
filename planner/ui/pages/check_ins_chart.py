"""Single days over months: a strip for each rating, and the same as a table. Nothing is added up, nothing is judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from planner.plan.records import CheckIn
from planner.plan.scales import LIFE_SCALES, STEPS, in_order, scale_words, step_words
from planner.ui.kit.layouts import Box, clear, column
from planner.ui.kit.paint import Block, across, painter
from planner.ui.kit.scroll import PaperScrollBar
from planner.ui.kit.text import Text
from planner.ui.theme import theme
from planner.words import _, n_

if TYPE_CHECKING:
    from planner.ui.formats import Formats

GAP = timedelta(days=45)
"""Days further apart than this are not joined by a line: nobody knows what lay between."""
LEVELS = len(STEPS)
ROW, DOT, EDGE, PAD = 18, 4.5, 10, 8


@dataclass(frozen=True)
class Days:
    """The ratings of one scale by day, the oldest first, and the days between which they are shown."""

    name: str
    points: tuple[tuple[date, int], ...]
    first: date
    last: date

    def at(self, day: date) -> float:
        """Where a day lies between the first (0.0) and the last (1.0); in the middle where there is only one."""
        whole = (self.last - self.first).days
        return (day - self.first).days / whole if whole else 0.5


def day_of(check_in: CheckIn) -> date | None:
    """The day of a check-in; a copy from elsewhere may hold anything."""
    try:
        return date.fromisoformat(check_in.day)
    except ValueError:
        return None


def by_scale(days: Sequence[CheckIn], since: date | None = None, *, life: bool = False) -> list[Days]:
    """Each scale that was rated since then, ours first, either the parts of a life or all others.

    Where one day has two, the one written last counts.
    All are shown between the same two days: the first and the last on which anything was rated.
    """
    found: dict[str, dict[date, int]] = {}
    for each in sorted(days, key=lambda each: (each.day, each.id)):
        day = day_of(each)
        if day is None or (since is not None and day < since):
            continue
        for name, value in of_kind(each, life=life).items():
            found.setdefault(name, {})[day] = value
    every = sorted({day for ratings in found.values() for day in ratings})
    return [
        Days(name, tuple(sorted(found[name].items())), every[0], every[-1])
        for name in in_order(dict.fromkeys(found, 1))
    ]


def of_kind(check_in: CheckIn, *, life: bool) -> dict[str, int]:
    """The ratings of the parts of a life, or all others: they are asked in another form, and at other times."""
    return {name: value for name, value in check_in.ratings.items() if (name in LIFE_SCALES) is life}


class Strip(QWidget):
    """One rating over the days: a dot each, from "very hard" below to "very good" above; near ones are joined."""

    def __init__(self, days: Days, formats: Formats) -> None:
        super().__init__()
        self.days, self._formats = days, formats
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(scale_words(days.name))
        self.setAccessibleDescription(self._spoken())
        self.retheme()

    def _spoken(self) -> str:
        first, last = (self.days.points[at] for at in (0, -1))
        told = n_("{n} day", "{n} days", len(self.days.points)).format(n=len(self.days.points))
        ends = [
            _("{day}: {words}").format(day=self._formats.day(day), words=step_words(value))
            for day, value in (first, last)
        ]
        return ". ".join(dict.fromkeys([told, *ends]))

    def retheme(self) -> None:
        """The words beside it, in the size of the text."""
        self._top, self._foot = (Block(self._capital(step_words(value)), "body") for value in (LEVELS, 1))
        self.setFixedHeight(theme.px(ROW) * (LEVELS - 1) + 2 * theme.px(EDGE))
        self.updateGeometry()

    @staticmethod
    def _capital(words: str) -> str:
        return words[:1].upper() + words[1:]

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(theme.px(480), self.height())

    def minimumSizeHint(self) -> QSize:
        """A narrow window."""
        return QSize(theme.px(160), self.height())

    def place(self, day: date, value: int) -> QPointF:
        """Where the dot of a day stands; days run in the direction of reading."""
        lead = self._lead()
        wide = max(1.0, self.width() - lead - 2 * theme.px(EDGE))
        x = across(self, lead + theme.px(EDGE) + self.days.at(day) * wide, 0)
        return QPointF(x, theme.px(EDGE) + (LEVELS - value) * theme.px(ROW))

    def _lead(self) -> float:
        return max(self._top.natural(), self._foot.natural()) + theme.sp(16)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Five faint lines, a soft line through near days, the dots on top."""
        p = painter(self)
        self._ground(p)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        before: tuple[date, QPointF] | None = None
        p.setPen(QPen(theme.colour("accent", 0.5), theme.stroke("chosen"), c=Qt.PenCapStyle.RoundCap))
        for day, value in self.days.points:
            here = self.place(day, value)
            if before is not None and day - before[0] <= GAP:
                p.drawLine(before[1], here)
            before = day, here
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(theme.colour("accent"))
        for day, value in self.days.points:
            p.drawEllipse(self.place(day, value), theme.px(DOT), theme.px(DOT))

    def _ground(self, p: QPainter) -> None:
        lead = self._lead()
        p.setPen(QPen(theme.colour("line"), theme.stroke("hair")))
        for level in range(LEVELS):
            y = theme.px(EDGE) + level * theme.px(ROW)
            p.drawLine(QPointF(across(self, lead, 0), y), QPointF(across(self, self.width(), 0), y))
        for words, level in ((self._top, 0), (self._foot, LEVELS - 1)):
            middle = theme.px(EDGE) + level * theme.px(ROW)
            top = min(max(0.0, middle - words.line_height / 2), self.height() - words.line_height)
            words.paint(p, QRectF(across(self, 0, lead), top, lead, words.line_height), "ink_soft")


class Chart(QWidget):
    """All strips, one under the other, with the first and the last day below."""

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self.strips: list[Strip] = []
        self._place = Box(True, 0, (0, 0, 0, 0))
        self.setLayout(column(self._place))

    def show_days(self, days: Sequence[CheckIn], since: date | None, *, life: bool = False) -> None:
        """Show what was rated since a day; all of it for ``None``."""
        clear(self._place)
        self.strips = [Strip(each, self._formats) for each in by_scale(days, since, life=life)]
        for strip in self.strips:
            self._place.put(Text(scale_words(strip.days.name), "strong"), 4, strip, 20)
        if not self.strips:
            self._place.put(Text(_("Nothing is written down for this time."), "body", "ink_soft"))
            return
        first, last = self.strips[0].days.first, self.strips[0].days.last
        told = _("From {first} to {last}.").format(first=self._formats.day(first), last=self._formats.day(last))
        self._place.put(Text(told if first != last else self._formats.day_full(first), "body", "ink_soft"))


def _cell(p: QPainter, area: QRectF, words: str, colour: str, weight: int, chosen: bool = False) -> None:
    """One cell: its ground, its words where reading begins, and the rule below it."""
    p.fillRect(area, theme.colour("accent_wash" if chosen else "page"))
    p.setPen(QPen(theme.colour("line"), theme.stroke("hair")))
    p.drawLine(QPointF(area.left(), area.bottom() - 0.5), QPointF(area.right(), area.bottom() - 0.5))
    p.setPen(theme.colour(colour))
    p.setFont(theme.font("body", weight))
    pad = theme.sp(PAD)
    start = Qt.AlignmentFlag.AlignRight if theme.rtl else Qt.AlignmentFlag.AlignLeft
    p.drawText(area.adjusted(pad, 0, -pad, 0), int(start | Qt.AlignmentFlag.AlignVCenter), words)


def _cell_width(words: str, weight: int) -> int:
    return ceil(QFontMetricsF(theme.font("body", weight)).horizontalAdvance(words)) + 2 * theme.sp(PAD) + 2


class Cells(QStyledItemDelegate):
    """Words as the look has them."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """In ink; the cell of the keyboard on the ground of what is chosen."""
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        area = QRectF(option.rect)
        _cell(painter, area, str(index.data() or ""), "ink", 400, chosen)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As wide as its words."""
        return QSize(_cell_width(str(index.data() or ""), 400), theme.line("body"))


class Heads(QHeaderView):
    """The heads of columns or rows; read with each cell, and not pressed."""

    def __init__(self, orientation: Qt.Orientation, name: str) -> None:
        super().__init__(orientation)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Heavier, and softer than the cells."""
        words = self.model().headerData(logicalIndex, self.orientation(), Qt.ItemDataRole.DisplayRole)
        _cell(painter, QRectF(rect), str(words or ""), "ink_soft", 600)

    def sectionSizeFromContents(self, logicalIndex: int) -> QSize:
        """As wide as its words."""
        words = self.model().headerData(logicalIndex, self.orientation(), Qt.ItemDataRole.DisplayRole)
        return QSize(_cell_width(str(words or ""), 600), theme.line("body") + theme.sp(16))


class DaysTable(QTableWidget):
    """The same in words: a row for each day, the newest first, a column for each rating; walked with the arrow keys."""

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self.setAccessibleName(_("How it has been"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        # The corner does nothing here.
        self.setCornerButtonEnabled(False)
        for corner in self.findChildren(QAbstractButton):
            corner.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            corner.setEnabled(False)
            corner.installEventFilter(self)
        self.setShowGrid(False)
        self.setFrameShape(QTableWidget.Shape.NoFrame)
        self.setHorizontalScrollBar(PaperScrollBar(Qt.Orientation.Horizontal))
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalHeader(Heads(Qt.Orientation.Horizontal, _("What was looked at")))
        self.setVerticalHeader(Heads(Qt.Orientation.Vertical, _("Days")))
        self.setItemDelegate(Cells(self))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.retheme()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The corner above the heads of the rows is a piece of the page."""
        if isinstance(watched, QAbstractButton) and event.type() == QEvent.Type.Paint:
            _cell(painter(watched), QRectF(watched.rect()), "", "ink", 400)
            return True
        return super().eventFilter(watched, event)

    def show_days(self, days: Sequence[CheckIn], since: date | None, *, life: bool = False) -> None:
        """Show what was rated since a day; all of it for ``None``."""
        chosen = [
            (day, ratings)
            for each in sorted(days, key=lambda each: (each.day, each.id), reverse=True)
            if (day := day_of(each)) is not None
            and (since is None or day >= since)
            and (ratings := of_kind(each, life=life))
        ]
        names = list(in_order(dict.fromkeys((name for _day, ratings in chosen for name in ratings), 1)))
        self.clear()
        self.setRowCount(len(chosen))
        self.setColumnCount(len(names))
        self.setHorizontalHeaderLabels([scale_words(name) for name in names])
        years = len({day.year for day, _ratings in chosen}) > 1 and since is None
        short = [self._formats.day_short(day) for day, _ratings in chosen]
        labels = [
            f"{words} {day.year}" if years else words for words, (day, _ratings) in zip(short, chosen, strict=True)
        ]
        self.setVerticalHeaderLabels(labels)
        for line, (_day, ratings) in enumerate(chosen):
            for place, name in enumerate(names):
                words = step_words(ratings[name]) if name in ratings else "–"
                item = QTableWidgetItem(words)
                if name not in ratings:
                    item.setData(Qt.ItemDataRole.AccessibleTextRole, _("left out"))
                self.setItem(line, place, item)
        self.retheme()

    def retheme(self) -> None:
        """Fonts, colours and heights of the look; as high as its rows, so that the page scrolls and not the table."""
        look = self.palette()
        look.setColor(QPalette.ColorRole.Base, theme.colour("page"))
        self.setPalette(look)
        row = theme.line("body") + theme.sp(16)
        self.verticalHeader().setDefaultSectionSize(row)
        self.horizontalHeader().setFixedHeight(row)
        # Below the rows, where all columns do not fit, lies the bar by which they are moved.
        self.setFixedHeight(row * (self.rowCount() + 1) + self.horizontalScrollBar().sizeHint().height())
