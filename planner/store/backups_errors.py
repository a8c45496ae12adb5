"""What can go wrong with safety copies on any good day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from planner.errors import MachineTrouble
from planner.keys.errors import KeysDamaged, KeysMissing
from planner.store.errors import DiskFull, StoreDamaged, StoreMissing, StoreReadOnly
from planner.words import _


class BackupDamaged(MachineTrouble):
    """A copy is cut short, changed, or its two files do not belong together."""

    def __init__(self) -> None:
        super().__init__(
            _("This safety copy is damaged and cannot be used."),
            _("Nothing was changed. Another safety copy may be whole."),
        )


class BackupNotSound(MachineTrouble):
    """A copy that was just made does not read back as it should; it was not kept."""

    def __init__(self) -> None:
        super().__init__(
            _("The new safety copy did not come out whole, so it was not kept."),
            _("Your notebook is as it was. If this happens again, the disk may be wearing out: copy to another one."),
        )


class NoRoomForBackup(DiskFull):
    """There is no room left where a copy was to lie; nothing of it was left behind."""

    def __init__(self) -> None:
        MachineTrouble.__init__(
            self,
            _("There is not enough room for a safety copy there."),
            _("Your notebook is as it was. Make some room, or choose another place, then try again."),
        )


class PlaceReadOnly(StoreReadOnly):
    """Nothing can be written where a copy was to lie."""

    def __init__(self) -> None:
        MachineTrouble.__init__(
            self,
            _("Nothing can be saved in that place."),
            _("Your notebook is as it was. Take off the write protection, or choose another place."),
        )


class PlaceMissing(MachineTrouble):
    """The folder that was chosen for a copy is not there."""

    def __init__(self) -> None:
        super().__init__(
            _("The place for the safety copy is not there."),
            _("If it is on a memory stick, put it back in. Your notebook is as it was."),
        )


@contextmanager
def place_trouble() -> Iterator[None]:
    """Say what was not possible of the copy, where the sentences of a notebook would frighten without reason."""
    try:
        yield
    except FileNotFoundError:
        raise PlaceMissing from None
    except (NoRoomForBackup, PlaceReadOnly):
        raise
    except DiskFull:
        raise NoRoomForBackup from None
    except StoreReadOnly:
        raise PlaceReadOnly from None


@contextmanager
def backup_damaged() -> Iterator[None]:
    """The damage of a copy is not that of the notebook."""
    try:
        yield
    except (StoreDamaged, StoreMissing, KeysDamaged, KeysMissing, FileNotFoundError):
        raise BackupDamaged from None
