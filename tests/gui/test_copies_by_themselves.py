"""Safety copies that are made by themselves, the reminder of the second device, and the way from the settings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from planner.keys import Cost
from planner.sample import fill_for_me
from planner.store.backups import list_backups
from planner.store.backups_errors import NoRoomForBackup
from planner.store.local import Local
from planner.store.notebooks import Notebook
from planner.ui.a11y import walk
from planner.ui.automatic_copies import AutomaticCopies
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.copies_line import CopyLine
from planner.ui.pages.settings import SettingsPage
from tests.gui.copies_desk import LONG, Open, Show, idle, page_of
from tests.gui.notebooks import NOON, PASSPHRASE, TODAY
from tests.gui.programs import StartProgram, dialog_on, said, type_into

# ---------------------------------------------------------------- the reminder


def line_on(notebook: OpenNotebook) -> CopyLine:
    notebook.go("today")
    return notebook.page("today").findChildren(CopyLine)[0]


def test_the_reminder_is_off_speaks_her_words_and_waits_when_she_says_so(
    open_session: Open, show_notebook: Show
) -> None:
    session = open_session("me")
    notebook = show_notebook(session, "copies")
    reminder = page_of(notebook).reminder
    assert not reminder.tick.isChecked()
    assert not line_on(notebook).isVisible()
    notebook.go("copies")
    reminder.tick.click()
    assert session.setting("second_copy_days") == 14
    type_into(reminder.words_field, "Water the plants")
    assert not line_on(notebook).isVisible(), "two weeks from now"
    assert session.setting("second_copy_words") == "Water the plants"
    session.clock = lambda: NOON + timedelta(days=14)
    line = line_on(notebook)
    assert line.isVisible()
    assert line.words.text() == "Water the plants"
    assert walk(notebook.window()) == []
    line.later.click()
    assert not line.isVisible()
    session.clock = lambda: NOON + timedelta(days=20)
    assert not line_on(notebook).isVisible()
    session.clock = lambda: NOON + timedelta(days=21)
    assert line_on(notebook).isVisible()
    line.look.click()
    assert notebook.current == "copies"
    session.set_setting("second_copy_made", (TODAY + timedelta(days=21)).isoformat())
    assert not line_on(notebook).isVisible()
    notebook.go("copies")
    reminder.picker.choose("30")
    reminder.picker.changed.emit()
    assert session.setting("second_copy_days") == 30
    reminder.tick.click()
    session.clock = lambda: NOON + timedelta(days=300)
    assert not line_on(notebook).isVisible()


# ---------------------------------------------------------------- by themselves


def written(data_dir: Path) -> Path:
    notebook = Notebook.create(data_dir, PASSPHRASE, "Notes", Cost())
    fill_for_me(notebook.store, "en", TODAY, "UTC")
    notebook.close()
    Local(language="en", theme="light").write(data_dir)
    return notebook.folder


def test_the_copy_of_the_day_is_made_in_a_quiet_moment_without_a_word(
    tmp_path: Path, start_program: StartProgram, qtbot: QtBot
) -> None:
    folder = written(tmp_path)
    program = start_program(tmp_path)
    program.enter_notebook(Notebook.open(folder, PASSPHRASE))
    assert list_backups(folder) == []
    program._settle()
    qtbot.waitUntil(lambda: len(list_backups(folder)) == 1, timeout=LONG)
    idle(qtbot)
    program._settle()
    idle(qtbot)
    assert len(list_backups(folder)) == 1, "nothing changed since"


def test_it_is_never_made_while_other_work_goes_on(tmp_path: Path, start_program: StartProgram, qtbot: QtBot) -> None:
    folder = written(tmp_path)
    program = start_program(tmp_path)
    program.enter_notebook(Notebook.open(folder, PASSPHRASE))
    assert program.shell is not None
    go_on = Event()
    program.shell.busy("Waiting", lambda _progress: go_on.wait(20), lambda _none: None)
    program._settle()
    go_on.set()
    idle(qtbot)
    assert list_backups(folder) == []
    assert program._quiet.isActive(), "it is looked again later"


def test_it_gives_way_to_what_she_does_and_is_made_later(
    tmp_path: Path, start_program: StartProgram, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = written(tmp_path)
    program = start_program(tmp_path)
    program.enter_notebook(Notebook.open(folder, PASSPHRASE))
    assert program.shell is not None
    assert program.session is not None
    begun = Event()

    def endless(step: Callable[[int, int], None]) -> None:
        while True:
            begun.set()
            step(0, 0)

    with monkeypatch.context() as patch:
        patch.setattr(program.session.backups, "make", endless)
        program._settle()
        assert begun.wait(20)
        program._quiet.stop()
        program.shell.busy("Adding", lambda _progress: 1, lambda _one: None)
        idle(qtbot)
    assert program._quiet.isActive()
    program._settle()
    qtbot.waitUntil(lambda: len(list_backups(folder)) == 1, timeout=LONG)
    idle(qtbot)


def test_trouble_is_told_on_its_page_and_on_today_and_not_tried_again_at_once(
    open_session: Open, show_notebook: Show, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = open_session("me")
    notebook = show_notebook(session, "today")
    tries: list[int] = []

    def full(*_any: object) -> None:
        tries.append(1)
        raise NoRoomForBackup

    copies = AutomaticCopies(notebook.window(), session)
    with monkeypatch.context() as patch:
        patch.setattr(session.backups, "make", full)
        patch.setattr(session.backups, "due", lambda: True)
        for _ in range(3):
            copies.look()
            idle(qtbot)
        assert len(tries) == 1
        assert line_on(notebook).isVisible()
        assert "Today’s safety copy could not be made yet." in said(line_on(notebook))
        assert not line_on(notebook).later.isVisible()
        notebook.go("copies")
        assert NoRoomForBackup().sentence in said(page_of(notebook).trouble)
        assert walk(notebook.window()) == []
        session.clock = lambda: NOON + timedelta(hours=1)
        copies.look()
        idle(qtbot)
        assert len(tries) == 2
    session.clock = lambda: NOON + timedelta(hours=3)
    copies.look()
    qtbot.waitUntil(lambda: session.backups.list() != [], timeout=LONG)
    idle(qtbot)
    assert not page_of(notebook).trouble.isVisible()
    assert not line_on(notebook).isVisible()


# ---------------------------------------------------------------- from the settings


def settings_of(notebook: OpenNotebook) -> SettingsPage:
    page = notebook.page("settings")
    assert isinstance(page, SettingsPage)
    return page


def test_the_settings_lead_there(open_session: Open, show_notebook: Show) -> None:
    notebook = show_notebook(open_session("me"), "settings")
    settings_of(notebook).safety.copies_row.pressed_row.emit()
    assert notebook.current == "copies"


def test_a_search_that_does_not_fit_is_built_again_by_a_button(
    open_session: Open, show_notebook: Show, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = open_session("me")
    assert session.person is not None
    goal = session.goals(session.person.id)[0]
    session.store._raw.execute("DELETE FROM search WHERE rowid IN (SELECT rowid FROM search LIMIT 3)")
    session.store.drop_rows(session.person.id, [goal.id])
    monkeypatch.setattr(
        session.store,
        "_check_search",
        lambda: "The search does not fit the notebook. It can be built again without any loss.",
    )
    notebook = show_notebook(session, "settings")
    assert goal.id not in {each.id for each in session.goals(session.person.id)}
    settings_of(notebook).safety.check()
    qtbot.waitUntil(lambda: _dialog_says(notebook, "It can be built again"), timeout=LONG)
    monkeypatch.undo()
    QTest.keyClick(dialog_on(notebook.window()), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "The search is built again." in said(notebook.toast), timeout=LONG)
    assert goal.id in {each.id for each in session.goals(session.person.id)}
    assert session.store.verify() == []


def _dialog_says(notebook: OpenNotebook, words: str) -> bool:
    from planner.ui.kit.dialogs import Dialog

    return any(words in said(each) for each in notebook.window().findChildren(Dialog) if each.isVisible())
