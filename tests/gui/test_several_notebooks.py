"""Several notebooks side by side: the quiet way to one more, their labels, and the order in which they are offered."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.app import Program
from planner.keys import Cost
from planner.session import Mode
from planner.store.folders import find_stores
from planner.store.local import Local
from planner.store.notebooks import Notebook
from planner.ui.a11y import walk
from planner.ui.first_start.first_start import FirstStart
from planner.ui.first_start.route import Stop
from planner.ui.first_start.stops import Label, Name, Passphrase, Spare, Who
from planner.ui.labels import MOST_LETTERS, clean_label, is_taken, labelled, new_label, tells
from planner.ui.pages.settings import SettingsPage
from planner.words import in_language
from tests.gui.crawling import can_be_read
from tests.gui.programs import StartProgram, said, tree, type_into
from tests.gui.test_first_start import press, tab_to
from tests.gui.test_lock_screen import WORDS, made, screen_of

STRONG = "copper lanterns over the old harbor wall"
Key = Qt.Key


def first_start(program: Program) -> FirstStart:
    assert program.first_start is not None
    return program.first_start


def to_another(program: Program) -> FirstStart:
    """From the lock screen, by keyboard alone."""
    press(program, "Make another notebook")
    return first_start(program)


def unlock(qtbot: QtBot, program: Program, secret: str) -> None:
    screen = screen_of(program)
    type_into(screen.secret, secret)
    QTest.keyClick(screen.secret.field, Key.Key_Return)
    qtbot.waitUntil(lambda: program.session is not None, timeout=20_000)


def choose(program: Program, words: str, downs: int) -> None:
    tab_to(program, words)
    for _each in range(downs):
        QTest.keyClick(QApplication.focusWidget() or program.window, Key.Key_Down)


def choose_passphrase(qtbot: QtBot, program: Program) -> None:
    """The last thing asked for before the notebook is made."""
    view = first_start(program).view
    assert isinstance(view, Passphrase)
    type_into(view.new.first, STRONG)
    type_into(view.new.second, STRONG)
    press(program, "Make the notebook")
    qtbot.waitUntil(lambda: isinstance(first_start(program).view, Spare), timeout=20_000)


def make_another(qtbot: QtBot, program: Program, *, downs: int = 0) -> None:
    """Walk the whole way; ``downs`` below "For me" is what it is for."""
    to_another(program)
    choose(program, "For me", downs)
    press(program, "Next")
    press(program, "Next")
    press(program, "Next")
    choose_passphrase(qtbot, program)
    press(program, "Not now")
    qtbot.waitUntil(lambda: program.session is not None)


# ---------------------------------------------------------------- one more


def test_nothing_is_written_before_the_passphrase_and_back_leads_to_the_lock_screen(
    qtbot: QtBot, tmp_path: Path, start_program: StartProgram
) -> None:
    made(tmp_path, "Garden")
    before = tree(tmp_path)
    program = start_program(tmp_path)
    start = to_another(program)
    assert program.lock_screen is None
    for stop, kind in ((Stop.WHO, Who), (Stop.LABEL, Label), (Stop.NAME, Name), (Stop.PASSPHRASE, Passphrase)):
        assert (start.stop, type(start.view)) == (stop, kind)
        assert walk(program.window) == []
        if stop is not Stop.PASSPHRASE:
            press(program, "Next")
    assert tree(tmp_path) == before
    for _each in range(4):
        press(program, "Back")
    assert program.first_start is None
    unlock(qtbot, program, WORDS)
    assert tree(tmp_path).keys() >= before.keys()
    assert len(find_stores(tmp_path)) == 1


def test_one_more_is_made_beside_the_others(qtbot: QtBot, tmp_path: Path, start_program: StartProgram) -> None:
    first = made(tmp_path, "")
    program = start_program(tmp_path)
    make_another(qtbot, program, downs=1)
    assert program.session is not None
    assert program.session.mode is Mode.WITH_OTHERS
    assert not program.session.everyday
    stores = find_stores(tmp_path)
    assert {each.label for each in stores} == {"Notebook 1", "Notebook 2"}, "the first keeps the name it had"
    assert next(each.label for each in stores if each.folder == first) == "Notebook 1"
    with closing(Notebook.open(first, WORDS)) as notebook:
        assert notebook.store.get("a") == 1


def test_one_for_every_day_may_begin_filled(qtbot: QtBot, tmp_path: Path, start_program: StartProgram) -> None:
    made(tmp_path, "Garden")
    program = start_program(tmp_path)
    start = to_another(program)
    choose(program, "For me", 2)
    press(program, "Next")
    press(program, "Next")
    assert "Help now" not in said(start), "a line for help is not asked for"
    QTest.keyClick(tab_to(program, "Put some everyday things in to begin with"), Key.Key_Space)
    press(program, "Next")
    choose_passphrase(qtbot, program)
    press(program, "Not now")
    qtbot.waitUntil(lambda: program.session is not None)
    assert program.session is not None
    assert program.session.everyday
    assert program.session.person is not None
    assert len(program.session.appointments(program.session.person.id)) > 5


def test_whoever_leaves_before_the_spare_key_has_it_as_it_was_wanted(
    qtbot: QtBot, tmp_path: Path, start_program: StartProgram
) -> None:
    made(tmp_path, "Garden")
    program = start_program(tmp_path)
    start = to_another(program)
    choose(program, "For me", 2)
    for _each in range(3):
        press(program, "Next")
    choose_passphrase(qtbot, program)
    assert start.notebook is not None
    folder = start.notebook.folder
    start.notebook.close()
    again = Notebook.open(folder, STRONG)
    assert again.store.get("contents") == "everyday"
    again.close()


def test_the_first_of_all_is_not_offered_as_one_for_every_day(tmp_path: Path, start_program: StartProgram) -> None:
    program = start_program(tmp_path)
    press(program, "Go on")
    assert "For every day" not in can_be_read(program.window)
    made(tmp_path, "Garden")
    program = start_program(tmp_path)
    to_another(program)
    assert "For every day" in can_be_read(program.window)


# ---------------------------------------------------------------- labels


def test_a_name_that_is_taken_is_refused_and_one_that_tells_is_asked_about(
    tmp_path: Path, start_program: StartProgram
) -> None:
    made(tmp_path, "Garden")
    start = to_another(start_program(tmp_path))
    start.show_stop(Stop.LABEL)
    view = start.view
    assert isinstance(view, Label)
    assert view.label.text() == "Notebook 2"
    view.label.setText("  garden ")
    assert not view.take(start.answers)
    assert "Choose a different one" in said(start)
    view.label.setText("My secret things")
    assert not view.take(start.answers)
    assert "may tell something" in said(start)
    assert view.take(start.answers), "asked about once, not refused"
    assert start.answers.label == "My secret things"


@pytest.mark.parametrize(
    ("label", "telling"),
    [("Garden", False), ("Lists 2026", False), ("Plan B", False), ("Secret", True), ("SHELTER.", True), ("", False)],
)
def test_words_that_tell(label: str, telling: bool) -> None:
    assert tells(label) is telling


def test_words_that_tell_in_spanish() -> None:
    with in_language("es"):
        assert tells("Mi abogada")
        assert tells("Refugio")
        assert not tells("Jardín")


def test_labels_are_clean_free_and_in_order(tmp_path: Path) -> None:
    assert clean_label("  a \n b\t c ") == "a b c"
    assert len(clean_label("x" * 200)) == MOST_LETTERS
    assert is_taken("garden", ["Garden"])
    assert new_label(["Notebook 2", "x"]) == "Notebook 3"
    for label in ("lists", "Garden", "", ""):
        made(tmp_path, label)
    assert [each.label for each in labelled(find_stores(tmp_path))] == ["Garden", "lists", "Notebook 1", "Notebook 2"]


def test_they_are_offered_in_the_order_of_their_labels_and_not_by_use(
    qtbot: QtBot, tmp_path: Path, start_program: StartProgram
) -> None:
    for label in ("Lists", "Garden", "apples"):
        made(tmp_path, label)
    program = start_program(tmp_path)
    screen = screen_of(program)
    assert screen.picker is not None
    assert [words for _value, words in screen.picker._items] == ["apples", "Garden", "Lists"]
    screen.picker.choose(next(value for value, words in screen.picker._items if words == "Lists"))
    before = Local.read(tmp_path)
    unlock(qtbot, program, WORDS)
    assert Local.read(tmp_path) == before, "which one was open stays unknown outside"
    again = start_program(tmp_path)
    assert screen_of(again).chosen.label == "apples"


def test_in_large_text_the_choice_and_open_are_in_sight_together(tmp_path: Path, start_program: StartProgram) -> None:
    for label in ("Garden", "Kitchen"):
        made(tmp_path, label)
    program = start_program(tmp_path)
    program.change_look("text_size", 200)
    program.window.resize(1366, 768)
    QApplication.processEvents()
    screen = screen_of(program)
    assert screen.picker is not None
    for each in (screen.picker, screen.secret, screen.open_button):
        assert each.visibleRegion().boundingRect() == each.rect()


def test_mine_is_renamed_in_settings_alone(qtbot: QtBot, tmp_path: Path, start_program: StartProgram) -> None:
    for label in ("Garden", "Lists"):
        made(tmp_path, label)
    program = start_program(tmp_path)
    unlock(qtbot, program, WORDS)
    assert program.shell is not None
    program.shell.go("settings")
    page = program.shell.page("settings")
    assert isinstance(page, SettingsPage)
    field, row = page.label.label, page.label.row
    assert field.text() == "Garden"

    def rename(words: str) -> list[str]:
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, words)
        QTest.keyClick(field, Key.Key_Return)
        return [each.label for each in find_stores(tmp_path)]

    assert rename("lists") == ["Garden", "Lists"]
    assert row.asking(), "another one is called like that"
    assert rename("Kitchen") == ["Kitchen", "Lists"]
    assert not row.asking()
    assert rename("Safety") == ["Lists", "Safety"], "gently asked about, not refused"
    assert row.asking()
    program.change_look("text_size", 115)
    assert [each.label for each in find_stores(tmp_path)] == ["Lists", "Safety"]


def test_no_word_tells_whose_they_are(qtbot: QtBot, tmp_path: Path, start_program: StartProgram) -> None:
    """The lock screen is the same whether two belong to one person or to two."""
    shown = []
    for number, secrets in enumerate(((WORDS, WORDS), (WORDS, STRONG))):
        data_dir = tmp_path / str(number)
        for label, secret in zip(("Garden", "Lists"), secrets, strict=True):
            Notebook.create(data_dir, secret, label, Cost()).close()
        screen = screen_of(start_program(data_dir))
        shown.append((said(screen), [words for _value, words in screen.picker._items] if screen.picker else []))
    assert shown[0] == shown[1]
    assert "Garden" in shown[0][1]
