"""A whole copy of an open database under another key, made in pieces, and read back before anyone relies on it.

A copy is only ever read through :func:`view`: without locks and without a log, so that one on a memory stick that is
write-protected opens too, and nothing beside it appears or changes.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any

from planner.store.connection import PAGE_BYTES, Turns, asking, connect, keyed, trouble
from planner.store.errors import StoreDamaged
from planner.system.files import disk_trouble, flush_file, flush_folder, make_private

Progress = Callable[[int, int], None]
# 256 KiB: about two milliseconds, so that whoever wants the store in between hardly notices.
_PIECE = 64
# What is written late is written all at once, at the last piece; so little is kept back (in KiB, hence the minus).
_HELD_BACK = -64
# Every four megabytes go to the disk at once: an edit that has to be durable would wait for all that was held back.
_FLUSH_EVERY = 16
# How long the store is left to others between two pieces, in seconds.
_BREATH = 0.0005
# How often, in steps of SQLite's machine, a check asks whether to go on.
_STEPS = 400
_READ = 1024 * 1024


def no_progress(_done: int, _total: int) -> None:
    """Nobody looks."""


def copy_database(
    source: Any,
    target: Path,
    key: bytes,
    progress: Progress = no_progress,
    lock: Turns | None = None,
    still_open: Callable[[], bool] = lambda: True,
) -> dict[str, int]:
    """Copy all of an open database into a new file under a key of 32 bytes; :func:`flush_copy` makes it last.

    What is written through ``source`` meanwhile is carried over (sqlite.org/backup.html). ``lock``, which the caller
    holds exactly once, is released between pieces and held again from the last piece on, also after this returns; so
    the copy is that of the moment in which it returns.

    Returns:
        How many rows each table of the truth has; the index can be built again at any time.

    Raises:
        MachineTrouble, whatever ``progress`` raises, RuntimeError when the database was closed meanwhile. What was
        begun is left for the caller to remove.
    """
    pieces = 0

    def piece_done(_status: int, remaining: int, total: int) -> None:
        nonlocal pieces
        pieces += 1
        if lock is None or not remaining:
            progress(total - remaining, total)
            return
        lock.release()
        try:
            progress(total - remaining, total)
            if pieces % _FLUSH_EVERY == 0:
                with trouble():
                    flush_file(target)
            time.sleep(_BREATH)
        finally:
            # A copy gives way to everybody, a search beside the window too.
            while not lock.acquire_aside():
                time.sleep(_BREATH)
        if not still_open():
            raise RuntimeError("the notebook was closed while it was copied")

    with trouble():
        copy = connect(target, key, create=True)
        try:
            make_private(target)
            for pragma in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = {_HELD_BACK}"):
                copy.execute(f"PRAGMA {pragma}")
            # The first page has to be there, under the new key, before pages of another can be copied in.
            copy.execute("PRAGMA user_version = 1")
            source.backup(copy, pages=_PIECE, progress=piece_done)
            counts = count_rows(source)
        finally:
            copy.close()
    return counts


def flush_copy(target: Path) -> None:
    """Make a copy that was just written last through a power cut. Raises MachineTrouble."""
    with trouble():
        flush_file(target)
        flush_folder(target.parent)


def view(path: Path, key: bytes) -> Any:
    """A connection that can only read a finished copy, and leaves no trace beside it. Wrap calls in ``trouble``."""
    return keyed(path, "mode=ro&immutable=1", key)


def check_copy(connection: Any, path: Path, progress: Progress = no_progress) -> None:
    """Read every page that is in use, with its authentication code, and see that they make a whole database.

    Raises:
        StoreDamaged: they do not.
    """
    with trouble():
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        if path.stat().st_size != pages * PAGE_BYTES:
            raise StoreDamaged
        # SQLite counts about one step for each cell and each page; how many cells there are, nobody knows before.
        with _asked(connection, progress, pages):
            # SQLCipher checks the code of each page that is read, and this reads them all but the unused ones.
            sound = connection.execute("PRAGMA integrity_check(1)").fetchall() == [("ok",)]
            sound = sound and not connection.execute("PRAGMA foreign_key_check").fetchall()
    if not sound:
        raise StoreDamaged


def count_rows(connection: Any) -> dict[str, int]:
    """How many rows there are in each table that is not part of the index."""
    index = resources.files(__package__).joinpath("index.sql").read_text("utf-8")
    ours = set(re.findall(r"^CREATE (?:VIRTUAL )?TABLE (\w+)", index, re.MULTILINE))
    found = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"
    )
    names = [name for (name,) in found if name.split("_")[0] not in ours and name not in ours]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in sorted(names)}  # noqa: S608


def digest_of(path: Path, progress: Progress = no_progress) -> bytes:
    """BLAKE2b of a file, 32 bytes. Raises MachineTrouble, FileNotFoundError, whatever ``progress`` raises."""
    digest, done = hashlib.blake2b(digest_size=32), 0
    with disk_trouble():
        size = path.stat().st_size
        with path.open("rb") as stream:
            while piece := stream.read(_READ):
                digest.update(piece)
                done += len(piece)
                progress(done, max(size, done))
    return digest.digest()


@contextmanager
def _asked(connection: Any, progress: Progress, pages: int) -> Iterator[None]:
    """Tell how far a check may be; what ``progress`` raises stops it and comes out in place of "interrupted"."""
    count = 0

    def tell() -> None:
        nonlocal count
        count += 1
        # An honest guess that slows down and never quite arrives.
        steps = count * _STEPS
        progress(pages * steps // (steps + 8 * pages + 1), pages)

    with asking(connection, tell, _STEPS):
        yield
