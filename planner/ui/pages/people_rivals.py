"""Where two copies say different things about a person: both, and a choice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from planner.plan.records import Reach, Record, Ring
from planner.ui.kit.buttons import Button
from planner.ui.kit.layouts import Box, clear, column
from planner.ui.kit.surfaces import Sheet
from planner.ui.kit.text import Text
from planner.ui.pages.people_words import joined, language_words, ring_words
from planner.ui.pages.plan_words import Hand
from planner.words import N_, _

FIELD_WORDS: dict[str, str] = {
    "name": N_("Name"),
    "role": N_("Who is this?"),
    "organisation": N_("Place or group"),
    "ring": N_("How close"),
    "keep_away": N_("Careful or not"),
    "if_near": N_("If they turn up"),
    "call": N_("Call"),
    "call_when": N_("When is a good time?"),
    "message": N_("Leave a message"),
    "message_note": N_("What to know about messages"),
    "text": N_("Text message"),
    "text_note": N_("What to know about texts"),
    "our_word": N_("Our word"),
    "phones": N_("Phone numbers"),
    "email": N_("E-mail"),
    "languages": N_("Languages"),
    "knows": N_("They know"),
    "knows_not": N_("They do not know"),
    "note": N_("Note"),
    "relation": N_("Who is this?"),
    "born": N_("Birthday"),
    "day_place": N_("In the day"),
    "may_collect": N_("Who may collect"),
    "needs": N_("Needs"),
}


class PersonRivals(Sheet):
    """Hidden while nothing differs."""

    def __init__(
        self,
        hand: Hand,
        fields: Mapping[str, str] = FIELD_WORDS,
        words_of: Callable[[str, Any], str] | None = None,
    ) -> None:
        """``hand`` writes what was chosen. ``fields`` are those that are looked at; ``words_of`` reads their values."""
        self._hand, self._fields, self._words_of = hand, fields, words_of or value_words
        self._shown: list[tuple[str, str, tuple[Any, ...]]] = []
        self._list = Box(True, 8, (0, 0, 0, 0))
        head = Text(_("Two copies say different things here"), "strong")
        words = Text(_("Choose which one to keep. Until then, both stay."), "body")
        super().__init__(column(head, words, 12, self._list, margins=(20, 12, 20, 16)), "sand")
        self.hide()

    def show_record(self, record: Record) -> None:
        """Look for fields with more than one value."""
        found = [
            (name, (getattr(record, name), *record.rivals[name]))
            for name in self._fields
            if record.rivals.get(name) and hasattr(record, name)
        ]
        known = [(record.id, name, values) for name, values in found]
        self.setVisible(bool(found))
        if known == self._shown:
            return
        self._shown = known
        clear(self._list)
        for name, values in found:
            self._list.put(Text(_(self._fields[name]), "body", "ink_soft"))
            self._list.put(*(self._button(record.id, name, value) for value in values), 4)

    def _button(self, record: str, name: str, value: Any) -> Button:
        words = self._words_of(name, value) or _("Nothing written")
        spoken = _("Keep: {words}").format(words=words)
        return Button(words, name=spoken, fill=True, centred=False, on=lambda: self._keep(record, name, value))

    def _keep(self, record: str, name: str, value: Any) -> None:
        words = _("Choose between two copies")
        self._hand.write(words, lambda edit: edit.change(record, **{name: value}), _("This one is kept."))


def value_words(name: str, value: Any) -> str:
    """A value of a field as it is read."""
    if name == "keep_away":
        return _("Someone to be careful with") if value else _("One of all people")
    if name in ("call", "message", "text") and value in list(Reach):
        return {Reach.YES: _("Yes"), Reach.NO: _("No"), Reach.UNKNOWN: _("Not sure")}[Reach(value)]
    if name == "ring" and value in list(Ring):
        return ring_words(Ring(value))
    if isinstance(value, list | tuple):
        return joined([_entry(name, each) for each in value])
    return str(value)


def _entry(name: str, entry: Any) -> str:
    if isinstance(entry, Mapping):
        return f"{entry.get('label', '')} {entry.get('number', '')}".strip()
    return language_words(str(entry)) if name == "languages" else str(entry)
