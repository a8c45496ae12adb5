"""Deleted and overwritten words leave the store: seen by reading every decrypted byte of it."""

from __future__ import annotations

from planner.plan.life import LifeDomain
from planner.plan.records import Goal, Step, SupportContact
from planner.session import Session
from tests.session.conftest import Kept
from tests.store import pages

OVERWRITTEN = "heron-overwritten"
DELETED = "otter-deleted"
UNDONE = "linnet-undone"
MOVED = "plover-moved-away"
STAYS = "curlew-stays"


def decrypted(kept: Kept) -> bytes:
    """Every page of the database in plain, free pages included; its log is empty once it is closed."""
    data = kept.folder / "data"
    log = data.with_name("data-wal")
    assert not log.exists() or not log.stat().st_size
    return pages.decrypted(data, kept.session.notebook._data_key.raw)


def write_and_take_back(session: Session, person: str) -> None:
    goal = Goal(title=OVERWRITTEN, domain=LifeDomain.WORK)
    with session.edit(person, "Add") as edit:
        edit.add(goal)
        edit.add(Step(goal=goal.id, title=DELETED))
    with session.edit(person, "Change") as edit:
        edit.change(goal.id, title=UNDONE)
    session.undo()
    with session.edit(person, "Change") as edit:
        edit.change(goal.id, title=STAYS)
    (step,) = session.parts(person, goal.id).steps
    with session.edit(person, "Remove") as edit:
        edit.remove(step.id)
    session.undo()
    session.redo()
    friend = SupportContact(name=MOVED)
    with session.edit(person, "Add") as edit:
        edit.add(friend)
    with session.edit(person, "Remove") as edit:
        edit.remove(friend.id)


def test_folding_leaves_no_deleted_or_overwritten_word(kept: Kept) -> None:
    session, me = kept.session, kept.me
    write_and_take_back(session, me)
    session.notebook.close()
    before = decrypted(kept)
    for word in (OVERWRITTEN, DELETED, UNDONE, MOVED, STAYS):
        assert word.encode() in before, "the scanner must see what is there"
    kept.open().lock()
    after = decrypted(kept)
    assert STAYS.encode() in after
    for word in (OVERWRITTEN, DELETED, UNDONE, MOVED):
        assert word.encode() not in after, word


def test_what_undo_may_still_need_is_only_marked(kept: Kept) -> None:
    session, me = kept.session, kept.me
    goal = Goal(title=STAYS)
    with session.edit(me, "Add") as edit:
        edit.add(goal)
    with session.edit(me, "Remove") as edit:
        edit.remove(goal.id)
    session.settle()
    assert session.undo()
    assert [each.title for each in session.goals(me)] == [STAYS]
    assert [each.title for each in kept.lock_and_open().goals(me)] == [STAYS]


def test_a_deleted_record_leaves_only_digests(kept: Kept) -> None:
    session, me = kept.session, kept.me
    goal = Goal(title=DELETED)
    with session.edit(me, "Add") as edit:
        edit.add(goal)
    with session.edit(me, "Remove") as edit:
        edit.remove(goal.id)
    session = kept.lock_and_open()
    assert session.store.row(me, goal.id) is None
    assert list(session.store.purged(me, goal.home())) == [goal.id]


def test_what_was_folded_while_undo_needed_it_goes_at_the_lock(kept: Kept) -> None:
    session, me = kept.session, kept.me
    goal = Goal(title=DELETED)
    with session.edit(me, "Add") as edit:
        edit.add(goal)
    with session.edit(me, "Remove") as edit:
        edit.remove(goal.id)
    # A quiet moment: no edit waits to be folded any more, but undo may still bring it back.
    session.settle()
    assert not session.store.unfolded()
    session.store.checkpoint()
    assert DELETED.encode() in decrypted(kept)
    session.lock()
    assert DELETED.encode() not in decrypted(kept)
