"""Numbers: counted with two buttons, typed with marks between thousands, or typed as a number that is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from planner.ui.kit.buttons import Button
from planner.ui.kit.fields import Field
from planner.ui.kit.layouts import STRETCH, column, row
from planner.ui.pages.at_most import AtMost, at_start
from planner.ui.pages.form_answers import Answer, Around, LineAnswer
from planner.ui.pages.form_answers_number_words import grouped, ungrouped
from planner.words import _

if TYPE_CHECKING:
    from planner.forms import Question

MOST = 10**15


class Stepper(QWidget):
    """A whole number with a button that takes one away and one that adds one; arrow keys do the same."""

    stepped = Signal()
    """A button or an arrow key changed the number."""

    def __init__(self, text: str, *, name: str, least: int, most: int, begin: int) -> None:
        """``begin`` is what the first step from nothing gives."""
        super().__init__()
        self._least, self._most, self._begin = least, most, begin
        self.field = Field(text, name=name)
        self.field.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.field.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.field.installEventFilter(self)
        self.fewer = Button("", icon="minus", name=_("One less: {what}").format(what=name), on=lambda: self.step(-1))
        self.more = Button("", icon="plus", name=_("One more: {what}").format(what=name), on=lambda: self.step(1))
        self.setFocusProxy(self.field)
        self.setLayout(row(self.fewer, (AtMost(self.field, 120), 1000), self.more, STRETCH, gap=8))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def number(self) -> int | None:
        """What stands there; None when it is no whole number."""
        text = self.field.text().strip()
        return int(text) if text.lstrip("+-").isdecimal() and text.isascii() and len(text) < 20 else None

    def step(self, by: int) -> None:
        """Count on or back; from nothing, begin."""
        now = self.number()
        if now is None and self.field.text().strip():
            return  # something else stands there, which is not ours to throw away
        goal = self._begin if now is None else now + by
        self.field.setText(str(max(self._least, min(self._most, goal))))
        self.stepped.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow up and down in the field count."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and not event.modifiers():
            steps = {int(Qt.Key.Key_Up): 1, int(Qt.Key.Key_Down): -1}
            if event.key() in steps:
                self.step(steps[event.key()])
                return True
        return super().eventFilter(watched, event)


class SteppedAnswer(Answer):
    """A whole number, counted or typed."""

    def __init__(self, question: Question, around: Around) -> None:
        super().__init__(question, around)
        self.stepper = self.make()
        self.stepper.field.setAccessibleDescription(question.hint)
        self.stepper.stepped.connect(self.given)
        self.stepper.field.done.connect(self.given)
        self.stepper.field.textEdited.connect(lambda _text: self.typing.emit())
        self.stepper.field.returnPressed.connect(self.onward)
        self.setLayout(column(at_start(self.stepper, 240)))

    def make(self) -> Stepper:
        """The number with its two buttons."""
        raise NotImplementedError

    def value(self) -> object:
        return self.stepper.field.text().strip()

    def first(self) -> QWidget | None:
        return self.stepper.field


class CounterAnswer(SteppedAnswer):
    """Counted up from nothing; never below zero (XLSForm documentation, "Counter")."""

    def make(self) -> Stepper:
        return Stepper(self.question.value, name=self.question.label, least=0, most=MOST, begin=1)


class GroupedAnswer(LineAnswer):
    """A number with the language's marks between thousands (XLSForm documentation, "Thousands separator")."""

    def __init__(self, question: Question, around: Around) -> None:
        super().__init__(question, around)
        self.field.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self.field.setText(grouped(question.value, self.formats))
        self.field.editingFinished.connect(self._set_marks)

    def _set_marks(self) -> None:
        text = grouped(ungrouped(self.field.text(), self.formats), self.formats)
        if text != self.field.text():
            self.field.setText(text)

    def value(self) -> object:
        return ungrouped(self.field.text(), self.formats)


class DigitsAnswer(LineAnswer):
    """A text of digits, such as a phone number or an address number; it is kept just as it is typed."""

    def __init__(self, question: Question, around: Around) -> None:
        super().__init__(question, around)
        self.field.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self.field.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
