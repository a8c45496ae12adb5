"""The week on a real store: days side by side or one under the other, keyboard and mouse, the clock's change."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from planner.session import Session
from planner.ui.a11y import spoken_name, walk
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.calendar_week import WeekView
from planner.ui.pages.calendar_week_parts import DayHead, WeekEntry
from planner.words import use_language
from tests.gui.calendar_desk import WEEKLY, add, appointment, calendar
from tests.gui.notebooks import TODAY, OpenSession, ShowNotebook

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton


def week(notebook: OpenNotebook) -> WeekView:
    page = calendar(notebook)
    page.show_view("week")
    QApplication.processEvents()
    return page.week


def march(day: int) -> date:
    return date(2026, 3, day)


def key(pressed: Key) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, pressed)


def shown(view: WeekView, day: date) -> list[str]:
    return [f"{each.words.hour} {each.words.title}".strip() for each in view.days.entries(day)]


def here() -> str:
    focus = QApplication.focusWidget()
    if isinstance(focus, DayHead):
        return f"{focus.day:%b %d}"
    assert isinstance(focus, WeekEntry), focus
    return focus.words.title


# ---------------------------------------------------------------- what is shown


def test_each_day_has_its_appointments_by_the_hour(open_session: OpenSession, show_notebook: ShowNotebook) -> None:
    view = week(show_notebook(open_session("me"), "calendar"))
    assert view.head.title.text() == "March 8 to March 14"
    assert shown(view, TODAY) == ["10:30\u00a0am Talk with Ruth", "3\u00a0pm Call the clinic back"]
    assert shown(view, march(13)) == []
    head = view.days.head_of(TODAY)
    assert head is not None
    assert spoken_name(head) == "Thursday, March 12, today, 2 appointments"
    first = view.days.entries(TODAY)[0]
    assert spoken_name(first).startswith("Thursday, 10:30\u00a0am, Talk with Ruth, Harbor House")
    morning, afternoon = (each.y() for each in view.days.entries(TODAY))
    ((_part, top, high), (_next, second, _high), _last) = view.days._rows
    assert top < morning < top + high == second < afternoon


def test_whole_and_several_days_stand_above_the_hours(mine: Session, show_notebook: ShowNotebook) -> None:
    add(mine, title="Trip", starts="2026-03-05", minutes=6 * 1440)
    add(mine, title="No school", starts="2026-03-10")
    add(mine, title="Early", starts="2026-03-10T00:30")
    view = week(show_notebook(mine, "calendar"))
    assert shown(view, march(8)) == ["Until Mar 10 Trip"]
    assert shown(view, march(10)) == ["The last day Trip", "No school", "12:30\u00a0am Early"]
    assert shown(view, march(11)) == []
    trip, whole, early = view.days.entries(march(10))
    assert max(trip.geometry().bottom(), whole.geometry().bottom()) < view.days._rows[1][1] < early.y()


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/Madrid", "America/Santiago"])
def test_hours_stay_over_the_change_of_the_clock(
    open_session: OpenSession, show_notebook: ShowNotebook, zone: str
) -> None:
    """In the weeks of 2026 in which the clock there goes forward or back, each day is there once, with its own hour."""
    session = open_session("empty")
    session.zone = zone
    person = session.person
    assert person is not None
    from planner.plan.records import Appointment

    with session.edit(person.id, "made") as edit:
        edit.add(Appointment(title="Pills", starts="2026-01-01T08:00", zone=zone, repeat="FREQ=DAILY"))
        edit.add(Appointment(title="Night", starts="2026-01-01T02:30", zone=zone, repeat="FREQ=DAILY"))
    view = week(show_notebook(session, "calendar"))
    changes = [day for day in _changes(session) if day.year == 2026]
    assert len(changes) == 2
    for change in changes:
        view.choose(change)
        days = [column.head.day for column in view.days.columns]
        assert days == [days[0] + timedelta(days=n) for n in range(7)]
        assert change in days
        for day in days:
            night, pills = shown(view, day)
            assert pills == "8\u00a0am Pills"
            # An hour that the clock jumps over is shown that much later.
            assert night == "2:30\u00a0am Night" or day == change


def _changes(session: Session) -> list[date]:
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(session.zone)
    noons = [datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=n) for n in range(365)]
    return [
        after.astimezone(zone).date()
        for before, after in itertools.pairwise(noons)
        if before.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset()
    ]


def test_more_than_a_column_holds_leads_to_the_whole_day(mine: Session, show_notebook: ShowNotebook) -> None:
    for minute in range(0, 45, 5):
        add(mine, title=f"At {minute}", starts=f"2026-03-10T09:{minute:02}")
    notebook = show_notebook(mine, "calendar")
    view = week(notebook)
    entries = view.days.entries(march(10))
    assert [each.words.title for each in entries[-2:]] == ["At 20", "4 more"]
    QTest.mouseClick(entries[-1], LEFT)
    page = calendar(notebook)
    assert page.shown == "month"
    assert page.month.day == march(10)
    assert QApplication.focusWidget() is page.month.side.list


# ---------------------------------------------------------------- keyboard and mouse


def test_keys_go_along_the_days_and_down_each(open_session: OpenSession, show_notebook: ShowNotebook) -> None:
    notebook = show_notebook(open_session("me"), "calendar")
    view = week(notebook)
    view.first_focus().setFocus()
    for pressed, where in (
        (Key.Key_Down, "Talk with Ruth"),
        (Key.Key_Down, "Call the clinic back"),
        (Key.Key_Down, "Call the clinic back"),
        (Key.Key_Up, "Talk with Ruth"),
        (Key.Key_Right, "Mar 13"),
        (Key.Key_Right, "Mar 14"),
        (Key.Key_Right, "Mar 15"),
        (Key.Key_Home, "Mar 15"),
        (Key.Key_End, "Mar 21"),
        (Key.Key_PageDown, "Mar 28"),
        (Key.Key_PageUp, "Mar 21"),
        (Key.Key_T, "Mar 12"),
        (Key.Key_Down, "Talk with Ruth"),
    ):
        key(pressed)
        assert here() == where, pressed
    key(Key.Key_Return)
    assert appointment(notebook).title() == "Talk with Ruth"


def test_enter_on_a_day_shows_its_list(open_session: OpenSession, show_notebook: ShowNotebook) -> None:
    notebook = show_notebook(open_session("me"), "calendar")
    week(notebook).first_focus().setFocus()
    key(Key.Key_Return)
    assert calendar(notebook).shown == "month"
    assert QApplication.focusWidget() is calendar(notebook).month.side.list


def test_the_button_adds_on_the_chosen_day(mine: Session, show_notebook: ShowNotebook) -> None:
    notebook = show_notebook(mine, "calendar")
    view = week(notebook)
    head = view.days.head_of(march(10))
    assert head is not None
    QTest.mouseClick(head, LEFT)
    assert spoken_name(view.add) == "Add an appointment on Tuesday, March 10"
    QTest.mouseClick(view.add, LEFT)
    assert appointment(notebook).fields.day.value() == march(10)
    notebook.go("calendar")
    free = QPoint(view.days.columns[5].head.x() + 30, view.days.height() - 20)
    QTest.mouseClick(view.days, LEFT, pos=free)
    assert view.day == march(13)
    QTest.mouseDClick(view.days, LEFT, pos=free)
    assert notebook.current == "appointment"
    assert appointment(notebook).fields.day.value() == march(13)


def test_a_press_opens_that_very_time(mine: Session, show_notebook: ShowNotebook) -> None:
    add(mine, **WEEKLY)
    notebook = show_notebook(mine, "calendar")
    view = week(notebook)
    QTest.mouseClick(view.head.on, LEFT)
    assert view.head.title.text() == "March 15 to March 21"
    QTest.mouseClick(view.days.entries(march(16))[0], LEFT)
    assert appointment(notebook).over_title() == "Monday, March 16, 9\u00a0am"


# ---------------------------------------------------------------- looks


@pytest.mark.parametrize(("width", "scale"), [(1366, 1.0), (900, 1.0), (640, 1.0), (1366, 2.0), (700, 2.0)])
@pytest.mark.parametrize("what", ["me", "others"])
def test_nothing_overlaps_and_all_is_reached(
    open_session: OpenSession, show_notebook: ShowNotebook, what: str, width: int, scale: float
) -> None:
    notebook = show_notebook(open_session(what), "calendar", width=width, scale=scale)
    view = week(notebook)
    assert walk(notebook.window()) == []
    assert view.days.stacked is ((width, scale) not in ((1366, 1.0), (900, 1.0)))
    spots = [spot for column in view.days.columns for spot in column.spots()]
    assert len(spots) > 9
    for at, one in enumerate(spots):
        assert view.days.rect().contains(one.geometry())
        assert not any(one.geometry().intersects(other.geometry()) for other in spots[at + 1 :])
    for entry in (each for each in spots if isinstance(each, WeekEntry)):
        assert entry.height() >= entry.height_in(entry.width(), view.days.stacked)


def test_one_under_the_other_down_goes_on_into_the_next_day(
    open_session: OpenSession, show_notebook: ShowNotebook
) -> None:
    view = week(show_notebook(open_session("me"), "calendar", scale=2.0))
    view.first_focus().setFocus()
    for where in ("Talk with Ruth", "Call the clinic back", "Mar 13", "Mar 14", "Maya comes by"):
        key(Key.Key_Down)
        assert here() == where
    assert view.day == march(14)


def test_in_spanish(open_session: OpenSession, show_notebook: ShowNotebook) -> None:
    use_language("es")
    try:
        view = week(show_notebook(open_session("me", "es"), "calendar", language="es"))
        assert view.head.title.text() == "Del 8 de marzo al 14 de marzo"
        assert shown(view, TODAY)[0] == "10:30\u00a0a.m. Hablar con Ruth"
    finally:
        use_language("en")
