"""Dates of months for which nothing is kept, beside those that are: the same appointments give the same dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from planner.plan.records import Appointment, Outcome, WhatHappened
from planner.session import AgendaItem
from planner.session.agenda_far import is_kept
from tests.session.conftest import Kept

ZONE = "America/New_York"
TODAY = date(2026, 3, 12)


def add(kept: Kept, **values: object) -> str:
    with kept.session.edit(kept.me, "made") as edit:
        return edit.add(Appointment(zone=ZONE, **values))  # type: ignore[arg-type]


def told(items: list[AgendaItem]) -> list[str]:
    return [
        f"{each.day} {each.time:%H:%M} {each.appointment.title}"
        if each.time
        else f"{each.day}>{each.until} {each.appointment.title}"
        for each in items
    ]


def some(kept: Kept) -> None:
    add(kept, title="Class", starts="2025-06-02T09:00", repeat="FREQ=WEEKLY;BYDAY=MO")
    add(kept, title="Born", starts="1990-05-17", repeat="FREQ=YEARLY")
    add(kept, title="Visit", starts="2027-11-03T15:00", minutes=60)
    add(kept, title="Long ago", starts="2024-02-29T10:00")
    extra = add(kept, title="Group", starts="2026-03-20T18:00", extra_starts=("2028-02-01T18:00",))
    with kept.session.edit(kept.me, "told") as edit:
        edit.add(
            Outcome(
                appointment=extra,
                occurrence="2026-03-20T18:00",
                what=WhatHappened.MOVED,
                new_starts="2029-04-02T18:00",
            )
        )


@pytest.mark.parametrize(
    ("month", "there"),
    [
        (date(2024, 2, 1), ["2024-02-29 10:00 Long ago"]),
        (date(1990, 5, 1), ["1990-05-17>1990-05-17 Born"]),
        (date(2027, 11, 1), [f"2027-11-{day:02} 09:00 Class" for day in (1, 8, 15, 22, 29)]),
        (date(2028, 2, 1), ["2028-02-01 18:00 Group"]),
        (date(2029, 4, 1), ["2029-04-02 18:00 Group"]),
    ],
)
def test_a_month_far_from_today_is_right(kept: Kept, month: date, there: list[str]) -> None:
    some(kept)
    found = told(kept.session.agenda(month, 30, kept.me))
    assert set(there) <= set(found)
    if month.year == 2027:
        assert "2027-11-03 15:00 Visit" in found
        assert len(found) == 6


def test_nothing_is_kept_by_looking(kept: Kept) -> None:
    some(kept)
    before = kept.session.store.agenda("1900-01-01", "2200-01-01", limit=None)
    assert before
    assert kept.session.agenda(date(2031, 1, 1), 31, kept.me)
    assert kept.session.store.agenda("1900-01-01", "2200-01-01", limit=None) == before


def test_what_is_worked_out_is_what_the_index_holds(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    some(kept)
    add(kept, title="Trip", starts="2026-03-28", minutes=3 * 1440)
    add(kept, title="Night", starts="2026-03-30T22:00", minutes=600)
    for start in (TODAY - timedelta(days=20), TODAY, TODAY + timedelta(days=180)):
        for ongoing in (False, True):
            assert is_kept(kept.session, start, start + timedelta(days=42), ongoing=ongoing)
            kept_ones = kept.session.agenda(start, 42, kept.me, ongoing=ongoing)
            with monkeypatch.context() as patch:
                patch.setattr("planner.session.agenda_view.is_kept", lambda *_a, **_k: False)
                assert kept.session.agenda(start, 42, kept.me, ongoing=ongoing) == kept_ones
            assert kept_ones


def test_what_goes_on_is_asked_for(kept: Kept) -> None:
    add(kept, title="Trip", starts="2026-03-28", minutes=3 * 1440)
    add(kept, title="Night", starts="2026-03-29T22:00", minutes=600)
    add(kept, title="To midnight", starts="2026-03-29T22:00", minutes=120)
    monday = date(2026, 3, 30)
    assert told(kept.session.agenda(monday, 1, kept.me)) == []
    going_on = kept.session.agenda(monday, 1, kept.me, ongoing=True)
    assert [(each.appointment.title, each.day, each.until) for each in going_on] == [
        ("Trip", date(2026, 3, 28), monday),
        ("Night", date(2026, 3, 29), monday),
    ]


def test_hours_stay_where_they_were_over_the_change_of_the_clock(kept: Kept) -> None:
    """In New York the clock goes forward on March 12, 2028, and back on November 5."""
    add(kept, title="Class", starts="2026-01-05T09:00", repeat="FREQ=WEEKLY;BYDAY=MO,SU")
    for start in (date(2028, 3, 6), date(2028, 10, 30)):
        found = kept.session.agenda(start, 14, kept.me)
        assert [f"{each.time:%H:%M}" for each in found if each.time] == ["09:00"] * 4
        assert [each.day.weekday() for each in found] == [0, 6, 0, 6]


def test_a_single_date_made_years_ahead_is_on_the_list_when_its_time_comes(kept: Kept) -> None:
    add(kept, title="Court", starts="2027-08-02T09:00")
    kept.now += timedelta(days=300)
    session = kept.lock_and_open()
    session.settle()
    assert session.store.agenda("2027-08-01", "2027-08-04", None)
    assert told(session.agenda(date(2027, 8, 1), 3, kept.me)) == ["2027-08-02 09:00 Court"]
