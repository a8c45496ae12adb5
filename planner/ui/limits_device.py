"""What is so on this very device, in plain sentences; nothing is said that was not asked of the system."""

from __future__ import annotations

from pathlib import Path

from planner.system.disk_encryption import DeviceDisk, Encrypted, look
from planner.system.harden import Measure, in_force
from planner.words import N_, _

SAID: dict[Measure, tuple[str, str]] = {
    Measure.LOCAL_SOCKETS_ONLY: (
        N_("The system keeps this program from the internet, with all its parts."),
        N_("The system does not keep all parts of this program from the internet. Its own part is held back."),
    ),
    Measure.NOT_TRACEABLE: (
        N_("Other programs of this account cannot read its memory."),
        N_("Other programs of this account may be able to read its memory."),
    ),
    Measure.NO_CORE_DUMPS: (
        N_("A crash writes none of its memory to the disk."),
        N_("After a crash, a report of the system may hold some of its memory."),
    ),
    Measure.PRIVATE_FILES: (
        N_("New files are for this account alone."),
        N_("Who can read its files is up to the folder they are in."),
    ),
}
"""What is said where a measure is in force, and where it is not."""


OF_THE_DISK: dict[Encrypted, str] = {
    Encrypted.YES: N_("The disk under this notebook is encrypted."),
    Encrypted.NO: N_("The disk under this notebook is not encrypted."),
    Encrypted.NOT_TOLD: N_("The system does not say if the disk is encrypted."),
}
OF_SWAP: dict[Encrypted, str] = {
    Encrypted.YES: N_("Memory does not go to the disk, or only encrypted."),
    Encrypted.NO: N_("Memory may go to the disk without being encrypted."),
    Encrypted.NOT_TOLD: N_("The system does not say if memory goes to the disk encrypted."),
}
HIBERNATES = N_("Deep sleep can put all memory on the disk.")


def device_words(folder: Path | None = None) -> list[str]:
    """Whatever is known; nothing where this process put no measure in force (a test, a tour).

    ``folder`` is that of the notebook; None: nothing is said of its disk.
    """
    measures = in_force()
    if not measures:
        return []
    said = [there if measure in measures else missing for measure, (there, missing) in SAID.items()]
    if folder is not None:
        said = [*disk_words(look(folder)), *said]
    return [_(each) for each in said]


def disk_words(disk: DeviceDisk) -> list[str]:
    """The disk, what memory the system moves there, and deep sleep; in English, to be translated."""
    said = [OF_THE_DISK[disk.folder], OF_SWAP[disk.swap]]
    return [*said, HIBERNATES] if disk.hibernates else said
