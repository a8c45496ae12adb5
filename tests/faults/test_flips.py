"""Flipped bytes: each is noticed, and the last good copy is offered by its day."""

from __future__ import annotations

import os
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from planner.keys import Cost, KeysDamaged, KeysTooNew
from planner.keys.keyfile import DataKey, KeyFile
from planner.places import BACKUPS, DATA, KEYS
from planner.session import Mode, Session
from planner.store.backups import last_good_backup, list_backups
from planner.store.errors import StoreDamaged
from planner.store.notebooks import Notebook
from planner.store.store import Store

PASSPHRASE = "paper boat on a quiet river"
MADE = datetime(2026, 3, 12, 12, tzinfo=UTC)
QUICK = int(os.environ.get("PLANNER_FLIPS", "400"))
ALL = 10_000


@pytest.fixture
def notebook(tmp_path: Path) -> tuple[Path, bytes]:
    """The folder of a notebook with a safety copy, closed; and its data key."""
    made = Notebook.create(tmp_path, PASSPHRASE, "Notes", Cost())
    session = Session(made, clock=lambda: MADE, zone="UTC")
    session.set_up(Mode.FOR_ME, "Ana")
    session.backups.make()
    session.lock()
    return made.folder, KeyFile.read(made.folder).open(PASSPHRASE).raw


def offered(folder: Path) -> datetime | None:
    """The day of the copy that would be offered."""
    backup = last_good_backup(folder)
    return backup.made if backup is not None else None


def test_every_byte_of_the_keys(notebook: tuple[Path, bytes]) -> None:
    folder, key = notebook
    whole = (folder / KEYS).read_bytes()
    assert KeyFile.read(folder).open(PASSPHRASE) == DataKey(key)
    for at in range(len(whole)):
        (folder / KEYS).write_bytes(whole[:at] + bytes([whole[at] ^ (1 << at % 8)]) + whole[at + 1 :])
        with pytest.raises((KeysDamaged, KeysTooNew)):
            KeyFile.read(folder)
    assert offered(folder) == MADE


def flip_data(folder: Path, key: bytes, count: int) -> None:
    """Flip one bit after the other of the data; each has to be noticed at opening or by a look at everything."""
    whole = bytearray((folder / DATA).read_bytes())
    dice = random.Random(5)
    with (folder / DATA).open("r+b") as file:
        for at in dice.sample(range(len(whole)), min(count, len(whole))):
            for byte in (whole[at] ^ (1 << dice.randrange(8)), whole[at]):
                file.seek(at)
                file.write(bytes([byte]))
                file.flush()
                if byte != whole[at]:
                    assert noticed(folder, key), f"byte {at} of {len(whole)}"
    assert (folder / DATA).read_bytes() == whole
    assert not noticed(folder, key)


def noticed(folder: Path, key: bytes) -> bool:
    try:
        store = Store.open(folder, key)
    except StoreDamaged:
        return True
    try:
        return bool(store.verify())
    finally:
        store.close()


def test_bytes_of_the_data(notebook: tuple[Path, bytes]) -> None:
    folder, key = notebook
    flip_data(folder, key, QUICK)
    assert offered(folder) == MADE


@pytest.mark.slow
def test_ten_thousand_bytes_of_the_data(notebook: tuple[Path, bytes]) -> None:
    folder, key = notebook
    flip_data(folder, key, ALL)


def test_a_damaged_copy_is_not_offered(notebook: tuple[Path, bytes]) -> None:
    folder, _key = notebook
    (copy,) = list_backups(folder)
    assert copy.folder.parent == folder / BACKUPS
    dice = random.Random(11)
    for name in (KEYS, DATA):
        whole = (copy.folder / name).read_bytes()
        for at in dice.sample(range(len(whole)), 200):
            (copy.folder / name).write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
            assert offered(folder) is None, f"byte {at} of {name}"
        (copy.folder / name).write_bytes(whole)
        assert offered(folder) == MADE
