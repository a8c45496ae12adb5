"""Choices side by side: in columns, packed into lines, or along a scale; one under the other where room is short."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QWidget

from planner.ui.kit.buttons import ARROWS, arrow_step
from planner.ui.kit.layouts import OwnLayout
from planner.ui.kit.own_layouts import height_of
from planner.ui.pages.form_answers_choices_cards import (
    Card,
    OfferedChoice,
    OfferedTick,
    Way,
    picture_of,
)
from planner.ui.theme import theme

if TYPE_CHECKING:
    from planner.forms import Choice

_COLUMNS = re.compile(r"(?:columns|compact)-([1-9]\d?)\Z")
_PLAIN = frozenset({"no-buttons", "compact", "quickcompact"})
MOST_COLUMNS = 5
"""What ``columns`` alone makes at most (XLSForm documentation, "Select widget with columns appearance": 2 to 5)."""

_COLUMN_WIDTH = 200
"""A column of ``columns`` is about so wide, px at 100 %."""


class Columns(OwnLayout):
    """Cards of one width in so many columns; fewer where a word would have to be broken."""

    def __init__(self, cards: Sequence[Card], wanted: int, gap: float = 8) -> None:
        """``wanted`` 0: as many as there is room for, up to :data:`MOST_COLUMNS`."""
        super().__init__(gap)
        self._cards, self._wanted = cards, wanted
        self.add(*cards)

    def count_in(self, width: int) -> int:
        """How many columns there are in ``width`` px; at least one."""
        gap = theme.sp(self._gap)
        least = max((card.face.least() for card in self._cards), default=1)
        if self._wanted:
            most = self._wanted
        else:
            most = min(MOST_COLUMNS, max(2, (width + gap) // (theme.px(_COLUMN_WIDTH) + gap)))
        fits = (width + gap) // (least + gap)
        return max(1, min(most, fits, len(self._cards) or 1))

    def sizeHint(self) -> QSize:
        """Wide enough for two columns, so that it takes the room there is."""
        width = theme.px(480)
        return QSize(width, self.heightForWidth(width))

    def arrange(self, rect: QRect, place: bool) -> int:
        """Line after line; the cards of a line are as high as the highest."""
        count, gap = self.count_in(rect.width()), theme.sp(self._gap)
        width = (rect.width() - gap * (count - 1)) // count
        items, y = self.shown(), 0
        for begin in range(0, len(items), count):
            line = items[begin : begin + count]
            high = max(height_of(item, width) for item in line)
            if place:
                for column, item in enumerate(line):
                    self.put_at(item, rect, column * (width + gap), y, width, high)
            y += high + gap
        return max(0, y - gap)


class Packed(OwnLayout):
    """As many in a line as there is room for, each as wide as its words."""

    def __init__(self, cards: Sequence[Card], gap: float = 8) -> None:
        super().__init__(gap)
        self.add(*cards)

    def sizeHint(self) -> QSize:
        """Wide enough to take the room there is."""
        width = theme.px(480)
        return QSize(width, self.heightForWidth(width))

    def arrange(self, rect: QRect, place: bool) -> int:
        """Fill line after line."""
        gap, x, y = theme.sp(self._gap), 0, 0
        items = self.shown()
        widths = [min(item.sizeHint().width(), max(1, rect.width())) for item in items]
        lines: list[list[int]] = []
        for number, width in enumerate(widths):
            if not lines or x + width > rect.width():
                lines.append([])
                x = 0
            lines[-1].append(number)
            x += width + gap
        for numbers in lines:
            tall = max(height_of(items[number], widths[number]) for number in numbers)
            x = 0
            for number in numbers:
                if place:
                    self.put_at(items[number], rect, x, y, widths[number], tall)
                x += widths[number] + gap
            y += tall + gap
        return max(0, y - gap)


class AlongScale(OwnLayout):
    """Points of a scale in one line, joined; where they do not fit, ordinary cards one under the other."""

    def __init__(self, cards: Sequence[Card]) -> None:
        super().__init__(8)
        self._cards = cards
        for card in cards:
            card.face.first, card.face.last = card is cards[0], card is cards[-1]
        self.add(*cards)

    def fits(self, width: int) -> bool:
        """Whether all points stand side by side in ``width`` px."""
        least = max((card.face.least_below() for card in self._cards), default=1)
        return least * len(self._cards) <= width

    def _set(self, way: Way) -> None:
        for card in self._cards:
            card.face.way = way

    def minimumSize(self) -> QSize:
        """One under the other."""
        least = max((card.face.least() for card in self._cards), default=1)
        return QSize(min(least, theme.px(240)), theme.size("choice"))

    def sizeHint(self) -> QSize:
        """Side by side."""
        width = theme.px(560)
        return QSize(width, self.heightForWidth(width))

    def arrange(self, rect: QRect, place: bool) -> int:
        """Equal shares of the line, or one under the other."""
        items = self.shown()
        if not items:
            return 0
        before = self._cards[0].face.way
        side_by_side = self.fits(rect.width())
        self._set(Way.BELOW if side_by_side else Way.BESIDE)
        high = self._side_by_side(rect, place) if side_by_side else self._stacked(rect, place)
        if not place:
            self._set(before)
        return high

    def _stacked(self, rect: QRect, place: bool) -> int:
        gap, y = theme.sp(self._gap), 0
        for item in self.shown():
            high = height_of(item, rect.width())
            if place:
                self.put_at(item, rect, 0, y, rect.width(), high)
            y += high + gap
        return y - gap

    def _side_by_side(self, rect: QRect, place: bool) -> int:
        items = self.shown()
        share = rect.width() // len(items)
        high = max(height_of(item, share) for item in items)
        for number, item in enumerate(items):
            if place:
                self.put_at(item, rect, number * share, 0, share, high)
        return high


class CardGrid(QWidget):
    """The choices of a question, laid out as its appearance asks; to be used as a ``ChoiceGroup`` is."""

    changed = Signal()
    taken = Signal()
    """As ``changed``, but not while arrow keys only pass over the choices."""

    def __init__(
        self,
        choices: Sequence[Choice],
        appearance: Collection[str] = (),
        *,
        many: bool = False,
        chosen: Sequence[str] = (),
        name: str = "",
        files: Mapping[str, bytes] | None = None,
        lay_out: Callable[[Sequence[Card]], OwnLayout] | None = None,
    ) -> None:
        """``chosen`` in the order chosen; ``files`` hold the pictures; ``lay_out`` goes before the appearance."""
        super().__init__()
        self.setAccessibleName(name)
        self.many = many
        plain = any(each in _PLAIN or each.startswith("compact-") for each in appearance)
        make = OfferedTick if many else OfferedChoice
        self.cards: list[Card] = [
            make(each, picture_of(each, files or {}), chosen=each.value in chosen, plain=plain) for each in choices
        ]
        self._passing = False
        offered = {choice.value for choice in choices}
        self._order = [each for each in chosen if each in offered]
        self._group = QButtonGroup(self)
        self._group.setExclusive(not many)
        for card in self.cards:
            self._group.addButton(card)
            card.installEventFilter(self)
            card.clicked.connect(lambda _on=False: self._clicked())
        self.setLayout(lay_out(self.cards) if lay_out is not None else layout_for(self.cards, appearance))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def _clicked(self) -> None:
        now = [card.value for card in self.cards if card.isChecked()]
        self._order = [each for each in self._order if each in now]
        self._order += [each for each in now if each not in self._order]
        self.changed.emit()
        if not self._passing:
            self.taken.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Know whether an arrow key was pressed last: it chooses what it comes to, without meaning it yet."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._passing = event.key() in ARROWS
            if self.many and self._passing and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                return self._pass_on(watched, event)
        elif event.type() == QEvent.Type.MouseButtonPress:
            self._passing = False
        return super().eventFilter(watched, event)

    def _pass_on(self, watched: QObject, event: QKeyEvent) -> bool:
        """Arrow keys go to the neighbour; Qt does so only where one of several is chosen."""
        here = next((number for number, card in enumerate(self.cards) if card is watched), None)
        if here is None:
            return False
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            goal = here + arrow_step(event)
        else:
            goal = self._above_or_below(here, arrow_step(event))
        if 0 <= goal < len(self.cards):
            self.cards[goal].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _above_or_below(self, here: int, step: int) -> int:
        """The nearest card in the next line; -1 when there is none."""
        at = self.cards[here].geometry()
        lines = {card.y() for card in self.cards if (card.y() - at.y()) * step > 0}
        line = (min(lines) if step > 0 else max(lines)) if lines else None
        places = [number for number, card in enumerate(self.cards) if card.y() == line]
        return min(places, key=lambda n: abs(self.cards[n].geometry().center().x() - at.center().x()), default=-1)

    def values(self) -> tuple[str, ...]:
        """What is chosen, in the order chosen (XLSForm documentation, "Multi select widget")."""
        return tuple(self._order)

    def choose(self, values: Collection[str]) -> None:
        """Choose without telling anyone; an empty collection takes every choice back."""
        self._group.setExclusive(False)
        for card in self.cards:
            card.setChecked(card.value in values)
        self._group.setExclusive(not self.many)
        self._order = [card.value for card in self.cards if card.isChecked()]


def layout_for(cards: Sequence[Card], appearance: Collection[str]) -> OwnLayout:
    """The layout that an appearance asks for; what is not known stands one under the other."""
    if "likert" in appearance and len(cards) > 1:
        return AlongScale(cards)
    if {"columns-pack", "horizontal-compact", "list"} & set(appearance):
        return Packed(cards)
    number = next((found[1] for each in appearance if (found := _COLUMNS.match(each))), "")
    if number:
        return Columns(cards, int(number))
    if {"columns", "horizontal", "compact", "quickcompact"} & set(appearance):
        return Columns(cards, 0)
    return Columns(cards, 1)
