"""The calendar of a real notebook, and hands that type and press there."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from planner.plan.records import Appointment
from planner.session import Session
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


def press_by_key(qtbot: QtBot, where: QWidget, words: str) -> None:
    from planner.ui.kit.buttons import Button

    button = next(each for each in where.findChildren(Button) if each.text() == words)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)


def press(where: QWidget, words: str) -> None:
    from planner.ui.kit.buttons import Button

    next(each for each in where.findChildren(Button) if each.text() == words).click()


@pytest.fixture
def mine(open_session: OpenSession) -> Session:
    return open_session("empty")


@pytest.fixture
def notebook(mine: Session, show_notebook: ShowNotebook) -> OpenNotebook:
    return show_notebook(mine, "calendar")
