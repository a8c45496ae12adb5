"""Ways to set widgets: columns and rows on the 4 px grid, lines that wrap, shares that fold, a main and a side column.

Lengths are given as at 100 % text size; they scale, and mirror, by themselves.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QLayout, QSizePolicy, QSpacerItem, QWidget

from planner.ui.kit.own_layouts import Apart, Columns, Flow, Fold, OwnLayout, Thing, clear, discard, height_of
from planner.ui.theme import theme, tokens

__all__ = [
    "CENTRE",
    "END",
    "MIDDLE",
    "START",
    "STRETCH",
    "TOP",
    "Box",
    "Margins",
    "OwnLayout",
    "apart",
    "beside",
    "clear",
    "column",
    "columns",
    "discard",
    "edges",
    "flow",
    "fold",
    "height_of",
    "hold",
    "row",
    "topped",
]


class Stretch:
    """Takes the room that is left."""


STRETCH: Final = Stretch()
TOP: Final = Qt.AlignmentFlag.AlignTop
MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter
START: Final = Qt.AlignmentFlag.AlignLeading
END: Final = Qt.AlignmentFlag.AlignTrailing
CENTRE: Final = Qt.AlignmentFlag.AlignHCenter

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
        self._less = 0
        self.retheme()

    def retheme(self) -> None:
        """Take air and margins from the theme again."""
        self.setSpacing(theme.sp(self._gap))
        left, top, right, bottom = edges(self._margins)
        # A scroll bar stands at the end of a line, in the edge of the page.
        if theme.rtl:
            left -= self._less
        else:
            right -= self._less
        self.setContentsMargins(left, top, right, bottom)
        for spacer, length in self._air:
            self._size(spacer, length)
        self.invalidate()

    def set_margins(self, margins: Margins) -> None:
        """Other margins (start, top, end, bottom), as at 100 %."""
        self._margins = margins
        self.retheme()

    def give_way(self, width: int) -> None:
        """Give ``width`` px of the margin at the end to a scroll bar, so that the content keeps its place."""
        if width != self._less:
            self._less = width
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
        """In a column, what does not grow stands where reading begins; in a row, it keeps its height.

        Qt alone would put the one in the middle and pull the other to the height of the row.
        """
        if not isinstance(thing, QWidget):
            return None
        policy = thing.sizePolicy().horizontalPolicy()
        if not self._vertical:
            return MIDDLE if policy == QSizePolicy.Policy.Maximum else None
        return START | TOP if policy in (QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Maximum) else None

    def _put_one(self, thing: Thing, stretch: int, place: Qt.AlignmentFlag | None) -> None:
        if isinstance(thing, OwnLayout):
            # Put in as a bare layout, its items would belong to this box for Python, and be lost with what was
            # there before when the box is cleared; Qt would go on asking them for their height.
            thing = hold(thing)
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


def flow(*things: Thing, gap: float = 8, gap_y: float | None = None, centred: bool = False) -> Flow:
    """Things in a line that wraps: chips, buttons."""
    layout = Flow(gap, gap_y, centred=centred)
    layout.add(*things)
    return layout


def fold(*things: Thing, gap: float = 8) -> Fold:
    """Equal shares that fold into a column."""
    layout = Fold(gap)
    layout.add(*things)
    return layout


def apart(first: Thing, *rest: Thing, gap: float = 12) -> Apart:
    """Words at the start, the rest at the end of the line, all on one middle; under the words where room is short."""
    layout = Apart(gap)
    layout.add(first, *rest)
    return layout


def columns(
    main: Thing, side: Thing, side_width: str | int = "side_width", gap: float = 48, main_width: int = 680
) -> QWidget:
    """A main and a side column; ``side_width`` is a size of the table or px at 100 %."""
    width = int(tokens()["size"][side_width]) if isinstance(side_width, str) else side_width
    layout = Columns(width, main_width, gap)
    for thing in (main, side):
        layout.add(thing if isinstance(thing, QWidget) else hold(topped(thing)))
    return hold(layout)


def beside(side: Thing, main: Thing, side_width: str | int = "list_width", gap: float = 32) -> QWidget:
    """A list at the start and what it opens beside it; the list above where there is no room for both."""
    width = int(tokens()["size"][side_width]) if isinstance(side_width, str) else side_width
    layout = Columns(width, 0, gap, side_first=True)
    for thing in (main, side):
        layout.add(thing if isinstance(thing, QWidget) else hold(topped(thing)))
    return hold(layout)


def topped(layout: QLayout) -> QLayout:
    """A column that keeps its things at the top, unless something in it wants the height that is left."""
    if isinstance(layout, QBoxLayout) and layout.direction() == QBoxLayout.Direction.TopToBottom:
        items = [(layout.itemAt(index), layout.stretch(index)) for index in range(layout.count())]
        grows = Qt.Orientation.Vertical
        if not any(stretch or (item is not None and item.expandingDirections() & grows) for item, stretch in items):
            layout.addStretch(1)
    return layout
