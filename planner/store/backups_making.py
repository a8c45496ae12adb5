"""How a copy that was just written is checked and sealed, and how far that is."""

from __future__ import annotations

from pathlib import Path

from planner.keys.backup_keys import BackupKeys
from planner.keys.keyfile import DataKey, KeyFile
from planner.places import DATA
from planner.store.backups_copy import Progress, check_copy, count_rows, digest_of, no_progress, view
from planner.store.backups_errors import BackupNotSound
from planner.store.connection import trouble
from planner.store.errors import StoreDamaged
from planner.system.files import disk_trouble

PARTS = 4
"""Of making a backup: two of copying, one of checking, one of the digest."""


class Parts:
    """One count of what is done, out of the counts of several parts of equal weight."""

    def __init__(self, progress: Progress | None, parts: int) -> None:
        self._progress = progress or no_progress
        self._parts = parts
        self._whole = 1000

    def part(self, number: int, weight: int = 1) -> Progress:
        """The progress of one part, or of ``weight`` of them from ``number`` on; the first is 0."""

        def tell(done: int, total: int) -> None:
            share = self._whole * weight * done // max(total, 1)
            self._progress(self._whole * number + min(share, self._whole * weight), self._whole * self._parts)

        return tell


def finish(
    folder: Path,
    made: int,
    key: DataKey,
    counts: dict[str, int],
    under: tuple[KeyFile, DataKey],
    parts: Parts,
) -> None:
    """Check a copy that was just made under ``key``, and write the ``keys`` that lead to it; durable.

    Args:
        made: seconds since 1970.
        counts: how many rows each table has to have.
        under: the key file and the data key of the notebook.
        parts: of whose four parts the last two are left.

    Raises:
        BackupNotSound: what was written does not read back.
        MachineTrouble, whatever ``progress`` raises.
    """
    path = folder / DATA
    try:
        read_back(path, key, counts, parts.part(2))
    except StoreDamaged:
        raise BackupNotSound from None
    with disk_trouble():
        size = path.stat().st_size
    BackupKeys(made, size, digest_of(path, parts.part(3))).sealed(key, [under]).write(folder)
    if BackupKeys.read(folder).unsealed(under[1]) != key:
        raise BackupNotSound


def read_back(path: Path, key: DataKey, counts: dict[str, int], progress: Progress = no_progress) -> None:
    """Open a copy and check it: every page, the structure, the links, and that no row is missing.

    Raises:
        StoreDamaged: something is not as it should be.
    """
    with trouble():
        connection = view(path, key.raw)
        try:
            check_copy(connection, path, progress)
            if count_rows(connection) != counts:
                raise StoreDamaged
        finally:
            connection.close()
