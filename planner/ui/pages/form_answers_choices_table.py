"""Questions with the same choices as one table: the choices once at its head, below them a row for each question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from planner.ui.kit.layouts import OwnLayout, column, hold
from planner.ui.kit.own_layouts import height_of
from planner.ui.kit.paint import Block, across, painter
from planner.ui.kit.text import Text
from planner.ui.kit.tips import set_tip
from planner.ui.pages.form_answers import Answer, Around, ChoicesAnswer
from planner.ui.pages.form_answers_choices_cards import Card, Way, picture_of
from planner.ui.pages.form_answers_choices_grid import CardGrid
from planner.ui.theme import theme

if TYPE_CHECKING:
    from planner.forms import Choice, Question
    from planner.ui.pages.form_answers import Group

WORDS = 180
"""The least room for the words of a row, px at 100 %."""

WIDEST = 128
"""A column is no wider than this, px at 100 %."""

PICTURE = 56


def column_width(choices: Sequence[Choice], width: int) -> int:
    """How wide each column is in a table ``width`` px wide; 0 where the table does not fit.

    Head and rows ask for themselves: with the same choices and the same width their columns stand below each other.
    """
    if not choices:
        return 0
    words = max(Block(each.label, "label", weight=600).longest_word() for each in choices)
    least = max(int(words) + 2 + theme.sp(12), theme.size("target") + theme.sp(8))
    rest = width - theme.px(WORDS)
    if least * len(choices) > rest:
        return 0
    wanted = min(theme.px(WIDEST), int(width * 0.64) // len(choices))
    return max(least, min(wanted, rest // len(choices)))


class Head(QWidget):
    """The choices above their columns, each with its picture; a screen reader hears them in every row instead."""

    def __init__(self, words: str, choices: Sequence[Choice], pictures: Sequence[QImage | None]) -> None:
        """``words`` stand above the words of the rows."""
        super().__init__()
        self._words_text, self._choices, self._pictures = words.strip(), tuple(choices), tuple(pictures)
        self._words = Block("")
        self._labels: list[Block] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.retheme()

    def retheme(self) -> None:
        """Set the words anew."""
        self._words = Block(self._words_text, "label", weight=600)
        self._labels = [Block(each.label, "label", weight=600) for each in self._choices]
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """Words wrap."""
        return True

    def _picture(self, image: QImage | None, width: int) -> QSize:
        if image is None:
            return QSize(0, 0)
        room = QSize(max(1, width - theme.sp(8)), theme.px(PICTURE))
        return image.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)

    def heightForWidth(self, width: int) -> int:
        """As high as the longest choice; where there is no table, its own words or nothing."""
        each = column_width(self._choices, width)
        if not each:
            return self._words.height(width) + theme.sp(8) if self._words_text else 0
        room = each - theme.sp(8)
        tall = max(
            block.height(room) + (self._picture(image, each).height() + theme.sp(4) if image else 0)
            for block, image in zip(self._labels, self._pictures, strict=True)
        )
        words = self._words.height(max(1, width - each * len(self._choices) - theme.sp(12)))
        return max(tall, words if self._words_text else 0) + theme.sp(8)

    def sizeHint(self) -> QSize:
        """Wide enough for a table."""
        width = theme.px(560)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """It gives way."""
        return QSize(theme.px(120), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words, each at the foot of its column."""
        p = painter(self)
        width, foot = self.width(), self.height() - theme.sp(8)
        each = column_width(self._choices, width)
        if not each:
            self._words.paint(p, QRectF(0, 0, width, foot), "ink_soft")
            p.end()
            return
        begin = width - each * len(self._choices)
        room = begin - theme.sp(12)
        if self._words_text:
            high = self._words.height(room)
            self._words.paint(p, QRectF(across(self, 0, room), foot - high, room, high), "ink_soft")
        for number, (block, image) in enumerate(zip(self._labels, self._pictures, strict=True)):
            self._paint_choice(p, QRectF(across(self, begin + number * each, each), 0, each, foot), block, image)
        p.end()

    def _paint_choice(self, p: QPainter, area: QRectF, block: Block, image: QImage | None) -> None:
        room = area.width() - theme.sp(8)
        high = block.height(room)
        top = area.bottom() - high
        block.paint(p, QRectF(area.left() + theme.sp(4), top, room, high), "ink", "centre")
        if image is not None:
            size = self._picture(image, int(area.width()))
            left = area.left() + (area.width() - size.width()) / 2
            p.drawImage(QRectF(left, top - theme.sp(4) - size.height(), size.width(), size.height()), image)


class HeadAnswer(Answer):
    """Nothing is answered here: it is the head of the table below it."""

    says_label = True

    def __init__(self, question: Question, around: Around) -> None:
        super().__init__(question, around)
        pictures = [picture_of(each, around.form_files) for each in question.choices]
        self.head = Head(question.label, question.choices, pictures)
        self.setLayout(column(self.head))

    def value(self) -> object:
        return self.question.value


class Line(OwnLayout):
    """The words of a row and its circles in their columns; or the words, and the cards below them."""

    def __init__(self, words: QWidget, choices: Sequence[Choice], cards: Sequence[Card]) -> None:
        super().__init__(8)
        self._choices, self._cards = tuple(choices), cards
        self.add(words, *cards)

    def minimumSize(self) -> QSize:
        """One under the other."""
        least = max((card.face.least() for card in self._cards), default=1)
        return QSize(min(least, theme.px(240)), theme.size("choice"))

    def sizeHint(self) -> QSize:
        """As a table."""
        width = theme.px(560)
        return QSize(width, self.heightForWidth(width))

    def arrange(self, rect: QRect, place: bool) -> int:
        """In columns, or stacked."""
        if not self._cards:
            return height_of(self.shown()[0], rect.width())
        each = column_width(self._choices, rect.width())
        before = self._cards[0].face.way
        self._set(Way.BARE if each else Way.BESIDE)
        high = self._in_columns(rect, each, place) if each else self._stacked(rect, place)
        if not place:
            self._set(before)
        return high

    def _set(self, way: Way) -> None:
        for card in self._cards:
            card.face.way = way

    def _in_columns(self, rect: QRect, each: int, place: bool) -> int:
        words, *cards = self.shown()
        begin = rect.width() - each * len(cards)
        room = begin - theme.sp(12)
        high = max(height_of(words, room) + theme.sp(16), theme.size("button") + theme.sp(4))
        if place:
            tall = height_of(words, room)
            self.put_at(words, rect, 0, (high - tall) // 2, room, tall)
            circle = theme.size("button")
            for number, card in enumerate(cards):
                self.put_at(card, rect, begin + number * each + 2, (high - circle) // 2, each - 4, circle)
        return high

    def _stacked(self, rect: QRect, place: bool) -> int:
        gap, y = theme.sp(self._gap), theme.sp(12)
        for item in self.shown():
            high = height_of(item, rect.width())
            if place:
                self.put_at(item, rect, 0, y, rect.width(), high)
            y += high + gap
        return y


class RowGrid(CardGrid):
    """The circles of one row, with its words."""

    def __init__(self, question: Question, *, many: bool) -> None:
        hint = Text(question.hint, "body", "ink_soft") if question.hint else None
        words = hold(column(Text(question.label, "lead"), hint))
        super().__init__(
            question.choices,
            many=many,
            chosen=question.value.split(),
            name=question.label,
            lay_out=lambda cards: Line(words, question.choices, cards),
        )
        for card in self.cards:
            card.setAccessibleName(f"{question.label} {card.text() or card.value}".strip())
            card.setAccessibleDescription(question.hint)
            set_tip(card, card.text())

    def paintEvent(self, event: QPaintEvent) -> None:
        """A ruled line above the row."""
        p = QPainter(self)
        p.fillRect(QRect(0, 0, self.width(), 1), theme.colour("line"))
        p.end()


class RowAnswer(ChoicesAnswer):
    """One row of a table, of which one circle is chosen."""

    def __init__(self, question: Question, around: Around) -> None:
        # On a page of its own it has no head to say what the circles mean: there it is a question like any other.
        self.says_label = self.joined = bool(question.group_appearance)
        super().__init__(question, around)

    def make_group(self) -> Group:
        """The circles in the columns of the head."""
        if self.says_label:
            return RowGrid(self.question, many=self.many)
        question, files = self.question, self.around.form_files
        chosen = question.value.split()
        return CardGrid(question.choices, many=self.many, chosen=chosen, name=question.label, files=files)


class TickRowAnswer(RowAnswer):
    """One row of a table, of which several squares may be ticked."""

    many = True
