"""One edit of a document: seen at once by whoever reads the document, written at its end, or taken back whole."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from planner.plan.changes import FieldChange
from planner.plan.records import RECORD_TYPES, Record
from planner.plan.registers import (
    DEFAULTS,
    REMOVED,
    Held,
    View,
    Write,
    canonical,
    of_field,
    readable,
)

if TYPE_CHECKING:
    from planner.plan.documents import SectionDocument

JSONValue = Any


def new_key() -> str:
    """A random name for a write: 72 bits, so that a million of them are all different."""
    return secrets.token_urlsafe(9)


class DocumentEdit:
    """The changes of one edit; made by :meth:`SectionDocument.edit`.

    ``delta`` and ``changes`` are set when the edit has ended.
    """

    def __init__(self, document: SectionDocument) -> None:
        self._document = document
        self._before: dict[str, tuple[Held | None, View | None]] = {}
        self._puts: dict[str, Write] = {}
        self._drops: dict[str, None] = {}
        self.delta = b""
        self.changes: tuple[FieldChange, ...] = ()

    def put(self, record: Record) -> None:
        """Add a record, or bring each of its fields to the value given; a field that already shows it is left alone.

        Raises:
            ValueError, TypeError: a value is not JSON; nothing of this record was written.
        """
        self.put_fields(record.id, record.kind, record.to_fields())

    def put_fields(self, record_id: str, kind: str, values: Mapping[str, JSONValue]) -> None:
        """:meth:`put` by the names of fields. A new record needs no write for what is a default anyway."""
        plain = {name: readable(value) for name, value in values.items()}
        seen = self._document.view(record_id)
        if seen is None:
            self.purge(record_id)  # what a merge may have left of an earlier record of this name
        defaults = DEFAULTS.get(kind, {}) if seen is None else {}
        shown = plain if seen is None else {name: seen.shown(name) for name in plain}
        against = defaults if seen is None else shown
        changed = [name for name in plain if name not in against or canonical(plain[name]) != canonical(against[name])]
        for name in changed:
            if name != REMOVED:
                self._set(record_id, kind, name, (plain[name],))
        if REMOVED in changed:
            self._mark(record_id, kind, removed=bool(plain[REMOVED]))
        elif seen is None and not changed:
            self._mark(record_id, kind, removed=False)

    def change(self, record_id: str, **values: JSONValue) -> None:
        """Set single fields of a record; a field with rivals is settled, also when the value shown is chosen.

        Raises:
            KeyError: there is no such record, or it has no such field.
            ValueError, TypeError: a value is not JSON; nothing was written.
        """
        seen = self._must(record_id)
        known = DEFAULTS.get(seen.kind, {})
        plain = {name: readable(value) for name, value in values.items()}
        for name in plain:
            if name not in known:
                raise KeyError(name)
        for name, value in plain.items():
            if name not in seen.rivals and canonical(value) == canonical(seen.shown(name)):
                continue
            if name == REMOVED:
                continue
            self._set(record_id, seen.kind, name, (value,))
        if REMOVED in plain and (REMOVED in seen.rivals or bool(seen.shown(REMOVED)) != bool(plain[REMOVED])):
            self._mark(record_id, seen.kind, removed=bool(plain[REMOVED]))

    def put_values(self, record_id: str, name: str, values: Iterable[JSONValue]) -> None:
        """Give a field these values side by side: the way back from a choice between rivals."""
        plain = tuple(readable(value) for value in values)
        seen = self._must(record_id)
        if name == REMOVED:
            self._mark(record_id, seen.kind, removed=bool(plain[0]))
        else:
            self._set(record_id, seen.kind, name, plain)

    def purge(self, record_id: str) -> None:
        """Delete a record for good, with all its words; nothing happens where there is none."""
        held = self._document.held.get(record_id)
        if held is None:
            return
        self._touch(record_id)
        for key in list(held):
            self._drop(held, key)
        del self._document.held[record_id]
        self._document.forget(record_id)

    def shows(self, record_id: str, name: str) -> JSONValue:
        """What a field shows now; None where there is no such record."""
        seen = self._document.view(record_id)
        return seen.shown(name) if seen is not None else None

    # the pieces ----------------------------------------------------------------------------------------------------
    def _must(self, record_id: str) -> View:
        seen = self._document.view(record_id)
        if seen is None or seen.kind not in RECORD_TYPES:
            raise KeyError(record_id)
        return seen

    def _touch(self, record_id: str) -> Held:
        held = self._document.held.get(record_id)
        if record_id not in self._before:
            self._before[record_id] = (held.copy() if held is not None else None, self._document.view(record_id))
        if held is None:
            held = self._document.held[record_id] = {}
        return held

    def _set(self, record_id: str, kind: str, name: str, values: tuple[JSONValue, ...]) -> None:
        seen = self._document.view(record_id)
        hidden = seen is not None and bool(seen.shown(REMOVED))
        held = self._touch(record_id)
        for key in of_field(held, name):
            self._drop(held, key)
        # The smallest key is the one shown, so the values keep their order.
        for key, value in zip(sorted(new_key() for _value in values), values, strict=True):
            self._add(held, key, [record_id, kind, name, value])
        self._document.forget(record_id)
        if hidden:
            # Whoever changes a removed record knows that it is: the mark names the new writes too.
            self._mark(record_id, kind, removed=True)

    def _mark(self, record_id: str, kind: str, *, removed: bool) -> None:
        held = self._touch(record_id)
        for key in of_field(held, REMOVED):
            self._drop(held, key)
        self._add(held, new_key(), [record_id, kind, REMOVED, sorted(held) if removed else False])
        self._document.forget(record_id)

    def _add(self, held: Held, key: str, write: Write) -> None:
        held[key] = write
        self._puts[key] = write

    def _drop(self, held: Held, key: str) -> None:
        del held[key]
        if key in self._puts:
            del self._puts[key]
        else:
            self._drops[key] = None

    # the end -------------------------------------------------------------------------------------------------------
    def finish(self) -> None:
        """Write everything in one transaction."""
        changes: list[FieldChange] = []
        for record_id, (_held, before) in self._before.items():
            changes.extend(_differences(record_id, before, self._document.view(record_id)))
        self.changes = tuple(changes)
        self.delta = self._document.commit(self._drops, self._puts)

    def give_up(self) -> None:
        """Put back what was read before this edit; the engine has seen nothing of it."""
        for record_id, (held, _seen) in self._before.items():
            if held is None:
                self._document.held.pop(record_id, None)
            else:
                self._document.held[record_id] = held
            self._document.forget(record_id)


def _differences(record_id: str, before: View | None, after: View | None) -> list[FieldChange]:
    if before is None and after is None:
        return []
    either = before or after
    assert either is not None
    names = dict.fromkeys((*(before.values if before else ()), *(after.values if after else ())))
    changes = []
    for name in names:
        old = before.shown(name) if before is not None else None
        new = after.shown(name) if after is not None else None
        rivals = before.rivals.get(name, ()) if before is not None else ()
        left = after.rivals.get(name, ()) if after is not None else ()
        if canonical(old) != canonical(new) or rivals != left:
            changes.append(FieldChange(record_id, either.kind, name, old, new, rivals))
    return changes
