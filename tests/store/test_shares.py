"""Shares and passphrases of several people at a real notebook: what opens it, and what no longer does."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from planner.keys import Cost, SharesOpenNothing, SlotKind, WrongPassphrase
from planner.keys.shares import Gathered, NewShares
from planner.store.backups import make_backup
from planner.store.backups_open import open_backup
from planner.store.errors import StoreDamaged
from planner.store.notebooks import Notebook

WORDS = "paper boat on a quiet river"


def tried(needed: int = 2, of: int = 3) -> NewShares:
    made = NewShares.make(needed, of)
    for number, share in enumerate(made.shares):
        made.try_one(number, share)
    return made


def together(*shares: tuple[str, ...]) -> str:
    found = Gathered()
    for each in shares:
        found.add(each)
    return found.secret()


def make(tmp_path: Path) -> Notebook:
    notebook = Notebook.create(tmp_path, WORDS, "Notes", Cost())
    notebook.store.set("a", 1)
    return notebook


def opens(folder: Path, secret: str) -> bool:
    try:
        notebook = Notebook.open(folder, secret)
    except WrongPassphrase:
        return False
    assert notebook.store.get("a") == 1
    notebook.close()
    return True


@pytest.mark.parametrize("split", [(2, 3), (3, 5)])
def test_enough_shares_open_the_notebook(tmp_path: Path, split: tuple[int, int]) -> None:
    notebook = make(tmp_path)
    made = tried(*split)
    notebook.put_shares(made)
    assert [(each.kind, each.label) for each in notebook.slots()] == [
        (SlotKind.PASSPHRASE, ""),
        (SlotKind.SHARES, f"{split[0]}/{split[1]}"),
    ]
    notebook.close()
    assert opens(notebook.folder, together(*made.shares[-split[0] :]))
    assert opens(notebook.folder, WORDS)
    with pytest.raises(SharesOpenNothing) as told:
        Notebook.open(notebook.folder, tried().secret)
    assert "do not open this notebook" in told.value.sentence


def test_shares_that_were_not_tried_do_not_count(tmp_path: Path) -> None:
    notebook = make(tmp_path)
    keys = (notebook.folder / "keys").read_bytes()
    made = NewShares.make()
    for number, share in enumerate(made.shares[:-1]):
        made.try_one(number, share)
    with pytest.raises(ValueError, match="tried"):
        notebook.put_shares(made)
    assert (notebook.folder / "keys").read_bytes() == keys
    notebook.close()
    assert not opens(notebook.folder, made.secret)


def test_old_shares_open_nothing_once_they_are_removed(tmp_path: Path) -> None:
    """Neither by themselves nor with the old key file put back: the data key is another."""
    notebook = make(tmp_path)
    made = tried()
    notebook.put_shares(made)
    backup = make_backup(notebook).folder
    assert open_backup(backup, made.secret).get("a") == 1
    old = (notebook.folder / "keys").read_bytes()
    (slot,) = [each.id for each in notebook.slots() if each.kind is SlotKind.SHARES]
    notebook.remove_slot(slot)
    assert [each.kind for each in notebook.slots()] == [SlotKind.PASSPHRASE]
    notebook.close()
    assert not opens(notebook.folder, made.secret)
    with pytest.raises(SharesOpenNothing):
        open_backup(backup, made.secret)
    assert open_backup(backup, WORDS).get("a") == 1
    kept = tmp_path / "kept"
    shutil.copytree(notebook.folder, kept)
    for name in ("keys", "keys.copy"):
        (kept / name).write_bytes(old)
    with pytest.raises(StoreDamaged):
        Notebook.open(kept, made.secret)
    assert opens(notebook.folder, WORDS)


def test_new_shares_take_the_place_of_the_old_ones_in_one_step(tmp_path: Path) -> None:
    notebook = make(tmp_path)
    first, second = tried(), tried(3, 5)
    notebook.put_shares(first)

    def stop(_done: int, _of: int) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        notebook.put_shares(second, stop)
    notebook.check(first.secret)
    notebook.put_shares(second)
    assert [each.label for each in notebook.slots() if each.kind is SlotKind.SHARES] == ["3/5"]
    with pytest.raises(SharesOpenNothing):
        notebook.check(first.secret)
    notebook.check(second.secret)
    notebook.check(WORDS)
    notebook.close()


def test_a_passphrase_that_was_taken_away_opens_nothing_even_with_the_old_file(tmp_path: Path) -> None:
    notebook = make(tmp_path)
    notebook.add_passphrase("somebody else entirely", "Front desk")
    assert notebook.slot_of("somebody else entirely").label == "Front desk"
    assert notebook.slot_of(WORDS).label == ""
    with pytest.raises(WrongPassphrase):
        notebook.slot_of("nobody")
    old = (notebook.folder / "keys").read_bytes()
    notebook.remove_slot(notebook.slot_of("somebody else entirely").id)
    notebook.store.set("later", 2)
    notebook.close()
    assert not opens(notebook.folder, "somebody else entirely")
    assert opens(notebook.folder, WORDS)
    for name in ("keys", "keys.copy"):
        (notebook.folder / name).write_bytes(old)
    with pytest.raises(StoreDamaged):
        Notebook.open(notebook.folder, "somebody else entirely")


def test_the_last_passphrase_stays(tmp_path: Path) -> None:
    notebook = make(tmp_path)
    notebook.put_shares(tried())
    with pytest.raises(ValueError, match="last passphrase"):
        notebook.remove_slot(notebook.slots()[0].id)
    notebook.close()


def test_whoever_came_in_with_shares_sets_a_new_passphrase(tmp_path: Path) -> None:
    notebook = make(tmp_path)
    made = tried()
    notebook.put_shares(made)
    notebook.close()
    again = Notebook.open(notebook.folder, together(made.shares[2], made.shares[0]))
    again.change_passphrase(made.secret, "copper lanterns over the harbor")
    again.close()
    assert not opens(notebook.folder, WORDS)
    assert opens(notebook.folder, "copper lanterns over the harbor")
    assert opens(notebook.folder, made.secret)
