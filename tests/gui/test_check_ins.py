"""How single days were: written down, changed, left out again, and found."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from planner.plan.records import CheckIn
from planner.session import Session
from planner.ui.a11y import walk
from planner.ui.kit.buttons import Button
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.check_ins import CheckInsPage
from planner.ui.pages.search import where_of
from planner.ui.pages.search_lines import all_lines, matched
from planner.ui.pages.today import TodayPage
from tests.gui.forms_desk import press

DAY = CheckIn(
    id="day",
    day="2026-03-11",
    scales=({"name": "sleep", "value": "2"}, {"name": "own_scale", "value": "4"}),
    note="plover-rain",
)


class Days:
    """One session with the days on the screen."""

    def __init__(self, session: Session, notebook: OpenNotebook) -> None:
        self.session, self.notebook = session, notebook

    @property
    def page(self) -> CheckInsPage:
        page = self.notebook.page("check-ins")
        assert isinstance(page, CheckInsPage)
        return page

    @property
    def person(self) -> str:
        assert self.session.person is not None
        return self.session.person.id

    def stored(self) -> list[CheckIn]:
        return self.session.check_ins(self.person)

    def add(self, *days: CheckIn) -> None:
        with self.session.edit(self.person, "Add") as edit:
            for each in days:
                edit.add(each)

    def rate(self, name: str, value: str) -> None:
        picker = self.page.one.pickers[name]
        picker.choose(value)
        picker.changed.emit()


@pytest.fixture(name="days")
def days_fixture(
    open_session: Callable[..., Session], show_notebook: Callable[..., OpenNotebook]
) -> Callable[..., Days]:
    def start(*days: CheckIn, what: str = "empty", **look: object) -> Days:
        session = open_session(what, str(look.get("language", "en")))
        screen = Days(session, show_notebook(session, "today", **look))
        if days:
            screen.add(*days)
        screen.notebook.go("check-ins")
        return screen

    return start


Open = Callable[..., Days]


def test_today_is_kept_from_the_first_rating_on(days: Open) -> None:
    screen = days()
    press(screen.page.first_button)
    assert screen.page.title() == "Check-in of March 12"
    assert screen.stored() == []
    assert not screen.page.one.remove_button.isVisible()
    screen.rate("sleep", "4")
    (kept,) = screen.stored()
    assert (kept.day, kept.ratings) == ("2026-03-12", {"sleep": 4})
    screen.rate("hope", "2")
    QTest.keyClicks(screen.page.one.note.paper, "Slept well")
    screen.page.one.pen.flush()
    (now,) = screen.stored()
    assert (now.id, now.ratings, now.note) == (kept.id, {"sleep": 4, "hope": 2}, "Slept well")
    screen.rate("sleep", "")
    assert screen.stored()[0].ratings == {"hope": 2}
    press(screen.page.one.done_button)
    (line,) = screen.page.list.lines()
    assert (line.title, line.detail) == ("Check-in of March 12", "Hope: hard · Slept well")


def test_words_alone_are_enough(days: Open) -> None:
    screen = days()
    press(screen.page.first_button)
    QTest.keyClicks(screen.page.one.note.paper, "Sun")
    screen.notebook.go("today")
    assert [(each.note, each.ratings) for each in screen.stored()] == [("Sun", {})]


def test_to_look_and_leave_keeps_nothing(days: Open) -> None:
    screen = days()
    press(screen.page.first_button)
    press(screen.page.one.done_button)
    screen.notebook.go("today")
    screen.notebook.go("check-ins")
    assert screen.stored() == []
    assert screen.page.empty.isVisible()


def test_the_same_day_is_the_same_check_in(days: Open) -> None:
    screen = days(CheckIn(id="today", day="2026-03-12", note="once"))
    press(screen.page.today_button)
    assert screen.page.one.record is not None
    assert screen.page.one.record.id == "today"
    screen.rate("mood", "3")
    assert [(each.id, each.ratings) for each in screen.stored()] == [("today", {"mood": 3})]


def test_scales_of_another_form_stay_and_can_be_changed(days: Open) -> None:
    screen = days(DAY)
    screen.notebook.go("check-ins", day="day")
    assert list(screen.page.one.pickers)[-1] == "own_scale"
    assert screen.page.one.pickers["own_scale"].accessibleName() == "Own scale: Good"
    screen.rate("mood", "5")
    assert screen.stored()[0].ratings == {"sleep": 2, "own_scale": 4, "mood": 5}


def test_removing_has_a_way_back(days: Open) -> None:
    screen = days(DAY, CheckIn(day="2026-03-01", note="other"))
    screen.notebook.go("check-ins", day="day")
    press(screen.page.one.remove_button)
    assert [each.day for each in screen.stored()] == ["2026-03-01"]
    screen.notebook.undo()
    assert screen.stored()[0] == DAY


def test_undo_takes_the_day_back_also_while_somebody_types(days: Open) -> None:
    screen = days()
    press(screen.page.first_button)
    screen.rate("sleep", "4")
    screen.page.one.pen._timer.setInterval(1_000_000)  # however slow the hand is
    QTest.keyClicks(screen.page.one.note.paper, "Sun")
    assert screen.page.one.pen.waiting
    screen.notebook.undo()
    assert screen.stored() == []
    assert screen.page.empty.isVisible()


def test_today_leads_there_before_there_is_any(days: Open) -> None:
    screen = days()
    screen.notebook.go("today")
    today = screen.notebook.page("today")
    assert isinstance(today, TodayPage)
    press(today.first_day)
    screen.rate("hope", "3")
    screen.notebook.go("today")
    assert not today.first_day.isVisible()
    press(today.paper_lines.rows[0].press)
    assert [line.title for line in screen.page.list.lines()] == ["Check-in of March 12"]


def test_erasing_asks_first(days: Open) -> None:
    from planner.ui.kit.dialogs import Dialog

    screen = days(DAY)
    screen.notebook.go("check-ins", day="day")
    press(screen.page.one.erase_button)
    QApplication.processEvents()
    assert [each for each in screen.notebook.window().findChildren(Dialog) if each.isVisible()]
    assert screen.stored() == [DAY]


def test_it_is_found_by_its_words_and_goes_by_its_day(days: Open) -> None:
    screen = days(DAY)
    answer = screen.session.finding.find("plover")
    (found,) = answer.found
    assert where_of(found) == ("check-ins", {"day": "day"})
    lines = all_lines(screen.session, screen.notebook.formats, answer, matched(answer))
    assert [line.title for line in lines] == ["Check-ins", "Check-in of March 11"]


def test_two_copies_that_say_different_things_wait_for_a_choice(days: Open) -> None:
    screen = days(DAY)
    with screen.session.edit(screen.person, "Both") as edit:
        edit._in(DAY.home()).put_values("day", "note", ["plover-rain", "plover-sun"])
        edit.touched.add("day")
    screen.notebook.go("check-ins", day="day")
    rivals = screen.page.one.rivals
    assert rivals.isVisible()
    press(next(each for each in rivals.findChildren(Button) if each.text() == "plover-sun"))
    assert screen.stored()[0].note == "plover-sun"
    assert not rivals.isVisible()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_every_face_by_keyboard_alone(days: Open, scale: float) -> None:
    screen = days(DAY, scale=scale, language="es")
    for where in ({}, {"day": "day"}, {"add": "today"}):
        screen.notebook.go("check-ins", **where)
        QApplication.processEvents()
        assert walk(screen.notebook.window()) == []


def test_without_a_person_there_are_no_days(
    open_session: Callable[..., Session], show_notebook: Callable[..., OpenNotebook]
) -> None:
    notebook = show_notebook(open_session("others"), "today")
    notebook.go("check-ins")
    assert notebook.current == "everyone"
