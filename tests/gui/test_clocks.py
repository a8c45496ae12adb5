"""Time limits on the screen: taken over, written, told ahead, and said plainly once their day has gone by."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from planner.packs.time_limits import LimitKind
from planner.plan.records import LimitState, TimeLimit
from planner.session import Session
from planner.ui.a11y import walk
from planner.ui.dialogs.next_dates import NextDates
from planner.ui.kit.text import Text
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.calendar import CalendarPage
from planner.ui.pages.calendar_week_parts import WeekEntry
from planner.ui.pages.clocks import ClocksPage
from planner.ui.pages.papers import PapersPage
from planner.ui.pages.print import PrintPage
from planner.ui.pages.search import where_of
from planner.ui.pages.today import TodayPage
from planner.ui.where import place_of
from tests.gui.paper_desk import press

HEARING = TimeLimit(id="hearing", title="Go to court", due="2026-03-16T09:30", zone="UTC", template="hearing")
LATE = TimeLimit(id="late", title="Send the form", due="2026-03-10", zone="UTC", template="letter")
FAR = TimeLimit(id="far", title="Renew the card", due="2026-06-01", zone="UTC", warn_days=180)
QUIET = TimeLimit(id="quiet", title="Ask for money", due="2027-06-01", zone="UTC", warn_days=7)
OPEN = TimeLimit(id="open", title="Ask the state")
DONE = TimeLimit(id="done", title="Sent", due="2026-03-01", state=LimitState.DONE)
HEARING_DAY = date(2026, 3, 16)
ALL = (HEARING, LATE, FAR, QUIET, OPEN, DONE)


class Screen:
    """One session with the time limits in front."""

    def __init__(self, session: Session, notebook: OpenNotebook) -> None:
        self.session, self.notebook = session, notebook

    @property
    def page(self) -> ClocksPage:
        page = self.notebook.page("clocks")
        assert isinstance(page, ClocksPage)
        return page

    def stored(self) -> list[TimeLimit]:
        assert self.session.person is not None
        return self.session.time_limits(self.session.person.id)

    def words(self, page: str = "clocks") -> str:
        QApplication.processEvents()
        shown = self.notebook.page(page)
        assert shown is not None
        return "\n".join(each.text() for each in shown.findChildren(Text) if each.isVisible())

    def add(self, *limits: TimeLimit) -> None:
        assert self.session.person is not None
        with self.session.edit(self.session.person.id, "Add") as edit:
            for each in limits:
                edit.add(each)


Show = Callable[..., Screen]


@pytest.fixture(name="show")
def show_fixture(open_session: Callable[..., Session], show_notebook: Callable[..., OpenNotebook]) -> Show:
    def start(*limits: TimeLimit, page: str = "clocks", what: str = "empty", **look: object) -> Screen:
        session = open_session(what, str(look.get("language", "en")))
        screen = Screen(session, show_notebook(session, page, **look))
        if limits:
            screen.add(*limits)
        return screen

    return start


def everything(session: Session) -> str:
    """All that stands in the store about anybody, and every setting, as text."""
    rows = [json.dumps(row.fields, default=str) for row in session.store.rows(None)]
    settings = [str(row) for row in session.store._ask("SELECT name, value FROM setting")]
    return "\n".join([*rows, *settings])


def test_one_is_taken_over_from_a_day_on_a_paper_which_is_not_kept(show: Show) -> None:
    screen = show()
    press(screen.page.first_button)
    screen.page.choosing.list.opened.emit("u-certification")
    taking = screen.page.taking
    assert taking.isVisible()
    assert "A lawyer must confirm this day." in screen.words()
    taking.start.field.setText("1/20/2026")
    taking.start.field.done.emit()
    assert "That makes July 19, 2026." in screen.words()
    press(taking.keep_button)
    (limit,) = screen.stored()
    assert (limit.due, limit.template, limit.warn_days, limit.state) == (
        *("2026-07-19", "u-certification", 90, LimitState.OPEN),
    )
    assert "six months" in limit.rule
    assert screen.page.one.record == limit
    kept = everything(screen.session)
    assert "2026-07-19" in kept
    assert "2026-01-20" not in kept
    assert taking.start.value() is None
    assert walk(screen.notebook.window()) == []


def test_a_day_that_is_not_known_yet_can_be_asked_for(show: Show) -> None:
    screen = show()
    screen.notebook.go("clocks", template="compensation")
    press(screen.page.taking.keep_button)
    assert [each.due for each in screen.stored()] == [""]
    screen.page.show_list()
    assert "A day to ask for" in [line.title for line in screen.page.list.lines() if line.section]


def test_a_day_that_cannot_be_read_is_asked_for_and_nothing_is_kept(show: Show) -> None:
    screen = show()
    screen.notebook.go("clocks", template="compensation")
    taking = screen.page.taking
    taking.due.field.setText("some day")
    taking.due.field.done.emit()
    press(taking.keep_button)
    assert screen.stored() == []
    assert taking.due_row.asking()


def test_one_of_her_own_is_kept_from_its_first_word(show: Show) -> None:
    screen = show()
    press(screen.page.first_button)
    screen.page.choosing.list.opened.emit("other")
    one = screen.page.one
    assert one.isVisible()
    QTest.keyClicks(one.note.paper, "Ask Lin")
    one.pen.flush()
    assert screen.stored() == []
    assert screen.page.draft() == {"note": "Ask Lin"}
    QTest.keyClicks(one.title_field, "Send the form")
    one.pen.flush()
    one.due.field.setText("4/1/2026")
    one.due.field.done.emit()
    one.hour.field.setText("15:00")
    one.hour.field.done.emit()
    (limit,) = screen.stored()
    assert (limit.title, limit.note, limit.due, limit.zone) == ("Send the form", "Ask Lin", "2026-04-01T15:00", "UTC")
    one.state.choose(LimitState.DONE.value)
    one.state.changed.emit()
    assert screen.stored()[0].state is LimitState.DONE
    press(one.remove_button)
    assert screen.stored() == []
    assert screen.session.undo()
    assert [each.title for each in screen.stored()] == ["Send the form"]


def test_a_draft_comes_back(show: Show) -> None:
    screen = show()
    screen.notebook.go("clocks", add="own")
    screen.page.one.rule.set_text("The letter")
    screen.page.one.due.field.setText("4/1/2026")
    screen.page.one.due.field.done.emit()
    draft = screen.page.draft()
    assert draft == {"rule": "The letter", "due": "2026-04-01"}
    screen.notebook.go("clocks")
    screen.page.take_draft(json.loads(json.dumps(draft)))
    assert screen.page.one.isVisible()
    assert screen.page.draft() == draft


def test_the_nearest_stand_first_each_under_its_head(show: Show) -> None:
    screen = show(*ALL)
    lines = screen.page.list.lines()
    assert [line.title for line in lines if line.section] == [
        *("To keep in mind now", "Later on", "A day to ask for", "Done or not needed"),
    ]
    assert [line.id for line in lines if not line.section] == ["late", "hearing", "far", "quiet", "open", "done"]
    details = {line.id: line.detail for line in lines}
    assert details["late"] == "The day was March 10, 2026"
    assert " ".join(details["hearing"].split()) == "March 16, 2026, 9:30 am · 4 days left"
    assert details["far"] == "June 1, 2026"
    assert walk(screen.notebook.window()) == []


def test_once_the_day_has_gone_by_it_says_the_truth_and_opens_the_next_door(show: Show) -> None:
    screen = show(LATE, QUIET)
    screen.notebook.go("clocks", limit="late")
    words = screen.words()
    assert "The day has gone by. There may still be a way." in words
    template = screen.session.content.time_limit("letter")
    assert template is not None
    assert template.past[0].words.get("en") in words
    assert not any(word in words.lower() for word in ("missed", "failed", "too late"))
    buttons = [each.text() for each in screen.page.one.findChildren(type(screen.page.add_button)) if each.isVisible()]
    assert "First talk with a lawyer" in buttons
    assert walk(screen.notebook.window()) == []
    screen.notebook.go("clocks", limit="quiet")
    assert "gone by" not in screen.words()


def test_today_tells_of_what_is_close_above_all_else_and_leads_there(show: Show) -> None:
    screen = show(*ALL, page="today")
    page = screen.notebook.page("today")
    assert isinstance(page, TodayPage)
    assert [row.findChildren(Text)[0].text() for row in page.limits.rows] == ["Send the form", "Go to court"]
    assert "Renew the card" in screen.words("today")
    assert "Ask for money" not in screen.words("today")
    page.limits.rows[0].pressed_row.emit()
    assert screen.page.one.record == LATE
    one = screen.page.one
    one.state.choose(LimitState.NOT_NEEDED.value)
    one.state.changed.emit()
    screen.notebook.go("today")
    assert "Send the form" not in screen.words("today")
    assert walk(screen.notebook.window()) == []


def test_among_everyone_initials_alone_tell_whose_it_is(
    open_session: Callable[..., Session], show_notebook: Callable[..., OpenNotebook]
) -> None:
    session = open_session("others")
    person = session.people()[0]
    with session.edit(person.id, "Add") as edit:
        edit.add(LATE)
    notebook = show_notebook(session, "today")
    screen = Screen(session, notebook)
    page = notebook.page("today")
    assert isinstance(page, TodayPage)
    (row,) = page.limits.rows
    said = "\n".join(each.text() for each in row.findChildren(Text))
    assert "Send the form" in said
    assert person.name not in said
    row.pressed_row.emit()
    assert session.person is not None
    assert session.person.id == person.id
    assert screen.page.one.record == LATE


@pytest.mark.parametrize("view", ["list", "week", "month"])
def test_each_stands_on_its_day_in_the_calendar_and_opens_from_there(show: Show, view: str) -> None:
    screen = show(HEARING, TimeLimit(id="day", title="A whole day", due="2026-03-13"), page="calendar")
    page = screen.notebook.page("calendar")
    assert isinstance(page, CalendarPage)
    page.show_view(view)
    screen.notebook.go("calendar")
    QApplication.processEvents()
    if view == "list":
        (line,) = [each for each in page.list.lines() if each.title == "Go to court"]
        assert ("bell", "Time limit") in line.chips
        page.list.opened.emit(line.id)
    elif view == "month":
        page.month.choose(HEARING_DAY)
        (line,) = [each for each in page.month.side.list.lines() if each.title == "Go to court"]
        page.month.side.list.opened.emit(line.id)
    else:
        page.week.choose(HEARING_DAY)
        (entry,) = [
            each
            for each in page.week.findChildren(WeekEntry)
            if each.isVisible() and each.words.item is not None and each.words.item.appointment.id == "hearing"
        ]
        entry.clicked.emit()
    assert screen.page.one.record == HEARING


def test_what_still_helps_in_the_first_days_is_only_read(show: Show) -> None:
    screen = show()
    before = everything(screen.session)
    screen.notebook.go("clocks", show="hours")
    page, days = screen.page, screen.page.first_days
    known = [each for each in screen.session.content.time_limits() if each.kind is LimitKind.HOURS]
    for each in known:
        assert each.title.get("en") in screen.words()
        assert each.past[0].words.get("en") not in screen.words()
    days.ago.choose(3)
    days.ago.chosen_changed.emit(3)
    words = screen.words()
    for each in known:
        assert (each.past[0].words.get("en") in words) is (each.hours < 96)
    assert page.draft() is None
    assert everything(screen.session) == before
    assert walk(screen.notebook.window()) == []
    screen.notebook.go("today")
    screen.notebook.go("clocks", show="hours")
    assert days.ago.chosen == 0


def test_on_paper_only_where_she_wants_it_and_the_gate_says_so(show: Show) -> None:
    screen = show(HEARING, DONE, page="print")
    page = screen.notebook.page("print")
    assert isinstance(page, PrintPage)
    assert "by when" not in " ".join(page.told.sentences)
    press(page.parts_ticks.ticks["limits"])
    assert "It says by when you have to do 1 thing, and what it is about." in page.told.sentences


def test_the_slip_tells_of_last_days_only_where_she_wants_it(show: Show) -> None:
    screen = show(HEARING, LATE, DONE, replace(FAR, mine_alone=True), page="calendar")
    page = screen.notebook.page("calendar")
    assert isinstance(page, CalendarPage)
    slip = NextDates(page, screen.notebook)
    screen.notebook.ask(slip)
    assert slip.last_days() == []
    assert slip.reveals.text() == "This slip holds nothing of yours yet."
    press(slip.limits)
    assert slip.last_days() == [HEARING]
    assert slip.reveals.text() == "It shows 1 last day, not what it is about."
    slip.close()


def test_found_from_elsewhere(show: Show) -> None:
    screen = show(HEARING)
    (found,) = screen.session.finding.find("court").found
    assert where_of(found) == ("clocks", {"limit": "hearing"})
    assert screen.session.person is not None
    assert place_of(screen.session, screen.session.person.id, "clock", "hearing") == ("clocks", {"limit": "hearing"})


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("where", [{}, {"add": "yes"}, {"template": "asylum"}, {"limit": "late"}, {"show": "hours"}])
def test_nothing_is_cut_off_in_large_text(show: Show, language: str, where: dict[str, str]) -> None:
    screen = show(*ALL, language=language, scale=2.0)
    screen.notebook.go("clocks", **where)
    QApplication.processEvents()
    assert walk(screen.notebook.window()) == []


def test_a_kind_of_paper_fills_what_is_empty_and_says_where_to_ask(show: Show) -> None:
    screen = show(page="papers")
    screen.notebook.go("papers", add="yes")
    page = screen.notebook.page("papers")
    assert isinstance(page, PapersPage)
    one = page.one_tracked
    one.fields["where_to_ask"].setText("The desk downstairs")
    one.kinds.picker.choose("social-security")
    one.kinds.picker.changed.emit()
    assert screen.session.person is not None
    (paper,) = screen.session.tracked_papers(screen.session.person.id)
    assert (paper.title, paper.where_to_ask) == ("Social Security card", "The desk downstairs")
    assert "It is free. Nobody may take money for it." in screen.words("papers")
    assert walk(screen.notebook.window()) == []
    screen.notebook.go("papers")
    screen.notebook.go("papers", add="yes")
    assert "It is free." not in screen.words("papers")
