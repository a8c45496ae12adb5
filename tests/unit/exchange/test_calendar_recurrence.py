"""Series with exceptions, held against dateutil; and single readings held against icalendar."""

# ruff: noqa: DTZ001 - hours of the wall clock

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
from dateutil.rrule import rrule, rruleset, rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.exchange.calendar_read import Coming
from planner.plan.agenda import occurrences
from planner.plan.records import Outcome, WhatHappened
from tests.unit.exchange.calendar_made import calendar, event, read

FIRST = datetime(2026, 3, 2, 10, 30)
ZONES = ("America/New_York", "Europe/Berlin", "Asia/Kolkata", "UTC", "Australia/Lord_Howe")
RULES = (
    *("FREQ=DAILY", "FREQ=DAILY;INTERVAL=3;COUNT=40", "FREQ=WEEKLY;BYDAY=MO,WE,FR", "FREQ=WEEKLY;INTERVAL=2"),
    *("FREQ=MONTHLY;BYMONTHDAY=2", "FREQ=MONTHLY;BYDAY=1MO", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1,-1;COUNT=9"),
    *("FREQ=WEEKLY;BYDAY=MO,TU;WKST=SU;UNTIL=20260801T000000Z", "FREQ=DAILY;UNTIL=20260410T235959Z"),
)
DAYS = st.integers(0, 90)


def text(moment: datetime, zone: str, how: int) -> tuple[str, str]:
    """A moment as a parameter and a value: by its zone, or in UTC."""
    if how and zone != "UTC":
        return f";TZID={zone}", f"{moment:%Y%m%dT%H%M%S}"
    return "", f"{moment.replace(tzinfo=ZoneInfo(zone)).astimezone(ZoneInfo('UTC')):%Y%m%dT%H%M%SZ}"


def shown(found: list[Coming], start: date, end: date) -> list[str]:
    """Every time that would be shown, by the wall clock of the series, in order."""
    out = []
    for coming in found:
        record = coming.appointment()
        told = [
            Outcome(appointment=record.id, occurrence=each.occurrence, what=each.what, new_starts=each.new_starts)
            for each in coming.times
        ]
        out += [
            each.starts
            for each in occurrences(record, told, start, end)
            if each.outcome is None or each.outcome.what is not WhatHappened.THEY_CANCELLED
        ]
    return sorted(out)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(RULES),
    st.sampled_from(ZONES),
    st.lists(DAYS, max_size=8),
    st.lists(st.tuples(DAYS, st.integers(0, 23)), max_size=4, unique=True),
    st.dictionaries(DAYS, st.sampled_from(["moved", "cancelled", "other"]), max_size=4),
    st.integers(0, 1),
)
def test_a_series_with_exceptions_agrees_with_dateutil(
    rule: str,
    zone: str,
    left_out: list[int],
    added: list[tuple[int, int]],
    changed: dict[int, str],
    how: int,
) -> None:
    clock = ZoneInfo(zone)
    whole = rruleset()
    whole.rrule(_rule(rule.replace("Z", "") if zone == "UTC" else _local_until(rule, clock), FIRST))
    out = {FIRST + timedelta(days=each) for each in left_out}
    extra = {(FIRST + timedelta(days=day)).replace(hour=hour, minute=15) for day, hour in added}
    for each in out:
        whole.exdate(each)
    for each in extra:
        whole.rdate(each)
    start, end = date(2026, 3, 1), date(2026, 7, 1)
    expected = set(whole.between(datetime(2026, 3, 1), datetime(2026, 7, 1)))

    param, value = text(FIRST, zone, 1)
    lines = [f"DTSTART{param}:{value}", f"RRULE:{rule}", "SUMMARY:Class", "DURATION:PT1H"]
    lines += [f"EXDATE{p}:{v}" for p, v in (text(each, zone, how) for each in sorted(out))]
    lines += [f"RDATE{p}:{v}" for p, v in (text(each, zone, 1) for each in sorted(extra))]
    others = []
    for day, what in changed.items():
        moment = FIRST + timedelta(days=day)
        new = moment + timedelta(hours=3)
        (p1, v1), (p2, v2) = text(moment, zone, how), text(new, zone, 1)
        body = [f"RECURRENCE-ID{p1}:{v1}", f"DTSTART{p2}:{v2}", "DURATION:PT1H"]
        body.append("SUMMARY:Exam" if what == "other" else "SUMMARY:Class")
        if what == "cancelled":
            body.append("STATUS:CANCELLED")
        others.append(event(*body))
        known = moment in expected
        expected.discard(moment)
        if what != "cancelled":
            expected.add(new)
        elif not known:
            continue
    file = read(calendar(event(*lines), *others), zone)
    assert file.not_understood == ()
    assert shown(list(file.coming), start, end) == sorted(f"{each:%Y-%m-%dT%H:%M}" for each in expected)


def _rule(text: str, starts: datetime) -> rrule:
    found = rrulestr(text, dtstart=starts)
    assert isinstance(found, rrule)
    return found


def _local_until(rule: str, clock: ZoneInfo) -> str:
    """For dateutil, which compares naive hours, the end by the same clock."""
    head, found, tail = rule.partition("UNTIL=")
    if not found:
        return rule
    until = datetime.strptime(tail, "%Y%m%dT%H%M%SZ").replace(tzinfo=ZoneInfo("UTC")).astimezone(clock)
    return f"{head}UNTIL={until:%Y%m%dT%H%M%S}"


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["FREQ=DAILY;COUNT=30", "FREQ=WEEKLY;BYDAY=MO,TH", "FREQ=MONTHLY"]), st.lists(DAYS, max_size=6))
def test_whole_days_agree_with_dateutil(rule: str, left_out: list[int]) -> None:
    day = date(2026, 3, 2)
    whole = rruleset()
    whole.rrule(_rule(rule, datetime(2026, 3, 2)))
    for each in left_out:
        whole.exdate(datetime(2026, 3, 2) + timedelta(days=each))
    gone = ",".join(f"{day + timedelta(days=each):%Y%m%d}" for each in left_out)
    lines = ["DTSTART;VALUE=DATE:20260302", f"RRULE:{rule}", *([f"EXDATE;VALUE=DATE:{gone}"] if gone else [])]
    (coming,) = read(calendar(event(*lines))).coming
    found = occurrences(coming.appointment(), (), date(2026, 3, 1), date(2026, 7, 1))
    expected = whole.between(datetime(2026, 3, 1), datetime(2026, 7, 1))
    assert [each.starts for each in found] == [f"{each:%Y-%m-%d}" for each in expected]


TITLES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Cn")), min_size=1)


@settings(max_examples=150, deadline=None)
@given(
    TITLES,
    TITLES,
    st.datetimes(datetime(1999, 1, 1), datetime(2090, 1, 1)),
    st.sampled_from(ZONES),
    st.integers(1, 5000),
)
def test_what_icalendar_writes_is_read_as_icalendar_reads_it(
    title: str, place: str, starts: datetime, zone: str, minutes: int
) -> None:
    # An hour that comes twice is the first of the two in such a file (RFC 5545, 3.3.5): the second cannot be written.
    starts = starts.replace(microsecond=0, fold=0, tzinfo=ZoneInfo(zone))
    made = icalendar.Event()
    made.add("UID", "x")
    made.add("SUMMARY", title)
    made.add("LOCATION", place)
    made.add("DTSTART", starts)
    made.add("DTEND", starts + timedelta(minutes=minutes))
    whole = icalendar.Calendar()
    whole.add("VERSION", "2.0")
    whole.add_component(made)
    (coming,) = read(whole.to_ical(), zone).coming
    assert coming.title == _shortened(" ".join(title.split()), 300)
    assert coming.place == _shortened(" ".join(place.split()), 500)
    utc = ZoneInfo("UTC")
    wall = datetime.fromisoformat(coming.starts).replace(tzinfo=ZoneInfo(coming.zone))
    assert wall.astimezone(utc) == starts.astimezone(utc)
    length = (starts + timedelta(minutes=minutes)).astimezone(utc) - starts.astimezone(utc)
    assert coming.minutes == length / timedelta(minutes=1)


def _shortened(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
