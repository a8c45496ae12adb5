"""A number between two ends: on a line, as stars, or from a list (XLSForm documentation, "Range widgets")."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from planner.forms.kinds import Bounds, range_of
from planner.ui.kit.buttons import Button
from planner.ui.kit.layouts import column
from planner.ui.kit.text import Text
from planner.ui.pages.form_answers import Answer, Around, NumberAnswer
from planner.ui.pages.form_answers_choices_find import OpenList
from planner.ui.pages.form_answers_choices_scale import MOST_TICKS, Scale, Stars
from planner.words import _

if TYPE_CHECKING:
    from planner.forms import Question

MOST_VALUES = 5000
"""A range with more values than this is typed instead."""

MOST_STARS = 30
MOST_LISTED = 500


def values_of(question: Question) -> list[Decimal]:
    """The values of a range from its start; none when it has no ends that make sense, or far too many."""
    bounds = range_of(question.settings)
    if bounds is None or abs(bounds.end - bounds.start) / bounds.step > MOST_VALUES:
        return []
    step = bounds.step if bounds.end > bounds.start else -bounds.step
    count = int((bounds.end - bounds.start) / step)
    return [bounds.start + step * number for number in range(count + 1)]


def text_of(number: Decimal, question: Question) -> str:
    """A value as it is kept: a whole number without a point in a range of whole numbers."""
    if question.data_type in {"int", "integer"} and number == number.to_integral_value():
        return str(int(number))
    return format(number, "f")


class RangeAnswer(Answer):
    """The face of a range; a subclass shows its values. What stands there and is none of them stays until changed."""

    def __init__(self, question: Question, around: Around) -> None:
        super().__init__(question, around)
        self.numbers = values_of(question)
        self._kept = question.value
        self._typed: NumberAnswer | None = None
        self.again = Button(_("Take my answer back"), "quiet", compact=True, on=self.take_back)
        policy = self.again.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # so that choosing moves nothing
        self.again.setSizePolicy(policy)
        if not self.fits():
            # Ends that make no sense, or values beyond counting: a number is typed.
            self._typed = NumberAnswer(question, around)
            for mine, its in (
                (self.given, self._typed.given),
                (self.typing, self._typed.typing),
                (self.onward, self._typed.onward),
            ):
                its.connect(mine)
            self.setLayout(column(self._typed))
            return
        self.build()
        self.show_place(self.place_of(question.value))
        self._fit()

    def fits(self) -> bool:
        """Whether the values can be shown in this way."""
        return len(self.numbers) > 1

    def build(self) -> None:
        """Make the widgets; a subclass says which."""
        raise NotImplementedError

    def show_place(self, place: int | None) -> None:
        """Show a value by its place, without telling anyone."""
        raise NotImplementedError

    def place_of(self, text: str) -> int | None:
        """The place of a kept text among the values; None when it is none of them."""
        try:
            number = Decimal(text)
        except InvalidOperation:
            return None
        return self.numbers.index(number) if number in self.numbers else None

    def words(self, number: Decimal) -> str:
        """A value as it is read."""
        whole = number == number.to_integral_value()
        if whole and self.bounds.step == self.bounds.step.to_integral_value():
            return str(int(number))
        return format(number, "f").replace(".", decimal_sign(self.formats.number(0.5)))

    @property
    def bounds(self) -> Bounds:
        """The ends and the step."""
        found = range_of(self.question.settings)
        assert found is not None
        return found

    def value(self) -> object:
        return self._typed.value() if self._typed is not None else self._kept

    def first(self) -> QWidget | None:
        return self._typed.first() if self._typed is not None else None

    def problem(self) -> str:
        return self._typed.problem() if self._typed is not None else ""

    def take(self, place: int | None) -> None:
        """Keep the value of a place, and tell it."""
        text = "" if place is None else text_of(self.numbers[place], self.question)
        self._fit(bool(text))
        if text != self._kept:
            self._kept = text
            self.given.emit()

    def take_back(self) -> None:
        """Nothing is chosen again."""
        first = self.first()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.show_place(None)
        self.take(None)

    def _fit(self, chosen: bool | None = None) -> None:
        self.again.setVisible(bool(self._kept) if chosen is None else chosen)

    def pick(self, number: int) -> bool:
        """A digit chooses the value of that number."""
        if self._typed is not None or Decimal(number) not in self.numbers:
            return False
        place = self.numbers.index(Decimal(number))
        self.show_place(place)
        self.take(place)
        return True


def decimal_sign(half: str) -> str:
    """The sign between whole and parts, from how a language writes one half."""
    return next((sign for sign in half if not sign.isdecimal()), ".")


class ScaleAnswer(RangeAnswer):
    """On a line, lying or standing."""

    def build(self) -> None:
        """The line, with its ticks and labels."""
        question = self.question
        last = len(self.numbers) - 1
        ticks: list[int] = []
        if "no-ticks" not in question.appearance:
            apart = max(1, round(self._apart()))
            while last // apart >= MOST_TICKS:
                apart *= 2
            ticks = sorted({*range(0, last + 1, apart), last})
        self.scale = Scale(
            [self.words(each) for each in self.numbers],
            name=question.label,
            upright="vertical" in question.appearance,
            ticks=ticks,
            labels=self._labels(last),
            placeholder=self.place_of(question.settings.get("placeholder", "")),
        )
        self.scale.setAccessibleDescription(question.hint)
        self.scale.moved.connect(self._moved)
        self.scale.resting.connect(lambda: self.take(self.scale.place))
        self.scale.installEventFilter(self)
        self.setLayout(column(self.scale, 8, self.again))

    def _apart(self) -> Decimal:
        """How many values lie from tick to tick."""
        try:
            interval = abs(Decimal(self.question.settings.get("tick-interval", "")))
        except InvalidOperation:
            return Decimal(1)
        return interval / self.bounds.step if interval.is_finite() and interval > 0 else Decimal(1)

    def _labels(self, last: int) -> dict[int, str]:
        """The form's own labels at their values; else the ends, and zero between them."""
        named = {self.place_of(each.value): each.label for each in self.question.choices if each.label.strip()}
        own = {place: words for place, words in named.items() if place is not None}
        if own:
            return own
        labels = {0: self.words(self.numbers[0]), last: self.words(self.numbers[last])}
        nought = self.place_of("0")
        if nought is not None and last // 8 < nought < last - last // 8:
            labels[nought] = "0"
        return labels

    def show_place(self, place: int | None) -> None:
        """Put the thumb there, or take it away."""
        self.scale.choose(place)

    def _moved(self) -> None:
        self._fit(self.scale.place is not None)
        self.typing.emit()

    def value(self) -> object:
        if self._typed is not None or self.scale.place is None:
            return super().value()
        # While the mouse still holds the thumb, what it shows is the answer.
        return text_of(self.numbers[self.scale.place], self.question)

    def first(self) -> QWidget | None:
        return super().first() if self._typed is not None else self.scale

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on once a value is chosen."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain and self.scale.place is not None:
                self.onward.emit()
                return True
        return super().eventFilter(watched, event)


class StarsAnswer(RangeAnswer):
    """As stars; there are as many as the end of the range (XLSForm documentation, "Range widget with rating")."""

    def fits(self) -> bool:
        """From one star on, one by one."""
        bounds = range_of(self.question.settings)
        return bounds is not None and bounds.step == 1 and 1 < bounds.end <= MOST_STARS and bounds.start in (0, 1)

    def build(self) -> None:
        """The stars, and how many there are in words."""
        self.numbers = [Decimal(number) for number in range(1, int(self.bounds.end) + 1)]
        self.stars = Stars(len(self.numbers), name=self.question.label)
        self.stars.moved.connect(self._moved)
        for each in self.stars.stars:
            each.setAccessibleDescription(self.question.hint)
        self.said = Text("", "body", "ink_soft")
        self.setLayout(column(self.stars, 4, self.said, 4, self.again))

    def show_place(self, place: int | None) -> None:
        """Fill the stars."""
        self.stars.choose(0 if place is None else place + 1)
        self._say()

    def _say(self) -> None:
        count = self.stars.chosen
        words = _("{n} of {all}").format(n=count, all=len(self.numbers)) if count else _("Nothing chosen yet")
        self.said.setText(words)

    def _moved(self) -> None:
        self._say()
        self.take(self.stars.chosen - 1 if self.stars.chosen else None)

    def first(self) -> QWidget | None:
        if self._typed is not None:
            return super().first()
        return self.stars.stars[max(0, self.stars.chosen - 1)]


class PickerAnswer(RangeAnswer):
    """From a list that opens."""

    def fits(self) -> bool:
        """As long as the list can be looked through."""
        return 1 < len(self.numbers) <= MOST_LISTED

    def build(self) -> None:
        """The line that opens."""
        from planner.forms import Choice

        labels = {each.value: each.label for each in self.question.choices}
        choices = []
        for number in self.numbers:
            words, named = self.words(number), labels.get(text_of(number, self.question), "")
            choices.append(Choice(text_of(number, self.question), words, named))
        self.list = OpenList(choices, name=self.question.label)
        self.list.opener.setAccessibleDescription(self.question.hint)
        self.list.changed.connect(self._changed)
        self.setLayout(column(self.list))
        self._choices = choices

    def show_place(self, place: int | None) -> None:
        """Say what is chosen."""
        self.list.show_chosen(() if place is None else (self._choices[place].value,))

    def _changed(self) -> None:
        chosen = self.list.values()
        self.take(self.place_of(chosen[0]) if chosen else None)

    def _fit(self, chosen: bool | None = None) -> None:
        """The list itself lets one take it back."""

    def first(self) -> QWidget | None:
        return super().first() if self._typed is not None else self.list.opener
