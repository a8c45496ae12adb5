"""Taking in another copy of a section.

The engine unites the writes; what it cannot know is done here, and all of it on a copy that replaces the document only
at the very end, so that a merge that is stopped has not happened:

- A record deleted here for good and changed there without knowing of it (or the other way round) is brought back: the
  change itself survived, because a deletion only takes writes it has seen; every other field is written again from
  the copy that still has it. Such writes count only where no other stands, so that two copies that both bring a
  record back do not end as rivals. If all its words are those that were deleted, it stays deleted.
- What was brought back and is now covered by a real change, and what is left of a record that nothing keeps alive, is
  deleted, so that no hidden word stays.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from planner.plan.changes import MergeReport, Progress
from planner.plan.check import check
from planner.plan.editing import new_key
from planner.plan.registers import (
    DEFAULTS,
    FIELD,
    KIND,
    REMOVED,
    VALUE,
    Held,
    View,
    Write,
    canonical,
    is_removal,
    of_field,
    read_writes,
    strongest,
    view,
)

if TYPE_CHECKING:
    from planner.plan.documents import SectionDocument

_WHOLE, _STAGE, _STAGES = 100, 15, 4
_EVERY = 256
_DIGEST_BYTES = 16
_EMPTY = b"\x00\x00"


def field_digests(record_id: str, seen: View, key: bytes) -> list[str]:
    """Keyed digests of what a record says: one for each value that is not a default, as hexadecimal text, sorted.

    The key and the name of the record go into each, so that equal words elsewhere do not give themselves away.
    """
    out = set()
    for name, shown in seen.values.items():
        if name == REMOVED:
            continue
        for value in (shown, *seen.rivals.get(name, ())):
            if canonical(value) == canonical(DEFAULTS.get(seen.kind, {}).get(name)):
                continue
            text = canonical([record_id, seen.kind, name, value]).encode()
            out.add(hashlib.blake2b(text, digest_size=_DIGEST_BYTES, key=key[:64]).hexdigest())
    return sorted(out)


@dataclass(slots=True)
class _Merging:
    """One merge under way: the writes here, there and united, and what is to be written beyond that.

    ``lost`` are the records of which either side held a write that the other had deleted.
    """

    mine: dict[str, Held]
    theirs: dict[str, Held]
    merged: dict[str, Held]
    touched: dict[str, None]
    lost: set[str]
    drops: dict[str, None] = field(default_factory=dict)
    puts: dict[str, Write] = field(default_factory=dict)


def merge(
    document: SectionDocument,
    other_state: bytes,
    purged: Mapping[str, Collection[str]],
    key: bytes,
    progress: Progress | None,
) -> MergeReport:
    """See :meth:`planner.plan.documents.SectionDocument.merge`."""
    # A hundred thousand small lists are made, none in a circle: the collector would walk them all again and again.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _merge(document, other_state, purged, key, progress)
    finally:
        if collecting:
            gc.enable()


def _merge(
    document: SectionDocument,
    other_state: bytes,
    purged: Mapping[str, Collection[str]],
    key: bytes,
    progress: Progress | None,
) -> MergeReport:
    tell = _Teller(progress)
    check(other_state)
    tell.stage()
    mine = document.state()
    trial = type(document).load(mine, (other_state,))
    tell.stage()
    if trial.state() == mine:
        tell.finish()
        return MergeReport()
    theirs = (trial if mine == _EMPTY else type(document).load(other_state)).entries()
    tell.stage()
    work = _unite(document.held, theirs, trial.keys())
    tell.stage()
    tell.whole(len(work.touched))
    report = _Reporter()
    for record_id in work.touched:
        tell.one()
        after = _tidy(work, record_id, purged.get(record_id, ()), key)
        report.add(record_id, document.view(record_id), after, work)
    trial.commit(work.drops, work.puts)
    trial.take_in(work.merged, ())
    tell.finish()
    document.become(trial)
    return report.done()


def _unite(mine: dict[str, Held], theirs: dict[str, Any], live: set[str]) -> _Merging:
    """Sort the united writes by record without reading them from the engine again: only keys are asked for."""
    touched: dict[str, None] = {}
    merged = dict(mine)
    known: set[str] = set()
    lost: set[str] = set()
    for record_id, held in mine.items():
        known.update(held)
        if not live.issuperset(held):
            merged[record_id] = {key: write for key, write in held.items() if key in live}
            touched[record_id] = None
            lost.add(record_id)
    sorted_theirs = read_writes(theirs)
    for record_id, held in sorted_theirs.items():
        if held.keys() <= live:
            if held.keys() <= known:
                continue
            new = held
        else:
            new = {key: write for key, write in held.items() if key in live}
            lost.add(record_id)
        merged[record_id] = {**merged.get(record_id, {}), **new}
        touched[record_id] = None
    return _Merging(mine, sorted_theirs, merged, touched, lost)


def _tidy(work: _Merging, record_id: str, deleted: Collection[str], key: bytes) -> View | None:
    """Bring a united record to its final writes; returns how it reads then."""
    held = work.merged[record_id]
    seen = view(held)
    if seen is not None and record_id in work.lost and _bring_back(work, record_id, held, seen.kind):
        seen = view(held)
    if seen is None or (record_id not in work.mine and _is_what_was_deleted(held, record_id, seen, deleted, key)):
        for each in list(held):
            _drop(work, held, each)
        del work.merged[record_id]
        return None
    if len(held) > len(seen.values):
        for name in {write[FIELD] for write in held.values()}:
            writes = of_field(held, name)
            counting = strongest(writes)
            for each, write in writes.items():
                if write not in counting:
                    _drop(work, held, each)
    return seen


def _bring_back(work: _Merging, record_id: str, held: Held, kind: str) -> bool:
    """Write the fields again that a real deletion took from a record which somebody else was still changing."""
    gone: dict[str, dict[str, Write]] = {}
    have = {write[FIELD] for write in held.values()} | {REMOVED}
    for source in (work.mine.get(record_id, {}), work.theirs.get(record_id, {})):
        names = {write[FIELD] for write in source.values()} - have
        for name in sorted(names):
            for write in strongest(of_field(source, name)):
                gone.setdefault(name, {}).setdefault(canonical(write[VALUE]), write)
    for name, values in gone.items():
        for write in values.values():
            key = new_key()
            work.puts[key] = held[key] = [record_id, write[KIND] or kind, name, write[VALUE], 1]
    return bool(gone)


def _is_what_was_deleted(held: Held, record_id: str, seen: View, deleted: Collection[str], key: bytes) -> bool:
    said_keep = any(not is_removal(mark) for mark in of_field(held, REMOVED).values())
    return bool(deleted) and not said_keep and set(field_digests(record_id, seen, key)) <= set(deleted)


def _drop(work: _Merging, held: Held, key: str) -> None:
    del held[key]
    if key in work.puts:
        del work.puts[key]
    else:
        work.drops[key] = None


class _Reporter:
    """Gathers what a merge did, record by record."""

    def __init__(self) -> None:
        self.added: list[str] = []
        self.changed: list[str] = []
        self.erased: list[str] = []
        self.back: list[str] = []
        self.rivals: dict[str, tuple[str, ...]] = {}

    def add(self, record_id: str, before: View | None, after: View | None, work: _Merging) -> None:
        if after is None:
            if before is not None:
                self.erased.append(record_id)
            return
        if before is None:
            self.added.append(record_id)
        elif before != after:
            self.changed.append(record_id)
        deleted_somewhere = bool(work.puts) and not work.puts.keys().isdisjoint(work.merged[record_id])
        if deleted_somewhere or (after.unseen and not (before is not None and before.unseen)):
            self.back.append(record_id)
        if after.rivals:
            self.rivals[record_id] = tuple(sorted(after.rivals))

    def done(self) -> MergeReport:
        return MergeReport(
            tuple(self.added), tuple(self.changed), tuple(self.erased), tuple(self.back), dict(self.rivals)
        )


class _Teller:
    """Tells how much is done of a hundred: sixty for what the engine does, the rest for the records."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._done = 0
        self._records = 0
        self._all = 1

    def stage(self) -> None:
        self._say(self._done + _STAGE)

    def whole(self, records: int) -> None:
        self._all = max(records, 1)

    def one(self) -> None:
        self._records += 1
        if self._records % _EVERY == 0:
            start = _STAGE * _STAGES
            self._say(start + (_WHOLE - start) * self._records // self._all)

    def finish(self) -> None:
        self._say(_WHOLE)

    def _say(self, done: int) -> None:
        self._done = done
        if self._progress is not None:
            self._progress(done, _WHOLE)
