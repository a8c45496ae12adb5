"""Where a contact note is written, or something is added to one. Nothing is kept before it is asked for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from planner.session.notes import NOTE_KINDS
from planner.ui.kit.buttons import Button
from planner.ui.kit.dates import DateField
from planner.ui.kit.fields import Field, FieldRow, TextArea
from planner.ui.kit.layouts import column, flow, fold, hold
from planner.ui.kit.picker import Picker
from planner.ui.kit.surfaces import Sheet
from planner.ui.kit.text import Text
from planner.words import N_, _

if TYPE_CHECKING:
    from planner.session import Note
    from planner.ui.page import Desk

KIND_WORDS = {
    "meeting": N_("Talk in person"),
    "call": N_("Phone call"),
    "message": N_("Messages"),
    "visit-along": N_("Went along"),
    "for-her": N_("Did something on their behalf"),
    "other": N_("Something else"),
}
assert tuple(KIND_WORDS) == NOTE_KINDS

LONG = 400
"""Signs in one of the two fields from which a soft line says that shorter is safer."""

MOST_MINUTES = 24 * 60


class NoteEditor(Sheet):
    """The fields of a note. ``kept`` is told when Keep was pressed and nothing is missing."""

    kept = Signal()
    dropped = Signal()
    typed = Signal()

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.amends: Note | None = None
        self.head = Text("", "card")
        self.about = Text("", "body", "ink_soft").hide_empty()
        self.day = DateField(desk.formats, desk.session.today(), empty=False)
        self.how = Picker([(kind, _(words)) for kind, words in KIND_WORDS.items()])
        self.minutes = Field()
        self.who = Field()
        self.facts = TextArea(lines=2, most=8)
        self.agreed = TextArea(lines=2, most=8)
        self.day_row = FieldRow(_("Day"), self.day)
        self.minutes_row = FieldRow(_("Minutes"), self.minutes, optional=True)
        self.facts_row = FieldRow(_("Facts"), self.facts)
        self.agreed_row = FieldRow(_("What was agreed"), self.agreed)
        self._frame = hold(
            column(
                fold(self.day_row, FieldRow(_("How"), self.how), gap=16),
                16,
                fold(self.minutes_row, FieldRow(_("Who was there"), self.who, optional=True), gap=16),
                20,
            )
        )
        self.keep_button = Button("", "main", on=self._keep)
        self.drop_button = Button(_("Drop it"), "quiet", on=self._drop)
        super().__init__(
            column(
                self.head,
                4,
                self.about,
                16,
                self._frame,
                Text(_("Facts and what was agreed. No opinions, no story."), "strong"),
                12,
                self.facts_row,
                16,
                self.agreed_row,
                20,
                flow(self.keep_button, self.drop_button, gap=12),
                12,
                Text(_("Once kept, a note stays as it is. You can add to it later."), "body", "ink_soft"),
                margins=(24, 20, 24, 20),
            ),
            name=_("A note"),
        )
        for area, row in ((self.facts, self.facts_row), (self.agreed, self.agreed_row)):
            area.changed.connect(lambda area=area, row=row: self._changed_in(area, row))
        for field in (self.minutes, self.who):
            field.textEdited.connect(lambda _text: self.typed.emit())
        self.day.changed.connect(self._day_changed)
        self.how.changed.connect(self.typed.emit)
        self.start()

    # ---------------------------------------------------------------- what is in it

    def start(self, amends: Note | None = None) -> None:
        """Begin anew: a note, or what is added to one."""
        self.amends = amends
        self.day.set_value(self._desk.session.today())
        self.how.choose(NOTE_KINDS[0])
        for field in (self.minutes, self.who):
            field.setText("")
        for area in (self.facts, self.agreed):
            area.set_text("")
        for row in (self.day_row, self.minutes_row, self.facts_row, self.agreed_row):
            row.ask("")
        self._name()

    def _name(self) -> None:
        note = self.amends
        self._frame.setVisible(note is None)
        if note is None:
            self.head.setText(_("A new note"))
            self.about.setText("")
            self.keep_button.set_words(_("Keep this note"))
        else:
            self.head.setText(_("Add to a note"))
            told = _("{kind}, {day}").format(kind=_(KIND_WORDS[note.kind]), day=self._desk.formats.day(note.when_date))
            self.about.setText(told)
            self.keep_button.set_words(_("Keep this addition"))

    def has_words(self) -> bool:
        """Whether anything is typed that would be missed."""
        return any(
            part.strip() for part in (self.facts.text(), self.agreed.text(), self.who.text(), self.minutes.text())
        )

    def values(self) -> dict[str, Any]:
        """What is typed, as JSON values."""
        day = self.day.value()
        return {
            "amends": self.amends.id if self.amends is not None else "",
            "day": day.isoformat() if day is not None else "",
            "kind": self.how.value(),
            "minutes": self.minutes.text(),
            "who": self.who.text(),
            "facts": self.facts.text(),
            "agreed": self.agreed.text(),
        }

    def put_back(self, values: dict[str, Any], amends: Note | None) -> None:
        """Show what :meth:`values` gave."""
        self.start(amends)
        texts = {name: str(value) for name, value in values.items()}
        try:
            self.day.set_value(date.fromisoformat(texts.get("day", "")))
        except ValueError:
            self.day.set_value(self._desk.session.today())
        self.how.choose(texts.get("kind", ""))
        self.minutes.setText(texts.get("minutes", ""))
        self.who.setText(texts.get("who", ""))
        self.facts.set_text(texts.get("facts", ""))
        self.agreed.set_text(texts.get("agreed", ""))

    def minutes_said(self) -> int | None:
        """The minutes, 0 when none are said; None when they cannot be read."""
        text = self.minutes.text().strip()
        if not text:
            return 0
        return int(text) if text.isdecimal() and int(text) <= MOST_MINUTES else None

    # ---------------------------------------------------------------- what is done

    def _day_changed(self) -> None:
        self.day_row.ask(self.day.problem())
        self.typed.emit()

    def _changed_in(self, area: TextArea, row: FieldRow) -> None:
        long = len(area.text()) > LONG
        words = _("This is getting long. Others may ask to read it one day: a few words are enough.") if long else ""
        if long != row.asking():
            row.ask(words)
        self.typed.emit()

    def _drop(self) -> None:
        self.dropped.emit()

    def _keep(self) -> None:
        if self.amends is None and self.day.value() is None:
            self.day_row.ask(self.day.problem())
            self.day.setFocus()
        elif self.amends is None and self.minutes_said() is None:
            self.minutes_row.ask(_("Minutes are a number, such as 20. You can also leave it empty."))
            self.minutes.setFocus()
        elif not (self.facts.text().strip() or self.agreed.text().strip()):
            self.facts_row.ask(_("A few words here, or below under what was agreed."))
            self.facts.setFocus()
        else:
            self.kept.emit()
