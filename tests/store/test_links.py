"""Links that somebody else put on a memory stick, or into a data folder, lead nothing of ours to a file elsewhere."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from planner.keys import Cost
from planner.places import BACKUPS, DATA, GONE, KEYS
from planner.store.backups import backups_in, make_backup, remove_backups
from planner.store.erasing import clear_erased, erase_store
from planner.store.notebooks import Notebook
from planner.system.files import destroy

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")

PASSPHRASE = "river stone lamp"
HALF_MADE = "new-2026-03-12T100000Z-0a1b2c"
HALF_REMOVED = "old-2026-03-12T100000Z-0a1b2d"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A notebook of hers, with a safety copy, closed."""
    notebook = Notebook.create(tmp_path / "data", PASSPHRASE, "Garden", Cost())
    make_backup(notebook)
    notebook.close()
    return notebook.folder


def everything(folder: Path) -> dict[str, bytes]:
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def test_what_is_destroyed_is_overwritten_and_gone(tmp_path: Path) -> None:
    (tmp_path / "going").mkdir()
    there, other_name = tmp_path / "going" / KEYS, tmp_path / "the same file"
    there.write_bytes(b"opens something")
    other_name.hardlink_to(there)
    destroy(there, there.parent)
    assert not there.exists()
    assert other_name.read_bytes() != b"opens something"


def test_a_copy_onto_a_poisoned_stick_destroys_nothing_elsewhere(folder: Path, tmp_path: Path) -> None:
    letter, stick = tmp_path / "letter", tmp_path / "stick"
    letter.write_text("hers")
    stick.mkdir()
    (stick / HALF_MADE).mkdir()
    (stick / HALF_MADE / KEYS).symlink_to(letter)
    (stick / HALF_REMOVED).symlink_to(folder)
    before = everything(folder)
    notebook = Notebook.open(folder, PASSPHRASE)
    made = make_backup(notebook, stick)
    notebook.close()
    assert backups_in(stick) == [made]
    assert not (stick / HALF_MADE).exists()
    assert letter.read_text() == "hers"
    assert {name: content for name, content in everything(folder).items() if KEYS in name} == {
        name: content for name, content in before.items() if KEYS in name
    }


def test_a_link_is_no_copy_and_removing_one_removes_the_link_alone(folder: Path, tmp_path: Path) -> None:
    (copy,) = backups_in(folder / BACKUPS)
    link = tmp_path / "stick" / copy.folder.name
    link.parent.mkdir()
    link.symlink_to(copy.folder)
    before = everything(folder)
    assert backups_in(link.parent) == []
    remove_backups([type(copy)(link, copy.made, copy.size)])
    assert list(link.parent.iterdir()) == []
    assert everything(folder) == before


def test_what_is_left_of_an_erased_notebook_leads_nowhere_else(folder: Path, tmp_path: Path) -> None:
    letter, other = tmp_path / "letter", tmp_path / "other"
    letter.write_text("hers")
    for name in ("one", "two"):
        (other / f"{GONE}{name}").mkdir(parents=True)
    (other / f"{GONE}one" / KEYS).symlink_to(letter)
    (other / f"{GONE}two" / BACKUPS).symlink_to(folder / BACKUPS)
    (other / f"{GONE}three").symlink_to(folder)
    before = everything(folder)
    clear_erased(other)
    assert not (other / f"{GONE}one").exists()
    assert letter.read_text() == "hers"
    assert everything(folder) == before


def test_her_own_notebook_is_erased_through_a_link_too(folder: Path, tmp_path: Path) -> None:
    elsewhere = folder.rename(tmp_path / "on another disk")
    folder.symlink_to(elsewhere)
    seen = tmp_path / "seen"
    seen.hardlink_to(elsewhere / KEYS)
    keys = seen.read_bytes()
    erase_store(folder)
    assert not (elsewhere / KEYS).exists()
    assert not (elsewhere / DATA).exists()
    assert seen.read_bytes() != keys
    assert [each.name for each in folder.parent.iterdir()] == ["local.json"]
