"""Safety copies of a notebook: made, listed, thinned and removed.

A backup is a folder ``<YYYY-MM-DDTHHMMSSZ>-<random>`` with two files: ``data``, a whole copy of the database under a
random key of its own, and ``keys``, which leads to that key (:mod:`planner.keys.backup_keys`). It is made as
``new-…``, flushed, opened, checked, and only then renamed; what a kill left is removed when the next one is made. A
copy on another device has the same form. Opening, comparing and bringing back are in :mod:`planner.store.backups_open`.
"""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import MachineTrouble
from planner.keys.backup_keys import BackupKeys
from planner.keys.errors import KeysDamaged, KeysMissing
from planner.keys.keyfile import DataKey, KeyFile
from planner.places import BACKUPS, DATA, KEYS
from planner.store.backups_errors import PlaceMissing, place_trouble
from planner.store.backups_thinning import DAY, kept, labelled, next_stamp
from planner.store.connection import PAGE_BYTES
from planner.system.files import DiskTrouble, destroy, disk_trouble, flush_folder, make_private_folder

if TYPE_CHECKING:
    from planner.store.backups_copy import Progress
    from planner.store.notebooks import Notebook

_STAMP = "%Y-%m-%dT%H%M%SZ"
_NAME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{6}Z-[0-9a-f]{6}")
# While it is made, and while it is removed. Only folders of exactly such a name are ever cleaned away.
_NEW, _OLD = "new-", "old-"


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished copy. ``made`` is aware, in UTC; ``size`` in bytes; ``kept_for`` is ``"day"`` or ``"week"``."""

    folder: Path
    made: datetime
    size: int
    kept_for: str = DAY


# ---------------------------------------------------------------- looking, without any key


def list_backups(store_folder: Path) -> list[Backup]:
    """The finished copies of a notebook, the newest first. Needs no key, changes nothing and never raises."""
    return backups_in(store_folder / BACKUPS)


def backups_in(folder: Path) -> list[Backup]:
    """The finished copies in any folder, for example on a memory stick, the newest first. Never raises."""
    found = []
    with suppress(OSError):
        for each in folder.iterdir():
            made = _made(each.name)
            # A link is no copy: what is done to a copy would be done to whatever it leads to.
            if made is None or each.is_symlink():
                continue
            if (each / KEYS).is_file() and (each / DATA).is_file():
                found.append((made, each.name, each, (each / DATA).stat().st_size))
    reasons = labelled([made for made, *_rest in found])
    return [Backup(each, made, size, reasons[made]) for made, _name, each, size in sorted(found, reverse=True)]


def is_backup(folder: Path) -> bool:
    """Whether a folder, of whatever name, has the files of a backup and not those of a notebook. Never raises."""
    try:
        BackupKeys.read(folder)
    except (KeysDamaged, KeysMissing):
        # A name of ours also tells, so that a damaged copy is not taken for a notebook.
        return _made(folder.absolute().name) is not None and folder.is_dir()
    except MachineTrouble as trouble:
        return not isinstance(trouble, DiskTrouble)
    return True


def is_whole(backup: Backup, progress: Progress | None = None) -> bool:
    """Whether both files are, byte for byte, what they were when the copy was made. Needs no key.

    One whose folder is called after another moment is not: somebody gave an old copy the name of a new one. Reads all
    of it (a second for a few hundred megabytes). That the right key opens it, only the passphrase tells.
    """
    from planner.store.backups_copy import digest_of, no_progress

    try:
        keys = BackupKeys.read(backup.folder)
        called = _made(backup.folder.name)
        if called is not None and int(called.timestamp()) != keys.made:
            return False
        with disk_trouble():
            if (backup.folder / DATA).stat().st_size != keys.size or keys.size < PAGE_BYTES:
                return False
        return digest_of(backup.folder / DATA, progress or no_progress) == keys.digest
    except (MachineTrouble, FileNotFoundError):
        return False


def last_good_backup(store_folder: Path, progress: Progress | None = None) -> Backup | None:
    """The newest copy of a notebook that is whole, where its own files are damaged. Needs no key."""
    return next((each for each in list_backups(store_folder) if is_whole(each, progress)), None)


# ---------------------------------------------------------------- making


def make_backup(
    notebook: Notebook, into: Path | None = None, progress: Progress | None = None, now: datetime | None = None
) -> Backup:
    """Make a copy of an open notebook, check it, and keep it.

    May run in a worker thread; the store is held for a few milliseconds at a time, and edits made meanwhile are in
    the copy. To be called after folding, so that no deleted word is in it.

    Args:
        into: an existing folder, for example on a memory stick; None for the notebook's own, which is thinned then.
        progress: called with (done, total) every few milliseconds; what it raises leaves nothing behind.
        now: the present, aware; by default that of the clock.

    Raises:
        NoRoomForBackup, PlaceReadOnly, PlaceMissing, DiskTrouble, BackupNotSound: nothing else was touched.
        StoreDamaged: a page of the notebook itself cannot be read.
    """
    home = into if into is not None else notebook.folder / BACKUPS
    with place_trouble():
        if into is None:
            make_private_folder(home)
        elif not home.is_dir():
            # Never made: where a memory stick was pulled out, its place would be made on the disk of the machine.
            raise PlaceMissing
    moment = now if now is not None else datetime.now(UTC)
    made = notebook.copy_into(home, progress, moment)
    if into is None:
        held = notebook.store.first_hold()
        thin(home, max(moment, made.made), keep=made.folder, held=_moment_of(held) if held else None)
    return made


def make_in(
    home: Path,
    copy: Callable[[Path, bytes, Progress], dict[str, int]],
    under: Callable[[], tuple[KeyFile, DataKey]],
    progress: Progress | None = None,
    now: datetime | None = None,
) -> Backup:
    """Make a backup in an existing folder: under another name, flushed, checked, and only then renamed.

    Args:
        copy: writes the whole database to a path, under a key of 32 bytes, and says how many rows each table has.
        under: the key file and data key that shall lead to it; asked at the end.
        progress, now: as in :func:`make_backup`, which says what is raised.
    """
    from planner.store.backups_making import PARTS, Parts, finish

    with place_trouble():
        clean(home)
        moment = now if now is not None else datetime.now(UTC)
        stamp = next_stamp(moment, (each.made for each in backups_in(home)))
        name = f"{stamp.strftime(_STAMP)}-{secrets.token_hex(3)}"
        unfinished, folder = home / f"{_NEW}{name}", home / name
        key, parts = DataKey.new(), Parts(progress, PARTS)
        try:
            make_private_folder(unfinished)
            counts = copy(unfinished / DATA, key.raw, parts.part(0, 2))
            finish(unfinished, int(stamp.timestamp()), key, counts, under(), parts)
            with disk_trouble():
                size = (unfinished / DATA).stat().st_size
                unfinished.rename(folder)
                flush_folder(home)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
    return Backup(folder, stamp, size)


def thin(home: Path, now: datetime, keep: Path | None = None, held: datetime | None = None) -> list[Backup]:
    """Remove the copies in a folder that are not to be kept any longer; returns them. ``keep`` always stays.

    ``held`` is when a hold on somebody began that is still on: copies from before then stay, whatever their age.
    What cannot be removed now is tried again after the next copy.
    """
    found = backups_in(home)
    staying = kept((each.made for each in found), now)
    # Two copies of one second are both kept: they are told apart by no rule.
    leaving = [each for each in found if each.made not in staying and each.folder != keep]
    if held is not None:
        leaving = [each for each in leaving if each.made > held]
    with suppress(MachineTrouble):
        remove_backups(leaving)
    return leaving


def remove_backups(backups: Iterable[Backup]) -> None:
    """Delete copies for good, each at once or not at all. Raises FolderReadOnly, DiskTrouble."""
    for each in backups:
        leaving = each.folder.with_name(f"{_OLD}{each.folder.name}")
        with disk_trouble():
            with suppress(FileNotFoundError):
                each.folder.rename(leaving)
                flush_folder(leaving.parent)
            # Without its keys the rest is noise, so they go first, and nothing that finds removed files finds them.
            if leaving.is_symlink():
                leaving.unlink()
                continue
            destroy(leaving / KEYS, leaving)
            (leaving / KEYS).unlink(missing_ok=True)
            shutil.rmtree(leaving, ignore_errors=True)


def clean(home: Path) -> None:
    """Remove what was begun and never finished, and what was half removed; nothing of any other name."""
    with suppress(OSError):
        for each in home.iterdir():
            for beginning in (_NEW, _OLD):
                if each.name.startswith(beginning) and _NAME.fullmatch(each.name.removeprefix(beginning)):
                    destroy(each / KEYS, each)
                    shutil.rmtree(each, ignore_errors=True)


# ---------------------------------------------------------------- inside


def _moment_of(hold: str) -> datetime:
    """When a hold began. One that came from elsewhere and cannot be read keeps every copy."""
    try:
        return datetime.fromisoformat(hold).astimezone(UTC)
    except (ValueError, OverflowError):
        return datetime.max.replace(tzinfo=UTC)


def _made(name: str) -> datetime | None:
    if not _NAME.fullmatch(name):
        return None
    try:
        return datetime.strptime(name.rpartition("-")[0], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


__all__ = [
    "Backup",
    "backups_in",
    "clean",
    "is_backup",
    "is_whole",
    "last_good_backup",
    "list_backups",
    "make_backup",
    "make_in",
    "remove_backups",
    "thin",
]
