"""The encrypted local store: one SQLCipher 4 database, opened by one process at a time."""

from __future__ import annotations

from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any, Self

from planner.places import DATA, NEXT
from planner.store.attachments import Attachments
from planner.store.care import Care, opens, remove_next, settle
from planner.store.connection import PAGE_BYTES, connect, durable, trouble
from planner.store.desk import Desk
from planner.store.errors import StoreDamaged, StoreMissing, StoreReadOnly, StoreTooNew
from planner.store.finding import Finding
from planner.store.index import Index, statements
from planner.store.own_rules import keep_own_rules, refuse_what_computes
from planner.store.people import Documents, People
from planner.store.upgrade import SCHEMA_VERSION, upgrade, version_of
from planner.system.files import can_write, disk_trouble, flush_folder, make_private

# "Plnr"; tells our database from another one under the same key.
_APPLICATION = 0x506C6E72


def _nothing_first(_connection: Any) -> None:
    """Nothing has to be done before an upgrade."""


class Store(People, Documents, Index, Finding, Desk, Attachments, Care):
    """People, documents, the index beside them, forms, notes, papers, the activity log, settings.

    Every method raises MachineTrouble (DiskFull, StoreReadOnly, StoreDamaged, DiskTrouble) when the machine is in the
    way; after DiskFull nothing of the transaction is saved and the store can go on being used.
    """

    @classmethod
    def create(cls, folder: Path, key: bytes) -> Self:
        """Make an empty store in an existing folder that has none. ``key`` is 32 random bytes.

        Raises:
            FileExistsError: there is one already.
            DiskFull, StoreReadOnly, DiskTrouble.
        """
        path = folder / DATA
        if path.exists():
            raise FileExistsError(DATA)
        with trouble():
            connection = connect(path, key, create=True)
            try:
                make_private(path)
                durable(connection, folder)
                connection.execute("BEGIN")
                for statement in statements(resources.files(__package__).joinpath("schema.sql").read_text("utf-8")):
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {_APPLICATION}")
                connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
                connection.execute("COMMIT")
                flush_folder(folder)
                store = cls(folder, connection)
                with store.transaction():
                    store._make_index()
                    store.mark_index_current()
                store.checkpoint()
            except BaseException:
                connection.close()
                path.unlink(missing_ok=True)
                raise
            return store

    @classmethod
    def open(cls, folder: Path, key: bytes, before_upgrade: Callable[[Any], None] = _nothing_first) -> Self:
        """Open the store, and keep others out. Takes a few milliseconds; :meth:`verify` reads everything.

        ``before_upgrade`` is called with the raw connection when the store was written by an earlier version, before
        anything in it changes; its log is empty then. It copies through that connection, never from the file: closing
        a second handle on the file would drop the lock of the first (sqlite.org/howtocorrupt.html, 2.2). What it
        raises stops the opening.

        Raises:
            StoreMissing, StoreInUse, StoreReadOnly, StoreTooNew: nothing was changed.
            StoreDamaged: not our database, not under this key, or cut short; nothing was changed.
        """
        with disk_trouble():
            _look(folder, (folder / DATA).is_file() or (folder / NEXT).is_file())
        settle(folder, key)
        path = folder / DATA
        with disk_trouble():
            _look(folder, path.is_file())
            if path.stat().st_size < PAGE_BYTES:
                # An empty file would quietly become a new, empty database.
                raise StoreDamaged
        with trouble():
            connection = connect(path, key)
            try:
                _check(connection, path)
                durable(connection, folder)
                if version_of(connection) < SCHEMA_VERSION:
                    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                    before_upgrade(connection)
                    upgrade(connection)
                store = cls(folder, connection)
                # Only now, with the lock in hand: another window may be in the middle of a key change.
                remove_next(folder)
                if not store.index_is_current():
                    store.clear_index()
                keep_own_rules(connection)
            except BaseException:
                connection.close()
                raise
            return store


def _look(folder: Path, there: bool) -> None:
    if not there:
        raise StoreMissing
    if not can_write(folder) or ((folder / DATA).exists() and not can_write(folder / DATA)):
        raise StoreReadOnly


def is_ours(connection: Any) -> bool:
    """Whether an open database is a notebook of any version."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    return bool(application == _APPLICATION) and version_of(connection) >= 1


def _check(connection: Any, path: Path) -> None:
    if not is_ours(connection):
        raise StoreDamaged
    if version_of(connection) > SCHEMA_VERSION:
        raise StoreTooNew
    refuse_what_computes(connection)
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    log = path.with_name(f"{DATA}-wal")
    logged = log.is_file() and log.stat().st_size > 0
    if path.stat().st_size < pages * PAGE_BYTES and not logged:
        raise StoreDamaged
    (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    if mode != "wal":
        raise StoreDamaged


__all__ = ["SCHEMA_VERSION", "Store", "is_ours", "opens"]
