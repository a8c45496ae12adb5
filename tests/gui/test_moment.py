"""Take a moment: the pace of breath, the five senses one at a time, words alone, and the page before unchanged."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from planner.session import Session
from planner.ui.a11y import walk
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.moment import LARGE, SMALL, MomentPage, exercises
from planner.ui.theme import theme
from planner.words import use_language

Show = Callable[..., OpenNotebook]


@pytest.fixture
def moment(open_session: Callable[..., Session], show_notebook: Show) -> Callable[..., MomentPage]:
    def start(**look: object) -> MomentPage:
        page = show_notebook(open_session("me"), "moment", **look).page("moment")
        assert isinstance(page, MomentPage)
        return page

    return start


def moves(page: MomentPage) -> bool:
    return page.circle.moving


def test_breath_grows_and_shrinks_with_its_words(moment: Callable[..., MomentPage]) -> None:
    page = moment()
    assert not moves(page)
    page.go_on.click()
    assert page.words.text() == "Let your feet rest on the floor."
    assert not moves(page)
    page._next()
    assert "Breathe in" in page.words.text()
    assert moves(page)
    assert page.circle.target == LARGE
    page._next()
    assert "Breathe out" in page.words.text()
    assert page.circle.target == SMALL
    page._next()
    assert page.circle.target == LARGE
    # The pace is that of the words.
    assert page._pace.interval() == 4000


def test_breath_ends_by_itself_and_can_be_done_once_more(moment: Callable[..., MomentPage]) -> None:
    page = moment()
    page.go_on.click()
    for _page in exercises().exercises[0].in_order():
        page._next()
    assert "stop, and look around" in page.words.text()
    assert not moves(page)
    assert not page._pace.isActive()
    assert page.go_on.text() == "Once more"
    page.go_on.click()
    assert page.words.text() == "Let your feet rest on the floor."


def test_stop_is_always_there(moment: Callable[..., MomentPage]) -> None:
    page = moment()
    page.go_on.click()
    page._next()
    page.stop_button.click()
    assert not moves(page)
    assert not page._pace.isActive()
    assert page.go_on.text() == "Start"
    assert page.go_on.isVisible()


def test_the_senses_come_one_at_a_time_at_her_own_pace(moment: Callable[..., MomentPage]) -> None:
    page = moment()
    page.choice.choose(1)
    page.choice.chosen_changed.emit(1)
    assert not page.circle.isVisible()
    said = []
    page.go_on.click()
    while page.go_on.text() == "Next":
        assert not page._pace.isActive()
        said.append(page.words.text())
        QTest.keyClick(page.go_on, Qt.Key.Key_Return)
    assert said == [each.words.get("en") for each in exercises().exercises[1].pages]
    assert page.words.text() == "Stay as long as you like."


def test_words_alone_when_she_wants_no_movement(moment: Callable[..., MomentPage]) -> None:
    page = moment()
    page.still_button.click()
    assert not page.circle.isVisible()
    page.go_on.click()
    page._next()
    assert "Breathe in" in page.words.text()
    assert not moves(page)
    assert page._pace.isActive()
    page.still_button.click()
    assert page.circle.isVisible()


@pytest.mark.parametrize("who", ["system", "tokens"])
def test_nothing_moves_where_the_system_wants_less_motion(
    moment: Callable[..., MomentPage], monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    if who == "system":
        monkeypatch.setattr("planner.system.appearance.Appearance.less_motion", lambda _self: True)
    else:
        monkeypatch.setattr(theme, "motion", lambda _name: 0)
    page = moment()
    page.go_on.click()
    page._next()
    assert not page.circle.isVisible()
    assert not moves(page)
    assert not page.still_button.isVisible()
    assert "Breathe in" in page.words.text()


def test_the_page_before_waits_as_it_was(open_session: Callable[..., Session], show_notebook: Show) -> None:
    notebook = show_notebook(open_session("me"), "plan")
    plan = notebook.page("plan")
    notebook.go("moment")
    page = notebook.page("moment")
    assert isinstance(page, MomentPage)
    page.go_on.click()
    page._next()
    page.back_button.click()
    assert notebook.current == "plan"
    assert notebook.page("plan") is plan
    assert not page._pace.isActive()
    assert not moves(page)


@pytest.mark.parametrize("look", [{}, {"scale": 2.0, "width": 640, "height": 480}, {"look": "dark", "language": "es"}])
def test_every_control_is_named_and_reached(moment: Callable[..., MomentPage], look: dict[str, object]) -> None:
    use_language(str(look.get("language", "en")))
    page = moment(**look)
    assert walk(page.window()) == []
    page.go_on.click()
    assert walk(page.window()) == []
