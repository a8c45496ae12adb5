"""One connection to the encrypted database: how it is opened, what its errors mean, and its transactions."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from time import sleep
from typing import Any, TypeVar

from sqlcipher3 import dbapi2 as sqlcipher

from planner.errors import MachineTrouble
from planner.store.errors import DiskFull, DiskTrouble, StoreDamaged, StoreInUse, StoreReadOnly
from planner.system.files import disk_trouble, flush_folder

Result = TypeVar("Result")
Ask = Callable[[str, Sequence[Any] | Mapping[str, Any]], list[tuple[Any, ...]]]

PAGE_BYTES = 4096
_WAIT_SECONDS = 0.3
# How often, in steps of SQLite's machine, a reading that gives way looks round; less than a millisecond apart.
_LOOK_ROUND = 4_000
# Seconds before who gives way looks again whether it is still wanted.
_TURN = 0.02

# Primary result codes (sqlite.org/rescode.html); the extended code's low byte.
_BUSY, _LOCKED, _NOMEM, _READONLY, _INTERRUPT = 5, 6, 7, 8, 9
_IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 10, 11, 13, 14, 26
_TROUBLE: dict[int, type[MachineTrouble]] = {
    _BUSY: StoreInUse,
    _LOCKED: StoreInUse,
    _READONLY: StoreReadOnly,
    _IOERR: DiskTrouble,
    _CORRUPT: StoreDamaged,
    _FULL: DiskFull,
    _CANTOPEN: DiskTrouble,
    _NOTADB: StoreDamaged,
}
# A copy between databases reports its trouble in SQLite's words only.
_WITHOUT_CODE = {
    "database is locked": _BUSY,
    "attempt to write a readonly database": _READONLY,
    "disk I/O error": _IOERR,
    "database disk image is malformed": _CORRUPT,
    "database or disk is full": _FULL,
    "unable to open database file": _CANTOPEN,
    "file is not a database": _NOTADB,
}


def connect(path: Path, key: bytes, *, create: bool = False) -> Any:
    """A raw SQLCipher connection under a raw key of 32 bytes.

    The key goes through ``sqlite3_key`` (``set_key``), in the form that SQLCipher takes as a raw key, and so never
    stands in SQL text, where traces and error logs could pick it up. ``cipher_log_level`` comes first, so that
    nothing about the file is written to standard error. Wrap calls in :func:`trouble`.
    """
    pragmas = ("locking_mode = EXCLUSIVE", "foreign_keys = ON", "recursive_triggers = ON", "secure_delete = ON")
    return keyed(path, f"mode={'rwc' if create else 'rw'}", key, pragmas, _WAIT_SECONDS)


def keyed(path: Path, how: str, key: bytes, pragmas: Iterable[str] = (), wait: float = 5.0) -> Any:
    """A connection to a file, opened in the way that ``how`` says in a URI; ``wait`` in seconds."""
    connection = sqlcipher.connect(
        f"{path.absolute().as_uri()}?{how}",
        uri=True,
        timeout=wait,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.set_key(f"x'{key.hex()}'")
        for pragma in (*pragmas, "temp_store = MEMORY", "trusted_schema = OFF", "cell_size_check = ON"):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def asking(connection: Any, ask: Callable[[], object], steps: int) -> Iterator[None]:
    """Call ``ask`` every ``steps`` steps of a long statement; what it raises comes out in place of "interrupted"."""
    raised: list[BaseException] = []

    def asked() -> int:
        if raised:
            # One statement is stopped; the ROLLBACK after it must not be.
            return 0
        try:
            ask()
        except BaseException as stop:  # noqa: BLE001 - it is raised again below, out of SQLite's hands
            raised.append(stop)
            return 1
        return 0

    connection.set_progress_handler(asked, steps)
    try:
        yield
    except sqlcipher.Error:
        if not raised:
            raise
    finally:
        connection.set_progress_handler(None, steps)
    if raised:
        raise raised[0]


def durable(connection: Any, folder: Path) -> None:
    """Write-ahead log, flushed at every commit; this takes the lock that keeps a second window out.

    SQLite makes the log by now and goes on when its name in the folder could not be flushed; then a power cut could
    take the log, and with it what was reported saved. So the folder is flushed here, where it can still be told.
    """
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("BEGIN EXCLUSIVE")
    connection.execute("ROLLBACK")
    flush_folder(folder)


@contextmanager
def trouble() -> Iterator[None]:
    """Turn what the machine did into a MachineTrouble; mistakes of ours (wrong SQL, broken rules) pass through."""
    try:
        with disk_trouble():
            yield
    except sqlcipher.Error as error:
        kind = _TROUBLE.get((getattr(error, "sqlite_errorcode", None) or _WITHOUT_CODE.get(str(error), 0)) & 0xFF)
        if kind is None:
            raise
        # The text of the error may hold a path, and its traceback what was being saved.
        raise kind from None


class ReadingStopped(Exception):
    """A reading that gives way is no longer wanted, or the store was closed."""


class Turns:
    """A lock that its thread may take again, as ``threading.RLock``, and that knows whether another thread waits."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        # A list, because putting something into one is a single step for every thread.
        self._waiting: list[None] = []

    @property
    def wanted(self) -> bool:
        """Whether somebody waits who does not give way."""
        return bool(self._waiting)

    def acquire(self) -> bool:
        """Take it, and be waited for by nobody who gives way."""
        if not self._lock.acquire(blocking=False):
            self._waiting.append(None)
            try:
                self._lock.acquire()
            finally:
                self._waiting.pop()
        return True

    def acquire_aside(self) -> bool:
        """Take it after all others; False when that takes too long just now."""
        return not self._waiting and self._lock.acquire(timeout=_TURN)

    def release(self) -> None:
        """Let the next one have it."""
        self._lock.release()

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *_why: object) -> None:
        self.release()


class Connection:
    """A connection with a lock around it, so that long work may run in a worker thread.

    The store is used from one thread at a time; whoever comes second waits.
    """

    def __init__(self, folder: Path, connection: Any) -> None:
        self._folder = folder
        self._raw: Any = connection
        self._lock = Turns()
        self._depth = 0
        self._words_deleted = False

    @property
    def folder(self) -> Path:
        """The folder that holds ``keys`` and ``data``."""
        return self._folder

    @property
    def is_open(self) -> bool:
        """Whether the store can be used."""
        return self._raw is not None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside is saved together, durably, when the outermost one ends; on any exception, nothing is.

        Raises:
            DiskFull, StoreReadOnly, StoreDamaged, DiskTrouble: nothing was saved; the store is as it was before.
        """
        with self._lock:
            if self._depth:
                self._depth += 1
                try:
                    yield
                finally:
                    self._depth -= 1
                return
            self._depth = 1
            try:
                # Inside, because a BEGIN that is stopped may have begun.
                with trouble():
                    self._raw.execute("BEGIN IMMEDIATE")
                yield
                with trouble():
                    self._raw.execute("COMMIT")
            except BaseException:
                # A full disk may have rolled back already.
                if self._raw.in_transaction:
                    with suppress(sqlcipher.Error):
                        self._raw.execute("ROLLBACK")
                raise
            finally:
                self._depth = 0
            if self._words_deleted:
                # What is saved is saved, even if the log cannot be emptied now; the next time does it.
                with suppress(MachineTrouble):
                    self.checkpoint()

    def checkpoint(self) -> None:
        """Move the log into the database and empty it, so that it holds no deleted words. Raises MachineTrouble."""
        with self._lock, trouble():
            busy, _in_log, _moved = self._raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if not busy:
                self._words_deleted = False

    def close(self) -> None:
        """Empty the log and close; closing twice does nothing. What was saved stays saved even if the disk is full."""
        with self._lock:
            if self._raw is None:
                return
            with suppress(MachineTrouble):
                self.checkpoint()
            raw, self._raw = self._raw, None
            raw.close()

    def size(self) -> int:
        """How many bytes the notebook takes on the disk."""
        return sum(each.stat().st_size for each in self._folder.glob("*") if each.is_file())

    # ------------------------------------------------------------ for the rooms of the store

    def _ask(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
        with self._lock, trouble():
            found: list[tuple[Any, ...]] = self._raw.execute(sql, values).fetchall()
            return found

    def _ask_aside(self, read: Callable[[Ask], Result], stop: Callable[[], bool]) -> Result:
        """Read in a thread beside the window's, and give way.

        Whoever wants the store meanwhile has it at once: what ``read`` asks is broken off, and ``read`` begins anew
        when nobody waits any more. All that one call of ``read`` asks is of one moment.

        Raises:
            ReadingStopped: ``stop()``, which is asked often, said so, or the store is closed.
        """

        def look_round() -> int:
            return int(self._lock.wanted or stop())

        while not stop():
            if not self._lock.acquire_aside():
                sleep(_TURN / 20)
                continue
            try:
                if self._raw is None:
                    break
                self._raw.set_progress_handler(look_round, _LOOK_ROUND)
                try:
                    return read(self._ask)
                except sqlcipher.Error:
                    # Only while this thread has the lock does the answer stay yes.
                    if not look_round():
                        raise
                finally:
                    self._raw.set_progress_handler(None, _LOOK_ROUND)
            finally:
                self._lock.release()
        raise ReadingStopped

    def _do(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Run one statement in a transaction of its own or in the one around it; returns how many rows it touched."""
        with self.transaction(), trouble():
            return int(self._raw.execute(sql, values).rowcount)

    def _forget(self, sql: str, values: Sequence[Any] = ()) -> int:
        """As :meth:`_do`, for statements that delete words: the log is emptied once they are gone."""
        with self.transaction():
            self._words_deleted = True
            return self._do(sql, values)
