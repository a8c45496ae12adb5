"""What can go wrong with the store on any good day."""

from __future__ import annotations

from planner.errors import MachineTrouble
from planner.system.files import DiskFull, DiskTrouble
from planner.system.files import FolderReadOnly as StoreReadOnly
from planner.words import _

__all__ = [
    "CopyDoesNotFit",
    "DiskFull",
    "DiskTrouble",
    "StoreDamaged",
    "StoreInUse",
    "StoreMissing",
    "StoreReadOnly",
    "StoreTooNew",
]


class StoreDamaged(MachineTrouble):
    """The database is cut short, changed, or not under this key; what was noticed is not repaired by guessing."""

    def __init__(self) -> None:
        super().__init__(
            _("This notebook is damaged and cannot be read safely."),
            _("Nothing was changed. Keep the folder as it is, and open a copy of the notebook if you have one."),
        )


class StoreMissing(MachineTrouble):
    """The folder of the notebook has no ``data`` file."""

    def __init__(self) -> None:
        super().__init__(
            _("The file with what you wrote is not in the notebook's folder."),
            _("Nothing was changed. If you have a copy of the folder, bring back the file named “data”."),
        )


class StoreTooNew(MachineTrouble):
    """The database was written by a newer version."""

    def __init__(self) -> None:
        super().__init__(
            _("This notebook was last saved by a newer version of this program."),
            _("Nothing was changed. Update this program, and all your words will be here. Do not delete the notebook."),
        )


class StoreInUse(MachineTrouble):
    """Another window holds the store open."""

    def __init__(self) -> None:
        super().__init__(
            _("This notebook is already open in another window."),
            _("Go on there, or lock it there first."),
        )


class CopyDoesNotFit(MachineTrouble):
    """The copy of ``keys`` does not open the data that is there."""

    def __init__(self) -> None:
        super().__init__(
            _("The copy of the file named “keys” does not fit what is in this notebook now."),
            _("Nothing was changed. Keep the folder as it is."),
        )
