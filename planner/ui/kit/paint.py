"""What painted widgets need: a painter, rounded rectangles, a soft shadow, and words set in lines of one height."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPen,
    QPixmap,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QWidget

from planner.ui import icons
from planner.ui.theme import theme, tokens

ENDLESS = 1 << 20
ROUND = 999


def painter(widget: QWidget) -> QPainter:
    """A smooth painter on a widget; the caller ends it."""
    brush = QPainter(widget)
    brush.setRenderHint(QPainter.RenderHint.Antialiasing)
    brush.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    return brush


def rounded(
    p: QPainter,
    rect: QRectF,
    radius: float,
    fill: QColor | None = None,
    edge: QColor | None = None,
    width: float = 1.0,
) -> None:
    """A rounded rectangle whose edge lies inside ``rect``, sharp at whole pixels."""
    area = QRectF(rect)
    if edge is None:
        p.setPen(Qt.PenStyle.NoPen)
    else:
        half = width / 2
        area.adjust(half, half, -half, -half)
        p.setPen(QPen(edge, width))
    p.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    bend = min(radius, area.height() / 2, area.width() / 2)
    p.drawRoundedRect(area, bend, bend)


def soft_shadow(p: QPainter, rect: QRectF, radius: float) -> None:
    """The shadow of what floats, as nested rounded rectangles: an effect would blur text and repaint slowly."""
    rings = 6
    for spread, strength in tokens()["shade"]["layers"]:
        for ring in range(1, rings + 1):
            out = spread * ring / rings
            rounded(
                p, rect.adjusted(-out, 4 - out, out, 4 + out), radius + out, theme.colour("shade", strength / rings)
            )


def tinted(widget: QWidget, name: str, colour: str, size: int) -> QPixmap:
    """An icon ready to be drawn on ``widget``; ``size`` in px, already scaled."""
    return icons.pixmap(name, colour, size, widget.devicePixelRatioF())


def across(widget: QWidget, start: float, width: float) -> float:
    """The left edge of something ``width`` wide that lies ``start`` px from where reading begins."""
    if widget.layoutDirection() == Qt.LayoutDirection.RightToLeft:
        return widget.width() - start - width
    return start


@dataclass(frozen=True, slots=True)
class Look:
    """How some of the letters of a text look: from which to before which, and in which colour, as CSS writes it."""

    start: int
    end: int
    bold: bool = False
    italic: bool = False
    colour: str = ""


READABLE = 4.5
"""The least contrast of letters on what they stand on (WCAG 2.2, 1.4.3)."""


def readable(colour: str, ground: str = "page") -> QColor | None:
    """A colour that somebody else chose, where it can be read on a ground of the look; None where it cannot."""
    found = QColor.fromString(colour)
    if not found.isValid():
        return None
    light, dark = sorted((_luminance(found), _luminance(theme.colour(ground))), reverse=True)
    return found if (light + 0.05) / (dark + 0.05) >= READABLE else None


def _luminance(colour: QColor) -> float:
    """Relative luminance (WCAG 2.2, "relative luminance")."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


class Block:
    """Words set in lines of the token's height; short words of every script keep their ink.

    The text layout is kept while its lines are used: Qt frees the lines with it.
    """

    def __init__(
        self,
        text: str,
        step: str = "body",
        *,
        weight: int | None = None,
        tabular: bool = False,
        bold: Sequence[str] = (),
        wrap: bool = True,
        looks: Sequence[Look] = (),
    ) -> None:
        """Set ``text`` in a type step; ``bold`` are parts of it that are heavier, ``looks`` how others look."""
        self.text = text.replace("\n", "\u2028")
        self.step, self._weight = step, weight
        self.font = theme.font(step, weight, tabular)
        self.line_height = theme.line(step)
        self._bold, self._looks = tuple(bold), tuple(looks)
        self._wrap = wrap
        self._width = -1.0
        self._layout: QTextLayout | None = None
        self._natural: float | None = None
        self._lines = 0
        self._counts: dict[float, int] = {}
        self._make_room_for_ink()

    def _make_room_for_ink(self) -> None:
        if self.text.isascii():
            return
        metrics = QFontMetricsF(self.font)
        ink = metrics.tightBoundingRect(self.text)
        stand = (self.line_height - metrics.ascent() - metrics.descent()) / 2 + metrics.ascent()
        over = max(-ink.top() - stand, ink.bottom() - (self.line_height - stand))
        if over > 0.5:
            self.line_height += 2 * round(over + 0.49)

    def _formats(self) -> list[QTextLayout.FormatRange]:
        ranges = []
        for part in self._bold:
            # As a word of its own before inside of another.
            found = re.search(rf"(?<!\w){re.escape(part)}", self.text) or re.search(re.escape(part), self.text)
            if found is None or not part:
                continue
            ranges.append(self._piece(Look(found.start(), found.start() + len(part), bold=True)))
        ranges += [self._piece(each) for each in self._looks if each.start < each.end]
        return ranges

    def _piece(self, look: Look) -> QTextLayout.FormatRange:
        piece = QTextLayout.FormatRange()
        font = QFont(self.font)
        if look.bold and font.weight() < QFont.Weight.DemiBold:
            font.setWeight(QFont.Weight.DemiBold)
        font.setItalic(look.italic)
        made = QTextCharFormat()
        made.setFont(font)
        colour = readable(look.colour) if look.colour else None
        if colour is not None:
            made.setForeground(colour)
        # Qt counts in halves of UTF-16, of which letters beyond the first plane have two.
        piece.start = len(self.text[: look.start].encode("utf-16-le", "surrogatepass")) // 2
        piece.length = len(self.text[look.start : look.end].encode("utf-16-le", "surrogatepass")) // 2
        piece.format = made
        return piece

    def _set(self, width: float) -> QTextLayout:
        if self._layout is not None and self._width == width:
            return self._layout
        layout = QTextLayout(self.text, self.font)
        option = QTextOption()
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if theme.rtl else Qt.LayoutDirection.LeftToRight)
        mode = QTextOption.WrapMode
        option.setWrapMode(mode.WrapAtWordBoundaryOrAnywhere if self._wrap else mode.NoWrap)
        layout.setTextOption(option)
        layout.setCacheEnabled(True)
        formats = self._formats()
        if formats:
            layout.setFormats(formats)
        layout.beginLayout()
        while True:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(max(1.0, width))
        layout.endLayout()
        self._layout, self._width = layout, width
        return layout

    def count(self, width: float) -> int:
        """How many lines the words take in ``width`` px; at least one. Layouts ask often, and for many widths."""
        if width >= self.natural() + 1:
            return self._lines
        if width not in self._counts:
            self._counts[width] = max(1, self._set(width).lineCount())
        return self._counts[width]

    def height(self, width: float) -> int:
        """How high the words stand in ``width`` px."""
        return self.count(width) * self.line_height

    def natural(self) -> float:
        """How wide the words are when nothing breaks them, in px."""
        if self._natural is None:
            layout = self._set(ENDLESS)
            widths = (layout.lineAt(index).naturalTextWidth() for index in range(layout.lineCount()))
            self._natural = max(widths, default=0.0)
            self._lines = max(1, layout.lineCount())
        return self._natural

    def longest_word(self) -> float:
        """How wide the widest single word is, in px."""
        metrics = QFontMetricsF(self.font)
        return max((metrics.horizontalAdvance(word) for word in self.text.split()), default=0.0)

    def even_width(self, width: float) -> float:
        """The least width that needs no more lines than ``width`` does: lines of about one length, no orphan."""
        lines = self.count(width)
        if lines < 2:
            return width
        low, high = 1, int(width)
        while low < high:
            middle = (low + high) // 2
            if self.count(middle) <= lines:
                high = middle
            else:
                low = middle + 1
        return float(high)

    def paint(self, p: QPainter, area: QRectF, colour: str, place: str = "start", width: float | None = None) -> None:
        """Draw the lines from the top of ``area``; ``place`` is "start", "centre" or "end"."""
        p.setPen(theme.colour(colour))
        layout = self._set(area.width() if width is None else width)
        top = area.top()
        for index in range(layout.lineCount()):
            line = layout.lineAt(index)
            spare = area.width() - line.naturalTextWidth()
            if place == "centre":
                left = spare / 2
            elif (place == "end") != theme.rtl:
                left = spare
            else:
                left = 0.0
            # The line of a right-to-left text begins at the far end of the width it was set in.
            left -= line.naturalTextRect().left()
            line.draw(
                p, QPointF(area.left() + left, top + (self.line_height - line.ascent() - line.descent()) / 2 - line.y())
            )
            top += self.line_height

    def paint_middle(self, p: QPainter, area: QRectF, colour: str, place: str = "start") -> None:
        """Draw the lines so that they stand in the middle of ``area``."""
        height = self.height(area.width())
        self.paint(
            p, QRectF(area.left(), area.top() + (area.height() - height) / 2, area.width(), height), colour, place
        )

    def paint_cut(self, p: QPainter, area: QRectF, colour: str, place: str = "start") -> None:
        """Draw one line, ended with an ellipsis where it does not fit (only where the whole text stands elsewhere)."""
        if self.natural() <= area.width():
            self.paint(p, area, colour, place)
            return
        metrics = QFontMetricsF(self.font)
        plain = self.text.replace("\u2028", " ")
        short = metrics.elidedText(plain, Qt.TextElideMode.ElideRight, area.width())
        Block(short, self.step, weight=self._weight, wrap=False).paint(p, area, colour, place)
