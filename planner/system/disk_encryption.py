"""Whether what lies on this device's disk, and what the system moves there from memory, is encrypted.

Asked without any rights, and answered honestly: what the system does not tell is not guessed. A disk that encrypts
itself without asking for a passphrase protects nothing from whoever has the device, and does not count.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Encrypted(StrEnum):
    """An answer of the system."""

    YES = "yes"
    NO = "no"
    NOT_TOLD = "not-told"


@dataclass(frozen=True)
class DeviceDisk:
    """What the system says of the place where a folder lies, and of where it puts memory that it has no room for.

    ``swap`` is YES also where there is none, or where it stays in memory. ``hibernates`` says whether the whole memory
    may be written there when the device is put to sleep.
    """

    folder: Encrypted
    swap: Encrypted
    hibernates: bool = False


def weakest(answers: list[Encrypted]) -> Encrypted:
    """Of several places, what holds for all of them; YES where there is no place at all."""
    for each in (Encrypted.NO, Encrypted.NOT_TOLD):
        if each in answers:
            return each
    return Encrypted.YES


def look(folder: Path) -> DeviceDisk:
    """Ask this system. A fault while asking is no answer, never an error."""
    system: str = sys.platform
    try:
        if system == "linux":
            from planner.system.disk_linux import LinuxDisks

            return LinuxDisks().look(folder)
        if system == "win32":
            from planner.system.disk_windows import look as look_on_windows

            return look_on_windows(folder)
        if system == "darwin":
            from planner.system.disk_macos import look as look_on_macos

            return look_on_macos(folder)
    except (OSError, ValueError):
        pass
    return DeviceDisk(Encrypted.NOT_TOLD, Encrypted.NOT_TOLD)
