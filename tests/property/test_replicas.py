"""Copies of a section that are edited apart and merged in any order, against a small model of what must be seen."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from typing import Any

from hypothesis import event, given, settings
from hypothesis import strategies as st

from planner.plan.documents import SectionDocument, digests
from planner.plan.editing import DocumentEdit
from planner.plan.records import Goal, Record
from planner.plan.registers import REMOVED, View
from planner.plan.undo import put_back

KEY = b"a key for tests"
IDS = ("r0", "r1", "r2")
FIELDS = ("title", "why", "order")
WORD = re.compile(rb"v\d{5}x")


@dataclass
class Model:
    """What a copy knows: every write and which of them were overwritten or deleted, by the rules alone."""

    writes: dict[int, tuple[str, str, str]] = field(default_factory=dict)  # record, field, value
    marks: dict[int, tuple[str, frozenset[int] | None]] = field(default_factory=dict)  # None says keep
    dead: set[int] = field(default_factory=set)

    def live(self, record: str, name: str | None = None) -> set[int]:
        return {n for n, (r, f, _v) in self.writes.items() if n not in self.dead and r == record and name in (None, f)}

    def live_marks(self, record: str) -> set[int]:
        return {n for n, (r, _seen) in self.marks.items() if n not in self.dead and r == record}

    def merge(self, other: Model) -> None:
        self.writes |= other.writes
        self.marks |= other.marks
        self.dead |= other.dead
        # What nothing keeps alive is forgotten for good wherever copies meet.
        for record in IDS:
            if not self.alive(record):
                self.dead |= self.live_marks(record)

    def alive(self, record: str) -> bool:
        return bool(self.live(record)) or any(self.marks[n][1] is None for n in self.live_marks(record))

    def removed(self, record: str) -> bool:
        marks = [self.marks[n][1] for n in self.live_marks(record)]
        removals = [seen for seen in marks if seen is not None]
        return len(removals) == len(marks) > 0 and self.live(record) <= frozenset().union(*removals)


class Copy:
    def __init__(self, world: World, state: bytes, model: Model) -> None:
        self.world, self.model = world, model
        self.document = SectionDocument.load(state)
        self.base, self.deltas = state, list[bytes]()
        self.done: list[Any] = []

    def local(self, work: Any, *, undoable: bool = True) -> None:
        with self.document.edit() as edit:
            work(edit)
        if edit.delta:
            self.deltas.append(edit.delta)
        if undoable and edit.changes:
            self.done.append(edit.changes)
        for record in dict.fromkeys(change.record for change in edit.changes):
            self._follow(record, {change.field for change in edit.changes if change.record == record})

    def _follow(self, record: str, names: set[str]) -> None:
        model, seen = self.model, self.document.view(record)
        if seen is None:
            model.dead |= model.live(record) | model.live_marks(record)
            return
        for name in names - {REMOVED}:
            model.dead |= model.live(record, name)
            for value in (seen.shown(name), *seen.rivals.get(name, ())):
                model.writes[self.world.next()] = (record, name, value)
        if seen.shown(REMOVED):
            model.dead |= model.live_marks(record)
            model.marks[self.world.next()] = (record, frozenset(model.live(record)))
        elif REMOVED in names and REMOVED in seen.values:
            model.dead |= model.live_marks(record)
            model.marks[self.world.next()] = (record, None)

    def merge(self, other: Copy, purged: dict[str, list[str]] | None = None) -> bool:
        report = self.document.merge(other.document.fold(), purged, KEY)
        self.model.merge(other.model)
        self.fold()
        return report.nothing

    def fold(self) -> None:
        self.base, self.deltas = self.document.fold(), []

    def views(self) -> dict[str, View]:
        found = ((record, self.document.view(record)) for record in IDS)
        return {record: seen for record, seen in found if seen is not None}

    def records(self) -> dict[str, tuple[Record, Any]]:
        return {record_id: (record, record.rivals) for record_id, record in self.document.records().items()}


class World:
    def __init__(self, copies: int) -> None:
        self.count = 0
        first = Copy(self, b"", Model())
        first.local(lambda edit: edit.put(Goal(id="r0", title=self.word(), why=self.word())))
        first.local(lambda edit: edit.put(Goal(id="r1", title=self.word())))
        state = first.document.fold()
        self.copies = [self.clone(first.model, state) for _each in range(copies)]
        self.ever: set[str] = set()
        self.purges = False

    def clone(self, model: Model, state: bytes) -> Copy:
        return Copy(self, state, Model(dict(model.writes), dict(model.marks), set(model.dead)))

    def next(self) -> int:
        self.count += 1
        return self.count

    def word(self) -> str:
        return f"v{self.next():05d}x"

    def do(self, step: tuple[Any, ...]) -> None:
        what, who, record, name, other = step
        copy = self.copies[who % len(self.copies)]
        known = copy.document.view(record) is not None
        if what == "set" and known:
            copy.local(lambda edit: edit.change(record, **{name: self.word()}))
        elif what == "same" and known:
            copy.local(lambda edit: edit.change(record, **{name: "v00000x"}))
        elif what == "put":
            copy.local(lambda edit: edit.put(Goal(id=record, title=self.word(), why="")))
        elif what in ("remove", "restore") and known:
            copy.local(lambda edit: edit.change(record, removed=what == "remove"))
        elif what == "purge" and known:
            self.purges = True
            copy.local(lambda edit: edit.purge(record))
        elif what == "undo" and copy.done:
            changes = copy.done.pop()
            self.purges = True  # undoing a new record deletes it
            copy.local(lambda edit: put_back(edit, changes), undoable=False)
        elif what == "merge":
            copy.merge(self.copies[other % len(self.copies)])
        elif what == "fold":
            self.reload(copy, folded=True)
        elif what == "reload":
            self.reload(copy, folded=False)

    @staticmethod
    def reload(copy: Copy, *, folded: bool) -> None:
        before = copy.records()
        if folded:
            copy.base, copy.deltas = copy.document.fold(), []
        copy.document = SectionDocument.load(copy.base, copy.deltas)
        assert copy.records() == before


STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["set"] * 6 + ["merge"] * 4 + ["purge", "remove", "restore", "undo", "put", "same", "fold", "reload"]
        ),
        st.integers(0, 2),
        st.sampled_from(IDS),
        st.sampled_from(FIELDS),
        st.integers(0, 2),
    ),
    max_size=30,
)


def must_show(copy: Copy) -> None:
    """Every write that nothing overwrote is seen, nothing else is in the way of it, and no hidden word is stored."""
    model, views = copy.model, copy.views()
    assert set(views) == {record for record in IDS if model.alive(record)}
    visible: set[str] = set()
    for record, seen in views.items():
        assert bool(seen.shown(REMOVED)) == model.removed(record)
        for name in FIELDS:
            values = [seen.shown(name), *seen.rivals.get(name, ())]
            visible.update(values)
            wanted = {model.writes[n][2] for n in model.live(record, name)}
            if wanted:
                assert len(set(values)) == len(values)
                assert set(values) == wanted
            else:
                ever = {v for r, f, v in model.writes.values() if (r, f) == (record, name)}
                assert set(values) <= ever | {""}
    stored = {word.decode() for word in WORD.findall(copy.document.fold())}
    assert stored <= visible


def settle(copies: list[Copy], purged: list[dict[str, list[str]]] | None = None) -> None:
    """Let every copy meet every other until nobody learns anything."""
    for _round in range(6):
        quiet = True
        for (n, one), (_m, two) in itertools.permutations(enumerate(copies), 2):
            quiet = one.merge(two, purged[n] if purged else None) and quiet
        if quiet:
            return
    raise AssertionError("the copies never come to rest")


@given(st.integers(2, 3), STEPS)
def test_copies_show_what_they_must_and_end_alike(count: int, steps: list[tuple[Any, ...]]) -> None:
    world = World(count)
    for step in steps:
        world.do(step)
        must_show(world.copies[step[1] % count])
    settle(world.copies)
    first = world.copies[0]
    must_show(first)
    event(f"records in rivalry: {sum(bool(seen.rivals) for seen in first.views().values())}")
    for other in world.copies[1:]:
        assert other.views() == first.views()
        assert other.records() == first.records()


@given(STEPS)
def test_any_order_of_merging_reads_the_same(steps: list[tuple[Any, ...]]) -> None:
    world = World(3)
    for step in steps:
        if step[0] not in ("purge", "undo"):
            world.do(step)
    states = [(copy.model, copy.document.fold()) for copy in world.copies]
    readings = []
    for order in itertools.permutations(states):
        copy = world.clone(*order[0])
        for other in order[1:]:
            copy.merge(world.clone(*other))
        must_show(copy)
        readings.append(copy.records())
    assert all(reading == readings[0] for reading in readings)


@given(STEPS)
def test_any_order_of_merging_loses_no_change_also_where_records_were_deleted_for_good(
    steps: list[tuple[Any, ...]],
) -> None:
    world = World(3)
    for step in steps:
        world.do(step)
    states = [(copy.model, copy.document.fold()) for copy in world.copies]
    alive = set()
    for order in itertools.permutations(states):
        copy = world.clone(*order[0])
        for other in order[1:]:
            copy.merge(world.clone(*other))
        must_show(copy)
        alive.add(frozenset(copy.views()))
    assert len(alive) == 1


@given(STEPS)
def test_merging_twice_changes_nothing(steps: list[tuple[Any, ...]]) -> None:
    world = World(2)
    for step in steps:
        world.do(step)
    one, two = world.copies
    one.merge(two)
    state, views = one.document.fold(), one.views()
    for _again in range(2):
        assert one.merge(two)
        assert one.document.fold() == state
        assert one.views() == views
    itself = world.clone(one.model, state)
    assert itself.merge(one)


@given(st.integers(2, 3), STEPS)
def test_copies_that_keep_digests_of_what_they_deleted_end_alike_too(count: int, steps: list[tuple[Any, ...]]) -> None:
    world = World(count)
    kept: list[dict[str, list[str]]] = [{} for _each in range(count)]
    for step in steps:
        who = step[1] % count
        document = world.copies[who].document
        if step[0] == "purge" and document.view(step[2]) is not None:
            kept[who][step[2]] = digests(document, step[2], KEY)
        if step[0] == "merge":
            world.copies[who].merge(world.copies[step[4] % count], kept[who])
        else:
            world.do(step)
    settle(world.copies, kept)
    first = world.copies[0]
    for other in world.copies[1:]:
        assert other.views() == first.views()


@settings(max_examples=20)
@given(st.lists(st.binary(max_size=60), max_size=3), st.integers(0, 400), st.integers(0, 255))
def test_bytes_from_anywhere_are_read_or_refused_and_change_nothing_when_refused(
    parts: list[bytes], at: int, byte: int
) -> None:
    from planner.plan import DocumentDamaged

    document = SectionDocument.new()
    edit: DocumentEdit
    with document.edit() as edit:
        edit.put(Goal(id="r0", title="kept"))
    good = document.fold()
    flipped = bytearray(good)
    flipped[at % len(good)] = byte
    for hostile in (*parts, bytes(flipped), good[: at % len(good)]):
        before = document.fold()
        try:
            document.merge(hostile)
        except DocumentDamaged:
            assert document.fold() == before
        document.records()
