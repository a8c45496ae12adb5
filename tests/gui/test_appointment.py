"""One appointment on a real store: what a person does there, and what is kept of it."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from planner.plan.life import LifeDomain
from planner.plan.records import Appointment, Outcome, WhatHappened
from planner.session import Session
from planner.ui.kit.dialogs import Dialog
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.appointment import AppointmentPage
from tests.gui.calendar_desk import (
    WEEKLY,
    add,
    appointment,
    appointments,
    calendar,
    days,
    person_of,
    press,
    press_by_key,
    titles,
    write,
)
from tests.gui.notebooks import TODAY, OpenSession, ShowNotebook

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
