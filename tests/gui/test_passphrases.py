"""Several passphrases for a team's notebook: one more, and one taken away."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from planner.keys import SlotKind, WrongPassphrase
from planner.session import Session
from planner.ui.a11y import walk
from planner.ui.dialogs.change_passphrase import ChangePassphrase
from planner.ui.dialogs.passphrases import AddPassphrase, Passphrases, RemovePassphrase
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.settings import SettingsPage
from planner.ui.pages.settings_opening import OpeningPart
from planner.words import use_language
from tests.gui.notebooks import PASSPHRASE
from tests.gui.programs import dialog_on, said, type_into

Open = Callable[..., Session]
Show = Callable[..., OpenNotebook]
NEW = "copper lanterns over the old harbor wall"


def opening_of(notebook: OpenNotebook) -> OpeningPart:
    page = notebook.page("settings")
    assert isinstance(page, SettingsPage)
    return page.safety.opening


def listed(notebook: OpenNotebook) -> Passphrases:
    opening_of(notebook).people_row.press.click()
    dialog = dialog_on(notebook.window())
    assert isinstance(dialog, Passphrases)
    return dialog


def filled(notebook: OpenNotebook, label: str, present: str, new: str) -> AddPassphrase:
    listed(notebook).add.click()
    dialog = dialog_on(notebook.window())
    assert isinstance(dialog, AddPassphrase)
    type_into(dialog.label, label)
    type_into(dialog.present, present)
    type_into(dialog.new.first, new)
    type_into(dialog.new.second, new)
    return dialog


def add(notebook: OpenNotebook, qtbot: QtBot, label: str, new: str) -> Passphrases:
    filled(notebook, label, PASSPHRASE, new).yes.click()
    qtbot.waitUntil(lambda: bool(notebook.window().findChildren(Passphrases)), timeout=30_000)
    dialog = dialog_on(notebook.window())
    assert isinstance(dialog, Passphrases)
    return dialog


def removing(notebook: OpenNotebook, label: str) -> RemovePassphrase:
    listed(notebook).remove_buttons[label].click()
    dialog = dialog_on(notebook.window())
    assert isinstance(dialog, RemovePassphrase)
    return dialog


def test_one_is_added_with_a_label_and_opens_the_notebook(
    open_session: Open, show_notebook: Show, qtbot: QtBot
) -> None:
    session = open_session("others")
    notebook = show_notebook(session, "settings")
    assert "1 passphrase opens this notebook." in said(opening_of(notebook))
    first = listed(notebook)
    assert first.remove_buttons == {}
    assert walk(notebook.window()) == []
    first.reject()
    dialog = add(notebook, qtbot, "  Front   desk ", NEW)
    assert "Front desk" in said(dialog)
    assert set(dialog.remove_buttons) == {"", "Front desk"}
    assert walk(notebook.window()) == []
    dialog.reject()
    assert "2 passphrases open this notebook." in said(opening_of(notebook))
    for secret in (PASSPHRASE, NEW):
        session.check_secret(secret)


def test_one_is_removed_and_opens_nothing(open_session: Open, show_notebook: Show, qtbot: QtBot) -> None:
    session = open_session("others")
    notebook = show_notebook(session, "settings")
    add(notebook, qtbot, "Front desk", NEW).reject()
    old = session.notebook._data_key
    dialog = removing(notebook, "Front desk")
    dialog.yes.click()
    assert "Type the passphrase you use now." in said(dialog)
    type_into(dialog.present, "a guess")
    dialog.yes.click()
    qtbot.waitUntil(lambda: "That is not the passphrase you use now." in said(dialog), timeout=30_000)
    dialog.present.clear()
    type_into(dialog.present, NEW)
    dialog.yes.click()
    qtbot.waitUntil(lambda: "This is the one that would go." in said(dialog), timeout=30_000)
    session.check_secret(NEW)
    dialog.present.clear()
    type_into(dialog.present, PASSPHRASE)
    dialog.yes.click()
    qtbot.waitUntil(lambda: bool(notebook.window().findChildren(Passphrases)), timeout=30_000)
    dialog_on(notebook.window()).reject()
    with pytest.raises(WrongPassphrase):
        session.check_secret(NEW)
    session.check_secret(PASSPHRASE)
    # Not only the slot is gone: everything written since is under another key.
    assert session.notebook._data_key != old
    assert "1 passphrase opens this notebook." in said(opening_of(notebook))


def test_what_is_not_right_is_said_before_anything_changes(
    open_session: Open, show_notebook: Show, qtbot: QtBot
) -> None:
    session = open_session("others")
    notebook = show_notebook(session, "settings")
    keys = (session.notebook.folder / "keys").read_bytes()
    dialog = filled(notebook, "", "a guess", NEW)
    dialog.yes.click()
    assert "Give it a label first" in said(dialog)
    type_into(dialog.label, "The first passphrase")
    dialog.yes.click()
    assert "There is one with this label already." in said(dialog)
    dialog.label.clear()
    type_into(dialog.label, "Front desk")
    dialog.yes.click()
    qtbot.waitUntil(dialog.present_row.asking, timeout=30_000)
    assert "Nothing was changed." in said(dialog)
    dialog.present.clear()
    type_into(dialog.present, PASSPHRASE)
    for field in (dialog.new.first, dialog.new.second):
        field.clear()
        type_into(field, PASSPHRASE)
    dialog.yes.click()
    qtbot.waitUntil(dialog.new.first_row.asking, timeout=30_000)
    assert "Choose other words for the new one." in said(dialog)
    assert (session.notebook.folder / "keys").read_bytes() == keys
    assert walk(notebook.window()) == []


def test_it_is_for_a_team_and_seen_by_whoever_it_concerns(
    open_session: Open, show_notebook: Show, qtbot: QtBot
) -> None:
    """Alone nobody is led to give her passphrase away; but if there is a second one, she sees it."""
    session = open_session("me")
    notebook = show_notebook(session, "settings")
    assert not opening_of(notebook).people_row.isVisible()
    session.notebook.add_passphrase("somebody else entirely", "Unknown")
    opening_of(notebook).refresh()
    assert opening_of(notebook).people_row.isVisible()
    assert "Unknown" in said(listed(notebook))


def test_a_spare_key_says_not_which_of_several_to_change(open_session: Open, show_notebook: Show, qtbot: QtBot) -> None:
    session = open_session("others")
    session.notebook.add_passphrase("somebody else entirely", "Front desk")
    spare = session.notebook.add_spare_key()
    notebook = show_notebook(session, "settings")
    page = notebook.page("settings")
    assert isinstance(page, SettingsPage)
    page.safety.passphrase_row.press.click()
    dialog = dialog_on(notebook.window())
    assert isinstance(dialog, ChangePassphrase)
    assert not dialog.which.isVisible()
    type_into(dialog.present, spare)
    type_into(dialog.new.first, NEW)
    type_into(dialog.new.second, NEW)
    dialog.yes.click()
    qtbot.waitUntil(dialog.which.isVisible, timeout=30_000)
    assert "Choose the one that gets a new passphrase." in said(dialog)
    assert walk(notebook.window()) == []
    dialog.which.choose(next(each.id for each in session.notebook.slots() if each.label == "Front desk"))
    dialog.yes.click()
    qtbot.waitUntil(lambda: not notebook.window().findChildren(ChangePassphrase), timeout=30_000)
    for secret in (PASSPHRASE, NEW, spare):
        session.check_secret(secret)
    assert [each.label for each in session.notebook.slots() if each.kind is SlotKind.PASSPHRASE] == ["", "Front desk"]


@pytest.mark.parametrize("look", [{"look": "dark", "language": "es"}, {"scale": 2.0, "width": 640, "height": 480}])
def test_every_control_is_named_and_reached(open_session: Open, show_notebook: Show, look: dict[str, object]) -> None:
    use_language(str(look.get("language", "en")))
    session = open_session("others")
    session.notebook.add_passphrase("somebody else entirely", "Front desk")
    notebook = show_notebook(session, "settings", **look)
    dialog = listed(notebook)
    assert walk(notebook.window()) == []
    dialog.add.click()
    assert walk(notebook.window()) == []
    dialog_on(notebook.window()).reject()
    removing(notebook, "Front desk")
    assert walk(notebook.window()) == []
