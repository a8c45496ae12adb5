"""What the tests of safety copies share."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from planner.keys import WrongPassphrase
from planner.store.backups import Backup
from planner.store.backups_open import open_backup

NOW = datetime(2026, 3, 12, 10, tzinfo=UTC)


def everything_in(folder: Path) -> dict[str, bytes]:
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(bytes(content))


def opens(backup: Backup, secret: str) -> bool:
    try:
        open_backup(backup.folder, secret).close()
    except WrongPassphrase:
        return False
    return True
