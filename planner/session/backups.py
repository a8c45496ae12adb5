"""The safety copies of an open notebook, as the pages use them.

Everything that takes a ``progress`` may run in a worker thread, holds the store for moments only, and leaves nothing
behind when ``progress`` raises. :meth:`Backups.prepare` and :meth:`Backups.tell` belong to the window's thread.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from planner.store.backups import Backup, backups_in, list_backups, make_backup, remove_backups

if TYPE_CHECKING:
    from planner.session.comparing import Comparison, Item
    from planner.session.core import Session
    from planner.session.merging import Brought
    from planner.store.backups_open import BackupView

Progress = Callable[[int, int], None]
Copies = list[Backup]
_OFTEN_ENOUGH = timedelta(hours=1)


def _no_progress(_done: int, _total: int) -> None:
    """Nobody looks."""


class Backups:
    """Made, looked into, brought back from and cleared, for one open session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._seen = b""

    # ------------------------------------------------------------ what there is

    def list(self) -> Copies:
        """The notebook's own copies, the newest first; never raises."""
        return list_backups(self._session.notebook.folder)

    def on_device(self, folder: Path) -> Copies:
        """The copies in another folder, the newest first; of whichever notebook they are. Never raises."""
        return backups_in(folder)

    def due(self) -> bool:
        """Whether it is time for a copy: something changed since the last, and that is an hour old or of another day.

        Takes a few milliseconds; the window's thread asks, now and then.
        """
        raise NotImplementedError

    # ------------------------------------------------------------ making

    def prepare(self) -> None:
        """Fold what was edited, so that no deleted word gets into a copy. In the window's thread, before :meth:`make`.

        Raises MachineTrouble.
        """
        self._session.settle()

    def make(self, progress: Progress = _no_progress) -> Backup:
        """Make a copy beside the notebook, check it, then thin the old ones.

        Raises:
            NoRoomForBackup, DiskTrouble, BackupNotSound, StoreDamaged: nothing else was touched.
        """
        return make_backup(self._session.notebook, progress=progress, now=self._session.clock())

    def make_on_second_device(self, folder: Path, progress: Progress = _no_progress) -> Backup:
        """Make a copy in an existing folder, for example on a memory stick; nothing there is thinned.

        Raises:
            PlaceMissing, PlaceReadOnly, NoRoomForBackup, DiskTrouble, BackupNotSound: nothing was left there.
        """
        return make_backup(self._session.notebook, folder, progress, self._session.clock())

    # ------------------------------------------------------------ looking into one

    def open(self, backup: Backup, secret: str | None = None) -> BackupView:
        """Open a copy to read. Without ``secret`` by the present keys, at once. To be closed.

        Raises:
            WrongPassphrase: it needs a secret, or another one (its notebook had another passphrase then).
            BackupDamaged, StoreTooNew, ….
        """
        raise NotImplementedError

    def compare(self, backup: Backup, progress: Progress = _no_progress, secret: str | None = None) -> Comparison:
        """What is only here, only in the copy, and different. Raises what :meth:`open` raises."""
        raise NotImplementedError

    def holding(
        self, person: str, record: str | None, progress: Progress = _no_progress, also: Iterable[Path] = ()
    ) -> Copies:
        """The copies in reach that still hold a person, or one record (a filling, note or paper too), newest first.

        ``also`` are other folders to look in, such as that of a second device. A copy that cannot be opened with the
        present keys is among them: it may hold it.
        """
        raise NotImplementedError

    # ------------------------------------------------------------ changing

    def clear(self, backups: Iterable[Backup]) -> None:
        """Delete copies for good. Raises FolderReadOnly, DiskTrouble."""
        remove_backups(backups)

    def bring_back(
        self,
        backup: Backup,
        chosen: Collection[Item] | None = None,
        progress: Progress = _no_progress,
        secret: str | None = None,
    ) -> Brought:
        """Take back from a copy what is not here any more, in one transaction: all of it, or nothing.

        Args:
            chosen: items of a :class:`Comparison` (:attr:`only_there`, :attr:`different`); each comes as it was, also
                when it was deleted here on purpose; where both sides differ, both values stay until someone chooses.
                None merges the whole copy: what was lost comes back, what was deleted here stays deleted, and nothing
                newer is lost.

        Returns:
            What changed, to be given to :meth:`tell` in the window's thread.
        """
        raise NotImplementedError

    def tell(self, brought: Brought) -> None:
        """Let the pages show what was brought back. In the window's thread."""
        raise NotImplementedError
