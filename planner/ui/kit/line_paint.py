"""How one line of a list is set and drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter

from planner.ui import icons
from planner.ui.kit.paint import ROUND, Block, rounded
from planner.ui.kit.text import CHIP_KINDS, dots_width, draw_dots, draw_person
from planner.ui.theme import theme

if TYPE_CHECKING:
    from planner.ui.kit.lists import Line


HOUR = 104
"""Room for an hour such as "10:30 am", px at 100 %."""


class LinePainter:
    """The words of one line, set once for a width."""

    def __init__(self, line: Line, *, first: bool, last: bool, chevron: bool) -> None:
        """``first`` of the list, ``last`` before a head or the end; ``chevron`` draws an arrow at the end."""
        self._heights: dict[int, int] = {}
        self._line, self._first, self._last, self._chevron = line, first, last, chevron
        if line.section:
            self._title = Block(line.title, "strong")
            return
        heavy = f"{line.title} {line.title_more}".strip()
        step, weight = ("row", 400 if line.title_more else None) if (line.time or line.letter) else ("label", None)
        if line.soft or line.bold:
            weight = 400
        self._title = Block(heavy, step, weight=weight, bold=(line.title,) if line.title_more else line.bold)
        self._detail = Block(line.detail, "body", bold=line.bold) if line.detail else None
        self._time = Block(line.time, "time", wrap=False, tabular=True) if line.time else None
        self._trail = Block(line.trail, "body", wrap=False) if line.trail else None
        self._chips = [(icon, Block(words, "label", weight=400, wrap=False)) for icon, words in line.chips]

    # ---------------------------------------------------------------- measure

    def _lead(self) -> int:
        """Where the words begin, px from the start of the line."""
        lead = theme.sp(12)
        if self._line.time:
            lead += theme.px(HOUR) + theme.sp(8)
        if self._line.letter:
            lead += theme.size("person") + theme.sp(12)
        elif self._line.icon:
            lead += theme.size("icon") + theme.sp(12)
        return lead

    def _end(self) -> int:
        return theme.sp(12) + (theme.size("icon") + theme.sp(8) if self._chevron else 0)

    def _trail_width(self) -> int:
        """The room that dots or soft words at the end take beside the second line."""
        if self._line.dots:
            return dots_width(self._line.dots[1])
        return int(self._trail.natural()) + 1 if self._trail else 0

    def _room(self, width: int) -> int:
        return max(theme.px(80), width - self._lead() - self._end())

    def _trail_below(self, width: int) -> bool:
        """Whether what stands at the end has to take a line of its own."""
        trail = self._trail_width()
        return bool(trail) and trail + theme.sp(12) + theme.px(80) > self._room(width)

    def _detail_room(self, width: int) -> int:
        trail = self._trail_width()
        if not trail or self._trail_below(width):
            return self._room(width)
        return self._room(width) - trail - theme.sp(12)

    def _chip_lines(self, width: int) -> list[list[tuple[str, Block, int]]]:
        lines: list[list[tuple[str, Block, int]]] = []
        used = 0
        for icon, block in self._chips:
            wide = int(block.natural()) + 2 + theme.sp(24)
            wide += theme.size("icon_small") + theme.sp(4) if icon else 0
            wide = min(wide, self._room(width))
            if not lines or used + wide > self._room(width):
                lines.append([])
                used = 0
            lines[-1].append((icon, block, wide))
            used += wide + theme.sp(8)
        return lines

    def _words_height(self, width: int) -> int:
        height = self._title.height(self._room(width))
        second = self._detail.height(self._detail_room(width)) if self._detail else 0
        trail = theme.line("body") if self._trail_width() else 0
        height += second + trail if self._trail_below(width) else max(second, trail)
        chip_lines = len(self._chip_lines(width))
        if chip_lines:
            height += chip_lines * (theme.size("chip") + theme.sp(8))
        return height

    def _pad(self) -> int:
        return theme.sp(12 if self._line.time or self._line.letter else 10)

    def height(self, width: int) -> int:
        """The height of the line in ``width`` px, with the gap to the next one; a layout asks many times for one."""
        found = self._heights.get(width)
        if found is None:
            found = self._heights[width] = self._height(width)
        return found

    def _height(self, width: int) -> int:
        if self._line.section:
            above = 0 if self._first else theme.sp(16)
            return above + self._title.height(width) + theme.sp(4) + 1 + theme.sp(4)
        least = theme.px(48)
        lead = theme.size("person") if self._line.letter else 0
        return max(least, max(self._words_height(width), lead) + 2 * self._pad()) + 2

    # ---------------------------------------------------------------- draw

    def paint(
        self, p: QPainter, rect: QRect, ratio: float, *, chosen: bool, over: bool, held: bool, ring: bool
    ) -> None:
        """Draw the line into ``rect``; ``ratio`` is the screen's."""
        p.save()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._line.section:
            self._paint_head(p, rect)
        else:
            self._paint_line(p, rect.adjusted(0, 0, 0, -2), ratio, chosen, over, held, ring)
        p.restore()

    def _paint_head(self, p: QPainter, rect: QRect) -> None:
        top = rect.top() + (0 if self._first else theme.sp(16))
        self._title.paint(p, QRectF(rect.left(), top, rect.width(), rect.height()), "ink")
        p.fillRect(QRect(rect.left(), rect.bottom() - theme.sp(4), rect.width(), 1), theme.colour("line"))

    def _at(self, rect: QRect, start: float, width: float) -> float:
        return rect.right() + 1 - start - width if theme.rtl else rect.left() + start

    def _paint_line(
        self, p: QPainter, rect: QRect, ratio: float, chosen: bool, over: bool, held: bool, ring: bool
    ) -> None:
        radius = theme.radius("control")
        area = QRectF(rect)
        if chosen:
            rounded(p, area, radius, theme.colour("accent_wash"), theme.colour("accent_line"))
        elif held or over:
            rounded(p, area, radius, theme.colour("press" if held else "well"))
        if ring:
            rounded(p, area, radius, None, theme.colour("focus"), theme.stroke("focus"))
        width = rect.width()
        words = self._words_height(width)
        one_line = self._words_height(width) <= self._title.line_height and not self._line.letter
        top = rect.top() + ((rect.height() - words) / 2 if one_line else self._pad())
        if self._line.letter and words < theme.size("person"):
            top = rect.top() + (rect.height() - words) / 2
        self._paint_lead(p, rect, top, ratio, chosen)
        self._paint_words(p, rect, top, ratio)
        if self._chevron:
            size = theme.size("icon")
            left = self._at(rect, width - theme.sp(8) - size, size)
            image = icons.pixmap("chevron", "ink_soft", size, ratio)
            p.drawPixmap(round(left), round(rect.center().y() - size / 2), image)

    def _paint_lead(self, p: QPainter, rect: QRect, top: float, ratio: float, chosen: bool) -> None:
        start = float(theme.sp(12))
        if self._time is not None:
            wide = theme.px(HOUR)
            drop = theme.baseline("row") - theme.baseline("time")
            self._time.paint(p, QRectF(self._at(rect, start, wide), top + drop, wide, rect.height()), "ink")
            start += wide + theme.sp(8)
        if self._line.letter:
            size = theme.size("person")
            disc = QRectF(self._at(rect, start, size), rect.top() + self._pad(), size, size)
            draw_person(p, disc, self._line.letter, self._line.tone)
        elif self._line.icon:
            size = theme.size("icon")
            image = icons.pixmap(self._line.icon, "accent" if chosen else "ink_soft", size, ratio)
            down = top + (self._title.line_height - size) / 2
            p.drawPixmap(round(self._at(rect, start, size)), round(down), image)

    def _paint_words(self, p: QPainter, rect: QRect, top: float, ratio: float) -> None:
        width = rect.width()
        room, lead = self._room(width), self._lead()
        self._title.paint(
            p, QRectF(self._at(rect, lead, room), top, room, rect.height()), "ink_soft" if self._line.soft else "ink"
        )
        top += self._title.height(room)
        below = self._trail_below(width)
        second = 0
        if self._detail is not None:
            detail_room = self._detail_room(width)
            second = self._detail.height(detail_room)
            self._detail.paint(p, QRectF(self._at(rect, lead, detail_room), top, detail_room, second), "ink_soft")
        trail = self._trail_width()
        if trail:
            line = theme.line("body")
            where = top + (second if below else 0)
            start = lead if below else width - self._end() - trail
            place = QRectF(self._at(rect, start, trail), where, trail, line)
            if self._line.dots:
                draw_dots(p, place, *self._line.dots)
            elif self._trail is not None:
                self._trail.paint(p, place, "ink_soft")
            second = second + line if below else max(second, line)
        top += second
        for chips in self._chip_lines(width):
            self._paint_chips(p, rect, top + theme.sp(8), ratio, chips)
            top += theme.size("chip") + theme.sp(8)

    def _paint_chips(
        self, p: QPainter, rect: QRect, top: float, ratio: float, chips: list[tuple[str, Block, int]]
    ) -> None:
        ground, _edge, ink, tint = CHIP_KINDS["well"]
        start = float(self._lead())
        high, size = theme.size("chip"), theme.size("icon_small")
        for icon, block, wide in chips:
            left = self._at(rect, start, wide)
            rounded(p, QRectF(left, top, wide, high), ROUND, theme.colour(ground))
            inside = theme.sp(12)
            if icon:
                inside = theme.sp(10)
                chip = QRect(round(left), round(top), wide, high)
                image = icons.pixmap(icon, tint, size, ratio)
                p.drawPixmap(round(self._at(chip, inside, size)), round(top + (high - size) / 2), image)
                inside += size + theme.sp(6)
            room = wide - inside - theme.sp(12) + 2
            words = QRectF(
                left + (theme.sp(12) if theme.rtl else inside), top + (high - block.line_height) / 2, room, high
            )
            block.paint_cut(p, words, ink)
            start += wide + theme.sp(8)
