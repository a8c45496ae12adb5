"""Erasing on the screen: never one press, the safe way first, what goes and what stays said before, and a hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.keys import Cost
from planner.session import Mode, Session
from planner.store.backups import Backup
from planner.store.folders import find_stores
from planner.store.notebooks import Notebook
from planner.system.relaunch import RecordedRelaunch
from planner.ui.a11y import walk
from planner.ui.dialogs.erase import EraseDialog, EraseNotebook, ErasePerson, EraseRecord
from planner.ui.dialogs.hold import KeepOrErase
from planner.ui.kit.buttons import Button
from planner.ui.kit.dialogs import Dialog
from planner.ui.kit.text import Chip, Text
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.appointment import AppointmentPage
from planner.ui.pages.everyone import EveryonePage
from planner.ui.pages.people import PeoplePage
from planner.ui.pages.settings import SettingsPage
from planner.words import use_language
from tests.gui.notebooks import PASSPHRASE
from tests.gui.plan_desk import ID_CARD, Opened, press
from tests.gui.programs import StartProgram

OpenSession = Callable[..., Session]
ShowNotebook = Callable[..., OpenNotebook]
HOLD = "If papers from a court or a lawyer have come, do not delete. Call your lawyer."


def dialogs(notebook: OpenNotebook) -> list[Dialog]:
    return [each for each in notebook.window().findChildren(Dialog) if each.isVisible()]


def words(dialog: Dialog) -> list[str]:
    return [each.text() for each in dialog.findChildren(Text) if each.isVisible()]


def asked(opened: Opened) -> EraseDialog:
    opened.open(ID_CARD)
    card = opened.page.card
    card.toggle_details()
    press(card.details.erase_button)
    (dialog,) = dialogs(opened.notebook)
    assert isinstance(dialog, EraseDialog)
    return dialog


def test_a_goal_is_erased_after_a_look_and_two_presses(plan: Callable[..., Opened]) -> None:
    opened = plan()
    count = len(opened.session.goals(opened.person))
    dialog = asked(opened)
    assert isinstance(dialog, EraseRecord)
    said = words(dialog)
    assert f"Erase “{ID_CARD}” for good?" in said
    assert "5 steps" in said
    assert HOLD in said
    assert any(each.startswith("Copies on paper") for each in said)
    assert len(opened.session.goals(opened.person)) == count
    press(dialog.yes)
    assert all(goal.title != ID_CARD for goal in opened.session.goals(opened.person))
    assert len(opened.session.goals(opened.person)) == count - 1
    assert ID_CARD not in opened.lines()
    assert opened.session.undo_words() is None


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Escape])
def test_the_keys_that_come_first_erase_nothing(plan: Callable[..., Opened], key: Qt.Key) -> None:
    opened = plan()
    dialog = asked(opened)
    assert QApplication.focusWidget() is dialog.keep
    QTest.keyClick(dialog.keep, key)
    assert dialogs(opened.notebook) == []
    assert any(goal.title == ID_CARD for goal in opened.session.goals(opened.person))


def test_it_works_by_keyboard_alone(plan: Callable[..., Opened]) -> None:
    opened = plan()
    dialog = asked(opened)
    QTest.keyClick(dialog.keep, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is dialog.yes
    QTest.keyClick(dialog.yes, Qt.Key.Key_Space)
    assert all(goal.title != ID_CARD for goal in opened.session.goals(opened.person))


def test_an_appointment_and_somebody_in_her_life_have_the_same_way(plan: Callable[..., Opened]) -> None:
    opened = plan()
    session, notebook = opened.session, opened.notebook
    visit = session.appointments(opened.person)[0]
    notebook.go("appointment", appointment=visit.id)
    page = notebook.page("appointment")
    assert isinstance(page, AppointmentPage)
    press(page.erase_button)
    (dialog,) = dialogs(notebook)
    assert isinstance(dialog, EraseRecord)
    press(dialog.yes)
    assert session.record(opened.person, visit.id) is None
    assert page.missing.isVisible()
    contact = session.contacts(opened.person, keep_away=False)[0]
    notebook.go("people", contact=contact.id)
    people = notebook.page("people")
    assert isinstance(people, PeoplePage)
    people.edit()
    people.form.erase_button.click()
    QApplication.processEvents()
    (dialog,) = dialogs(notebook)
    assert isinstance(dialog, EraseRecord)
    press(dialog.yes)
    assert session.record(opened.person, contact.id) is None


class Copies:
    """Two safety copies that still hold it."""

    def __init__(self) -> None:
        made = datetime(2026, 3, 11, 12, tzinfo=UTC)
        self.there = [Backup(Path("one"), made, 10), Backup(Path("two"), made, 10)]
        self.done: list[str] = []

    def list(self) -> object:
        return self.there

    def holding(self, person: str, record: str | None, progress: Callable[[int, int], None]) -> object:
        progress(1, 2)
        return self.there

    def prepare(self) -> None:
        self.done.append("prepared")

    def make(self, progress: Callable[[int, int], None]) -> None:
        self.done.append("made")

    def clear(self, backups: object) -> None:
        self.done.append("cleared")


@pytest.mark.parametrize("too", [True, False])
def test_safety_copies_that_hold_it_are_named_and_cleared_only_when_asked(
    plan: Callable[..., Opened], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, too: bool
) -> None:
    copies = Copies()
    monkeypatch.setattr(Session, "backups", copies)
    opened = plan()
    opened.open(ID_CARD)
    opened.page.card.toggle_details()
    press(opened.page.card.details.erase_button)
    qtbot.waitUntil(lambda: bool(dialogs(opened.notebook)))
    (dialog,) = dialogs(opened.notebook)
    assert isinstance(dialog, EraseDialog)
    assert dialog.copies.isVisible()
    assert not dialog.copies.isChecked()
    assert dialog.copies.text() == "Also erase the 2 safety copies that still hold it"
    if too:
        press(dialog.copies)
    press(dialog.yes)
    toast = opened.notebook.toast._words
    wanted = "It is gone from the safety copies here, too." if too else "Erased for good."
    qtbot.waitUntil(lambda: toast.text() == wanted)
    assert copies.done == (["prepared", "made", "cleared"] if too else [])


def test_a_copy_that_made_itself_while_she_was_asked_does_not_keep_it(
    plan: Callable[..., Opened], qtbot: QtBot
) -> None:
    opened = plan()
    session = opened.session
    dialog = asked(opened)
    goal = next(goal for goal in session.goals(opened.person) if goal.title == ID_CARD)
    assert not dialog.account.backups
    session.settle()
    session.backups.make()
    assert len(session.backups.holding(opened.person, goal.id)) == 1
    press(dialog.yes)
    toast = opened.notebook.toast._words
    qtbot.waitUntil(lambda: toast.text() == "It is gone from the safety copies here, too.", timeout=20_000)
    assert session.backups.list()
    assert session.backups.holding(opened.person, goal.id) == []


# ---------------------------------------------------------------- a hold


def test_while_a_hold_is_on_nothing_is_asked_and_what_to_do_is_said(plan: Callable[..., Opened]) -> None:
    opened = plan()
    opened.notebook.go("settings")
    page = opened.notebook.page("settings")
    assert isinstance(page, SettingsPage)
    press(page.erase.hold.tick)
    assert opened.session.erasing.is_held(opened.person)
    assert "March 12" in page.erase.hold.since.text()
    opened.notebook.go("plan")
    opened.open(ID_CARD)
    opened.page.card.toggle_details()
    press(opened.page.card.details.erase_button)
    (dialog,) = dialogs(opened.notebook)
    assert not isinstance(dialog, EraseDialog)
    assert HOLD in words(dialog)
    dialog.reject()
    opened.notebook.go("settings")
    page.erase.ask()
    (dialog,) = dialogs(opened.notebook)
    assert HOLD in words(dialog)


def test_taking_a_hold_off_asks_first_and_the_safe_way_has_the_keyboard(plan: Callable[..., Opened]) -> None:
    opened = plan()
    opened.session.erasing.hold(opened.person)
    opened.notebook.go("settings")
    page = opened.notebook.page("settings")
    assert isinstance(page, SettingsPage)
    assert page.erase.hold.tick.isChecked()
    press(page.erase.hold.tick)
    (dialog,) = dialogs(opened.notebook)
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Space)
    assert opened.session.erasing.is_held(opened.person)
    assert page.erase.hold.tick.isChecked()
    press(page.erase.hold.tick)
    (dialog,) = dialogs(opened.notebook)
    QTest.keyClick(dialog, Qt.Key.Key_Tab)
    off = next(each for each in dialog.stops() if each.accessibleName() == "Turn it off")
    press(off)
    assert not opened.session.erasing.is_held(opened.person)
    assert not page.erase.hold.tick.isChecked()


# ---------------------------------------------------------------- a person, and the notebook


def test_a_worker_erases_somebody_from_their_card(
    open_session: OpenSession, show_notebook: ShowNotebook, qtbot: QtBot
) -> None:
    session = open_session("others")
    person = session.people()[0]
    session.choose(person.id)
    notebook = show_notebook(session, "everyone")
    notebook.ask(KeepOrErase(notebook, notebook, person))
    (first,) = dialogs(notebook)
    assert isinstance(first, KeepOrErase)
    press(first.hold.tick)
    assert session.erasing.is_held(person.id)
    first.erase_row.pressed_row.emit()
    (refused,) = dialogs(notebook)
    assert HOLD in words(refused)
    refused.reject()
    session.erasing.lift(person.id)
    page = notebook.page("everyone")
    assert isinstance(page, EveryonePage)
    notebook.ask(KeepOrErase(notebook, notebook, session.find_person(person.id)))
    (again,) = dialogs(notebook)
    assert isinstance(again, KeepOrErase)
    again.erase_row.pressed_row.emit()
    (erase,) = dialogs(notebook)
    assert isinstance(erase, ErasePerson)
    assert any(each.startswith("The name, and everything") for each in words(erase))
    press(erase.yes)
    qtbot.waitUntil(lambda: all(each.id != person.id for each in session.people()))
    assert session.person is None
    qtbot.waitUntil(lambda: notebook.toast._words.text() == "Erased for good.")
    assert all(draft.person != person.id for draft in session.store.drafts())


def test_the_card_of_somebody_tells_of_a_hold_and_leads_to_it(
    open_session: OpenSession, show_notebook: ShowNotebook
) -> None:
    session = open_session("others")
    notebook = show_notebook(session, "everyone")
    chips = {each.text() for each in notebook.findChildren(Chip)}
    assert "Nothing may be erased" not in chips
    for person in session.people():
        session.erasing.hold(person.id)
    assert any(each.text() == "Nothing may be erased" for each in notebook.findChildren(Chip))
    button = next(each for each in notebook.findChildren(Button) if each.text() == "Keep or erase")
    press(button)
    (dialog,) = dialogs(notebook)
    assert isinstance(dialog, KeepOrErase)
    assert walk(notebook.window()) == []


def test_the_notebook_asks_for_the_passphrase_and_then_is_handed_to_the_program(
    open_session: OpenSession, show_notebook: ShowNotebook, qtbot: QtBot
) -> None:
    session = open_session("me")
    notebook = show_notebook(session, "settings")
    heard: list[str] = []
    notebook.erase_asked.connect(lambda: heard.append("erase"))
    page = notebook.page("settings")
    assert isinstance(page, SettingsPage)
    page.erase.erase_row.pressed_row.emit()
    (dialog,) = dialogs(notebook)
    assert isinstance(dialog, EraseNotebook)
    assert any(each.startswith("The keys") for each in words(dialog))
    press(dialog.yes)
    assert "Type the passphrase first. Nothing was erased." in words(dialog)
    dialog.secret.field.setText("something else entirely")
    press(dialog.yes)
    wrong = "That is not the passphrase of this notebook. Nothing was erased."
    qtbot.waitUntil(lambda: wrong in words(dialog), timeout=20000)
    assert heard == []
    with pytest.raises(ValueError, match="passphrase"):
        session.erasing.erase_notebook()
    dialog.secret.field.setText(PASSPHRASE)
    press(dialog.yes)
    qtbot.waitUntil(lambda: heard == ["erase"], timeout=20000)


def test_the_program_erases_the_notebook_and_begins_anew_at_the_first_start(
    start_program: StartProgram, tmp_path: Path
) -> None:
    data_dir = tmp_path / "data"
    program = start_program(data_dir)
    kept = Notebook.create(data_dir, PASSPHRASE, "Notes", Cost())
    program.enter_notebook(kept)
    assert program.session is not None
    program.session.set_up(Mode.FOR_ME, "Ana")
    program.session.erasing.allow_notebook(PASSPHRASE)
    assert program.shell is not None
    program.shell.erase_notebook()
    assert not program.window.isVisible()
    assert find_stores(data_dir) == []
    assert [each for each in data_dir.iterdir() if each.is_dir()] == []
    assert isinstance(program._relaunch, RecordedRelaunch)
    assert program._relaunch.asked == [data_dir]


def test_what_a_power_cut_left_of_an_erased_notebook_goes_at_the_next_start(
    start_program: StartProgram, tmp_path: Path
) -> None:
    left = tmp_path / "data" / "gone-0123456789ab"
    left.mkdir(parents=True)
    (left / "keys").write_bytes(b"k")
    program = start_program(tmp_path / "data")
    program.settle_down()
    assert not left.exists()


def test_a_worker_finds_no_hold_in_the_settings_but_with_each_person(
    open_session: OpenSession, show_notebook: ShowNotebook
) -> None:
    session = open_session("others")
    assert session.mode is Mode.WITH_OTHERS
    notebook = show_notebook(session, "settings")
    page = notebook.page("settings")
    assert isinstance(page, SettingsPage)
    assert not page.erase.hold.isVisible()
    assert page.erase.erase_row.isVisible()


@pytest.mark.parametrize(("scale", "width", "language"), [(1.0, 1366, "en"), (2.0, 560, "es"), (2.0, 1366, "en")])
def test_the_dialogs_can_be_walked(plan: Callable[..., Opened], scale: float, width: int, language: str) -> None:
    use_language(language)
    try:
        opened = plan(scale=scale, width=width, language=language)
        opened.page.open(opened.page.goals[0].id)
        opened.page.card.details.erase_button.click()
        QApplication.processEvents()
        assert len(dialogs(opened.notebook)) == 1
        assert walk(opened.notebook.window()) == []
        dialogs(opened.notebook)[0].reject()
        opened.notebook.go("settings")
        page = opened.notebook.page("settings")
        assert isinstance(page, SettingsPage)
        page.erase.ask()
        QApplication.processEvents()
        assert walk(opened.notebook.window()) == []
    finally:
        use_language("en")
