"""Long work beside the window: it tells how far it is, can be stopped, and gives way to a lock, nothing half done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from time import sleep

import pytest
from PySide6.QtCore import Qt, QThreadPool
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from planner.app import Program
from planner.keys import Cost, WrongPassphrase
from planner.plan.records import Goal
from planner.sample import fill_for_me
from planner.session import Session
from planner.store import care
from planner.store.backups import is_whole, list_backups, make_backup
from planner.store.local import Local
from planner.store.notebooks import Notebook
from planner.store.store import Store
from planner.ui.kit.dialogs import ProgressCard
from planner.ui.lock_screen import LockScreen, Shown
from planner.ui.open_notebook import OpenNotebook
from planner.ui.work import Progress, Stopped, Work, give_way, under_way
from tests.gui.notebooks import NOON, PASSPHRASE, TODAY
from tests.gui.programs import StartProgram, type_into

ROOT = Path(__file__).resolve().parents[2]
NEW = "copper lanterns over the old harbor wall"
LONG = 20.0
PAGES_OF_FILLER = 600


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A folder with Ana's notebook in it, a few megabytes long, locked."""
    data_dir = tmp_path / "data"
    notebook = Notebook.create(data_dir, PASSPHRASE, "Notes", Cost())
    fill_for_me(notebook.store, "en", TODAY, "UTC")
    for number in range(PAGES_OF_FILLER // 10):
        notebook.store.set(f"filler {number}", "y" * 40_000)
    notebook.close()
    Local(language="en", theme="light").write(data_dir)
    return data_dir


@pytest.fixture(autouse=True)
def _nothing_runs_on() -> Iterator[None]:
    yield
    assert give_way()


def folder_of(data_dir: Path) -> Path:
    (folder,) = data_dir.glob("store-*")
    return folder


def opened(program: Program, data_dir: Path) -> OpenNotebook:
    program.enter_notebook(Notebook.open(folder_of(data_dir), PASSPHRASE))
    assert program.shell is not None
    return program.shell


def whole(data_dir: Path, secret: str = PASSPHRASE) -> Session:
    """The notebook opened again, after every page of it was looked at; nothing unfinished lies beside it."""
    notebook = Notebook.open(folder_of(data_dir), secret)
    assert notebook.store.verify() == []
    assert {each.name for each in folder_of(data_dir).iterdir() if each.is_file()} <= {
        *("keys", "keys.copy", "data", "data-wal", "data-shm", "reserve"),
    }
    return Session(notebook, clock=lambda: NOON, zone="UTC")


# ---------------------------------------------------------------- a lock in the middle


def test_the_window_vanishes_first_then_work_gives_way_then_the_notebook_closes(
    data_dir: Path, start_program: StartProgram
) -> None:
    program = start_program(data_dir)
    shell = opened(program, data_dir)
    store, begun = shell.session.store, Event()
    seen: list[tuple[bool, bool]] = []
    came: list[object] = []

    def endless(progress: Progress) -> None:
        try:
            while True:
                begun.set()
                progress.step(1, 3)
        except Stopped:
            seen.append((program.window.isVisible(), store.is_open))
            raise

    shell.busy("Counting", endless, came.append)
    assert begun.wait(LONG)
    program.lock()
    assert seen == [(False, True)]
    assert not store.is_open
    assert program._relaunch.asked == [data_dir]  # type: ignore[attr-defined]
    QApplication.processEvents()
    assert came == []


@pytest.mark.parametrize("hide", [False, True], ids=["lock", "hide"])
def test_what_work_had_begun_to_write_is_rolled_back(data_dir: Path, start_program: StartProgram, hide: bool) -> None:
    program = start_program(data_dir)
    session = opened(program, data_dir).session
    assert session.person is not None
    person, begun = session.person.id, Event()
    before = len(session.goals(person))

    def bring_in(progress: Progress) -> None:
        with session.edit(person, "Bring in") as edit:
            for number in range(100_000):
                edit.add(Goal(title=f"Brought in {number}"))
                if number == 20:
                    begun.set()
                progress.step(number, 100_000)

    assert program.shell is not None
    program.shell.busy("Bringing in", bring_in, lambda _none: None)
    assert begun.wait(LONG)
    program.lock(hide=hide)
    again = whole(data_dir)
    assert len(again.goals(person)) == before
    again.notebook.close()


def test_a_key_change_is_rolled_back_before_its_decisive_step(
    data_dir: Path, start_program: StartProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = start_program(data_dir)
    shell = opened(program, data_dir)
    copying = Event()

    def slowly(self: Progress, done: int, of: int = 0) -> None:
        copying.set()
        sleep(0.05)
        step(self, done, of)

    step = Progress.step
    monkeypatch.setattr(Progress, "step", slowly)
    notebook = shell.session.notebook
    shell.busy("Changing", lambda progress: notebook.change_passphrase(PASSPHRASE, NEW, progress.step), lambda _n: None)
    assert copying.wait(LONG)
    program.lock()
    with pytest.raises(WrongPassphrase):
        Notebook.open(folder_of(data_dir), NEW)
    whole(data_dir).notebook.close()


def test_a_key_change_past_its_decisive_step_is_finished(
    data_dir: Path, start_program: StartProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = start_program(data_dir)
    shell = opened(program, data_dir)
    decided = Event()

    def slowly(folder: Path) -> None:
        decided.set()
        sleep(0.3)
        take_next(folder)

    take_next = care.take_next
    monkeypatch.setattr(care, "take_next", slowly)
    notebook = shell.session.notebook
    shell.busy("Changing", lambda progress: notebook.change_passphrase(PASSPHRASE, NEW, progress.step), lambda _n: None)
    assert decided.wait(LONG)
    program.lock()
    assert decided.is_set()
    with pytest.raises(WrongPassphrase):
        Notebook.open(folder_of(data_dir), PASSPHRASE)
    whole(data_dir, NEW).notebook.close()


def slow_steps(monkeypatch: pytest.MonkeyPatch, skip: int = 0) -> Event:
    """Every telling how far it is takes a while, after ``skip`` of them; the event says that it began."""
    begun, step, told = Event(), Progress.step, [0]

    def slowly(self: Progress, done: int, of: int = 0) -> None:
        told[0] += 1
        if told[0] > skip:
            begun.set()
            sleep(0.02)
        step(self, done, of)

    monkeypatch.setattr(Progress, "step", slowly)
    return begun


def left_over(data_dir: Path) -> list[str]:
    """Whatever was begun and not finished, anywhere in the data folder."""
    return [str(each) for each in data_dir.rglob("*") if each.name.startswith(("new-", "old-")) or ".new" in each.name]


@pytest.mark.parametrize("skip", [0, 3, 12])
@pytest.mark.parametrize("where", ["here", "elsewhere"])
def test_a_safety_copy_gives_way_and_leaves_nothing_behind(
    data_dir: Path, start_program: StartProgram, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, skip: int, where: str
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    program = start_program(data_dir)
    shell = opened(program, data_dir)
    backups = shell.session.backups
    begun = slow_steps(monkeypatch, skip)
    if where == "here":
        shell.busy("Copying", lambda progress: backups.make(progress.step), lambda _backup: None)
    else:
        shell.busy("Copying", lambda progress: backups.make_on_second_device(stick, progress.step), lambda _b: None)
    assert begun.wait(LONG)
    program.lock()
    assert list_backups(folder_of(data_dir)) == []
    assert left_over(data_dir) == []
    assert list(stick.iterdir()) == []
    whole(data_dir).notebook.close()


@pytest.mark.parametrize("skip", [0, 3])
def test_a_restore_gives_way_and_leaves_no_half_notebook(
    data_dir: Path, start_program: StartProgram, monkeypatch: pytest.MonkeyPatch, skip: int
) -> None:
    folder = folder_of(data_dir)
    notebook = Notebook.open(folder, PASSPHRASE)
    copy = make_backup(notebook, now=NOON)
    notebook.close()
    (folder / "data").write_bytes((folder / "data").read_bytes()[:9000])
    before = sorted(each.name for each in data_dir.iterdir())
    program = start_program(data_dir)
    begun = slow_steps(monkeypatch, skip)
    program.door._shown = [Shown(folder, "Notes", "damaged", copy=copy.folder, copy_from="then")]
    program.door.restore(folder, PASSPHRASE)
    assert begun.wait(LONG)
    program.lock()
    assert sorted(each.name for each in data_dir.iterdir()) == before
    assert left_over(data_dir) == []
    assert is_whole(copy)


def test_bringing_back_gives_way_with_nothing_changed(
    data_dir: Path, start_program: StartProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = start_program(data_dir)
    shell = opened(program, data_dir)
    session = shell.session
    assert session.person is not None
    person, copy = session.person.id, make_backup(session.notebook, now=NOON)
    for goal in session.goals(person):
        with session.edit(person, "Remove") as edit:
            edit.remove(goal.id)
    session.settle()
    assert session.goals(person) == []
    found = session.backups.compare(copy)
    begun = slow_steps(monkeypatch)
    shell.busy(
        "Bringing back",
        lambda progress: session.backups.bring_back(copy, found.only_there, progress.step),
        lambda _brought: None,
    )
    assert begun.wait(LONG)
    program.lock()
    again = whole(data_dir)
    assert again.goals(person) == []
    again.notebook.close()


def test_a_lock_does_not_wait_for_ever(data_dir: Path, start_program: StartProgram) -> None:
    program = start_program(data_dir)
    shell = opened(program, data_dir)
    go_on, begun = Event(), Event()

    def deaf(_progress: Progress) -> None:
        begun.set()
        go_on.wait(LONG)

    shell.busy("Deaf", deaf, lambda _none: None)
    assert begun.wait(LONG)
    assert not give_way(patience=0.05)
    go_on.set()
    assert give_way()


def test_closing_the_window_stops_it_too(data_dir: Path, start_program: StartProgram) -> None:
    program = start_program(data_dir)
    shell = opened(program, data_dir)
    begun = Event()

    def endless(progress: Progress) -> None:
        while True:
            begun.set()
            progress.step(0)

    shell.busy("Counting", endless, lambda _none: None)
    assert begun.wait(LONG)
    program.window.close()
    assert not under_way()
    assert not program.window.isVisible()


# ---------------------------------------------------------------- opening


def out_of_date(data_dir: Path) -> None:
    """As after a new version: the index has to be built again when the notebook is opened."""
    notebook = Notebook.open(folder_of(data_dir), PASSPHRASE)
    notebook.store.clear_index()
    notebook.close()


def slow_to_build(monkeypatch: pytest.MonkeyPatch) -> tuple[Event, Event]:
    """The index is built when the second event is set; the first tells that building has begun."""
    begun, go_on = Event(), Event()
    put_rows = Store.put_rows

    def slowly(self: Store, rows: object) -> None:
        begun.set()
        go_on.wait(0.1 if not go_on.is_set() else 0)
        put_rows(self, rows)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "put_rows", slowly)
    return begun, go_on


def begin_to_open(program: Program) -> LockScreen:
    screen = program.lock_screen
    assert screen is not None
    type_into(screen.secret, PASSPHRASE)
    QTest.keyClick(screen.secret.field, Qt.Key.Key_Return)
    return screen


def card_of(program: Program) -> ProgressCard | None:
    return next((each for each in program.window.findChildren(ProgressCard) if each.isVisible()), None)


def test_an_index_that_is_built_anew_at_opening_can_be_stopped(
    data_dir: Path, start_program: StartProgram, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planner.ui.door.CARD_AFTER", 0)
    out_of_date(data_dir)
    begun, go_on = slow_to_build(monkeypatch)
    program = start_program(data_dir)
    screen = begin_to_open(program)
    qtbot.waitUntil(lambda: begun.is_set() and card_of(program) is not None, timeout=20_000)
    card = card_of(program)
    assert card is not None
    QTest.keyClick(card, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: card_of(program) is None, timeout=20_000)
    assert not program.window.findChildren(OpenNotebook)
    assert program.lock_screen is screen
    assert screen.open_button.text() == "Open"
    assert screen.secret.text() == PASSPHRASE
    assert screen.secret.field.hasFocus()
    go_on.set()
    store = Notebook.open(folder_of(data_dir), PASSPHRASE).store  # nobody else has it open
    assert not store.index_is_current()
    store.close()
    QTest.keyClick(screen.secret.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.session is not None, timeout=20_000)
    assert program.session is not None
    assert program.session.person is not None
    assert program.session.goals(program.session.person.id)
    assert program.session.store.index_is_current()


def test_the_window_goes_on_while_the_index_is_built(
    data_dir: Path, start_program: StartProgram, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    out_of_date(data_dir)
    begun, go_on = slow_to_build(monkeypatch)
    program = start_program(data_dir)
    begin_to_open(program)
    qtbot.waitUntil(begun.is_set, timeout=20_000)
    assert not program.window.findChildren(OpenNotebook), "we are here, and it is not built yet"
    go_on.set()
    qtbot.waitUntil(lambda: program.session is not None, timeout=20_000)


def test_a_notebook_that_opened_too_late_is_closed_again(data_dir: Path, start_program: StartProgram) -> None:
    program = start_program(data_dir)
    begin_to_open(program)
    assert QThreadPool.globalInstance().waitForDone(20_000)
    assert program.session is None, "the window has not heard of it yet"
    program._put_away()
    QApplication.processEvents()
    assert program.session is None
    Notebook.open(folder_of(data_dir), PASSPHRASE).close()  # StoreInUse, had it stayed open


# ---------------------------------------------------------------- quiet work


def counting(begun: Event) -> Callable[[Progress], None]:
    def work(progress: Progress) -> None:
        while True:
            begun.set()
            progress.step(0)

    return work


def test_quiet_work_shows_nothing_and_stops_for_anything_else(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    from planner.ui.window import Window

    monkeypatch.setattr("planner.ui.work.PATIENCE", 0)
    window = Window()
    qtbot.addWidget(window)
    window.show()
    begun = Event()
    quiet = Work(window, "", counting(begun), lambda _none: None, quiet=True, patience=0)
    assert begun.wait(LONG)
    qtbot.wait(50)
    assert not [each for each in window.findChildren(ProgressCard) if each.isVisible()]
    assert under_way()
    done: list[int] = []
    with qtbot.waitSignal(quiet.over):
        Work(window, "Adding", lambda _progress: 3, done.append)
    qtbot.waitUntil(lambda: done == [3])
    assert not under_way()


def test_what_waited_for_its_turn_never_begins_after_a_lock(qtbot: QtBot) -> None:
    from planner.ui.window import Window

    window = Window()
    qtbot.addWidget(window)
    window.show()
    pool = QThreadPool.globalInstance()
    at_once, ran, begun = pool.maxThreadCount(), [], [Event() for _ in range(pool.maxThreadCount())]
    for each in begun:
        Work(window, "", counting(each), lambda _none: None)
    assert all(each.wait(LONG) for each in begun)
    Work(window, "", lambda _progress: ran.append(at_once), lambda _none: None)
    assert give_way()
    assert pool.waitForDone(20_000)
    assert ran == []


def test_work_whose_widget_is_gone_still_gives_way(qtbot: QtBot) -> None:
    from shiboken6 import Shiboken

    from planner.ui.window import Window

    window = Window()
    qtbot.addWidget(window)
    window.show()
    page, begun = QWidget(window), Event()
    Work(page, "", counting(begun), lambda _none: None)
    assert begun.wait(LONG)
    Shiboken.delete(page)
    assert under_way()
    assert give_way()
    assert not under_way()


def test_how_far_it_is_is_told_often_enough_and_no_more_often() -> None:
    told: list[tuple[int, int]] = []
    progress = Progress(lambda done, of: told.append((done, of)))
    for number in range(100_000):
        progress.step(number, 100_000)
    progress.step(100_000, 100_000)
    assert told[0] == (0, 100_000)
    assert told[-1] == (100_000, 100_000)
    assert len(told) < 10_000
