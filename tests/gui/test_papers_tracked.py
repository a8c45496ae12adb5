"""What is written about papers: added, changed and removed by hand, told on Today, and found from elsewhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from planner.plan.records import Appointment, CheckIn, PaperState, TrackedPaper
from planner.session import Session
from planner.ui.a11y import walk
from planner.ui.kit.buttons import Button
from planner.ui.kit.rows import ListRow
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.calendar import CalendarPage
from planner.ui.pages.print import PrintPage
from planner.ui.pages.search import where_of
from planner.ui.pages.today import TodayPage
from planner.ui.where import place_of
from tests.gui.paper_desk import press
from tests.gui.papers_desk import Opened, opened_fixture  # noqa: F401 - a fixture

CARD = TrackedPaper(
    id="card",
    title="ID card",
    state=PaperState.RECEIVED,
    expires="2026-04-01",
    where_to_ask="The clerk",
    safe_address="12 Hill Road",
)
GONE = TrackedPaper(id="gone", title="Permit", state=PaperState.RECEIVED, expires="2026-03-01")
PASSPORT = TrackedPaper(id="passport", title="Passport")

Open = Callable[..., Opened]


def add(session: Session, *records: object) -> None:
    person = session.person
    assert person is not None
    with session.edit(person.id, "Add") as edit:
        for each in records:
            edit.add(each)  # type: ignore[arg-type]


def stored(screen: Opened) -> list[TrackedPaper]:
    return screen.session.tracked_papers(screen.person)


def test_the_first_one_is_written_down_from_the_empty_page(opened: Open) -> None:
    screen = opened()
    press(screen.page.first_written)
    one = screen.page.one_tracked
    assert one.isVisible()
    assert QApplication.focusWidget() is one.fields["title"]
    QTest.keyClicks(one.fields["cost"], "30 dollars")
    one.pen.flush()
    assert stored(screen) == [], "without a word of a title nothing is kept"
    QTest.keyClicks(one.fields["title"], "ID card")
    one.pen.flush()
    (paper,) = stored(screen)
    assert (paper.title, paper.cost, paper.state) == ("ID card", "30 dollars", PaperState.MISSING)
    one.state.choose(PaperState.ASKED.value)
    one.state.changed.emit()
    one.expires.field.setText("4/1/2026")
    one.expires.field.done.emit()
    (now,) = stored(screen)
    assert (now.id, now.state, now.expires) == (paper.id, PaperState.ASKED, "2026-04-01")
    assert "Runs out on April 1" in screen.words()
    press(one.done_button)
    assert [line.id for line in screen.page.tracked.list.lines()] == [paper.id]
    assert not one.isVisible()


def test_done_without_a_title_asks_for_a_word_and_keeps_what_was_typed(opened: Open) -> None:
    screen = opened()
    press(screen.page.first_written)
    one = screen.page.one_tracked
    QTest.keyClicks(one.fields["where_to_ask"], "The clerk")
    press(one.done_button)
    assert one.isVisible()
    assert "A word is enough" in screen.words()
    draft = screen.page.draft()
    assert draft == {"where_to_ask": "The clerk"}
    screen.page.take_draft(draft)
    assert screen.page.one_tracked.fields["where_to_ask"].text() == "The clerk"


def test_what_runs_out_first_stands_first(opened: Open) -> None:
    screen = opened()
    add(screen.session, PASSPORT, CARD, GONE)
    lines = screen.page.tracked.list.lines()
    assert [line.id for line in lines] == ["gone", "card", "passport"]
    assert [line.detail for line in lines] == [
        *("It is here · Ran out on March 1", "It is here · Runs out on April 1", "Not here yet"),
    ]
    assert walk(screen.notebook.window()) == []


def test_one_that_ran_out_says_what_can_still_be_done(opened: Open) -> None:
    screen = opened()
    add(screen.session, GONE, PASSPORT)
    screen.notebook.go("papers", tracked="gone")
    assert "Ran out on March 1" in screen.words()
    assert "Ask today how to renew it. There may still be a way." in screen.words()
    assert walk(screen.notebook.window()) == []
    screen.notebook.go("papers", tracked="passport")
    assert "renew" not in screen.words()


def test_removing_has_a_way_back(opened: Open) -> None:
    screen = opened()
    add(screen.session, CARD, PASSPORT)
    screen.notebook.go("papers", tracked="card")
    press(screen.page.one_tracked.remove_button)
    assert stored(screen) == [PASSPORT]
    screen.notebook.undo()
    assert [each.id for each in stored(screen)] == ["card", "passport"]


def test_undo_takes_a_new_one_back_also_while_somebody_types(opened: Open) -> None:
    screen = opened()
    press(screen.page.first_written)
    one = screen.page.one_tracked
    QTest.keyClicks(one.fields["title"], "ID card")
    one.pen.flush()
    one.pen._timer.setInterval(1_000_000)  # however slow the hand is
    QTest.keyClicks(one.fields["cost"], "30")
    assert one.pen.waiting
    screen.notebook.undo()
    assert stored(screen) == []
    assert screen.page.empty.isVisible()


def test_undo_of_typing_goes_through_the_page(opened: Open) -> None:
    screen = opened()
    add(screen.session, CARD)
    screen.notebook.go("papers", tracked="card")
    one = screen.page.one_tracked
    one.fields["where_to_ask"].selectAll()
    QTest.keyClicks(one.fields["where_to_ask"], "Window 3")
    one.pen.flush()
    assert stored(screen)[0].where_to_ask == "Window 3"
    screen.notebook.undo()
    assert stored(screen) == [CARD]
    assert one.fields["where_to_ask"].text() == "The clerk"


def test_two_copies_that_say_different_things_wait_for_a_choice(opened: Open) -> None:
    screen = opened()
    add(screen.session, CARD)
    with screen.session.edit(screen.person, "Both") as edit:
        edit._in(CARD.home()).put_values("card", "state", ["received", "not-needed"])
        edit.touched.add("card")
    screen.notebook.go("papers", tracked="card")
    rivals = screen.page.one_tracked.rivals
    assert rivals.isVisible()
    offered = {each.text(): each for each in rivals.findChildren(Button)}
    assert offered.keys() == {"It is here", "Not needed"}
    press(offered["Not needed"])
    assert stored(screen)[0].state is PaperState.NOT_NEEDED
    assert not rivals.isVisible()


def test_a_photo_can_belong_to_one(opened: Open) -> None:
    screen = opened()
    add(screen.session, CARD)
    photo = screen.keep(title="The front")
    screen.seen(photo)
    screen.page.one.belongs.choose("card")
    screen.page.one.belongs.changed.emit()
    assert [each.id for each in screen.session.papers.of_record(screen.person, "card")] == [photo.id]
    screen.notebook.go("papers", tracked="card")
    (row,) = screen.page.one_tracked.photos.rows
    press(row.press)
    assert screen.open_id() == photo.id


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_every_face_by_keyboard_alone(opened: Open, scale: float) -> None:
    screen = opened(scale=scale, width=1366)
    for where in ({}, {"add": "yes"}):
        screen.notebook.go("papers", **where)
        QApplication.processEvents()
        assert walk(screen.notebook.window()) == []
    add(screen.session, CARD)
    screen.notebook.go("papers", tracked="card")
    QApplication.processEvents()
    assert walk(screen.notebook.window()) == []


# ---------------------------------------------------------------- elsewhere


def today_rows(notebook: OpenNotebook) -> list[ListRow]:
    page = notebook.page("today")
    assert isinstance(page, TodayPage)
    return page.paper_lines.rows if page.paper_lines.isVisible() else []


def test_today_tells_of_what_runs_out_in_a_quiet_line(opened: Open) -> None:
    screen = opened()
    screen.notebook.go("today")
    assert today_rows(screen.notebook) == []
    day = CheckIn(day="2026-03-11", scales=({"name": "sleep", "value": "1"},), note="plover-rain")
    add(screen.session, CARD, PASSPORT, day)
    screen.notebook.go("today")
    rows = today_rows(screen.notebook)
    assert [each.press.accessibleName() for each in rows] == [
        "ID card, Runs out on April 1",
        "How it has been, Last written down: yesterday",
    ]
    page = screen.notebook.page("today")
    assert isinstance(page, TodayPage)
    assert not any("hard" in each or "plover" in each for each in [row.press.accessibleName() for row in rows])
    press(rows[0].press)
    assert screen.page.one_tracked.record == CARD


def test_the_calendar_tells_of_it_beside_the_appointments(opened: Open) -> None:
    screen = opened()
    visit = Appointment(title="Talk with Ruth", starts="2026-03-20T10:30", zone="UTC")
    add(screen.session, visit, PASSPORT, CheckIn(day="2026-03-11", note="Rain"))
    screen.notebook.go("calendar")
    page = screen.notebook.page("calendar")
    assert isinstance(page, CalendarPage)
    assert not page.listed.paper_lines.isVisible()
    add(screen.session, CARD)
    (row,) = page.listed.paper_lines.rows
    assert row.press.accessibleName() == "ID card, Runs out on April 1"
    press(row.press)
    assert screen.page.one_tracked.record == CARD


def test_nothing_of_it_is_told_among_everyone(
    open_session: Callable[..., Session], show_notebook: Callable[..., OpenNotebook]
) -> None:
    session = open_session("others")
    person = session.people()[0].id
    with session.edit(person, "Add") as edit:
        edit.add(CARD)
    notebook = show_notebook(session, "today")
    assert today_rows(notebook) == []
    session.choose(person)
    notebook.go("today")
    assert [each.press.accessibleName() for each in today_rows(notebook)] == ["ID card, Runs out on April 1"]


def test_it_is_found_and_opened(opened: Open) -> None:
    screen = opened()
    add(screen.session, CARD)
    (found,) = screen.session.finding.find("clerk").found
    page, where = where_of(found)
    assert (page, where) == ("papers", {"tracked": "card"})
    assert place_of(screen.session, screen.person, "tracked-paper", "card") == (page, where)
    screen.notebook.go(page, **where)
    assert screen.page.one_tracked.record == CARD


def test_it_goes_onto_paper_only_when_it_is_ticked(opened: Open) -> None:
    screen = opened()
    add(screen.session, CARD, TrackedPaper(id="alone", title="Permit", mine_alone=True))
    screen.notebook.go("print")
    page = screen.notebook.page("print")
    assert isinstance(page, PrintPage)
    assert not page.parts().papers
    page.parts_ticks.ticks["papers"].click()
    assert page.parts().papers
    assert any("of 1 paper where it stands" in each for each in page.told.sentences)
    page.chosen_alone.ticks["alone"].click()
    assert any("of 2 papers where they stand" in each for each in page.told.sentences)
    assert not any("address" in each for each in page.told.sentences)
    page.parts_ticks.ticks["places"].click()
    assert any("1 address" in each for each in page.told.sentences)
