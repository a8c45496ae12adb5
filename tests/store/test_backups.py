"""Copies on the disk: made whole or not at all, opened, checked, restored."""

from __future__ import annotations

import os
import shutil
import sys
import threading
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from planner.keys import WrongPassphrase
from planner.places import BACKUPS, DATA, KEYS
from planner.store import backups_copy
from planner.store.backups import (
    backups_in,
    is_backup,
    is_whole,
    last_good_backup,
    list_backups,
    make_backup,
    remove_backups,
)
from planner.store.backups_errors import BackupDamaged, BackupNotSound, NoRoomForBackup, PlaceMissing, PlaceReadOnly
from planner.store.backups_open import BackupView, open_backup, restore, verify_backup, view_of
from planner.store.errors import DiskFull, StoreReadOnly
from planner.store.notebooks import Notebook
from planner.system.files import FolderReadOnly
from tests.stopping import stop_at_each_step
from tests.store.changing import NEW, OLD
from tests.store.copies import NOW, everything_in, flip, opens

ROOT = Path(__file__).resolve().parents[2]


# ---------------------------------------------------------------- making


def test_made_whole_and_listed_without_a_key(notebook: Notebook) -> None:
    new = make_backup(notebook, now=NOW + timedelta(days=3))
    found = list_backups(notebook.folder)
    assert found[0] == new
    assert [each.made for each in found] == [NOW + timedelta(days=day) for day in (3, 2, 1, 0)]
    assert all(is_whole(each) and is_backup(each.folder) and each.kept_for == "day" for each in found)
    assert last_good_backup(notebook.folder) == new
    assert not is_backup(notebook.folder)
    assert sorted(each.name for each in new.folder.iterdir()) == ["data", "keys"]
    if sys.platform != "win32":
        assert {each.stat().st_mode & 0o777 for each in new.folder.iterdir()} == {0o600}
        assert new.folder.stat().st_mode & 0o777 == 0o700
    assert verify_backup(new.folder, OLD) == []
    copy = open_backup(new.folder, OLD)
    assert copy.people() == notebook.store.people()
    assert copy.get("day") == 2
    with pytest.raises(StoreReadOnly):
        copy.set("day", 3)
    copy.close()
    # Reading leaves nothing beside it.
    assert sorted(each.name for each in new.folder.iterdir()) == ["data", "keys"]


def test_the_key_of_the_notebook_does_not_open_the_data_of_a_copy(notebook: Notebook) -> None:
    (newest, *_rest) = list_backups(notebook.folder)
    with pytest.raises(BackupDamaged):
        BackupView.of(newest.folder, notebook._data_key)


def test_others_use_the_store_meanwhile_and_what_they_write_is_in_it(notebook: Notebook) -> None:
    waited: list[float] = []
    written: list[int] = []
    begun, ended = threading.Event(), threading.Event()

    def write() -> None:
        begun.wait()
        while not ended.is_set():
            before = time.perf_counter()
            notebook.store.set("written", len(written))
            waited.append(time.perf_counter() - before)
            written.append(len(written))

    writing = threading.Thread(target=write)
    writing.start()
    pieces = 0

    def progress(done: int, total: int) -> None:
        nonlocal pieces
        pieces += 1
        begun.set()
        # The first writes come while pages are still to be copied.
        while pieces < 4 and len(written) < pieces:
            time.sleep(0.001)
        if done * 2 >= total:
            ended.set()

    new = make_backup(notebook, progress=progress, now=NOW + timedelta(days=3))
    ended.set()
    writing.join()
    assert len(written) >= 3
    copy = view_of(notebook, new.folder)
    assert copy is not None
    assert copy.get("written") is not None
    copy.close()
    assert verify_backup(new.folder, OLD) == []


def test_a_key_change_waits_for_a_copy_under_way(notebook: Notebook) -> None:
    begun, done = threading.Event(), list[str]()

    def progress(_done: int, _total: int) -> None:
        begun.set()
        time.sleep(0.01)

    def copy() -> None:
        make_backup(notebook, progress=progress, now=NOW + timedelta(days=3))
        done.append("copied")

    beside = threading.Thread(target=copy)
    beside.start()
    begun.wait()
    asked: list[str] = []
    notebook.change_passphrase(OLD, NEW, lambda _done, _total: asked.extend(done[:1]))
    beside.join()
    # The copy was whole before a page of the key change was written, and follows the new key.
    assert done == ["copied"]
    newest = list_backups(notebook.folder)[0]
    assert newest.made == NOW + timedelta(days=3)
    assert verify_backup(newest.folder, NEW) == []
    assert not opens(newest, OLD)


def test_stopped_anywhere_nothing_is_left(notebook: Notebook, tmp_path: Path) -> None:
    before = everything_in(notebook.folder / BACKUPS)

    def nothing_is_left() -> None:
        assert everything_in(notebook.folder / BACKUPS) == before
        assert not list((notebook.folder / BACKUPS).glob("new-*"))
        notebook.store.set("still", "works")

    new, steps = stop_at_each_step(
        lambda stop: make_backup(notebook, progress=stop, now=NOW + timedelta(days=3)),
        nothing_is_left,
        lambda steps: 1 if steps < 4 else 7,
    )
    assert steps > 8
    assert verify_backup(new.folder, OLD) == []


def test_full_read_only_or_gone_says_so_calmly_and_changes_nothing(
    notebook: Notebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything_in(notebook.folder / BACKUPS)
    with pytest.raises(PlaceMissing):
        make_backup(notebook, tmp_path / "pulled out")
    assert not (tmp_path / "pulled out").exists()
    for trouble, told in ((DiskFull, NoRoomForBackup), (FolderReadOnly, PlaceReadOnly)):

        def fail(*_given: object, trouble: Any = trouble, **_named: object) -> None:
            raise trouble

        for name in ("flush_file", "flush_folder"):
            with monkeypatch.context() as patch:
                patch.setattr(backups_copy, name, fail)
                with pytest.raises(told):
                    make_backup(notebook)
            assert everything_in(notebook.folder / BACKUPS) == before
    assert not list((notebook.folder / BACKUPS).glob("new-*"))


def test_a_copy_that_came_out_wrong_is_not_kept(notebook: Notebook, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything_in(notebook.folder / BACKUPS)
    monkeypatch.setattr(backups_copy, "flush_file", lambda path: flip(path, 9000))
    with pytest.raises(BackupNotSound):
        make_backup(notebook)
    assert everything_in(notebook.folder / BACKUPS) == before
    monkeypatch.setattr(backups_copy, "flush_file", lambda path: os.truncate(path, 40960))
    with pytest.raises(BackupNotSound):
        make_backup(notebook)
    assert everything_in(notebook.folder / BACKUPS) == before


def test_only_our_own_leavings_are_cleaned(notebook: Notebook, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    names = ["new-photos", "old-letters", "new-2026-03-12T100000Z-0a1b2c", "old-2026-03-12T100000Z-0a1b2c"]
    for name in names:
        (stick / name).mkdir(parents=True)
        (stick / name / "data").write_bytes(b"something")
    new = make_backup(notebook, stick)
    assert sorted(each.name for each in stick.iterdir()) == sorted([*names[:2], new.folder.name])
    assert backups_in(stick) == [new]
    assert len(list_backups(notebook.folder)) == 3


def test_thinned_after_the_new_one_is_there(notebook: Notebook) -> None:
    for hours in (49, 50, 51):
        make_backup(notebook, now=NOW + timedelta(hours=hours))
    made_at = [each.made - NOW for each in list_backups(notebook.folder)]
    assert made_at == [timedelta(hours=51), timedelta(days=1), timedelta()]
    # The clock jumps back an hour: the newest stays the newest.
    again = make_backup(notebook, now=NOW + timedelta(hours=50))
    assert list_backups(notebook.folder)[0].folder == again.folder
    assert again.made == NOW + timedelta(hours=51, seconds=1)


def test_removed_at_once_or_not_at_all(notebook: Notebook, monkeypatch: pytest.MonkeyPatch) -> None:
    first, *_rest = list_backups(notebook.folder)
    monkeypatch.setattr("planner.store.backups.shutil.rmtree", lambda *_given, **_named: None)
    remove_backups([first])
    assert first not in list_backups(notebook.folder)
    monkeypatch.undo()
    make_backup(notebook, now=NOW + timedelta(days=3))
    assert not list((notebook.folder / BACKUPS).glob("old-*"))
    remove_backups([first])


def test_the_keys_of_a_removed_copy_are_overwritten_first(notebook: Notebook, tmp_path: Path) -> None:
    """What finds removed files again would open the copy with the passphrase of today."""
    first, second, *_rest = list_backups(notebook.folder)
    links = [tmp_path / "one", tmp_path / "two"]
    for backup, link in zip((first, second), links, strict=True):
        link.hardlink_to(backup.folder / KEYS)
    before = [link.read_bytes() for link in links]
    remove_backups([first])
    # Killed right after the new name was given: the next copy ends it.
    second.folder.rename(second.folder.with_name(f"old-{second.folder.name}"))
    make_backup(notebook, now=NOW + timedelta(days=3))
    for link, content in zip(links, before, strict=True):
        assert len(link.read_bytes()) == len(content)
        assert link.read_bytes() != content


def test_a_hold_that_cannot_be_read_keeps_every_copy(notebook: Notebook) -> None:
    before = list_backups(notebook.folder)
    person = notebook.store.people()[0]
    notebook.store.save_person(replace(person, held_since="some day"))
    made = make_backup(notebook, now=NOW + timedelta(days=90))
    assert [each.folder for each in list_backups(notebook.folder)] == [made.folder, *(each.folder for each in before)]


# ---------------------------------------------------------------- damage


def test_an_old_copy_under_the_name_of_a_new_one_is_not_offered(notebook: Notebook) -> None:
    newest, second, _third = list_backups(notebook.folder)
    assert last_good_backup(notebook.folder) == newest
    shutil.copytree(second.folder, second.folder.with_name("2027-01-01T120000Z-abcdef"))
    false = list_backups(notebook.folder)[0]
    assert false.made.year == 2027
    assert not is_whole(false)
    assert last_good_backup(notebook.folder) == newest


def test_damage_is_noticed_without_a_key_and_the_last_good_one_named(notebook: Notebook) -> None:
    newest, second, third = list_backups(notebook.folder)
    flip(newest.folder / DATA, 20_000)
    flip(second.folder / KEYS, 70)
    assert not is_whole(newest)
    assert not is_whole(second)
    assert last_good_backup(notebook.folder) == third
    assert verify_backup(newest.folder, OLD)
    for damaged in (newest, second):
        with pytest.raises(BackupDamaged):
            restore(damaged.folder, OLD, notebook.folder.parent, "")
    with pytest.raises(BackupDamaged):
        open_backup(second.folder, OLD)
    (third.folder / DATA).unlink()
    assert last_good_backup(notebook.folder) is None
    assert list_backups(notebook.folder) == [newest, second]


def test_the_files_of_two_copies_do_not_fit(notebook: Notebook) -> None:
    newest, second, _third = list_backups(notebook.folder)
    shutil.copy(second.folder / KEYS, newest.folder / KEYS)
    assert not is_whole(newest)
    with pytest.raises(BackupDamaged):
        open_backup(newest.folder, OLD)


# ---------------------------------------------------------------- restoring


def test_restored_beside_under_a_fresh_key_with_what_opened_the_copy(notebook: Notebook) -> None:
    spare = notebook.add_spare_key()
    newest = list_backups(notebook.folder)[0]
    before = everything_in(newest.folder)
    seen: list[tuple[int, int]] = []
    folder = restore(newest.folder, spare, notebook.folder.parent, "From March", lambda *step: seen.append(step))
    assert everything_in(newest.folder) == before
    assert seen[-1][0] == seen[-1][1]
    again = Notebook.open(folder, OLD)
    assert again._data_key != notebook._data_key
    assert again.store.verify() == []
    assert again.store.get("day") == 2
    assert again.store.people() == notebook.store.people()
    assert [each.kind for each in again.slots()] == ["passphrase", "spare"]
    again.store.set("day", "another")
    again.close()
    assert notebook.store.get("day") == 2
    Notebook.open(folder, spare).close()


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="rights mean nothing here")
def test_restored_from_a_write_protected_place(notebook: Notebook, tmp_path: Path) -> None:
    newest = list_backups(notebook.folder)[0]
    newest.folder.chmod(0o500)
    try:
        restore(newest.folder, OLD, tmp_path / "other", "")
    finally:
        newest.folder.chmod(0o700)


def test_stopped_or_wrong_restoring_leaves_nothing(notebook: Notebook, tmp_path: Path) -> None:
    newest = list_backups(notebook.folder)[0]
    with pytest.raises(WrongPassphrase):
        restore(newest.folder, NEW, tmp_path / "other", "")
    assert not (tmp_path / "other").exists()

    def nothing_is_left() -> None:
        assert not list((tmp_path / "other").glob("*-*"))

    _folder, steps = stop_at_each_step(
        lambda stop: restore(newest.folder, OLD, tmp_path / "other", "", stop), nothing_is_left, lambda _steps: 2
    )
    assert steps > 4
    assert len(list((tmp_path / "other").glob("store-*"))) == 1
