"""Whoever kept old files, old keys and old secrets opens what was there then, and nothing that was written since."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from planner.errors import MachineTrouble
from planner.keys import Cost, KeyFile, SlotKind, WrongPassphrase
from planner.keys.backup_keys import BackupKeys
from planner.keys.shares import NewShares
from planner.places import DATA, KEYS
from planner.store.backups import list_backups, make_backup
from planner.store.backups_open import open_backup
from planner.store.errors import StoreDamaged
from planner.store.notebooks import COPY, Notebook
from planner.store.store import Store
from tests.few_derivations import hashing
from tests.store.copies import NOW

MINE, TEAM, NEW = "river stone lamp", "somebody else entirely", "quiet green hill"
BEFORE, SINCE = "written before", "written since"


@pytest.fixture(autouse=True)
def _quick() -> Iterator[None]:
    """What is asked here is which keys lead where, not how long a derivation takes."""
    with hashing():
        yield


def shares() -> NewShares:
    made = NewShares.make()
    for number, each in enumerate(made.shares):
        made.try_one(number, each)
    return made


@dataclass
class Kept:
    """A notebook with every way in, and what somebody put aside of it: its folder, each secret, the data key."""

    notebook: Notebook
    aside: Path
    secrets: dict[str, str]
    data_key: bytes

    def removed(self, kind: SlotKind, label: str = "") -> None:
        for slot in self.notebook.slots():
            if slot.kind is kind and label in slot.label:
                self.notebook.remove_slot(slot.id)


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    notebook = Notebook.create(tmp_path / "data", MINE, "Notes", Cost())
    notebook.add_passphrase(TEAM, "Team")
    made = shares()
    notebook.put_shares(made)
    secrets = {"mine": MINE, "team": TEAM, "spare": notebook.add_spare_key(), "shares": made.secret}
    notebook.store.set(BEFORE, "words")
    make_backup(notebook, now=NOW)
    notebook.store.checkpoint()
    data_key = notebook._data_key.raw
    shutil.copytree(notebook.folder, tmp_path / "aside")
    yield Kept(notebook, tmp_path / "aside", secrets, data_key)
    notebook.close()


CHANGES: dict[str, tuple[Callable[[Kept], object], set[str]]] = {
    "passphrase changed": (lambda kept: kept.notebook.change_passphrase(MINE, NEW), {"mine"}),
    "passphrase changed by the spare key": (
        lambda kept: kept.notebook.change_passphrase(kept.secrets["spare"], NEW, slot=kept.notebook.slots()[0].id),
        {"mine"},
    ),
    "slot removed": (lambda kept: kept.removed(SlotKind.PASSPHRASE, "Team"), {"team"}),
    "spare key renewed": (lambda kept: kept.notebook.new_spare_key(), {"spare"}),
    "spare key removed": (lambda kept: kept.removed(SlotKind.SPARE), {"spare"}),
    "shares renewed": (lambda kept: kept.notebook.put_shares(shares()), {"shares"}),
    "shares removed": (lambda kept: kept.removed(SlotKind.SHARES), {"shares"}),
}
"""Each with the secrets that it ends."""


def opens(folder: Path, secret: str) -> Notebook | None:
    with suppress(MachineTrouble):
        return Notebook.open(folder, secret)
    return None


def copies_opened(folder: Path, secret: str) -> list[set[str]]:
    """What each copy of a folder holds that this secret opens."""
    found = []
    for backup in list_backups(folder):
        with suppress(WrongPassphrase):
            view = open_backup(backup.folder, secret)
            found.append({name for name in (BEFORE, SINCE) if view.get(name) is not None})
            view.close()
    return found


@pytest.mark.parametrize("change", CHANGES)
def test_through_every_change(kept: Kept, change: str, tmp_path: Path) -> None:
    for secret in kept.secrets.values():  # what was put aside opens what was there
        old = opens(kept.aside, secret)
        assert old is not None
        assert old.store.get(BEFORE) == "words"
        old.close()
        assert copies_opened(kept.aside, secret) == [{BEFORE}]
    act, ended = CHANGES[change]
    act(kept)
    kept.notebook.store.set(SINCE, "words")
    make_backup(kept.notebook, now=NOW.replace(day=NOW.day + 1))
    kept.notebook.close()
    folder = kept.notebook.folder

    for name, secret in kept.secrets.items():
        again = opens(folder, secret)
        assert (again is None) == (name in ended), name
        held = copies_opened(folder, secret)
        assert held == ([] if name in ended else [{BEFORE, SINCE}, {BEFORE}]), name
        if again is not None:
            assert again.store.get(SINCE) == "words"
            again.close()
        for file in (KEYS, COPY):
            if name in ended:
                with pytest.raises(WrongPassphrase):
                    KeyFile.read(folder, file).open(secret)

    old_key = kept.data_key
    with pytest.raises(StoreDamaged):
        Store.open(folder, old_key)
    for backup in list_backups(folder):
        keys = BackupKeys.read(backup.folder)
        assert all(keys._open(way, KeyFile.read(kept.aside).open(MINE)) is None for way in keys.ways)
        with pytest.raises(StoreDamaged):
            Store.open(backup.folder, old_key)
    old_files_before_new_data(kept, folder, tmp_path)


def old_files_before_new_data(kept: Kept, folder: Path, tmp_path: Path) -> None:
    """The old ``keys`` put in the place of the new ones, and the old keys of a copy before a new copy."""
    mixed = tmp_path / "mixed"
    shutil.copytree(folder, mixed)
    for file in (KEYS, COPY):
        shutil.copyfile(kept.aside / KEYS, mixed / file)
    (aside,) = list_backups(kept.aside)
    newest = list_backups(mixed)[0]
    shutil.copyfile(aside.folder / KEYS, newest.folder / KEYS)
    before = (mixed / DATA).read_bytes()
    for secret in kept.secrets.values():
        assert opens(mixed, secret) is None
        with pytest.raises(MachineTrouble):
            open_backup(newest.folder, secret)
    assert (mixed / DATA).read_bytes() == before, "and nothing is changed by trying"
