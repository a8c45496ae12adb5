"""The month on a real store: what each day says, the keyboard, the mouse, several days, other years, other looks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.plan.records import Appointment
from planner.session import AgendaItem, Session
from planner.ui.a11y import spoken_name, walk
from planner.ui.formats import Formats
from planner.ui.kit.dialogs import Dialog
from planner.ui.kit.floats import Menu
from planner.ui.kit.text import Text
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.calendar_cell import DayCell
from planner.ui.pages.calendar_days import month_days, months_on
from planner.ui.pages.calendar_month import MonthView
from planner.ui.pages.today import TodayPage
from planner.ui.theme import theme
from planner.words import use_language
from tests.gui.calendar_desk import WEEKLY, add, appointment, appointments, calendar, lines, person_of, titles
from tests.gui.notebooks import TODAY, OpenSession, ShowNotebook

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton


def month(notebook: OpenNotebook) -> MonthView:
    page = calendar(notebook)
    page.show_view("month")
    QApplication.processEvents()
    return page.month


def cell(view: MonthView, day: date) -> DayCell:
    found = view.grid.cell(day)
    assert found is not None, day
    return found


def key(where: Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, where, modifier)


def focused_day() -> date:
    focus = QApplication.focusWidget()
    assert isinstance(focus, DayCell), focus
    return focus.day


def march(day: int) -> date:
    return date(2026, 3, day)


# ---------------------------------------------------------------- what is shown


def test_words_take_the_lines_that_nothing_else_needs(open_session: OpenSession, show_notebook: ShowNotebook) -> None:
    view = month(show_notebook(open_session("me"), "calendar"))
    long, short = cell(view, march(26)), cell(view, march(18))
    for each in (long, short):
        each.grab()
    first = theme.sp(6) + theme.px(26) + theme.sp(3) + theme.line("label") / 2
    second = first + theme.line("label") + theme.px(2)
    assert long.words_at(QPointF(20, first)) == long.words_at(QPointF(20, second)) == "First visit at the clinic"
    assert (short.words_at(QPointF(20, first)), short.words_at(QPointF(20, second))) == ("Legal aid", "")


def test_each_day_says_its_name_and_how_much_is_on(open_session: OpenSession, show_notebook: ShowNotebook) -> None:
    view = month(show_notebook(open_session("me"), "calendar"))
    assert spoken_name(cell(view, TODAY)) == "Thursday, March 12, today, 2 appointments"
    assert spoken_name(cell(view, march(14))) == "Saturday, March 14, 1 appointment"
    assert spoken_name(cell(view, march(15))) == "Sunday, March 15, nothing planned"
    described = QAccessible.queryAccessibleInterface(cell(view, TODAY)).text(QAccessible.Text.Description)
    assert described.startswith("Talk with Ruth, 10:30\u00a0am to 11:20\u00a0am. Call the clinic back")
    assert view.head.title.text() == "March 2026"
    assert titles(view.side.list) == ["Talk with Ruth", "Call the clinic back"]


def test_the_view_is_remembered_and_each_looks_at_the_same_day(mine: Session, show_notebook: ShowNotebook) -> None:
    notebook = show_notebook(mine, "calendar")
    page = calendar(notebook)
    assert page.shown == "list"
    QTest.mouseClick(page.view._parts[2], LEFT)
    assert mine.setting("calendar_view") == "month"
    page.month.choose(date(2026, 6, 10))
    page.show_view("week")
    assert page.week.day == date(2026, 6, 10)
    notebook.forget("calendar")
    notebook.go("calendar")
    assert calendar(notebook).shown == "week"


@pytest.mark.parametrize(("language", "first"), [("en", 6), ("es", 6), ("fr", 0), ("de", 0), ("ar", 5)])
def test_weeks_begin_as_the_language_has_it(language: str, first: int) -> None:
    begins = Formats(language).first_weekday()
    assert begins == first
    for months in range(30):
        days = month_days(months_on(TODAY, months), begins)
        assert days[0].weekday() == first
        assert len(days) in (28, 35, 42)
        assert days == [days[0] + timedelta(days=n) for n in range(len(days))]
        shown = months_on(TODAY, months)
        assert sum((day.year, day.month) == (shown.year, shown.month) for day in days) >= 28
        assert all((day.year, day.month) == (shown.year, shown.month) for day in days[7:-7])


def test_what_takes_several_days_is_on_each_of_them_in_one_line(mine: Session, show_notebook: ShowNotebook) -> None:
    add(mine, title="Trip", starts="2026-03-19", minutes=5 * 1440)
    add(mine, title="Dentist", starts="2026-03-20T09:00")
    add(mine, title="Night", starts="2026-03-24T22:00", minutes=600)
    view = month(show_notebook(mine, "calendar"))
    for day in range(19, 24):
        entries = cell(view, march(day)).shown.entries
        first = entries[0]
        assert first is not None
        assert first.words == "Trip"
        assert (first.begins, first.ends) == (day in (19, 22), day in (21, 23))
    assert cell(view, march(20)).shown.count == 2
    assert cell(view, march(24)).shown.count == 1
    assert cell(view, march(25)).shown.count == 0
    view.choose(march(21))
    assert titles(view.side.list) == ["Trip"]


def test_a_band_stays_in_its_line_where_another_ends(mine: Session, show_notebook: ShowNotebook) -> None:
    add(mine, title="A", starts="2026-03-15", minutes=2 * 1440)
    add(mine, title="B", starts="2026-03-16", minutes=3 * 1440)
    add(mine, title="Call", starts="2026-03-17T09:00")
    view = month(show_notebook(mine, "calendar"))
    rows = {day: [entry.words if entry else "" for entry in cell(view, march(day)).shown.entries] for day in (16, 17)}
    assert rows == {16: ["A", "B"], 17: ["Call", "B"]}


def test_more_than_fits_is_counted(mine: Session, show_notebook: ShowNotebook) -> None:
    for hour in range(8, 14):
        add(mine, title=f"At {hour}", starts=f"2026-03-18T{hour:02}:00")
    view = month(show_notebook(mine, "calendar"))
    here = cell(view, march(18))
    assert 1 <= here.room() < 6
    here.grab()
    drawn = [entry.words for _area, entry in here._spots]
    assert drawn == [f"At {hour}" for hour in range(8, 8 + here.room() - 1)]
    assert spoken_name(here) == "Wednesday, March 18, 6 appointments"
    view.choose(march(18))
    assert len(titles(view.side.list)) == 6


def test_the_day_of_today_is_told_by_more_than_colour(mine: Session, show_notebook: ShowNotebook) -> None:
    """Drawn in one grey, the ring and the word are still there."""
    view = month(show_notebook(mine, "calendar"))
    view.choose(march(20))

    def ink(day: date) -> int:
        image = (
            cell(view, day).grab().toImage().convertToFormat(cell(view, day).grab().toImage().Format.Format_Grayscale8)
        )
        ground = image.pixelColor(image.width() // 2, image.height() - 12).value()
        return sum(
            abs(image.pixelColor(x, y).value() - ground) > 60
            for x in range(image.width())
            for y in range(image.height() // 2)
        )

    assert ink(TODAY) > 2 * ink(march(13))


# ---------------------------------------------------------------- keyboard


def test_keys_go_by_days_weeks_and_months(mine: Session, show_notebook: ShowNotebook) -> None:
    view = month(show_notebook(mine, "calendar"))
    view.first_focus().setFocus()
    for pressed, day in (
        (Key.Key_Right, march(13)),
        (Key.Key_Down, march(20)),
        (Key.Key_Left, march(19)),
        (Key.Key_Up, march(12)),
        (Key.Key_Home, march(8)),
        (Key.Key_End, march(14)),
        (Key.Key_PageDown, date(2026, 4, 14)),
        (Key.Key_PageUp, march(14)),
        (Key.Key_Down, march(21)),
        (Key.Key_Down, march(28)),
        (Key.Key_Down, date(2026, 4, 4)),
        (Key.Key_T, TODAY),
    ):
        key(pressed)
        assert (focused_day(), view.day, view.month) == (day, day, day.replace(day=1)), pressed
    key(Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert focused_day() == march(31)
    key(Key.Key_PageDown)
    assert focused_day() == date(2026, 4, 30)
    key(Key.Key_PageUp, Qt.KeyboardModifier.ShiftModifier)
    assert focused_day() == date(2026, 4, 30)
    assert view.head.title.text() == "April 2026"


def test_the_calendar_has_ends(mine: Session, show_notebook: ShowNotebook) -> None:
    view = month(show_notebook(mine, "calendar"))
    for end in (date(1900, 1, 1), date(2199, 12, 31)):
        view.choose(end)
        view.turn(-1 if end.year == 1900 else 1)
        assert view.day.replace(day=1) == end.replace(day=1)


def test_enter_opens_the_day_and_its_list_opens_the_appointment(
    open_session: OpenSession, show_notebook: ShowNotebook
) -> None:
    notebook = show_notebook(open_session("me"), "calendar")
    view = month(notebook)
    view.first_focus().setFocus()
    key(Key.Key_Return)
    assert QApplication.focusWidget() is view.side.list
    key(Key.Key_Return)
    assert notebook.current == "appointment"
    assert appointment(notebook).title() == "Talk with Ruth"


def test_a_new_appointment_begins_on_the_day(notebook: OpenNotebook, mine: Session, qtbot: QtBot) -> None:
    view = month(notebook)
    view.first_focus().setFocus()
    key(Key.Key_Down)
    key(Key.Key_Return)
    assert QApplication.focusWidget() is view.side.add
    key(Key.Key_Return)
    page = appointment(notebook)
    assert page.fields.day.value() == march(19)
    assert appointments(mine) == []
    page.fields.title.setText("Dentist")
    page.commit()
    assert [(each.title, each.starts) for each in appointments(mine)] == [("Dentist", "2026-03-19")]
    notebook.go("calendar")
    assert view.day == march(19)
    assert titles(view.side.list) == ["Dentist"]


def test_arrows_are_mirrored(mine: Session, show_notebook: ShowNotebook) -> None:
    view = month(show_notebook(mine, "calendar"))
    theme.apply(language="ar")
    QApplication.processEvents()
    view.first_focus().setFocus()
    key(Key.Key_Left)
    assert focused_day() == march(13)
    assert cell(view, march(13)).x() < cell(view, march(12)).x()


# ---------------------------------------------------------------- mouse


def test_a_press_chooses_and_two_open(mine: Session, show_notebook: ShowNotebook) -> None:
    add(mine, title="Dentist", starts="2026-03-18T09:00")
    notebook = show_notebook(mine, "calendar")
    view = month(notebook)
    here = cell(view, march(18))
    QTest.mouseClick(here, LEFT)
    assert view.day == march(18)
    assert here.isChecked()
    assert not cell(view, TODAY).isChecked()
    here.grab()
    ((area, _entry),) = here._spots
    QTest.mouseDClick(here, LEFT, pos=area.center().toPoint())
    assert notebook.current == "appointment"
    assert appointment(notebook).title() == "Dentist"
    notebook.go("calendar")
    QTest.mouseDClick(here, LEFT, pos=QPoint(here.width() - 6, here.height() - 6))
    assert appointment(notebook).title() == "New appointment"
    assert appointment(notebook).fields.day.value() == march(18)


def test_a_soft_day_is_chosen_where_it_stands(mine: Session, show_notebook: ShowNotebook) -> None:
    add(mine, title="In April", starts="2026-04-02T09:00")
    view = month(show_notebook(mine, "calendar"))
    QTest.mouseClick(cell(view, date(2026, 4, 2)), LEFT)
    assert view.head.title.text() == "March 2026"
    assert titles(view.side.list) == ["In April"]


def test_arrows_above_the_month_and_today(mine: Session, show_notebook: ShowNotebook) -> None:
    add(mine, **WEEKLY)
    view = month(show_notebook(mine, "calendar"))
    for _turn in range(30):
        QTest.mouseClick(view.head.on, LEFT)
    assert view.head.title.text() == "September 2028"
    mondays = [each.day for each in view.grid.cells if each.isVisible() and each.shown.count]
    assert mondays
    assert all(day.weekday() == 0 for day in mondays)
    assert len(mondays) == len([each for each in view.grid.cells if each.isVisible()]) // 7
    QTest.mouseClick(view.head.today, LEFT)
    assert (view.day, view.head.title.text()) == (TODAY, "March 2026")


# ---------------------------------------------------------------- everyone, and every look


def test_among_several_people_a_letter_tells_whose(open_session: OpenSession, show_notebook: ShowNotebook) -> None:
    session = open_session("others")
    notebook = show_notebook(session, "calendar")
    view = month(notebook)
    entries = [entry for entry in cell(view, TODAY).shown.entries if entry is not None]
    assert entries
    assert {entry.letter for entry in entries} <= {person.initial for person in session.people()}
    names = [person.name for person in session.people() if len(person.name) > 1]
    assert not any(name in spoken_name(cell(view, TODAY)) + cell(view, TODAY).shown.told for name in names)
    assert not view.side.add.isVisible()
    assert not view.head.more.isVisible()
    QTest.mouseDClick(cell(view, march(17)), LEFT, pos=QPoint(90, 60))
    assert notebook.current == "calendar"
    session.choose(session.people()[0].id)
    notebook.go("calendar")
    view = month(notebook)
    assert view.side.add.isVisible()
    assert view.head.more.isVisible()


def test_only_one_person_is_read_with_somebody_there(open_session: OpenSession, show_notebook: ShowNotebook) -> None:
    session = open_session("others")
    first, *others = session.people()
    notebook = show_notebook(session, "calendar")
    view = month(notebook)
    everybody = {entry.item.person for each in view.grid.cells for entry in each.shown.entries if entry}
    assert len(everybody) > 1
    session.stay_with(first.id)
    notebook.go("calendar")
    view = month(notebook)
    shown = {entry.item.person for each in view.grid.cells for entry in each.shown.entries if entry}
    assert shown <= {first.id}
    assert others


@pytest.mark.parametrize(("width", "scale"), [(1366, 1.0), (760, 1.0), (1366, 2.0), (700, 2.0)])
def test_it_fits_and_is_reached_in_every_size(
    open_session: OpenSession, show_notebook: ShowNotebook, width: int, scale: float
) -> None:
    session = open_session("me")
    notebook = show_notebook(session, "calendar", width=width, scale=scale)
    view = month(notebook)
    assert walk(notebook.window()) == []
    small = (width, scale) != (1366, 1.0)
    assert view.grid.compact is small
    places = [each.geometry() for each in view.grid.cells if each.isVisible()]
    for at, one in enumerate(places):
        assert view.grid.rect().contains(one)
        assert not any(one.intersects(other) for other in places[at + 1 :])
    below = view.side.mapTo(view, QPoint(0, 0)).y() >= view.grid.geometry().bottom()
    assert below is small
    assert view.side.list.height() >= view.side.list.heightForWidth(view.side.list.width())


def test_a_change_elsewhere_is_shown_and_the_keyboard_stays(mine: Session, show_notebook: ShowNotebook) -> None:
    view = month(show_notebook(mine, "calendar"))
    view.first_focus().setFocus()
    key(Key.Key_Right)
    with mine.edit(person_of(mine), "made") as edit:
        edit.add(Appointment(title="New", starts="2026-03-13T10:00", zone="UTC"))
    assert focused_day() == march(13)
    assert titles(view.side.list) == ["New"]
    mine.undo()
    assert titles(view.side.list) == []


def test_what_can_be_done_with_a_calendar_is_in_reach(mine: Session, show_notebook: ShowNotebook) -> None:
    add(mine, title="Dentist", starts="2026-03-20T09:00")
    notebook = show_notebook(mine, "calendar")
    view = month(notebook)
    for at, (words, opens) in enumerate(
        (
            ("Bring in a calendar", "calendar-import"),
            ("Save as a calendar file", "ExportRange"),
            ("Print next appointments", "NextDates"),
        )
    ):
        notebook.go("calendar")
        view.head.more.setFocus()
        key(Key.Key_Return)
        menu = next(each for each in notebook.window().findChildren(Menu) if each.isVisible())
        assert menu._rows[at].text() == words
        assert walk(notebook.window()) == []
        menu._rows[at].click()
        shown = [type(each).__name__ for each in notebook.window().findChildren(Dialog) if each.isVisible()]
        assert opens in (notebook.current, *shown)
        for each in notebook.window().findChildren(Dialog):
            each.reject()
    page = calendar(notebook)
    page.show_view("list")
    assert page.listed.bring_in.isVisible()
    assert page.listed.save_file.isVisible()


def test_in_spanish(open_session: OpenSession, show_notebook: ShowNotebook) -> None:
    use_language("es")
    try:
        view = month(show_notebook(open_session("me", "es"), "calendar", language="es"))
        assert spoken_name(cell(view, TODAY)) == "Jueves 12 de marzo, hoy, 2 citas"
        assert view.side.add.text() == "Agregar una cita este día"
    finally:
        use_language("en")


def test_what_goes_on_for_days_is_on_today_and_in_the_list(mine: Session, show_notebook: ShowNotebook) -> None:
    add(mine, title="Trip", starts="2026-03-10", minutes=5 * 1440)
    add(mine, title="Night", starts="2026-03-11T22:00", minutes=600)
    add(mine, title="Over", starts="2026-03-09", minutes=3 * 1440)
    notebook = show_notebook(mine, "calendar")
    shown = [(line.title, line.time, line.detail) for line in lines(calendar(notebook).list)]
    assert shown == [("Today, Thursday, March 12", "", ""), ("Trip", "All day", "Until Saturday, March 14.")]
    calendar(notebook).earlier.set_open(True)
    assert "Over" in titles(calendar(notebook).earlier_list)
    notebook.go("today")
    today = notebook.page("today")
    assert isinstance(today, TodayPage)
    items = [today.on_today.itemAt(at) for at in range(today.on_today.count())]
    rows = [item.widget() for item in items if item is not None]
    assert [row.text() for row in rows if isinstance(row, Text)] == []
    words = " ".join(each.text() for row in rows if row is not None for each in row.findChildren(Text))
    assert "Trip" in words
    assert "Until Saturday, March 14" in words
    assert "Night" not in words
    assert "Over" not in words


def test_the_length_can_be_days(mine: Session, notebook: OpenNotebook) -> None:
    notebook.go("appointment", day="2026-03-19")
    page = appointment(notebook)
    page.fields.title.setText("Trip")
    page.fields.length.choose(str(3 * 1440))
    page.commit()
    (stored,) = appointments(mine)
    assert stored.minutes == 3 * 1440
    assert [day for day in range(15, 28) if any(e.until >= march(day) >= e.day for e in _all(mine))] == [19, 20, 21]


def _all(session: Session) -> list[AgendaItem]:
    return session.agenda(march(1), 31, person_of(session), ongoing=True)
