"""The keys of copies: what opens them, also while the notebook changes its own, and under other versions."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from planner.keys import KeyFile, KeysDamaged, KeysTooNew, WrongPassphrase
from planner.keys.backup_keys import BackupKeys
from planner.places import BACKUPS, KEYS
from planner.store import backups_copy
from planner.store.backups import (
    is_backup,
    is_whole,
    list_backups,
    make_backup,
)
from planner.store.backups_errors import NoRoomForBackup
from planner.store.backups_open import open_backup, restore, verify_backup
from planner.store.errors import DiskFull, DiskTrouble, StoreReadOnly, StoreTooNew
from planner.store.notebooks import Notebook
from tests.store.changing import NEW, OLD, unmeasured
from tests.store.copies import NOW, everything_in, flip, opens
from tests.store.test_upgrade import PASSPHRASE

ROOT = Path(__file__).resolve().parents[2]


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


def test_trouble_after_the_decisive_step_of_a_key_change_is_no_way_back(
    notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:

        def no_flush(*_given: object) -> None:
            raise DiskTrouble

        patch.setattr("planner.store.care.durable", no_flush)
        with pytest.raises(DiskTrouble):
            notebook.change_passphrase(OLD, NEW)
    assert not notebook.store.is_open, "whoever asks is told that the notebook has to be opened again"
    with pytest.raises(WrongPassphrase):
        Notebook.open(notebook.folder, OLD)
    again = Notebook.open(notebook.folder, NEW)
    again.close()
    copies = list_backups(notebook.folder)
    assert copies
    assert [verify_backup(each.folder, NEW) for each in copies] == [[]] * len(copies)


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


# ---------------------------------------------------------------- keys that change


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


@pytest.mark.usefixtures("quick_keys")
def test_killed_at_every_step_copies_open_with_what_opens_the_notebook(with_copies: Path, tmp_path: Path) -> None:
    turned: list[str] = []
    for step in range(1, 400, 11):
        folder = tmp_path / "store-a"
        shutil.copytree(with_copies, folder)
        program = [sys.executable, "-m", "tests.store.changing", str(folder), str(step), "quick"]
        run = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False, env=unmeasured())
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
