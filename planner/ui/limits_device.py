"""What is so on this very device, in plain sentences; nothing is said that was not asked of the system."""

from __future__ import annotations

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


def device_words() -> list[str]:
    """Whatever is known; nothing where this process put no measure in force (a test, a tour)."""
    measures = in_force()
    if not measures:
        return []
    return [_(there if measure in measures else missing) for measure, (there, missing) in SAID.items()]
