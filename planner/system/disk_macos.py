"""What macOS tells of its disk: FileVault is on or off. Written, never run there.

Read in Apple's manual page of ``fdesetup``: ``fdesetup status`` needs no rights and answers in one sentence. It speaks
of the disk that the system starts from, and of no other. What macOS moves out of memory it always encrypts.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

from planner.system.disk_encryption import DeviceDisk, Encrypted

_PATIENCE = 5
"""s."""


def _status() -> str:
    words = ["/usr/bin/fdesetup", "status"]
    return subprocess.run(words, capture_output=True, text=True, timeout=_PATIENCE, check=False).stdout


def look(folder: Path, status: Callable[[], str] = _status) -> DeviceDisk:
    """Ask about the disk that a folder lies on."""
    if folder.is_relative_to("/Volumes"):
        return DeviceDisk(Encrypted.NOT_TOLD, Encrypted.YES)
    try:
        said = status()
    except (OSError, subprocess.SubprocessError):
        said = ""
    answers = {"FileVault is On.": Encrypted.YES, "FileVault is Off.": Encrypted.NO}
    told = next((answer for words, answer in answers.items() if words in said), Encrypted.NOT_TOLD)
    return DeviceDisk(told, Encrypted.YES)
