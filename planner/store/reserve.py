"""A little room kept for the worst day: where the disk is full at a lock, it is given back to the last words.

A file of noise lies in the notebook's folder. It is freed only when what is typed could not be saved otherwise, and
made again when the notebook is opened and there is room.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from planner.errors import MachineTrouble
from planner.system.files import flush_folder, remove_unfinished, write_private

RESERVE = "reserve"
RESERVE_BYTES = 512 * 1024
"""Enough for the log of many edits: a page of 4 KiB and its neighbours for each, and the log's own index of 32 KiB."""

_ROOM_LEFT = 16 * RESERVE_BYTES


def keep_reserve(folder: Path) -> None:
    """Make the reserve of a notebook, unless it is there or the disk is nearly full. Never raises."""
    path = folder / RESERVE
    with suppress(OSError, MachineTrouble):
        remove_unfinished(folder, RESERVE)
        if path.is_file() and path.stat().st_size == RESERVE_BYTES:
            return
        if shutil.disk_usage(folder).free > _ROOM_LEFT:
            # Noise, because a file of zeros takes no room where the file system makes files smaller by itself.
            write_private(path, os.urandom(RESERVE_BYTES))


def free_reserve(folder: Path) -> bool:
    """Give the room back; whether there was any. Never raises."""
    try:
        (folder / RESERVE).unlink()
        flush_folder(folder)
    except OSError:
        return False
    return True
