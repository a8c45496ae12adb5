"""Titles of all pages, names of what is saved and printed, another name and picture, reminders: none of them tells."""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImageReader
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from planner.exchange.paper import spare_key_pdf
from planner.keys import Cost
from planner.plan.records import Appointment
from planner.session import Mode, Session
from planner.store.local import MARKS, Local
from planner.store.notebooks import Notebook
from planner.ui import reminders
from planner.ui.called import PROPOSED, called
from planner.ui.kit.dialogs import Dialog
from planner.ui.kit.text import Text
from planner.ui.navigation import PAGES
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.settings import SettingsPage
from planner.ui.paper.pdf_pages import PdfPages
from planner.ui.paper.place import ChoosePlace
from planner.ui.paper.printer import make_printer, print_pages
from planner.ui.window import Window
from planner.ui.work import Progress
from planner.words import LANGUAGES, in_language
from planner.words import _ as translated
from tests.gui.notebooks import NOON
from tests.telling import telling_in

ROOT = Path(__file__).resolve().parents[2]
Open = Callable[..., Session]
Show = Callable[..., OpenNotebook]


def titles() -> set[str]:
    """What the titles of all windows of this process say."""
    return {each.windowTitle() for each in QApplication.topLevelWidgets() if each.isVisible()} | {
        each.title() for each in QApplication.topLevelWindows() if each.isVisible()
    }


# ---------------------------------------------------------------- titles


@pytest.mark.parametrize("what", ["me", "others"])
def test_every_page_has_the_same_title(what: str, open_session: Open, show_notebook: Show) -> None:
    notebook = show_notebook(open_session(what), "today")
    assert "Planner" in titles()
    for name in PAGES:
        notebook.go(name)
        QApplication.processEvents()
        assert titles() <= {"Planner", ""}, name


def test_a_dialog_is_no_window_and_a_loud_title_would_be_seen(qtbot: QtBot) -> None:
    window = Window()
    qtbot.addWidget(window)
    window.show()
    dialog = Dialog(window, "How the shelter helps")
    dialog.open()
    assert not dialog.isWindow()
    assert titles() <= {"Planner", ""}
    loud = QWidget()
    qtbot.addWidget(loud)
    loud.setWindowTitle(dialog.title.text())
    loud.show()
    assert telling_in(" ".join(titles()))


def test_only_the_window_sets_a_title() -> None:
    def sets(tree: ast.AST) -> bool:
        asked = ("setWindowTitle", "setWindowIconText", "setTitle", "setWindowFilePath", "setApplicationDisplayName")
        return any(isinstance(node, ast.Attribute) and node.attr in asked for node in ast.walk(tree))

    assert sets(ast.parse("w.setWindowTitle('x')"))
    found = {path.name for path in (ROOT / "planner").rglob("*.py") if sets(ast.parse(path.read_text("utf-8")))}
    assert found == {"window.py"}


# ---------------------------------------------------------------- what is saved and printed


def test_a_file_that_is_saved_is_called_document(qtbot: QtBot) -> None:
    """Every way to save asks here, and none proposes a name of its own."""
    window = Window()
    qtbot.addWidget(window)
    place = ChoosePlace(window, lambda path: None)
    assert place.file_name.text() == "Document"
    assert telling_in(ChoosePlace(window, lambda path: None, name="My shelter").file_name.text())
    calls = [
        node
        for path in (ROOT / "planner" / "ui").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "ChoosePlace"
    ]
    assert len(calls) >= 4
    assert [each for call in calls for each in call.keywords if each.arg == "name"] == []


@pytest.mark.parametrize(("chosen", "job"), [("", "Document"), ("Recipes", "Recipes")])
def test_a_printer_is_told_a_name_that_says_nothing(chosen: str, job: str, tmp_path: Path, qapp: object) -> None:
    called.become(chosen, MARKS[0])
    printer = make_printer("")
    printer.setDocName("What the shelter gave me")
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    assert telling_in(printer.docName())
    print_pages(printer, PdfPages(spare_key_pdf("ABCDE-FGHJK")), Progress(lambda _done, _of: None))
    assert (printer.docName(), printer.creator()) == (job, "")


def test_a_pdf_says_nothing_of_itself(tmp_path: Path) -> None:
    def about(data: Path) -> str:
        with pikepdf.open(data) as pdf:
            return f"{dict(pdf.docinfo)} {pdf.Root.get('/Metadata', pikepdf.Stream(pdf, b'')).read_bytes()!r}"

    ours, loud = tmp_path / "ours.pdf", tmp_path / "loud.pdf"
    ours.write_bytes(spare_key_pdf("ABCDE-FGHJK"))
    with pikepdf.open(ours) as pdf:
        pdf.docinfo["/Title"] = "Shelter"
        pdf.save(loud)
    assert telling_in(about(loud))
    assert telling_in(about(ours)) == []
    assert "lanner" not in about(ours)


# ---------------------------------------------------------------- another name


def settings_of(notebook: OpenNotebook) -> SettingsPage:
    page = notebook.page("settings")
    assert isinstance(page, SettingsPage)
    return page


def page_of(notebook: OpenNotebook) -> Any:
    return settings_of(notebook).name_part


def shown(widget: QWidget) -> list[str]:
    return [each.text() for each in widget.findChildren(Text) if each.isVisible()]


@pytest.fixture
def program(start_program: Callable[[Path], Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """The program with a notebook open in it, at its settings; shortcuts would go below ``share``."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    notebook = Notebook.create(tmp_path / "data", "paper boat on a quiet river", "", Cost())
    Session(notebook, clock=lambda: NOON, zone="UTC").set_up(Mode.FOR_ME, "Ana")
    made = start_program(tmp_path / "data")
    made.enter_notebook(notebook)
    made.shell.go("settings")
    settings_of(made.shell).name_fold.button.click()
    return made


def test_it_is_shut_until_it_is_asked_for_or_something_was_chosen(program: Any) -> None:
    fold = settings_of(program.shell).name_fold
    assert fold.is_open()
    fold.button.click()
    assert not page_of(program.shell).names.isVisible()
    program.change_look("theme", "dark")
    assert not settings_of(program.shell).name_fold.is_open()
    program.change_look("mark", "leaf")
    assert page_of(program.shell).names.isVisible()
    program.change_look("mark", MARKS[0])
    program.shell.go("settings", at="called")
    assert page_of(program.shell).names.isVisible()


def test_a_name_and_a_picture_are_in_use_at_once_and_kept(program: Any) -> None:
    before = program.window.windowIcon().pixmap(64).toImage()
    part = page_of(program.shell)
    part.names.choose("Recipes")
    part.names.changed.emit()
    assert titles() <= {"Recipes", ""}
    assert "Recipes" in shown(program.window)
    assert "Planner" not in shown(program.window)
    part = page_of(program.shell)
    pot = next(each for each in part.marks if each.picture == "pot")
    pot.setFocus()
    QTest.keyClick(pot, Qt.Key.Key_Return)
    assert program.window.windowIcon().pixmap(64).toImage() != before
    kept = Local.read(program.data_dir)
    assert (kept.called, kept.mark, kept.shortcut) == ("Recipes", "pot", "")
    focused = QApplication.focusWidget()
    assert getattr(focused, "picture", "") == "pot"
    part = page_of(program.shell)
    part.names.choose("usual")
    part.names.changed.emit()
    assert titles() <= {"Planner", ""}


def test_her_own_words_are_the_heading_of_the_lock_screen(program: Any) -> None:
    part = page_of(program.shell)
    part.names.choose("own")
    part.names.changed.emit()
    assert part.own.isVisible()
    QTest.keyClicks(part.own, "Garden  year")
    part.names.setFocus()
    assert Local.read(program.data_dir).called == "", "a field that is only left builds no window anew"
    part.use_button.click()
    assert Local.read(program.data_dir).called == "Garden year"
    program._put_away()
    program.show_outside()
    assert "Garden year" in shown(program.window)
    assert titles() <= {"Garden year", ""}


def test_a_name_that_may_tell_is_kept_and_that_is_said(program: Any) -> None:
    program.change_look("called", "My safety")
    part = page_of(program.shell)
    assert part.own_row.asking()
    program.change_look("called", "My garden")
    assert not page_of(program.shell).own_row.asking()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_that_is_proposed_tells(language: str) -> None:
    with in_language(language):
        names = [translated(name) for name in PROPOSED]
    assert len(set(names)) == len(PROPOSED) >= 5
    assert [name for name in names if telling_in(name)] == []


def test_a_shortcut_is_made_only_when_asked_for_follows_the_name_and_goes(program: Any, tmp_path: Path) -> None:
    part = page_of(program.shell)
    assert not (tmp_path / "share").exists()
    assert "stays on this device" in part.about.text(), "the notebook of the test lies in no usual place"
    part.put_button.click()
    folder = tmp_path / "share" / "applications"
    assert sorted(each.name for each in folder.iterdir()) == ["planner.desktop", "planner.png"]
    assert Local.read(program.data_dir).shortcut == "planner.desktop"
    part.names.choose("Budget")
    part.names.changed.emit()
    assert sorted(each.name for each in folder.iterdir()) == ["budget.desktop", "budget.png"]
    text = (folder / "budget.desktop").read_text("utf-8")
    assert "Name=Budget\n" in text
    assert telling_in(text.replace(str(tmp_path), "")) == []
    reader = QImageReader(str(folder / "budget.png"))
    assert (reader.size().width(), reader.textKeys()) == (256, [])
    part = page_of(program.shell)
    assert "budget.desktop" in part.about.text()
    part.remove_button.click()
    assert not folder.exists()
    assert Local.read(program.data_dir).shortcut == ""
    assert part.put_button.isVisible()
    assert not part.remove_button.isVisible()


def test_one_that_was_thrown_away_by_hand_is_offered_again(program: Any, tmp_path: Path) -> None:
    program.change_look("shortcut", "notes.desktop")
    settings_of(program.shell).name_fold.set_open(True)
    part = page_of(program.shell)
    part._tell()
    assert part.put_button.isVisible()
    assert not part.remove_button.isVisible()


def test_every_picture_is_another_one(qtbot: QtBot) -> None:
    from planner.ui.window import mark_picture

    def drawn(picture: str) -> bytes:
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        mark_picture(32, picture).save(buffer, "PNG")
        return bytes(data.data())

    assert len({drawn(picture) for picture in MARKS}) == len(MARKS) == 7


# ---------------------------------------------------------------- reminders


def test_a_reminder_says_her_words_or_a_sentence_that_tells_nothing(open_session: Open) -> None:
    session = open_session("empty")
    assert session.setting("reminders") is False
    assert session.person is not None
    starts = session.clock() + timedelta(minutes=10)
    with session.edit(session.person.id, "a date") as edit:
        edit.add(
            Appointment(
                title="Talk to the advocate",
                starts=starts.strftime("%Y-%m-%dT%H:%M"),
                zone="UTC",
                place="The shelter",
                remind_minutes=60,
            )
        )
    heard: list[str] = []
    watcher = reminders.Watcher(session)
    watcher.due.connect(heard.append)
    watcher.look()
    assert heard == []
    session.set_setting("reminders", True)
    watcher.look()
    assert heard == ["Look at your calendar."]
    session.set_setting("reminder_words", "Water the plants")
    watcher._shown.clear()
    watcher.look()
    watcher.stop()
    assert heard == ["Look at your calendar.", "Water the plants"]
    assert telling_in("Talk to the advocate")
    assert [words for words in heard if telling_in(words)] == []
