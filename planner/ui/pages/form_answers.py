"""What a question is answered with; which class answers what stands in :mod:`planner.ui.pages.form_answers_table`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from planner.forms.answer_files import AnswerFiles, MemoryFiles
from planner.ui.kit.choices import ChoiceGroup
from planner.ui.kit.dates import DateField, TimeField
from planner.ui.kit.fields import Field, TextArea
from planner.ui.kit.layouts import column, flow
from planner.ui.kit.surfaces import Sheet
from planner.ui.kit.text import Text
from planner.ui.pages.at_most import AtMost, at_start
from planner.ui.pages.form_words import day_of, moment_of, shown, time_of
from planner.words import _

if TYPE_CHECKING:
    from planner.forms import Choice, Filling, Question
    from planner.session.filling_desk import FillingDesk
    from planner.ui.formats import Formats
    from planner.ui.page import Desk
    from planner.ui.pages.form_answers_choices_find import Finder
    from planner.ui.pages.form_answers_choices_grid import CardGrid

    Group = ChoiceGroup | CardGrid | Finder


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around an answer: how days are written, where its files are kept, what stands beside the form.

    ``desk`` and ``filling`` are None where a widget stands alone. ``filling`` gives the filling as it is now, because
    undo puts another in its place.
    """

    formats: Formats
    files: AnswerFiles = field(default_factory=MemoryFiles)
    form_files: Mapping[str, bytes] = field(default_factory=dict)
    desk: Desk | None = None
    filling: Callable[[], Filling] | None = None


def around_of(desk: Desk, table: FillingDesk) -> Around:
    """What stands around the answers of a filling on the table."""
    return Around(desk.formats, table.files, table.filling.form.files, desk, lambda: table.filling)


class Answer(QWidget):
    """The face that a page knows. ``given``: an answer stands; ``typing``: it is being typed; ``onward``: go on."""

    given = Signal()
    typing = Signal()
    onward = Signal()

    says_label = False
    """It shows the words of the question itself, as the row of a table does."""
    joined = False
    """It follows what stands above it without air between."""

    def __init__(self, question: Question, around: Around) -> None:
        super().__init__()
        self.question, self.around, self.formats = question, around, around.formats
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def value(self) -> object:
        """What :meth:`Filling.answer` takes."""
        return ""

    def first(self) -> QWidget | None:
        """What takes the keyboard."""
        return None

    def problem(self) -> str:
        """What cannot be read as it is typed, and how it can; empty when all is well."""
        return ""

    def pick(self, number: int) -> bool:
        """Choose the answer of this number, counted from 1; False when there is none."""
        return False


class LineAnswer(Answer):
    """One line."""

    def __init__(self, question: Question, around: Around) -> None:
        super().__init__(question, around)
        self.field = Field(question.value, name=question.label)
        self.field.setAccessibleDescription(question.hint)
        self.field.done.connect(self.given)
        self.field.textEdited.connect(lambda _text: self.typing.emit())
        self.field.returnPressed.connect(self.onward)
        self.setLayout(column(self.field))

    def value(self) -> object:
        return self.field.text()

    def first(self) -> QWidget | None:
        return self.field


class NumberAnswer(LineAnswer):
    """A number; a comma is taken for the point that other languages write."""

    def value(self) -> object:
        typed = self.field.text().strip()
        return typed.replace(",", ".") if typed.count(",") == 1 and "." not in typed else typed


class AreaAnswer(Answer):
    """Several lines, in her own words."""

    def __init__(self, question: Question, around: Around) -> None:
        super().__init__(question, around)
        rows = question.settings.get("rows", "")
        lines = max(2, min(12, int(rows))) if rows.isdecimal() and len(rows) < 4 else 4
        self.area = TextArea(question.value, name=question.label, lines=lines)
        self.area.set_described(question.hint)
        self.area.paper.moveCursor(QTextCursor.MoveOperation.End)
        self.area.done.connect(self.given)
        self.area.changed.connect(self.typing)
        self.setLayout(column(self.area))

    def value(self) -> object:
        return self.area.text()

    def first(self) -> QWidget | None:
        return self.area.paper


class DateAnswer(Answer):
    """A day."""

    def __init__(self, question: Question, around: Around) -> None:
        super().__init__(question, around)
        self.day = DateField(self.formats, day_of(question.value), name=question.label)
        if question.value and day_of(question.value) is None:
            self.day.field.setText(question.value)
        self.day.set_described(question.hint)
        self.day.changed.connect(self.given)
        self.day.field.returnPressed.connect(self.onward)
        self.setLayout(column(at_start(self.day, 320)))

    def value(self) -> object:
        return typed_day(self.day, self.formats) or self.day.field.text()

    def first(self) -> QWidget | None:
        return self.day.field

    def problem(self) -> str:
        return self.day.problem() if typed_day(self.day, self.formats) is None else ""


class TimeAnswer(Answer):
    """A time of day."""

    def __init__(self, question: Question, around: Around) -> None:
        super().__init__(question, around)
        self.hour = TimeField(self.formats, time_of(question.value), name=question.label)
        if question.value and time_of(question.value) is None:
            self.hour.field.setText(question.value)
        self.hour.set_described(question.hint)
        self.hour.changed.connect(self.given)
        self.hour.field.returnPressed.connect(self.onward)
        self.setLayout(column(at_start(self.hour, 220)))

    def value(self) -> object:
        return typed_time(self.hour, self.formats) or self.hour.field.text()

    def first(self) -> QWidget | None:
        return self.hour.field

    def problem(self) -> str:
        return self.hour.problem() if typed_time(self.hour, self.formats) is None else ""


class MomentAnswer(Answer):
    """A day and a time."""

    def __init__(self, question: Question, around: Around) -> None:
        super().__init__(question, around)
        moment = moment_of(question.value)
        self.day = DateField(
            self.formats, day_of(question.value), name=_("{question} Day").format(question=question.label)
        )
        self.hour = TimeField(
            self.formats, moment.time() if moment else None, name=_("{question} Time").format(question=question.label)
        )
        for each in (self.day, self.hour):
            each.changed.connect(self.given)
        self.hour.field.returnPressed.connect(self.onward)
        self.setLayout(flow(AtMost(self.day, 320), AtMost(self.hour, 220), gap=12))

    def value(self) -> object:
        day, hour = typed_day(self.day, self.formats), typed_time(self.hour, self.formats)
        if day is None:
            return self.day.field.text()
        return datetime.combine(day, hour).astimezone() if hour is not None else day.isoformat()

    def first(self) -> QWidget | None:
        return self.day.field

    def problem(self) -> str:
        day = self.day.problem() if typed_day(self.day, self.formats) is None else ""
        return day or (self.hour.problem() if typed_time(self.hour, self.formats) is None else "")


class ChoicesAnswer(Answer):
    """One of several cards, or several of several."""

    many = False

    def __init__(self, question: Question, around: Around) -> None:
        super().__init__(question, around)
        self.group = self.make_group()
        self.group.changed.connect(self.given)
        for card in self.group.cards:
            card.installEventFilter(self)
        self.setLayout(column(self.group))

    def make_group(self) -> Group:
        """The cards."""
        items = [(each.value, each.label, each.hint) for each in self.choices()]
        return ChoiceGroup(items, many=self.many, chosen=self.question.value.split(), name=self.question.label)

    def choices(self) -> tuple[Choice, ...]:
        """What can be chosen."""
        return self.question.choices

    def value(self) -> object:
        return self.group.values()

    def first(self) -> QWidget | None:
        cards = self.group.cards
        return next((card for card in cards if card.isChecked()), cards[0] if cards else None)

    def pick(self, number: int) -> bool:
        if not 1 <= number <= len(self.group.cards):
            return False
        card = self.group.cards[number - 1]
        card.setFocus(Qt.FocusReason.ShortcutFocusReason)
        card.click()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter on the answer that is chosen already goes on."""
        enter = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _ENTER
        if enter and not self.many and isinstance(watched, QAbstractButton) and watched.isChecked():
            self.onward.emit()
            return True
        return super().eventFilter(watched, event)


class TicksAnswer(ChoicesAnswer):
    """Several of several."""

    many = True


class AcknowledgeAnswer(TicksAnswer):
    """A tick that says: read."""

    def choices(self) -> tuple[Choice, ...]:
        from planner.forms import Choice

        return (Choice("OK", _("I have read this")),)


class ReadonlyAnswer(Answer):
    """What the form has worked out, to be read."""

    def __init__(self, question: Question, around: Around) -> None:
        super().__init__(question, around)
        words = Text(shown(question, self.formats) or _("Nothing yet"), "lead")
        self.setLayout(column(Sheet(column(words, margins=(16, 12, 16, 12)), "well", "control")))


_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def typed_day(field: DateField, formats: Formats) -> date | None:
    """The day as it stands in a field, also while it is still being typed."""
    text = field.field.text()
    value = field.value()
    return value if value is not None and text == formats.day_full(value) else formats.read_day(text)


def typed_time(field: TimeField, formats: Formats) -> time | None:
    """The time as it stands in a field, also while it is still being typed."""
    text = field.field.text()
    value = field.value()
    return value if value is not None and text == formats.time(value) else formats.read_time(text)
