"""Opening a backup to read, checking it, and making a notebook of it again."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from sqlcipher3 import dbapi2 as sqlcipher

from planner.keys.backup_keys import BackupKeys
from planner.keys.keyfile import DataKey
from planner.places import DATA, KEYS, STORE, UNFINISHED
from planner.store.backups_copy import (
    Progress,
    check_copy,
    copy_database,
    digest_of,
    flush_copy,
    no_progress,
    view,
)
from planner.store.backups_errors import BackupDamaged, BackupNotSound, backup_damaged, place_trouble
from planner.store.backups_making import Parts, read_back
from planner.store.connection import PAGE_BYTES, trouble
from planner.store.errors import StoreDamaged, StoreTooNew
from planner.store.local import Local
from planner.store.own_rules import refuse_what_computes
from planner.store.store import SCHEMA_VERSION, Store, is_ours
from planner.store.upgrade import upgrade, version_of
from planner.system.files import disk_trouble, flush_folder, make_private, make_private_folder
from planner.words import _

if TYPE_CHECKING:
    from planner.store.notebooks import Notebook

_COPY = f"{KEYS}.copy"


class BackupView(Store):
    """An open backup: everything of a store that reads. Whatever writes raises StoreReadOnly. To be closed."""

    @classmethod
    def of(cls, folder: Path, key: DataKey) -> Self:
        """Open the data in a folder, of this version or an earlier one.

        Raises:
            BackupDamaged: not a database of ours, or not under this key.
            StoreTooNew: written by a newer version.
        """
        path = folder / DATA
        with backup_damaged(), disk_trouble():
            if path.stat().st_size < PAGE_BYTES:
                raise BackupDamaged
        with backup_damaged(), trouble():
            connection = view(path, key.raw)
            try:
                if _version(connection) < SCHEMA_VERSION:
                    connection = _upgraded_in_memory(connection, key)
                connection.execute("PRAGMA query_only = ON")
            except BaseException:
                connection.close()
                raise
        return cls(folder, connection)

    def _ask(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
        # Pages are looked at when they are read; what is damaged then is the copy, and not the notebook beside it.
        with backup_damaged():
            return super()._ask(sql, values)

    def check_rows(self) -> list[str]:
        """Whether the rows hold what they should; plain sentences say what is not so."""
        sentence = self._check_rows()
        return [sentence] if sentence else []


def open_backup(folder: Path, secret: str) -> BackupView:
    """Open a backup by a passphrase or a spare key of the notebook, only to read; half a second and more.

    Raises:
        BackupDamaged, WrongPassphrase, StoreTooNew, KeysTooNew, KeysDowngraded, KeysTooCostly, NotEnoughMemory.
    """
    with backup_damaged():
        opened = BackupKeys.read(folder).open(secret)
    return BackupView.of(folder, opened.backup_key)


def view_of(notebook: Notebook, folder: Path) -> BackupView | None:
    """Open a backup by the keys of an open notebook, at once.

    None where they do not fit, for example because the passphrase was changed since and the backup lies on another
    device. Raises BackupDamaged, StoreTooNew, KeysTooNew, KeysDowngraded, KeysTooCostly.
    """
    with backup_damaged():
        key = notebook.unsealed(BackupKeys.read(folder))
    return BackupView.of(folder, key) if key is not None else None


def verify_backup(folder: Path, secret: str, progress: Progress = no_progress) -> list[str]:
    """Check all of a backup; an empty list means that it is sound, otherwise plain sentences say what is not.

    Raises:
        WrongPassphrase, StoreTooNew, KeysTooNew, KeysDowngraded, KeysTooCostly, NotEnoughMemory, DiskTrouble.
        BackupDamaged: its ``keys`` cannot be read, or nothing in it can.
    """
    parts = Parts(progress, 3)
    with backup_damaged():
        keys = BackupKeys.read(folder)
        opened = keys.open(secret)
    with backup_damaged():
        whole = digest_of(folder / DATA, parts.part(0)) == keys.digest
    if not whole:
        return [_("Some pages of the safety copy were changed or are missing.")]
    with backup_damaged(), trouble():
        connection = view(folder / DATA, opened.backup_key.raw)
        try:
            check_copy(connection, folder / DATA, parts.part(1, 2))
        except StoreDamaged:
            return [_("The safety copy is not in order inside.")]
        finally:
            connection.close()
    copy = BackupView.of(folder, opened.backup_key)
    try:
        return copy.check_rows()
    finally:
        copy.close()


def restore(folder: Path, secret: str, data_dir: Path, label: str, progress: Progress = no_progress) -> Path:
    """Make a new notebook of a backup, beside those that are there; nothing is ever written over.

    It lies under a new data key and opens with whatever opens the backup. Made under another name and renamed when it
    is whole and checked, so that a kill leaves no half notebook. The backup is only read.

    Args:
        folder: the folder of the backup; it may be write-protected.
        data_dir: the data folder; made when it is not there.
        label: a neutral label, kept outside in ``local.json``.

    Returns:
        The folder of the new notebook.

    Raises:
        BackupDamaged, WrongPassphrase, StoreTooNew, NoRoomForBackup, …: nothing was changed.
    """
    parts = Parts(progress, 3)
    with backup_damaged():
        opened = BackupKeys.read(folder).open(secret)
    fresh = DataKey.new()
    keys = opened.keys.rotated(opened.data_key, fresh)
    with place_trouble():
        make_private_folder(data_dir)
        make_private(data_dir)
    name = secrets.token_hex(6)
    unfinished, target = data_dir / f"{UNFINISHED}{name}", data_dir / f"{STORE}{name}"
    try:
        with place_trouble():
            make_private_folder(unfinished)
        counts = _copy_of(folder, opened.backup_key, unfinished / DATA, fresh, parts.part(0, 2))
        with place_trouble():
            try:
                read_back(unfinished / DATA, fresh, counts, parts.part(2))
            except StoreDamaged:
                raise BackupNotSound from None
            keys.write(unfinished)
            keys.write(unfinished, _COPY)
            Local.read(data_dir).with_label(target.name, label).write(data_dir)
            parts.part(2)(1, 1)
            with disk_trouble():
                flush_folder(unfinished)
                unfinished.rename(target)
                flush_folder(data_dir)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    return target


def _copy_of(folder: Path, backup_key: DataKey, target: Path, key: DataKey, progress: Progress) -> dict[str, int]:
    with backup_damaged(), place_trouble(), trouble():
        source = view(folder / DATA, backup_key.raw)
        try:
            _version(source)
            counts = copy_database(source, target, key.raw, progress)
        finally:
            source.close()
        flush_copy(target)
    return counts


def _version(connection: Any) -> int:
    """The version of its tables. Raises StoreDamaged where it is no notebook or only looks like one, StoreTooNew."""
    if not is_ours(connection):
        raise StoreDamaged
    refuse_what_computes(connection)
    version = version_of(connection)
    if version > SCHEMA_VERSION:
        raise StoreTooNew
    return version


def _upgraded_in_memory(connection: Any, key: DataKey) -> Any:
    """The tables of an earlier version, brought to this one in memory; the file stays as it is."""
    memory = sqlcipher.connect(":memory:", isolation_level=None, check_same_thread=False)
    try:
        memory.execute("PRAGMA cipher_log_level = NONE")
        # SQLCipher copies only between two databases with a key; what is in memory only is never written.
        memory.set_key(f"x'{key.raw.hex()}'")
        memory.execute("PRAGMA temp_store = MEMORY")
        memory.execute("PRAGMA user_version = 1")
        connection.backup(memory)
        upgrade(memory)
    except BaseException:
        memory.close()
        raise
    connection.close()
    return memory


__all__ = ["BackupView", "open_backup", "restore", "verify_backup", "view_of"]
