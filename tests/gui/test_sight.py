"""One key, on every screen: the windows go, nothing is saved before they are gone, and no half word is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6 import QtGui
from PySide6.QtCore import QCoreApplication, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from planner.app import Program
from planner.forms import Form
from planner.keys import Cost
from planner.sample import fill_for_me
from planner.store.local import LEAVE_KEYS, Local
from planner.store.notebooks import Notebook
from planner.ui import sight
from planner.ui.a11y import walk
from planner.ui.dialogs.change_passphrase import ChangePassphrase
from planner.ui.kit.dialogs import ProgressCard
from planner.ui.kit.floats import overlay_open
from planner.ui.kit.said import announce
from planner.ui.pages.plan import PlanPage
from planner.ui.pages.settings import SettingsPage
from planner.ui.sight import KEYS, HideButton, key_words
from planner.ui.try_form import TryWindow
from tests.gui.notebooks import TODAY
from tests.gui.programs import StartProgram

WORDS = "paper boat on a quiet river"
EXAMPLE = Path(__file__).parents[1] / "forms" / "example.md"
Key = Qt.Key


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    notebook = Notebook.create(tmp_path / "data", WORDS, "Notes", Cost())
    fill_for_me(notebook.store, "en", TODAY, "UTC")
    notebook.close()
    Local(language="en", theme="light").write(tmp_path / "data")
    return tmp_path / "data"


Opened = Callable[[], Program]


@pytest.fixture
def opened(data_dir: Path, start_program: StartProgram) -> Opened:
    def start() -> Program:
        program = start_program(data_dir)
        (folder,) = data_dir.glob("store-*")
        program.enter_notebook(Notebook.open(folder, WORDS))
        return program

    return start


def press(window: QWidget, key: Qt.Key = Key.Key_F12) -> None:
    """As the system does: the window gets the key, and hands it on."""
    handle = window.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, key)


def plan_of(program: Program) -> PlanPage:
    assert program.shell is not None
    program.shell.go("plan")
    page = program.shell.page("plan")
    assert isinstance(page, PlanPage)
    page.begin()
    page.new.words.paper.setFocus()
    return page


def settings_of(program: Program) -> SettingsPage:
    assert program.shell is not None
    program.shell.go("settings")
    page = program.shell.page("settings")
    assert isinstance(page, SettingsPage)
    return page


def drafts_in(data_dir: Path) -> list[str]:
    (folder,) = data_dir.glob("store-*")
    notebook = Notebook.open(folder, WORDS)
    found = [each.value["words"] for each in notebook.store.drafts() if each.page == "plan"]
    notebook.close()
    return found


# ---------------------------------------------------------------- where


def test_while_something_is_typed(opened: Opened, data_dir: Path) -> None:
    program = opened()
    page = plan_of(program)
    QTest.keyClicks(page.new.words.paper, "Sleep somewh")
    session = program.session
    assert session is not None
    QTest.keyClick(program.window.windowHandle(), Key.Key_F11)
    assert program.window.isVisible(), "another key does nothing"
    press(program.window)
    assert not program.window.isVisible()
    assert not session.store.is_open
    assert drafts_in(data_dir) == ["Sleep somewh"]


def _ask(program: Program) -> None:
    assert program.shell is not None
    program.shell.ask(ChangePassphrase(program.window, program.shell))


def _menu(program: Program) -> None:
    assert program.shell is not None
    program.shell.header.undo_button.click()


def _card(program: Program) -> None:
    ProgressCard(program.window, "Working", can_stop=False).open()


@pytest.mark.parametrize("above", [_ask, _menu, _card], ids=["dialog", "menu", "card"])
def test_above_a_page(above: Callable[[Program], None], opened: Opened) -> None:
    program = opened()
    above(program)
    assert overlay_open(program.window)
    press(program.window)
    assert not [each for each in QApplication.topLevelWindows() if each.isVisible()]


def test_on_the_lock_screen_and_at_the_first_start(data_dir: Path, tmp_path: Path, start_program: StartProgram) -> None:
    for folder in (data_dir, tmp_path / "empty"):
        program = start_program(folder)
        press(program.window)
        assert not program.window.isVisible()
        assert program._relaunch.asked == []  # type: ignore[attr-defined]


def test_in_the_window_of_a_form_that_is_tried(qtbot: QtBot) -> None:
    window = TryWindow(Form.load(EXAMPLE), "f9")
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    press(window)
    assert window.isVisible(), "another key was chosen"
    press(window, Key.Key_F9)
    assert not window.isVisible()
    assert not window.session.store.is_open


@pytest.mark.parametrize("scale", [100, 200])
@pytest.mark.parametrize("size", [(1366, 768), (640, 480)])
def test_the_button_is_on_every_screen_and_says_its_key(
    scale: int, size: tuple[int, int], data_dir: Path, tmp_path: Path, start_program: StartProgram
) -> None:
    for folder in (data_dir, tmp_path / "empty"):
        Local(language="en", theme="light", text_size=scale).write(folder)
        program = start_program(folder)
        program.window.resize(*size)
        QCoreApplication.processEvents()
        if folder == data_dir:
            assert program.lock_screen is not None
            card = program.lock_screen.card
            covered = QRect(card.mapTo(program.lock_screen, QPoint(0, 0)), card.size())
            assert not program.lock_screen.hide_button.geometry().intersects(covered)
        buttons = [each for each in program.window.findChildren(HideButton) if each.isVisible()]
        (button,) = buttons
        assert button.accessibleName() == button.toolTip() == "Hide everything now (F12)"
        assert program.window.rect().contains(button.geometry())
        assert walk(program.window) == []
        assert program.window.always_reachable() == [button]
        button.click()
        assert not program.window.isVisible()


# ---------------------------------------------------------------- which key


def test_another_key_is_chosen_and_known_before_unlocking(opened: Opened, data_dir: Path) -> None:
    program = opened()
    page = settings_of(program)
    page.leaving.key.choose("pause")
    page.leaving.key.changed.emit()
    assert json.loads((data_dir / "local.json").read_text())["leave_key"] == "pause"
    assert program.shell is not None
    assert program.shell.header.hide_button.accessibleName() == "Hide everything now (Pause)"
    press(program.window)
    assert program.window.isVisible()
    press(program.window, Key.Key_Pause)
    assert not program.window.isVisible()
    assert Local.read(data_dir).leave_key == "pause"


def test_every_key_can_be_chosen_types_nothing_and_has_a_name() -> None:
    assert tuple(KEYS) == LEAVE_KEYS
    assert [key_words(each) for each in KEYS] == ["F12", "F9", "F8", "Pause", "Insert"]


@pytest.mark.parametrize("found", ["f1", "", 12, None, ["f12"]])
def test_a_key_that_is_none_is_the_usual_one(found: object, tmp_path: Path) -> None:
    (tmp_path / "local.json").write_text(json.dumps({"leave_key": found}))
    assert Local.read(tmp_path).leave_key == "f12"


# ---------------------------------------------------------------- in which order


def statements_while_shown(program: Program) -> list[str]:
    """What the store is asked for from now on while a window is to be seen."""
    asked: list[str] = []

    def note(statement: str) -> None:
        if any(each.isVisible() for each in QApplication.topLevelWindows()):
            asked.append(statement)

    assert program.session is not None
    program.session.store._raw.set_trace_callback(note)
    return asked


def test_nothing_is_saved_before_the_windows_are_gone(opened: Opened) -> None:
    program = opened()
    field = settings_of(program).typed.name_field
    field.setFocus()
    QTest.keyClicks(field, " Maria")
    typed = field.text()
    asked = statements_while_shown(program)
    session = program.session
    assert session is not None
    kept: list[str] = []
    session.on_change(lambda _changed: kept.append(session.setting("my_name")))
    press(program.window)
    assert kept[-1] == typed, "leaving the field saved it"
    assert asked == []


def test_a_field_that_hears_it_too_soon_would_be_seen(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sight._HeldBack, "eventFilter", lambda *_: False)
    program = opened()
    field = settings_of(program).typed.name_field
    field.setFocus()
    QTest.keyClicks(field, " Maria")
    asked = statements_while_shown(program)
    press(program.window)
    assert asked


# ---------------------------------------------------------------- what is kept, what is said


@pytest.mark.parametrize("where", ["area", "field"])
def test_a_word_that_an_input_method_had_not_finished_is_kept(where: str, opened: Opened, data_dir: Path) -> None:
    program = opened()
    field: QWidget
    if where == "area":
        field = plan_of(program).new.words.paper
    else:
        field = settings_of(program).typed.name_field
        field.clear()
        field.setFocus()
    QTest.keyClicks(field, "Ho")
    QCoreApplication.sendEvent(field, QInputMethodEvent("la", []))
    session = program.session
    assert session is not None
    names: list[str] = []
    session.on_change(lambda _changed: names.append(session.setting("my_name")))
    press(program.window)
    assert (drafts_in(data_dir) if where == "area" else names[-1:]) == ["Hola"]


def test_a_screen_reader_is_told_nothing_any_more(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []

    class Reader(QAccessible):
        isActive = staticmethod(lambda: True)  # noqa: N815 - Qt's name
        updateAccessibility = staticmethod(told.append)  # noqa: N815 - Qt's name

    monkeypatch.setattr(QtGui, "QAccessible", Reader)
    program = opened()
    del told[:]
    announce(program.window, "Somebody can hear this")
    assert len(told) == 1
    press(program.window)
    del told[:]
    announce(program.window, "Nobody is to hear this")
    assert told == []
