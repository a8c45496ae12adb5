"""A person's card as fields: saved as they are typed; a new record is made at the first word of a name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from planner.plan.records import Dependent, Ring, SupportContact, new_id
from planner.ui.everyday import leave_out
from planner.ui.kit.buttons import Button
from planner.ui.kit.dates import DateField
from planner.ui.kit.disclosure import Disclosure
from planner.ui.kit.fields import Field, FieldRow, TextArea
from planner.ui.kit.layouts import MIDDLE, Item, column, flow, hold, row
from planner.ui.kit.picker import Picker
from planner.ui.kit.text import Rule, Text
from planner.ui.pages.erase_entry import erase_button
from planner.ui.pages.people_parts import ChipsField, PhonesField, ReachField, grows
from planner.ui.pages.people_words import (
    as_day,
    if_near_words,
    language_kept,
    language_words,
    ring_words,
)
from planner.ui.pages.plan_layouts import Pair
from planner.ui.pages.plan_typing import Pen
from planner.ui.pages.plan_words import Hand, one_line
from planner.words import _, c_

Kept = SupportContact | Dependent


@dataclass(frozen=True)
class Actions:
    """What the buttons under the fields do; each gets nothing and is told by the page what is open."""

    done: Callable[[], object]
    remove: Callable[[], object]
    move: Callable[[], object]


@dataclass(frozen=True)
class _Bound:
    """A field of the record, how it is read from the screen and how it is shown there."""

    name: str
    get: Callable[[], Any]
    put: Callable[[Any], object]


class CardFields(QWidget):
    """What all cards of fields share; a subclass binds its fields and says what a new record is."""

    def __init__(self, hand: Hand, actions: Actions) -> None:
        """``hand`` writes."""
        super().__init__()
        self.hand, self._asked = hand, actions
        self.record: Kept | None = None
        self.id = new_id()
        self.pen = Pen(self, self._keep)
        self._bound: list[_Bound] = []
        self._as_shown: dict[str, Any] = {}
        self.head = Text("", "question", align=MIDDLE)
        self.top_button = Button(c_("fields", "Done"), "quiet", icon="check", compact=True, on=self._done)
        self.top = row((self.head, 1), self.top_button, gap=12)
        self.name = Field()
        self.name_row = FieldRow(_("Name"), self.name, hint=_("A name is enough. Any name you know them by."))
        self.bind_line("name", self.name)
        self.done_button = Button(c_("fields", "Done"), "main", icon="check", on=self._done)
        self.erase_button = erase_button(hand.desk, lambda: self.record.id if self.record is not None else "")
        grows(self)

    # ---------------------------------------------------------------- binding

    def bind(self, name: str, get: Callable[[], Any], put: Callable[[Any], object]) -> None:
        """A field of the record that is read by ``get`` and shown by ``put``."""
        self._bound.append(_Bound(name, get, put))

    def bind_line(self, name: str, field: Field) -> None:
        """One typed line."""
        self.pen.watch(field)
        self.bind(name, lambda: one_line(field.text()), lambda text: self.pen.fill(field, str(text)))

    def bind_area(self, name: str, area: TextArea) -> None:
        """Several typed lines."""
        self.pen.watch(area)
        self.bind(name, lambda: area.text().strip(), lambda text: self.pen.fill(area, str(text)))

    def bind_chips(self, name: str, chips: ChipsField) -> None:
        """A short list."""
        chips.changed.connect(self.touched)

        def put(values: Sequence[str]) -> None:
            chips.empty_field()
            chips.set_values(tuple(values))

        self.bind(name, chips.values, put)

    def touched(self) -> None:
        """Something was chosen: save it at once."""
        self.pen.waiting = True
        self.pen.flush()

    # ---------------------------------------------------------------- what is shown

    def blank(self) -> Kept:
        """A new record with nothing in it."""
        raise NotImplementedError

    def _put(self, record: Kept, *, all_of_it: bool) -> None:
        for bound in self._bound:
            value = getattr(record, bound.name)
            if all_of_it or bound.get() != value:
                bound.put(value)
            self._as_shown[bound.name] = bound.get()

    def begin(self) -> None:
        """Fields for somebody new; what was typed before a name was there is still in them."""
        if self.record is not None or not self._as_shown:
            self.clear()

    def clear(self) -> None:
        """Begin anew."""
        self.pen.drop()
        self.record, self.id = None, new_id()
        self._put(self.blank(), all_of_it=True)
        self.name_row.ask("")
        self.show_heads()

    def show_record(self, record: Kept) -> None:
        """Show what is stored; what is being typed stays as it is."""
        new = record.id != self.id
        if new:
            self.pen.drop()
            self.name_row.ask("")
        self.record, self.id = record, record.id
        if not self.pen.waiting:
            self._put(record, all_of_it=new)
        self.show_heads()

    def show_heads(self) -> None:
        """Whatever depends on whether the record is new."""

    # ---------------------------------------------------------------- what is kept

    def values(self) -> dict[str, Any]:
        """Everything as it stands on the screen."""
        return {bound.name: bound.get() for bound in self._bound}

    def draft(self) -> dict[str, Any] | None:
        """What is typed and has no name yet, as JSON values; None when there is nothing."""
        if self.record is not None:
            return None
        changed = {name: value for name, value in self.values().items() if value != self._as_shown.get(name)}
        return {name: _plain(value) for name, value in changed.items()} or None

    def take_draft(self, data: dict[str, Any]) -> None:
        """Put back what :meth:`draft` gave."""
        for bound in self._bound:
            if bound.name in data:
                bound.put(data[bound.name])

    def flush(self) -> None:
        """Save what is typed."""
        self.pen.waiting = self.pen.waiting or self._differs()
        self.pen.flush()

    def _differs(self) -> bool:
        return any(value != self._as_shown.get(name) for name, value in self.values().items())

    def _keep(self) -> bool:
        values = self.values()
        if self.record is None:
            if not values["name"]:
                return True
            made = type(self.blank())(**{**_stored(self.blank()), **values, "id": self.id})
            return self.hand.write(_("Add a person"), lambda edit: edit.add(made))
        record = self.record
        changed = {name: value for name, value in values.items() if value != self._as_shown.get(name)}
        if not values["name"]:
            changed.pop("name", None)
        if not changed:
            return True
        words = _("Change what is written about a person")
        return self.hand.write(words, lambda edit: edit.change(record.id, **changed))

    def _done(self) -> None:
        if not one_line(self.name.text()) and (self.record is not None or self._differs()):
            self.name_row.ask(_("Any name is enough, a short one or one you make up."))
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.flush()
        self._asked.done()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc is done, too."""
        if event.key() == Qt.Key.Key_Escape:
            self._done()
        else:
            super().keyPressEvent(event)


def _stored(record: Kept) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.to_fields()}


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    return list(value) if isinstance(value, tuple) else value


def _part(head: str, *items: Item) -> Disclosure:
    return Disclosure(head, head, hold(column(*items, margins=(0, 4, 0, 8))))


class ContactFields(CardFields):
    """Somebody in her life."""

    def __init__(self, hand: Hand, actions: Actions) -> None:
        super().__init__(hand, actions)
        self.role, self.organisation, self.email = Field(), Field(), Field()
        self.ring = Picker([(ring.value, ring_words(ring)) for ring in Ring], Ring.AROUND.value)
        self.call = ReachField(_("Call"), _("When is a good time?"))
        self.message = ReachField(_("Leave a message"), _("What to know about messages"), _("Who else may hear it?"))
        self.text = ReachField(_("Text message"), _("What to know about texts"), _("Who else may read it?"))
        self.our_word = TextArea(lines=1, most=4)
        self.phones = PhonesField(self.pen.watch)
        self.languages = ChipsField(shown=language_words, kept=language_kept)
        self.knows, self.knows_not = ChipsField(), ChipsField()
        self.note = TextArea(lines=2, most=6)
        self._bind()
        self.reach_part = _part(_("How to reach them safely"), *self._reach_items())
        self.numbers_part = _part(_("Numbers and languages"), *self._number_items())
        self.knows_part = _part(_("What they know"), *self._knows_items())
        note = FieldRow(_("Note"), self.note, hint=_("Keep it short. No story is needed."))
        self.note_part = _part(_("A note"), note)
        self.away_button = Button(
            _("Be careful with this person"), "quiet", icon="shield", centred=False, on=actions.move
        )
        self.gone_button = Button(_("Remove this person"), "quiet", on=actions.remove)
        self._lay()

    def _bind(self) -> None:
        for name, field in (("role", self.role), ("organisation", self.organisation), ("email", self.email)):
            self.bind_line(name, field)
        self.ring.changed.connect(self.touched)
        self.bind("ring", lambda: Ring(self.ring.value()), lambda ring: self.ring.choose(Ring(ring).value))
        for name, about, way in (
            ("call", "call_when", self.call),
            ("message", "message_note", self.message),
            ("text", "text_note", self.text),
        ):
            way.changed.connect(self.touched)
            self.bind(name, way.value, way.choose)
            self.bind_line(about, way.note)
        self.bind_area("our_word", self.our_word)
        self.phones.changed.connect(self.touched)
        self.bind("phones", self.phones.values, lambda phones: self.phones.set_values(tuple(phones)))
        self.bind_chips("languages", self.languages)
        self.bind_chips("knows", self.knows)
        self.bind_chips("knows_not", self.knows_not)
        self.bind_area("note", self.note)

    def _reach_items(self) -> list[Item]:
        word = _("For example: “The bread is sold out” means: call me later.")
        return [self.call, 20, self.message, 20, self.text, 20, FieldRow(_("Our word"), self.our_word, hint=word)]

    def _number_items(self) -> list[Item]:
        return [
            Text(_("Phone numbers"), "label", weight=600),
            6,
            self.phones,
            16,
            FieldRow(_("E-mail"), self.email),
            16,
            FieldRow(_("Languages"), self.languages),
        ]

    def _knows_items(self) -> list[Item]:
        knows = FieldRow(_("They know"), self.knows, hint=_("For example: my room, or my new name"))
        not_yet = FieldRow(_("They do not know"), self.knows_not, hint=_("What should stay private"))
        return [knows, 20, not_yet]

    def _lay(self) -> None:
        about = Pair(16)
        about.add(
            FieldRow(_("How close"), self.ring),
            FieldRow(_("Who is this?"), self.role, hint=self._example()),
        )
        parts: list[Item] = []
        for part in (self.reach_part, self.numbers_part, self.knows_part, self.note_part):
            parts += [Rule(above=8, below=4), part]
        buttons = flow(self.done_button, self.away_button, self.gone_button, self.erase_button, gap=12)
        self.setLayout(
            column(
                self.top,
                12,
                self.name_row,
                12,
                about,
                12,
                FieldRow(_("Place or group"), self.organisation, optional=True),
                8,
                *parts,
                Rule(above=8, below=16),
                buttons,
            )
        )
        leave_out(self.hand.desk, self.reach_part, self.knows_part, self.away_button)

    def _example(self) -> str:
        if self.hand.desk.session.everyday:
            return _("For example: a friend, my aunt, my dentist")
        return _("For example: a friend, my aunt, my lawyer")

    def blank(self) -> SupportContact:
        """Somebody around her."""
        return SupportContact()

    def show_heads(self) -> None:
        """A heading for somebody new; what can be done with somebody who is there."""
        new = self.record is None
        self.head.setText(self.record.name if self.record else _("A new person"))
        for button in (self.away_button, self.gone_button, self.erase_button):
            button.setVisible(not new)

    def open_parts(self, contact: SupportContact | None, reach: bool = False) -> None:
        """Open what has something in it; for somebody new, nothing. Numbers stay covered until they are opened."""
        found = contact or SupportContact()
        self.reach_part.set_open(reach or bool(contact))
        self.numbers_part.set_open(False)
        self.knows_part.set_open(bool(found.knows or found.knows_not))
        self.note_part.set_open(bool(found.note))


class CarefulFields(CardFields):
    """Somebody to be careful with: a name is enough."""

    def __init__(self, hand: Hand, actions: Actions) -> None:
        super().__init__(hand, actions)
        self.if_near = TextArea(lines=2, most=6)
        self.note = TextArea(lines=2, most=6)
        self.bind_area("if_near", self.if_near)
        self.bind_area("note", self.note)
        hint = _("For example: I go into the bakery and call Joan.")
        court = _("A court could ask to read this. A name is enough; it can stay empty.")
        self.note_part = _part(_("A note"), FieldRow(_("Note"), self.note, hint=court))
        self.back_button = Button(
            _("Put back among all people"), "quiet", icon="people", centred=False, on=actions.move
        )
        self.gone_button = Button(_("Remove this person"), "quiet", on=actions.remove)
        self.setLayout(
            column(
                self.top,
                12,
                self.name_row,
                16,
                FieldRow(if_near_words(hand.desk), self.if_near, hint=hint, optional=True),
                8,
                Rule(above=8, below=4),
                self.note_part,
                Rule(above=8, below=16),
                flow(self.done_button, self.back_button, self.gone_button, self.erase_button, gap=12),
            )
        )

    def blank(self) -> SupportContact:
        """Somebody to keep away from."""
        return SupportContact(keep_away=True, ring=Ring.FURTHER)

    def show_heads(self) -> None:
        """A heading for somebody new."""
        new = self.record is None
        self.head.setText(self.record.name if self.record else _("Someone to be careful with"))
        for button in (self.back_button, self.gone_button, self.erase_button):
            button.setVisible(not new)

    def open_parts(self, contact: SupportContact | None) -> None:
        """The note is open only where there is one."""
        self.note_part.set_open(bool(contact and contact.note))


class DependentFields(CardFields):
    """A child or somebody else she looks after."""

    def __init__(self, hand: Hand, actions: Actions) -> None:
        super().__init__(hand, actions)
        self.relation, self.day_place = Field(), Field()
        self.born = DateField(hand.desk.formats)
        self.born_row = FieldRow(_("Birthday"), self.born, optional=True)
        self.may_collect = ChipsField()
        self.needs, self.note = TextArea(lines=2, most=6), TextArea(lines=2, most=6)
        self.bind_line("relation", self.relation)
        self.born.changed.connect(self._born)
        self.bind("born", self._read_born, self._put_born)
        self._born_kept = ""
        self.bind_line("day_place", self.day_place)
        self.bind_chips("may_collect", self.may_collect)
        self.bind_area("needs", self.needs)
        self.bind_area("note", self.note)
        self.gone_button = Button(_("Remove this person"), "quiet", on=actions.remove)
        pair = Pair(16)
        pair.add(self.born_row, FieldRow(_("Who is this?"), self.relation, hint=_("For example: my son, my mother")))
        self.setLayout(
            column(
                self.top,
                12,
                self.name_row,
                12,
                pair,
                12,
                FieldRow(_("In the day"), self.day_place, hint=_("School or day care, and until when")),
                12,
                FieldRow(_("Who may collect"), self.may_collect, hint=_("Only those named here")),
                12,
                FieldRow(_("Needs"), self.needs, hint=_("Medicine, food, what helps at night")),
                12,
                FieldRow(_("Note"), self.note, hint=_("Keep it short. No story is needed.")),
                Rule(above=16, below=16),
                flow(self.done_button, self.gone_button, self.erase_button, gap=12),
            )
        )

    def blank(self) -> Dependent:
        """Somebody she looks after."""
        return Dependent()

    def _born(self) -> None:
        day = self.born.value()
        later = day is not None and day > self.hand.desk.session.today()
        self.born_row.ask(_("This day is still to come. Is the year right?") if later else self.born.problem())
        if day is not None or not self.born.field.text().strip():
            self._born_kept = ""
            self.touched()

    def _read_born(self) -> str:
        day = self.born.value()
        return day.isoformat() if day is not None else self._born_kept

    def _put_born(self, text: str) -> None:
        """A day that cannot be read is left as it was written, until another one is chosen."""
        day = as_day(text)
        self._born_kept = "" if day is not None else text
        self.born.set_value(day)
        self.born_row.ask("")

    def show_heads(self) -> None:
        """A heading for somebody new."""
        self.head.setText(self.record.name if self.record else _("Someone to care for"))
        self.gone_button.setVisible(self.record is not None)
        self.erase_button.setVisible(self.record is not None)

    def open_parts(self, dependent: Dependent | None) -> None:
        """Everything is open."""
