"""The first start: by keyboard alone, nothing on the disk before the passphrase, and a way out that leaves nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from planner.app import Program
from planner.keys import SlotKind
from planner.session import Mode
from planner.store.folders import find_stores
from planner.store.local import Local
from planner.store.notebooks import Notebook
from planner.ui.a11y import spoken_name, walk
from planner.ui.first_start.first_start import FirstStart
from planner.ui.first_start.route import Stop
from planner.ui.first_start.stops import Name, Passphrase, Spare, SpareShown, Who
from planner.words import language
from tests.gui.programs import StartProgram, dialog_on, said, tree, type_into

STRONG = "copper lanterns over the old harbor wall"
WEAK = "banana12"
Key = Qt.Key


def first_start(program: Program) -> FirstStart:
    assert program.first_start is not None
    return program.first_start


def tab_to(program: Program, name: str) -> QWidget:
    """Press Tab until the thing of this name has the keyboard."""
    for _number in range(40):
        focus = QApplication.focusWidget()
        if focus is not None and spoken_name(focus) == name:
            return focus
        QTest.keyClick(focus or program.window, Key.Key_Tab)
    raise AssertionError(f"Tab never came to {name!r}")


def press(program: Program, name: str) -> None:
    """Tab to a button and press Enter."""
    QTest.keyClick(tab_to(program, name), Key.Key_Return)


def write(program: Program, name: str, words: str) -> None:
    """Tab to a field and type."""
    QTest.keyClicks(tab_to(program, name), words)


def to_passphrase(program: Program, *, with_others: bool = False) -> Passphrase:
    """Walk to the passphrase by keyboard alone."""
    press(program, "Go on")
    if with_others:
        QTest.keyClick(tab_to(program, "For me"), Key.Key_Down)
    press(program, "Next")
    press(program, "Next")
    view = first_start(program).view
    assert isinstance(view, Passphrase)
    return view


def at(program: Program, stop: Stop) -> bool:
    return program.first_start is not None and program.first_start.stop is stop


# ---------------------------------------------------------------- the whole way


def test_every_stop_by_keyboard_alone(tmp_path: Path, start_program: StartProgram, qtbot: QtBot) -> None:
    data_dir = tmp_path / "data"
    program = start_program(data_dir)
    assert said(first_start(program)).startswith("Planner\nBefore you begin")
    assert walk(program.window) == []
    press(program, "Go on")
    assert at(program, Stop.WHO)
    assert walk(program.window) == []
    press(program, "Next")
    assert at(program, Stop.NAME)
    assert walk(program.window) == []
    write(program, "What shall we call you here?", "Ana")
    write(program, "Whose number is it?", "Harbor House")
    write(program, "Phone number", "555 010 0199")
    press(program, "Next")
    assert at(program, Stop.PASSPHRASE)
    assert walk(program.window) == []
    write(program, "Passphrase", STRONG)
    write(program, "Once more", STRONG)
    assert tree(tmp_path) == {}
    QTest.keyClick(tab_to(program, "Once more"), Key.Key_Return)
    qtbot.waitUntil(lambda: at(program, Stop.SPARE), timeout=20_000)
    assert walk(program.window) == []
    press(program, "Not now")
    qtbot.waitUntil(lambda: program.session is not None, timeout=20_000)
    session = program.session
    assert session is not None
    assert program.first_start is None
    assert session.mode is Mode.FOR_ME
    assert session.setting("my_name") == "Ana"
    assert (session.setting("shelter_line_name"), session.setting("shelter_line_number")) == (
        "Harbor House",
        "555 010 0199",
    )
    assert session.person is not None
    assert session.person.name == "Ana"
    assert program.shell is not None
    assert program.shell.current == "today"
    assert [each.kind for each in session.notebook.slots()] == [SlotKind.PASSPHRASE]


def test_for_the_people_somebody_works_with(tmp_path: Path, start_program: StartProgram, qtbot: QtBot) -> None:
    program = start_program(tmp_path / "data")
    to_passphrase(program, with_others=True)
    write(program, "Passphrase", STRONG)
    write(program, "Once more", STRONG)
    press(program, "Make the notebook")
    qtbot.waitUntil(lambda: at(program, Stop.SPARE), timeout=20_000)
    press(program, "Not now")
    qtbot.waitUntil(lambda: program.session is not None, timeout=20_000)
    assert program.session is not None
    assert program.session.mode is Mode.WITH_OTHERS
    assert program.session.people() == []


# ---------------------------------------------------------------- nothing is kept before


def test_nothing_is_on_the_disk_before_the_passphrase(
    tmp_path: Path, start_program: StartProgram, qtbot: QtBot
) -> None:
    home = Path.home()
    before, at_home = tree(tmp_path), tree(home)
    program = start_program(tmp_path / "data")
    first_start(program).look_changed.emit("theme", "dark")
    first_start(program).look_changed.emit("text_size", 115)
    view = to_passphrase(program)
    type_into(view.new.first, STRONG)
    view.new.make_one()
    type_into(view.new.first, STRONG)
    view.new.second.clear()
    type_into(view.new.second, STRONG)
    assert tree(tmp_path) == before
    assert tree(home) == at_home
    press(program, "Make the notebook")
    qtbot.waitUntil(lambda: at(program, Stop.SPARE), timeout=20_000)
    assert tree(tmp_path) != before
    assert len(find_stores(tmp_path / "data")) == 1


@pytest.mark.parametrize("stop", [Stop.BEFORE, Stop.WHO, Stop.NAME, Stop.PASSPHRASE])
def test_leaving_at_any_stop_leaves_nothing(tmp_path: Path, start_program: StartProgram, stop: Stop) -> None:
    before, at_home = tree(tmp_path), tree(Path.home())
    program = start_program(tmp_path / "data")
    start = first_start(program)
    start.show_stop(stop)
    if stop is Stop.BEFORE:
        left: list[bool] = []
        start.left.disconnect()
        start.left.connect(lambda: left.append(True))
        press(program, "Leave now")
        assert left == [True]
    else:
        program.window.close()
    program._put_away()
    assert tree(tmp_path) == before
    assert tree(Path.home()) == at_home


# ---------------------------------------------------------------- the passphrase


def test_a_weak_passphrase_is_taken_only_after_the_warning(
    tmp_path: Path, start_program: StartProgram, qtbot: QtBot
) -> None:
    program = start_program(tmp_path / "data")
    view = to_passphrase(program)
    type_into(view.new.first, WEAK)
    type_into(view.new.second, WEAK)
    press(program, "Make the notebook")
    dialog = dialog_on(program.window)
    assert "easy to guess" in said(dialog)
    assert walk(program.window) == []
    press(program, "Choose another")
    assert at(program, Stop.PASSPHRASE)
    assert tree(tmp_path) == {}
    assert view.new.first.text() == WEAK
    press(program, "Make the notebook")
    press(program, "Use it all the same")
    qtbot.waitUntil(lambda: at(program, Stop.SPARE), timeout=20_000)
    Notebook.check(_notebook(program), WEAK)


def test_accepting_one_weak_passphrase_does_not_accept_the_next(tmp_path: Path, start_program: StartProgram) -> None:
    program = start_program(tmp_path / "data")
    view = to_passphrase(program)
    type_into(view.new.first, WEAK)
    view.new.accepted_weak = True
    view.new.first.clear()
    type_into(view.new.first, "apple123")
    assert view.new.needs_warning()


def test_two_that_differ_are_said_gently_and_stay(tmp_path: Path, start_program: StartProgram) -> None:
    program = start_program(tmp_path / "data")
    view = to_passphrase(program)
    press(program, "Make the notebook")
    assert "Type a passphrase first." in said(view)
    type_into(view.new.first, STRONG)
    type_into(view.new.second, "copper lantern")
    press(program, "Make the notebook")
    assert "The two are not the same yet. Type it once more." in said(view)
    assert view.new.first.text() == STRONG
    assert tree(tmp_path) == {}


def test_strength_stands_in_words_while_it_is_typed(tmp_path: Path, start_program: StartProgram) -> None:
    view = to_passphrase(start_program(tmp_path / "data"))
    type_into(view.new.first, "abc")
    weak = said(view)
    view.new.first.clear()
    type_into(view.new.first, STRONG)
    assert "This is among the first that someone would try." in weak
    assert "This is very good." in said(view)


def test_five_words_are_made_and_typed_by_hand(tmp_path: Path, start_program: StartProgram, qtbot: QtBot) -> None:
    program = start_program(tmp_path / "data")
    view = to_passphrase(program)
    press(program, "Make one for me")
    words = view.new.made.text()
    assert len(words.split()) == 5
    assert view.new.first.text() == ""
    assert view.new.first.field.hasFocus()
    type_into(view.new.first, words)
    type_into(view.new.second, words)
    press(program, "Make the notebook")
    qtbot.waitUntil(lambda: at(program, Stop.SPARE), timeout=20_000)
    _notebook(program).check(words)


# ---------------------------------------------------------------- the spare key


def test_the_spare_key_is_shown_once_and_opens_the_notebook(
    tmp_path: Path, start_program: StartProgram, qtbot: QtBot
) -> None:
    program = start_program(tmp_path / "data")
    view = to_passphrase(program)
    type_into(view.new.first, STRONG)
    type_into(view.new.second, STRONG)
    press(program, "Make the notebook")
    qtbot.waitUntil(lambda: at(program, Stop.SPARE), timeout=20_000)
    assert isinstance(first_start(program).view, Spare)
    assert "Who could find it?" in said(first_start(program))
    press(program, "Make a spare key")
    qtbot.waitUntil(lambda: at(program, Stop.SPARE_SHOWN), timeout=20_000)
    spare = first_start(program)._spare_key
    shown = first_start(program).view
    assert isinstance(shown, SpareShown)
    assert "".join(said(shown.key).split()) == spare
    assert walk(program.window) == []
    asked: list[str] = []
    first_start(program).print_spare_key.disconnect()
    first_start(program).print_spare_key.connect(asked.append)
    press(program, "Print it")
    assert asked == [spare]
    press(program, "I have it on paper")
    qtbot.waitUntil(lambda: program.session is not None, timeout=20_000)
    assert program.session is not None
    program.session.check_secret(spare)


# ---------------------------------------------------------------- another language on the way


def test_another_language_in_the_middle_keeps_what_was_said(tmp_path: Path, start_program: StartProgram) -> None:
    program = start_program(tmp_path / "data")
    press(program, "Go on")
    QTest.keyClick(tab_to(program, "For me"), Key.Key_Down)
    QTest.keyClick(tab_to(program, "English"), Key.Key_Down)
    assert language() == "es"
    view = first_start(program).view
    assert isinstance(view, Who)
    assert view.who.values() == (Mode.WITH_OTHERS.value,)
    view.proceed()
    name = first_start(program).view
    assert isinstance(name, Name)
    type_into(name.name, "Ruth")
    type_into(name.line_number, "555 010 0199")
    first_start(program).look_changed.emit("language", "en")
    first_start(program).look_changed.emit("text_size", 150)
    again = first_start(program).view
    assert isinstance(again, Name)
    assert again is not name
    assert (again.name.text(), again.line_number.text()) == ("Ruth", "555 010 0199")
    assert tree(tmp_path) == {}


def test_the_chosen_look_is_kept_once_there_is_a_notebook(
    tmp_path: Path, start_program: StartProgram, qtbot: QtBot
) -> None:
    program = start_program(tmp_path / "data")
    first_start(program).look_changed.emit("theme", "dark")
    view = to_passphrase(program)
    type_into(view.new.first, STRONG)
    type_into(view.new.second, STRONG)
    press(program, "Make the notebook")
    qtbot.waitUntil(lambda: at(program, Stop.SPARE), timeout=20_000)
    press(program, "Not now")
    qtbot.waitUntil(lambda: program.session is not None, timeout=20_000)
    assert Local.read(tmp_path / "data").theme == "dark"


def test_back_leads_to_the_stop_before_until_the_notebook_exists(tmp_path: Path, start_program: StartProgram) -> None:
    program = start_program(tmp_path / "data")
    to_passphrase(program)
    press(program, "Back")
    assert at(program, Stop.NAME)
    press(program, "Back")
    assert at(program, Stop.WHO)


def _notebook(program: Program) -> Notebook:
    found = first_start(program).notebook
    assert found is not None
    return found
