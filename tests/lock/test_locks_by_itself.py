"""The program locks when the system says that nobody sits there any more, and half-typed words are there afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from planner.app import Program
from planner.keys import Cost, WrongPassphrase
from planner.sample import fill_for_me
from planner.settings import SETTINGS
from planner.store.backups import is_whole, list_backups, make_backup
from planner.store.local import Local
from planner.store.notebooks import Notebook
from planner.system.away import Gone
from planner.system.idle import WARNING_SECONDS
from planner.system.relaunch import RecordedRelaunch
from planner.ui.pages.plan import PlanPage

if sys.platform != "linux":
    pytest.skip("these are the buses of Linux", allow_module_level=True)

from planner.system import away_linux
from planner.system.away_linux import LinuxAway
from tests.lock.buses import PATIENCE, ROOT, Buses, Process, needs_buses, start_buses, wait_until
from tests.lock.triggers import NO_TRIGGERS, TRIGGERS, Trigger, named

PASSPHRASE, NEW = "paper boat on a quiet river", "copper lanterns over the old harbor wall"
TODAY = date(2026, 3, 12)
SIGNAL = Trigger("asked to end", "signal", "-TERM", Gone.ENDING)
HUNG_UP = Trigger("terminal gone", "signal", "-HUP", Gone.ENDING)
IDLE = Trigger("idle", "clock", "")
LOCK_KEY = Trigger("lock key", "window", "Ctrl+L")
HIDE_KEY = Trigger("hide key", "window", "F12", Gone.ENDING)
HIDE_BUTTON = Trigger("hide button", "window", "Hide", Gone.ENDING)
CLOSED = Trigger("window closed", "window", "X", Gone.ENDING)
# The folder goes from its place; what a stick that is really pulled out leaves behind is looked at in tests/portable.
STICK = Trigger("folder gone", "disk", "", Gone.STICK)
BY_HAND = (LOCK_KEY, HIDE_KEY, HIDE_BUTTON, CLOSED)
EVERY = (*TRIGGERS, SIGNAL, HUNG_UP, IDLE, *BY_HAND, STICK)
ENDS = frozenset({Gone.ENDING, Gone.STICK})

pytestmark = needs_buses


@pytest.fixture(scope="module")
def buses() -> Iterator[Buses]:
    with start_buses() as found:
        yield found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with Ana's notebook in it, locked."""
    made = tmp_path_factory.mktemp("made") / "data"
    notebook = Notebook.create(made, PASSPHRASE, "Notes", Cost())
    fill_for_me(notebook.store, "en", TODAY, "UTC")
    notebook.close()
    Local(language="en", theme="light").write(made)
    return made


@pytest.fixture
def data_dir(made: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(made, tmp_path / "data"))


def folder_of(data_dir: Path) -> Path:
    (folder,) = data_dir.glob("store-*")
    return folder


# ---------------------------------------------------------------- round after round


def words_of(program: Program) -> PlanPage:
    """The plan, on which a new goal is written."""
    assert program.shell is not None
    program.shell.go("plan")
    page = program.shell.page("plan")
    assert isinstance(page, PlanPage)
    return page


def pull(trigger: Trigger, program: Program, buses: Buses) -> None:
    """Let it happen: by another process, by time that went by, or by a hand."""
    if trigger in BY_HAND:
        by_hand(trigger, program)
    elif trigger in (SIGNAL, HUNG_UP):
        subprocess.run(["kill", trigger.words, str(os.getpid())], check=True)
    elif trigger is IDLE:
        assert program.watching.idle is not None
        program.watching.idle._idle._last -= 5 * 60
        program.watching.idle.look()
    elif trigger is STICK:
        program.watching.watch_stick(program.data_dir)
        program.data_dir.rename(away_from(program.data_dir))
    else:
        buses.send(trigger)


def away_from(data_dir: Path) -> Path:
    return data_dir.with_name("elsewhere")


def by_hand(trigger: Trigger, program: Program) -> None:
    assert program.shell is not None
    if trigger is CLOSED:
        program.window.close()
    elif trigger is HIDE_BUTTON:
        QTest.mouseClick(program.shell.header.hide_button, Qt.MouseButton.LeftButton)
    else:
        program.window.activateWindow()
        wait_until(program.window.isActiveWindow)
        QTest.keySequence(program.window.windowHandle(), QKeySequence(trigger.words))


def one_round(trigger: Trigger, data_dir: Path, buses: Buses, typed: str) -> None:
    """Open, find what was half typed before, type on, and let the system speak."""
    relaunch = RecordedRelaunch()
    quits: list[bool] = []
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    program = Program(app, data_dir, relaunch, zone="UTC", cost=Cost())
    program.window.show()
    # Without a loop that runs there is nothing to quit, so it is only noted.
    program.app = type("App", (), {"topLevelWidgets": app.topLevelWidgets, "quit": lambda _: quits.append(True)})()
    program.enter_notebook(Notebook.open(folder_of(data_dir), PASSPHRASE))
    buses.login.say("lid false")
    away = LinuxAway(buses.system, buses.session)
    program.watching.listen_to(away)
    wait_until(lambda: away._session_path and away._lid_closed is False and away.settled)
    page = words_of(program)
    assert page.new.words.text() == typed[:-1]
    page.begin()
    field = page.new.words.focusProxy() or page.new.words
    field.setFocus()
    QTest.keyClicks(field, typed[-1])
    assert page.new.words.text() == typed
    session = program.session
    assert session is not None
    released = buses.login.told.count("released")
    pull(trigger, program, buses)
    wait_until(lambda: relaunch.asked or quits)
    assert (bool(quits), bool(relaunch.asked)) == ((True, False) if trigger.reason in ENDS else (False, True))
    assert not program.window.isVisible()
    assert not session.store.is_open
    if trigger is STICK:
        away_from(data_dir).rename(data_dir)
    for each in NO_TRIGGERS[:2]:
        buses.send(each)  # and by its answer it would have told
    assert buses.login.told.count("released") == released, "sleep waits until the process ends"
    away.close()
    buses.login.wait_for("released", QApplication.processEvents)
    program.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def rounds(trigger: Trigger, data_dir: Path, buses: Buses, number: int) -> None:
    typed = ""
    for each in range(number):
        typed += "abcdefghij klmnop"[each % 17] if each else "S"
        one_round(trigger, data_dir, buses, typed)
    notebook = Notebook.open(folder_of(data_dir), PASSPHRASE)
    assert notebook.store.verify() == []
    assert [each.value["words"] for each in notebook.store.drafts() if each.page == "plan"] == [typed]
    notebook.close()


@pytest.fixture
def _quick_lid(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(away_linux, "LOOK_AT_LID", 20)
    monkeypatch.setenv("XDG_SESSION_ID", "mine")


@pytest.mark.usefixtures("qapp", "_quick_lid")
@pytest.mark.parametrize("trigger", EVERY, ids=named)
def test_what_is_half_typed_outlasts_it(trigger: Trigger, data_dir: Path, buses: Buses) -> None:
    rounds(trigger, data_dir, buses, 2)


@pytest.mark.slow
@pytest.mark.usefixtures("qapp", "_quick_lid")
@pytest.mark.parametrize("trigger", EVERY, ids=named)
def test_what_is_half_typed_outlasts_it_a_hundred_times(trigger: Trigger, data_dir: Path, buses: Buses) -> None:
    rounds(trigger, data_dir, buses, 100)


def test_five_minutes_with_a_warning_unless_something_else_is_chosen() -> None:
    assert SETTINGS["lock_minutes"].default == 5
    assert 0 < WARNING_SECONDS < 60


# ---------------------------------------------------------------- the real thing

PROGRAM = """
import sys
from pathlib import Path
from threading import Event
from PySide6.QtCore import QTimer
from planner.system.harden import harden
harden()
from planner import app as whole
from planner.store.folders import find_stores
from planner.store.notebooks import Notebook
from planner.system import away_linux, relaunch

away_linux.LOOK_AT_LID = 50
relaunch.command = lambda *_words: ["touch", str(data_dir / "begun-anew")]
data_dir, what = Path(sys.argv[1]), sys.argv[2]
secret, new = sys.stdin.readline().strip(), sys.stdin.readline().strip()
begun = Event()


def work(progress):
    def step(done, of):
        begun.set()
        progress.step(done, of)

    notebook = program.session.notebook
    if what == "key change":
        notebook.change_passphrase(secret, new, step)
    elif what == "copy":
        program.session.backups.make(step)
    elif what == "import":
        from planner.plan.records import Goal
        with program.session.edit(program.session.people()[0].id, "Bring in") as edit:
            for number in range(100_000):
                edit.add(Goal(title=f"Brought in {number}"))
                step(number, 100_000)
    else:
        from planner.store.backups_open import restore
        restore(program.session.backups.list()[0].folder, secret, data_dir, "", step)


class Begun(whole.Program):
    def settle_down(self):
        global program
        program = self
        super().settle_down()
        self.enter_notebook(Notebook.open(find_stores(data_dir)[0].folder, secret))
        look = QTimer(self, interval=10)
        look.timeout.connect(lambda: self.go_on(look))
        look.start()

    def go_on(self, look):
        away = self.watching.away
        if away is None or not (away.settled and away._session_path and away._lid_closed is False):
            return
        look.stop()
        if what == "note":
            self.shell.go("plan")
            page = self.shell.page("plan")
            page.begin()
            page.new.words.set_text("Sleep somewh")
        else:
            self.shell.busy("Working", work, lambda _none: None)
            assert begun.wait(30)
        print("ready", flush=True)


whole.Program = Begun
sys.exit(whole.run_window(data_dir, relaunch.DetachedRelaunch()))
"""


@pytest.fixture
def start(data_dir: Path, buses: Buses) -> Iterator[Callable[[str], Process]]:
    """``start(what)``: the program in a process of its own, with a note half typed or in the middle of long work."""
    started: list[Process] = []

    def begin(what: str) -> Process:
        buses.login.say("lid false")
        surroundings = {**os.environ, **buses.surroundings, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
        started.append(Process([sys.executable, "-c", PROGRAM, str(data_dir), what], surroundings))
        started[-1].say(PASSPHRASE)
        started[-1].say(NEW)
        started[-1].wait_for("ready")
        return started[-1]

    yield begin
    for each in started:
        each.end()


def gone(process: Process, buses: Buses) -> None:
    """Wait until the process has ended by itself, and sleep is held back no longer."""
    assert process.process.wait(PATIENCE) == 0
    buses.login.wait_for("released")


def said_to(process: Process, trigger: Trigger, buses: Buses) -> None:
    if trigger is SIGNAL:
        subprocess.run(["kill", trigger.words, str(process.process.pid)], check=True)
    else:
        buses.send(trigger)


def begins_anew(data_dir: Path) -> bool:
    return (data_dir / "begun-anew").exists()


SOME = (TRIGGERS[0], TRIGGERS[1], TRIGGERS[7], TRIGGERS[9], SIGNAL)


@pytest.mark.parametrize(
    "trigger",
    [each if each in SOME else pytest.param(each, marks=pytest.mark.slow) for each in (*TRIGGERS, SIGNAL)],
    ids=named,
)
def test_the_real_process_ends_and_then_the_machine_may_sleep(
    trigger: Trigger, data_dir: Path, buses: Buses, start: Callable[[str], Process]
) -> None:
    process = start("note")
    said_to(process, trigger, buses)
    gone(process, buses)
    notebook = Notebook.open(folder_of(data_dir), PASSPHRASE)
    assert [each.value["words"] for each in notebook.store.drafts() if each.page == "plan"] == ["Sleep somewh"]
    notebook.close()
    if trigger.reason is Gone.ENDING:
        assert not begins_anew(data_dir)
    else:
        wait_until(lambda: begins_anew(data_dir))


@pytest.mark.parametrize(
    "trigger",
    [TRIGGERS[0], *(pytest.param(each, marks=pytest.mark.slow) for each in (*TRIGGERS[1:], SIGNAL))],
    ids=named,
)
@pytest.mark.parametrize("what", ["key change", "copy", "restore", "import"])
def test_in_the_middle_of_long_work_nothing_is_half_done(
    what: str, trigger: Trigger, data_dir: Path, buses: Buses, start: Callable[[str], Process]
) -> None:
    notebook = Notebook.open(folder_of(data_dir), PASSPHRASE)
    for number in range(300):
        notebook.store.set(f"filler {number}", "z" * 40_000)
    make_backup(notebook)
    notebook.close()
    process = start(what)
    said_to(process, trigger, buses)
    gone(process, buses)
    assert not [each for each in data_dir.rglob("*") if each.name.startswith("new-") or ".next" in each.name]
    for folder in data_dir.glob("store-*"):
        opens = [secret for secret in (PASSPHRASE, NEW) if _opens(folder, secret)]
        assert len(opens) == 1, "the old or the new one, never both and never none"
        assert what == "key change" or opens == [PASSPHRASE]
        assert all(is_whole(each) for each in list_backups(folder))


def _opens(folder: Path, secret: str) -> bool:
    try:
        notebook = Notebook.open(folder, secret)
    except WrongPassphrase:
        return False
    assert notebook.store.verify() == []
    assert notebook.store.people()
    notebook.close()
    return True
