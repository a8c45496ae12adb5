"""The program and what the system says: while a notebook is being opened, while it is open, and after it was hidden."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.app import Program
from planner.keys import Cost
from planner.sample import fill_for_me
from planner.store.local import Local
from planner.store.notebooks import Notebook
from planner.system.away import AwayWatch, Gone
from planner.ui.work import give_way
from tests.gui.notebooks import PASSPHRASE, TODAY
from tests.gui.programs import StartProgram, type_into


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    notebook = Notebook.create(tmp_path / "data", PASSPHRASE, "Notes", Cost())
    fill_for_me(notebook.store, "en", TODAY, "UTC")
    notebook.close()
    Local(language="en", theme="light").write(tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def watch(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[AwayWatch]:
    """What the program listens to once its window stands there."""
    watch = AwayWatch()
    monkeypatch.setattr("planner.system.away.watch_system", lambda: watch)
    monkeypatch.setattr(gc, "freeze", lambda: None)
    yield watch
    watch.close()


def asked(program: Program) -> list[Path]:
    found: list[Path] = program._relaunch.asked  # type: ignore[attr-defined]
    return found


def enter(program: Program) -> None:
    assert program.lock_screen is not None
    type_into(program.lock_screen.secret, PASSPHRASE)
    QTest.keyClick(program.lock_screen.secret.field, Qt.Key.Key_Return)


def test_nothing_is_listened_to_before_a_notebook_is_opened(
    data_dir: Path, start_program: StartProgram, watch: AwayWatch
) -> None:
    program = start_program(data_dir)
    program.settle_down()
    for _ in range(20):
        QApplication.processEvents()
    assert program.watching.away is None
    assert watch._ending is None


def test_what_is_just_being_opened_stays_closed(
    data_dir: Path, start_program: StartProgram, watch: AwayWatch, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening, go_on, opened = Event(), Event(), []
    real = Notebook.open

    def slow(folder: Path, secret: str) -> Notebook:
        opening.set()
        assert go_on.wait(20)
        opened.append(real(folder, secret))
        return opened[0]

    monkeypatch.setattr(Notebook, "open", slow)
    program = start_program(data_dir)
    program.settle_down()
    enter(program)
    qtbot.waitUntil(lambda: program.watching.away is not None and opening.is_set(), timeout=20_000)
    go_on.set()
    qtbot.waitUntil(lambda: bool(opened), timeout=20_000)
    watch.tell(Gone.SLEEP)
    assert asked(program) == [data_dir]
    assert not program.window.isVisible()
    assert give_way()
    QApplication.processEvents()
    assert program.shell is None
    # The thread that opened it closes it, if the window did not come first.
    qtbot.waitUntil(lambda: not opened[0].store.is_open, timeout=20_000)


@pytest.mark.parametrize("reason", Gone)
def test_an_open_notebook_is_locked_and_once_is_enough(
    data_dir: Path, start_program: StartProgram, watch: AwayWatch, qtbot: QtBot, reason: Gone
) -> None:
    program = start_program(data_dir)
    program.settle_down()
    enter(program)
    qtbot.waitUntil(lambda: program.shell is not None, timeout=20_000)
    session = program.session
    assert session is not None
    watch.tell(reason)
    assert not session.store.is_open
    assert not program.window.isVisible()
    expected = [] if reason in (Gone.ENDING, Gone.STICK) else [data_dir]
    assert asked(program) == expected
    watch.tell(Gone.SCREEN_LOCKED)
    assert asked(program) == expected


def test_what_was_hidden_does_not_come_back_with_the_next_signal(
    data_dir: Path, start_program: StartProgram, watch: AwayWatch, qtbot: QtBot
) -> None:
    program = start_program(data_dir)
    program.settle_down()
    enter(program)
    qtbot.waitUntil(lambda: program.shell is not None, timeout=20_000)
    program.lock(hide=True)
    watch.tell(Gone.SLEEP)
    assert asked(program) == []


def test_the_lock_screen_loads_nothing_of_it() -> None:
    code = (
        # What Python itself, or what measures these tests, has loaded before is not ours.
        "import sys; before = set(sys.modules)\n"
        "import planner.app, planner.ui.lock_screen\n"
        "late = {'planner.system.away', 'planner.system.bus', 'jeepney', 'socket'} - before\n"
        "print(sorted(late & set(sys.modules)))\n"
        "import planner.system.bus\n"
        "print(sorted(late & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    nothing, control = done.stdout.splitlines()
    assert nothing == "[]"
    assert "planner.system.bus" in control
