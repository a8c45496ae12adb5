"""A number line to choose a value on, and a row of stars. Nothing is chosen until somebody chooses."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSizePolicy, QSlider, QWidget

from planner.ui.kit.buttons import press_by_enter
from planner.ui.kit.layouts import flow
from planner.ui.kit.paint import ROUND, Block, painter, rounded
from planner.ui.kit.said import announce
from planner.ui.theme import theme
from planner.words import _, n_

THUMB: Final = 28
TRACK: Final = 6
MOST_TICKS: Final = 41
"""More ticks than this would be a smear; then every so-and-so-many values has one."""

Policy = QSizePolicy.Policy


class Scale(QSlider):
    """Values at equal distances along a line; ``place`` counts them from 0. Arrow keys, Page Up, Home, or the mouse."""

    moved = Signal()
    """Another value was chosen, or taken back."""
    resting = Signal()
    """The mouse let go, or a key was used: what is chosen may be kept."""

    def __init__(
        self,
        values: Sequence[str],
        *,
        name: str,
        upright: bool = False,
        ticks: Sequence[int] = (),
        labels: Mapping[int, str] | None = None,
        placeholder: int | None = None,
    ) -> None:
        """``values`` in words; ``ticks`` and ``labels`` by place; ``placeholder`` is where it begins to be chosen."""
        super().__init__(Qt.Orientation.Vertical if upright else Qt.Orientation.Horizontal)
        self._values, self._name, self._upright = tuple(values), name, upright
        self._ticks = tuple(ticks)
        self._labels_text = dict(labels or {})
        self._labels: dict[int, Block] = {}
        self._words = Block("")
        self.placeholder = placeholder
        self.place: int | None = None
        self._held = False
        self.setRange(0, max(0, len(self._values) - 1))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.ring_radius = theme.radius("control")
        self.ring_inset = 0
        policy = QSizePolicy(Policy.Expanding, Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.retheme()
        self._tell()

    def retheme(self) -> None:
        """Set words and sizes anew."""
        self._words = Block(self.words() or _("Nothing chosen yet"), "card" if self.place is not None else "body")
        self._labels = {place: Block(words, "body") for place, words in self._labels_text.items()}
        self.updateGeometry()
        self.update()

    # ---------------------------------------------------------------- what is chosen

    def words(self) -> str:
        """The chosen value in words; empty when there is none."""
        return self._values[self.place] if self.place is not None else ""

    def choose(self, place: int | None) -> None:
        """Choose, without telling anyone."""
        self.place = None if place is None else max(0, min(len(self._values) - 1, place))
        if self.place is not None:
            self.setValue(self.place)
        self._tell()
        self.retheme()

    def _tell(self) -> None:
        words = self.words() or _("Nothing chosen yet")
        label = self._labels_text.get(self.place) if self.place is not None else None
        self.setAccessibleName(f"{self._name}: {words}" + (f", {label}" if label and label != words else ""))

    def _take(self, place: int | None) -> None:
        if place == self.place:
            return
        self.choose(place)
        announce(self, self.words() or _("Nothing chosen"))
        self.moved.emit()

    # ---------------------------------------------------------------- keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go by one, Page Up and Down by a tenth, Home and End to the ends; Delete takes it back."""
        key, last = Qt.Key(event.key()), len(self._values) - 1
        forward = Qt.Key.Key_Left if theme.rtl else Qt.Key.Key_Right
        back = Qt.Key.Key_Right if theme.rtl else Qt.Key.Key_Left
        leap = max(1, round(len(self._values) / 10))
        steps = {
            forward: 1,
            back: -1,
            Qt.Key.Key_Up: 1,
            Qt.Key.Key_Down: -1,
            Qt.Key.Key_PageUp: leap,
            Qt.Key.Key_PageDown: -leap,
        }
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif key in steps:
            self._take(self._begin() if self.place is None else max(0, min(last, self.place + steps[key])))
            self.resting.emit()
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._take(0 if key == Qt.Key.Key_Home else last)
            self.resting.emit()
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.place is None:
            self._take(self._begin())
            self.resting.emit()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._take(None)
            self.resting.emit()
        else:
            event.ignore()

    def _begin(self) -> int:
        """Where the first key puts it."""
        return self.placeholder if self.placeholder is not None else 0

    # ---------------------------------------------------------------- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what is pressed."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = True
            self._take(self._place_at(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the hand."""
        if self._held:
            self._take(self._place_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if self._held:
            self._held = False
            self.resting.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the page; it never changes an answer by accident."""
        event.ignore()

    def event(self, event: QEvent) -> bool:
        """Paint anew when the pointer comes and goes."""
        if event.type() in (QEvent.Type.HoverEnter, QEvent.Type.HoverLeave):
            self.update()
        return super().event(event)

    # ---------------------------------------------------------------- measure

    def _line(self) -> tuple[float, float]:
        """Where the line begins and ends, px from the left, or from the top when it stands."""
        edge = theme.px(THUMB) / 2 + 2
        if self._upright:
            return self._top() + edge, self.height() - edge
        return edge, self.width() - edge

    def _top(self) -> int:
        """The room for the chosen value above the line."""
        return theme.line("card") + theme.sp(8)

    def _spot(self, place: int) -> float:
        begin, end = self._line()
        share = place / max(1, len(self._values) - 1)
        if self._upright or theme.rtl:
            share = 1 - share
        return begin + share * (end - begin)

    def _place_at(self, spot: QPointF) -> int:
        begin, end = self._line()
        along = spot.y() if self._upright else spot.x()
        share = (along - begin) / max(1.0, end - begin)
        if self._upright or theme.rtl:
            share = 1 - share
        return max(0, min(len(self._values) - 1, math.floor(share * (len(self._values) - 1) + 0.5)))

    def _label_room(self, width: int) -> float:
        """How wide a label under the line may be, so that none touches its neighbour."""
        places = sorted(self._labels)
        if len(places) < 2:
            return float(width)
        least = min(after - before for before, after in pairwise(places))
        share = least / max(1, len(self._values) - 1)
        return max(theme.px(24), share * (width - theme.px(THUMB)) - theme.sp(8))

    def hasHeightForWidth(self) -> bool:
        """Labels wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The value, the line, the labels."""
        if self._upright:
            return self._top() + theme.px(280)
        room = self._label_room(width)
        labels = max((block.height(room) for block in self._labels.values()), default=0)
        return self._top() + theme.px(THUMB) + theme.sp(12) + labels

    def sizeHint(self) -> QSize:
        """As wide as a field."""
        width = theme.px(480)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """As narrow as a narrow window."""
        return QSize(theme.px(200), self.heightForWidth(theme.px(200)))

    # ---------------------------------------------------------------- paint

    def paintEvent(self, event: QPaintEvent) -> None:
        """The value, the line with its ticks, the labels, the thumb."""
        p = painter(self)
        self._paint_value(p)
        begin, end = self._line()
        across = theme.px(THUMB) / 2 + 2 if self._upright else self._top() + theme.px(THUMB) / 2
        if theme.rtl and self._upright:
            across = self.width() - across
        half = theme.px(TRACK) / 2
        whole = self._along(begin, end, across, half)
        rounded(p, whole, ROUND, theme.colour("press"), theme.colour("line_strong"))
        if self.place is not None:
            there = self._spot(self.place)
            origin = end if self._upright or theme.rtl else begin
            rounded(p, self._along(min(origin, there), max(origin, there), across, half), ROUND, theme.colour("accent"))
        self._paint_ticks(p, across)
        self._paint_labels(p, across)
        self._paint_thumb(p, across)
        p.end()

    def _along(self, first: float, second: float, across: float, half: float) -> QRectF:
        if self._upright:
            return QRectF(across - half, first, 2 * half, second - first)
        return QRectF(first, across - half, second - first, 2 * half)

    def _paint_value(self, p: QPainter) -> None:
        high = self._words.line_height
        area = QRectF(0, (self._top() - theme.sp(8) - high) / 2, self.width(), high)
        if self.place is None or self._upright:
            self._words.paint_cut(p, area, "ink" if self.place is not None else "ink_soft")
            return
        wide = self._words.natural() + 2
        left = max(0.0, min(self.width() - wide, self._spot(self.place) - wide / 2))
        self._words.paint(p, QRectF(left, area.top(), wide, high), "ink", "centre")

    def _paint_ticks(self, p: QPainter, across: float) -> None:
        p.setPen(QPen(theme.colour("line_strong"), theme.stroke("control")))
        near, far = theme.px(TRACK) / 2 + theme.px(4), theme.px(THUMB) / 2
        side = -1 if self._upright and theme.rtl else 1
        for place in self._ticks:
            spot = self._spot(place)
            if self._upright:
                p.drawLine(QPointF(across + side * near, spot), QPointF(across + side * far, spot))
            else:
                p.drawLine(QPointF(spot, across + near), QPointF(spot, across + far))

    def _paint_labels(self, p: QPainter, across: float) -> None:
        room = self._label_room(self.width())
        for place, block in self._labels.items():
            spot = self._spot(place)
            if self._upright:
                begin = theme.px(THUMB) + theme.sp(12)
                wide = float(self.width() - begin)
                high = block.height(wide)
                left = 0.0 if theme.rtl else float(begin)
                top = max(float(self._top()), min(self.height() - high, spot - high / 2))
                block.paint(p, QRectF(left, top, wide, high), "ink")
                continue
            wide = min(room, block.natural() + 2)
            left = max(0.0, min(self.width() - wide, spot - wide / 2))
            top = self._top() + theme.px(THUMB) + theme.sp(8)
            block.paint(p, QRectF(left, top, wide, block.height(wide)), "ink_soft", "centre")

    def _paint_thumb(self, p: QPainter, across: float) -> None:
        size = theme.px(THUMB)
        chosen = self.place is not None
        if not chosen and self.placeholder is None:
            return
        spot = self._spot(self.place if self.place is not None else self._begin())
        middle = QPointF(across, spot) if self._upright else QPointF(spot, across)
        area = QRectF(middle.x() - size / 2, middle.y() - size / 2, size, size)
        if not chosen:
            inset = theme.px(5)
            rounded(
                p,
                area.adjusted(inset, inset, -inset, -inset),
                ROUND,
                theme.colour("page"),
                theme.colour("line_strong"),
                theme.stroke("control"),
            )
            return
        ground = "press" if self._held else "well" if self.underMouse() else "sheet"
        rounded(p, area, ROUND, theme.colour(ground), theme.colour("accent"), theme.stroke("chosen"))
        dot = size * 0.29
        rounded(p, area.adjusted(dot, dot, -dot, -dot), ROUND, theme.colour("accent"))


class Star(QRadioButton):
    """One star of several: it and all before it are filled when it is chosen."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.filled = False
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.ring_radius = theme.radius("small")
        self.ring_inset = 2
        self.retheme()

    def retheme(self) -> None:
        """Take the size from the theme again."""
        self.setFixedSize(theme.size("button_big"), theme.size("button_big"))

    def hitButton(self, pos: object) -> bool:
        """All of it is pressed."""
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses as Space does."""
        if not press_by_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The star in the middle of its target."""
        p = painter(self)
        if self.underMouse():
            rounded(p, QRectF(self.rect()).adjusted(3, 3, -3, -3), theme.radius("control"), theme.colour("well"))
        path = star(QPointF(self.width() / 2, self.height() / 2 + theme.px(1)), theme.px(16))
        edge = theme.colour("accent" if self.filled else "line_strong")
        p.setPen(QPen(edge, theme.px(2), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        p.setBrush(theme.colour("accent") if self.filled else theme.colour("sheet"))
        p.drawPath(path)
        p.end()


def star(middle: QPointF, radius: float) -> QPainterPath:
    """A star of five points round ``middle``."""
    path = QPainterPath()
    for corner in range(10):
        far = radius if corner % 2 == 0 else radius * 0.46
        angle = math.radians(-90 + corner * 36)
        spot = QPointF(middle.x() + far * math.cos(angle), middle.y() + far * math.sin(angle))
        if corner:
            path.lineTo(spot)
        else:
            path.moveTo(spot)
    path.closeSubpath()
    return path


class Stars(QWidget):
    """Stars in lines that wrap; ``count`` of them, of which ``chosen`` are filled."""

    moved = Signal()

    def __init__(self, count: int, *, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.chosen = 0
        self._group = QButtonGroup(self)
        self.stars: list[Star] = []
        for number in range(1, count + 1):
            each = Star(n_("{n} star", "{n} stars", number).format(n=number))
            self.stars.append(each)
            self._group.addButton(each)
            each.clicked.connect(lambda _on=False, n=number: self._pressed(n))
        self.setLayout(flow(*self.stars, gap=4))
        self.setSizePolicy(Policy.Expanding, Policy.Minimum)

    def choose(self, count: int) -> None:
        """Fill so many, without telling anyone; 0 empties all."""
        self.chosen = max(0, min(len(self.stars), count))
        self._group.setExclusive(False)
        for number, each in enumerate(self.stars, 1):
            each.filled = number <= self.chosen
            each.setChecked(number == self.chosen)
            each.update()
        self._group.setExclusive(True)

    def _pressed(self, number: int) -> None:
        if number != self.chosen:
            self.choose(number)
            self.moved.emit()
