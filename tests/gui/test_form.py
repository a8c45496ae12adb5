"""A guided form on the screen: answered, left, taken up, taken back; by hand and by keys alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.errors import MachineTrouble
from planner.forms import Way
from planner.plan.records import Reach
from planner.session import Session
from planner.session.filling_desk import FillingDesk
from planner.ui.a11y import walk
from planner.ui.kit.text import Text
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.form_answers import DateAnswer, TimeAnswer
from planner.ui.pages.form_side import _once
from planner.ui.pages.form_summary import SummaryView
from planner.ui.pages.form_views import HeavyView, RepeatView
from planner.ui.pages.form_words import WAYS
from planner.ui.pages.proposals import EndView, ProposalsView
from tests.gui.forms_desk import FORM, Key, OnScreen, OpenForm, button, on_with_keys, press, type_keys
from tests.gui.notebooks import PASSPHRASE

CTRL = Qt.KeyboardModifier.ControlModifier


def words_on(page: object) -> str:
    return "\n".join(each.text() for each in page.findChildren(Text) if each.isVisible())  # type: ignore[attr-defined]


def test_an_answer_is_stored_at_once(form: OpenForm) -> None:
    screen = form()
    assert screen.stored() == ""
    screen.until("needs")
    screen.choose("needs", "sleep", "food")
    assert screen.filling.value("needs") == "sleep food"
    assert "sleep food" in screen.stored()
    assert screen.page.foot.says
    assert "Saved at 12" in screen.page.foot._words.text()


def test_the_page_says_where_she_is_and_why_it_asks(form: OpenForm) -> None:
    screen = form()
    screen.until("needs")
    screen.choose("needs", "sleep")
    screen.until("sleep_tonight")
    assert screen.page.over_title() == "Where I sleep, question 1 of 3"
    shown = words_on(screen.page)
    assert "Why we ask" in shown
    assert "We ask so that a bed can be found today." in shown
    assert "You. A worker sees it only when you show it." in shown
    assert "It takes nothing away." in shown
    assert [tab.state for tab in screen.page.sections.tabs][:2] == ["done", "here"]


def test_the_first_answer_has_the_keyboard(form: OpenForm) -> None:
    screen = form()
    screen.until("needs")
    assert QApplication.focusWidget() is screen.block("needs").answer.first()  # type: ignore[union-attr]


def test_in_a_small_window_reading_begins_at_the_top(form: OpenForm) -> None:
    screen = form("empty", width=640, height=480, scale=2.0)
    screen.until("needs")
    screen.choose("needs", "dates", "sleep")
    screen.until("sleep_tonight")
    QApplication.processEvents()
    area = screen.page.area
    assert area is not None
    assert area.verticalScrollBar().maximum() > 0
    assert area.verticalScrollBar().value() == 0
    assert area.horizontalScrollBar().maximum() == 0
    assert screen.page.foot.pause.accessibleName() == "Pause here"


def test_in_one_column_the_sections_come_over_the_page_and_go_when_one_is_chosen(form: OpenForm) -> None:
    screen = form("empty", width=1366, height=768, scale=2.0)
    press(screen.notebook.header.menu)
    assert screen.page.sections.isVisible()
    item = screen.page.sections.item("/data/body")
    assert item is not None
    press(item)
    assert not screen.page.sections.isVisible()
    assert screen.key == "section-note:/data/body"
    press(screen.notebook.header.menu)
    press(screen.page.sections.all_forms)
    assert screen.notebook.current == "forms"
    assert not screen.page.sections.isVisible()


def test_typed_words_are_saved_after_a_pause_and_on_leaving(form: OpenForm, qtbot: QtBot) -> None:
    screen = form()
    screen.until("needs")
    screen.choose("needs", "hope")
    screen.until("hoping/hope")
    screen.write("hope", "bread")
    assert "bread" not in screen.stored()
    qtbot.waitUntil(lambda: "bread" in screen.stored(), timeout=4000)
    assert screen.key == "question:/data/hoping/hope"
    screen.write("hope", " and salt")
    screen.notebook.go("forms")
    assert "bread and salt" in screen.stored()


def test_pages_that_an_answer_calls_for_come_and_go(form: OpenForm) -> None:
    screen = form()
    screen.until("needs")
    screen.choose("needs", "hope")
    screen.until("hoping/hope")
    screen.write("hope", "a cat")
    screen.next()
    assert "hope_part" in screen.key
    assert screen.page.over_title() == "What I hope for, question 2 of 4"


@pytest.mark.parametrize("way", list(Way))
def test_another_way_clears_the_answer_goes_on_and_can_be_taken_back(form: OpenForm, way: Way) -> None:
    screen = form()
    screen.until("needs")
    screen.choose("needs", "sleep")
    screen.until("sleep_tonight")
    screen.choose("sleep_tonight", "none")
    press(screen.view._ways[way])
    assert "sleep_week" in screen.key
    assert screen.filling.way("sleep_tonight") is way
    assert screen.filling.value("sleep_tonight") == ""
    assert screen.page.foot.take_back.isVisible()
    press(screen.page.foot.take_back)
    assert "sleep_tonight" in screen.key
    assert screen.filling.way("sleep_tonight") is None
    assert screen.filling.value("sleep_tonight") == "none"
    type_keys(Key.Key_Y, modifier=CTRL)
    assert screen.filling.way("sleep_tonight") is way
    assert way.value in screen.stored()


def test_answering_clears_the_way_and_pressing_it_again_brings_the_answer_back(form: OpenForm) -> None:
    screen = form()
    screen.until("needs")
    screen.choose("needs", "sleep")
    screen.until("sleep_tonight")
    screen.choose("sleep_tonight", "none")
    press(screen.view._ways[Way.NOT_NOW])
    assert [tab.note for tab in screen.page.sections.tabs][1] == "1 kept for later"
    screen.back()
    chosen = screen.view._ways[Way.NOT_NOW]
    assert chosen.isChecked()
    press(chosen)
    assert "sleep_tonight" in screen.key
    assert screen.filling.value("sleep_tonight") == "none"
    press(screen.view._ways[Way.WITH_SOMEONE])
    screen.back()
    screen.choose("sleep_tonight", "ok")
    assert screen.filling.way("sleep_tonight") is None
    assert not any(each.isChecked() for each in screen.view._ways.values())


def test_a_heavy_part_can_be_left_whole_and_opened_again(form: OpenForm) -> None:
    screen = form()
    screen.until("section-note:/data/body")
    assert screen.shows(HeavyView)
    press(screen.view_of(HeavyView).button)
    assert "dates" in screen.key
    body = next(tab for tab in screen.page.sections.tabs if tab.name == "/data/body")
    assert body.note == "Left for later"
    screen.page.sections.section_asked.emit("/data/body")
    assert screen.shows(HeavyView)
    press(screen.view_of(HeavyView).button)
    assert "body_first" in screen.key


def test_facts_say_where_they_are_from_and_how_old_they_are(form: OpenForm) -> None:
    screen = form()
    screen.until("body_first")
    shown = words_on(screen.page)
    assert "Where this is from" in shown
    assert "The newest of these pages is from May 2025. Please check it before you rely on it." in shown
    assert "Or answer in another way. Each one is fine." not in shown


def with_people(screen: OnScreen) -> None:
    screen.until("needs")
    screen.choose("needs", "people")
    screen.until("people_any")
    screen.choose("people_any", "yes")
    screen.next()


def test_each_one_in_turn_and_then_another_one(form: OpenForm) -> None:
    screen = form()
    with_people(screen)
    screen.write("p_name", "Maya")
    screen.choose("p_role", "friend")
    screen.next()
    screen.write("p_phone", "555 0134")
    screen.choose("p_call", "yes")
    screen.next()
    assert screen.shows(RepeatView)
    assert screen.page.view.heading() == "Another one? Maya, Friend"
    press(screen.view_of(RepeatView).button)
    assert screen.key == "field-list:/data/people/person[2]/p_page"
    screen.write("p_name", "Ben")
    screen.until("repeat:/data/people/person")
    assert screen.page.view.heading() == "Another one? Maya, Friend, Ben"
    press(button(screen.page.view, "Take out: Ben"))
    assert screen.page.view.heading() == "Another one? Maya, Friend"
    assert "Ben" not in screen.stored()
    press(screen.page.foot.take_back)
    assert screen.page.view.heading() == "Another one? Maya, Friend, Ben"


def test_a_way_on_a_page_of_several_is_for_what_is_left_open(form: OpenForm) -> None:
    screen = form()
    with_people(screen)
    screen.write("p_name", "Maya")
    press(screen.view._ways[Way.RATHER_NOT])
    assert screen.filling.value("/data/people/person[1]/p_page/p_name") == "Maya"
    assert screen.filling.way("/data/people/person[1]/p_page/p_role") is Way.RATHER_NOT


def test_a_day_that_cannot_be_read_is_asked_about_once_and_never_a_wall(form: OpenForm) -> None:
    screen = form()
    screen.until("dates_any")
    screen.choose("dates_any", "yes")
    screen.next()
    day = screen.block("d_day").answer
    assert isinstance(day, DateAnswer)
    QTest.keyClicks(day.day.field, "the day after")
    here = screen.key
    screen.next()
    assert screen.key == here
    assert screen.block("d_day").asking
    screen.next()
    assert screen.key != here
    screen.back()
    again = screen.block("d_day").answer
    assert isinstance(again, DateAnswer)
    assert again.day.field.text() == "the day after"
    again.day.field.selectAll()
    QTest.keyClicks(again.day.field, "4/1/2026")
    hour = screen.block("d_time").answer
    assert isinstance(hour, TimeAnswer)
    QTest.keyClicks(hour.hour.field, "10:30")
    screen.next()
    one = "/data/dates/date[1]/d_page"
    assert screen.filling.value(f"{one}/d_day") == "2026-04-01"
    assert screen.filling.value(f"{one}/d_time").startswith("10:30")


def test_it_goes_on_where_it_stopped_after_a_crash(form: OpenForm, show_notebook: Callable[..., OpenNotebook]) -> None:
    screen = form()
    screen.until("needs")
    screen.choose("needs", "sleep")
    screen.until("sleep_week")
    screen.choose("sleep_week", "no")
    screen.session.forms._open = None  # another process knows only what is in the store
    other = OnScreen(screen.session, show_notebook(screen.session, "today"))
    other.notebook.go("form", form=FORM)
    assert "sleep_week" in other.key
    assert other.filling.value("sleep_week") == "no"


def test_a_lock_keeps_half_typed_words_and_the_page(form: OpenForm, show_notebook: Callable[..., OpenNotebook]) -> None:
    screen = form()
    screen.until("needs")
    screen.choose("needs", "hope")
    screen.until("hoping/hope")
    screen.write("hope", "half a sen")
    folder, clock = screen.session.notebook.folder, screen.session.clock
    screen.notebook.put_away()
    screen.session.lock()
    from planner.store.notebooks import Notebook

    session = Session(Notebook.open(folder, PASSPHRASE), clock=clock, zone="UTC")
    try:
        notebook = show_notebook(session, "today")
        notebook.take_up()
        again = OnScreen(session, notebook)
        assert notebook.current == "form"
        assert again.key == "question:/data/hoping/hope"
        assert again.filling.value("hope") == "half a sen"
    finally:
        notebook.close_down()
        session.notebook.close()


def test_another_language_in_the_middle_keeps_the_place(
    form: OpenForm, show_notebook: Callable[..., OpenNotebook]
) -> None:
    from planner.words import use_language

    screen = form()
    screen.until("needs")
    screen.choose("needs", "sleep")
    screen.until("sleep_week")
    screen.choose("sleep_week", "no")
    screen.notebook.leave()
    use_language("es")
    notebook = show_notebook(screen.session, "today", language="es")
    notebook.go(*screen.notebook.here()[:1], **screen.notebook.here()[1])
    again = OnScreen(screen.session, notebook)
    assert "sleep_week" in again.key
    assert again.block("sleep_week").question.label == "¿Y el resto de la semana?"
    assert again.filling.value("sleep_week") == "no"
    assert again.page.over_title() == "Dónde duermo, pregunta 2 de 3"


def test_a_machine_that_cannot_save_keeps_the_words_and_saves_later(
    form: OpenForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = form()
    screen.until("needs")
    real = FillingDesk.save

    def full(_table: FillingDesk) -> None:
        raise MachineTrouble("The disk is full.", "Make some room.")

    monkeypatch.setattr(FillingDesk, "save", full)
    screen.choose("needs", "sleep")
    screen.choose("needs", "food")
    assert screen.notebook.unsaved == 1
    assert "Not saved yet" in screen.page.foot._words.text()
    screen.next()
    assert "needs" not in screen.key
    monkeypatch.setattr(FillingDesk, "save", real)
    assert screen.notebook._keeping.try_again()
    assert "sleep food" in screen.stored()
    assert "Saved at" in screen.page.foot._words.text()


def test_undo_takes_back_answer_after_answer(form: OpenForm) -> None:
    screen = form()
    screen.until("needs")
    screen.choose("needs", "sleep", "food")
    screen.notebook.undo()
    assert screen.filling.value("needs") == "sleep"
    screen.notebook.undo()
    assert screen.filling.value("needs") == ""
    screen.notebook.undo()
    screen.notebook.redo()
    assert screen.filling.value("needs") == "sleep"


def test_by_keys_alone_from_the_first_page_into_the_plan(form: OpenForm) -> None:
    screen = form()
    assert "welcome" in screen.key
    type_keys(Key.Key_Return)  # Next has the keyboard where nothing is asked
    place = [each.value for each in screen.filling.question("/data/start/needs").choices].index("people")
    type_keys(*[Key.Key_Down] * place, Key.Key_Space)
    assert screen.filling.value("needs") == "people"
    on_with_keys()
    assert "section-note" in screen.key
    type_keys(Key.Key_Tab)
    screen.view_of(HeavyView).button.setFocus()
    type_keys(Key.Key_Space)
    assert "dates_any" in screen.key
    type_keys("2")
    on_with_keys()
    assert "people_any" in screen.key
    type_keys("1", Key.Key_Return)
    assert "p_page" in screen.key
    type_keys("Maya", Key.Key_Return, Key.Key_Down)
    on_with_keys()
    assert "p_reach" in screen.key
    type_keys("555 0134", Key.Key_Return, "1")
    on_with_keys()
    assert screen.shows(RepeatView)
    on_with_keys()
    for _page in range(12):
        if screen.shows(SummaryView):
            break
        on_with_keys()
    assert screen.shows(SummaryView)
    on_with_keys()
    assert screen.shows(ProposalsView)
    on_with_keys()
    assert screen.shows(EndView)
    (maya,) = screen.session.contacts(screen.person)
    assert (maya.name, maya.call) == ("Maya", Reach.YES)
    assert [dict(each)["number"] for each in maya.phones] == ["555 0134"]
    type_keys(Key.Key_Return)
    assert screen.notebook.current == "plan"


def test_every_kind_of_page_can_be_walked(form: OpenForm) -> None:
    screen = form()
    kinds: set[str] = set()
    screen.until("needs")
    screen.choose("needs", "people", "hope")
    for _page in range(60):
        assert walk(screen.notebook.window()) == [], screen.page.over_title()
        if screen.shows(EndView):
            break
        flow = screen.page.flow
        assert flow is not None
        kinds.add(flow.page.kind)
        if "people_any" in screen.key:
            screen.choose("people_any", "yes")
        if "p_name" in screen.key or "p_page" in screen.key:
            screen.write("p_name", "Maya")
        screen.next()
    assert screen.shows(EndView)
    assert {"note", "question", "section-note", "field-list", "repeat", "summary"} <= kinds


def test_the_ways_have_words_and_icons() -> None:
    assert set(WAYS) == set(Way)


def test_notes_on_one_page_are_no_question_and_what_two_reasons_share_is_said_once(form: OpenForm) -> None:
    screen = form()
    screen.until("body_first")
    assert screen.page.over_title() == "My body"
    screen.until("body_today")
    assert screen.page.over_title() == "My body, question 1 of 3"
    shared = "A court could ask to see it."
    assert _once([f"One. {shared}", f"Two. {shared}"]) == ["One.", "Two.", shared]
    assert _once(["One. This.", f"Two. {shared}"]) == ["One. This.", f"Two. {shared}"]
    assert _once([f"One. {shared}"] * 2) == [f"One. {shared}"]
