"""Answers as cards: one of several, or several of several. The whole card is pressed; long answers wrap."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QCheckBox, QRadioButton, QSizePolicy, QWidget

from planner.ui.kit.buttons import press_by_enter
from planner.ui.kit.layouts import column
from planner.ui.kit.paint import ROUND, Block, across, painter, rounded, tinted
from planner.ui.theme import theme

Policy = QSizePolicy.Policy
ABOVE: Final = 12


class CardFace:
    """How an answer is set and drawn, whatever its role."""

    def __init__(self, button: QAbstractButton, hint: str, square: bool) -> None:
        self.button, self.hint_text, self.square = button, hint, square
        self.words = self.chosen_words = self.hint = Block("")
        self.retheme()

    def retheme(self) -> None:
        self.words = Block(self.button.text(), "lead")
        self.chosen_words = Block(self.button.text(), "lead", weight=600)
        self.hint = Block(self.hint_text, "body")
        self.button.updateGeometry()

    def lead(self) -> int:
        return theme.sp(16) + theme.px(20) + theme.sp(12)

    def room(self, width: int) -> int:
        return max(1, width - self.lead() - theme.sp(16))

    def height(self, width: int) -> int:
        # The heavier words of the chosen card need the same number of lines, or choosing would move what is below.
        room = self.room(width)
        words = max(self.words.height(room), self.chosen_words.height(room))
        if self.hint_text:
            words += self.hint.height(room)
        return max(theme.size("choice"), words + 2 * theme.px(ABOVE))

    def hint_size(self) -> QSize:
        width = max(self.chosen_words.natural(), self.hint.natural() if self.hint_text else 0)
        return QSize(int(width) + 2 + self.lead() + theme.sp(16), theme.size("choice"))

    def paint(self) -> None:
        button = self.button
        p = painter(button)
        chosen = button.isChecked()
        over = button.underMouse()
        ground = "press" if button.isDown() else "accent_wash" if chosen else "well" if over else "sheet"
        edge, stroke = ("accent", theme.stroke("chosen")) if chosen else ("line_strong", theme.stroke("hair"))
        rounded(p, QRectF(button.rect()), theme.radius("control"), theme.colour(ground), theme.colour(edge), stroke)
        room = self.room(button.width())
        block = self.chosen_words if chosen else self.words
        high = block.height(room) + (self.hint.height(room) if self.hint_text else 0)
        top = (button.height() - high) / 2
        self.paint_mark(p, top + block.line_height / 2, chosen)
        left = across(button, self.lead(), room)
        block.paint(p, QRectF(left, top, room, high), "ink")
        if self.hint_text:
            self.hint.paint(p, QRectF(left, top + block.height(room), room, high), "ink_soft")
        p.end()

    def paint_mark(self, p: QPainter, middle: float, chosen: bool) -> None:
        size = theme.px(20)
        area = QRectF(across(self.button, theme.sp(16), size), middle - size / 2, size, size)
        radius = theme.radius("small") - 1 if self.square else ROUND
        edge, stroke = ("accent", theme.stroke("chosen")) if chosen else ("line_strong", theme.stroke("control"))
        if self.square and chosen:
            rounded(p, area, radius, theme.colour("accent"))
            inset = theme.px(3)
            image = tinted(self.button, "check", "on_accent", size - 2 * inset)
            p.drawPixmap(round(area.left() + inset), round(area.top() + inset), image)
            return
        rounded(p, area, radius, theme.colour("sheet"), theme.colour(edge), stroke)
        if chosen:
            dot = size * 0.27
            rounded(p, area.adjusted(dot, dot, -dot, -dot), ROUND, theme.colour("accent"))


# What both kinds of answer share stands before Qt's class in the order of resolution, and is no QObject of its own.
if TYPE_CHECKING:
    _Button = QAbstractButton
else:
    _Button = object


class _AnswerCard(_Button):
    """An answer as a card of which all is pressed, with its hint below."""

    value: str
    face: CardFace

    def _become_card(self, hint: str, value: str, *, square: bool, chosen: bool) -> None:
        self.value = value
        self.ring_radius = theme.radius("control")
        self.ring_inset = 0
        self.face = CardFace(self, hint, square=square)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(Policy.Expanding, Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(hint)
        self.setChecked(chosen)

    def retheme(self) -> None:
        """Set the words anew."""
        self.face.retheme()

    def hitButton(self, pos: QPoint) -> bool:
        """The whole card is pressed."""
        return self.rect().contains(pos)

    def hasHeightForWidth(self) -> bool:
        """Long answers wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height in ``width`` px."""
        return self.face.height(width)

    def sizeHint(self) -> QSize:
        """In one line."""
        return self.face.hint_size()

    def minimumSizeHint(self) -> QSize:
        """As narrow as a narrow window."""
        return QSize(theme.px(120), theme.size("choice"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The card."""
        self.face.paint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses as Space does."""
        if not press_by_enter(self, event):
            super().keyPressEvent(event)


class Choice(_AnswerCard, QRadioButton):
    """One answer of several."""

    def __init__(self, text: str, hint: str = "", *, chosen: bool = False, value: str = "") -> None:
        """``hint`` stands below in soft words; ``value`` is yours to keep."""
        QRadioButton.__init__(self, text)
        self._become_card(hint, value, square=False, chosen=chosen)


class TickChoice(_AnswerCard, QCheckBox):
    """One answer of which several may be chosen."""

    def __init__(self, text: str, hint: str = "", *, chosen: bool = False, value: str = "") -> None:
        """As :class:`Choice`."""
        QCheckBox.__init__(self, text)
        self._become_card(hint, value, square=True, chosen=chosen)


class ChoiceGroup(QWidget):
    """The answers to one question, one under the other."""

    changed = Signal()

    def __init__(
        self,
        items: Sequence[tuple[str, ...]],
        *,
        many: bool = False,
        chosen: Collection[str] = (),
        name: str = "",
        gap: float = 8,
    ) -> None:
        """``items`` are (value, label) or (value, label, hint); ``name`` is the question, for a screen reader."""
        super().__init__()
        self.setAccessibleName(name)
        self.cards: list[Choice | TickChoice] = []
        self._group = QButtonGroup(self)
        self._group.setExclusive(not many)
        make = TickChoice if many else Choice
        for value, label, *rest in items:
            card = make(label, rest[0] if rest else "", chosen=value in chosen, value=value)
            self.cards.append(card)
            self._group.addButton(card)
            card.clicked.connect(lambda _on=False: self.changed.emit())
        self.setLayout(column(*self.cards, gap=gap))
        self.setSizePolicy(Policy.Expanding, Policy.Minimum)

    def values(self) -> tuple[str, ...]:
        """What is chosen, in the order shown."""
        return tuple(card.value for card in self.cards if card.isChecked())

    def choose(self, values: Collection[str]) -> None:
        """Choose without telling anyone; an empty collection takes every choice back."""
        exclusive = self._group.exclusive()
        self._group.setExclusive(False)
        for card in self.cards:
            card.setChecked(card.value in values)
        self._group.setExclusive(exclusive)
