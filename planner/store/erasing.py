"""Erasing a whole notebook from the disk: its keys first, because without them the rest is noise."""

from __future__ import annotations

import secrets
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from planner.places import BACKUPS, DATA, GONE, KEYS, UNFINISHED
from planner.store.local import Local
from planner.system.files import FolderReadOnly, can_write, destroy, disk_trouble, flush_folder

# Seconds: so long no restore goes without writing.
_AT_WORK = 15 * 60


def erase_store(folder: Path) -> None:
    """Erase a closed notebook with the safety copies in its folder, and forget its label.

    It is renamed first: from that moment on there is no such notebook, and whatever comes between is finished by
    :func:`clear_erased`. Then every ``keys`` is overwritten and removed, then all the rest. On a disk of flash memory
    what was overwritten may stay in cells that nothing but special tools can read. What a kill left of a notebook that
    was being made goes too: made of a safety copy, it holds all that this one does.

    Raises:
        FolderReadOnly, DiskTrouble: it could not be renamed; nothing has changed.
    """
    data_dir = folder.parent
    gone = data_dir / f"{GONE}{secrets.token_hex(6)}"
    with disk_trouble():
        folder.rename(gone)
        with suppress(OSError):
            flush_folder(data_dir)
    _remove(gone.resolve())  # it was open until now, so a link leads to this very notebook
    if gone.is_symlink():
        with suppress(OSError):
            gone.unlink()
    _clear(data_dir, UNFINISHED)
    local = Local.read(data_dir)
    if folder.name in local.labels:
        with disk_trouble():
            local.without_label(folder.name).write(data_dir)


def refuse_if_read_only(folder: Path) -> None:
    """Raise FolderReadOnly where :func:`erase_store` could not take this notebook away."""
    if not can_write(folder.parent):
        raise FolderReadOnly


def clear_erased(data_dir: Path) -> None:
    """Finish what a kill interrupted: erasing a notebook, and making one, of which nothing comes; never raises."""
    _clear(data_dir, GONE)
    _clear(data_dir, UNFINISHED, lambda folder: not _is_being_made(folder))


def _clear(data_dir: Path, beginning: str, may_go: Callable[[Path], bool] = lambda _folder: True) -> None:
    with suppress(OSError):
        for each in data_dir.glob(f"{beginning}*"):
            if each.is_dir() and not each.is_symlink() and may_go(each):
                _remove(each)


def _is_being_made(folder: Path) -> bool:
    """Whether another process may be at work in it just now, as far as the clock can tell."""
    for each in (folder / DATA, folder):
        with suppress(OSError):
            return abs(time.time() - each.stat().st_mtime) < _AT_WORK
    return False


def _remove(gone: Path) -> None:
    with suppress(OSError):
        for keys in (*gone.glob(f"{KEYS}*"), *gone.glob(f"{BACKUPS}/*/{KEYS}*")):
            destroy(keys, gone)
    shutil.rmtree(gone, ignore_errors=True)
    with suppress(OSError):
        flush_folder(gone.parent)
