"""What holds on this very device, in plain sentences: which measures are in force, and what its disk is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from planner.system.disk_encryption import DeviceDisk, Encrypted, look
from planner.system.harden import Measure, in_force
from planner.words import N_, _


@dataclass(frozen=True)
class Fact:
    """One sentence, and whether what it tells of protects her; None where the device does not tell."""

    sentence: str
    protects: bool | None


MEASURES: dict[Measure, tuple[str, str]] = {
    Measure.LOCAL_SOCKETS_ONLY: (
        N_("The system lets no part of this program reach a network, nor what it starts."),
        N_("The program refuses the network by itself. On this device the system does not help it with that."),
    ),
    Measure.NOT_TRACEABLE: (
        N_("Your other programs cannot look into the memory of this one."),
        N_("Your other programs could look into the memory of this one."),
    ),
    Measure.NO_CORE_DUMPS: (
        N_("When the program breaks off, none of its memory is kept on the disk."),
        N_("When the program breaks off, the system may keep a part of its memory on the disk."),
    ),
    Measure.PRIVATE_FILES: (
        N_("Other people with an account here cannot open the files of your notebook."),
        N_("Who else can open the files of your notebook, the folder they are in decides."),
    ),
    Measure.OWN_PLUG_INS: (
        N_("Nothing is loaded from the folder in which the program is started."),
        N_("Something from the folder in which the program is started could be loaded."),
    ),
}
FOLDER = {
    Encrypted.YES: N_("The disk that your notebook is on is encrypted."),
    Encrypted.NO: N_("The disk that your notebook is on is not encrypted."),
    Encrypted.NOT_TOLD: N_("This device does not tell whether its disk is encrypted."),
}
SWAP = {
    Encrypted.YES: N_("What the device moves out of its memory is encrypted, or stays in it."),
    Encrypted.NO: N_("When memory is short, the device puts some of it on the disk, and not encrypted."),
    Encrypted.NOT_TOLD: N_("This device does not tell whether memory that it puts on the disk is encrypted."),
}
_PROTECTS = {Encrypted.YES: True, Encrypted.NO: False, Encrypted.NOT_TOLD: None}


def device_facts(
    folder: Path, measures: Collection[Measure] | None = None, disk: DeviceDisk | None = None
) -> list[Fact]:
    """What holds for the notebooks in a folder. ``measures`` and ``disk`` are asked for unless they are given."""
    on = in_force() if measures is None else measures
    there = look(folder) if disk is None else disk
    facts = [Fact(_(words[0 if measure in on else 1]), measure in on) for measure, words in MEASURES.items()]
    facts.append(Fact(_(FOLDER[there.folder]), _PROTECTS[there.folder]))
    facts.append(Fact(_(SWAP[there.swap]), _PROTECTS[there.swap]))
    if there.hibernates and there.swap is not Encrypted.YES:
        facts.append(Fact(_("In a deep sleep, the device may put all of its memory on the disk."), False))
    return facts
