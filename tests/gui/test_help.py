"""Help now: her own number first, only what is confirmed, nothing counted, and a way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from planner.packs.help_lines import HelpDirectory, load_help_lines
from planner.session import Session
from planner.ui.a11y import tab_stops, walk
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.help import HelpPage
from planner.ui.pages.selectable import Selectable
from planner.words import use_language
from tests.gui.programs import said

Key = Qt.Key
Show = Callable[..., OpenNotebook]


def page_of(notebook: OpenNotebook) -> HelpPage:
    page = notebook.page("help")
    assert isinstance(page, HelpPage)
    return page


def shown(page: HelpPage) -> list[Selectable]:
    return [each for each in page.findChildren(Selectable) if each.isVisibleTo(page)]


def numbers(page: HelpPage) -> list[str]:
    """In the order in which Tab comes to them."""
    return [each.text() for each in tab_stops(page.window()) if isinstance(each, Selectable)]


def test_every_confirmed_number_is_there_and_can_be_copied(
    open_session: Callable[..., Session], show_notebook: Show
) -> None:
    page = page_of(show_notebook(open_session("me"), "help"))
    wanted = [number.value for line in load_help_lines().lines for number in line.numbers]
    assert numbers(page) == wanted
    assert wanted[0] == "911"
    first = shown(page)[0]
    first.setFocus(Qt.FocusReason.TabFocusReason)
    assert first.selectedText() == "911"
    QTest.keyClicks(first, "7")
    assert first.text() == "911"
    QTest.keyClick(first, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "911"


def test_her_own_line_stands_before_all_others(open_session: Callable[..., Session], show_notebook: Show) -> None:
    session = open_session("me")
    session.set_setting("shelter_line_name", "Harbor House")
    session.set_setting("shelter_line_number", "555 010 0199")
    notebook = show_notebook(session, "help")
    page = page_of(notebook)
    assert numbers(page)[:2] == ["555 010 0199", "911"]
    assert "Harbor House" in said(page)
    page.edit_button.click()
    assert notebook.here() == ("settings", {"at": "line"})


def test_without_a_line_of_her_own_one_can_be_added(open_session: Callable[..., Session], show_notebook: Show) -> None:
    page = page_of(show_notebook(open_session("me"), "help"))
    assert not page.own_number.isVisible()
    assert page.add_button.isVisible()


def test_what_is_known_about_a_line_is_said_and_the_rest_is_a_question(
    open_session: Callable[..., Session], show_notebook: Show
) -> None:
    words = said(page_of(show_notebook(open_session("me"), "help")))
    for line in load_help_lines().lines:
        assert line.name.get("en") in words
        for claim in line.claims:
            assert claim.words.get("en") in words
        for ask in line.ask:
            assert f"“{ask.get('en')}”" in words
    found = load_help_lines()
    assert all(note.get("en") in words for note in found.notes.values())
    assert all(claim.words.get("en") in words for claim in found.claims)


def test_an_old_number_asks_to_be_checked_and_a_fresh_one_does_not(
    open_session: Callable[..., Session], show_notebook: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = load_help_lines()
    line = next(each for each in found.lines if not each.numbers[0].law)

    def dated(day: date) -> HelpDirectory:
        number = replace(line.numbers[0], newest=day)
        return replace(found, lines=(replace(line, numbers=(number,)),), claims=())

    monkeypatch.setattr("planner.ui.pages.help.directory", lambda: dated(date(2025, 3, 1)))
    old = page_of(show_notebook(open_session("me"), "help"))
    assert "Newest source: March 2025" in said(old)
    assert _chips(old) == ["Please check this number"]
    monkeypatch.setattr("planner.ui.pages.help.directory", lambda: dated(date(2025, 4, 1)))
    fresh = page_of(show_notebook(open_session("me"), "help"))
    assert _chips(fresh) == []


def _chips(page: HelpPage) -> list[str]:
    from planner.ui.kit.text import Chip

    return [each.text() for each in page.findChildren(Chip)]


def test_nothing_is_counted_or_logged(open_session: Callable[..., Session], show_notebook: Show) -> None:
    session = open_session("others")
    kept = session.store._raw.execute("SELECT name, value FROM setting").fetchall()
    before = session.activity(), session.store._raw.total_changes
    notebook = show_notebook(session)
    drafts = session.store.drafts()
    changes = session.store._raw.total_changes
    notebook.go("help")
    notebook.go("moment")
    notebook.back()
    notebook.back()
    assert session.activity() == before[0]
    assert session.store._raw.total_changes == changes
    assert session.store._raw.execute("SELECT name, value FROM setting").fetchall() == kept
    assert session.store.drafts() == drafts


@pytest.mark.parametrize("way", ["button", "escape"])
def test_the_way_back_leads_where_she_was(open_session: Callable[..., Session], show_notebook: Show, way: str) -> None:
    notebook = show_notebook(open_session("me"), "plan")
    notebook.page("plan").setFocus()
    QTest.keyClick(notebook, Key.Key_F1)
    page = page_of(notebook)
    assert notebook.current == "help"
    if way == "button":
        page.back_button.click()
    else:
        assert shown(page)[0].hasFocus()
        QTest.keyClick(shown(page)[0], Key.Key_Escape)
    assert notebook.current == "plan"


def test_with_someone_there_the_shelters_number_cannot_be_changed(
    open_session: Callable[..., Session], show_notebook: Show
) -> None:
    session = open_session("others")
    session.stay_with(session.people()[0].id)
    page = page_of(show_notebook(session, "help"))
    assert not page.edit_button.isVisible()
    assert not page.add_button.isVisible()


@pytest.mark.parametrize("look", [{}, {"scale": 2.0, "width": 640, "height": 480}, {"look": "dark", "language": "es"}])
def test_every_control_is_named_and_reached(
    open_session: Callable[..., Session], show_notebook: Show, look: dict[str, object]
) -> None:
    use_language(str(look.get("language", "en")))
    session = open_session("me")
    session.set_setting("shelter_line_number", "555 010 0199")
    notebook = show_notebook(session, "help", **look)
    assert walk(notebook.window()) == []
