"""Settings, as somebody changes them: kept, told, and nothing that is typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.keys import Cost, SlotKind, WrongPassphrase
from planner.session import Changed, Session
from planner.store.errors import StoreDamaged
from planner.store.local import Local
from planner.store.notebooks import Notebook
from planner.ui.a11y import walk
from planner.ui.dialogs.change_passphrase import ChangePassphrase
from planner.ui.dialogs.spare_key import MakeSpareKey, RemoveSpareKey, SpareKeyShown
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.settings import SettingsPage
from planner.words import language, use_language
from tests.gui.notebooks import PASSPHRASE
from tests.gui.programs import StartProgram, dialog_on, give_passphrase, said, says, type_into

Key = Qt.Key
Open = Callable[..., Session]
Show = Callable[..., OpenNotebook]
NEW = "copper lanterns over the old harbor wall"


def page_of(notebook: OpenNotebook) -> SettingsPage:
    page = notebook.page("settings")
    assert isinstance(page, SettingsPage)
    return page


def choose(picker: Any, value: str) -> None:
    picker.choose(value)
    picker.changed.emit()


# ---------------------------------------------------------------- in this notebook


def test_name_and_line_are_saved_as_they_are_typed(open_session: Open, show_notebook: Show) -> None:
    session = open_session("empty")
    notebook = show_notebook(session, "settings")
    page = page_of(notebook)
    page.typed.name_field.selectAll()
    type_into(page.typed.name_field, "Anita")
    page.typed.line_name.setFocus()
    assert session.setting("my_name") == "Anita"
    assert session.person is not None
    assert session.person.name == "Anita"
    type_into(page.typed.line_name, "Harbor House")
    page.typed.line_number.setFocus()
    type_into(page.typed.line_number, "555 010 0199")
    assert page_of(notebook) is page
    assert page.typed.line_number.hasFocus()
    notebook.go("help")
    assert session.setting("shelter_line_name") == "Harbor House"
    assert session.setting("shelter_line_number") == "555 010 0199"
    assert "Harbor House" in said(notebook.page("help"))
    notebook.go("today")
    assert "Anita" in notebook.page("today").title()


def test_a_change_leaves_what_is_typed_elsewhere(open_session: Open, show_notebook: Show) -> None:
    session = open_session("me")
    notebook = show_notebook(session, "settings")
    page = page_of(notebook)
    type_into(page.typed.line_name, "Harb")
    choose(page.wait.picker, "15")
    page.reminders.tick.click()
    assert page.typed.line_name.text() == "Harb"
    assert page_of(notebook) is page
    assert session.setting("shelter_line_name") == ""
    assert session.setting("lock_minutes") == 15
    assert session.setting("reminders") is True


def test_minutes_are_told_to_whoever_counts_them(open_session: Open, show_notebook: Show) -> None:
    session = open_session("me")
    told: list[Changed] = []
    session.on_change(told.append)
    page = page_of(show_notebook(session, "settings"))
    choose(page.wait.picker, "2")
    choose(page.wait.picker, "2")
    assert [each.kinds for each in told] == [frozenset({"settings"})]


def test_reminders_are_off_and_speak_her_own_words(open_session: Open, show_notebook: Show) -> None:
    session = open_session("me")
    notebook = show_notebook(session, "settings")
    page = page_of(notebook)
    assert session.setting("reminders") is False
    assert not page.reminders.words_row.isVisible()
    assert "Only while this program is open and unlocked" in page.reminders.tick.accessibleDescription()
    page.reminders.tick.click()
    type_into(page.reminders.words_field, "Water the plants")
    notebook.go("today")
    assert session.setting("reminder_words") == "Water the plants"
    page.reminders.tick.click()
    assert session.setting("reminders") is False


def test_a_full_disk_keeps_the_words_on_the_screen(
    open_session: Open, show_notebook: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    from planner.system.files import DiskFull

    session = open_session("me")
    notebook = show_notebook(session, "settings")
    page = page_of(notebook)

    def full(_name: str, _value: object) -> None:
        raise DiskFull

    with monkeypatch.context() as patched:
        patched.setattr(session.store, "set", full)
        type_into(page.typed.line_number, "555 010 0199")
        page.typed.line_name.setFocus()
        assert notebook.unsaved == 1
        assert page.typed.line_number.text() == "555 010 0199"
    notebook._keeping.try_again()
    assert session.setting("shelter_line_number") == "555 010 0199"


# ---------------------------------------------------------------- on this device


def test_another_language_and_size_are_in_use_at_once_and_the_keyboard_stays(
    tmp_path: Path, start_program: StartProgram, qtbot: QtBot
) -> None:
    notebook = Notebook.create(tmp_path / "own", PASSPHRASE, "", Cost())
    program = start_program(tmp_path / "own")
    program.enter_notebook(notebook)
    assert program.shell is not None
    program.shell.go("settings")
    type_into(page_of(program.shell).typed.name_field, "An")
    choose(page_of(program.shell).look.pickers["language"], "es")
    QApplication.processEvents()
    assert language() == "es"
    assert program.shell.current == "settings"
    page = page_of(program.shell)
    assert page.look.pickers["language"].hasFocus()
    assert page.typed.name_field.text() == "An"
    choose(page.look.pickers["text_size"], "150")
    QApplication.processEvents()
    choose(page_of(program.shell).look.pickers["theme"], "dark")
    QApplication.processEvents()
    kept = Local.read(tmp_path / "own")
    assert (kept.language, kept.text_size, kept.theme) == ("es", 150, "dark")


def test_the_help_line_on_the_lock_screen_is_off_and_follows_the_line(
    tmp_path: Path, start_program: StartProgram, qtbot: QtBot
) -> None:
    data_dir = tmp_path / "own"
    program = start_program(data_dir)
    program.enter_notebook(Notebook.create(data_dir, PASSPHRASE, "", Cost()))
    assert program.shell is not None
    program.shell.go("settings")
    page = page_of(program.shell)
    assert not page.lock_screen.tick.isChecked()
    page.lock_screen.tick.click()
    assert not page.lock_screen.tick.isChecked()
    assert "Write the number first." in said(page)
    assert page.typed.line_number.hasFocus()
    type_into(page.typed.line_number, "555 010 0199")
    page.lock_screen.tick.setFocus()
    page.lock_screen.tick.click()
    assert page_of(program.shell) is page
    assert not page.lock_screen.tick.isChecked(), "whoever finds the notebook open is to put no number there"
    give_passphrase(program.window, "not this one at all")
    qtbot.waitUntil(lambda: "does not open" in said(dialog_on(program.window)), timeout=20_000)
    assert Local.read(data_dir).help_lines == ()
    give_passphrase(program.window, PASSPHRASE)
    qtbot.waitUntil(page.lock_screen.tick.isChecked, timeout=20_000)
    kept = Local.read(data_dir)
    assert kept.help_on_lock_screen
    assert kept.help_lines == ({"name": "", "number": "555 010 0199"},)
    type_into(page.typed.line_name, "Harbor House")
    page.lock_screen.tick.setFocus()
    assert Local.read(data_dir).help_lines == ({"name": "Harbor House", "number": "555 010 0199"},)
    page.lock_screen.tick.click()
    assert Local.read(data_dir).help_lines == ()
    assert not Local.read(data_dir).help_on_lock_screen


def test_a_number_that_was_changed_says_so_under_help_now(open_session: Open, show_notebook: Show) -> None:
    session = open_session("me")
    session.set_setting("shelter_line_number", "")
    notebook = show_notebook(session, "settings")
    page = page_of(notebook)
    type_into(page.typed.line_number, "555 010 0199")
    notebook.go("help")
    assert notebook.current == "help"
    assert "Changed on" not in said(notebook), "the first one is her own"
    notebook.go("settings")
    page.typed.line_number.selectAll()
    type_into(page.typed.line_number, "555 010 0666")
    notebook.go("help")
    assert "Changed on" in said(notebook)


def test_where_it_lies_can_be_copied(open_session: Open, show_notebook: Show) -> None:
    session = open_session("me")
    page = page_of(show_notebook(session, "settings"))
    from planner.ui.pages.selectable import Selectable

    (path,) = page.findChildren(Selectable)
    assert path.text() == str(session.notebook.folder)


def test_lock_now_locks(open_session: Open, show_notebook: Show, qtbot: QtBot) -> None:
    notebook = show_notebook(open_session("me"), "settings")
    with qtbot.waitSignal(notebook.lock_asked):
        page_of(notebook).lock_button.click()
    foot = notebook.navigation.item("lock")
    assert foot is not None
    with qtbot.waitSignal(notebook.lock_asked):
        QTest.keyClick(foot, Key.Key_Return)
    assert notebook.current == "settings"


def test_with_someone_there_only_look_lock_and_help_are_left(open_session: Open, show_notebook: Show) -> None:
    session = open_session("others")
    session.stay_with(session.people()[0].id)
    notebook = show_notebook(session, "settings")
    page = page_of(notebook)
    words = said(page)
    assert "In this notebook" not in words
    assert "Where this notebook lies" not in words
    assert str(session.notebook.folder) not in words
    assert "Change the passphrase" not in words
    assert page.look.isVisible()
    assert page.lock_button.isVisible()
    page.help_button.click()
    assert notebook.current == "help"
    assert walk(notebook.window()) == []


# ---------------------------------------------------------------- the passphrase


def changing(notebook: OpenNotebook) -> ChangePassphrase:
    page_of(notebook).safety.passphrase_row.press.click()
    dialog = dialog_on(notebook.window())
    assert isinstance(dialog, ChangePassphrase)
    return dialog


def fill(dialog: ChangePassphrase, present: str, new: str, again: str = "") -> None:
    type_into(dialog.present, present)
    type_into(dialog.new.first, new)
    type_into(dialog.new.second, again or new)


def test_the_old_passphrase_opens_nothing_any_more(open_session: Open, show_notebook: Show, qtbot: QtBot) -> None:
    session = open_session("me")
    folder = session.notebook.folder
    old_keys = (folder / "keys").read_bytes()
    notebook = show_notebook(session, "settings")
    dialog = changing(notebook)
    assert "the old passphrase opens nothing any more" in said(dialog)
    assert walk(notebook.window()) == []
    fill(dialog, PASSPHRASE, NEW)
    QTest.keyClick(dialog.new.second.field, Key.Key_Return)
    qtbot.waitUntil(lambda: not notebook.window().findChildren(ChangePassphrase), timeout=30_000)
    session.check_secret(NEW)
    with pytest.raises(WrongPassphrase):
        session.check_secret(PASSPHRASE)
    goals = len(session.goals(session.person.id if session.person else ""))
    session.notebook.close()
    with pytest.raises(WrongPassphrase):
        Notebook.open(folder, PASSPHRASE)
    kept = (folder / "keys").read_bytes()
    (folder / "keys").write_bytes(old_keys)
    with pytest.raises(StoreDamaged):
        Notebook.open(folder, PASSPHRASE)
    (folder / "keys").write_bytes(kept)
    again = Session(Notebook.open(folder, NEW), zone="UTC")
    assert again.person is not None
    assert len(again.goals(again.person.id)) == goals
    again.notebook.close()


def test_a_wrong_present_one_is_said_calmly_and_the_fields_stay(
    open_session: Open, show_notebook: Show, qtbot: QtBot
) -> None:
    session = open_session("me")
    keys = (session.notebook.folder / "keys").read_bytes()
    dialog = changing(show_notebook(session, "settings"))
    fill(dialog, "not this one", NEW)
    dialog.yes.click()
    qtbot.waitUntil(dialog.present_row.asking, timeout=30_000)
    assert "That is not the passphrase you use now. Nothing was changed." in said(dialog)
    assert dialog.isVisible()
    assert (dialog.present.text(), dialog.new.secret) == ("not this one", NEW)
    assert dialog.present.field.hasFocus()
    assert (session.notebook.folder / "keys").read_bytes() == keys


def test_a_weak_new_one_needs_her_word(open_session: Open, show_notebook: Show, qtbot: QtBot) -> None:
    session = open_session("me")
    notebook = show_notebook(session, "settings")
    dialog = changing(notebook)
    fill(dialog, PASSPHRASE, "banana12")
    dialog.yes.click()
    warning = dialog_on(notebook.window())
    assert warning is not dialog
    assert "easy to guess" in said(warning)
    session.check_secret(PASSPHRASE)
    warning.reject()
    assert dialog.isVisible()
    dialog.new.second.clear()
    dialog.yes.click()
    assert "The two are not the same yet. Type it once more." in said(dialog)


def test_five_words_are_made_on_request(open_session: Open, show_notebook: Show) -> None:
    dialog = changing(show_notebook(open_session("me"), "settings"))
    dialog.new.make_button.click()
    assert len(dialog.new.made.text().split()) == 5
    assert dialog.new.made_sheet.isVisible()


# ---------------------------------------------------------------- the spare key


def make_spare(notebook: OpenNotebook, qtbot: QtBot) -> str:
    page_of(notebook).safety.make_row.press.click()
    dialog = dialog_on(notebook.window())
    assert isinstance(dialog, MakeSpareKey)
    type_into(dialog.secret, PASSPHRASE)
    dialog.yes.click()

    def shown() -> bool:
        return any(each.isVisible() for each in notebook.window().findChildren(SpareKeyShown))

    qtbot.waitUntil(shown, timeout=30_000)
    key = dialog_on(notebook.window())
    assert isinstance(key, SpareKeyShown)
    words = key.key.spare_key
    assert walk(notebook.window()) == []
    key.yes.click()
    return words


def test_a_spare_key_is_made_replaced_and_removed(open_session: Open, show_notebook: Show, qtbot: QtBot) -> None:
    session = open_session("me")
    notebook = show_notebook(session, "settings")
    safety = page_of(notebook).safety
    assert "There is none." in said(safety)
    assert not safety.remove_button.isVisible()
    first = make_spare(notebook, qtbot)
    session.check_secret(first)
    assert "There is one, made on" in said(safety)
    second = make_spare(notebook, qtbot)
    session.check_secret(second)
    with pytest.raises(WrongPassphrase):
        session.check_secret(first)
    safety.remove_button.click()
    asked = dialog_on(notebook.window())
    assert "Then only your passphrase opens the notebook." in said(asked)
    assert isinstance(asked, RemoveSpareKey)
    assert walk(notebook.window()) == []
    asked.yes.click()
    assert "Type your passphrase first." in said(asked)
    for typed, answer in (("a guess", "That does not open this notebook."), (second, "Type another one that stays.")):
        asked.secret.clear()
        type_into(asked.secret, typed)
        asked.yes.click()
        qtbot.waitUntil(partial(says, asked, answer), timeout=30_000)
    session.check_secret(second)
    asked.secret.clear()
    type_into(asked.secret, PASSPHRASE)
    asked.yes.click()
    qtbot.waitUntil(lambda: "There is none." in said(safety), timeout=30_000)
    with pytest.raises(WrongPassphrase):
        session.check_secret(second)
    session.check_secret(PASSPHRASE)


def test_nobody_makes_a_spare_key_without_the_passphrase(open_session: Open, show_notebook: Show, qtbot: QtBot) -> None:
    session = open_session("me")
    notebook = show_notebook(session, "settings")
    page_of(notebook).safety.make_row.press.click()
    dialog = dialog_on(notebook.window())
    assert isinstance(dialog, MakeSpareKey)
    dialog.yes.click()
    assert "Type your passphrase first." in said(dialog)
    type_into(dialog.secret, "a guess")
    dialog.yes.click()
    qtbot.waitUntil(lambda: "That does not open this notebook." in said(dialog), timeout=30_000)
    assert dialog.secret.text() == "a guess"
    assert [each.kind for each in session.notebook.slots()] == [SlotKind.PASSPHRASE]


# ---------------------------------------------------------------- a check, and about


def test_a_check_says_calmly_how_it_is(open_session: Open, show_notebook: Show, qtbot: QtBot) -> None:
    session = open_session("me")
    notebook = show_notebook(session, "settings")
    page_of(notebook).safety.check()
    qtbot.waitUntil(lambda: _names(notebook) != [], timeout=30_000)
    assert _names(notebook) == ["All is well"]
    dialog_on(notebook.window()).accept()
    session.store._raw.execute("UPDATE setting SET value = 'not json' WHERE name = 'my_name'")
    page_of(notebook).safety.check()
    qtbot.waitUntil(lambda: _names(notebook) != [], timeout=30_000)
    assert _names(notebook) == ["Something is not as it should be"]
    assert "Something in the notebook cannot be read." in said(dialog_on(notebook.window()))


def _names(notebook: OpenNotebook) -> list[str]:
    from planner.ui.kit.dialogs import Dialog

    names = [each.accessibleName() for each in notebook.window().findChildren(Dialog) if each.isVisible()]
    return [each for each in names if each != "Checking the notebook"]


def test_about_is_honest_in_six_sentences(open_session: Open, show_notebook: Show) -> None:
    from planner import __version__
    from planner.ui.pages.settings_about import LIMITS

    words = said(page_of(show_notebook(open_session("me"), "settings")))
    assert len(LIMITS) == 6
    assert all(each in words for each in LIMITS)
    assert f"Planner {__version__}" in words
    assert "GNU General Public License, version 3" in words
    assert "The help lines were last checked in November 2026." in words


@pytest.mark.parametrize(
    ("what", "look"),
    [
        ("me", {}),
        ("others", {"look": "dark"}),
        ("me", {"scale": 2.0, "width": 640, "height": 480}),
        ("me", {"language": "es", "scale": 1.5}),
    ],
)
def test_every_control_is_named_and_reached(
    open_session: Open, show_notebook: Show, what: str, look: dict[str, object]
) -> None:
    use_language(str(look.get("language", "en")))
    session = open_session(what)
    session.set_setting("reminders", True)
    notebook = show_notebook(session, "settings", **look)
    assert walk(notebook.window()) == []
