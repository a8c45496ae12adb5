"""A list of people as a model: disc, name or code, and one soft line; quick with a thousand of them."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter

from planner.ui import icons
from planner.ui.kit.line_paint import LinePainter
from planner.ui.kit.lists import Line, ListView
from planner.ui.kit.paint import ROUND, Block, rounded
from planner.ui.kit.text import draw_person
from planner.ui.theme import theme
from planner.words import _

EVERYONE = "everyone"
"""The line that stands for all people together."""


class _PersonPainter(LinePainter):
    """One person: the disc at the start, and a tick at the end of the one whose pages are open."""

    def __init__(self, line: Line, *, first: bool, last: bool, ticked: bool) -> None:
        super().__init__(line, first=first, last=last, chevron=False)
        self._ticked = ticked
        if not line.section:
            self._title = Block(line.title, "label", weight=600)

    def _lead(self) -> int:
        return theme.sp(8) + theme.size("person") + theme.sp(12)

    def _end(self) -> int:
        return theme.sp(12) + (theme.size("icon_small") + theme.sp(8) if self._ticked else 0)

    def _pad(self) -> int:
        return theme.sp(8)

    def height(self, width: int) -> int:
        if self._line.section:
            return super().height(width)
        return max(theme.size("person"), self._words_height(width)) + 2 * self._pad()

    def _paint_line(
        self, p: QPainter, rect: QRect, ratio: float, chosen: bool, over: bool, held: bool, ring: bool
    ) -> None:
        radius, area = theme.radius("control"), QRectF(rect)
        if chosen:
            rounded(p, area, radius, theme.colour("accent_wash"), theme.colour("accent_line"))
        elif held or over:
            rounded(p, area, radius, theme.colour("press" if held else "well"))
        if ring:
            rounded(p, area, radius, None, theme.colour("focus"), theme.stroke("focus"))
        self._paint_disc(p, rect, ratio, chosen)
        words = self._words_height(rect.width())
        self._paint_words(p, rect, rect.top() + (rect.height() - words) / 2, ratio)
        if chosen and self._ticked:
            size = theme.size("icon_small")
            left = self._at(rect, rect.width() - theme.sp(12) - size, size)
            image = icons.pixmap("check", "accent", size, ratio)
            p.drawPixmap(round(left), round(rect.center().y() - size / 2), image)

    def _paint_disc(self, p: QPainter, rect: QRect, ratio: float, chosen: bool) -> None:
        size = theme.size("person")
        disc = QRectF(self._at(rect, theme.sp(8), size), rect.top() + (rect.height() - size) / 2, size, size)
        if self._line.letter:
            draw_person(p, disc, self._line.letter, self._line.tone)
        else:
            draw_all(p, disc, ratio, ground=not chosen)


class PeopleList(ListView):
    """People to choose from. It scrolls by itself; ``active`` is the line Enter would open from a search field."""

    def __init__(self, name: str, *, ticked: bool = False) -> None:
        """``ticked`` puts a tick on the chosen one."""
        super().__init__(name, grow=False)
        self._ticked = ticked
        self.active = ""

    def painter_of(self, row: int) -> LinePainter:
        found = self._painters.get(row)
        if found is None:
            lines = self._model.all()
            last = row + 1 >= len(lines) or lines[row + 1].section
            found = _PersonPainter(lines[row], first=row == 0, last=last, ticked=self._ticked)
            self._painters[row] = found
        return found

    def lines(self) -> list[Line]:
        """What is shown now."""
        return self._model.all()

    def ring_row(self) -> int:
        if self.active:
            return self._model.place(self.active)
        return super().ring_row()

    def set_active(self, line_id: str) -> None:
        """Mark the line that Enter in a search field opens; "" marks none."""
        self.active = line_id
        self.viewport().update()

    def full_height(self, width: int, most: int) -> int:
        """How high all lines are together in ``width`` px, or ``most`` when they are higher."""
        high = 0
        for row in range(len(self.lines())):
            high += self.painter_of(row).height(width)
            if high >= most:
                return most
        return high


def draw_all(p: QPainter, disc: QRectF, ratio: float, *, ground: bool = True) -> None:
    """The disc that stands for everyone."""
    if ground:
        rounded(p, disc, ROUND, theme.colour("accent_wash"), theme.colour("accent_line"))
    size = theme.size("icon")
    image = icons.pixmap("people", "accent", size, ratio)
    p.drawPixmap(round(disc.center().x() - size / 2), round(disc.center().y() - size / 2), image)


def nobody_line(text: str) -> Line:
    """The soft line of a search that found nobody."""
    return Line("", _("Nobody here by the name “{name}”.").format(name=text), section=True)
