"""Out of sight, by the word of a real display server: gone before the store is asked for anything, and for good."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import psutil
import pytest

from benches.x_screen import Screen, start_screen, surroundings, why_not
from planner.keys import Cost
from planner.sample import fill_for_me
from planner.store.local import Local
from planner.store.notebooks import Notebook
from tests.lock.buses import ROOT, Process, wait_until

PASSPHRASE = "paper boat on a quiet river"
TYPED = "Sleep somewh"

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="this is the screen of Linux"),
    pytest.mark.skipif(bool(why_not()), reason=f"nobody looked at a real screen: {why_not()}"),
]


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    with start_screen() as found:
        yield found


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A folder with Ana's notebook in it, locked."""
    notebook = Notebook.create(tmp_path / "data", PASSPHRASE, "Notes", Cost())
    fill_for_me(notebook.store, "en", date(2026, 3, 12), "UTC")
    notebook.close()
    Local(language="en", theme="light").write(tmp_path / "data")
    return tmp_path / "data"


class Seen(Process):
    """The program at some place, with its window on the screen and the keyboard in it."""

    def __init__(self, screen: Screen, data_dir: Path, place: str, *wrong: str) -> None:
        words = [sys.executable, str(Path(__file__).with_name("seen.py")), str(data_dir), place, *wrong]
        home = data_dir.parent / "home"
        home.mkdir()
        surrounded = {**surroundings(screen, home), "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "packaging")])}
        super().__init__(words, surrounded)
        self.say(PASSPHRASE)
        screen.give_keyboard(screen.comes_up())
        self.spot = [int(each) for each in self.wait_for("ready").split()[1:]]


@pytest.fixture
def begun(screen: Screen, data_dir: Path) -> Iterator[list[Seen]]:
    """What was begun; it is ended with whatever it began."""
    found: list[Seen] = []
    yield found
    for each in found:
        each.end()
    for other in ours(data_dir):
        other.kill()
        other.wait()


def ours(data_dir: Path) -> list[psutil.Process]:
    """The processes that were begun on these notebooks."""
    found = []
    for process in psutil.process_iter():
        try:
            line = process.cmdline()
        except psutil.Error:
            continue
        if str(data_dir) in line:
            found.append(process)
    return found


def kept(data_dir: Path) -> list[str]:
    (folder,) = data_dir.glob("store-*")
    notebook = Notebook.open(folder, PASSPHRASE)
    words = [each.value["words"] for each in notebook.store.drafts() if each.page == "plan"]
    notebook.close()
    return words


def windows_at_the_first_question(process: Seen) -> int:
    return int(process.wait_for("shown").split()[1])


@pytest.mark.parametrize("place", ["leaving-saves", pytest.param("typing", marks=pytest.mark.slow)])
def test_the_server_has_no_window_left_when_the_store_is_first_asked(
    place: str, screen: Screen, data_dir: Path, begun: list[Seen]
) -> None:
    begun.append(Seen(screen, data_dir, place))
    screen.press("x", "F12")
    assert windows_at_the_first_question(begun[0]) == 0
    assert begun[0].process.wait(30) == 0


@pytest.mark.parametrize(
    ("wrong", "place"), [pytest.param("late", "typing", marks=pytest.mark.slow), ("told too soon", "leaving-saves")]
)
def test_a_wrong_order_would_be_seen(wrong: str, place: str, screen: Screen, data_dir: Path, begun: list[Seen]) -> None:
    begun.append(Seen(screen, data_dir, place, wrong))
    screen.press("x", "F12")
    assert windows_at_the_first_question(begun[0]) == 1


def test_after_the_key_nothing_of_ours_runs_and_the_last_letter_is_kept(
    screen: Screen, data_dir: Path, begun: list[Seen]
) -> None:
    begun.append(Seen(screen, data_dir, "typing"))
    assert len(ours(data_dir)) == 1
    screen.press("e", "F12")
    screen.until_gone()
    assert begun[0].process.wait(30) == 0
    assert ours(data_dir) == []
    assert screen.shown() == set()
    assert kept(data_dir) == [f"{TYPED}e"]


def test_after_a_lock_a_new_process_shows_the_lock_screen(screen: Screen, data_dir: Path, begun: list[Seen]) -> None:
    """What the test above has to be able to see."""
    begun.append(Seen(screen, data_dir, "typing"))
    screen.hold("Control_L", "l")
    assert begun[0].process.wait(30) == 0
    screen.comes_up()
    (fresh,) = ours(data_dir)
    assert fresh.pid != begun[0].process.pid


PLACES = ["menu", "tool-tip", "card", "marked", "lock-screen"]


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
def test_the_key_works_there_too(place: str, screen: Screen, data_dir: Path, begun: list[Seen]) -> None:
    begun.append(Seen(screen, data_dir, place))
    if place == "menu":
        screen.point_at(*begun[0].spot)
        screen.button(3, down=True)
        screen.button(3, down=False)
    if place in ("menu", "tool-tip"):
        wait_until(lambda: len(screen.shown()) == 2, 5)
    if place == "marked":
        x, y = begun[0].spot
        screen.point_at(x, y)
        screen.button(1, down=True)
        for step in range(20):
            screen.point_at(x + 5 * step, y + 10 * step)
    screen.press("F12")
    screen.until_gone()
    assert begun[0].process.wait(30) == 0
    if place == "marked":
        screen.button(1, down=False)
    assert kept(data_dir) == ([] if place == "lock-screen" else [TYPED])
    assert ours(data_dir) == []


@pytest.mark.slow
def test_a_form_that_is_tried_goes_too(screen: Screen, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    form = ROOT / "tests" / "forms" / "example.md"
    words = [sys.executable, "-m", "planner", "form", "fill", str(form)]
    process = subprocess.Popen(words, cwd=ROOT, env={**surroundings(screen, home), "PYTHONPATH": str(ROOT)})
    screen.give_keyboard(screen.comes_up())
    try:
        until = 100
        while screen.shown() and until:
            screen.press("F12")
            until -= 1
            if process.poll() is not None:
                break
        screen.until_gone()
        assert process.wait(30) == 0
    finally:
        process.kill()
        process.wait()
