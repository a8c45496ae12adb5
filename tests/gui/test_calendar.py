"""The calendar on a real store: the list, its paper, reminders."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pytestqt.qtbot import QtBot

from planner.plan.records import Appointment, Outcome, WhatHappened
from planner.session import Session
from planner.ui.a11y import walk
from planner.ui.open_notebook import OpenNotebook
from tests.gui.calendar_desk import (
    WEEKLY,
    add,
    appointment,
    appointments,
    calendar,
    lines,
    person_of,
    press,
    titles,
)
from tests.gui.notebooks import OpenSession, ShowNotebook

# ---------------------------------------------------------------- the list


def test_days_from_today_on_each_under_its_name(open_session: OpenSession, show_notebook: ShowNotebook) -> None:
    session = open_session("me")
    page = calendar(show_notebook(session, "calendar"))
    shown = lines(page.list)
    assert [line.title for line in shown[:3]] == ["Today, Thursday, March 12", "Talk with Ruth", "Call the clinic back"]
    talk = shown[1]
    assert (talk.time, talk.detail) == ("10:30\u00a0am", "Harbor House, room 2. About 50 minutes.")
    assert ("people", "Maya goes with you") in talk.chips
    assert ("bus", "Bus 14 at 9:55") in talk.chips
    assert "Nico: no school" in titles(page.list)


def test_earlier_ones_wait_behind_a_button(open_session: OpenSession, show_notebook: ShowNotebook) -> None:
    page = calendar(show_notebook(open_session("me"), "calendar"))
    assert not page.earlier_list.isVisible()
    page.earlier.button.setFocus()
    page.earlier.button.click()
    assert page.earlier_list.isVisible()
    words = [chip for line in lines(page.earlier_list) for _icon, chip in line.chips]
    assert "Not this time" in words
    assert "I went" in words


def test_far_times_are_left_out_only_where_they_repeat(mine: Session, show_notebook: ShowNotebook) -> None:
    add(mine, **WEEKLY)
    add(mine, title="Court day", starts="2026-08-03T09:00")
    add(mine, title="Once a year", starts="2025-09-01", repeat="FREQ=YEARLY")
    page = calendar(show_notebook(mine, "calendar"))
    shown = titles(page.list)
    assert shown.count("Class") == 4
    assert "Court day" in shown
    assert "Once a year" in shown
    assert page.more.isVisible()
    page.more.click()
    assert titles(page.list).count("Class") > 40


def test_without_a_day_it_is_not_lost(mine: Session, show_notebook: ShowNotebook) -> None:
    add(mine, title="Dentist")
    page = calendar(show_notebook(mine, "calendar"))
    assert titles(page.list) == ["Without a day, or far away", "Dentist"]


def test_the_other_clock_is_said(mine: Session, show_notebook: ShowNotebook) -> None:
    with mine.edit(person_of(mine), "made") as edit:
        edit.add(Appointment(title="Call", starts="2026-03-13T09:00", zone="America/New_York"))
    page = calendar(show_notebook(mine, "calendar"))
    line = lines(page.list)[1]
    assert line.time == "1\u00a0pm"
    assert line.detail == "9\u00a0am in New York."


def test_everyone_is_told_apart_by_a_letter_alone(open_session: OpenSession, show_notebook: ShowNotebook) -> None:
    session = open_session("others")
    notebook = show_notebook(session, "calendar")
    page = calendar(notebook)
    shown = [line for line in lines(page.list) if not line.section]
    assert shown
    assert all(len(line.letter) == 1 for line in shown)
    names = [person.name for person in session.people() if len(person.name) > 1]
    assert not [name for name in names for line in shown if line.title.startswith(name)]
    assert not page.add.isVisible()
    assert not page.paper.isVisible()
    page.list.opened.emit(shown[0].id)
    assert notebook.current == "appointment"
    assert session.person is not None
    assert session.person.id == shown[0].id.split("/")[0]
    assert appointment(notebook).title() == shown[0].title


# ---------------------------------------------------------------- paper and accessibility


def test_the_slip_holds_what_still_stands_and_not_what_is_hers_alone(
    notebook: OpenNotebook, mine: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    from planner.ui.dialogs.next_dates import NextDates

    add(mine, title="Doctor", starts="2026-03-20T15:00", place="Main Street")
    add(mine, title="Secret", starts="2026-03-21T15:00", mine_alone=True)
    gone = add(mine, title="Gone", starts="2026-03-22T15:00")
    with mine.edit(person_of(mine), "told") as edit:
        edit.add(Outcome(appointment=gone, occurrence="2026-03-22T15:00", what=WhatHappened.THEY_CANCELLED))
    asked: list[tuple[object, ...]] = []
    monkeypatch.setattr("planner.ui.printing.preview_and_print", lambda *what: asked.append(what))
    dialog = NextDates(notebook, notebook)
    dialog.open()
    assert [each.appointment.title for each in dialog.dates()] == ["Doctor"]
    dialog.places.click()
    assert "It says where you will be on 1 day." in dialog.reveals.text()
    assert walk(notebook.window()) == []
    press(dialog, "Look at it")
    ((_desk, _title, render, reveals, leaving),) = asked
    assert callable(render)
    assert render()[:5] == b"%PDF-"
    assert reveals == ["It shows that there is an appointment on 1 day.", "It says where you will be on 1 day."]
    assert getattr(leaving, "person", "") == person_of(mine)


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_all_is_named_and_reached(open_session: OpenSession, show_notebook: ShowNotebook, scale: float) -> None:
    session = open_session("me")
    notebook = show_notebook(session, "calendar", scale=scale)
    calendar(notebook).earlier.set_open(True)
    assert walk(notebook.window()) == []
    for each in appointments(session):
        notebook.go("appointment", appointment=each.id)
        page = appointment(notebook)
        if page.summary.isVisible():
            assert walk(notebook.window()) == []
            page.summary.later.click()
        for section in page.fields.sections.values():
            section.set_open(True)
        page.fields.repeat.ends.choose("until")
        page.fields.repeat._show()
        assert walk(notebook.window()) == []


# ---------------------------------------------------------------- reminders


def test_reminders_are_off_until_chosen_and_say_her_words_once(mine: Session, notebook: OpenNotebook) -> None:
    from planner.ui.reminders import Watcher

    add(mine, title="Clinic", starts="2026-03-12T12:10", remind_minutes=15)
    add(mine, title="Later", starts="2026-03-12T18:00", remind_minutes=15)
    said: list[str] = []
    watcher = Watcher(mine)
    watcher.due.connect(said.append)
    watcher.look()
    assert said == []
    mine.set_setting("reminders", True)
    mine.set_setting("reminder_words", "Water the plants")
    watcher.look()
    watcher.look()
    assert said == ["Water the plants"]
    mine.clock = lambda: datetime(2026, 3, 12, 17, 50, tzinfo=UTC)
    watcher.look()
    assert said == ["Water the plants"] * 2
    watcher.stop()


def test_the_card_tells_nothing_of_the_appointment(mine: Session, notebook: OpenNotebook, qtbot: QtBot) -> None:
    add(mine, title="Clinic", starts="2026-03-12T12:10", remind_minutes=15)
    mine.set_setting("reminders", True)
    reminders = notebook._reminders
    notebook.go("today")
    reminders.watcher.look()
    qtbot.waitUntil(lambda: reminders.card is not None)
    card = reminders.card
    assert card is not None
    assert card.isVisible()
    assert card.words.text() == "Look at your calendar."
    assert walk(notebook.window()) == []
    card.look.click()
    assert notebook.current == "calendar"
    assert not card.isVisible()


def test_choosing_one_switches_reminders_on(mine: Session, notebook: OpenNotebook) -> None:
    notebook.go("appointment", appointment=add(mine, title="Clinic", starts="2026-03-12T18:00"))
    fields = appointment(notebook).fields
    fields.remind.choose("60")
    fields.remind.changed.emit()
    assert mine.setting("reminders") is True
    assert appointments(mine)[0].remind_minutes == 60
    fields.reminder_switch.click()
    assert mine.setting("reminders") is False
