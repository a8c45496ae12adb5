"""Bringing in a calendar and saving one, as a person does it, on a real notebook."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from planner.plan.records import SupportContact
from planner.session import Session
from planner.ui.a11y import walk
from planner.ui.dialogs.calendar_export import ExportOne, ExportRange, export_range
from planner.ui.kit.dialogs import Dialog
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.activity import ActivityPage
from planner.ui.pages.appointment import AppointmentPage
from planner.ui.pages.calendar_import import SHOWN, CalendarImportPage
from planner.ui.paper.choose_file import ChooseFile
from planner.ui.paper.place import ChoosePlace
from planner.ui.work import Work
from tests.gui.calendar_desk import add, appointments, lines, person_of, titles
from tests.gui.notebooks import OpenSession, ShowNotebook
from tests.unit.exchange.calendar_made import calendar, event, read

AT_TEN = "DTSTART:20260316T100000Z"
VISIT = event(AT_TEN, "SUMMARY:Visit", "LOCATION:Room 5", "DURATION:PT1H", "DESCRIPTION:Bring the letter", uid="visit")
CLASS = event(AT_TEN, "SUMMARY:Class", "RRULE:FREQ=WEEKLY;COUNT=3", uid="class")
BROKEN = event("SUMMARY:Broken", uid="broken")


class Hand:
    """What somebody does on the page."""

    def __init__(self, notebook: OpenNotebook, folder: Path, qtbot: QtBot) -> None:
        self.notebook, self._folder, self._qtbot = notebook, folder, qtbot
        notebook.go("calendar-import")
        page = notebook.page("calendar-import")
        assert isinstance(page, CalendarImportPage)
        self.page = page

    def file(self, *parts: str, method: str = "") -> Path:
        path = self._folder / "calendar.ics"
        path.write_bytes(calendar(*parts, method=method))
        return path

    def look(self, *parts: str, method: str = "") -> None:
        self.page.read(self.file(*parts, method=method))
        self._qtbot.waitUntil(self.page.take.isVisible, timeout=20_000)

    def bring_in(self) -> None:
        self.page.take.click()
        self._qtbot.waitUntil(lambda: self.notebook.current == "calendar", timeout=20_000)

    def dialog(self, kind: type[Dialog] = Dialog) -> Dialog:
        self._qtbot.waitUntil(lambda: any(each.isVisible() for each in self.notebook.window().findChildren(kind)))
        return next(each for each in self.notebook.window().findChildren(kind) if each.isVisible())


@pytest.fixture
def hand(notebook: OpenNotebook, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Hand:
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setattr(Path, "home", classmethod(lambda _cls: folder))
    return Hand(notebook, folder, qtbot)


# ---------------------------------------------------------------- bringing in


@pytest.mark.apart
def test_from_the_first_button_to_the_calendar(hand: Hand, mine: Session, qtbot: QtBot) -> None:
    hand.file(VISIT, CLASS, BROKEN)
    assert hand.page.start.isVisible()
    hand.page.choose.click()
    chooser = hand.dialog(ChooseFile)
    assert isinstance(chooser, ChooseFile)
    chooser.list.setFocus()
    for key in (Qt.Key.Key_End, Qt.Key.Key_Return):
        QTest.keyClick(chooser.list, key)
    qtbot.waitUntil(hand.page.take.isVisible, timeout=20_000)
    assert hand.page.counts.text() == "2 new appointments, 1 left out."
    assert titles(hand.page.list) == ["New", "Visit", "Class", "Left out", "Broken"]
    assert "Every week" in lines(hand.page.list)[2].detail
    assert "no day" in lines(hand.page.list)[4].detail
    assert hand.page.take.text() == "Bring in 2 appointments"
    assert appointments(mine) == []
    assert walk(hand.notebook.window()) == []
    hand.bring_in()
    assert sorted(each.title for each in appointments(mine)) == ["Class", "Visit"]
    assert mine.undo_words() == "Bring in a calendar"


def test_a_line_is_left_out_and_back_by_the_keyboard(hand: Hand, mine: Session) -> None:
    hand.look(VISIT, CLASS)
    view = hand.page.list
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Home)
    QTest.keyClick(view, Qt.Key.Key_Down)
    toggled = view.current_id()
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert next(line for line in lines(view) if line.id == toggled).trail == "stays out"
    assert view.current_id() == toggled
    assert hand.page.take.text() == "Bring in 1 appointment"
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert hand.page.take.text() == "Bring in 2 appointments"
    QTest.keyClick(view, Qt.Key.Key_Space)
    hand.bring_in()
    assert len(appointments(mine)) == 1


def test_all_none_and_nothing_chosen(hand: Hand, mine: Session) -> None:
    hand.look(VISIT, CLASS)
    hand.page.none.click()
    assert hand.page.take.text() == "Bring in 0 appointments"
    hand.page.take.click()
    assert hand.notebook.current == "calendar-import"
    hand.page.every.click()
    assert hand.page.take.text() == "Bring in 2 appointments"
    hand.page.leave_it.click()
    assert hand.notebook.current == "calendar"
    assert appointments(mine) == []


def test_choices_for_new_ones(hand: Hand, mine: Session) -> None:
    hand.look(VISIT)
    hand.page.part.choose("health")
    hand.page.notes.click()
    hand.page.alone.click()
    hand.bring_in()
    (record,) = appointments(mine)
    assert (record.domain.value, record.note, record.mine_alone) == ("health", "Bring the letter", True)


def test_changes_hers_and_cancelled_are_shown_apart(hand: Hand, mine: Session) -> None:
    other = event(AT_TEN, "SUMMARY:Other", uid="other")
    hand.look(VISIT, CLASS, other)
    hand.bring_in()
    visit = next(each for each in appointments(mine) if each.title == "Visit")
    with mine.edit(person_of(mine), "x") as edit:
        edit.change(visit.id, title="Visit with Lin")
    hand.notebook.go("calendar-import")
    hand.look(
        VISIT,
        CLASS.replace("SUMMARY", "LOCATION:School\nSUMMARY"),
        other.replace("SUMMARY", "STATUS:CANCELLED\nSUMMARY"),
    )
    assert titles(hand.page.list) == [
        *("Changed", "Class", "You changed these yourself", "Visit with Lin", "Canceled by them", "Other")
    ]
    shown = {line.title: line for line in lines(hand.page.list)}
    assert "Place: School instead of nothing" in shown["Class"].detail
    assert "What it is: Visit instead of Visit with Lin" in shown["Visit with Lin"].detail
    assert shown["Visit with Lin"].trail == "stays out"
    assert "They canceled it." in shown["Other"].detail
    assert not hand.page._choices.isVisible(), "nothing new"
    hand.bring_in()
    found = {each.title: each for each in appointments(mine)}
    assert found["Class"].place == "School"
    assert "Visit with Lin" in found
    assert mine.outcomes(person_of(mine), found["Other"].id)


def test_the_same_file_again_says_so(hand: Hand, qtbot: QtBot) -> None:
    hand.look(VISIT)
    hand.bring_in()
    hand.notebook.go("calendar-import")
    hand.page.read(hand.file(VISIT))
    qtbot.waitUntil(hand.page.nothing.isVisible, timeout=20_000)
    assert hand.page.counts.text() == "1 the same as yours."
    assert not hand.page.take.isVisible()


def test_what_cannot_be_read_is_said_and_nothing_else_happens(hand: Hand, qtbot: QtBot) -> None:
    path = hand.file()
    path.write_bytes(b"%PDF-1.7 not a calendar")
    hand.page.read(path)
    said = hand.dialog()
    assert said.title.text() == "This is not a calendar that can be read here."
    said.reject()
    path.write_bytes(b"")
    hand.page.read(path)
    assert hand.dialog().title.text() == "There is nothing in this file."
    assert hand.page.start.isVisible()


def test_what_was_in_the_file_is_gone_from_a_page_that_is_left(hand: Hand) -> None:
    hand.look(VISIT)
    hand.notebook.go("today")
    assert hand.page._content == b""
    assert titles(hand.page.list) == []
    hand.notebook.go("calendar-import")
    assert hand.page.start.isVisible()


def test_pressed_twice_a_calendar_comes_in_once(hand: Hand, mine: Session) -> None:
    hand.look(VISIT)
    hand.page.bring_in()
    hand.bring_in()
    assert [each.title for each in appointments(mine)] == ["Visit"]
    mine.undo()
    assert appointments(mine) == []


def test_what_is_still_being_read_when_the_page_is_left_is_given_up(hand: Hand, qtbot: QtBot) -> None:
    window = hand.notebook.window()
    hand.page.read(hand.file(VISIT))
    assert window.findChildren(Work)
    hand.notebook.go("today")
    qtbot.waitUntil(lambda: not window.findChildren(Work), timeout=20_000)
    assert hand.page._content == b""
    assert hand.page._preview is None
    assert hand.notebook.current == "today"


def test_a_change_of_the_notebook_is_looked_at_anew(hand: Hand, mine: Session, qtbot: QtBot) -> None:
    hand.look(VISIT)
    hand.bring_in()
    hand.notebook.go("calendar-import")
    hand.look(VISIT.replace("Room 5", "Room 9"))
    mine.undo()
    qtbot.waitUntil(lambda: titles(hand.page.list)[:1] == ["New"], timeout=20_000)


def test_of_many_the_first_are_shown_and_all_come_in(hand: Hand, mine: Session) -> None:
    hand.look(*[event(AT_TEN, f"SUMMARY:Number {number}", uid=str(number)) for number in range(SHOWN + 5)])
    assert len(lines(hand.page.list)) == SHOWN + 1
    hand.page.more.click()
    assert len(lines(hand.page.list)) == SHOWN + 6
    hand.bring_in()
    assert len(appointments(mine)) == SHOWN + 5


def test_the_page_belongs_to_one_person(open_session: OpenSession, show_notebook: ShowNotebook) -> None:
    notebook = show_notebook(open_session("others"), "today")
    notebook.go("calendar-import")
    assert notebook.current == "everyone"


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_every_control_is_named_and_reached(
    open_session: OpenSession, show_notebook: ShowNotebook, tmp_path: Path, qtbot: QtBot, scale: float
) -> None:
    notebook = show_notebook(open_session("empty"), scale=scale)
    hand = Hand(notebook, tmp_path, qtbot)
    hand.look(VISIT, CLASS, BROKEN)
    assert walk(notebook.window()) == []


# ---------------------------------------------------------------- saving


def save(hand: Hand, dialog: ExportRange | ExportOne, qtbot: QtBot) -> str:
    dialog.save_button.click()
    place = hand.dialog(ChoosePlace)
    assert isinstance(place, ChoosePlace)
    place.save.click()
    path = place.folder / "Document.ics"
    qtbot.waitUntil(path.exists, timeout=20_000)
    qtbot.waitUntil(lambda: bool(hand.notebook.session.activity()), timeout=20_000)
    text = path.read_bytes().decode()
    path.unlink()
    return text


def ask_range(hand: Hand) -> ExportRange:
    export_range(hand.notebook)
    dialog = hand.dialog(ExportRange)
    assert isinstance(dialog, ExportRange)
    return dialog


def test_the_next_weeks_leave_without_a_word(hand: Hand, mine: Session, qtbot: QtBot) -> None:
    add(mine, title="Dentist", place="Oak Street", starts="2026-03-16T10:00", minutes=60)
    add(mine, title="Far away", starts="2026-09-16T10:00")
    add(mine, title="Diary day", starts="2026-03-17T10:00", mine_alone=True)
    dialog = ask_range(hand)
    assert "It shows appointments" not in dialog.reveals.text()
    assert "on 1 day" in dialog.reveals.text()
    assert walk(hand.notebook.window()) == []
    text = save(hand, dialog, qtbot)
    assert text.count("BEGIN:VEVENT") == 1
    for word in ("Dentist", "Oak", "Diary"):
        assert word not in text
    (entry,) = mine.activity()
    assert entry.detail == {"what": "saved-open", "paper": "calendar", "parts": [], "pages": 0}
    hand.notebook.go("activity")
    page = hand.notebook.page("activity")
    assert isinstance(page, ActivityPage)
    assert "Appointments were saved as a calendar file that anyone can open." in titles(page.list)


def test_titles_places_and_what_is_held_back_leave_by_choice(hand: Hand, mine: Session, qtbot: QtBot) -> None:
    add(mine, title="Dentist", place="Oak Street", starts="2026-03-16T10:00")
    alone = add(mine, title="Diary day", starts="2026-03-17T10:00", mine_alone=True)
    with mine.edit(person_of(mine), "x") as edit:
        edit.add(SupportContact(name="Rick Stone", keep_away=True))
    away = add(mine, title="Hearing, Rick Stone", starts="2026-03-18T10:00")
    dialog = ask_range(hand)
    assert set(dialog.held) == {alone, away}
    dialog.titles.click()
    dialog.places.click()
    assert "where you will be" in dialog.reveals.text()
    dialog.held[alone].click()
    assert "yours alone" in dialog.reveals.text()
    text = save(hand, dialog, qtbot)
    assert "SUMMARY:Dentist" in text
    assert "LOCATION:Oak Street" in text
    assert "SUMMARY:Diary day" in text
    assert "Rick" not in text
    assert mine.activity()[0].detail["parts"] == ["titles", "places", "mine_alone"]


def test_nothing_to_save_is_said(hand: Hand) -> None:
    dialog = ask_range(hand)
    assert dialog.reveals.text() == "There is nothing to save in this time."
    dialog.save_button.click()
    assert dialog.isVisible()


def test_one_appointment_from_its_page(hand: Hand, mine: Session, qtbot: QtBot) -> None:
    record = add(mine, title="Class", starts="2026-03-16T10:00", repeat="FREQ=WEEKLY;COUNT=5")
    hand.notebook.go("appointment", appointment=record, occurrence="2026-03-23T10:00")
    page = hand.notebook.page("appointment")
    assert isinstance(page, AppointmentPage)
    page.save_button.click()
    dialog = hand.dialog(ExportOne)
    assert isinstance(dialog, ExportOne)
    assert walk(hand.notebook.window()) == []
    assert "RRULE" not in (only := save(hand, dialog, qtbot))
    assert only.count("BEGIN:VEVENT") == 1
    assert "20260323T100000Z" in only
    page.save_button.click()
    dialog = hand.dialog(ExportOne)
    assert isinstance(dialog, ExportOne)
    dialog.which.cards[1].click()
    assert "also later ones" in dialog.reveals.text()
    every = save(hand, dialog, qtbot)
    assert "RRULE:FREQ=WEEKLY;COUNT=5" in every
    (coming,) = read(every.encode(), "UTC").coming
    assert (coming.title, coming.starts) == ("Appointment", "2026-03-16T10:00")


def test_a_new_appointment_has_nothing_to_save(hand: Hand) -> None:
    hand.notebook.go("appointment")
    page = hand.notebook.page("appointment")
    assert isinstance(page, AppointmentPage)
    assert not page.save_button.isVisible()


def test_a_place_that_takes_nothing_is_said_and_another_asked(
    hand: Hand, mine: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    add(mine, title="Dentist", starts="2026-03-16T10:00")
    dialog = ask_range(hand)
    dialog.save_button.click()
    place = hand.dialog(ChoosePlace)
    assert isinstance(place, ChoosePlace)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        place.save.click()
        qtbot.waitUntil(lambda: not place.isVisible() and hand.dialog().title.text().startswith("There is no room"))
    assert mine.activity() == []
    hand.dialog().accept()
    again = hand.dialog(ChoosePlace)
    assert isinstance(again, ChoosePlace)
    again.save.click()
    qtbot.waitUntil(lambda: bool(mine.activity()), timeout=20_000)
