"""The stick is pulled out under an open notebook: all of it is gone from the screen, and what was saved is there."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from planner.keys import Cost, WrongPassphrase
from planner.sample import fill_for_me
from planner.session import Session
from planner.store.backups import is_whole, list_backups, make_backup
from planner.store.folders import find_stores
from planner.store.notebooks import Notebook
from tests.lock.buses import PATIENCE, ROOT, Process
from tests.portable.sticks import KINDS, Stick, can_mount

PASSPHRASE, NEW = "paper boat on a quiet river", "copper lanterns over the old harbor wall"
KIND = "moved" if can_mount(*KINDS["ext4"][1]) else "ext4"
"""The kind that comes nearest to the real thing here."""
LONG_WORK = ("import", "copy", "restore", "key change")


@pytest.fixture
def plug_in(tmp_path: Path) -> Iterator[Callable[[str], Stick]]:
    """``plug_in(kind)``: a stick with a notebook of Ana's in it, and a safety copy of it."""
    plugged: list[Stick] = []

    def plug(kind: str) -> Stick:
        make, tools = KINDS[kind]
        if tools and (why := can_mount(*tools)):
            pytest.skip(f"{why}: nobody pulled out a real {kind}")
        stick = make(tmp_path)
        plugged.append(stick)
        notebook = Notebook.create(stick.folder / "data", PASSPHRASE, "Notes", Cost())
        fill_for_me(notebook.store, "en", date(2026, 3, 12), "UTC")
        for number in range(200):
            notebook.store.set(f"filler {number}", "z" * 40_000)
        make_backup(notebook)
        notebook.close()
        return stick

    yield plug
    for each in plugged:
        each.away()


def one_round(stick: Stick, what: str, opens: str = PASSPHRASE) -> str:
    """Pull the stick out in the middle of something, put it back, and look; gives the passphrase of now."""
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    surroundings |= {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    data_dir = stick.folder / "data"
    process = Process([sys.executable, str(Path(__file__).with_name("pulled.py")), str(data_dir), what], surroundings)
    try:
        process.say(opens)
        process.say(NEW if opens == PASSPHRASE else PASSPHRASE)
        process.wait_for("ready")
        # What is flushed in the very moment of pulling may be told as flushed by the kernel itself, and be lost.
        saved = [int(line.split()[1]) for line in process.told if line.startswith("saved")]
        stick.pull()
        process.wait_for("gone")
        assert process.process.wait(PATIENCE) == 0
    finally:
        process.end()
    assert not [line for line in process.told if line.startswith(("asked", "anew"))]
    stick.put_back()
    return look(data_dir, what, max(saved, default=0), opens)


def look(data_dir: Path, what: str, saved: int, opened: str) -> str:
    """Whether all that was reported saved is there, in a notebook that is whole; gives the passphrase that opens it."""
    ways: list[str] = []
    for each in find_stores(data_dir):
        ways = [secret for secret in (PASSPHRASE, NEW) if opens(each.folder, secret, what, saved)]
        assert len(ways) == 1, "the old or the new one, never both and never none"
        assert what == "key change" or ways == [opened]
        assert all(is_whole(copy) for copy in list_backups(each.folder))
    return ways[0]


def opens(folder: Path, secret: str, what: str, saved: int) -> bool:
    try:
        notebook = Notebook.open(folder, secret)
    except WrongPassphrase:
        return False
    assert notebook.store.verify() == []
    assert notebook.store.people()
    if what == "note":
        drafts = [each.value["words"] for each in notebook.store.drafts() if each.page == "plan"]
        assert drafts == ["Sleep somewh"]
    if what == "import":
        session = Session(notebook, zone="UTC")
        brought = [each for each in session.goals(session.people()[0].id) if each.title.startswith("Brought in")]
        assert len(brought) >= saved > 0
    notebook.close()
    return True


EVERY = ("note", *LONG_WORK)


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_saved_is_there_when_the_stick_is_back(kind: str, plug_in: Callable[[str], Stick]) -> None:
    one_round(plug_in(kind), "note")


@pytest.mark.parametrize("what", LONG_WORK)
def test_in_the_middle_of_long_work(what: str, plug_in: Callable[[str], Stick]) -> None:
    one_round(plug_in(KIND), what)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("what", EVERY)
def test_a_hundred_times(kind: str, what: str, plug_in: Callable[[str], Stick]) -> None:
    stick, opened = plug_in(kind), PASSPHRASE
    for _round in range(20 if what in LONG_WORK else 100):
        opened = one_round(stick, what, opened)
