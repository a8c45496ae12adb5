"""Copies on the disk: made whole or not at all, opened, checked, restored, wrapped anew when a key changes."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from planner.keys import Cost, KeyFile, KeysDamaged, KeysTooNew, WrongPassphrase
from planner.keys.backup_keys import BackupKeys
from planner.places import BACKUPS, DATA, KEYS
from planner.plan import Cancelled
from planner.store import backups_copy
from planner.store.backups import (
    Backup,
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
from planner.store.errors import DiskFull, StoreReadOnly, StoreTooNew
from planner.store.notebooks import Notebook
from planner.system.files import FolderReadOnly
from tests.store.changing import NEW, OLD
from tests.store.rows import fill, goal
from tests.store.test_upgrade import PASSPHRASE

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 3, 12, 10, tzinfo=UTC)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed notebook that opens with OLD, with three copies of three days."""
    notebook = Notebook.create(tmp_path_factory.mktemp("made"), OLD, "Notes", Cost())
    fill(notebook.store)
    notebook.store.put_rows([goal("bea", f"g{number}", f"Title {number}", "word " * 400) for number in range(100)])
    for day in range(3):
        notebook.store.set("day", day)
        make_backup(notebook, now=NOW + timedelta(days=day))
    notebook.close()
    return notebook.folder


@pytest.fixture
def notebook(made: Path, tmp_path: Path) -> Iterator[Notebook]:
    """A copy of it, open."""
    shutil.copytree(made, tmp_path / "data" / "store-a")
    found = Notebook.open(tmp_path / "data" / "store-a", OLD)
    yield found
    found.close()


def everything_in(folder: Path) -> dict[str, bytes]:
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(bytes(content))


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
    steps = 0
    while True:
        left = steps

        def stop(_done: int, _total: int) -> None:
            nonlocal left
            if not left:
                raise Cancelled
            left -= 1

        try:
            new = make_backup(notebook, progress=stop, now=NOW + timedelta(days=3))
        except Cancelled:
            assert everything_in(notebook.folder / BACKUPS) == before
            assert not list((notebook.folder / BACKUPS).glob("new-*"))
            notebook.store.set("still", "works")
            # Every step is too many; those in the middle are all alike.
            steps += 1 if steps < 4 else 7
            continue
        break
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


# ---------------------------------------------------------------- damage


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


def test_every_byte_of_keys_counts(notebook: Notebook) -> None:
    newest = list_backups(notebook.folder)[0]
    content = (newest.folder / KEYS).read_bytes()
    for at in range(0, len(content), 11):
        changed = bytearray(content)
        changed[at] ^= 0x10
        with pytest.raises(KeysDamaged):
            BackupKeys.parse(bytes(changed))
    for size in range(0, len(content), 97):
        with pytest.raises(KeysDamaged):
            BackupKeys.parse(content[:size])


def test_what_stands_at_the_head_of_keys_is_bound_to_the_key(notebook: Notebook) -> None:
    keys = BackupKeys.read(list_backups(notebook.folder)[0].folder)
    assert notebook.unsealed(keys) is not None
    changed = (replace(keys, made=keys.made + 1), replace(keys, size=keys.size + 1), replace(keys, digest=bytes(32)))
    for each in changed:
        assert notebook.unsealed(each) is None
        with pytest.raises(KeysDamaged):
            BackupKeys.parse(each.to_bytes()).open(OLD)


def test_keys_of_a_newer_version_and_of_odd_lengths(notebook: Notebook) -> None:
    newest = list_backups(notebook.folder)[0]
    body = bytearray((newest.folder / KEYS).read_bytes()[:-32])

    def with_checksum(changed: bytes) -> bytes:
        return changed + hashlib.blake2b(changed, digest_size=32).digest()

    for at, value, told in (
        (9, 2, KeysTooNew),  # the version
        (9, 0, KeysDamaged),
        (10, 0xFF, KeysDamaged),  # a year that there is not
        (58, 0, KeysDamaged),  # how many ways in
        (58, 9, KeysDamaged),
        (58, 2, KeysDamaged),
        (59, 0x7F, KeysDamaged),  # the length of the key file
        (62, body[62] ^ 1, KeysDamaged),
    ):
        changed = bytearray(body)
        changed[at] = value
        with pytest.raises(told):
            BackupKeys.parse(with_checksum(bytes(changed)))
    for more in (b"x", bytes(40)):
        with pytest.raises(KeysDamaged):
            BackupKeys.parse(with_checksum(bytes(body) + more))
    # One of a newer version is a backup all the same, and no key change removes it.
    changed = bytearray(body)
    changed[9] = 2
    (newest.folder / KEYS).write_bytes(with_checksum(bytes(changed)))
    assert is_backup(newest.folder)
    notebook.change_passphrase(OLD, NEW)
    assert newest in list_backups(notebook.folder)


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
    steps = 0
    while True:
        left = steps

        def stop(_done: int, _total: int) -> None:
            nonlocal left
            if not left:
                raise Cancelled
            left -= 1

        try:
            restore(newest.folder, OLD, tmp_path / "other", "", stop)
        except Cancelled:
            assert not list((tmp_path / "other").glob("*-*"))
            steps += 2
            continue
        break
    assert steps > 4
    assert len(list((tmp_path / "other").glob("store-*"))) == 1


# ---------------------------------------------------------------- keys that change


def opens(backup: Backup, secret: str) -> bool:
    try:
        open_backup(backup.folder, secret).close()
    except WrongPassphrase:
        return False
    return True


def test_copies_follow_the_keys_of_the_notebook(notebook: Notebook) -> None:
    spare = notebook.add_spare_key()
    (newest, *_rest) = found = list_backups(notebook.folder)
    assert opens(newest, spare)
    notebook.add_passphrase("somebody else entirely", "Bea")
    data = everything_in(newest.folder)["data"]
    slot = notebook.slots()[-1].id
    assert opens(newest, "somebody else entirely")
    notebook.remove_slot(slot)
    assert not opens(newest, "somebody else entirely")
    notebook.change_passphrase(OLD, NEW)
    assert [(opens(newest, secret)) for secret in (OLD, NEW, spare)] == [False, True, True]
    assert everything_in(newest.folder)["data"] == data
    for each in found:
        assert notebook.unsealed(BackupKeys.read(each.folder)) is not None
        assert is_whole(each)


def test_a_copy_that_the_key_does_not_open_goes_with_a_key_change(notebook: Notebook) -> None:
    newest, second, third = list_backups(notebook.folder)
    flip(newest.folder / KEYS, 300)
    notebook.change_passphrase(OLD, NEW)
    assert list_backups(notebook.folder) == [second, third]


def test_a_key_change_that_cannot_be_written_changes_no_copy(
    notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: KeyFile, folder: Path, name: str = KEYS) -> None:
        raise DiskFull

    found = list_backups(notebook.folder)
    with monkeypatch.context() as patch:
        patch.setattr(KeyFile, "write", fail)
        with pytest.raises(DiskFull):
            notebook.change_passphrase(OLD, NEW)
    assert [opens(found[0], secret) for secret in (OLD, NEW)] == [True, False]
    written: list[Path] = []
    whole = BackupKeys.write

    def second_fails(self: BackupKeys, folder: Path) -> None:
        written.append(folder)
        if len(written) == 2:
            raise DiskFull
        whole(self, folder)

    with monkeypatch.context() as patch:
        patch.setattr(BackupKeys, "write", second_fails)
        with pytest.raises(DiskFull):
            notebook.change_passphrase(OLD, NEW)
    for each in found:
        assert [opens(each, secret) for secret in (OLD, NEW)] == [True, False]
    notebook.check(OLD)


def test_killed_at_every_step_copies_open_with_what_opens_the_notebook(made: Path, tmp_path: Path) -> None:
    turned: list[str] = []
    for step in range(1, 400, 11):
        folder = tmp_path / "store-a"
        shutil.copytree(made, folder)
        program = [sys.executable, "-m", "tests.store.changing", str(folder), str(step)]
        run = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
        assert run.returncode in {0, 9}, run.stderr
        secret = which_opens_keys(folder)
        turned.append(secret)
        found = list_backups(folder)
        assert len(found) == 3
        assert opens(found[0], secret)
        # The next opening ends what was left half done.
        notebook = Notebook.open(folder, secret)
        for each in found:
            keys = BackupKeys.read(each.folder)
            assert len(keys.ways) == 1
            assert notebook.unsealed(keys) is not None
        notebook.close()
        shutil.rmtree(folder)
        if run.returncode == 0:
            break
    assert "changed" in run.stdout
    turn = turned.index(NEW)
    assert turned == [OLD] * turn + [NEW] * (len(turned) - turn)
    assert turn > 2


def which_opens_keys(folder: Path) -> str:
    keys = KeyFile.read(folder)
    try:
        keys.open(OLD)
    except WrongPassphrase:
        keys.open(NEW)
        return NEW
    return OLD


# ---------------------------------------------------------------- other versions


def test_before_an_upgrade_a_copy_is_made_and_one_of_an_earlier_version_opens(tmp_path: Path) -> None:
    folder = tmp_path / "store-a"
    shutil.copytree(Path(__file__).parent / "old" / "version-1", folder)
    notebook = Notebook.open(folder, PASSPHRASE)
    (backup,) = list_backups(folder)
    assert verify_backup(backup.folder, PASSPHRASE) == []
    before = everything_in(backup.folder)
    copy = open_backup(backup.folder, PASSPHRASE)
    assert copy.people() == notebook.store.people()
    assert copy.people()
    assert copy.attachments() == []
    with pytest.raises(StoreReadOnly):
        copy.set("day", 3)
    copy.close()
    again = Notebook.open(restore(backup.folder, PASSPHRASE, tmp_path, ""), PASSPHRASE)
    assert again.store.people() == notebook.store.people()
    assert again.store.verify() == []
    # It was of the earlier version too, so it has a copy of its own from before.
    assert len(list_backups(again.folder)) == 1
    again.close()
    notebook.close()
    Notebook.open(folder, PASSPHRASE).close()
    assert list_backups(folder) == [backup]
    assert everything_in(backup.folder) == before


def test_where_no_copy_can_be_made_nothing_is_upgraded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "store-a"
    shutil.copytree(Path(__file__).parent / "old" / "version-1", folder)

    def full(_path: Path) -> None:
        raise DiskFull

    with monkeypatch.context() as patch:
        patch.setattr(backups_copy, "flush_file", full)
        with pytest.raises(NoRoomForBackup):
            Notebook.open(folder, PASSPHRASE)
    assert list(everything_in(folder / BACKUPS)) == []
    Notebook.open(folder, PASSPHRASE).close()
    assert len(list_backups(folder)) == 1


def test_one_of_a_newer_version_is_left_alone(notebook: Notebook) -> None:
    notebook.store._do("PRAGMA user_version = 99")
    new = make_backup(notebook, now=NOW + timedelta(days=3))
    with pytest.raises(StoreTooNew):
        open_backup(new.folder, OLD)
    with pytest.raises(StoreTooNew):
        restore(new.folder, OLD, notebook.folder.parent, "")
    assert is_whole(new)
