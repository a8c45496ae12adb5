"""Copies of a whole notebook that are edited apart: merged in any order they say the same, and nothing is lost."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.indexing import index_row
from planner.plan.documents import SectionDocument
from planner.plan.life import LifeDomain, Section
from planner.plan.records import Appointment, Goal, Outcome, Step
from planner.session import Session
from planner.session.merging import Brought, Merging
from planner.store.backups import make_backup
from planner.store.backups_open import restore
from planner.store.notebooks import Notebook
from planner.store.rows import AttachmentRow, FillingRow
from planner.store.store import Store
from tests.session.conftest import NOON, PASSPHRASE, ZONE, Kept
from tests.session.edits import add, change
from tests.stopping import stop_at_each_step

DOMAINS = (LifeDomain.HOME, LifeDomain.HEALTH, LifeDomain.PAPERS, LifeDomain.MONEY)


def replica(session: Session, data_dir: Path) -> Session:
    """Another notebook, restored from a backup of this one, open."""
    session.settle()
    backup = make_backup(session.notebook, now=NOON)
    folder = restore(backup.folder, PASSPHRASE, data_dir, "")
    return Session(Notebook.open(folder, PASSPHRASE), clock=lambda: NOON, zone=ZONE)


def merge(here: Session, there: Session, **more: Any) -> Brought:
    brought = Merging(here, there.store, **more).everything()
    here.backups.tell(brought)
    return brought


def said(session: Session) -> dict[str, Any]:
    """All that a notebook says, without what is only its own; and the index has to say the same."""
    store = session.store
    out: dict[str, Any] = {}
    for person in store.people():
        records: dict[str, Any] = {}
        rows = {row.id: row for row in store.rows(person.id, None, include_removed=True)}
        for section in Section:
            stored = store.document(person.id, section)
            for each in SectionDocument.load(stored.state, stored.deltas).records().values():
                assert each.id not in records, "one record in two sections"
                assert rows[each.id] == replace(index_row(person.id, section, each), search="")
                records[each.id] = (section, each, {name: sorted(map(repr, v)) for name, v in each.rivals.items()})
        assert rows.keys() == records.keys()
        out[person.id] = (
            records,
            sorted(store.fillings(person.id), key=lambda row: row.id),
            sorted(store.notes(person.id), key=lambda row: row.id),
            sorted((row.id, store.attachment_content(row.id)) for row in store.attachments(person.id)),
        )
    return out


def test_edited_apart_and_merged_both_ways(team: Kept, tmp_path: Path) -> None:
    one = team.session
    ana = one.add_person("Ana").id
    both, mine, moved = Goal(title="Both"), Goal(title="Mine"), Goal(title="Moves", domain=LifeDomain.HOME)
    visit = Appointment(title="Visit", starts="2026-03-20T10:00", zone=ZONE)
    add(one, ana, both, mine, moved, Step(goal=moved.id, title="A step"), visit)
    other = replica(one, tmp_path / "second")
    # Here: one field, a note, a person. There: the same field otherwise, a paper, what became of the visit.
    change(one, ana, both.id, title="Both, here")
    change(one, ana, moved.id, domain=LifeDomain.HEALTH)
    bea = one.add_person("Bea").id
    add(one, bea, Goal(title="Hers"))
    one.notes.add(ana, when=date(2026, 3, 12), kind="call", minutes=5, who="", facts="Called.", agreed="")
    change(other, ana, both.id, title="Both, there", why="Because")
    change(other, ana, moved.id, title="Moves, still")
    other.store.add_attachment(AttachmentRow(id="p1", person=ana, title="Card", media_type="x", size=3), b"abc")
    add(other, ana, Outcome(appointment=visit.id, occurrence=visit.starts))
    other.log("printed", ana, {"parts": ["goals"]})

    brought = merge(one, other)
    assert {("paper", 1), ("outcome", 1)} <= set(brought.counts.items())
    assert (ana, both.id) in brought.rivals
    merge(other, one)
    assert said(one) == said(other)
    for session in (one, other):
        goal = session.record(ana, both.id)
        assert isinstance(goal, Goal)
        assert {goal.title, *goal.rivals["title"]} == {"Both, here", "Both, there"}
        assert goal.why == "Because"
        place = session.record(ana, moved.id)
        assert isinstance(place, Goal)
        assert {place.title, *place.rivals["title"]} == {"Moves", "Moves, still"}
        assert [each.title for each in session.goals(bea)] == ["Hers"]
        assert [each.title for each in session.parts(ana, moved.id).steps] == ["A step"]
        assert [note.facts for note in session.notes.of(ana)] == ["Called."]
        assert [row.what for row in session.activity()].count("printed") == 1
        assert [item.outcome for item in session.agenda(date(2026, 3, 20), 1)] == ["went"]
        assert session.store.verify() == []
    # Again, nothing happens; after a choice the other copy follows it.
    assert merge(one, other).nothing
    change(other, ana, both.id, title="Chosen")
    merge(one, other)
    chosen = one.record(ana, both.id)
    assert isinstance(chosen, Goal)
    assert (chosen.title, dict(chosen.rivals)) == ("Chosen", {})
    other.lock()


def test_what_both_did_alike_is_settled_by_one_change(team: Kept, tmp_path: Path) -> None:
    """Both moved a goal to the same place: nothing reads differently after the merge, yet each write stands twice."""
    one = team.session
    ana = one.add_person("Ana").id
    goal = Goal(title="A home", domain=LifeDomain.MONEY)
    add(one, ana, goal)
    other = replica(one, tmp_path / "second")
    for session in (one, other):
        change(session, ana, goal.id, domain=LifeDomain.HOME)
    merge(one, other)
    merge(other, one)
    for session in (one, other):
        said(session)
    change(other, ana, goal.id, title="A room")
    assert said(other)[ana][0][goal.id][2] == {}
    merge(one, other)
    assert said(one) == said(other)
    other.lock()


def test_what_was_deleted_for_good_stays_deleted(kept: Kept, tmp_path: Path) -> None:
    one, me = kept.session, kept.me
    goal = Goal(title="Not any more")
    add(one, me, goal, Goal(title="Stays"))
    other = replica(one, tmp_path / "second")
    with one.edit(me, "Remove") as edit:
        edit.remove(goal.id)
    one = kept.lock_and_open()
    assert merge(one, other).nothing
    assert goal.id in merge(other, one).changes[0].ids
    assert said(one) == said(other)
    assert [each.title for each in other.goals(me)] == ["Stays"]
    other.lock()


def test_of_two_states_of_a_filling_both_stay(kept: Kept, tmp_path: Path) -> None:
    one, me = kept.session, kept.me
    one.store.save_filling(FillingRow(id="f", person=me, form="x", state=b"{}", started="1", updated="1"))
    other = replica(one, tmp_path / "second")
    one.store.save_filling(FillingRow(id="f", person=me, form="x", state=b"here", started="1", updated="2"))
    other.store.save_filling(FillingRow(id="f", person=me, form="x", state=b"there", started="1", updated="3"))
    merge(one, other)
    merge(other, one)
    assert said(one) == said(other)
    assert sorted(row.state for row in one.store.fillings(me)) == [b"here", b"there"]
    newest = one.store.filling("f")
    assert newest is not None
    assert newest.state == b"there"
    other.lock()


def test_stopped_anywhere_nothing_has_changed(kept: Kept, tmp_path: Path) -> None:
    one, me = kept.session, kept.me
    add(one, me, Goal(title="First"))
    other = replica(one, tmp_path / "second")
    add(other, me, Goal(title="Second"), Goal(title="Third", domain=LifeDomain.HEALTH))
    other.add_person("Bea")
    before = said(one)

    def nothing_has_changed() -> None:
        assert said(one) == before
        assert len(one.goals(me)) == 1

    _brought, steps = stop_at_each_step(lambda stop: Merging(one, other.store, stop).everything(), nothing_has_changed)
    assert steps > 5
    assert said(one) == said(other)
    other.lock()


def test_written_here_while_it_was_worked_out(kept: Kept, tmp_path: Path) -> None:
    one, me = kept.session, kept.me
    add(one, me, Goal(title="First"))
    other = replica(one, tmp_path / "second")
    add(other, me, Goal(title="Second"))
    written: list[bool] = []

    def write_in_the_middle(_done: int, _total: int) -> None:
        if not written:
            written.append(True)
            return
        if len(written) == 1 and not one.store._depth:
            written.append(True)
            add(one, me, Goal(title="Third"))

    merge(one, other, progress=write_in_the_middle)
    assert len(written) == 2
    one.settle()
    assert sorted(each.title for each in kept.lock_and_open().goals(me)) == ["First", "Second", "Third"]
    other.lock()


# ---------------------------------------------------------------- any edits


EDITS = st.lists(
    st.tuples(
        st.sampled_from(["add", "title", "why", "move", "remove", "note", "settle", "step"]),
        st.integers(0, 5),
        st.integers(0, 3),
    ),
    max_size=6,
)


def do(session: Session, person: str, edits: list[tuple[str, int, int]], name: str) -> None:
    for number, (what, which, domain) in enumerate(edits):
        goals = sorted(session.goals(person), key=lambda goal: goal.id)
        words = f"{name} {number}"
        if what == "add":
            add(session, person, Goal(title=words, domain=DOMAINS[domain]))
        elif what == "note":
            when = date(2026, 3, 1) + timedelta(days=which)
            session.notes.add(person, when=when, kind="call", minutes=1, who="", facts=words, agreed="")
        elif what == "settle":
            session.editor.forget_undo()
            session.settle()
        elif goals:
            goal = goals[which % len(goals)]
            if what == "step":
                add(session, person, Step(goal=goal.id, title=words))
            elif what == "remove":
                with session.edit(person, "Remove") as edit:
                    edit.remove(goal.id)
            elif what == "move":
                change(session, person, goal.id, domain=DOMAINS[domain])
            else:
                change(session, person, goal.id, **{what: words})


@dataclass
class Opened:
    """What a session needs of a notebook, without Argon2 in the way of every example."""

    store: Store

    def close(self) -> None:
        self.store.close()


@pytest.fixture
def pair(team: Kept, tmp_path: Path) -> tuple[tuple[Path, bytes], tuple[Path, bytes], str]:
    """Two closed copies of one notebook with their keys, and the person in them."""
    session = team.session
    ana = session.add_person("Ana").id
    add(session, ana, *(Goal(title=f"Goal {n}", domain=DOMAINS[n]) for n in range(3)))
    other = replica(session, tmp_path / "second")
    other.lock()
    session.lock()
    one, two = ((each.notebook.folder, each.notebook._data_key.raw) for each in (session, other))
    return one, two, ana


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=EDITS, second=EDITS, again=EDITS)
def test_any_edits_converge(pair: Any, tmp_path: Path, first: Any, second: Any, again: Any) -> None:
    *copies, ana = pair
    sessions = []
    for number, (folder, key) in enumerate(copies):
        place = tmp_path / f"store-{number}"
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(folder, place)
        sessions.append(Session(cast(Any, Opened(Store.open(place, key))), clock=lambda: NOON, zone=ZONE))
    one, two = sessions
    try:
        do(one, ana, first, "here")
        do(two, ana, second, "there")
        kept_titles = {goal.title for goal in one.goals(ana)} & {goal.title for goal in two.goals(ana)}
        merge(one, two)
        merge(two, one)
        assert said(one) == said(two)
        assert merge(one, two).nothing
        titles = {t for goal in one.goals(ana) for t in (goal.title, *goal.rivals.get("title", ()))}
        assert kept_titles <= titles
        do(two, ana, again, "again")
        merge(one, two)
        merge(two, one)
        assert said(one) == said(two)
        assert one.store.verify() == []
    finally:
        one.notebook.close()
        two.notebook.close()
