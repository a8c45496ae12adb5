"""Grounds: sheets on the page, kind notes, a barrier with the way round it, and pages with nothing on them yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLayout, QSizePolicy, QWidget

from planner.ui.kit.layouts import CENTRE, STRETCH, TOP, column, flow, hold, row
from planner.ui.kit.paint import painter, rounded
from planner.ui.kit.text import Icon, Text
from planner.ui.theme import theme
from planner.words import _


class Sheet(QFrame):
    """A surface with round corners; kind "sheet" has a second hairline below, the thickness of paper."""

    GROUNDS: ClassVar = {
        "sand": ("sand", "sand_line"),
        "well": ("well", ""),
        "wash": ("accent_wash", "accent_line"),
        "line": ("", "line"),
    }

    def __init__(
        self, layout: QLayout | None = None, kind: str = "sheet", radius: str = "card", name: str = ""
    ) -> None:
        """``kind`` is sheet, sand, well, wash or line; give the layout its own margins (24 in a card)."""
        super().__init__()
        self.kind, self._radius = kind, radius
        if layout is not None:
            self.setLayout(layout)
        if name:
            self.setAccessibleName(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the surface."""
        p = painter(self)
        draw_surface(p, QRectF(self.rect()), self.kind, theme.radius(self._radius))
        p.end()


def draw_surface(p: QPainter, area: QRectF, kind: str, radius: float) -> None:
    """Draw a surface of one of the kinds of :class:`Sheet`."""
    if kind == "sheet":
        rounded(p, area, radius, theme.colour("line"))
        rounded(p, area.adjusted(0, 0, 0, -1), radius, theme.colour("sheet"), theme.colour("line"))
        return
    ground, edge = Sheet.GROUNDS[kind]
    rounded(p, area, radius, theme.colour(ground) if ground else None, theme.colour(edge) if edge else None)


class Ground(QWidget):
    """A plain ground of one colour."""

    def __init__(self, colour: str = "page", layout: QLayout | None = None) -> None:
        """``colour`` is a token, most often page or desk."""
        super().__init__()
        self._colour = colour
        if layout is not None:
            self.setLayout(layout)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill it."""
        p = QPainter(self)
        p.fillRect(event.rect(), theme.colour(self._colour))
        p.end()


class Note(Sheet):
    """A kind note on sand."""

    def __init__(self, text: str, icon: str = "feather", title: str = "", action: QWidget | None = None) -> None:
        """``title`` stands heavier above the words; ``action`` is one small button."""
        self._title = Text(title, "strong").hide_empty()
        self._words = Text(text, "body")
        words = column(self._title, self._words)
        line = row(
            (Icon(icon, "ink_soft"), TOP),
            (words, 1),
            (action, TOP) if action else None,
            gap=12,
            margins=(20, 12, 20, 12),
        )
        super().__init__(line, "sand", name=title or text)

    def set_text(self, text: str, title: str = "") -> None:
        """Say something else."""
        self._words.setText(text)
        self._title.setText(title)
        self.setAccessibleName(title or text)


class Barrier(Sheet):
    """What is in the way, in soft words, and the way round it, heavier and in green."""

    def __init__(self, in_the_way: str, way_round: str, *, head: str = "", head_round: str = "") -> None:
        """Heads are "In the way" and "A way round" unless others are given."""
        self._path = _WayRound()
        self._stone = Text("", "body")
        self._way_head = Text(head_round or _("A way round"), "body", "accent_ink", weight=500)
        self._way = Text("", "body", weight=500)
        words = column(
            Text(head or _("In the way"), "body", "ink_soft"), self._stone, 16, self._way_head, self._way, STRETCH
        )
        super().__init__(row(self._path, (words, 1), gap=12, margins=(16, 16, 16, 14)), "well")
        self.set(in_the_way, way_round)

    def set(self, in_the_way: str, way_round: str) -> None:
        """Other words; without a way round, an invitation to look for one."""
        self._stone.setText(in_the_way)
        self._way.setText(way_round or _("Not found yet. That is fine."))
        self.setAccessibleName(f"{in_the_way} {way_round}".strip())


class _WayRound(QWidget):
    """The path walks up to the stone, goes round it and on."""

    def __init__(self) -> None:
        super().__init__()
        self.retheme()

    def retheme(self) -> None:
        self.setFixedWidth(theme.px(44))
        self.setMinimumHeight(theme.px(104))

    def paintEvent(self, event: QPaintEvent) -> None:
        p = painter(self)
        width, height = self.width(), self.height()
        if theme.rtl:
            p.translate(width, 0)
            p.scale(-1, 1)
        middle, level, unit = width * 0.34, theme.px(28), theme.px(13) / 13

        def at(x: float, y: float) -> QPointF:
            return QPointF(middle + x * unit, level + y * unit)

        stone = QPainterPath(at(-13, 5))
        for one, two, end in (
            ((-14, -1), (-9, -9), (-2, -9)),
            ((5, -9.5), (12.5, -4), (13, 2)),
            ((13.5, 7), (9, 9), (2, 9)),
            ((-5, 9.2), (-12, 9.5), (-13, 5)),
        ):
            stone.cubicTo(at(*one), at(*two), at(*end))
        p.setPen(round_pen("line_strong", theme.stroke("icon")))
        p.setBrush(theme.colour("press"))
        p.drawPath(stone)
        edge = width - 3
        path = QPainterPath(QPointF(middle, 0))
        path.cubicTo(at(1, -20), QPointF(edge, level - 18 * unit), QPointF(edge, level))
        path.cubicTo(QPointF(edge, level + 20 * unit), at(0, 14), at(0, 36))
        path.lineTo(middle, height - theme.px(16))
        dotted = QPen(theme.colour("accent"), 2.4, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.RoundCap)
        dotted.setDashPattern([0.1, 2.4])
        p.setPen(dotted)
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.drawPath(path)
        arm, foot = theme.px(5), height - theme.px(8)
        p.setPen(round_pen("accent", 2))
        p.drawPolyline([QPointF(middle - arm, foot - arm), QPointF(middle, foot), QPointF(middle + arm, foot - arm)])
        p.end()


def round_pen(colour: str, width: float) -> QPen:
    """A pen with round ends and joins, as the icons are drawn."""
    return QPen(theme.colour(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


class EmptyPage(QWidget):
    """A page with nothing on it yet: a drawing, what will be here, the first step, who can see it."""

    def __init__(
        self, drawing: str, title: str, words: str, actions: Sequence[QWidget] = (), seen_by: str = ""
    ) -> None:
        """``drawing`` is a name of :mod:`planner.ui.kit.drawings`; ``actions``: a main and perhaps a plain button."""
        super().__init__()
        from planner.ui.kit.drawings import Drawing

        self.title = Text(title, "card", align=CENTRE)
        self.words = Text(words, "body", "ink_soft", align=CENTRE, balance=True)
        buttons = flow(*actions, gap=12, centred=True) if actions else None
        seen = (
            row(
                STRETCH,
                (Icon("lock", "ink_soft", size=20, box=20, box_height=24), TOP),
                Text(seen_by, "body", "ink_soft"),
                STRETCH,
                gap=8,
            )
            if seen_by
            else None
        )
        inner = column(
            (Drawing(drawing), CENTRE),
            24,
            self.title,
            8,
            self.words,
            24 if actions else None,
            buttons,
            16 if seen else None,
            seen,
        )
        middle = hold(inner)
        middle.setMaximumWidth(theme.px(480))
        middle.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setLayout(column(STRETCH, row(STRETCH, (middle, 1000), STRETCH), STRETCH, margins=(0, 24, 0, 72)))
        self._middle = middle

    def retheme(self) -> None:
        """Take the width from the theme again."""
        self._middle.setMaximumWidth(theme.px(480))
