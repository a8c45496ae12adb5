"""A shortcut among the programs of this account, under a name and a picture that were chosen. Made only when asked for.

Linux (planner/system/shortcut_linux.py). On Windows and macOS none is made: :func:`shortcuts` gives None there, and a
person can make one by hand as for any program.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol


class Shortcuts(Protocol):
    """Where shortcuts of this account are put."""

    folder: Path

    def put(self, name: str, picture: bytes, words: Sequence[str]) -> str:
        """Put one there; ``picture`` is a PNG, ``words`` start the program.

        Returns:
            The name of the file that was made.

        Raises:
            DiskFull, FolderReadOnly, DiskTrouble: nothing was made.
        """

    def is_there(self, file: str) -> bool:
        """Whether it is still there; a person may have thrown it away."""

    def remove(self, file: str) -> None:
        """Take away all that :meth:`put` made. Raises DiskTrouble, FolderReadOnly."""


def shortcuts() -> Shortcuts | None:
    """Of this system; None where none can be made."""
    if not sys.platform.startswith("linux"):
        return None
    from planner.system.shortcut_linux import LinuxShortcuts

    base = os.environ.get("XDG_DATA_HOME", "")
    home = Path(base) if Path(base).is_absolute() else Path.home() / ".local" / "share"
    return LinuxShortcuts(home / "applications")


def starting(data_dir: Path, usual: Path) -> list[str]:
    """The words that start the program, without naming a data folder that it finds by itself."""
    from planner.system.relaunch import command

    packed = os.environ.get("APPIMAGE")
    words = command(data_dir)
    end = words.index("--data")
    start = [packed] if packed else words[:end]
    return start if data_dir.absolute() == usual.absolute() else [*start, *words[end:]]
