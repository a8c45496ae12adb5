"""Changing the passphrase: killed anywhere, exactly one of the two opens, and nothing is lost."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.keys import Cost, KeyFile, WrongPassphrase
from planner.places import NEXT
from planner.store.errors import DiskFull, DiskTrouble, StoreDamaged, StoreInUse
from planner.store.notebooks import Notebook
from planner.store.store import Store
from tests.few_derivations import hashing
from tests.store.changing import NEW, OLD, unmeasured
from tests.store.rows import KEY, fill, goal

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = [sys.executable, "-m", "tests.store.changing"]
TITLES = {f"g{number}": f"Title {number}" for number in range(300)}


@pytest.fixture(scope="module", autouse=True)
def _quick() -> Iterator[None]:
    """As in the process that is killed."""
    with hashing():
        yield


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed notebook of several hundred pages, which opens with OLD."""
    notebook = Notebook.create(tmp_path_factory.mktemp("made"), OLD, "Notes", Cost())
    fill(notebook.store)
    rows = [goal("bea", name, title, "word " * 400) for name, title in TITLES.items()]
    notebook.store.put_rows(rows)
    notebook.close()
    return notebook.folder


def which_opens(folder: Path) -> str:
    """The passphrase that opens a notebook, once it is clear that the other does not and that all is there."""
    opened = []
    for secret in (OLD, NEW):
        try:
            notebook = Notebook.open(folder, secret)
        except WrongPassphrase:
            continue
        opened.append(secret)
        found = {each.id: each.title for each in notebook.store.rows("bea", ["goal"])}
        assert found.items() >= TITLES.items()
        assert notebook.store.document("ana", "everyday").deltas == (b"first delta",)
        assert notebook.store.verify() == []
        notebook.store.set("written after", secret)
        notebook.close()
        assert sorted(each.name for each in folder.iterdir()) == ["data", "keys", "keys.copy"]
        assert (folder / "keys").read_bytes() == (folder / "keys.copy").read_bytes()
    assert len(opened) == 1
    return opened[0]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot fork")
def test_killed_at_every_step(made: Path, tmp_path: Path) -> None:
    opened: list[str] = []
    program = [*PROGRAM, str(made), str(tmp_path), "every", "quick"]
    with subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=unmeasured()) as run:
        assert run.stdout is not None
        ends = {}
        for line in run.stdout:
            step, ended = map(int, line.split())
            ends[step] = ended
            opened.append(which_opens(tmp_path / f"store-{step}"))
            shutil.rmtree(tmp_path / f"store-{step}")
    # The last run is not killed, for there is no such step.
    assert [*ends.values()] == [9] * (len(ends) - 1) + [0]
    # First the old one, from one step on the new one, and never back.
    turn = opened.index(NEW)
    assert opened == [OLD] * turn + [NEW] * (len(opened) - turn)
    assert turn > 5
    assert len(opened) - turn > 5


def test_killed_at_random_moments(made: Path, tmp_path: Path) -> None:
    dice = random.Random(20260312)
    for number in range(12):
        folder = tmp_path / f"store-{number}"
        shutil.copytree(made, folder)
        program = [*PROGRAM, str(folder), "0", "quick"]
        process = subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=unmeasured())
        with process:
            assert process.stdout is not None
            assert process.stdout.readline() == "open\n"
            time.sleep(dice.random() * 0.12)
            process.kill()
            changed = "changed" in process.stdout.read()
        opened = which_opens(folder)
        assert opened == NEW or not changed
        shutil.rmtree(folder)


def test_old_files_and_the_old_passphrase_open_nothing_new(made: Path, tmp_path: Path) -> None:
    folder = tmp_path / "store-a"
    shutil.copytree(made, folder)
    old_keys = (folder / "keys").read_bytes()
    notebook = Notebook.open(folder, OLD)
    spare = notebook.add_spare_key()
    notebook.change_passphrase(OLD, NEW)
    notebook.store.set("new", "words")
    notebook.close()
    for name in ("keys", "keys.copy"):
        with pytest.raises(WrongPassphrase):
            KeyFile.read(folder, name).open(OLD)
    assert which_opens(folder) == NEW
    Notebook.open(folder, spare).close()
    new_keys = (folder / "keys").read_bytes()
    (folder / "keys").write_bytes(old_keys)
    (folder / "keys.copy").write_bytes(old_keys)
    before = (folder / "data").read_bytes()
    with pytest.raises(StoreDamaged):
        Notebook.open(folder, OLD)
    assert (folder / "data").read_bytes() == before
    (folder / "keys").write_bytes(new_keys)
    assert which_opens(folder) == NEW


def test_stopped_by_the_person_nothing_has_changed(made: Path, tmp_path: Path) -> None:
    class Cancelled(Exception):
        pass

    folder = tmp_path / "store-a"
    shutil.copytree(made, folder)
    notebook = Notebook.open(folder, OLD)
    seen: list[tuple[int, int]] = []
    notebook.change_passphrase(OLD, OLD, lambda done, total: seen.append((done, total)))
    assert seen == sorted(seen)
    assert seen[-1][0] == seen[-1][1]
    assert len(seen) > 3
    for stop_at in range(len(seen)):
        keys = (folder / "keys").read_bytes()
        left = stop_at

        def stop(_done: int, _total: int) -> None:
            nonlocal left
            if not left:
                raise Cancelled
            left -= 1

        with pytest.raises(Cancelled):
            notebook.change_passphrase(OLD, NEW, stop)
        assert (folder / "keys").read_bytes() == keys
        assert not (folder / NEXT).exists()
        notebook.store.set("still", "works")
    notebook.check(OLD)
    notebook.close()
    assert which_opens(folder) == OLD


def test_keys_that_cannot_be_written_change_nothing(store: Store) -> None:
    def full() -> None:
        raise DiskFull

    with pytest.raises(DiskFull):
        store.rotate(bytes(32), full)
    assert not (store.folder / NEXT).exists()
    store.set("still", "works")
    store.close()
    assert Store.open(store.folder, KEY).get("still") == "works"


def test_when_nobody_knows_whether_keys_were_written_the_next_opening_finds_out(store: Store) -> None:
    def written_then_trouble() -> None:
        (store.folder / "keys").write_bytes(b"other")
        raise DiskTrouble

    with pytest.raises(DiskTrouble):
        store.rotate(bytes(32), written_then_trouble)
    # Nothing can be written under the old key any more, for it might be lost.
    assert not store.is_open
    assert (store.folder / NEXT).exists()
    shutil.copytree(store.folder, store.folder / "other")
    for folder, key in ((store.folder, KEY), (store.folder / "other", bytes(32))):
        again = Store.open(folder, key)
        assert len(again.people()) == 2
        assert again.verify() == []
        again.close()
        assert not (folder / NEXT).exists()


def test_a_copy_that_came_out_wrong_is_never_taken(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def flip(path: Path) -> None:
        content = bytearray(path.read_bytes())
        content[5000] ^= 1
        path.write_bytes(bytes(content))

    monkeypatch.setattr("planner.store.backups_copy.flush_file", flip)
    with pytest.raises(StoreDamaged):
        store.rotate(bytes(32), lambda: pytest.fail("committed"))
    assert store.verify() == []


def test_no_second_window_in_the_middle(store: Store) -> None:
    def look() -> None:
        for key in (KEY, bytes(32)):
            with pytest.raises(StoreInUse):
                Store.open(store.folder, key)
        assert (store.folder / NEXT).exists()

    store.rotate(bytes(32), look)
    assert len(store.people()) == 2


def test_not_inside_a_transaction(store: Store) -> None:
    def inside() -> None:
        with store.transaction():
            store.rotate(bytes(32), lambda: None)

    with pytest.raises(RuntimeError, match="transaction"):
        inside()
