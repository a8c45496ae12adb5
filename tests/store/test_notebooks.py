"""Notebooks in a data folder, and what is kept outside them."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.keys import Cost, KeysDamaged, KeysMissing, SlotKind, WrongPassphrase
from planner.store.errors import CopyDoesNotFit, DiskFull, StoreMissing
from planner.store.folders import find_stores
from planner.store.local import Local, data_folder
from planner.store.notebooks import Notebook
from planner.store.store import Store

WORDS = "river stone lamp"


def make(data_dir: Path, label: str = "Notes") -> Notebook:
    return Notebook.create(data_dir, WORDS, label, Cost())


def test_nothing_is_there_before_it_is_made(tmp_path: Path) -> None:
    data_dir = tmp_path / "a" / "b"
    assert find_stores(data_dir) == []
    assert Local.read(data_dir) == Local()
    assert list(tmp_path.iterdir()) == []
    notebook = make(data_dir)
    assert [each.name for each in data_dir.iterdir() if each.is_dir()] == [notebook.name]
    assert find_stores(data_dir)[0].label == "Notes"
    notebook.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_only_this_account_may_read(tmp_path: Path) -> None:
    notebook = make(tmp_path / "data")
    notebook.store.set("a", 1)
    for each in (tmp_path / "data", *(tmp_path / "data").rglob("*")):
        assert stat.S_IMODE(each.stat().st_mode) == (0o700 if each.is_dir() else 0o600), each
    notebook.close()


def test_several_notebooks(tmp_path: Path) -> None:
    made = [make(tmp_path, label) for label in ("Work", "Garden")]
    for each in made:
        each.close()
    (tmp_path / "store-empty").mkdir()
    (tmp_path / "store-file").write_text("not a folder")
    (tmp_path / "other").mkdir()
    assert [(each.label, each.complete) for each in find_stores(tmp_path)] == [
        ("", False),
        ("Garden", True),
        ("Work", True),
    ]
    assert made[0].name != made[1].name


def test_files_that_are_missing(tmp_path: Path) -> None:
    notebook = make(tmp_path)
    notebook.close()
    (notebook.folder / "data").rename(tmp_path / "data")
    with pytest.raises(StoreMissing):
        Notebook.open(notebook.folder, WORDS)
    assert not (notebook.folder / "data").exists()
    (tmp_path / "data").rename(notebook.folder / "data")
    (notebook.folder / "keys").unlink()
    with pytest.raises(KeysMissing):
        Notebook.open(notebook.folder, WORDS)


def test_a_half_made_notebook_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "new-killed").mkdir()
    (tmp_path / "new-killed" / "data").write_bytes(b"half")
    monkeypatch.setattr("planner.keys.keyfile.write_private", lambda *_arguments: (_ for _ in ()).throw(DiskFull()))
    with pytest.raises(DiskFull):
        make(tmp_path)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ValueError, match="empty"):
        Notebook.create(tmp_path, " ", "Notes", Cost())
    assert list(tmp_path.iterdir()) == []


def test_ways_to_open(tmp_path: Path) -> None:
    notebook = make(tmp_path)
    spare = notebook.add_spare_key()
    notebook.add_passphrase("the worker's words", "Worker")
    assert [(each.kind, each.label) for each in notebook.slots()] == [
        (SlotKind.PASSPHRASE, ""),
        (SlotKind.SPARE, ""),
        (SlotKind.PASSPHRASE, "Worker"),
    ]
    for secret in (WORDS, spare.lower(), "the worker's words"):
        notebook.check(secret)
    with pytest.raises(WrongPassphrase):
        notebook.check("other")
    with pytest.raises(WrongPassphrase):
        notebook.change_passphrase("other", "new words")
    with pytest.raises(ValueError, match="which"):
        notebook.change_passphrase(spare, "new words")
    mine = notebook.slots()[0].id
    notebook.change_passphrase(spare, "new words", slot=mine)
    with pytest.raises(WrongPassphrase):
        notebook.check(WORDS)
    worker = next(each.id for each in notebook.slots() if each.label == "Worker")
    notebook.remove_slot(worker)
    with pytest.raises(WrongPassphrase):
        notebook.check("the worker's words")
    # One passphrase left: the spare key says which is meant.
    notebook.change_passphrase(spare, "newer words")
    notebook.store.set("a", 1)
    notebook.close()
    for secret in ("newer words", spare):
        again = Notebook.open(notebook.folder, secret)
        assert again.store.get("a") == 1
        again.close()


def test_a_damaged_keys_file_can_be_mended_when_the_person_says_so(tmp_path: Path) -> None:
    notebook = make(tmp_path)
    notebook.store.set("a", 1)
    notebook.close()
    folder = notebook.folder
    assert not Notebook.can_mend_keys(folder)
    keys = (folder / "keys").read_bytes()
    (folder / "keys").write_bytes(keys[:-1])
    with pytest.raises(KeysDamaged):
        Notebook.open(folder, WORDS)
    assert (folder / "keys").read_bytes() == keys[:-1]
    assert Notebook.can_mend_keys(folder)
    with pytest.raises(WrongPassphrase):
        Notebook.mend_keys(folder, "other")
    Notebook.mend_keys(folder, WORDS)
    again = Notebook.open(folder, WORDS)
    assert again.store.get("a") == 1
    again.close()
    (folder / "keys").unlink()
    (folder / "keys.copy").write_bytes(keys[1:])
    assert not Notebook.can_mend_keys(folder)


def test_a_copy_that_is_older_than_the_data_is_not_taken(tmp_path: Path) -> None:
    notebook = make(tmp_path)
    old = (notebook.folder / "keys").read_bytes()
    notebook.change_passphrase(WORDS, "new words")
    notebook.close()
    (notebook.folder / "keys.copy").write_bytes(old)
    (notebook.folder / "keys").write_bytes(b"damaged")
    with pytest.raises(CopyDoesNotFit):
        Notebook.mend_keys(notebook.folder, WORDS)
    assert (notebook.folder / "keys").read_bytes() == b"damaged"


def test_opening_brings_the_copy_up_to_date(tmp_path: Path) -> None:
    notebook = make(tmp_path)
    notebook.close()
    (notebook.folder / "keys.copy").write_bytes(b"old")
    Notebook.open(notebook.folder, WORDS).close()
    assert (notebook.folder / "keys.copy").read_bytes() == (notebook.folder / "keys").read_bytes()


def test_local_settings_come_back(tmp_path: Path) -> None:
    local = Local(
        language="es",
        text_size=150,
        theme="dark",
        help_on_lock_screen=True,
        help_lines=({"name": "Casa", "number": "555 0132"},),
    ).with_label("store-a", "Jardín")
    local.write(tmp_path / "new")
    assert Local.read(tmp_path / "new") == local
    assert [each.name for each in (tmp_path / "new").iterdir()] == ["local.json"]


def test_a_killed_write_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / "local.json.new-abcd").write_text("half")
    Local(language="es").write(tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["local.json"]


@given(st.binary(max_size=200) | st.just(b"[" * 100_000) | st.just(b"9" * 70_000))
def test_a_damaged_local_file_gives_defaults(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    folder = tmp_path_factory.mktemp("local")
    (folder / "local.json").write_bytes(content)
    assert isinstance(Local.read(folder), Local)


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda each: st.lists(each, max_size=3))


@given(
    st.dictionaries(
        st.sampled_from(["language", "text_size", "theme", "labels", "help_on_lock_screen", "help_lines", "other"]),
        JSON,
    )
)
def test_values_that_do_not_fit_take_their_defaults(
    tmp_path_factory: pytest.TempPathFactory, values: dict[str, object]
) -> None:
    folder = tmp_path_factory.mktemp("local")
    (folder / "local.json").write_text(json.dumps(values))
    local = Local.read(folder)
    assert isinstance(local.language, str)
    assert local.text_size in range(80, 201)
    assert local.theme in {"system", "light", "dark"}
    assert local.labels == {}


def test_the_folder_beside_the_program_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = data_folder(tmp_path)
    assert usual.name == "Planner"
    assert not usual.is_relative_to(tmp_path)
    (tmp_path / "PlannerData").mkdir()
    assert data_folder(tmp_path) == tmp_path / "PlannerData"
    monkeypatch.setenv("APPIMAGE", str(tmp_path / "Planner.AppImage"))
    assert data_folder() == tmp_path / "PlannerData"
    monkeypatch.delenv("APPIMAGE")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "Planner"))
    assert data_folder() == tmp_path / "PlannerData"
    monkeypatch.undo()
    assert data_folder().name == "Planner"


def test_the_store_of_a_notebook_is_a_store(tmp_path: Path) -> None:
    notebook = make(tmp_path)
    assert isinstance(notebook.store, Store)
    assert notebook.store.verify() == []
    notebook.close()


# ---------------------------------------------------------------- a new spare key in the place of the old one


class Enough(Exception):
    """Somebody pressed Stop."""


def test_a_new_spare_key_takes_the_place_of_the_old_one_in_one_step(tmp_path: Path) -> None:
    notebook = make(tmp_path)
    first = notebook.new_spare_key()

    def stop(done: int, total: int) -> None:
        raise Enough

    with pytest.raises(Enough):
        notebook.new_spare_key(stop)
    notebook.check(first)
    assert [each.kind for each in notebook.slots()].count(SlotKind.SPARE) == 1
    second = notebook.new_spare_key()
    notebook.close()
    with pytest.raises(WrongPassphrase):
        Notebook.open(notebook.folder, first)
    again = Notebook.open(notebook.folder, second)
    assert [each.kind for each in again.slots()].count(SlotKind.SPARE) == 1
    again.check(WORDS)
    again.close()
