"""Notebooks: each is a folder with the ``keys`` that open it and the ``data`` in it."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from typing import Any, Self

from planner.errors import MachineTrouble
from planner.keys.backup_keys import BackupKeys
from planner.keys.cost import Cost
from planner.keys.errors import KeysDamaged, KeysMissing, WrongPassphrase
from planner.keys.keyfile import DataKey, KeyFile, SlotInfo, SlotKind
from planner.keys.shares import NewShares
from planner.keys.spare import make_spare_key
from planner.places import BACKUPS, DATA, KEYS, NEXT, STORE, UNFINISHED
from planner.store.backups import Backup, make_in
from planner.store.backups_copy import Progress, copy_database, flush_copy, no_progress
from planner.store.backups_wrapping import rewrap, seal_for_both
from planner.store.care import opens
from planner.store.errors import CopyDoesNotFit
from planner.store.local import Local
from planner.store.store import Store
from planner.system.files import (
    disk_trouble,
    flush_folder,
    make_private,
    make_private_folder,
    remove_unfinished,
    replace,
)

COPY = f"{KEYS}.copy"
# Seconds between two questions whether to go on waiting.
_PATIENCE = 0.05


class Notebook:
    """An open notebook: its store, and the key file under which it lies.

    ``keys.copy`` beside ``keys`` is the same file once more, because those few thousand bytes are all that stands
    between a person and everything written. It is never used silently: see :meth:`mend_keys`. A copy that a kill left
    behind opens nothing newer, because its data key is no longer that of the data.
    """

    def __init__(self, folder: Path, keys: KeyFile, data_key: DataKey, store: Store) -> None:
        self.folder = folder
        self.store = store
        self._keys = keys
        self._data_key = data_key
        self._busy = Lock()

    # ------------------------------------------------------------ making and opening

    @classmethod
    def create(cls, data_dir: Path, passphrase: str, label: str, cost: Cost | None = None) -> Self:
        """Make a new notebook and open it; the first thing ever written to the disk.

        It is made under another name and renamed when it is whole, so that a kill leaves no half notebook.

        Args:
            data_dir: the data folder; made when it is not there.
            passphrase: see :mod:`planner.keys`; ``ValueError`` when it is empty.
            label: a neutral label, kept outside in ``local.json``.
            cost: from :func:`planner.keys.calibrate`; by default the least that is allowed.

        Raises:
            DiskFull, FolderReadOnly, DiskTrouble, NotEnoughMemory: nothing is left behind.
        """
        keys, data_key = KeyFile.create(passphrase, _today(), cost=cost)
        make_private_folder(data_dir)
        make_private(data_dir)
        for left in data_dir.glob(f"{UNFINISHED}*"):
            shutil.rmtree(left, ignore_errors=True)
        name = secrets.token_hex(6)
        unfinished, folder = data_dir / f"{UNFINISHED}{name}", data_dir / f"{STORE}{name}"
        try:
            make_private_folder(unfinished)
            Store.create(unfinished, data_key.raw).close()
            keys.write(unfinished)
            keys.write(unfinished, COPY)
            Local.read(data_dir).with_label(folder.name, label).write(data_dir)
            with disk_trouble():
                replace(unfinished, folder)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
        return cls(folder, keys, data_key, Store.open(folder, data_key.raw))

    @classmethod
    def open(cls, store_dir: Path, secret: str) -> Self:
        """Open a notebook with a passphrase or a spare key; half a second, nearly all of it the key derivation.

        Raises:
            WrongPassphrase, KeysMissing, KeysDamaged, KeysTooNew, KeysDowngraded, KeysTooCostly, NotEnoughMemory.
            StoreMissing, StoreDamaged, StoreTooNew, StoreInUse, StoreReadOnly.
        """
        keys = KeyFile.read(store_dir)
        data_key = keys.open(secret)

        def before_upgrade(connection: Any) -> None:
            make_private_folder(store_dir / BACKUPS)

            def copy(path: Path, key: bytes, progress: Progress) -> dict[str, int]:
                counts = copy_database(connection, path, key, progress)
                flush_copy(path)
                return counts

            make_in(store_dir / BACKUPS, copy, lambda: (keys, data_key))

        store = Store.open(store_dir, data_key.raw, before_upgrade)
        notebook = cls(store_dir, keys, data_key, store)
        for name in (KEYS, COPY):
            remove_unfinished(store_dir, name)
        notebook._refresh_copy()
        # A key change that was cut short may have left copies that open with the old secret too.
        rewrap(store_dir, keys, data_key)
        return notebook

    def close(self) -> None:
        """Empty the log and close the store."""
        self.store.close()

    # ------------------------------------------------------------ backups

    def copy_into(self, home: Path, progress: Progress | None, now: datetime) -> Backup:
        """Make a backup in an existing folder; see :func:`planner.store.backups.make_backup`."""
        with self._alone(progress or no_progress):
            made = make_in(home, self.store.copy_to, lambda: (self._keys, self._data_key), progress, now)
        # A slot may have been added in the moment in which it was sealed.
        rewrap(self.folder, self._keys, self._data_key)
        return made

    @contextmanager
    def _alone(self, progress: Progress) -> Iterator[None]:
        """One after the other: a key change puts another file in the place of the one that a backup copies."""
        while not self._busy.acquire(timeout=_PATIENCE):
            progress(0, 1)
        try:
            yield
        finally:
            self._busy.release()

    def unsealed(self, backup: BackupKeys) -> DataKey | None:
        """The key of a backup of this notebook; None where its ``keys`` are not under the present data key."""
        return backup.unsealed(self._data_key)

    # ------------------------------------------------------------ keys

    @property
    def name(self) -> str:
        """The folder name, by which ``local.json`` knows the notebook."""
        return self.folder.name

    def name_it(self, label: str) -> None:
        """Give this notebook another label, which everybody can read; those of others stay. Raises MachineTrouble."""
        data_dir = self.folder.parent
        Local.read(data_dir).with_label(self.name, label).write(data_dir)

    def check(self, secret: str) -> None:
        """Whether this opens the notebook; takes as long as opening. Raises WrongPassphrase."""
        if self._keys.open(secret) != self._data_key:
            raise WrongPassphrase

    def slots(self) -> tuple[SlotInfo, ...]:
        """What can open this notebook."""
        return self._keys.slots(self._data_key)

    def change_passphrase(self, old: str, new: str, progress: Progress | None = None, slot: str | None = None) -> None:
        """Put a new passphrase in place of one, under a new data key: old files with the old one open nothing new.

        The spare key and the passphrases of others go on working. ``old`` may be the spare key; then the passphrase
        to replace is the only one there is, or that of ``slot``.

        Raises:
            WrongPassphrase: ``old`` does not open the notebook.
            ValueError: ``new`` is empty, or it is not clear which passphrase to replace.
            DiskFull, StoreReadOnly, DiskTrouble, whatever ``progress`` raises: nothing has changed.
        """
        opened = self._keys.unlock(old)
        if opened.data_key != self._data_key:
            raise WrongPassphrase
        passphrases = [each.id for each in self.slots() if each.kind is SlotKind.PASSPHRASE]
        if slot is None and opened.slot in passphrases:
            slot = opened.slot
        elif slot is None and len(passphrases) == 1:
            slot = passphrases[0]
        if slot not in passphrases:
            raise ValueError("which passphrase is to be replaced?")
        self._rotate(self._keys.with_changed_passphrase(slot, new, self._data_key, _today()), progress)

    def add_spare_key(self) -> str:
        """Make a spare key that opens this notebook too, and tell it; it is kept nowhere. Raises MachineTrouble."""
        spare_key = make_spare_key()
        self._write(self._keys.with_spare_key(spare_key, self._data_key, _today()))
        return spare_key

    def new_spare_key(self, progress: Progress | None = None) -> str:
        """Make a spare key in the place of those there are, which open nothing any more; tell it.

        In one step, so that whoever stops it still has the old one. Raises as :meth:`change_passphrase` does.
        """
        old = [each.id for each in self.slots() if each.kind is SlotKind.SPARE]
        if not old:
            return self.add_spare_key()
        spare_key, keys = make_spare_key(), self._keys
        for slot in old:
            keys = keys.without_slot(slot, self._data_key)
        self._rotate(keys.with_spare_key(spare_key, self._data_key, _today()), progress)
        return spare_key

    def put_shares(self, made: NewShares, progress: Progress | None = None) -> None:
        """Let shares open the notebook, in the place of those there were, which open nothing any more.

        In one step, so that whoever stops it still has the old ones. Raises ValueError while a share was not tried,
        else as :meth:`change_passphrase` does.
        """
        if not made.tried:
            raise ValueError("every share is tried before it counts")
        old = [each.id for each in self.slots() if each.kind is SlotKind.SHARES]
        keys = self._keys
        for slot in old:
            keys = keys.without_slot(slot, self._data_key)
        keys = keys.with_shares(made.secret, self._data_key, _today(), made.label)
        if old:
            self._rotate(keys, progress)
        else:
            self._write(keys)

    def slot_of(self, secret: str) -> SlotInfo:
        """What this opens the notebook by; takes as long as opening. Raises WrongPassphrase."""
        opened = self._keys.unlock(secret)
        if opened.data_key != self._data_key:
            raise WrongPassphrase
        return next(each for each in self.slots() if each.id == opened.slot)

    def add_passphrase(self, passphrase: str, label: str) -> None:
        """One more passphrase, for one more person. Raises ValueError when it is empty, MachineTrouble."""
        self._write(self._keys.with_passphrase(passphrase, self._data_key, _today(), label))

    def remove_slot(self, slot: str, progress: Progress | None = None) -> None:
        """Take away one way to open the notebook, under a new data key. Raises as :meth:`change_passphrase` does."""
        self._rotate(self._keys.without_slot(slot, self._data_key), progress)

    @classmethod
    def can_mend_keys(cls, store_dir: Path) -> bool:
        """Whether ``keys`` is damaged or gone while its copy can be read; what it opens, only the passphrase tells."""
        try:
            KeyFile.read(store_dir)
        except (KeysDamaged, KeysMissing):
            with suppress(MachineTrouble):
                KeyFile.read(store_dir, COPY)
                return True
        except MachineTrouble:
            pass
        return False

    @classmethod
    def mend_keys(cls, store_dir: Path, secret: str) -> None:
        """Put the copy in the place of a damaged ``keys``, once the person has chosen so.

        Raises:
            WrongPassphrase: the copy does not open with this.
            CopyDoesNotFit: the copy is older than the data and would open nothing. Nothing is changed.
        """
        keys = KeyFile.read(store_dir, COPY)
        data_key = keys.open(secret)
        there = [each for each in (store_dir / DATA, store_dir / NEXT) if each.is_file()]
        if not any(opens(each, data_key.raw) for each in there):
            raise CopyDoesNotFit
        keys.write(store_dir)

    # ------------------------------------------------------------ inside

    def _write(self, keys: KeyFile) -> None:
        keys.write(self.folder)
        self._keys = keys
        self._refresh_copy()
        rewrap(self.folder, keys, self._data_key)

    def _rotate(self, keys: KeyFile, progress: Progress | None) -> None:
        with self._alone(progress or no_progress):
            self._rotate_alone(keys, progress or no_progress)

    def _rotate_alone(self, keys: KeyFile, progress: Progress) -> None:
        old, fresh = self._data_key, DataKey.new()
        rotated = keys.rotated(old, fresh)

        def commit() -> None:
            # Until the new keys are written the backups open with either, so that no kill shuts anyone out of them.
            seal_for_both(self.folder, (self._keys, old), (rotated, fresh))
            rotated.write(self.folder)

        try:
            self.store.rotate(fresh.raw, commit, progress)
        except BaseException:
            if self.store.is_open:
                rewrap(self.folder, self._keys, old)
            raise
        self._keys, self._data_key = rotated, fresh
        self._refresh_copy()
        rewrap(self.folder, rotated, fresh, remove_others=True)

    def _refresh_copy(self) -> None:
        """Bring the copy up to date; that it cannot be written now is no reason to stop anyone."""
        with suppress(MachineTrouble, OSError):
            content = self._keys.to_bytes()
            path = self.folder / COPY
            if not path.is_file() or path.read_bytes() != content:
                self._keys.write(self.folder, COPY)
                flush_folder(self.folder)


def _today() -> str:
    return date.today().isoformat()  # noqa: DTZ011 - the day on this person's wall
