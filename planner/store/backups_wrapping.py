"""Keeping the backups of a notebook openable by what opens the notebook, and by nothing else.

A key change has one decisive step, in which ``keys`` is replaced. Before it every backup is sealed under both keys, and
afterwards under the new one alone; so at every moment each opens with whatever opens the notebook. What a kill left
half done is ended when the notebook is next opened, by :func:`rewrap`, which may be called at any time.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from planner.errors import MachineTrouble
from planner.keys.backup_keys import BackupKeys
from planner.keys.errors import KeysDamaged, KeysDowngraded, KeysMissing, KeysTooCostly, KeysTooNew
from planner.keys.keyfile import DataKey, KeyFile
from planner.store.backups import list_backups, remove_backups

Way = tuple[KeyFile, DataKey]


def seal_for_both(store_folder: Path, old: Way, new: Way) -> None:
    """Let every backup of a notebook that opens now open with either. Raises DiskFull, FolderReadOnly, DiskTrouble."""
    for backup in list_backups(store_folder):
        try:
            keys = BackupKeys.read(backup.folder)
        except (KeysMissing, KeysDamaged, KeysDowngraded, KeysTooCostly):
            continue  # it opens with nothing, and goes when the change is done
        except KeysTooNew:
            continue  # a newer version of this program knows what it is; it is never ours to delete
        key = keys.unsealed(old[1])
        if key is not None:
            keys.sealed(key, [old, new]).write(backup.folder)


def rewrap(store_folder: Path, keys: KeyFile, data_key: DataKey, *, remove_others: bool = False) -> None:
    """Seal every backup under the present keys alone; those that are so already are left as they are.

    What cannot be written now is tried again at the next opening. ``remove_others``: after a key change, backups that
    the present key does not open are deleted, because some old secret may.
    """
    for backup in list_backups(store_folder):
        with suppress(MachineTrouble):
            try:
                found = BackupKeys.read(backup.folder)
                if found.only_way(keys):
                    continue
                key = found.unsealed(data_key)
            except (KeysMissing, KeysDamaged, KeysDowngraded, KeysTooCostly):
                key = None
            if key is not None:
                found.sealed(key, [(keys, data_key)]).write(backup.folder)
            elif remove_others:
                remove_backups([backup])
