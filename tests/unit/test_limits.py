"""Time limits: which are told of now, which have gone by, and the order in which they are read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.plan.life import LifeDomain, Section
from planner.plan.limits import days_left, due_day, in_order, is_close, is_open, is_past, is_told
from planner.plan.records import MOST_WARN_DAYS, LimitState, TimeLimit, from_fields

TODAY = date(2026, 3, 12)
NOW = datetime(2026, 3, 12, 12, 0, tzinfo=ZoneInfo("America/New_York"))
DUES = st.one_of(
    st.just(""),
    st.just("soon"),
    st.dates(date(1950, 1, 1), date(2150, 1, 1)).map(date.isoformat),
    st.tuples(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.times()).map(lambda each: f"{each[0]}T{each[1]:%H:%M}"),
)
LIMITS = st.builds(
    TimeLimit,
    id=st.text("abcdef", min_size=4, max_size=6),
    title=st.text(max_size=6),
    due=DUES,
    zone=st.sampled_from(("", "America/New_York", "Asia/Tokyo", "no such place")),
    warn_days=st.integers(0, MOST_WARN_DAYS),
    state=st.sampled_from(LimitState),
    removed=st.booleans(),
)


@pytest.mark.parametrize(
    ("due", "past"),
    [
        ("2026-03-11", True),
        ("2026-03-12", False),  # a day lasts until its own midnight
        ("2026-03-12T11:59", True),
        ("2026-03-12T12:01", False),
        ("", False),
        ("one day", False),
    ],
)
def test_a_day_lasts_to_its_end_and_an_hour_to_the_minute(due: str, past: bool) -> None:
    assert is_past(TimeLimit(due=due, zone="America/New_York"), NOW) is past


def test_an_hour_is_one_of_the_clock_where_the_limit_stands() -> None:
    assert is_past(TimeLimit(due="2026-03-12T17:01", zone="Europe/Madrid"), NOW) is False
    assert is_past(TimeLimit(due="2026-03-12T16:59", zone="Europe/Madrid"), NOW) is True
    assert is_past(TimeLimit(due="2026-03-12T11:00", zone="no such place"), NOW) is True


def test_it_is_told_ahead_and_for_as_long_as_it_is_open() -> None:
    limit = TimeLimit(due="2026-04-11", warn_days=30)
    assert is_told(limit, TODAY)
    assert not is_told(limit, TODAY - timedelta(days=1))
    assert is_told(limit, date(2027, 1, 1)), "a day that has gone by stays in sight"
    assert not is_told(replace(limit, state=LimitState.DONE), TODAY)
    assert not is_told(replace(limit, state=LimitState.NOT_NEEDED), TODAY)
    assert not is_told(replace(limit, due=""), TODAY)


@given(LIMITS, st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_what_is_close_or_gone_by_can_never_be_silent_but_by_her_own_word(limit: TimeLimit, today: date) -> None:
    day = due_day(limit)
    now = datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
    if day is None:
        assert days_left(limit, today) is None
        assert not any((is_told(limit, today), is_close(limit, today), is_past(limit, now)))
        return
    if is_open(limit) and day < today:
        assert is_told(limit, today)
        assert is_close(limit, today)
    if is_close(limit, today) or is_told(limit, today):
        assert limit.state is LimitState.OPEN
        assert not limit.removed
    if day < today - timedelta(days=2):
        assert is_past(limit, now)
    if day > today + timedelta(days=2):
        assert not is_past(limit, now)


@given(st.lists(LIMITS))
def test_open_ones_by_their_day_then_those_to_ask_for_then_the_rest(limits: list[TimeLimit]) -> None:
    found = in_order(limits)
    assert sorted(map(repr, found)) == sorted(map(repr, limits))
    places = [(not is_open(each), not each.due, each.due) for each in found]
    assert places == sorted(places)


@given(LIMITS)
def test_it_comes_back_from_its_fields(limit: TimeLimit) -> None:
    assert from_fields("clock", limit.id, limit.to_fields()) == limit


def test_what_does_not_fit_a_field_is_its_default() -> None:
    made = from_fields("clock", "x", {"state": "late", "warn_days": "9", "due": 4, "title": "Send it"})
    assert made == TimeLimit(id="x", title="Send it")


def test_it_lives_where_its_part_of_life_does() -> None:
    assert TimeLimit(domain=LifeDomain.T_STATUS).home() is Section.LAW
    assert TimeLimit(domain=LifeDomain.T_STATUS, mine_alone=True).home() is Section.MINE_ALONE
