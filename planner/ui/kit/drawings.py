"""Drawings of empty pages, in the line of the icons with one wash. Painted, so that they follow the theme."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from planner.ui.kit.paint import painter
from planner.ui.theme import theme

WIDTH, HEIGHT = 220, 148
LINE = 1.8


def _pen(colour: str = "ink_soft", width: float = LINE) -> QPen:
    return QPen(theme.colour(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _dashes() -> QPen:
    pen = QPen(theme.colour("line_strong"), 1.6, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.RoundCap)
    pen.setDashPattern([3, 3.5])
    return pen


def _lines(p: QPainter, *ends: tuple[float, float, float, float]) -> None:
    for x1, y1, x2, y2 in ends:
        p.drawLine(QPointF(x1, y1), QPointF(x2, y2))


def _card(p: QPainter, x: float, y: float, turn: float, width: float, height: float, ground: str) -> None:
    """Leave the painter moved and turned, with a card drawn; the caller restores it."""
    p.save()
    p.translate(x, y)
    p.rotate(turn)
    p.setBrush(theme.colour(ground))
    p.drawRoundedRect(QRectF(0, 0, width, height), 6, 6)


def _shape(*points: tuple[float, float], bend: float = 8) -> QPainterPath:
    """A closed shape through points, its corners bent."""
    path = QPainterPath()
    count = len(points)
    for index, (x, y) in enumerate(points):
        before, after = points[index - 1], points[(index + 1) % count]
        enter, leave = _towards((x, y), before, bend), _towards((x, y), after, bend)
        if index == 0:
            path.moveTo(*enter)
        else:
            path.lineTo(*enter)
        path.quadTo(x, y, *leave)
    path.closeSubpath()
    return path


def _towards(start: tuple[float, float], goal: tuple[float, float], far: float) -> tuple[float, float]:
    dx, dy = goal[0] - start[0], goal[1] - start[1]
    length = max(1e-6, (dx * dx + dy * dy) ** 0.5)
    part = min(0.5, far / length)
    return start[0] + dx * part, start[1] + dy * part


def _folder(p: QPainter) -> None:
    p.setPen(_pen())
    p.setBrush(theme.colour("sand"))
    p.drawPath(_shape((34, 134), (34, 46), (84, 46), (96, 58), (186, 58), (186, 134)))
    _card(p, 66, 18, -5, 70, 96, "sheet")
    p.setBrush(theme.colour("accent_wash"))
    p.setPen(_pen("accent"))
    p.drawEllipse(QRectF(12, 14, 18, 18))
    p.setPen(_pen())
    _lines(p, (38, 19, 58, 19), (38, 28, 52, 28), (12, 44, 58, 44))
    p.restore()
    p.setPen(_dashes())
    _card(p, 146, 20, 9, 46, 70, "page")
    p.restore()
    p.setPen(_pen())
    p.setBrush(theme.colour("sand"))
    p.drawPath(_shape((25, 77), (195, 77), (186, 138), (34, 138)))
    _lines(p, (92, 96, 128, 96))


def _path(p: QPainter) -> None:
    p.setPen(_pen())
    p.setBrush(theme.colour("sand"))
    hills = QPainterPath(QPointF(14, 134))
    hills.cubicTo(QPointF(40, 92), QPointF(66, 84), QPointF(92, 104))
    hills.cubicTo(QPointF(116, 70), QPointF(160, 62), QPointF(206, 134))
    hills.closeSubpath()
    p.drawPath(hills)
    p.setBrush(theme.colour("sheet"))
    p.setPen(_pen("accent"))
    p.drawEllipse(QRectF(150, 20, 30, 30))
    dotted = QPen(theme.colour("accent"), 2.4, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.RoundCap)
    dotted.setDashPattern([0.1, 2.4])
    p.setPen(dotted)
    p.setBrush(Qt.BrushStyle.NoBrush)
    way = QPainterPath(QPointF(44, 132))
    way.cubicTo(QPointF(96, 124), QPointF(70, 104), QPointF(112, 100))
    way.cubicTo(QPointF(150, 96), QPointF(128, 78), QPointF(152, 72))
    p.drawPath(way)
    p.setPen(_pen("accent"))
    p.setBrush(theme.colour("accent_wash"))
    _lines(p, (154, 74, 154, 52))
    p.drawPath(_shape((154, 52), (176, 58), (154, 65), bend=3))


def _calendar(p: QPainter) -> None:
    p.setPen(_pen())
    p.setBrush(theme.colour("sheet"))
    p.drawPath(_shape((44, 30), (176, 30), (176, 136), (44, 136), bend=10))
    p.setBrush(theme.colour("sand"))
    p.drawPath(_shape((44, 30), (176, 30), (176, 56), (44, 56), bend=9))
    _lines(p, (74, 20, 74, 40), (146, 20, 146, 40))
    for row in range(3):
        for column in range(4):
            place = QRectF(60 + column * 27, 68 + row * 22, 14, 12)
            here = (row, column) == (1, 2)
            p.setPen(_pen("accent") if here else _dashes())
            p.setBrush(theme.colour("accent_wash") if here else Qt.BrushStyle.NoBrush)
            p.drawRoundedRect(place, 4, 4)


def _people(p: QPainter) -> None:
    def person(x: float, y: float, ground: str, colour: str = "ink_soft") -> None:
        p.setPen(_pen(colour))
        p.setBrush(theme.colour(ground))
        shoulders = QPainterPath(QPointF(x - 26, y + 58))
        shoulders.cubicTo(QPointF(x - 26, y + 22), QPointF(x + 26, y + 22), QPointF(x + 26, y + 58))
        shoulders.closeSubpath()
        p.drawPath(shoulders)
        p.drawEllipse(QPointF(x, y + 6), 15, 15)

    person(62, 58, "sand")
    p.setPen(_dashes())
    p.setBrush(theme.colour("page"))
    p.drawEllipse(QPointF(158, 64), 15, 15)
    hollow = QPainterPath(QPointF(132, 116))
    hollow.cubicTo(QPointF(132, 80), QPointF(184, 80), QPointF(184, 116))
    p.drawPath(hollow)
    person(110, 72, "accent_wash", "accent")


def _sheet(p: QPainter) -> None:
    p.setPen(_dashes())
    _card(p, 92, 14, 7, 86, 112, "page")
    p.restore()
    p.setPen(_pen())
    _card(p, 52, 22, -3, 90, 116, "sheet")
    _lines(p, (16, 58, 74, 58), (16, 74, 74, 74), (16, 90, 56, 90))
    p.setPen(_pen("accent"))
    p.setBrush(theme.colour("accent_wash"))
    p.drawRoundedRect(QRectF(16, 18, 26, 24), 5, 5)
    p.drawPolyline([QPointF(22, 30), QPointF(27, 35), QPointF(36, 25)])
    p.restore()


def _search(p: QPainter) -> None:
    p.setPen(_pen())
    _card(p, 52, 26, -4, 84, 108, "sheet")
    _lines(p, (16, 26, 66, 26), (16, 44, 66, 44), (16, 62, 48, 62))
    p.restore()
    p.setPen(_pen("accent", 2.2))
    p.setBrush(theme.colour("accent_wash"))
    p.drawEllipse(QPointF(132, 84), 28, 28)
    _lines(p, (153, 105, 174, 126))


DRAWINGS: dict[str, Callable[[QPainter], None]] = {
    "folder": _folder,
    "path": _path,
    "calendar": _calendar,
    "people": _people,
    "sheet": _sheet,
    "search": _search,
}


class Drawing(QWidget):
    """One drawing; it tells nothing that the words beside it do not tell."""

    def __init__(self, name: str) -> None:
        """Raises KeyError when there is no such drawing."""
        super().__init__()
        self._draw = DRAWINGS[name]
        self.retheme()

    def retheme(self) -> None:
        """Take the size from the theme again; a drawing grows less than text, to leave room for it."""
        self.setFixedSize(theme.sp(WIDTH), theme.sp(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it on its own grid."""
        p = painter(self)
        p.scale(self.width() / WIDTH, self.height() / HEIGHT)
        if theme.rtl:
            p.translate(WIDTH, 0)
            p.scale(-1, 1)
        self._draw(p)
        p.end()
