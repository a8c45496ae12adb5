"""One thing that could go into the plan: kept, changed in its place, or left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from planner.plan.limits import field_name as limit_field
from planner.plan.paper_days import STATES, field_name
from planner.plan.records import (
    Appointment,
    Barrier,
    CheckIn,
    Goal,
    Helper,
    Record,
    Step,
    SupportContact,
    TimeLimit,
    TrackedPaper,
)
from planner.plan.scales import in_order, scale_words
from planner.session.proposals import SCALE, differences_between
from planner.session.types import Choice, Decision, Proposal
from planner.ui.kit.buttons import Button, Segment
from planner.ui.kit.dates import DateField, TimeField
from planner.ui.kit.fields import Field, FieldRow, PhoneField
from planner.ui.kit.layouts import TOP, Box, clear, column, flow, hold, row
from planner.ui.kit.picker import Picker
from planner.ui.kit.text import Icon, Text
from planner.ui.pages.at_most import AtMost
from planner.ui.pages.clocks_words import limit_lines
from planner.ui.pages.form_answers import typed_day, typed_time
from planner.ui.pages.form_words import day_of, time_of
from planner.ui.pages.papers_words import (
    paper_lines,
    rating_items,
    rating_words,
    scale_names,
    title_words,
    with_ratings,
)
from planner.ui.pages.proposal_words import FIELDS, TIMES, difference_words, icon_of, kind_words
from planner.words import _, c_

if TYPE_CHECKING:
    from planner.ui.formats import Formats


class ProposalCard(QWidget):
    """What is proposed, and what she says to it. ``said`` is what was said before, as :meth:`saying` gives it."""

    changed = Signal()

    def __init__(self, proposal: Proposal, formats: Formats, said: Mapping[str, Any]) -> None:
        super().__init__()
        self.proposal, self._formats = proposal, formats
        self._choice = (
            Choice(said["choice"])
            if str(said.get("choice")) in set(Choice)
            else Choice.DROP
            if proposal.offered_out
            else Choice.KEEP
        )
        typed = said.get("fields")
        self._fields: dict[str, str] = _what_can_be_typed(proposal.record, typed if isinstance(typed, dict) else {})
        steps = said.get("steps")
        self._steps: list[str] | None = [str(each) for each in steps] if isinstance(steps, list) else None
        self._editor: Editor | None = None
        self._title = Text("", "row")
        self._kind = Text("", "body", "ink_soft")
        self._below = Box(True, 0, (0, 0, 0, 0))
        words = (_("Update"), _("Leave as it is")) if proposal.existing is not None else (_("Keep"), _("Leave out"))
        self.tray = Segment(words, 0 if self._choice is Choice.KEEP else 1)
        self.tray.chosen_changed.connect(self._chosen)
        self.change = Button(_("Change"), "quiet", icon="edit", compact=True, on=self._edit)
        self._place = Box(True, 0, (0, 12, 0, 0))
        self._icon = Icon(icon_of(proposal.record), "ink_soft", box=24, box_height=24)
        inner = column(self._title, self._kind, 4, self._below, 12, flow(self.tray, self.change, gap=8), self._place)
        self.setLayout(row((self._icon, TOP), (inner, 1), gap=12, margins=(8, 16, 8, 16)))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._show()

    # ---------------------------------------------------------------- what she said

    @property
    def record(self) -> Record:
        """The record with her changes in it."""
        record = self.proposal.record
        values: dict[str, Any] = dict(self._fields)
        for name in ("time", "state"):
            # What was said to another version of the form may fit nothing any more.
            kind = type(getattr(record, name, None))
            if name in values and issubclass(kind, StrEnum) and values[name] in set(kind):
                values[name] = kind(values[name])
            else:
                values.pop(name, None)
        if "phone" in values:
            first = dict(record.phones[0]) if isinstance(record, SupportContact) and record.phones else {"label": ""}
            rest = record.phones[1:] if isinstance(record, SupportContact) else ()
            number = values.pop("phone")
            values["phones"] = (*(({**first, "number": number},) if number else ()), *rest)
        if isinstance(record, CheckIn):
            scales = {name.removeprefix(SCALE): value for name, value in values.items() if name.startswith(SCALE)}
            values |= {"scales": with_ratings(record, scales)} if scales else {}
        known = {each.name for each in fields(record)}
        values = {name: value for name, value in values.items() if name in known}
        return replace(record, **values) if values else record

    @property
    def parts(self) -> tuple[Record, ...]:
        """What comes with it, with her changes in it; a step without words is left out."""
        if self._steps is None:
            return self.proposal.parts
        offered = [part for part in self.proposal.parts if isinstance(part, Step)]
        made: list[Record] = []
        for number, title in enumerate(self._steps):
            if title.strip():
                before = offered[number] if number < len(offered) else Step(goal=self.proposal.record.id)
                made.append(replace(before, title=title.strip()))
        return (*made, *(part for part in self.proposal.parts if not isinstance(part, Step)))

    def decision(self) -> Decision:
        """What the session needs."""
        return Decision(self.proposal.origin, self._choice, self.record, self.parts)

    def saying(self) -> dict[str, Any]:
        """What she said, as JSON values; empty while it is as it was offered."""
        said: dict[str, Any] = {}
        if self._choice is not (Choice.DROP if self.proposal.offered_out else Choice.KEEP):
            said["choice"] = self._choice.value
        if self._fields:
            said["fields"] = dict(self._fields)
        if self._steps is not None:
            said["steps"] = list(self._steps)
        return said

    @property
    def is_kept(self) -> bool:
        """Whether it would go into the plan now."""
        return self._choice is Choice.KEEP

    def choose(self, choice: Choice) -> None:
        """As if she had pressed it."""
        if choice is not self._choice:
            index = 0 if choice is Choice.KEEP else 1
            self.tray.choose(index)
            self._chosen(index)

    # ---------------------------------------------------------------- showing

    def _show(self) -> None:
        record = self.record
        kept = self._choice is Choice.KEEP
        title = title_words(record, self._formats)
        self._title.setText(title)
        self._title.set_colour("ink" if kept else "ink_soft")
        self._kind.setText(kind_words(record, self._formats, self.proposal.about))
        name = _("{what}: in the plan or not").format(what=title)
        self.tray.setAccessibleName(name)
        for part in self.tray.findChildren(QWidget):
            part.setAccessibleDescription(title)
        self.change.set_words(_("Change"), _("Change: {what}").format(what=title))
        self.change.setVisible(kept)
        clear(self._below)
        if self.proposal.there:
            self._below.put(Text(_("This goal stands in the plan already."), "body", "ink_soft"))
        if kept:
            for line in self._lines():
                self._below.put(line)

    def _lines(self) -> Iterator[QWidget]:
        if self.proposal.existing is not None:
            of_parts = [each for each in self.proposal.differences if each.field in _PARTS]
            told = [*differences_between(self.proposal.existing, self.record), *of_parts]
            head = _("It is in your plan already. This would be new:") if told else _("It stays as it is in your plan.")
            yield Text(head, "body", "ink_soft")
            for each in told:
                yield _bullet(difference_words(each, self._formats))
            return
        yield from (_bullet(words) for words in _told(self.record))
        for part in self.parts:
            if isinstance(part, Step):
                when = f" ({part.when})" if part.when else ""
                yield _bullet(f"{part.title}{when}")
        for part in self.proposal.parts:
            if isinstance(part, Barrier):
                yield Text(f"{part.what}: {part.way_round}" if part.way_round else part.what, "body", "ink_soft")
            elif isinstance(part, Helper):
                yield Text(_("{name} helps").format(name=part.name), "body", "ink_soft")

    def _chosen(self, index: int) -> None:
        self._choice = Choice.DROP if index else Choice.KEEP
        if index:
            self._shut()
        self._show()
        self.changed.emit()

    # ---------------------------------------------------------------- changing

    def _edit(self) -> None:
        if self._editor is not None:
            self._shut()
            return
        offered = [part.title for part in self.proposal.parts if isinstance(part, Step)]
        self._editor = Editor(self.record, self._steps if self._steps is not None else offered, self._formats)
        self._editor.changed.connect(self._edited)
        self._editor.closed.connect(self._shut)
        self._place.put(self._editor)
        first = self._editor.first()
        # Only once it has its place can it be brought into sight.
        QTimer.singleShot(0, first, first.setFocus)

    def _edited(self) -> None:
        if self._editor is None:
            return  # a field that loses the keyboard as its editor is taken away
        self._fields = self._editor.fields(self.proposal.record)
        if isinstance(self.proposal.record, Goal):
            self._steps = self._editor.steps()
        self._show()
        self.changed.emit()

    def commit(self) -> None:
        """Take over what is half typed."""
        if self._editor is not None:
            self._edited()

    def _shut(self) -> None:
        if self._editor is not None:
            self._edited()
            self._editor = None
            clear(self._place)
            self.change.setFocus()


def _told(record: Record) -> Iterator[str]:
    """What a paper or a check-in says beyond its title."""
    if isinstance(record, TrackedPaper):
        yield from paper_lines(record)
    elif isinstance(record, TimeLimit):
        yield from limit_lines(record)
    elif isinstance(record, CheckIn):
        yield from (rating_words(name, value) for name, value in in_order(record.ratings).items())
        if record.note:
            yield record.note


def _bullet(words: str) -> QWidget:
    return hold(row((Text("–", "body", "ink_soft", wrap=False), TOP), (Text(words), 1), gap=8))


class Editor(QWidget):
    """The fields of a proposal, to be changed in their place."""

    changed = Signal()
    closed = Signal()

    def __init__(self, record: Record, steps: list[str], formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self._fields: dict[str, Field] = {}
        self._time: Picker | None = None
        self._day: DateField | None = None
        self._hour: TimeField | None = None
        self._step_fields: list[Field] = []
        self._steps_place = Box(True, 8, (0, 0, 0, 0))
        self._original_starts = record.starts if isinstance(record, Appointment) else ""
        self._pickers: dict[str, Picker] = {}
        self._ends: DateField | None = None
        self._ends_name = "expires"
        whole = Box(True, 16, (0, 0, 0, 0))
        if isinstance(record, CheckIn):
            for name in scale_names(record):
                whole.put(self._picker(f"{SCALE}{name}", scale_words(name), rating_items(), _rating(record, name)))
        for name in _LINES.get(record.kind, ("name",)):
            whole.put(self._line(name, record))
        if isinstance(record, TrackedPaper):
            states = [(state.value, _(words)) for state, words in STATES.items()]
            whole.put(self._picker("state", field_name("state"), states, record.state.value))
            whole.put(self._end("expires", record.expires, field_name("expires")))
        if isinstance(record, TimeLimit):
            whole.put(self._end("due", record.due, limit_field("due")))
        if isinstance(record, Goal):
            self._time = Picker([(time.value, _(words)) for time, words in TIMES.items()], record.time.value)
            self._time.changed.connect(self.changed)
            whole.put(FieldRow(c_("goal", "When is it for?"), self._time))
            more = Button(_("Add a step"), "quiet", icon="plus", compact=True, on=self._add_step)
            whole.put(column(Text(_("Steps"), "label", weight=600), 6, self._steps_place, 4, more))
            for step in steps:
                self._put_step(step)
        if isinstance(record, Appointment):
            self._day = DateField(formats, day_of(record.starts))
            self._hour = TimeField(formats, time_of(record.starts) if "T" in record.starts else None)
            for field in (self._day, self._hour):
                field.changed.connect(self.changed)
            day, hour = FieldRow(_("Which day"), self._day), FieldRow(_("At what time"), self._hour, optional=True)
            whole.put(flow(AtMost(day, 300), AtMost(hour, 220), gap=12))
        whole.put(flow(Button(_("That is right"), "plain", icon="check", compact=True, on=self.closed.emit)))
        self.setLayout(whole)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def _end(self, name: str, day: str, words: str) -> QWidget:
        self._ends_name, self._ends = name, DateField(self._formats, day_of(day))
        self._ends.changed.connect(self.changed)
        return AtMost(FieldRow(words, self._ends, optional=True), 300)

    def _line(self, name: str, record: Record) -> FieldRow:
        if name == "phone":
            phones = record.phones if isinstance(record, SupportContact) else ()
            field: Field = PhoneField(str(phones[0].get("number", "")) if phones else "")
        else:
            field = Field(str(getattr(record, name)))
        field.done.connect(self.changed)
        self._fields[name] = field
        kept_as = "phones" if name == "phone" else name
        return FieldRow(_(FIELDS[kept_as]), field)

    def _picker(self, name: str, words: str, items: list[tuple[str, str]], value: str) -> QWidget:
        picker = Picker(items, value, name=words)
        picker.changed.connect(self.changed)
        self._pickers[name] = picker
        return AtMost(FieldRow(words, picker), 300)

    def _put_step(self, title: str) -> Field:
        field = Field(title, name=_("Step {n}").format(n=len(self._step_fields) + 1))
        field.done.connect(self.changed)
        self._step_fields.append(field)
        self._steps_place.put(field)
        return field

    def _add_step(self) -> None:
        self._put_step("").setFocus()

    def first(self) -> QWidget:
        """The first field."""
        scales = (picker for name, picker in self._pickers.items() if name.startswith(SCALE))
        return next(iter((*scales, *self._fields.values())))

    def steps(self) -> list[str]:
        """The steps as typed; an emptied one stays as an empty text, so that the others keep their places."""
        return [field.text() for field in self._step_fields]

    def fields(self, record: Record) -> dict[str, str]:
        """What is another than in ``record``; a name or title that was emptied stays as it is."""
        made: dict[str, str] = {}
        for name, field in self._fields.items():
            typed = field.text().strip()
            if name == "phone":
                before = (
                    str(record.phones[0].get("number", ""))
                    if isinstance(record, SupportContact) and record.phones
                    else ""
                )
            else:
                before = str(getattr(record, name))
            if typed != before and (typed or name not in {"title", "name", "line"}):
                made[name] = typed
        for name, picker in self._pickers.items():
            before = _rating(record, name.removeprefix(SCALE)) if name != "state" else str(getattr(record, name))
            if picker.value() != before:
                made[name] = picker.value()
        if self._ends is not None:
            before = str(getattr(record, self._ends_name))
            ends = typed_day(self._ends, self._formats)
            nothing = not self._ends.field.text().strip()
            now = "" if nothing else ends.isoformat() if ends is not None else before[:10]
            # A last day may have an hour with it, which stays as long as the day does.
            if now != before[:10]:
                made[self._ends_name] = now
        if self._time is not None and isinstance(record, Goal) and self._time.value() != record.time.value:
            made["time"] = self._time.value()
        if isinstance(record, Appointment) and self._starts() not in {"", record.starts}:
            made["starts"] = self._starts()
        return made

    def _starts(self) -> str:
        day = typed_day(self._day, self._formats) if self._day is not None else None
        hour = typed_time(self._hour, self._formats) if self._hour is not None else None
        if day is None:
            return self._original_starts
        return f"{day.isoformat()}T{hour:%H:%M}" if hour is not None else day.isoformat()


def _rating(record: Record, name: str) -> str:
    """The value of a scale as its picker has it; empty where it is left out."""
    return str(record.ratings.get(name, "")) if isinstance(record, CheckIn) else ""


def _what_can_be_typed(record: Record, said: Mapping[str, Any]) -> dict[str, str]:
    """What was said to a proposal earlier.

    A copy of the notebook that somebody handed over may hold anything there: what no field of the editor could have
    said, such as the id of another record, counts for nothing.
    """
    own = {*_LINES.get(record.kind, ("name",)), *_BESIDE_LINES.get(record.kind, ())}
    return {
        str(name): str(value)
        for name, value in said.items()
        if name in own or (isinstance(record, CheckIn) and str(name).startswith(SCALE))
    }


_PARTS = frozenset({Step.kind, Helper.kind, Barrier.kind})
_BESIDE_LINES = {
    "goal": ("time",),
    "appointment": ("starts",),
    "tracked-paper": ("state", "expires"),
    "clock": ("due",),
}
_LINES: dict[str, tuple[str, ...]] = {
    "step": ("title", "when", "with_whom"),
    "tracked-paper": ("title", "where_to_ask", "cost", "fee_waiver", "safe_address"),
    "clock": ("title",),
    "check-in": ("note",),
    "safety-line": ("line",),
    "goal": ("title", "why"),
    "appointment": ("title", "place"),
    "contact": ("name", "role", "phone"),
    "dependent": ("name", "relation", "needs"),
}
