"""Paper to draw on, with a mouse, a pen or keys: lines that can be taken back one by one, on white or a picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QTabletEvent,
)
from PySide6.QtWidgets import QLabel, QSizePolicy

from planner.ui.kit.paint import painter
from planner.ui.kit.said import announce
from planner.ui.theme import theme
from planner.words import _

WIDE = 1200
"""Units across an empty paper: pixels of the picture that is kept."""

LONGEST = 1600
"""px; a picture that is drawn on is kept no larger."""

HIGHEST = 340
"""px that the paper takes on the page."""

THICK = 5.0
STEP, FAR = 8.0, 40.0
"""Units that a key moves the pen, without and with Shift."""

INKS = {"black": QColor(20, 20, 24), "blue": QColor(20, 60, 160), "red": QColor(180, 30, 30)}
"""What is drawn is kept as a picture, so its colours are its own and not those of the look."""

_PAPER = QColor(255, 255, 255)


@dataclass
class Stroke:
    """One line, in units of the paper."""

    ink: str
    points: list[QPointF] = field(default_factory=list)

    def path(self) -> QPainterPath:
        """Through the middles between points, so that it is round."""
        path = QPainterPath(self.points[0])
        if len(self.points) == 1:
            path.lineTo(self.points[0] + QPointF(0.1, 0.1))
            return path
        for before, here in zip(self.points, self.points[1:], strict=False):
            path.quadTo(before, (before + here) / 2)
        path.lineTo(self.points[-1])
        return path


class Canvas(QLabel):
    """The paper. ``drawn`` is emitted after each line, and when one is taken back.

    A label, so that a screen reader says what it is.
    """

    drawn = Signal()
    onward = Signal()

    def __init__(self, high: int, name: str) -> None:
        """``high`` units of height for :data:`WIDE` across; ``name`` is what it is for."""
        super().__init__()
        self._high = high
        self.ground: QImage | None = None
        self.strokes: list[Stroke] = []
        self.words = ""
        self.ink = "black"
        self._now: Stroke | None = None
        self._pen = QPointF(WIDE / 2, high / 2)
        self._by_keys = False
        self.ring_radius = 4
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self.setAccessibleDescription(how_words())
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.CrossCursor)

    # ---------------------------------------------------------------- what is on it

    @property
    def size_in_units(self) -> QSize:
        """Of the paper."""
        return self.ground.size() if self.ground is not None else QSize(WIDE, self._high)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is on it."""
        return self.ground is None and not self.strokes and not self.words.strip()

    def lay(self, picture: QImage | None) -> None:
        """Put a picture under the lines; None: white."""
        if picture is not None and max(picture.width(), picture.height()) > LONGEST:
            ways = (Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
            picture = picture.scaled(LONGEST, LONGEST, *ways)
        self.ground = picture
        size = self.size_in_units
        self._pen = QPointF(size.width() / 2, size.height() / 2)
        self.updateGeometry()
        self.update()

    def clear_all(self) -> None:
        """Nothing is on it any more."""
        self.strokes.clear()
        self.words, self._now = "", None
        self.lay(None)

    def take_back(self) -> bool:
        """Take the last line back; False when there is none."""
        self._now = None
        if not self.strokes:
            return False
        self.strokes.pop()
        self.update()
        self.drawn.emit()
        return True

    def write(self, words: str) -> None:
        """Words across the paper, as a name under a letter."""
        self.words = words
        self.update()

    def finished(self) -> QImage:
        """The paper as it is kept."""
        made = QImage(self.size_in_units, QImage.Format.Format_RGB32)
        made.fill(_PAPER)
        p = QPainter(made)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw(p)
        p.end()
        return made

    def _draw(self, p: QPainter) -> None:
        size = self.size_in_units
        if self.ground is not None:
            p.drawImage(0, 0, self.ground)
        if self.words.strip():
            self._draw_words(p, size)
        thick = THICK * max(1.0, max(size.width(), size.height()) / WIDE)
        for stroke in [*self.strokes, *([self._now] if self._now is not None else [])]:
            pen = QPen(INKS[stroke.ink], thick, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            p.setPen(pen)
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.drawPath(stroke.path())

    def _draw_words(self, p: QPainter, size: QSize) -> None:
        font = theme.font("title")
        font.setPixelSize(size.height() // 4)
        words = " ".join(self.words.split())
        room = size.width() * 0.9
        wide = QFontMetricsF(font).horizontalAdvance(words)
        if wide > room:
            font.setPixelSize(max(12, int(font.pixelSize() * room / wide)))
        p.setFont(font)
        p.setPen(INKS["black"])
        p.drawText(QRectF(0, 0, size.width(), size.height()), Qt.AlignmentFlag.AlignCenter, words)

    # ---------------------------------------------------------------- place and size

    def hasHeightForWidth(self) -> bool:
        """It keeps its shape."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as its shape asks, within bounds."""
        size = self.size_in_units
        return min(HIGHEST, max(80, round(width * size.height() / size.width())))

    def sizeHint(self) -> QSize:
        """As wide as there is room, up to a point."""
        return QSize(theme.px(560), self.heightForWidth(theme.px(560)))

    def minimumSizeHint(self) -> QSize:
        """A narrow window."""
        return QSize(theme.px(160), 80)

    def paper(self) -> QRectF:
        """Where the paper lies in the widget, from where reading begins."""
        size = self.size_in_units
        fit = min((self.width() - 2) / size.width(), (self.height() - 2) / size.height())
        wide, high = size.width() * fit, size.height() * fit
        left = self.width() - 1 - wide if theme.rtl else 1.0
        return QRectF(left, 1, wide, high)

    def _units(self, place: QPointF) -> QPointF:
        area, size = self.paper(), self.size_in_units
        fit = size.width() / max(1.0, area.width())
        inside = (place - area.topLeft()) * fit
        return _within(inside, size)

    def paintEvent(self, event: QPaintEvent) -> None:
        """White paper with a hairline round it; in the dark a shade over it."""
        p = painter(self)
        area, size = self.paper(), self.size_in_units
        p.fillRect(area, _PAPER)
        p.save()
        p.setClipRect(area)
        p.translate(area.topLeft())
        p.scale(area.width() / size.width(), area.height() / size.height())
        self._draw(p)
        p.restore()
        if theme.name == "dark":
            p.fillRect(area, theme.colour("shade", 0.16))
        p.setPen(QPen(theme.colour("line_strong"), 1))
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.drawRect(area)
        if self._by_keys and self.hasFocus():
            self._draw_pen(p, area, size)
        p.end()

    def _draw_pen(self, p: QPainter, area: QRectF, size: QSize) -> None:
        fit = area.width() / size.width()
        here = area.topLeft() + self._pen * fit
        p.setPen(QPen(INKS[self.ink], 2))
        p.setBrush(INKS[self.ink] if self._now is not None else Qt.BrushStyle.NoBrush)
        p.drawEllipse(here, 6, 6)

    # ---------------------------------------------------------------- hand, pen and keys

    def _begin(self, place: QPointF) -> None:
        self._by_keys = False
        self._end()
        self._now = Stroke(self.ink, [self._units(place)])
        self.update()

    def _go(self, place: QPointF) -> None:
        if self._now is not None and not self._by_keys:
            self._add(self._units(place))

    def _add(self, point: QPointF) -> None:
        if self._now is not None and (point - self._now.points[-1]).manhattanLength() >= 1:
            self._now.points.append(point)
            self.update()

    def _end(self) -> None:
        if self._now is not None:
            self.strokes.append(self._now)
            self._now = None
            self.update()
            self.drawn.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the pen down."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw."""
        self._go(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lift it."""
        if not self._by_keys:
            self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """The same with a pen."""
        does: dict[object, Callable[[QPointF], None]] = {
            QTabletEvent.Type.TabletPress: self._begin,
            QTabletEvent.Type.TabletMove: self._go,
            QTabletEvent.Type.TabletRelease: lambda _place: self._end(),
        }
        if event.type() in does:
            does[event.type()](event.position())
            event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the pen, Space puts it down and lifts it, Backspace takes the last line back."""
        ways = {
            Qt.Key.Key_Left: QPointF(-1, 0),
            Qt.Key.Key_Right: QPointF(1, 0),
            Qt.Key.Key_Up: QPointF(0, -1),
            Qt.Key.Key_Down: QPointF(0, 1),
        }
        key = Qt.Key(event.key())
        more = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier & ~Qt.KeyboardModifier.ShiftModifier
        if more:
            super().keyPressEvent(event)
        elif key in ways:
            self._by_keys = True
            far = FAR if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP
            self._pen = _within(self._pen + ways[key] * far, self.size_in_units)
            self._add(self._pen)
            self.update()
        elif key == Qt.Key.Key_Space:
            self._by_keys = True
            self._turn_pen()
        elif key == Qt.Key.Key_Backspace:
            self.take_back()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._end()
            self.onward.emit()
        else:
            super().keyPressEvent(event)

    def _turn_pen(self) -> None:
        if self._now is None:
            self._now = Stroke(self.ink, [QPointF(self._pen)])
            announce(self, _("The pen is down."))
        else:
            self._end()
            announce(self, _("The pen is up."))
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A line that was begun with keys ends."""
        if self._by_keys:
            self._end()
        super().focusOutEvent(event)


def how_words() -> str:
    """How one draws."""
    return _("Draw with a mouse or a pen. With keys: arrows move the pen, Space puts it down and lifts it.")


def _within(point: QPointF, size: QSize) -> QPointF:
    return QPointF(min(max(point.x(), 0.0), float(size.width())), min(max(point.y(), 0.0), float(size.height())))
