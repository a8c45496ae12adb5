"""What could outlive erasing: what a kill left, and what came while somebody was being asked."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from planner.plan.records import Appointment, Goal
from planner.session.calendar_types import Chosen
from planner.store.erasing import clear_erased
from planner.store.notebooks import Notebook
from tests.session.conftest import PASSPHRASE, Kept


def half_made(kept: Kept) -> Path:
    """What a kill at the last step of making a notebook of a safety copy leaves: whole, but under another name."""
    folder = kept.folder.parent / "new-0123456789ab"
    shutil.copytree(kept.folder, folder)
    return folder


def test_a_notebook_that_was_half_made_of_a_copy_goes_with_the_one_that_is_erased(kept: Kept) -> None:
    with kept.session.edit(kept.me, "Add a goal") as edit:
        edit.add(Goal(title="heron-goal"))
    kept.session.lock()
    folder = half_made(kept)
    left = Notebook.open(folder, PASSPHRASE)
    assert [row.title for row in left.store.rows()] == ["heron-goal"]
    left.close()
    session = kept.open()
    session.erasing.allow_notebook(PASSPHRASE)
    session.erasing.erase_notebook()
    assert not [each for each in kept.folder.parent.iterdir() if each.is_dir()]


def test_what_was_half_made_goes_at_the_next_start_unless_it_is_being_made_now(kept: Kept) -> None:
    kept.session.lock()
    folder = half_made(kept)
    (folder / "data").touch()
    clear_erased(folder.parent)
    assert folder.is_dir()
    for each in (folder / "data", folder):
        os.utime(each, (1_000_000, 1_000_000))
    clear_erased(folder.parent)
    assert not folder.exists()
    assert kept.folder.is_dir()
    kept.open()


def no_progress(_done: int, _of: int) -> None:
    """Nobody looks."""


def test_what_a_calendar_said_of_an_erased_appointment_is_kept_in_no_form(kept: Kept) -> None:
    session = kept.session
    event = "BEGIN:VEVENT\r\nUID:{0}@x\r\nDTSTART:20260401T100000Z\r\nSUMMARY:{0}\r\nEND:VEVENT\r\n"
    file = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{event.format('heron')}{event.format('curlew')}END:VCALENDAR\r\n"
    files = session.calendar_files
    preview = files.preview(file.encode(), no_progress)
    files.tell(files.take_in(preview, Chosen(keys=frozenset(each.key for each in preview.new)), no_progress))
    heron, curlew = sorted(session.appointments(kept.me), key=lambda each: each.title, reverse=True)
    assert isinstance(heron, Appointment)

    def kept_of() -> set[str]:
        settings = session.store.settings()
        return {each.id for each in (heron, curlew) if any(each.id in str(value) for value in settings.values())}

    assert kept_of() == {heron.id, curlew.id}
    session.erasing.erase_record(kept.me, heron.id)
    assert kept_of() == {curlew.id}


def test_a_copy_in_the_middle_of_which_something_is_erased_does_not_hold_it(kept: Kept, tmp_path: Path) -> None:
    session, stick = kept.session, tmp_path / "stick"
    stick.mkdir()
    for work in (session.backups.make, lambda progress: session.backups.make_on_second_device(stick, progress)):
        goal = Goal(title="heron-goal")
        with session.edit(kept.me, "Add a goal") as edit:
            edit.add(goal)
        session.settle()
        asked = [0, 0]

        def erase(done: int, of: int, goal: Goal = goal, asked: list[int] = asked) -> None:
            # By then the last piece was written, and the copy is being checked.
            if 4 * done > 3 * of and not asked[0]:
                asked[0] = 1
                session.erasing.erase_record(kept.me, goal.id)

        work(erase)
        assert asked[0]
        assert session.record(kept.me, goal.id) is None
        assert session.backups.holding(kept.me, goal.id, also=[stick]) == []
        assert session.backups.list()
    assert len(session.backups.on_device(stick)) == 1
