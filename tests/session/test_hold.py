"""A hold: nothing of that person is erased or deleted, whoever asks, until it is lifted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from planner.errors import MachineTrouble
from planner.plan.records import Goal
from planner.session import Session
from planner.session.erasing import OnHold
from planner.store.backups_open import restore
from planner.store.notebooks import Notebook
from planner.store.rows import AttachmentRow
from planner.words import use_language
from tests.session.conftest import PASSPHRASE, Kept
from tests.session.test_folding import decrypted

GONE = "heron-removed"


def removed_goal(session: Session, person: str) -> str:
    goal = Goal(title=GONE)
    with session.edit(person, "Add a goal") as edit:
        edit.add(goal)
    session.settle()
    with session.edit(person, "Remove a goal") as edit:
        edit.remove(goal.id)
    return goal.id


def is_in_file(kept: Kept) -> bool:
    kept.session.store.checkpoint()
    return GONE.encode() in decrypted(kept)


def test_what_is_removed_stays_marked_over_locks_while_a_hold_is_on_and_goes_when_it_is_lifted(kept: Kept) -> None:
    kept.session.erasing.hold(kept.me)
    goal = removed_goal(kept.session, kept.me)
    session = kept.lock_and_open()
    kept.session.settle()
    session = kept.lock_and_open()
    assert session.goals(kept.me) == []
    assert [each.id for each in session.goals(kept.me, include_removed=True)] == [goal]
    assert is_in_file(kept)
    session.erasing.lift(kept.me)
    assert session.goals(kept.me, include_removed=True) == []
    assert not is_in_file(kept)
    assert not kept.session.erasing.is_held(kept.me)


def test_without_a_hold_the_same_goes_at_the_lock(kept: Kept) -> None:
    removed_goal(kept.session, kept.me)
    session = kept.lock_and_open()
    assert session.goals(kept.me, include_removed=True) == []
    assert not is_in_file(kept)


def test_papers_removed_stay_while_a_hold_is_on(kept: Kept) -> None:
    session = kept.session
    row = AttachmentRow(
        id="paper",
        person=kept.me,
        record="",
        title="A paper",
        media_type="image/png",
        size=3,
        added=session.stamp(),
        removed=False,
    )
    session.store.add_attachment(row, b"abc")
    session.erasing.hold(kept.me)
    session.store.change_attachment("paper", removed=True)
    session = kept.lock_and_open()
    assert len(session.store.attachments(kept.me, include_removed=True)) == 1
    session.erasing.lift(kept.me)
    session = kept.lock_and_open()
    assert session.store.attachments(kept.me, include_removed=True) == []


def test_every_way_to_erase_is_refused_with_what_to_do(team: Kept) -> None:
    session = team.session
    lin, mara = session.add_person("Lin"), session.add_person("Mara")
    goal = Goal(title=GONE)
    with session.edit(lin.id, "Add a goal") as edit:
        edit.add(goal)
    desk = session.forms.open(lin.id, session.forms.all()[0].id)
    desk.save()
    (filling,) = session.store.fillings(lin.id)
    session.erasing.hold(lin.id)
    assert session.find_person(lin.id).held_since
    assert not session.find_person(mara.id).held_since
    calls: list[Callable[[], object]] = [
        lambda: session.erasing.erase_record(lin.id, goal.id),
        lambda: session.erasing.erase_person(lin.id),
        lambda: session.erasing.allow_notebook(PASSPHRASE),
        lambda: session.forms.throw_away(filling.id),
    ]
    for call in calls:
        with pytest.raises(OnHold) as refused:
            call()
        assert isinstance(refused.value, MachineTrouble)
        assert refused.value.sentence == (
            "If papers from a court or a lawyer have come, do not delete. Call your lawyer."
        )
    with pytest.raises(ValueError, match="on hold"):
        session.store.remove_person(lin.id)
    assert [each.title for each in session.goals(lin.id)] == [GONE]
    assert len(session.store.fillings(lin.id)) == 1
    session.erasing.erase_person(mara.id)
    session.erasing.lift(lin.id)
    session.erasing.erase_person(lin.id)
    assert session.people() == []


def test_a_hold_that_comes_between_the_passphrase_and_the_erasing_still_stops_it(kept: Kept) -> None:
    kept.session.erasing.allow_notebook(PASSPHRASE)
    kept.session.erasing.hold(kept.me)
    with pytest.raises(OnHold):
        kept.session.erasing.erase_notebook()
    assert kept.session.store.is_open
    assert kept.folder.is_dir()


def test_the_tables_themselves_refuse(kept: Kept) -> None:
    kept.session.erasing.hold(kept.me)
    with pytest.raises(Exception, match="on hold"):
        kept.session.store._do("DELETE FROM person")
    assert len(kept.session.people()) == 1


def test_undo_works_as_ever_and_a_hold_said_twice_keeps_its_first_day(kept: Kept) -> None:
    session = kept.session
    session.erasing.hold(kept.me)
    since = session.find_person(kept.me).held_since
    kept.now = kept.now.replace(day=20)
    session.erasing.hold(kept.me)
    assert session.find_person(kept.me).held_since == since
    removed_goal(session, kept.me)
    assert session.undo()
    assert [each.title for each in session.goals(kept.me)] == [GONE]
    assert [entry.what for entry in session.activity() if entry.what.startswith("h")] == ["held"]
    session.erasing.lift(kept.me)
    session.erasing.lift(kept.me)
    assert [entry.what for entry in session.activity() if entry.what.startswith("h")] == ["hold lifted", "held"]


def test_what_undo_may_need_stays_when_a_hold_is_lifted(kept: Kept) -> None:
    session = kept.session
    session.erasing.hold(kept.me)
    removed_goal(session, kept.me)
    session.erasing.lift(kept.me)
    assert session.undo()
    assert [each.title for each in session.goals(kept.me)] == [GONE]


def test_copies_that_hold_somebody_on_hold_are_not_cleared_for_the_sake_of_another(team: Kept) -> None:
    session = team.session
    lin, mara = session.add_person("Lin"), session.add_person("Mara")
    goal = Goal(title=GONE)
    with session.edit(mara.id, "Add a goal") as edit:
        edit.add(goal)
    session.backups.prepare()
    copy = session.backups.make()
    session.erasing.hold(lin.id)
    found = session.erasing.holding(mara.id, goal.id)
    assert [each.folder for each in found] == [copy.folder]
    account = session.erasing.look_at_record(mara.id, goal.id, found)
    assert account.backups == ()
    assert any(each.startswith("1 safety copy that still holds it") for each in account.stays)
    session.erasing.erase_record(mara.id, goal.id)
    with pytest.raises(OnHold):
        session.erasing.clear_copies(found)
    assert copy.folder.is_dir()


def test_copies_from_before_a_hold_are_never_thinned_while_it_is_on(kept: Kept) -> None:
    session = kept.session
    old = session.backups.make()
    kept.now = kept.now + timedelta(days=1)
    session.erasing.hold(kept.me)
    for _day in range(40):
        kept.now = kept.now + timedelta(days=1)
        session.backups.make()
    assert old.folder.is_dir()
    assert len(session.backups.list()) <= 11
    session.erasing.lift(kept.me)
    kept.now = kept.now + timedelta(days=1)
    session.backups.make()
    assert not old.folder.exists()


def test_it_is_said_in_spanish_too(kept: Kept) -> None:
    use_language("es")
    try:
        assert "abogada" in OnHold().sentence
    finally:
        use_language("en")


@pytest.mark.parametrize("held", [True, False])
def test_what_another_copy_deleted_for_good_stays_here_marked_while_a_hold_is_on(kept: Kept, held: bool) -> None:
    session = kept.session
    goal = Goal(title=GONE, why="heron-why")
    with session.edit(kept.me, "Add a goal") as edit:
        edit.add(goal)
    session.settle()
    folder = restore(session.backups.make().folder, PASSPHRASE, kept.folder.parent, "Copy")
    other = Session(Notebook.open(folder, PASSPHRASE), clock=lambda: kept.now, zone="UTC")
    other.erasing.erase_record(kept.me, goal.id)
    other.lock()
    if held:
        session.erasing.hold(kept.me)
    session.backups.tell(session.backups.merge_notebook(folder, PASSPHRASE))
    session = kept.lock_and_open()
    assert session.goals(kept.me) == []
    there = session.goals(kept.me, include_removed=True)
    assert [(each.id, each.title, each.why) for each in there] == ([(goal.id, GONE, "heron-why")] if held else [])
    assert is_in_file(kept) is held
    session.backups.tell(session.backups.merge_notebook(folder, PASSPHRASE))
    assert len(session.goals(kept.me, include_removed=True)) == int(held)
