"""How the writes inside a document read as records.

A document is one flat map. A key is the random name of a single write; its value is a list
``[record, kind, field, value]``, with a fifth item ``1`` where the write was brought back by a merge. To set a field
is to delete the writes of it that were seen and to add one. So two copies that set the same field apart from each
other leave two writes after a merge: rivals, until someone chooses; the merge itself never has to decide, gives the
same in any order and does nothing the second time. A key says nothing, not even which field was changed, and that is
all that stays of a write once it is deleted.

The field ``removed`` is a mark. ``False`` says keep; a list says remove and names the writes that whoever removed it
had seen. A record with a write that no mark names was changed by somebody who did not know of the removal: it is
shown, with ``removed`` as a rival. A write that was brought back counts only where no other stands, and does not by
itself keep a record alive.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from planner.plan.records import RECORD_TYPES, Record, from_fields

JSONValue = Any
Write = list[JSONValue]

RECORD, KIND, FIELD, VALUE, BACK = range(5)
REMOVED = "removed"
LONGEST_NAME = 256
LARGEST_NUMBER = 2**53 - 1

DEFAULTS: dict[str, dict[str, JSONValue]] = {kind: made().to_fields() for kind, made in RECORD_TYPES.items()}
_WHOLE_NUMBERS = {each.name for made in RECORD_TYPES.values() for each in fields(made) if type(each.default) is int}


def canonical(value: JSONValue) -> str:
    """One text for each JSON value, so that values can be compared: 1 and True differ, the order of keys does not."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def is_write(entry: object) -> bool:
    """Whether a value of the map has the form of a write; anything else comes from elsewhere and is left alone."""
    return (
        type(entry) is list
        and len(entry) >= 4
        and type(entry[0]) is str
        and type(entry[1]) is str
        and type(entry[2]) is str
        and len(entry[0]) <= LONGEST_NAME
    )


Held = dict[str, Write]
"""The writes of one record by their keys: one small object, because there are ten thousand of them."""


def of_field(held: Held, name: str) -> dict[str, Write]:
    """The writes of one field."""
    return {key: write for key, write in held.items() if write[2] == name}


@dataclass(slots=True)
class View:
    """One record as it reads: the shown value of each field that was written, and what stands beside it."""

    kind: str
    values: dict[str, JSONValue]
    rivals: dict[str, tuple[JSONValue, ...]]
    unseen: bool = False
    """A removal and a change that did not know of each other stand side by side."""

    def shown(self, name: str) -> JSONValue:
        """The value of a field, or its default where it was never written."""
        return self.values[name] if name in self.values else DEFAULTS.get(self.kind, {}).get(name)

    def record(self, record_id: str) -> Record | None:
        """The typed record; None where this version does not know the kind."""
        if self.kind not in RECORD_TYPES:
            return None
        return from_fields(self.kind, record_id, self.values, self.rivals)


def read_writes(entries: Mapping[str, JSONValue]) -> dict[str, Held]:
    """Sort the writes of a document by record."""
    out: dict[str, Held] = {}
    for key, entry in entries.items():
        if is_write(entry):
            held = out.get(entry[0])
            if held is None:
                out[entry[0]] = {key: entry}
            else:
                held[key] = entry
    return out


def view(held: Held) -> View | None:
    """Read the writes of one record; None when nothing keeps it alive."""
    values: dict[str, JSONValue] = {}
    rivals: dict[str, tuple[JSONValue, ...]] = {}
    several: list[str] = []
    marked = False
    alive = False
    kind = ""
    for write in held.values():
        name = write[2]
        if name == REMOVED:
            marked = True
            continue
        if name in values:
            several.append(name)
        value = write[3]
        values[name] = value if type(value) is not float else _plain(name, value)
        alive = alive or len(write) == 4
        if write[1] != kind and (not kind or write[1] < kind):
            kind = write[1]
    for name in several:
        distinct = {canonical(write[3]): _plain(name, write[3]) for write in strongest(of_field(held, name))}
        values[name], *others = distinct.values()
        if others:
            rivals[name] = tuple(others)
    seen = View(kind, values, rivals)
    if marked:
        return _with_marks(held, seen, alive=alive)
    return seen if alive else None


def strongest(writes: Mapping[str, Write]) -> list[Write]:
    """The writes of a field that count, in the order of their keys, which is the same in every copy."""
    ordered = [writes[key] for key in sorted(writes)]
    return [write for write in ordered if len(write) == 4] or ordered


def is_removal(write: Write) -> bool:
    """Whether a mark says remove; the other kind says keep."""
    return isinstance(write[VALUE], list)


def _with_marks(held: Held, seen: View, *, alive: bool) -> View | None:
    marks = of_field(held, REMOVED)
    removals = [write for write in marks.values() if is_removal(write)]
    if not alive and len(removals) == len(marks):
        return None
    kept = len(removals) < len(marks)
    seen.kind = seen.kind or min(write[KIND] for write in marks.values())
    if not removals:
        seen.values[REMOVED] = False
        return seen
    named = {key for write in removals for key in write[VALUE] if isinstance(key, str)}
    unseen = any(len(write) == 4 and write[2] != REMOVED and key not in named for key, write in held.items())
    seen.values[REMOVED] = not (kept or unseen)
    if kept or unseen:
        seen.rivals[REMOVED] = (True,)
        seen.unseen = True
    return seen


def _plain(name: str, value: JSONValue) -> JSONValue:
    """The engine keeps numbers as floats; the whole numbers of our records come back as such."""
    if type(value) is float and name in _WHOLE_NUMBERS and value.is_integer():
        return int(value)
    return value


def readable(value: JSONValue) -> JSONValue:
    """A value as it can be stored, made of plain JSON, or an exception before anything is written.

    Raises:
        ValueError: text that is not Unicode, numbers that are not finite, or more than eight levels.
        TypeError: something that is not JSON.
    """
    plain = json.loads(json.dumps(_listed(value, 0), allow_nan=False))
    canonical(plain).encode()
    return plain


def _listed(value: JSONValue, depth: int) -> JSONValue:
    if depth > 4:
        raise ValueError("a field of a record is not that deep")
    if isinstance(value, Mapping):
        return {str(key): _listed(each, depth + 1) for key, each in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str | bytes):
        return [_listed(each, depth + 1) for each in value]
    if type(value) is int and abs(value) > LARGEST_NUMBER:
        raise ValueError("a number that large would not come back as it was")
    return value
