"""Ways to set widgets: columns and rows on the 4 px grid, lines that wrap, shares that fold, a main and a side column.

Lengths are given as at 100 % text size; they scale, and mirror, by themselves.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QLayout, QLayoutItem, QSizePolicy, QSpacerItem, QWidget

from planner.ui.theme import theme


class Stretch:
    """Takes the room that is left."""


STRETCH: Final = Stretch()
TOP: Final = Qt.AlignmentFlag.AlignTop
MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter
START: Final = Qt.AlignmentFlag.AlignLeading
END: Final = Qt.AlignmentFlag.AlignTrailing
CENTRE: Final = Qt.AlignmentFlag.AlignHCenter

Thing = QWidget | QLayout
Item = (
    Thing
    | int
    | Stretch
    | None
    | tuple[Thing, int]
    | tuple[Thing, Qt.AlignmentFlag]
    | tuple[Thing, int, Qt.AlignmentFlag]
)
Margins = tuple[float, float, float, float]


def edges(margins: Margins) -> tuple[int, int, int, int]:
    """Scaled left, top, right, bottom of (start, top, end, bottom): Qt mirrors order, but not margins."""
    start, top, end, bottom = (theme.sp(length) for length in margins)
    return (end, top, start, bottom) if theme.rtl else (start, top, end, bottom)


class Box(QBoxLayout):
    """A row or a column whose air follows the text size."""

    def __init__(self, vertical: bool, gap: float, margins: Margins) -> None:
        """``gap`` and ``margins`` as at 100 %."""
        super().__init__(QBoxLayout.Direction.TopToBottom if vertical else QBoxLayout.Direction.LeftToRight)
        self._vertical = vertical
        self._gap = gap
        self._margins = margins
        self._air: list[tuple[QSpacerItem, float]] = []
        self.retheme()

    def retheme(self) -> None:
        """Take air and margins from the theme again."""
        self.setSpacing(theme.sp(self._gap))
        self.setContentsMargins(*edges(self._margins))
        for spacer, length in self._air:
            self._size(spacer, length)
        self.invalidate()

    def set_margins(self, margins: Margins) -> None:
        """Other margins (start, top, end, bottom), as at 100 %."""
        self._margins = margins
        self.retheme()

    def _size(self, spacer: QSpacerItem, length: float) -> None:
        fixed, least = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum
        if self._vertical:
            spacer.changeSize(0, theme.sp(length), least, fixed)
        else:
            spacer.changeSize(theme.sp(length), 0, fixed, least)

    def air(self, length: float) -> None:
        """Leave ``length`` px of air (at 100 %)."""
        spacer = QSpacerItem(0, 0)
        self._size(spacer, length)
        self._air.append((spacer, length))
        self.addItem(spacer)

    def put(self, *items: Item) -> None:
        """Add items, as :func:`column` takes them."""
        for item in items:
            if item is None:
                continue
            if isinstance(item, Stretch):
                self.addStretch(1)
            elif isinstance(item, int):
                self.air(item)
            elif isinstance(item, tuple):
                self._put_tuple(item)
            else:
                self._put_one(item, 0, self._own_place(item))

    def _put_tuple(
        self, item: tuple[Thing, int] | tuple[Thing, Qt.AlignmentFlag] | tuple[Thing, int, Qt.AlignmentFlag]
    ) -> None:
        thing, second = item[0], item[1]
        if isinstance(second, Qt.AlignmentFlag):
            self._put_one(thing, 0, second)
        elif len(item) == 3:
            self._put_one(thing, second, item[2])
        else:
            self._put_one(thing, second, self._own_place(thing))

    def _own_place(self, thing: Thing) -> Qt.AlignmentFlag | None:
        """In a column, what does not grow stands where reading begins; Qt alone would put it in the middle."""
        if not self._vertical or not isinstance(thing, QWidget):
            return None
        policy = thing.sizePolicy().horizontalPolicy()
        return START if policy in (QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Maximum) else None

    def _put_one(self, thing: Thing, stretch: int, place: Qt.AlignmentFlag | None) -> None:
        if isinstance(thing, QWidget):
            if place is None:
                self.addWidget(thing, stretch)
            else:
                self.addWidget(thing, stretch, place)
        else:
            self.addLayout(thing, stretch)
            if place is not None:
                self.setAlignment(thing, place)


def column(*items: Item, gap: float = 0, margins: Margins = (0, 0, 0, 0)) -> Box:
    """One under the other. Items: widget, layout, int (air), STRETCH, (item, stretch), (item, place), None."""
    box = Box(True, gap, margins)
    box.put(*items)
    return box


def row(*items: Item, gap: float = 0, margins: Margins = (0, 0, 0, 0)) -> Box:
    """Side by side; items as in :func:`column`."""
    box = Box(False, gap, margins)
    box.put(*items)
    return box


def hold(layout: QLayout, width: int = 0, name: str = "") -> QWidget:
    """A widget round a layout; ``width`` fixes its width (px at 100 %, scaled as type)."""
    widget = Holder(layout, width)
    if name:
        widget.setAccessibleName(name)
    return widget


class Holder(QWidget):
    """A plain widget round a layout."""

    def __init__(self, layout: QLayout, width: int = 0) -> None:
        """``width`` as at 100 %; 0 leaves it free."""
        super().__init__()
        self._fixed = width
        self.setLayout(layout)
        self.retheme()

    def retheme(self) -> None:
        """Take the width from the theme again."""
        if self._fixed:
            self.setFixedWidth(theme.px(self._fixed))


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete it."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            return
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
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
        self.setContentsMargins(0, 0, 0, 0)

    def retheme(self) -> None:
        """Nothing is kept: sizes are asked each time."""
        self.invalidate()

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
        """The height needed in ``width`` px."""
        return self.arrange(QRect(0, 0, width, 0), place=False)

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

    def __init__(self, gap: float = 8, gap_y: float | None = None) -> None:
        """``gap`` between neighbours, ``gap_y`` between lines, as at 100 %."""
        super().__init__(gap)
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
            x = 0
            for item, width, height in line:
                if place:
                    self.put_at(item, rect, x, y + (high - height) // 2, width, height)
                x += width + gap
            y += high
        return y


def flow(*things: Thing, gap: float = 8, gap_y: float | None = None) -> Flow:
    """Things in a line that wraps: chips, buttons."""
    layout = Flow(gap, gap_y)
    layout.add(*things)
    return layout


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
            y = 0
            for item in items:
                height = height_of(item, rect.width())
                if place:
                    self.put_at(item, rect, 0, y, rect.width(), height)
                y += height + gap
            return max(0, y - gap)
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


def fold(*things: Thing, gap: float = 8) -> Fold:
    """Equal shares that fold into a column."""
    layout = Fold(gap)
    layout.add(*things)
    return layout


class Columns(OwnLayout):
    """A main column with a side column; one under the other where there is no room for both."""

    def __init__(self, side_width: int, main_width: int, gap: float) -> None:
        """Widths in px at 100 %; ``main_width`` 0 lets the main column take all that is left."""
        super().__init__(gap)
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
            for item in items:
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
        high = max(*heights, rect.height())
        if place:
            self.put_at(items[0], rect, 0, 0, main, high)
            self.put_at(items[1], rect, main + gap, 0, side, high)
        return max(heights)


def columns(
    main: Thing, side: Thing, side_width: str | int = "side_width", gap: float = 48, main_width: int = 680
) -> QWidget:
    """A main and a side column; ``side_width`` is a size of the table or px at 100 %."""
    from planner.ui.theme import tokens

    width = int(tokens()["size"][side_width]) if isinstance(side_width, str) else side_width
    layout = Columns(width, main_width, gap)
    for thing in (main, side):
        layout.add(thing if isinstance(thing, QWidget) else hold(_filled(thing)))
    return hold(layout)


def _filled(layout: QLayout) -> QLayout:
    """A column that keeps its things at the top."""
    if isinstance(layout, QBoxLayout):
        layout.addStretch(1)
    return layout
