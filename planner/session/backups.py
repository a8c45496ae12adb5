"""The safety copies of an open notebook, as the pages use them.

Everything that takes a ``progress`` may run in a worker thread, holds the store for moments only, and leaves nothing
behind when ``progress`` raises. :meth:`Backups.prepare` and :meth:`Backups.tell` belong to the window's thread.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import MachineTrouble
from planner.keys.errors import WrongPassphrase
from planner.session.types import OutOfReach
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
        self._seen: tuple[Path | None, bytes] = (None, b"")
        self._made: datetime | None = None
        self.trouble: MachineTrouble | None = None
        """Why the last copy that was to be made by itself could not be; None when it could."""

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
        session, found = self._session, self.list()
        now = session.clock().astimezone(UTC)
        if not found:
            return True
        last = self._made if self._made is not None else found[0].made
        if last.date() == now.date() and timedelta() <= now - last < _OFTEN_ENOUGH:
            return False
        return self._print_of(found[0]) != session.store.fingerprint()

    def _print_of(self, backup: Backup) -> bytes:
        """The fingerprint of a copy; empty where it cannot be read, so that it is followed by a better one."""
        if self._seen[0] != backup.folder:
            made = b""
            with suppress(MachineTrouble):
                copy = self.open(backup)
                try:
                    made = copy.fingerprint()
                finally:
                    copy.close()
            self._seen = (backup.folder, made)
        return self._seen[1]

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
        moment = self._session.clock().astimezone(UTC)
        made = self._make(None, progress, moment)
        # By the clock and not by the name, which is of a later second where the clock was set back.
        self._made = moment
        return made

    def make_on_second_device(self, folder: Path, progress: Progress = _no_progress) -> Backup:
        """Make a copy in an existing folder, for example on a memory stick; nothing there is thinned.

        Raises:
            PlaceMissing, PlaceReadOnly, NoRoomForBackup, DiskTrouble, BackupNotSound: nothing was left there.
        """
        return self._make(folder, progress, self._session.clock())

    def _make(self, folder: Path | None, progress: Progress, now: datetime) -> Backup:
        """A copy, and once more where something was erased after its last piece was written: it would hold it."""
        erasing = self._session.erasing
        while True:
            before = erasing.done
            made = make_backup(self._session.notebook, folder, progress, now)
            if erasing.done == before:
                return made
            remove_backups([made])

    # ------------------------------------------------------------ looking into one

    def open(self, backup: Backup, secret: str | None = None) -> BackupView:
        """Open a copy to read. Without ``secret`` by the present keys, at once. To be closed.

        Raises:
            WrongPassphrase: it needs a secret, or another one (its notebook had another passphrase then).
            BackupDamaged, StoreTooNew, ….
        """
        from planner.store.backups_open import open_backup, view_of

        if secret is not None:
            return open_backup(backup.folder, secret)
        copy = view_of(self._session.notebook, backup.folder)
        if copy is None:
            raise WrongPassphrase
        return copy

    def compare(self, backup: Backup, progress: Progress = _no_progress, secret: str | None = None) -> Comparison:
        """What is only here, only in the copy, and different; of what was saved until now.

        Raises what :meth:`open` raises, and OutOfReach while one person's pages are the only ones open.
        """
        from planner.session.comparing import compare

        self._everyone()
        copy = self.open(backup, secret)
        try:
            return compare(self._session.store, copy, backup.made, progress)
        finally:
            copy.close()

    def _everyone(self) -> None:
        if self._session.only is not None:
            raise OutOfReach

    def holding(
        self, person: str, record: str | None, progress: Progress = _no_progress, also: Iterable[Path] = ()
    ) -> Copies:
        """The copies in reach that still hold a person, or one record (a filling, note or paper too), newest first.

        ``also`` are other folders to look in, such as that of a second device. A copy that cannot be opened with the
        present keys is among them: it may hold it.
        """
        found = [*self.list(), *(each for folder in also for each in backups_in(folder))]
        holding = []
        for done, backup in enumerate(found):
            progress(done, len(found))
            try:
                copy = self.open(backup)
            except MachineTrouble:
                holding.append(backup)
                continue
            try:
                if _holds(copy, person, record):
                    holding.append(backup)
            except MachineTrouble:
                holding.append(backup)
            finally:
                copy.close()
        progress(len(found), max(len(found), 1))
        return sorted(holding, key=lambda each: each.made, reverse=True)

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
        from planner.session.bringing import bring_some
        from planner.session.merging import Merging

        self._everyone()
        copy = self.open(backup, secret)
        try:
            if chosen is None:
                return Merging(self._session, copy, progress, keep_both=False).everything()
            return bring_some(self._session, copy, chosen, progress)
        finally:
            copy.close()

    def merge_notebook(self, folder: Path, secret: str, progress: Progress = _no_progress) -> Brought:
        """Take in all of another notebook, such as a restored one that was used since; it stays as it is.

        Both may have been written in: where both set one field, and where both answered a form, both stay. Merged the
        other way round too, the two say the same.

        Raises:
            What :meth:`planner.store.notebooks.Notebook.open` raises, StoreInUse for the notebook that is open here.
        """
        from planner.session.merging import Merging
        from planner.store.notebooks import Notebook

        self._everyone()
        other = Notebook.open(folder, secret)
        try:
            return Merging(self._session, other.store, progress).everything()
        finally:
            other.close()

    def tell(self, brought: Brought) -> None:
        """Let the pages show what was brought back. In the window's thread."""
        self._session.forget_people()
        for change in brought.changes:
            self._session.editor.tell(change)


def _holds(copy: BackupView, person: str, record: str | None) -> bool:
    if record is None:
        return copy.person(person) is not None
    beside = {row.id for row in copy.fillings(person)} | {row.id for row in copy.notes(person)}
    beside |= {row.id for row in copy.attachments(person, include_removed=True)}
    if record in beside:
        return True
    from planner.plan.documents import SectionDocument

    for section in copy.sections(person):
        stored = copy.document(person, section)
        # Also what was only marked as removed: its words are there.
        if record in SectionDocument.load(stored.state, stored.deltas).held:
            return True
    return False
