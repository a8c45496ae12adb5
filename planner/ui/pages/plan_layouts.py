"""How the plan lies on its page: a list beside an open goal, and what stands side by side on the goal's sheet."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QWidget

from planner.ui.kit.layouts import OwnLayout, height_of
from planner.ui.kit.scroll import BAR, SelfSizing
from planner.ui.theme import theme

LIST = (260, 344)
"""Least and usual width of the list, px at 100 %."""
SHEET = 440
"""Least width of the sheet beside the list, with the air round it, px at 100 %."""


class Halves(SelfSizing):
    """Two areas side by side; where there is no room for both, the one that is asked for."""

    def __init__(self, first: QWidget, second: QWidget) -> None:
        """Each area scrolls by itself and brings its own air."""
        super().__init__()
        self.first, self.second = first, second
        self._second_wanted = False
        self._alone: bool | None = None
        for area in (first, second):
            area.setParent(self)

    @property
    def together(self) -> bool:
        """Whether both are to be seen."""
        if theme.narrow(1 << 16):
            return False
        return self.width() >= theme.px(LIST[0] + SHEET) + theme.sp(112)

    def show_second(self, wanted: bool) -> None:
        """Which of them to show where there is room for one."""
        self._second_wanted = wanted
        self.arrange()

    def use_alone(self, second: bool | None) -> None:
        """Show only one of them in any case; None: as there is room."""
        self._alone = second
        self.arrange()

    def retheme(self) -> None:
        """Another text size may leave room for one only."""
        self.arrange()

    def arrange(self) -> None:
        """Place them."""
        both = self.together and self._alone is None
        second = self._second_wanted if self._alone is None else self._alone
        self.first.setVisible(both or not second)
        self.second.setVisible(both or second)
        width, height = self.width(), self.height()
        if not both:
            for area in (self.first, self.second):
                area.setGeometry(0, 0, width, height)
            return
        edges = theme.sp(42) + BAR
        most = width - theme.px(SHEET) - edges - theme.sp(16)
        side = edges + max(theme.px(LIST[0]), min(theme.px(LIST[1]), most))
        self.first.setGeometry(width - side if theme.rtl else 0, 0, side, height)
        self.second.setGeometry(0 if theme.rtl else side, 0, width - side, height)

    def minimumSizeHint(self) -> QSize:
        """A narrow window."""
        return QSize(theme.px(160), theme.px(160))


class Pair(OwnLayout):
    """Two things side by side, two to three; one under the other where it gets narrow."""

    def sizeHint(self) -> QSize:
        """As wide as a sheet."""
        return QSize(theme.px(560), self.heightForWidth(theme.px(560)))

    def arrange(self, rect: QRect, place: bool) -> int:
        """Place both; the second is as high as the first at least."""
        items = self.shown()
        gap = theme.sp(self._gap)
        if len(items) < 2 or rect.width() < theme.px(480):
            return self.stacked(items, rect, place)
        first = (rect.width() - gap) * 2 // 5
        widths = (first, rect.width() - gap - first)
        heights = [height_of(item, width) for item, width in zip(items, widths, strict=True)]
        if place:
            self.put_at(items[0], rect, 0, 0, widths[0], heights[0])
            self.put_at(items[1], rect, first + gap, 0, widths[1], heights[1])
        return max(heights)


class Lead(OwnLayout):
    """A circle, words, and soft words at the end of the line, or under it where both are long."""

    def sizeHint(self) -> QSize:
        """All in one line."""
        sizes = [item.sizeHint() for item in self.shown()]
        width = sum(size.width() for size in sizes) + theme.sp(self._gap) * len(sizes)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def arrange(self, rect: QRect, place: bool) -> int:
        """The circle first; everything in the middle of the first line's height."""
        items = self.shown()
        if len(items) < 2:
            return 0
        gap = theme.sp(self._gap)
        tick = items[0].sizeHint()
        room = rect.width() - tick.width() - gap
        trail = items[2].sizeHint().width() if len(items) > 2 else 0
        beside = room - trail - gap
        aside = len(items) > 2 and (items[1].sizeHint().width() <= beside or beside >= theme.px(240))
        wide = beside if aside else room
        words = height_of(items[1], wide)
        below = height_of(items[2], room) if len(items) > 2 and not aside else 0
        total = words + below
        high = max(tick.height(), total + theme.sp(8) if below else total)
        if place:
            start = tick.width() + gap
            top = (high - total) // 2
            first = max(0, (tick.height() - theme.line("body")) // 2) if total > theme.line("body") else top
            down = min(top, first)
            self.put_at(
                items[0],
                rect,
                0,
                0 if total > tick.height() else (high - tick.height()) // 2,
                tick.width(),
                tick.height(),
            )
            self.put_at(items[1], rect, start, down, wide, words)
            if aside:
                self.put_at(items[2], rect, rect.width() - trail, down, trail, height_of(items[2], trail))
            elif below:
                self.put_at(items[2], rect, start, down + words, room, below)
        return high
