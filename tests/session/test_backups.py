"""The safety copies of an open notebook: when one is due, what it holds, and what comes back from it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from planner.keys.errors import WrongPassphrase
from planner.plan import Cancelled
from planner.plan.life import LifeDomain, Section
from planner.plan.records import Appointment, Goal, Step
from planner.session import OutOfReach, Session
from planner.session.comparing import Fate, Item, Newer
from planner.store.backups import list_backups
from planner.store.backups_errors import BackupDamaged
from planner.store.backups_open import restore
from planner.store.errors import StoreInUse
from planner.store.notebooks import Notebook
from planner.store.rows import AttachmentRow, FillingRow
from tests.session.conftest import PASSPHRASE, Kept
from tests.session.edits import add, change


def remove(session: Session, person: str, record: str) -> None:
    with session.edit(person, "Remove") as edit:
        edit.remove(record)


def made(session: Session) -> Any:
    session.backups.prepare()
    return session.backups.make()


def named(items: tuple[Item, ...]) -> set[tuple[str, str]]:
    return {(each.kind, each.title) for each in items}


# ---------------------------------------------------------------- when


def test_due_after_a_change_and_an_hour_or_on_another_day(kept: Kept) -> None:
    session, backups = kept.session, kept.session.backups
    assert backups.due()
    made(session)
    kept.now += timedelta(hours=30)
    # Nothing changed: yesterday's copy is as good.
    assert not backups.due()
    add(session, kept.me, Goal(title="New"))
    assert backups.due()
    made(session)
    assert not backups.due()
    change(session, kept.me, session.goals(kept.me)[0].id, title="Newer")
    kept.now += timedelta(minutes=59)
    assert not backups.due()
    kept.now += timedelta(minutes=2)
    assert backups.due()
    session = kept.lock_and_open()
    assert session.backups.due()
    made(session)
    kept.now += timedelta(hours=2)
    assert not kept.lock_and_open().backups.due()


@pytest.mark.parametrize(
    "write",
    [
        lambda session, me: session.notes.add(
            me, when=date(2026, 3, 1), kind="call", minutes=1, who="", facts="F", agreed=""
        ),
        lambda session, me: session.change_person(me, name="Another"),
        lambda session, me: session.set_setting("lock_minutes", 10),
        lambda session, me: session.store.save_filling(FillingRow(id="f", person=me, form="x", updated="1")),
        lambda session, me: session.store.add_attachment(
            AttachmentRow(id="p", person=me, media_type="x", size=1), b"x"
        ),
        lambda session, me: session.log("printed", me, {}),
        lambda session, me: remove(session, me, session.goals(me)[0].id),
    ],
)
def test_whatever_is_written_makes_it_due(kept: Kept, write: Any) -> None:
    session = kept.session
    add(session, kept.me, Goal(title="There"))
    made(session)
    kept.now += timedelta(hours=2)
    assert not session.backups.due()
    write(session, kept.me)
    assert session.backups.due()


def test_a_clock_set_back_does_not_keep_a_copy_from_being_made(kept: Kept) -> None:
    session = kept.session
    made(session)
    kept.now -= timedelta(days=400)
    add(session, kept.me, Goal(title="New"))
    assert session.backups.due()
    made(session)
    assert not session.backups.due()
    assert len(session.backups.list()) == 2


# ---------------------------------------------------------------- what is in one


def test_compared_each_thing_is_told_where_it_is(team: Kept) -> None:
    session = team.session
    ana, bea = session.add_person("Ana").id, session.add_person("Bea").id
    kept_goal, gone, marked = Goal(title="Kept"), Goal(title="Gone"), Goal(title="Marked")
    moved = Goal(title="Moved", domain=LifeDomain.HOME)
    add(session, ana, kept_goal, gone, marked, moved)
    note = session.notes.add(ana, when=date(2026, 3, 1), kind="call", minutes=1, who="", facts="Said.", agreed="")
    session.store.save_filling(FillingRow(id="f", person=ana, form="first-steps", state=b"1", updated="1"))
    session.store.add_attachment(AttachmentRow(id="p", person=ana, title="Card", media_type="x", size=1), b"x")
    backup = made(session)
    assert session.backups.compare(backup).same

    change(session, ana, kept_goal.id, title="Kept, later")
    change(session, ana, moved.id, domain=LifeDomain.HEALTH)
    remove(session, ana, gone.id)
    session = team.lock_and_open()
    remove(session, ana, marked.id)
    add(session, ana, Goal(title="Since"))
    session.store.change_attachment("p", removed=True)
    session.store.save_filling(FillingRow(id="f", person=ana, form="first-steps", state=b"2", updated="2"))
    session.store.remove_person(bea)
    session.forget_people()
    found = session.backups.compare(backup)
    assert found.made == backup.made
    assert found.people == {ana: "Ana", bea: "Bea"}
    assert named(found.only_here) == {("goal", "Since")}
    assert named(found.only_there) == {("goal", "Gone"), ("goal", "Marked"), ("paper", "Card"), ("person", "Bea")}
    assert {each.title: each.fate for each in found.only_there} == {
        "Gone": Fate.REMOVED,
        "Marked": Fate.REMOVED,
        "Card": Fate.REMOVED,
        "Bea": Fate.LOST,
    }
    assert {(each.title, each.newer) for each in found.different} == {
        ("Kept, later", Newer.HERE),
        ("Moved", Newer.UNKNOWN),
        ("first-steps", Newer.HERE),
    }
    assert found.counts(found.only_there) == {"goal": 2, "paper": 1, "person": 1}
    assert note not in {each.id for each in (*found.only_here, *found.only_there, *found.different)}


def test_comparing_can_be_stopped_and_is_for_everyone_alone(team: Kept) -> None:
    session = team.session
    ana = session.add_person("Ana").id
    backup = made(session)

    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        session.backups.compare(backup, stop)
    session.stay_with(ana)
    with pytest.raises(OutOfReach):
        session.backups.compare(backup)
    with pytest.raises(OutOfReach):
        session.backups.bring_back(backup)


def test_a_damaged_copy_is_not_taken_for_a_damaged_notebook(team: Kept) -> None:
    session = team.session
    for number in range(30):
        add(session, session.add_person(f"P{number}").id, Goal(title="word " * 200))
    backup = made(session)
    data = bytearray((backup.folder / "data").read_bytes())
    for page in range(5, len(data) // 4096):
        data[page * 4096 + 100] ^= 1
    (backup.folder / "data").write_bytes(data)
    for work in (session.backups.compare, session.backups.bring_back):
        with pytest.raises(BackupDamaged):
            work(backup)
    assert session.store.verify() == []
    assert len(session.people()) == 30


def test_which_copies_still_hold_something(team: Kept, tmp_path: Path) -> None:
    session = team.session
    before = made(session)
    ana = session.add_person("Ana").id
    goal = Goal(title="Hers")
    add(session, ana, goal)
    note = session.notes.add(ana, when=date(2026, 3, 1), kind="call", minutes=1, who="", facts="Said.", agreed="")
    team.now += timedelta(days=1)
    with_her = made(session)
    (tmp_path / "stick").mkdir()
    on_stick = session.backups.make_on_second_device(tmp_path / "stick")
    remove(session, ana, goal.id)
    team.now += timedelta(days=1)
    marked = made(session)
    session = team.lock_and_open()
    team.now += timedelta(days=1)
    without = made(session)
    holding = session.backups.holding
    assert holding(ana, goal.id) == [marked, with_her]
    assert {each.folder for each in holding(ana, goal.id, also=[tmp_path / "stick"])} == {
        each.folder for each in (marked, with_her, on_stick)
    }
    assert {each.folder for each in holding(ana, note)} == {each.folder for each in (without, marked, with_her)}
    assert before not in holding(ana, None)
    # A copy that cannot be looked into may hold it.
    (before.folder / "data").write_bytes(b"")
    assert before.folder in {each.folder for each in holding(ana, None)}
    session.backups.clear(holding(ana, goal.id))
    assert [each.folder for each in session.backups.list()] == [without.folder]
    assert not (marked.folder.parent / f"old-{marked.folder.name}").exists()


# ---------------------------------------------------------------- what comes back


def test_all_that_was_lost_comes_back_and_nothing_newer_goes(team: Kept) -> None:
    session = team.session
    ana, bea = session.add_person("Ana").id, session.add_person("Bea").id
    goal, gone = Goal(title="Old words"), Goal(title="Gone")
    add(session, ana, goal, gone)
    visit = Appointment(title="Visit", starts="2026-03-20T10:00", zone="UTC")
    add(session, bea, visit)
    session.notes.add(bea, when=date(2026, 3, 1), kind="call", minutes=1, who="", facts="Said.", agreed="")
    session.store.add_attachment(AttachmentRow(id="p", person=bea, title="Card", media_type="x", size=1), b"x")
    backup = made(session)
    change(session, ana, goal.id, title="New words")
    remove(session, ana, gone.id)
    session = team.lock_and_open()
    session.store.remove_person(bea)
    told: list[Any] = []
    session.on_change(told.append)
    brought = session.backups.bring_back(backup)
    assert not told
    session.backups.tell(brought)
    assert {each.person for each in told} == {bea, ""}
    assert [each.title for each in session.goals(ana)] == ["New words"]
    assert [each.name for each in session.people()] == ["Ana", "Bea"]
    assert [each.title for each in session.appointments(bea)] == ["Visit"]
    assert len(session.agenda(date(2026, 3, 20), 1)) == 1
    assert [each.facts for each in session.notes.of(bea)] == ["Said."]
    assert session.store.attachment_content("p") == b"x"
    assert brought.counts == {"person": 1, "appointment": 1, "note": 1, "paper": 1}
    assert session.backups.bring_back(backup).nothing
    assert session.store.verify() == []
    session = team.lock_and_open()
    assert [each.title for each in session.goals(ana)] == ["New words"]
    assert [each.title for each in session.appointments(bea)] == ["Visit"]


def test_what_was_chosen_comes_back_with_what_belongs_to_it(team: Kept) -> None:
    session = team.session
    ana = session.add_person("Ana").id
    goal, other, changed = Goal(title="Back"), Goal(title="Not this"), Goal(title="Before", why="Because")
    add(session, ana, goal, other, changed, Step(goal=goal.id, title="First step"))
    first = session.notes.add(ana, when=date(2026, 3, 1), kind="call", minutes=1, who="", facts="A", agreed="")
    backup = made(session)
    for each in (goal, other):
        remove(session, ana, each.id)
    change(session, ana, changed.id, title="After")
    session = team.lock_and_open()
    found = session.backups.compare(backup)
    chosen = [each for each in (*found.only_there, *found.different) if each.id in {goal.id, changed.id}]
    brought = session.backups.bring_back(backup, chosen)
    assert [each.title for each in session.goals(ana)] == ["After", "Back"] or len(session.goals(ana)) == 2
    assert {each.title for each in session.goals(ana)} == {"After", "Back"}
    assert [each.title for each in session.parts(ana, goal.id).steps] == ["First step"]
    both = session.record(ana, changed.id)
    assert isinstance(both, Goal)
    assert (both.title, both.rivals) == ("After", {"title": ("Before",)})
    assert brought.rivals == ((ana, changed.id),)
    # It stays, over a lock and over a merge of the whole copy.
    session = team.lock_and_open()
    session.backups.bring_back(backup)
    session = team.lock_and_open()
    assert {each.title for each in session.goals(ana)} == {"After", "Back"}
    assert [each.id for each in session.notes.of(ana)] == [first]
    assert session.store.verify() == []


def test_a_person_a_note_a_paper_and_a_filling_can_be_chosen(team: Kept) -> None:
    session = team.session
    ana, bea = session.add_person("Ana").id, session.add_person("Bea").id
    add(session, bea, Goal(title="Hers"))
    session.store.add_attachment(AttachmentRow(id="p", person=ana, title="Card", media_type="x", size=1), b"x")
    session.store.save_filling(FillingRow(id="f", person=ana, form="x", state=b"1", updated="1"))
    backup = made(session)
    session.store.remove_person(bea)
    session.store.remove_filling("f")
    session.store.change_attachment("p", removed=True)
    found = session.backups.compare(backup)
    assert {each.kind for each in found.only_there} == {"person", "goal", "filling", "paper"}
    session.backups.bring_back(backup, [each for each in found.only_there if each.kind != "goal"])
    assert [each.title for each in session.goals(bea)] == ["Hers"]
    assert session.store.filling("f") is not None
    assert [each.id for each in session.store.attachments(ana)] == ["p"]
    assert session.backups.compare(backup).same


def test_a_restored_notebook_is_edited_and_taken_in(kept: Kept) -> None:
    session = kept.session
    goal = Goal(title="From both")
    add(session, kept.me, goal)
    backup = made(session)
    change(session, kept.me, goal.id, why="Said here")
    folder = restore(backup.folder, PASSPHRASE, kept.folder.parent, "")
    other = Session(Notebook.open(folder, PASSPHRASE), clock=lambda: kept.now, zone="UTC")
    add(other, kept.me, Goal(title="Said there"))
    change(other, kept.me, goal.id, title="Called otherwise")
    other.lock()
    brought = session.backups.merge_notebook(folder, PASSPHRASE)
    session.backups.tell(brought)
    assert {(each.title, each.why) for each in session.goals(kept.me)} == {
        ("Called otherwise", "Said here"),
        ("Said there", ""),
    }
    assert session.backups.merge_notebook(folder, PASSPHRASE).nothing
    with pytest.raises(StoreInUse):
        session.backups.merge_notebook(kept.folder, PASSPHRASE)
    with pytest.raises(WrongPassphrase):
        session.backups.merge_notebook(folder, "no")


def test_a_copy_of_another_passphrase_asks_for_it(kept: Kept, tmp_path: Path) -> None:
    session = kept.session
    add(session, kept.me, Goal(title="There"))
    (tmp_path / "stick").mkdir()
    session.backups.prepare()
    backup = session.backups.make_on_second_device(tmp_path / "stick")
    assert session.backups.on_device(tmp_path / "stick") == [backup]
    session.change_passphrase(PASSPHRASE, "another one entirely")
    with pytest.raises(WrongPassphrase):
        session.backups.compare(backup)
    assert session.backups.compare(backup, secret=PASSPHRASE).same
    remove(session, kept.me, session.goals(kept.me)[0].id)
    session.settle()
    assert session.backups.compare(backup, secret=PASSPHRASE).counts(
        session.backups.compare(backup, secret=PASSPHRASE).only_there
    ) == {"goal": 1}


def test_deleted_words_are_not_in_a_copy_made_after_them(kept: Kept) -> None:
    session = kept.session
    goal = Goal(title="Words that go")
    add(session, kept.me, goal)
    before = made(session)
    remove(session, kept.me, goal.id)
    session = kept.lock_and_open()
    kept.now += timedelta(days=1)
    after = made(session)
    for backup, there in ((before, True), (after, False)):
        copy = session.backups.open(backup)
        state = copy.document(kept.me, Section.EVERYDAY.value)
        assert (b"Words that go" in b"".join((state.state, *state.deltas))) is there
        copy.close()


def test_made_is_listed_newest_first(kept: Kept) -> None:
    session = kept.session
    first = made(session)
    kept.now += timedelta(days=1)
    second = made(session)
    assert session.backups.list() == [second, first] == list_backups(kept.folder)
    assert first.made == datetime(2026, 3, 12, 12, tzinfo=UTC)
