from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

import planner
from planner.errors import MachineTrouble
from planner.plan import Cancelled
from planner.plan.documents import DocumentDamaged, SectionDocument, digests
from planner.plan.life import LifeDomain
from planner.plan.records import Appointment, Goal, GoalState, Outcome, Record, Step, SupportContact, WhatHappened
from planner.plan.undo import inverse, put_back

KEY = b"k" * 32


def put(document: SectionDocument, *records: Record) -> bytes:
    with document.edit() as edit:
        for record in records:
            edit.put(record)
    return edit.delta


def change(document: SectionDocument, record_id: str, **values: object) -> bytes:
    with document.edit() as edit:
        edit.change(record_id, **values)
    return edit.delta


def purge(document: SectionDocument, record_id: str) -> None:
    with document.edit() as edit:
        edit.purge(record_id)


def copy(document: SectionDocument) -> SectionDocument:
    return SectionDocument.load(document.fold())


def goal(document: SectionDocument, record_id: str) -> Goal:
    found = document.record(record_id)
    assert isinstance(found, Goal)
    return found


FULL: list[Record] = [
    Goal(title="Una habitación", why="a door\n“I” can close \x00😀", domain=LifeDomain.HOME, order="a1"),
    Step(goal="g", title="Ask"),
    Appointment(
        title="Dr",
        starts="2026-03-12T10:30",
        zone="Europe/Madrid",
        minutes=45,
        remind_minutes=60,
        bring=("card", "key"),
        mine_alone=True,
    ),
    Outcome(appointment="a", occurrence="2026-03-12T10:30", what=WhatHappened.MOVED, new_starts="2026-03-13T10:30"),
    SupportContact(name="Ana", phones=({"number": "555", "label": "work"},), keep_away=True),
    Goal(),
]


def test_every_kind_comes_back_as_it_was_from_state_and_from_deltas() -> None:
    document = SectionDocument.new()
    deltas = [put(document, record) for record in FULL]
    for loaded in (document, copy(document), SectionDocument.load(b"", deltas)):
        assert loaded.records() == {record.id: record for record in FULL}
        back = loaded.record(FULL[2].id)
        assert isinstance(back, Appointment)
        assert type(back.minutes) is int


def test_only_changed_fields_are_written_and_an_unchanged_record_writes_nothing() -> None:
    document = SectionDocument.new()
    first = Goal(title="One", why="because")
    put(document, first)
    assert put(document, first) == b""
    delta = put(document, replace(first, title="Two"))
    assert b"Two" in delta
    assert b"because" not in delta
    assert goal(document, first.id).why == "because"


def test_an_edit_tells_its_changes() -> None:
    document = SectionDocument.new()
    record = Goal(title="One")
    put(document, record)
    with document.edit() as edit:
        edit.change(record.id, title="Two", state=GoalState.DONE)
        assert goal(document, record.id).title == "Two"
    assert {(c.field, c.before, c.after) for c in edit.changes} == {("title", "One", "Two"), ("state", "open", "done")}
    with document.edit() as edit:
        edit.purge(record.id)
    assert {(c.field, c.before, c.after) for c in edit.changes} == {("title", "Two", None), ("state", "done", None)}
    assert document.record(record.id) is None


def test_an_exception_leaves_nothing_behind() -> None:
    document = SectionDocument.new()
    kept = Goal(title="kept")
    put(document, kept)
    before = document.fold()
    with pytest.raises(RuntimeError, match="stop"), document.edit() as edit:  # noqa: PT012
        edit.change(kept.id, title="gone")
        edit.put(Goal(title="new"))
        edit.purge(kept.id)
        raise RuntimeError("stop")
    assert document.fold() == before
    assert document.records() == {kept.id: kept}


@pytest.mark.parametrize("bad", ["\ud800", float("nan"), 2**60, [[[[[[["deep"]]]]]]]])
def test_values_that_would_not_come_back_are_refused_before_anything_is_written(bad: object) -> None:
    document = SectionDocument.new()
    kept = Goal(title="kept")
    put(document, kept)
    with pytest.raises(ValueError), document.edit() as edit:  # noqa: PT011
        edit.change(kept.id, why="not this either", title=bad)
    assert document.records() == {kept.id: kept}


def test_unknown_records_and_fields_are_mistakes() -> None:
    document = SectionDocument.new()
    record = Goal()
    put(document, record)
    with pytest.raises(KeyError), document.edit() as edit:
        edit.change("nobody", title="x")
    with pytest.raises(KeyError), document.edit() as edit:
        edit.change(record.id, colour="x")
    with document.edit(), pytest.raises(RuntimeError), document.edit():
        pass


def test_every_opening_takes_a_fresh_client_id() -> None:
    state = SectionDocument.new().fold()
    assert len({SectionDocument.load(state)._doc.client_id for _each in range(50)}) == 50


def test_folding_leaves_no_deleted_or_overwritten_word_even_after_undo() -> None:
    document = SectionDocument.new()
    record = Goal(title="canary-one", why="stays")
    gone = Step(title="canary-two", goal=record.id)
    deltas = [put(document, record, gone)]
    with document.edit() as edit:
        edit.change(record.id, title="canary-three")
        edit.change(record.id, title="canary-four")
    deltas.append(edit.delta)
    assert b"canary-three" not in edit.delta
    first = edit.changes
    with document.edit() as edit:
        put_back(edit, first)
    deltas.append(edit.delta)
    undone = edit.changes
    with document.edit() as edit:
        put_back(edit, undone)
    deltas.append(edit.delta)
    deltas.append(change(document, record.id, title="visible"))
    with document.edit() as edit:
        edit.change(gone.id, removed=True)
    deltas.append(edit.delta)
    with document.edit() as edit:
        edit.purge(gone.id)
    deltas.append(edit.delta)
    for word in (b"canary-one", b"canary-two", b"canary-four"):
        assert any(word in delta for delta in deltas)
    for folded in (document.fold(), SectionDocument.load(b"", deltas).fold()):
        assert b"canary" not in folded
        assert gone.id.encode() not in folded
        assert b"step" not in folded
        assert b"visible" in folded
        assert b"stays" in folded


def test_rivals_are_kept_until_someone_chooses_and_choosing_can_be_undone() -> None:
    here = SectionDocument.new()
    record = Goal(title="old")
    put(here, record)
    there = copy(here)
    change(here, record.id, title="here")
    change(there, record.id, title="there")
    report = here.merge(there.fold())
    there.merge(here.fold())
    assert report.rivals == {record.id: ("title",)}
    assert report.changed == (record.id,)
    shown = goal(here, record.id)
    assert {shown.title, *shown.rivals["title"]} == {"here", "there"}
    assert goal(there, record.id).rivals == shown.rivals
    assert here.merge(there.fold()).nothing
    assert put(here, replace(shown, why="another field")) != b""
    assert goal(here, record.id).rivals == shown.rivals
    with here.edit() as edit:
        edit.change(record.id, title=shown.title)
    assert goal(here, record.id).rivals == {}
    chosen = edit.changes
    with here.edit() as edit:
        put_back(edit, chosen)
    assert goal(here, record.id).rivals == shown.rivals
    assert goal(here, record.id).title == shown.title


def test_the_same_change_on_both_sides_is_no_rival() -> None:
    here = SectionDocument.new()
    record = Goal(title="old")
    put(here, record)
    there = copy(here)
    change(here, record.id, title="same")
    change(there, record.id, title="same")
    here.merge(there.fold())
    assert goal(here, record.id).title == "same"
    assert goal(here, record.id).rivals == {}


def test_removed_here_changed_there_is_shown_with_both_sides() -> None:
    here = SectionDocument.new()
    record = Goal(title="old")
    put(here, record)
    there = copy(here)
    change(here, record.id, removed=True)
    assert goal(here, record.id).removed
    change(there, record.id, why="still mine")
    report = here.merge(there.fold())
    assert report.brought_back == (record.id,)
    for document in (here, copy(here)):
        assert not goal(document, record.id).removed
        assert goal(document, record.id).rivals["removed"] == (True,)
        assert goal(document, record.id).why == "still mine"
    change(here, record.id, removed=True)
    there.merge(here.fold())
    assert goal(there, record.id).removed
    assert goal(there, record.id).rivals == {}


def test_changing_a_removed_record_keeps_it_removed() -> None:
    document = SectionDocument.new()
    record = Goal(title="old")
    put(document, record)
    change(document, record.id, removed=True)
    change(document, record.id, title="new")
    assert goal(document, record.id).removed
    change(document, record.id, removed=False)
    assert not goal(document, record.id).removed
    assert goal(document, record.id).rivals == {}


def test_deleted_here_for_good_and_changed_there_comes_back_whole_on_both_sides_without_rivals() -> None:
    here = SectionDocument.new()
    record = Step(goal="g1", title="old", when="soon")
    put(here, record)
    there = copy(here)
    kept = {record.id: digests(here, record.id, KEY)}
    purge(here, record.id)
    change(there, record.id, title="new")
    first, second = here.fold(), there.fold()
    assert here.merge(second, kept, KEY).brought_back == (record.id,)
    assert there.merge(first).brought_back == (record.id,)
    assert there.merge(here.fold()).nothing
    assert here.merge(there.fold()).nothing
    for document in (here, there):
        assert document.record(record.id) == replace(record, title="new")
        assert document.record(record.id).rivals == {}  # type: ignore[union-attr]


def test_deleted_here_for_good_and_only_an_old_copy_there_stays_deleted() -> None:
    here = SectionDocument.new()
    record = Step(goal="g1", title="old")
    put(here, record)
    there = copy(here)
    kept = {record.id: digests(here, record.id, KEY)}
    purge(here, record.id)
    assert here.merge(there.fold(), kept, KEY).nothing
    assert there.merge(here.fold()).erased == (record.id,)
    assert b"old" not in there.fold()


def test_the_very_words_that_were_deleted_stay_deleted_when_a_digest_says_so() -> None:
    here = SectionDocument.new()
    record = Step(goal="g1", title="old")
    put(here, record)
    there = copy(here)
    kept = {record.id: digests(here, record.id, KEY)}
    assert all("old" not in each for each in kept[record.id])
    purge(here, record.id)
    change(there, record.id, title="new")
    change(there, record.id, title="old")
    assert copy(here).merge(there.fold()).brought_back == (record.id,)
    assert copy(here).merge(there.fold(), kept, b"other key").brought_back == (record.id,)
    assert here.merge(there.fold(), kept, KEY).nothing
    assert here.record(record.id) is None
    assert b"old" not in here.fold()
    assert there.merge(here.fold()).erased == (record.id,)


def test_taken_out_of_the_bin_there_is_not_lost_to_a_deletion_here() -> None:
    here = SectionDocument.new()
    record = Step(goal="g1", title="old")
    put(here, record)
    change(here, record.id, removed=True)
    there = copy(here)
    kept = {record.id: digests(here, record.id, KEY)}
    purge(here, record.id)
    change(there, record.id, removed=False)
    assert here.merge(there.fold(), kept, KEY).brought_back == (record.id,)
    assert here.record(record.id) == record


def test_a_real_change_covers_what_was_brought_back_and_no_old_word_stays() -> None:
    here = SectionDocument.new()
    record = Goal(title="old", why="canary")
    put(here, record)
    second, third = copy(here), copy(here)
    purge(here, record.id)
    change(second, record.id, title="new")
    change(third, record.id, why="fresh")
    here.merge(second.fold())
    assert goal(here, record.id).why == "canary"
    here.merge(third.fold())
    assert goal(here, record.id) == replace(record, title="new", why="fresh")
    assert goal(here, record.id).rivals == {}
    assert b"canary" not in here.fold()


def test_a_merge_that_is_stopped_has_not_happened() -> None:
    here, there = SectionDocument.new(), SectionDocument.new()
    kept = Goal(title="kept")
    put(here, kept)
    put(there, *(Goal(title=f"goal {n}") for n in range(600)))
    told: list[tuple[int, int]] = []
    copy(here).merge(there.fold(), progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]
    assert len(told) > 5
    before = here.fold()
    for stop_at in range(len(told)):
        calls = 0

        def stop(_done: int, _total: int, limit: int = stop_at) -> None:
            nonlocal calls
            calls += 1
            if calls > limit:
                raise Cancelled

        with pytest.raises(Cancelled):
            here.merge(there.fold(), progress=stop)
        assert here.fold() == before
        assert here.records() == {kept.id: kept}
    assert len(here.merge(there.fold()).added) == 600


def test_undo_and_redo_of_making_changing_and_deleting() -> None:
    document = SectionDocument.new()
    record = Goal(title="One", why="w")
    with document.edit() as edit:
        edit.put(record)
    made = edit.changes
    with document.edit() as edit:
        put_back(edit, made)
    assert document.records() == {}
    unmade = edit.changes
    assert {(c.field, c.before, c.after) for c in inverse(made)} == {(c.field, c.before, c.after) for c in unmade}
    with document.edit() as edit:
        put_back(edit, unmade)
    assert document.records() == {record.id: record}
    with document.edit() as edit:
        edit.change(record.id, removed=True, title="Two")
    changed = edit.changes
    with document.edit() as edit:
        put_back(edit, changed)
    assert document.records() == {record.id: record}


def test_undo_never_overwrites_what_came_since() -> None:
    document = SectionDocument.new()
    record = Goal(title="One")
    with document.edit() as edit:
        edit.put(record)
    made = edit.changes
    with document.edit() as edit:
        edit.change(record.id, title="Two", why="w")
    changed = edit.changes
    change(document, record.id, title="from elsewhere")
    with document.edit() as edit:
        left = put_back(edit, changed)
    assert [each.field for each in left] == ["title"]
    assert goal(document, record.id) == replace(record, title="from elsewhere")
    with document.edit() as edit:
        put_back(edit, made)
    assert goal(document, record.id).removed


def test_broken_bytes_are_trouble_of_the_machine_and_change_nothing() -> None:
    document = SectionDocument.new()
    record = Goal(title="kept")
    put(document, record)
    state = document.fold()
    for broken in (
        b"junk",
        state[:-3],
        state[3:],
        state + b"x",
        b"\xff" * 40,
        b"\x01\x01\x07\x00\x04\x01\x01w\x01a\x00",
    ):
        with pytest.raises(DocumentDamaged) as caught:
            document.merge(broken)
        assert isinstance(caught.value, MachineTrouble)
        assert "kept" not in str(caught.value)
    with pytest.raises(DocumentDamaged):
        SectionDocument.load(b"junk")
    with pytest.raises(DocumentDamaged):
        SectionDocument.load(state[:-3])
    with pytest.raises(DocumentDamaged):
        SectionDocument.load(b"\x00" * (64 * 1024 * 1024 + 1))
    assert document.fold() == state


def test_values_nested_without_end_are_refused_before_the_engine_sees_them() -> None:
    head = b"\x01\x01\x07\x00\x28\x01\x01w\x01k\x01"
    fine = head + b"\x75\x01" * 3 + b"\x77\x01v\x00"
    assert SectionDocument.new().merge(fine).nothing
    with pytest.raises(DocumentDamaged):
        SectionDocument.new().merge(head + b"\x75\x01" * 1_000_000 + b"\x77\x01v\x00")


def test_a_record_of_a_newer_version_is_kept_though_not_shown() -> None:
    here, there = SectionDocument.new(), SectionDocument.new()
    with there.edit() as edit:
        edit.put_fields("r1", "dream", {"title": "from tomorrow"})
        edit.put(Goal(id="g1", title="known"))
        edit.put_fields("g1", "goal", {"colour": "blue"})
    here.merge(there.fold())
    assert set(here.records()) == {"g1"}
    change(here, "g1", title="changed")
    assert b"from tomorrow" in here.fold()
    assert b"blue" in here.fold()


def test_a_document_may_be_made_by_another_thread() -> None:
    made: list[SectionDocument] = []
    record = Goal(title="x")

    def work() -> None:
        document = SectionDocument.new()
        put(document, record)
        made.append(document)

    thread = Thread(target=work)
    thread.start()
    thread.join()
    change(made[0], record.id, title="y")
    assert goal(made[0], record.id).title == "y"


def test_light_modules_do_not_load_the_engine() -> None:
    code = (
        "import sys, planner.plan, planner.plan.records, planner.plan.life, planner.plan.changes, planner.plan.order, "
        "planner.plan.agenda, planner.plan.repeat_words, planner.plan.suggest\n"
        "assert not {'pycrdt', 'dateutil', 'anyio'} & set(sys.modules), sorted(sys.modules)\n"
        "import planner.plan.documents\n"
        "assert 'pycrdt' in sys.modules\n"
    )
    here = Path(planner.__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=here)
    assert done.returncode == 0, done.stderr
