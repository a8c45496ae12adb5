"""Bad days with the notebook open: a full disk, a lock or another person in the middle of a word, a wrong clock."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.app import Program
from planner.keys import Cost
from planner.plan.records import Goal
from planner.sample import fill_for_me, fill_with_others
from planner.session import Session
from planner.store.errors import DiskFull
from planner.store.local import Local
from planner.store.notebooks import Notebook
from planner.store.store import Store
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.notes import NotesPage
from planner.ui.pages.plan import PlanPage
from planner.ui.with_someone import stay_with, turn_to
from tests.gui.notebooks import NOON, PASSPHRASE, TODAY
from tests.gui.programs import StartProgram, dialog_on, said, type_into
from tests.store.test_bad_days import private_mount

ROOT = Path(__file__).resolve().parents[2]
HALF = "Sleep somewh"


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


def made(data_dir: Path, what: str = "me") -> None:
    """Ana's notebook, or Miriam's with five people; locked."""
    notebook = Notebook.create(data_dir, PASSPHRASE, "Notes", Cost())
    (fill_for_me if what == "me" else fill_with_others)(notebook.store, "en", TODAY, "UTC")
    notebook.close()
    Local(language="en", theme="light").write(data_dir)


def opened(qtbot: QtBot, program: Program) -> OpenNotebook:
    """Type the passphrase and press Enter; the notebook that opens."""
    assert program.lock_screen is not None
    type_into(program.lock_screen.secret, PASSPHRASE)
    QTest.keyClick(program.lock_screen.secret.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.shell is not None, timeout=20_000)
    return shell_of(program)


def shell_of(program: Program) -> OpenNotebook:
    assert program.shell is not None
    return program.shell


def plan_of(notebook: OpenNotebook) -> PlanPage:
    page = notebook.page("plan")
    assert isinstance(page, PlanPage)
    return page


def half_typed(notebook: OpenNotebook, words: str = HALF) -> None:
    """Begin a new goal and stop in the middle of a word."""
    notebook.go("plan")
    plan_of(notebook).begin()
    type_into(plan_of(notebook).new.words, words)


def words_of(notebook: OpenNotebook) -> str:
    """What stands in the new goal when the plan is opened."""
    notebook.go("plan")
    return plan_of(notebook).new.words.text()


@contextmanager
def full(store: Store) -> Iterator[None]:
    """No page more on the disk; SQLite itself says so of what is long."""
    (pages,) = store._raw.execute("PRAGMA page_count").fetchone()
    store._raw.execute(f"PRAGMA max_page_count = {pages}")
    # What is free inside the file is used up first.
    fillers = (f"filler {number}" for number in count())
    with suppress(DiskFull):
        while True:
            store.set(next(fillers), "y" * 5000)
    yield
    if store.is_open:
        store._raw.execute("PRAGMA max_page_count = 1000000")


# ---------------------------------------------------------------- half a word, and then


@pytest.mark.parametrize("elsewhere", [False, True], ids=["on its page", "on another page"])
@pytest.mark.parametrize("what", ["me", "others"])
def test_half_a_word_is_there_after_a_lock(
    data_dir: Path, start_program: StartProgram, qtbot: QtBot, what: str, elsewhere: bool
) -> None:
    made(data_dir, what)
    program = start_program(data_dir)
    notebook = opened(qtbot, program)
    person = notebook.session.people()[0].id
    if what == "others":
        turn_to(notebook, person)
    half_typed(notebook)
    if elsewhere:
        notebook.go("today")
    program.lock()
    again = opened(qtbot, start_program(data_dir))
    if not elsewhere:
        assert again.current == "plan"
        assert again.session.person is not None
        assert again.session.person.id == person
    elif what == "others":
        assert again.session.person is None
        turn_to(again, person)
    assert words_of(again) == HALF
    plan_of(again).new.clear()
    again.go("today")
    assert again.session.store.drafts() == []


def test_half_a_word_belongs_to_its_person(data_dir: Path, start_program: StartProgram, qtbot: QtBot) -> None:
    made(data_dir, "others")
    notebook = opened(qtbot, start_program(data_dir))
    first, second = notebook.session.people()[:2]
    turn_to(notebook, first.id)
    half_typed(notebook)
    turn_to(notebook, second.id)
    assert words_of(notebook) == ""
    turn_to(notebook, first.id)
    assert words_of(notebook) == HALF
    stay_with(notebook, second)
    assert words_of(notebook) == ""


def test_half_a_word_outlasts_another_text_size(data_dir: Path, start_program: StartProgram, qtbot: QtBot) -> None:
    made(data_dir)
    program = start_program(data_dir)
    half_typed(opened(qtbot, program))
    program.change_look("text_size", 150)
    assert words_of(shell_of(program)) == HALF


def test_half_a_note_is_there_after_a_lock(data_dir: Path, start_program: StartProgram, qtbot: QtBot) -> None:
    made(data_dir, "others")
    program = start_program(data_dir)
    notebook = opened(qtbot, program)
    turn_to(notebook, notebook.session.people()[0].id)
    notebook.go("notes", write="yes")
    page = notebook.page("notes")
    assert isinstance(page, NotesPage)
    type_into(page.editor.facts, HALF)
    program.lock()
    again = opened(qtbot, start_program(data_dir))
    page = again.page("notes")
    assert isinstance(page, NotesPage)
    assert (again.current, page.editor.facts.text()) == ("notes", HALF)


# ---------------------------------------------------------------- a full disk


def test_a_full_disk_keeps_nobody_out(
    data_dir: Path, start_program: StartProgram, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(data_dir, "others")
    program = start_program(data_dir)
    notebook = opened(qtbot, program)
    session = notebook.session
    person = session.people()[0]

    def no_room(*_line: object) -> None:
        raise DiskFull

    with monkeypatch.context() as patch:
        patch.setattr(session.store, "log", no_room)
        patch.setattr(session.store, "put_draft", no_room)
        turn_to(notebook, person.id)
        assert session.person == person
        for page in ("today", "plan", "calendar", "people", "forms", "notes", "help", "settings", "print"):
            notebook.go(page)
            assert notebook.current == page
        assert not any(each.what == "viewed" for each in session.activity())
        stay_with(notebook, person)
        assert session.only == person.id
    session.settle()
    assert [each.person for each in session.activity() if each.what == "viewed"] == [person.id]


def test_a_full_disk_keeps_the_words_on_the_screen(data_dir: Path, start_program: StartProgram, qtbot: QtBot) -> None:
    made(data_dir)
    notebook = opened(qtbot, start_program(data_dir))
    session = notebook.session
    me = session.people()[0].id
    before = len(session.goals(me))
    words = "A room with a door. " * 400
    half_typed(notebook)
    plan_of(notebook).new.words.set_text(words)
    with full(session.store):
        plan_of(notebook).new.add()
        assert notebook.unsaved
        assert len(session.goals(me)) == before
        assert DiskFull().sentence in said(notebook.toast)
        assert plan_of(notebook).new.words.text() == words
    assert notebook.commit()
    assert len(session.goals(me)) == before + 1


def test_the_window_does_not_close_over_unsaved_words(
    data_dir: Path, start_program: StartProgram, qtbot: QtBot
) -> None:
    made(data_dir)
    program = start_program(data_dir)
    notebook = opened(qtbot, program)
    session = notebook.session
    me = session.people()[0].id
    goal = session.goals(me)[0]

    def save() -> None:
        with session.edit(me, "Change") as edit:
            edit.change(goal.id, why="So that I sleep. " * 400)

    closed = []
    program.window.closing.connect(lambda: closed.append(True))
    with full(session.store):
        assert not notebook.keep(save)
        program.window.close()
        assert program.window.isVisible()
        assert not closed
        assert "Your last words are not saved yet." in said(dialog_on(program.window))
        dialog_on(program.window).reject()
    program.window.close()
    assert closed == [True]
    assert session.goals(me)[0].why.startswith("So that I sleep.")


def test_what_waits_for_one_person_keeps_nobody_else_waiting(
    data_dir: Path, start_program: StartProgram, qtbot: QtBot
) -> None:
    made(data_dir, "others")
    program = start_program(data_dir)
    notebook = opened(qtbot, program)
    session = notebook.session
    first, second = session.people()[:2]
    goal = session.goals(first.id)[0]
    room = False

    def save() -> None:
        if not room:
            raise DiskFull
        with session.edit(first.id, "Change") as edit:
            edit.change(goal.id, why="Written before")

    turn_to(notebook, first.id)
    assert not notebook.keep(save)
    stay_with(notebook, second)
    assert session.only == second.id
    room = True
    assert notebook.keep(lambda: session.put_off(second.id, "a step"))
    assert session.not_today(second.id) == {"a step"}
    assert notebook.unsaved == 1
    program.lock()
    again = opened(qtbot, start_program(data_dir)).session
    kept = again.record(first.id, goal.id)
    assert isinstance(kept, Goal)
    assert kept.why == "Written before"


def test_a_mistake_of_ours_keeps_no_window_open(
    data_dir: Path, start_program: StartProgram, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(data_dir)
    program = start_program(data_dir)
    notebook = opened(qtbot, program)
    half_typed(notebook)
    with monkeypatch.context() as patch:
        patch.setattr(PlanPage, "leave", _mistake)
        program.window.close()
        assert not program.window.isVisible()
        with pytest.raises(ZeroDivisionError):
            program._put_away()
    assert not notebook.session.store.is_open
    assert words_of(opened(qtbot, start_program(data_dir))) == HALF


def _mistake(_page: PlanPage) -> bool:
    raise ZeroDivisionError


def test_a_lock_closes_the_notebook_also_when_nothing_can_be_kept(
    data_dir: Path, start_program: StartProgram, qtbot: QtBot
) -> None:
    made(data_dir)
    program = start_program(data_dir)
    notebook = opened(qtbot, program)
    store = notebook.session.store
    half_typed(notebook)
    plan_of(notebook).new.words.set_text(HALF * 1000)
    with full(store), pytest.raises(DiskFull):
        program.lock()
    assert not store.is_open
    assert program._relaunch.asked == [data_dir]  # type: ignore[attr-defined]
    again = opened(qtbot, start_program(data_dir))
    assert again.session.store.verify() == []


# ---------------------------------------------------------------- two starts, a wrong clock


def test_enter_pressed_twice_opens_once(data_dir: Path, start_program: StartProgram, qtbot: QtBot) -> None:
    made(data_dir)
    program = start_program(data_dir)
    screen = program.lock_screen
    assert screen is not None
    type_into(screen.secret, PASSPHRASE)
    QTest.keyClick(screen.secret.field, Qt.Key.Key_Return)
    opened(qtbot, program)
    QApplication.processEvents()
    qtbot.wait(100)
    assert program.session is not None
    assert program.session.store.is_open


def _same(then: datetime) -> datetime:
    return then


@pytest.mark.parametrize("year", [2024, 2027, 2031])
def test_dates_are_there_after_the_clock_was_wrong(data_dir: Path, year: int) -> None:
    made(data_dir)
    (folder,) = data_dir.glob("store-*")
    seen: list[list[tuple[str, str]]] = []
    for then in (NOON, datetime(year, 3, 12, 12, tzinfo=UTC), NOON):
        notebook = Notebook.open(folder, PASSPHRASE)
        session = Session(notebook, clock=partial(_same, then), zone="UTC")
        items = session.agenda(then.date(), 60)
        seen.append([(each.appointment.id, each.original_starts) for each in items])
        session.settle()
        session.lock()
    assert seen[0]
    assert seen[2] == seen[0]
    assert seen[1] or year < 2026


# ---------------------------------------------------------------- a real disk

REALLY_FULL = """
import os, sys, time
from pathlib import Path
from planner.app import Program, application
from planner.keys import Cost
from planner.plan.records import Goal
from planner.sample import fill_with_others
from planner.store.notebooks import Notebook
from planner.system.relaunch import RecordedRelaunch
from planner.ui.with_someone import turn_to
from datetime import UTC, date, datetime

folder = Path(sys.argv[1])
raised = []
sys.excepthook = lambda kind, problem, trace: raised.append(kind.__name__)
app = application()
notebook = Notebook.create(folder / "data", "river stone lamp", "Notes", Cost())
fill_with_others(notebook.store, "en", date(2026, 3, 12), "UTC")
notebook.close()

def fill():
    with (folder / "filler").open("ab", buffering=0) as stream:
        for size in (65536, 4096, 1):
            try:
                while stream.write(b"x" * size):
                    pass
            except OSError:
                pass

def start():
    noon = datetime(2026, 3, 12, 12, tzinfo=UTC)
    program = Program(app, folder / "data", RecordedRelaunch(), clock=lambda: noon, zone="UTC")
    program.window.show()
    program.lock_screen.secret.field.setText("river stone lamp")
    program.lock_screen._open()
    while program.shell is None:
        app.processEvents()
        time.sleep(0.01)
    return program

fill()
program = start()
shell = program.shell
person = shell.session.people()[0].id
turn_to(shell, person)
for page in ("today", "plan", "calendar", "people", "forms", "notes", "help", "settings", "print"):
    shell.go(page)
    app.processEvents()
    assert shell.current == page, page
shell.go("plan")
plan = shell.page("plan")
plan.begin()
plan.new.words.set_text("A room with a door. " * 400)
before = len(shell.session.goals(person))
plan.new.add()
app.processEvents()
assert shell.unsaved == 1 and len(shell.session.goals(person)) == before
assert plan.new.words.text().startswith("A room with a door.")
(folder / "filler").unlink()
assert shell.commit() and len(shell.session.goals(person)) == before + 1
program.lock()
program = start()
assert len(program.shell.session.goals(person)) == before + 1
assert program.shell.session.store.verify() == []
assert not raised, raised
print("all there", flush=True)
os._exit(0)
"""


@pytest.mark.skipif(private_mount() is None, reason="this system gives no disk of our own")
def test_a_disk_that_is_really_full(tmp_path: Path) -> None:
    start = private_mount()
    assert start is not None
    script = f'mount -t tmpfs -o size=8m,mode=700 none "{tmp_path}" && exec "{sys.executable}" - "{tmp_path}"'
    run = subprocess.run(
        [*start, "sh", "-c", script],
        input=REALLY_FULL,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.stdout, run.returncode) == ("all there\n", 0), run.stderr
