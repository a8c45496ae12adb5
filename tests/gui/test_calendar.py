"""The calendar and one appointment, on a real store: what a person does there, and what is kept of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from planner.plan.life import LifeDomain
from planner.plan.records import Appointment, Outcome, WhatHappened
from planner.session import Session
from planner.ui.a11y import walk
from planner.ui.kit.dialogs import Dialog
from planner.ui.kit.lists import LINE_ROLE, Line, ListView
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.appointment import AppointmentPage
from planner.ui.pages.calendar import CalendarPage
from tests.gui.notebooks import TODAY, OpenSession, ShowNotebook


def lines(view: ListView) -> list[Line]:
    model = view.model()
    return [model.index(row, 0).data(LINE_ROLE) for row in range(model.rowCount())]


def titles(view: ListView) -> list[str]:
    return [line.title for line in lines(view)]


def person_of(session: Session) -> str:
    person = session.person
    assert person is not None
    return person.id


def appointments(session: Session) -> list[Appointment]:
    return session.appointments(person_of(session))


def days(session: Session, title: str, start: date = TODAY - timedelta(days=60), count: int = 400) -> list[str]:
    found = session.agenda(start, count, person_of(session), 2000)
    return [
        f"{each.day}" + (f" {each.time:%H:%M}" if each.time else "")
        for each in found
        if each.appointment.title == title
    ]


def calendar(notebook: OpenNotebook) -> CalendarPage:
    page = notebook.page("calendar")
    assert isinstance(page, CalendarPage)
    return page


def appointment(notebook: OpenNotebook) -> AppointmentPage:
    page = notebook.page("appointment")
    assert isinstance(page, AppointmentPage)
    return page


def add(session: Session, **values: object) -> str:
    with session.edit(person_of(session), "made") as edit:
        return edit.add(Appointment(zone="UTC", **values))  # type: ignore[arg-type]


def write(qtbot: QtBot, field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Tab)


WEEKLY = {"title": "Class", "starts": "2026-03-02T09:00", "repeat": "FREQ=WEEKLY;BYDAY=MO"}


@pytest.fixture
def mine(open_session: OpenSession) -> Session:
    return open_session("empty")


@pytest.fixture
def notebook(mine: Session, show_notebook: ShowNotebook) -> OpenNotebook:
    return show_notebook(mine, "calendar")


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


# ---------------------------------------------------------------- a new one


def test_nothing_is_kept_before_the_first_word(notebook: OpenNotebook, mine: Session) -> None:
    assert calendar(notebook).empty.isVisible()
    notebook.go("appointment")
    notebook.go("calendar")
    assert appointments(mine) == []


def test_typed_it_is_kept_by_keyboard_alone(qtbot: QtBot, notebook: OpenNotebook, mine: Session) -> None:
    press_by_key(qtbot, calendar(notebook).empty, "Add the first one")
    page = appointment(notebook)
    assert page.fields.title.hasFocus()
    QTest.keyClicks(page.fields.title, "Doctor")
    assert appointments(mine) == []
    QTest.keyClick(page.fields.title, Qt.Key.Key_Tab)
    write(qtbot, page.fields.day.field, "3/20")
    write(qtbot, page.fields.hour.field, "3 pm")
    write(qtbot, page.fields.place, "Main Street 5")
    (kept,) = appointments(mine)
    assert (kept.title, kept.starts, kept.zone, kept.place) == ("Doctor", "2026-03-20T15:00", "UTC", "Main Street 5")
    assert days(mine, "Doctor") == ["2026-03-20 15:00"]
    assert page.over_title() == "Friday, March 20, 3\u00a0pm"


def test_typing_is_kept_after_a_pause_and_on_leaving(qtbot: QtBot, notebook: OpenNotebook, mine: Session) -> None:
    notebook.go("appointment")
    page = appointment(notebook)
    QTest.keyClicks(page.fields.title, "Dent")
    page._pause.timeout.emit()
    assert [each.title for each in appointments(mine)] == ["Dent"]
    QTest.keyClicks(page.fields.title, "ist")
    assert page.fields.title.text() == "Dentist"
    notebook.go("calendar")
    assert [each.title for each in appointments(mine)] == ["Dentist"]


def test_a_day_alone_lasts_all_day(qtbot: QtBot, notebook: OpenNotebook, mine: Session) -> None:
    notebook.go("appointment")
    write(qtbot, appointment(notebook).fields.day.field, "2026-03-21")
    (kept,) = appointments(mine)
    assert kept.starts == "2026-03-21"
    notebook.go("calendar")
    assert titles(calendar(notebook).list) == ["Saturday, March 21", "Appointment"]


def test_what_cannot_be_read_is_asked_for_and_changes_nothing(
    qtbot: QtBot, notebook: OpenNotebook, mine: Session
) -> None:
    made = add(mine, title="Doctor", starts="2026-03-20T15:00")
    notebook.go("appointment", appointment=made)
    page = appointment(notebook)
    write(qtbot, page.fields.day.field, "some day")
    assert page.fields.day_row.asking()
    assert appointments(mine)[0].starts == "2026-03-20T15:00"
    assert page.draft() == {"day": "some day", "hour": "3\u00a0pm"}


def test_lists_names_and_the_rest_are_kept(
    qtbot: QtBot, open_session: OpenSession, show_notebook: ShowNotebook
) -> None:
    session = open_session("me")
    notebook = show_notebook(session, "calendar")
    made = add(session, title="Bank", starts="2026-03-20T15:00")
    notebook.go("appointment", appointment=made)
    page = appointment(notebook)
    for section in page.fields.sections.values():
        section.set_open(True)
    page.fields.bring.fields[0].setFocus()
    QTest.keyClicks(page.fields.bring.fields[0], "ID card")
    qtbot.waitUntil(page.fields.bring.fields[1].isVisible)
    QTest.keyClick(page.fields.bring.fields[0], Qt.Key.Key_Return)
    assert page.fields.bring.fields[1].hasFocus()
    QTest.keyClicks(page.fields.bring.fields[1], "Letter")
    QTest.keyClick(page.fields.bring.fields[1], Qt.Key.Key_Tab)
    page.fields._add_name("Joan")
    page.fields._add_name("Maya")
    page.fields.part.choose(LifeDomain.MONEY.value)
    page.fields.part.changed.emit()
    page.fields.mine_alone.click()
    kept = session.record(person_of(session), made)
    assert isinstance(kept, Appointment)
    assert kept.bring == ("ID card", "Letter")
    assert (kept.who_comes, kept.domain, kept.mine_alone) == ("Joan, Maya", LifeDomain.MONEY, True)


def test_which_law_it_is_stays_as_it_was(qtbot: QtBot, notebook: OpenNotebook, mine: Session) -> None:
    made = add(mine, title="Office", starts="2026-03-20", domain=LifeDomain.T_STATUS)
    notebook.go("appointment", appointment=made)
    write(qtbot, appointment(notebook).fields.place, "Room 4")
    assert appointments(mine)[0].domain is LifeDomain.T_STATUS


# ---------------------------------------------------------------- repeating


def test_a_rhythm_is_chosen_in_words(qtbot: QtBot, notebook: OpenNotebook, mine: Session) -> None:
    made = add(mine, title="Class", starts="2026-03-16T09:00")
    notebook.go("appointment", appointment=made)
    fields = appointment(notebook).fields
    fields.sections["repeat"].set_open(True)
    fields.repeat.kind.choose("week")
    fields.repeat.kind.changed.emit()
    fields.repeat.days[2].click()
    assert appointments(mine)[0].repeat == "FREQ=WEEKLY;BYDAY=MO,WE"
    fields.repeat.ends.choose("times")
    fields.repeat.ends.changed.emit()
    assert appointments(mine)[0].repeat == "FREQ=WEEKLY;BYDAY=MO,WE"
    write(qtbot, fields.repeat.times, "3")
    assert days(mine, "Class") == ["2026-03-16 09:00", "2026-03-18 09:00", "2026-03-23 09:00"]
    assert fields.repeat.words.text() == "Every week on Monday and Wednesday, 3 times"


def open_time(notebook: OpenNotebook, made: str, name: str) -> AppointmentPage:
    notebook.go("appointment", appointment=made, occurrence=name)
    return appointment(notebook)


def test_one_time_asks_which_is_meant_before_anything_can_be_changed(
    qtbot: QtBot, notebook: OpenNotebook, mine: Session
) -> None:
    add(mine, **WEEKLY)
    calendar(notebook).list.setFocus()
    QTest.keyClick(calendar(notebook).list, Qt.Key.Key_Return)
    page = appointment(notebook)
    assert page.summary.isVisible()
    assert not page.fields.isVisible()
    assert page.summary.only.hasFocus()


def test_another_hour_for_one_time_moves_it(qtbot: QtBot, notebook: OpenNotebook, mine: Session) -> None:
    made = add(mine, **WEEKLY)
    page = open_time(notebook, made, "2026-03-16T09:00")
    page.summary.only.click()
    write(qtbot, page.fields.hour.field, "11 am")
    assert days(mine, "Class", TODAY, 14) == ["2026-03-16 11:00", "2026-03-23 09:00"]
    (said,) = mine.outcomes(person_of(mine), made)
    assert (said.what, said.new_starts) == (WhatHappened.MOVED, "2026-03-16T11:00")
    mine.undo()
    assert days(mine, "Class", TODAY, 14) == ["2026-03-16 09:00", "2026-03-23 09:00"]


def test_other_words_for_one_time_make_it_its_own(qtbot: QtBot, notebook: OpenNotebook, mine: Session) -> None:
    made = add(mine, **WEEKLY)
    page = open_time(notebook, made, "2026-03-16T09:00")
    page.summary.only.click()
    write(qtbot, page.fields.title, "Exam")
    assert page.fields.isVisible()
    write(qtbot, page.fields.place, "Room 9")
    assert days(mine, "Class", TODAY, 14) == ["2026-03-23 09:00"]
    assert days(mine, "Exam") == ["2026-03-16 09:00"]
    (single,) = [each for each in appointments(mine) if each.title == "Exam"]
    assert (single.repeat, single.place) == ("", "Room 9")
    assert len(appointments(mine)) == 2


def test_another_rhythm_begins_here_and_what_was_stays(qtbot: QtBot, notebook: OpenNotebook, mine: Session) -> None:
    made = add(mine, **WEEKLY, except_starts=("2026-03-30T09:00",))
    with mine.edit(person_of(mine), "told") as edit:
        edit.add(Outcome(appointment=made, occurrence="2026-03-09T09:00", what=WhatHappened.WENT))
    page = open_time(notebook, made, "2026-03-16T09:00")
    page.summary.later.click()
    write(qtbot, page.fields.hour.field, "1 pm")
    write(qtbot, page.fields.place, "Upstairs")
    assert days(mine, "Class", date(2026, 3, 1), 42) == [
        "2026-03-02 09:00",
        "2026-03-09 09:00",
        "2026-03-16 13:00",
        "2026-03-23 13:00",
        "2026-04-06 13:00",
    ]
    went = [each for each in mine.agenda(date(2026, 3, 9), 1, person_of(mine)) if each.outcome]
    assert [each.outcome for each in went] == [WhatHappened.WENT]
    new = next(each for each in appointments(mine) if each.starts == "2026-03-16T13:00")
    assert new.place == "Upstairs"


def test_words_from_here_on_change_the_row_itself(qtbot: QtBot, notebook: OpenNotebook, mine: Session) -> None:
    page = open_time(notebook, add(mine, **WEEKLY), "2026-03-16T09:00")
    page.summary.later.click()
    write(qtbot, page.fields.place, "Upstairs")
    (kept,) = appointments(mine)
    assert (kept.place, kept.repeat) == ("Upstairs", "FREQ=WEEKLY;BYDAY=MO")


# ---------------------------------------------------------------- removing


def test_removed_at_once_and_taken_back(qtbot: QtBot, notebook: OpenNotebook, mine: Session) -> None:
    notebook.go("appointment", appointment=add(mine, title="Doctor", starts="2026-03-20T15:00"))
    page = appointment(notebook)
    page.fields.title.setFocus()
    QTest.keyClicks(page.fields.title, " again")
    page.remove_button.click()
    assert notebook.current == "calendar"
    assert appointments(mine) == []
    notebook.undo()
    assert [each.title for each in appointments(mine)] == ["Doctor"]


@pytest.mark.parametrize(
    ("button", "left"),
    [
        ("Only this time", ["2026-03-02 09:00", "2026-03-09 09:00", "2026-03-23 09:00"]),
        ("This and all later times", ["2026-03-02 09:00", "2026-03-09 09:00"]),
        ("All of them", []),
        ("Not now", ["2026-03-02 09:00", "2026-03-09 09:00", "2026-03-16 09:00", "2026-03-23 09:00"]),
    ],
)
def test_of_several_times_it_is_asked_which(
    notebook: OpenNotebook, mine: Session, button: str, left: list[str]
) -> None:
    made = add(mine, **{**WEEKLY, "repeat": "FREQ=WEEKLY;COUNT=4"})
    page = open_time(notebook, made, "2026-03-16T09:00")
    page.remove_button.click()
    dialog = page.findChild(Dialog) or notebook.findChild(Dialog) or notebook.window().findChild(Dialog)
    assert isinstance(dialog, Dialog)
    press(dialog, button)
    assert days(mine, "Class") == left


def press_by_key(qtbot: QtBot, where: QWidget, words: str) -> None:
    from planner.ui.kit.buttons import Button

    button = next(each for each in where.findChildren(Button) if each.text() == words)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)


def press(where: QWidget, words: str) -> None:
    from planner.ui.kit.buttons import Button

    next(each for each in where.findChildren(Button) if each.text() == words).click()


# ---------------------------------------------------------------- what happened


@pytest.mark.parametrize("what", [WhatHappened.WENT, WhatHappened.NOT_THIS_TIME, WhatHappened.THEY_CANCELLED])
def test_what_happened_is_kept_and_taken_back(notebook: OpenNotebook, mine: Session, what: WhatHappened) -> None:
    made = add(mine, title="Doctor", starts="2026-03-10T15:00")
    page = open_time(notebook, made, "2026-03-10T15:00")
    page.happened.answers[what].click()
    assert [each.what for each in mine.outcomes(person_of(mine), made)] == [what]
    assert page.happened.answers[what].isChecked()
    (item,) = mine.agenda(date(2026, 3, 10), 1, person_of(mine))
    assert item.outcome is what
    page.happened.answers[what].click()
    assert [each for each in mine.outcomes(person_of(mine), made) if not each.removed] == []
    (item,) = mine.agenda(date(2026, 3, 10), 1, person_of(mine))
    assert item.outcome is None


def test_a_new_day_moves_it_and_then_it_is_asked_again(qtbot: QtBot, notebook: OpenNotebook, mine: Session) -> None:
    made = add(mine, title="Doctor", starts="2026-03-10T15:00")
    page = open_time(notebook, made, "2026-03-10T15:00")
    page.happened.answers[WhatHappened.MOVED].click()
    assert mine.outcomes(person_of(mine), made) == []
    write(qtbot, page.happened.day.field, "3/11")
    write(qtbot, page.happened.hour.field, "4 pm")
    assert days(mine, "Doctor") == ["2026-03-11 16:00"]
    assert page.fields.starts() == "2026-03-11T16:00"
    page.happened.answers[WhatHappened.WENT].click()
    assert days(mine, "Doctor") == ["2026-03-11 16:00"]
    (item,) = mine.agenda(date(2026, 3, 11), 1, person_of(mine))
    assert item.outcome is WhatHappened.WENT
    write(qtbot, page.happened.line, "All well")
    assert "All well" in [each.note for each in mine.outcomes(person_of(mine), made)]


def test_for_the_law_the_plain_truth_and_the_next_door(notebook: OpenNotebook, mine: Session) -> None:
    made = add(mine, title="Hearing", starts="2026-03-10T09:00")
    page = open_time(notebook, made, "2026-03-10T09:00")
    page.happened.answers[WhatHappened.NOT_THIS_TIME].click()
    assert page.happened.law.isVisible()
    assert "Call your lawyer today; there may still be a way." in page.happened.law.words.text()
    page.happened.answers[WhatHappened.WENT].click()
    assert not page.happened.law.isVisible()
    page.happened.answers[WhatHappened.NOT_THIS_TIME].click()
    page.happened.law.help.click()
    assert notebook.current == "help"


def test_an_everyday_one_is_let_be(notebook: OpenNotebook, mine: Session) -> None:
    page = open_time(notebook, add(mine, title="Coffee", starts="2026-03-10T09:00"), "2026-03-10T09:00")
    page.happened.answers[WhatHappened.NOT_THIS_TIME].click()
    assert not page.happened.law.isVisible()


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
