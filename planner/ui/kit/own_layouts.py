"""Layouts that Qt does not have: lines that wrap, shares that fold, words with something at their end, two columns."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from planner.ui.theme import theme

Thing = QWidget | QLayout


_leaving: set[QWidget] = set()


def discard(widget: QWidget) -> None:
    """Take a widget off the screen and delete it when Qt comes to it.

    Until then Python must not forget it: what Qt still calls would find an object that has lost its attributes.
    """
    _leaving.add(widget)
    widget.destroyed.connect(lambda _object=None: _leaving.discard(widget))
    widget.hide()
    widget.setParent(None)
    widget.deleteLater()


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete it."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            return
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            discard(widget)
        elif inner is not None:
            clear(inner)
            inner.deleteLater()


class OwnLayout(QLayout):
    """The bookkeeping that every layout of our own shares; a subclass says where things go."""

    def __init__(self, gap: float) -> None:
        """``gap`` as at 100 %."""
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self._heights: dict[tuple[int, int], int] = {}
        self.setContentsMargins(0, 0, 0, 0)

    def retheme(self) -> None:
        """Sizes are asked anew."""
        self.invalidate()

    def invalidate(self) -> None:
        """Something inside has another size; what was worked out holds no longer."""
        self._heights.clear()
        super().invalidate()

    def add(self, *things: Thing) -> None:
        """Add widgets or layouts at the end."""
        for thing in things:
            if isinstance(thing, QWidget):
                self.addWidget(thing)
            else:
                self.addChildLayout(thing)
                self.addItem(thing)

    def clear(self) -> None:
        """Take everything out and delete it."""
        clear(self)

    def shown(self) -> list[QLayoutItem]:
        """The items that are to be seen."""
        return [item for item in self._items if not item.isEmpty()]

    def stacked(self, items: Sequence[QLayoutItem], rect: QRect, place: bool) -> int:
        """One below the other over the whole width; gives the height."""
        y, gap = 0, theme.sp(self._gap)
        for item in items:
            height = height_of(item, rect.width())
            if place:
                self.put_at(item, rect, 0, y, rect.width(), height)
            y += height + gap
        return max(0, y - gap)

    def addItem(self, item: QLayoutItem) -> None:
        """Keep an item; Qt calls this."""
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        """How many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem:
        """The item at ``index``; None past the end, as Qt expects."""
        return self._items[index] if 0 <= index < len(self._items) else None  # type: ignore[return-value]

    def takeAt(self, index: int) -> QLayoutItem:
        """Give the item at ``index`` away."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None  # type: ignore[return-value]

    def expandingDirections(self) -> Qt.Orientation:
        """Takes width, never more height than it needs."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """Narrower is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height needed in ``width`` px; layouts around this one ask for the same again and again."""
        known = (width, theme_window_width(self))
        if known not in self._heights:
            self._heights[known] = self.arrange(QRect(0, 0, width, 0), place=False)
        return self._heights[known]

    def setGeometry(self, rect: QRect) -> None:
        """Put everything in its place."""
        super().setGeometry(rect)
        self.arrange(rect, place=True)

    def arrange(self, rect: QRect, place: bool) -> int:
        """Work out, and with ``place`` set, where things go; returns the height."""
        raise NotImplementedError

    def put_at(self, item: QLayoutItem, rect: QRect, x: int, y: int, width: int, height: int) -> None:
        """Place an item ``x`` px from where reading begins in ``rect``."""
        left = rect.right() + 1 - x - width if theme.rtl else rect.left() + x
        item.setGeometry(QRect(left, rect.top() + y, width, height))

    def minimumSize(self) -> QSize:
        """The widest of the least widths."""
        sizes = [item.minimumSize() for item in self.shown()]
        return QSize(max((s.width() for s in sizes), default=0), max((s.height() for s in sizes), default=0))


def height_of(item: QLayoutItem, width: int) -> int:
    """The height an item needs when it is ``width`` px wide."""
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()


class Flow(OwnLayout):
    """Widgets in a line that goes on in the next line where it is full."""

    def __init__(self, gap: float = 8, gap_y: float | None = None, *, centred: bool = False) -> None:
        """``gap`` between neighbours, ``gap_y`` between lines, as at 100 %; ``centred``: each line in the middle."""
        super().__init__(gap)
        self._centred = centred
        self._gap_y = gap if gap_y is None else gap_y

    def sizeHint(self) -> QSize:
        """All in one line."""
        sizes = [item.sizeHint() for item in self.shown()]
        gaps = theme.sp(self._gap) * max(0, len(sizes) - 1)
        return QSize(sum(s.width() for s in sizes) + gaps, max((s.height() for s in sizes), default=0))

    def arrange(self, rect: QRect, place: bool) -> int:
        """Fill line after line; what is wider than the whole line wraps inside itself."""
        lines: list[list[tuple[QLayoutItem, int, int]]] = []
        x = 0
        gap = theme.sp(self._gap)
        for item in self.shown():
            width = min(item.sizeHint().width(), max(1, rect.width()))
            if not lines or x + width > rect.width():
                lines.append([])
                x = 0
            lines[-1].append((item, width, height_of(item, width)))
            x += width + gap
        y = 0
        for number, line in enumerate(lines):
            if number:
                y += theme.sp(self._gap_y)
            high = max(height for _item, _width, height in line)
            wide = sum(width for _item, width, _height in line) + gap * (len(line) - 1)
            x = max(0, (rect.width() - wide) // 2) if self._centred else 0
            for item, width, height in line:
                if place:
                    self.put_at(item, rect, x, y + (high - height) // 2, width, height)
                x += width + gap
            y += high
        return y


class Fold(OwnLayout):
    """Equal shares of one line when all fit, else one under the other."""

    def sizeHint(self) -> QSize:
        """Side by side."""
        sizes = [item.sizeHint() for item in self.shown()]
        gaps = theme.sp(self._gap) * max(0, len(sizes) - 1)
        return QSize(sum(s.width() for s in sizes) + gaps, max((s.height() for s in sizes), default=0))

    def arrange(self, rect: QRect, place: bool) -> int:
        """Share what is left over equally, so that longer words keep more room."""
        items = self.shown()
        gap = theme.sp(self._gap)
        spare = rect.width() - self.sizeHint().width()
        if spare < 0 or theme.narrow(theme_window_width(self)):
            return self.stacked(items, rect, place)
        share = spare // max(1, len(items))
        widths = [item.sizeHint().width() + share for item in items]
        high = max((height_of(item, width) for item, width in zip(items, widths, strict=True)), default=0)
        x = 0
        for item, width in zip(items, widths, strict=True):
            if place:
                self.put_at(item, rect, x, 0, width, high)
            x += width + gap
        return high


def theme_window_width(layout: QLayout) -> int:
    """The width of the window a layout lies in, in px; before it lies in one, wide."""
    widget = layout.parentWidget()
    window = widget.window() if widget is not None else None
    return window.width() if window is not None and window.isVisible() else 1 << 16


class Apart(OwnLayout):
    """Words that take the room there is, and something at the end; under the words where room is short."""

    def sizeHint(self) -> QSize:
        """Side by side."""
        sizes = [item.sizeHint() for item in self.shown()]
        gaps = theme.sp(self._gap) * max(0, len(sizes) - 1)
        return QSize(sum(s.width() for s in sizes) + gaps, max((s.height() for s in sizes), default=0))

    def arrange(self, rect: QRect, place: bool) -> int:
        """The first takes what the others leave."""
        items = self.shown()
        if not items:
            return 0
        gap = theme.sp(self._gap)
        taken = sum(item.sizeHint().width() + gap for item in items[1:])
        room = rect.width() - taken
        needed = min(items[0].sizeHint().width(), max(items[0].minimumSize().width(), theme.px(160)))
        if room < needed and len(items) > 1:
            high = height_of(items[0], rect.width())
            if place:
                self.put_at(items[0], rect, 0, 0, rect.width(), high)
            return high + self._below(items[1:], rect, high + theme.sp(4), gap, place) + theme.sp(4)
        widths = [room, *(item.sizeHint().width() for item in items[1:])]
        heights = [height_of(item, width) for item, width in zip(items, widths, strict=True)]
        high = max(heights)
        x = 0
        for item, width, height in zip(items, widths, heights, strict=True):
            if place:
                self.put_at(item, rect, x, (high - height) // 2, width, height)
            x += width + gap
        return high

    def _below(self, items: list[QLayoutItem], rect: QRect, top: int, gap: int, place: bool) -> int:
        x = high = y = 0
        for item in items:
            width = min(item.sizeHint().width(), rect.width())
            height = height_of(item, width)
            if x and x + width > rect.width():
                y += high + gap
                x = high = 0
            if place:
                self.put_at(item, rect, x, top + y, width, height)
            x += width + gap
            high = max(high, height)
        return y + high


class Columns(OwnLayout):
    """A main column with a side column; one under the other where there is no room for both."""

    def __init__(self, side_width: int, main_width: int, gap: float, side_first: bool = False) -> None:
        """Widths in px at 100 %; ``main_width`` 0 lets the main column take all that is left."""
        super().__init__(gap)
        self._side_first = side_first
        self._side = side_width
        self._main = main_width

    def apart(self, width: int) -> bool:
        """Whether both columns stand side by side in ``width`` px."""
        if theme.narrow(1 << 16):
            return False
        return width >= theme.px(self._side) + theme.sp(self._gap) + theme.px(420)

    def sizeHint(self) -> QSize:
        """Both side by side."""
        main = theme.px(self._main or 680)
        return QSize(main + theme.sp(self._gap) + theme.px(self._side), self.heightForWidth(main))

    def arrange(self, rect: QRect, place: bool) -> int:
        """Side by side, or the side column under the main one."""
        items = self.shown()
        if len(items) < 2 or not self.apart(rect.width()):
            y = 0
            limit = theme.px(self._main) if self._main else rect.width()
            width = min(rect.width(), max(limit, theme.px(680)))
            for item in reversed(items) if self._side_first else items:
                height = height_of(item, width)
                if place:
                    self.put_at(item, rect, 0, y, width, height)
                y += height + theme.space("apart")
            return max(0, y - theme.space("apart"))
        side, gap = theme.px(self._side), theme.sp(self._gap)
        main = rect.width() - side - gap
        if self._main:
            main = min(main, theme.px(self._main))
        heights = [height_of(items[0], main), height_of(items[1], side)]
        main_at, side_at = (side + gap, 0) if self._side_first else (0, main + gap)
        high = max(*heights, rect.height())
        if place:
            self.put_at(items[0], rect, main_at, 0, main, high)
            self.put_at(items[1], rect, side_at, 0, side, high)
        return max(heights)
