"""Looking after the database: checking it, and giving it a new key in steps that survive a kill."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from planner.errors import MachineTrouble
from planner.places import DATA, NEXT
from planner.store.attachments import WHOLE
from planner.store.backups_copy import (
    Progress,
    check_copy,
    copy_database,
    count_rows,
    flush_copy,
    no_progress,
    view,
)
from planner.store.connection import PAGE_BYTES, Connection, asking, connect, durable, trouble
from planner.store.errors import StoreDamaged
from planner.system.files import disk_trouble, flush_folder, replace
from planner.words import _

# How often, in steps of SQLite's machine, a long check asks whether to go on.
_STEPS = 5_000


# Every edit of a plan is a delta with a number that is never used again, whether it was folded since or not.
_FINGERPRINT = (
    "SELECT name, seq FROM sqlite_sequence WHERE name IN ('delta', 'activity') ORDER BY name",
    "SELECT * FROM person ORDER BY id",
    "SELECT id, updated, finished FROM filling ORDER BY id",
    "SELECT digest, own, added, hidden FROM form_kept ORDER BY digest",
    "SELECT id, giver, version, digest, added, taken_out FROM pack ORDER BY id",
    "SELECT * FROM giver ORDER BY key",
    "SELECT count(*), max(rowid) FROM note",
    "SELECT id, record, title, removed FROM attachment ORDER BY id",
    "SELECT name, value FROM setting WHERE name NOT IN ('index version', 'agenda_from', 'agenda_until') ORDER BY name",
)

_JSON = (
    ("record", "fields"),
    ("setting", "value"),
    ("draft", "value"),
    ("activity", "detail"),
    ("form_kept", "titles"),
    ("pack", "names"),
    ("pack", "forms"),
)
_LOST = (
    "SELECT 1 FROM note WHERE amends <> '' AND amends NOT IN (SELECT id FROM note) LIMIT 1",
    "SELECT 1 FROM filling WHERE digest <> '' AND digest NOT IN (SELECT digest FROM form_kept) LIMIT 1",
)


class Care(Connection):
    """Checks, copies and key changes; all may run in a worker thread, and what ``progress`` raises stops them."""

    def verify(self, progress: Progress = no_progress) -> list[str]:
        """Check everything; an empty list means that all is sound, otherwise plain sentences say what is not.

        In turn: the authentication code of every page, the structure, the links between rows, the search, and whether
        rows hold what they should. Changes nothing.
        """
        checks = (self._check_pages, self._check_structure, self._check_links, self._check_search, self._check_rows)
        found: list[str] = []
        for done, check in enumerate(checks):
            progress(done, len(checks))
            with self._lock, self._asked(progress, done, len(checks)):
                try:
                    sentence = check()
                except StoreDamaged as trouble_found:
                    sentence = trouble_found.sentence
            if sentence and sentence not in found:
                found.append(sentence)
        progress(len(checks), len(checks))
        return found

    def fingerprint(self) -> bytes:
        """32 bytes that change with whatever a person writes; the index and what is worked out anew do not count."""
        digest = hashlib.blake2b(digest_size=32)
        with self._lock:
            for sql in _FINGERPRINT:
                digest.update(repr(self._ask(sql)).encode("utf-8", "surrogatepass"))
        return digest.digest()

    def rotate(
        self, new_key: bytes, commit: Callable[[], None], progress: Progress = no_progress, decided_by: str = "keys"
    ) -> None:
        """Give the database a new key of 32 bytes; ``commit`` replaces the file ``decided_by``, which leads to it.

        1. A whole copy under the new key is written to ``data.next``, flushed, read back and checked. Others use the
           store between the pieces, and what they write is carried over; while the copy is checked they wait.
        2. ``commit()`` durably replaces ``keys``. Before this moment the old key holds, after it the new one.
        3. ``data.next`` takes the place of ``data``.

        A kill in step 1 leaves the old notebook and a useless ``data.next``; a kill after step 2 leaves a ``data.next``
        that fits ``keys``; :func:`settle` ends either when the notebook is next opened. An exception before or in step
        2 (from ``progress`` too) changes nothing; only when the disk leaves it open whether ``keys`` was replaced, the
        store is closed, and the next opening finds out. After step 2 it closes the store too: the new key holds.
        """
        self._outside("a key change")
        following = self._folder / NEXT
        with self._lock:
            self.checkpoint()
            with trouble():
                remove_next(self._folder)
            try:
                self._copy(following, new_key, progress)
            except BaseException:
                with suppress(OSError):
                    remove_next(self._folder)
                raise
            # From the last piece of the copy to the end nobody writes, so nothing is lost with the old log.
            self._decide(commit, self._folder / decided_by)
            self._shut()
            with trouble():
                take_next(self._folder)
                following_on = connect(self._folder / DATA, new_key)
                try:
                    durable(following_on, self._folder)
                except BaseException:
                    # The new key holds already; that the store stays closed says so.
                    following_on.close()
                    raise
                self._raw = following_on

    def _decide(self, commit: Callable[[], None], keys: Path) -> None:
        before = keys.read_bytes() if keys.exists() else b""
        try:
            commit()
        except BaseException:
            try:
                replaced = keys.exists() and keys.read_bytes() != before
            except OSError:
                replaced = True
            if replaced:
                # Writing on under the old key could be lost; data.next stays, for the next opening to choose.
                self._shut()
            else:
                with suppress(OSError):
                    remove_next(self._folder)
            raise

    def _shut(self) -> None:
        raw, self._raw = self._raw, None
        raw.close()

    def copy_to(self, target: Path, key: bytes, progress: Progress = no_progress) -> dict[str, int]:
        """Copy everything into a new file under another key, flushed; others use the store between the pieces.

        The copy is that of the moment in which the last piece was written: edits made meanwhile are in it.

        Returns:
            How many rows each table of the truth has in the copy.

        Raises:
            MachineTrouble, whatever ``progress`` raises. What was begun is left for the caller to remove.
            RuntimeError: in the middle of a transaction of this thread, or the store was closed meanwhile.
        """
        self._outside("a copy")
        with self._lock:
            counts = self._pieces(target, key, progress)
        # The store is free again while the disk takes its time.
        flush_copy(target)
        return counts

    def _outside(self, what: str) -> None:
        with self._lock:
            # Seen with the lock in hand: a transaction of another thread is over by now.
            if self._depth:
                raise RuntimeError(f"{what} cannot be part of a transaction")

    def _pieces(self, target: Path, key: bytes, progress: Progress) -> dict[str, int]:
        raw = self._raw
        return copy_database(raw, target, key, progress, self._lock, lambda: self._raw is raw)

    def _copy(self, target: Path, key: bytes, progress: Progress) -> None:
        # The other half of the way is reading it back.
        counts = self._pieces(target, key, lambda done, total: progress(done, total * 2))
        flush_copy(target)
        with trouble():
            copy = view(target, key)
            try:
                check_copy(copy, target, lambda done, total: progress(total + done, total * 2))
                (pages,) = copy.execute("PRAGMA page_count").fetchone()
                if count_rows(copy) != counts:
                    raise StoreDamaged
            finally:
                copy.close()
        progress(pages * 2, pages * 2)

    # ------------------------------------------------------------ the checks

    @contextmanager
    def _asked(self, progress: Progress, done: int, total: int) -> Iterator[None]:
        """Ask ``progress`` now and then during one long statement; what it raises comes out in place of "stopped"."""
        with asking(self._raw, lambda: progress(done, total), _STEPS):
            yield

    def _check_pages(self) -> str:
        self.checkpoint()
        expected = self._ask("PRAGMA page_count")[0][0] * PAGE_BYTES
        with disk_trouble():
            there = (self._folder / DATA).stat().st_size
        if there != expected or self._ask("PRAGMA cipher_integrity_check"):
            return _("Some pages of the notebook's file were changed or are missing.")
        return ""

    def _check_structure(self) -> str:
        if self._ask("PRAGMA integrity_check(1)") != [("ok",)]:
            return _("The notebook's file is not in order inside.")
        return ""

    def _check_links(self) -> str:
        if self._ask("PRAGMA foreign_key_check"):
            return _("Something in the notebook belongs to nobody who is in it.")
        if self._ask(f"SELECT 1 FROM attachment WHERE NOT removed AND NOT ({WHOLE}) LIMIT 1"):  # noqa: S608 - our own words
            return _("A paper in the notebook is not whole.")
        return ""

    def _check_search(self) -> str:
        try:
            with self.transaction():
                self._do("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
        except (sqlcipher.DatabaseError, MachineTrouble):
            return _("The search does not fit the notebook. It can be built again without any loss.")
        return ""

    def _check_rows(self) -> str:
        for table, column in _JSON:
            if self._ask(f"SELECT 1 FROM {table} WHERE NOT json_valid({column}) LIMIT 1"):  # noqa: S608 - our own names
                return _("Something in the notebook cannot be read.")
        if any(self._ask(lost) for lost in _LOST):
            return _("Something in the notebook belongs to nobody who is in it.")
        return ""


def opens(path: Path, key: bytes) -> bool:
    """Whether this file is a database under this key. Raises MachineTrouble other than damage."""
    connection: Any = None
    try:
        with trouble():
            connection = connect(path, key)
            return bool(connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0])
    except StoreDamaged:
        return False
    finally:
        if connection is not None:
            connection.close()


def settle(folder: Path, key: bytes) -> None:
    """End a key change that was killed after its decisive step: bring ``data.next`` into place when only it fits.

    Does nothing while ``data`` opens under the key. Raises MachineTrouble.
    """
    if not (folder / NEXT).is_file():
        return
    if (folder / DATA).is_file() and opens(folder / DATA, key):
        return
    if opens(folder / NEXT, key):
        with trouble():
            take_next(folder)


def take_next(folder: Path) -> None:
    """Put ``data.next`` in the place of ``data``. Raises ``OSError``.

    The old log goes first: it was emptied before the copy was made, and must never meet the new file.
    """
    for left in (f"{DATA}-wal", f"{DATA}-shm", f"{DATA}-journal"):
        (folder / left).unlink(missing_ok=True)
    flush_folder(folder)
    replace(folder / NEXT, folder / DATA)


def remove_next(folder: Path) -> None:
    """Remove what a key change that came to nothing left behind. Raises ``OSError``."""
    for left in (NEXT, f"{NEXT}-wal", f"{NEXT}-journal"):
        (folder / left).unlink(missing_ok=True)
