"""For people who work with several people: the switcher, with someone, and the list of people."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from planner.plan.records import Goal
from planner.sample import many_people
from planner.sample.fill import fill
from planner.session import OutOfReach
from planner.ui.a11y import walk
from planner.ui.dialogs.open_others import OpenOthers
from planner.ui.dialogs.person import AddPerson, ChangePerson
from planner.ui.kit.buttons import Button
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.everyone import EveryonePage
from planner.ui.people_list import EVERYONE
from planner.ui.switcher import Switcher, SwitcherPopup
from tests.gui.notebooks import PASSPHRASE, TODAY, OpenSession, ShowNotebook
from tests.gui.worker_desk import dialog_of, held, id_of, page_of, popup_of, settle, switcher_of, words_of_others

# -- the switcher -----------------------------------------------------------------------------------------------------


def test_the_switcher_says_whose_pages_are_open(open_session: OpenSession, show_notebook: ShowNotebook) -> None:
    session = open_session("others")
    notebook = show_notebook(session)
    switcher = switcher_of(notebook)
    assert switcher.accessibleName() == "Whose pages: Everyone, 5 people"
    session.choose(id_of(session, "Ana"))
    assert switcher.accessibleName() == "Whose pages: Ana, Talked yesterday"
    session.notes.add(id_of(session, "Ana"), when=TODAY, kind="call", minutes=0, who="", facts="Spoke.", agreed="")
    assert switcher.accessibleName() == "Whose pages: Ana, Talked today"
    session.choose(None)
    session.add_person("Noor")
    assert switcher.accessibleName() == "Whose pages: Everyone, 6 people"


def test_a_notebook_for_me_has_no_switcher(open_session: OpenSession, show_notebook: ShowNotebook) -> None:
    notebook = show_notebook(open_session("me"))
    assert notebook.findChild(Switcher) is None
    assert not notebook.navigation.open_switcher()


def test_a_person_is_found_as_one_types_and_opened_by_enter(
    open_session: OpenSession, show_notebook: ShowNotebook
) -> None:
    session = open_session("others")
    notebook = show_notebook(session)
    QTest.keyClick(notebook, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    popup = popup_of(notebook)
    assert popup.field.hasFocus()
    assert [line.title for line in popup.list.lines()] == ["Everyone", "Ana", "Dede", "Heron", "Lin", "Tam"]
    assert walk(notebook.window()) == []
    QTest.keyClicks(popup.field, "l")
    assert [line.title for line in popup.list.lines()] == ["Lin"]
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    assert session.person is not None
    assert session.person.shown == "Lin"
    assert [tab.name for tab in notebook.navigation.tabs][-1] == "notes"


def test_arrow_keys_lead_through_the_list_and_letters_back_into_the_field(
    open_session: OpenSession, show_notebook: ShowNotebook
) -> None:
    session = open_session("others")
    session.choose(id_of(session, "Ana"))
    notebook = show_notebook(session)
    notebook.navigation.open_switcher()
    popup = popup_of(notebook)
    QTest.keyClick(popup.field, Qt.Key.Key_Down)
    assert popup.list.hasFocus()
    assert popup.list.current_id() == id_of(session, "Ana")
    QTest.keyClick(popup.list, Qt.Key.Key_Up)
    assert popup.list.current_id() == EVERYONE
    QTest.keyClick(popup.list, Qt.Key.Key_Up)
    assert popup.field.hasFocus()
    QTest.keyClick(popup.field, Qt.Key.Key_Down)
    QTest.keyClicks(popup.list, "d")
    assert popup.field.hasFocus()
    assert popup.field.text() == "d"
    QTest.keyClick(popup.field, Qt.Key.Key_Escape)
    assert session.person is not None
    assert session.person.shown == "Ana"
    notebook.navigation.open_switcher()
    QTest.keyClick(popup_of(notebook).field, Qt.Key.Key_Down)
    QTest.keyClick(popup_of(notebook).list, Qt.Key.Key_Home)
    QTest.keyClick(popup_of(notebook).list, Qt.Key.Key_Return)
    assert session.person is None


def test_nobody_found_is_said_and_can_be_added(open_session: OpenSession, show_notebook: ShowNotebook) -> None:
    session = open_session("others")
    notebook = show_notebook(session)
    notebook.navigation.open_switcher()
    popup = popup_of(notebook)
    QTest.keyClicks(popup.field, "Noor")
    assert [line.title for line in popup.list.lines()] == ["Nobody here by the name “Noor”."]
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    next(each for each in popup.findChildren(Button) if each.text() == "Add a person").click()
    dialog = dialog_of(notebook, AddPerson)
    assert dialog.name.text() == "Noor"
    dialog.yes.click()
    assert session.person is not None
    assert (session.person.shown, session.person.under_18) == ("Noor", None)


def test_a_thousand_people_are_lines_of_a_model_and_no_widgets(
    open_session: OpenSession, show_notebook: ShowNotebook
) -> None:
    session = open_session("nobody")
    fill(session.store, many_people(1000, 1, "en", TODAY), TODAY)
    session.forget_people()
    notebook = show_notebook(session)
    before = len(notebook.window().findChildren(QWidget))
    notebook.navigation.open_switcher()
    popup = popup_of(notebook)
    QApplication.processEvents()
    assert len(popup.list.lines()) == 1001
    assert len(notebook.window().findChildren(QWidget)) < before + 40
    assert popup.list.height() < notebook.height()


# -- with someone -----------------------------------------------------------------------------------------------------


@pytest.fixture
def beside_lin(open_session: OpenSession, show_notebook: ShowNotebook) -> OpenNotebook:
    """Everyone's pages were looked at, then only Lin's are left open by the one key."""
    session = open_session("others")
    notebook = show_notebook(session)
    notebook.go("everyone")
    with session.edit(id_of(session, "Ana"), "Add a goal") as edit:
        edit.add(Goal(title="A quiet balcony"))
    notebook.say("Taken back: something of Ana")
    notebook.navigation.open_switcher()
    QTest.keyClick(popup_of(notebook).field, Qt.Key.Key_Escape)
    notebook.header.search.setText("Dede")
    names = [each.shown for each in session.people() if each.shown != "Lin"]
    session.choose(id_of(session, "Ana"))
    notebook.go("notes")
    notebook.go("plan")
    session.choose(None)
    notebook.go("everyone")
    settle()
    assert held(notebook.window(), names) == set(names), "the walk must find what is there"
    session.choose(id_of(session, "Lin"))
    QTest.keyClick(notebook, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    settle()
    assert session.only == id_of(session, "Lin")
    return notebook


def test_the_walk_finds_names_and_titles_in_each_kind_of_place(
    open_session: OpenSession, show_notebook: ShowNotebook
) -> None:
    session = open_session("others")
    notebook = show_notebook(session)
    assert {"Legal aid, go along", "Doctor, first visit"} <= held(notebook.window(), words_of_others(session, "Lin"))
    assert not held(notebook.window(), ["Dede", "Heron"]), "among several people only initials stand on Today"
    session.choose(id_of(session, "Dede"))
    settle()
    assert "Dede" in held(notebook.window(), ["Dede"])


def test_with_someone_no_widget_holds_a_word_of_the_others(beside_lin: OpenNotebook) -> None:
    notebook, session = beside_lin, beside_lin.session
    session.only = None
    others = words_of_others(session, "Lin")
    session.only = id_of(session, "Lin")
    assert len(others) > 10
    opened = [tab.name for tab in notebook.navigation.tabs]
    assert "notes" not in opened
    assert "everyone" not in opened
    for page in [*opened, "everyone", "notes", "settings"]:
        notebook.go(page)
        settle()
        assert held(notebook.window(), others) == set(), page
    notebook.navigation.open_switcher()
    settle()
    assert held(notebook.window(), others) == set()
    assert walk(notebook.window()) == []


def test_no_key_brings_the_others_back(beside_lin: OpenNotebook) -> None:
    notebook, session = beside_lin, beside_lin.session
    control = Qt.KeyboardModifier.ControlModifier
    for key in (Qt.Key.Key_Z, Qt.Key.Key_Y, Qt.Key.Key_1, Qt.Key.Key_9):
        QTest.keyClick(notebook, key, control)
    QTest.keyClick(notebook, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    notebook.go("everyone")
    assert notebook.current == "today"
    notebook.go("notes")
    assert notebook.current == "today"
    assert session.person is not None
    assert session.person.shown == "Lin"
    assert session.undo_words() is None
    with pytest.raises(OutOfReach):
        session.choose(None)
    settle()
    assert held(notebook.window(), ["Ana", "Dede", "Heron", "Tam", "balcony"]) == set()


def test_only_the_passphrase_opens_the_others_again(beside_lin: OpenNotebook, qtbot: QtBot) -> None:
    notebook, session = beside_lin, beside_lin.session
    notebook.navigation.open_switcher()
    QTest.mouseClick(popup_of(notebook).open_others, Qt.MouseButton.LeftButton)
    dialog = dialog_of(notebook, OpenOthers)
    assert walk(notebook.window()) == []
    QTest.keyClick(dialog.secret.field, Qt.Key.Key_Return)
    assert dialog.row.asking()
    QTest.keyClicks(dialog.secret.field, "not this one")
    QTest.keyClick(dialog.secret.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not dialog.is_checking, timeout=20_000)
    assert dialog.isVisible()
    assert dialog.row.asking()
    assert session.only is not None
    dialog.secret.clear()
    QTest.keyClicks(dialog.secret.field, PASSPHRASE)
    QTest.keyClick(dialog.secret.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.only is None, timeout=20_000)
    assert "notes" in [tab.name for tab in notebook.navigation.tabs]
    notebook.navigation.open_switcher()
    assert len(popup_of(notebook).list.lines()) == 6


def test_the_key_without_a_person_asks_for_one(open_session: OpenSession, show_notebook: ShowNotebook) -> None:
    session = open_session("others")
    notebook = show_notebook(session)
    switcher_of(notebook).with_someone()
    assert session.only is None
    assert popup_of(notebook).isVisible()


def test_the_key_closes_what_lies_open_over_a_page(open_session: OpenSession, show_notebook: ShowNotebook) -> None:
    session = open_session("others")
    session.choose(id_of(session, "Lin"))
    notebook = show_notebook(session)
    notebook.navigation.open_switcher()
    switcher_of(notebook).with_someone()
    settle()
    assert session.only == id_of(session, "Lin")
    assert not notebook.window().findChildren(SwitcherPopup)


def test_todays_button_leaves_only_this_person(open_session: OpenSession, show_notebook: ShowNotebook) -> None:
    session = open_session("others")
    session.choose(id_of(session, "Tam"))
    notebook = show_notebook(session)
    today = notebook.page("today")
    assert "Under 18" in today.over_title()
    (button,) = today.head_extras()
    assert isinstance(button, Button)
    button.click()
    assert session.only == id_of(session, "Tam")
    assert notebook.page("today").head_extras() == []


# -- people i work with ------------------------------------------------------------------------------------------------


def test_people_are_found_chosen_and_opened(open_session: OpenSession, show_notebook: ShowNotebook) -> None:
    session = open_session("others")
    notebook = show_notebook(session, "everyone")
    page = page_of(notebook, EveryonePage)
    assert walk(notebook.window()) == []
    QTest.keyClicks(page.field, "de")
    assert [line.title for line in page.list.lines()] == ["Dede"]
    assert page.card.accessibleName() == "Dede"
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    assert session.person is not None
    assert session.person.shown == "Dede"


def test_a_name_or_a_code_is_enough_and_age_may_stay_unsaid(
    open_session: OpenSession, show_notebook: ShowNotebook
) -> None:
    session = open_session("nobody")
    notebook = show_notebook(session, "everyone")
    page = page_of(notebook, EveryonePage)
    page.add()
    dialog = dialog_of(notebook, AddPerson)
    assert walk(notebook.window()) == []
    dialog.yes.click()
    assert dialog.name_row.asking()
    assert session.people() == []
    QTest.keyClicks(dialog.code, "H-7")
    dialog.yes.click()
    (person,) = session.people()
    assert (person.name, person.code, person.under_18) == ("", "H-7", None)
    page.add()
    again = dialog_of(notebook, AddPerson)
    QTest.keyClicks(again.code, "h-7")
    again.yes.click()
    assert again.name_row.asking(), "somebody of that code is here already"
    again.name.setText("Noor")
    assert again.question.text() == "Is Noor under 18?"
    again.under_18.choose(["yes"])
    again.yes.click()
    assert [(each.shown, each.under_18) for each in session.people()] == [("H-7", None), ("Noor", True)]
    assert page.card.accessibleName() == "Noor"


def test_renaming_and_resting(open_session: OpenSession, show_notebook: ShowNotebook) -> None:
    session = open_session("others")
    notebook = show_notebook(session, "everyone")
    page = page_of(notebook, EveryonePage)
    page.list.choose(id_of(session, "Ana"))
    page.card.change()
    dialog = dialog_of(notebook, ChangePerson)
    dialog.name.setText("Anna")
    dialog.yes.click()
    settle()
    assert session.people()[0].shown == "Anna"
    page.card.rest()
    assert session.people()[-1].shown == "Anna"
    assert [line.title for line in page.list.lines()][-2:] == ["Resting for now", "Anna"]
    page.card.rest()
    assert not session.find_person(id_of(session, "Anna")).resting


def test_the_empty_page_says_what_will_be_here(open_session: OpenSession, show_notebook: ShowNotebook) -> None:
    notebook = show_notebook(open_session("nobody"), "everyone")
    assert walk(notebook.window()) == []
    assert held(notebook.window(), ["The people you work with will be here"])
