"""Days in parts: a month of a year, a year alone, or day, month and year without a calendar."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from planner.ui.kit.dates import TimeField
from planner.ui.kit.fields import Field
from planner.ui.kit.layouts import column, flow, hold
from planner.ui.kit.picker import Picker
from planner.ui.kit.text import Text
from planner.ui.pages.at_most import AtMost
from planner.ui.pages.form_answers import Answer, Around, typed_time
from planner.ui.pages.form_answers_numbers import SteppedAnswer, Stepper
from planner.ui.pages.form_words import moment_of, time_of
from planner.words import _, c_

if TYPE_CHECKING:
    from planner.forms import Question
    from planner.ui.formats import Formats

_KEPT = re.compile(r"(?:(\d{4})|-)(?:-(\d\d)|-)?(?:-(\d\d))?(?:T.*)?\Z", re.ASCII)
"""A day, or the parts of one that are known, as XML Schema writes them: 2026-03, --03, --03-12, ---12."""


class Parts(NamedTuple):
    """The parts of a day that are known; 0 for those that are not."""

    year: int = 0
    month: int = 0
    day: int = 0

    @property
    def text(self) -> str:
        """As it is kept: a whole day, or what is known of it."""
        year = f"{self.year:04}" if self.year else "-"
        month = f"-{self.month:02}" if self.month else "-" if self.day else ""
        text = f"{year}{month}{f'-{self.day:02}' if self.day else ''}"
        return "" if text == "-" else text


def parts_of(text: str) -> Parts:
    """The parts of a kept day."""
    found = _KEPT.match(text)
    return Parts(*(int(each or 0) for each in found.groups())) if found else Parts()


class DayParts(QWidget):
    """Day, month and year, each of its own; ``day`` False leaves the day away. Arrow keys count in each."""

    changed = Signal()
    typing = Signal()
    entered = Signal()

    def __init__(self, formats: Formats, text: str, *, name: str, hint: str, day: bool) -> None:
        """``text`` is what is kept."""
        super().__init__()
        self._formats, self._with_day = formats, day
        known = parts_of(text)
        self.other = text if text and known == Parts() else ""
        """What is kept and no day at all; it stays until something is typed."""
        self.day = self._field(str(known.day or ""), _("{question} Day").format(question=name), 31)
        months = [("", _("Choose one"))] + [(str(n), formats.month(n)) for n in range(1, 13)]
        self.month = Picker(months, str(known.month or ""), name=_("{question} Month").format(question=name))
        self.year = self._field(str(known.year or ""), _("{question} Year").format(question=name), 9999)
        for part in (self.day, self.month, self.year):
            part.setAccessibleDescription(hint)
        self.month.changed.connect(self._changed)
        named = [
            (self.day, c_("part of a day", "Day"), 88),
            (self.month, c_("part of a day", "Month"), 200),
            (self.year, c_("part of a day", "Year"), 112),
        ]
        if formats.month_first:
            named = [named[1], named[0], named[2]]
        if not day:
            named = [each for each in named if each[0] is not self.day]
            self.day.hide()
        self.parts = [part for part, _words, _width in named]
        things = [AtMost(hold(column(Text(words, "body", "ink_soft"), 4, part)), width) for part, words, width in named]
        self.setLayout(flow(*things, gap=12))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def _field(self, text: str, name: str, most: int) -> Field:
        field = Field(text, name=name)
        field.setMaxLength(len(str(most)))
        field.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        field.setProperty("most", most)
        field.textEdited.connect(lambda _text: self._typed())
        field.done.connect(self._changed)
        field.returnPressed.connect(lambda f=field: self._entered(f))
        field.installEventFilter(self)
        return field

    def _typed(self) -> None:
        self.other = ""
        self.typing.emit()

    def _changed(self) -> None:
        self.other = ""
        self.changed.emit()

    def _entered(self, field: Field) -> None:
        after = self.parts[self.parts.index(field) + 1 :] if field in self.parts else []
        if after:
            after[0].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.entered.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow up and down count; the year begins with this one."""
        pressed = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and not event.modifiers()
        if pressed and isinstance(watched, Field) and isinstance(event, QKeyEvent):
            by = {int(Qt.Key.Key_Up): 1, int(Qt.Key.Key_Down): -1}.get(event.key(), 0)
            if by:
                self._step(watched, by)
                return True
        return super().eventFilter(watched, event)

    def _step(self, field: Field, by: int) -> None:
        now, most = _number(field.text()), int(field.property("most"))
        begin = self._formats.today().year if field is self.year else 1 if by > 0 else most
        field.setText(str(begin if not now else max(1, min(most, now + by))))
        self._changed()

    def known(self) -> Parts:
        """What is typed and chosen now. A year of two figures is the one nearest to this year."""
        year = _number(self.year.text())
        if year and len(self.year.text().strip()) <= 2:
            now = self._formats.today().year
            year = min((now - now % 100 + year + add for add in (-100, 0, 100)), key=lambda each: abs(each - now))
        return Parts(year, int(self.month.value() or 0), _number(self.day.text()) if self._with_day else 0)

    def found(self) -> date | None:
        """The day, or None as long as it is none."""
        known = self.known()
        try:
            return date(known.year, known.month, known.day if self._with_day else 1)
        except ValueError:
            return None

    def text(self) -> str:
        """What is kept: the day, else the parts that are known, else what stood there."""
        found = self.found()
        return found.isoformat() if found is not None else self.known().text or self.other

    def problem(self) -> str:
        """What is missing, softly; empty when nothing is or nothing was begun."""
        known = self.known()
        if known == Parts() or self.found() is not None:
            return ""
        if not known.year:
            return _("Which year is it? You can also leave it empty.")
        if not known.month:
            return _("Which month is it? You can also leave it empty.")
        if self._with_day and not known.day:
            return _("Which day is it? You can also leave it empty.")
        return _("This month has no such day. You can also leave it empty.")


def _number(text: str) -> int:
    text = text.strip()
    return int(text) if text.isdecimal() and text.isascii() else 0


class PartsAnswer(Answer):
    """Day, month and year without a calendar."""

    with_day = True

    def __init__(self, question: Question, around: Around) -> None:
        super().__init__(question, around)
        self.parts = DayParts(self.formats, question.value, name=question.label, hint=question.hint, day=self.with_day)
        self.parts.changed.connect(self.given)
        self.parts.typing.connect(self.typing)
        self.parts.entered.connect(self.onward)
        self.setLayout(column(self.parts))

    def value(self) -> object:
        return self.parts.text()

    def first(self) -> QWidget | None:
        return self.parts.parts[0]

    def problem(self) -> str:
        return self.parts.problem()


class MonthAnswer(PartsAnswer):
    """A month of a year; the first day of it is kept, as Collect does."""

    with_day = False


class YearAnswer(SteppedAnswer):
    """A year; its first day is kept."""

    def make(self) -> Stepper:
        kept = parts_of(self.question.value)
        text = str(kept.year) if kept.year else self.question.value
        name, now = self.question.label, self.formats.today().year
        return Stepper(text, name=name, least=1, most=9999, begin=now)

    def value(self) -> object:
        number = self.stepper.number()
        if number is None or not 1 <= number <= 9999:
            return self.stepper.field.text().strip()
        if number == parts_of(self.question.value).year and not self.question.value.endswith("-01-01"):
            return self.question.value  # only the year is shown of it: the day that was kept stays
        return date(number, 1, 1)

    def problem(self) -> str:
        text = self.stepper.field.text().strip()
        number = self.stepper.number()
        if not text or (number is not None and 1 <= number <= 9999):
            return ""
        now = self.formats.today().year
        return _("A year looks like {example}. You can also leave it empty.").format(example=now)


class MomentPartsAnswer(Answer):
    """A day in its parts, and a time."""

    def __init__(self, question: Question, around: Around) -> None:
        super().__init__(question, around)
        moment = moment_of(question.value)
        name = question.label
        self.parts = DayParts(self.formats, question.value, name=name, hint=question.hint, day=True)
        at = moment.time() if moment else time_of(question.value) if "T" in question.value else None
        self.hour = TimeField(self.formats, at, name=_("{question} Time").format(question=name))
        for signal in (self.parts.changed, self.hour.changed):
            signal.connect(self.given)
        self.parts.typing.connect(self.typing)
        self.parts.entered.connect(lambda: self.hour.field.setFocus(Qt.FocusReason.TabFocusReason))
        self.hour.field.returnPressed.connect(self.onward)
        clock = hold(column(Text(c_("part of a day", "Time"), "body", "ink_soft"), 4, self.hour))
        self.setLayout(column(self.parts, 12, AtMost(clock, 220)))

    def value(self) -> object:
        found, hour = self.parts.found(), typed_time(self.hour, self.formats)
        if found is None or hour is None:
            return self.parts.text()
        return datetime.combine(found, hour).astimezone()

    def first(self) -> QWidget | None:
        return self.parts.parts[0]

    def problem(self) -> str:
        missing = self.hour.problem() if typed_time(self.hour, self.formats) is None else ""
        return self.parts.problem() or missing
