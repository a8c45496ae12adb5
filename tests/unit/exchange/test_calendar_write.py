"""Calendar files that leave: valid, neutral, and read back as they were."""

# ruff: noqa: DTZ001 - hours of the wall clock

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.exchange.calendar_gate import Held, calendar_reveals, held_back
from planner.exchange.calendar_lines import read_parts
from planner.exchange.calendar_write import Leaves, Told, own_uid, times_between, write_times, write_whole
from planner.exchange.calendar_zones import define
from planner.plan.agenda import occurrences
from planner.plan.life import LifeDomain
from planner.plan.records import Appointment, Outcome, SupportContact, WhatHappened
from planner.plan.trouble import InvalidRepeat
from tests.unit.exchange.calendar_made import HERE, read

MADE = date(2026, 3, 12)
SECRET = Appointment(
    title="Shelter intake",
    place="Oak Street 5",
    way_there="Bus 4",
    who_comes="Lin",
    note="Private words",
    bring=("Passport",),
    domain=LifeDomain.T_STATUS,
    starts="2026-03-16T10:00",
    zone=HERE,
    minutes=45,
    uid="case-77@legal-aid.example",
)
EVERYTHING = Told(titles=True, places=True)


def times(record: Appointment, outcomes: Sequence[Outcome] = (), days: int = 60) -> list[Leaves]:
    return times_between(record, outcomes, date(2026, 3, 1), date(2026, 3, 1) + timedelta(days=days))


def events(content: bytes) -> list[icalendar.Component]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


# ---------------------------------------------------------------- what is told


def test_nothing_but_days_and_hours_leaves_unless_she_says_so() -> None:
    for content in (write_times(times(SECRET), Told(), MADE), write_whole(SECRET, (), Told(), MADE)):
        assert SECRET.uid not in content.decode()
        # Our own UID is random signs, among which any short word may stand.
        text = re.sub(r"UID:\S+", "", content.decode())
        for word in ("Shelter", "Oak", "Bus", "Lin", "Private", "Passport", "law", "status", "legal-aid", "77", "York"):
            assert word not in text
        assert "SUMMARY:Appointment" in text
        assert "20260316T140000Z" in text
        assert SECRET.id not in text
    told = write_times(times(SECRET), EVERYTHING, MADE).decode()
    assert "SUMMARY:Shelter intake" in told
    assert "LOCATION:Oak Street 5" in told
    assert "Private" not in told


def test_only_known_lines_stand_in_a_file() -> None:
    repeating = replace(SECRET, repeat="FREQ=WEEKLY;COUNT=3", except_starts=("2026-03-23T10:00",))
    found = {
        line.partition(b":")[0].partition(b";")[0].decode()
        for content in (write_times(times(SECRET), Told(), MADE), write_whole(repeating, (), Told(), MADE))
        for line in content.split(b"\r\n")
        if line and not line.startswith(b" ")
    }
    event = {"UID", "DTSTAMP", "SUMMARY", "DTSTART", "DTEND", "DURATION", "SEQUENCE", "RRULE", "EXDATE"}
    zone = {"TZID", "TZNAME", "TZOFFSETFROM", "TZOFFSETTO", "RDATE"}
    assert found <= {"BEGIN", "END", "PRODID", "VERSION", *event, *zone}
    assert b"PRODID:-//Calendar//EN\r\n" in write_times(times(SECRET), Told(), MADE)


def test_names_mean_nothing_and_stay_the_same() -> None:
    first, again = (write_times(times(SECRET), Told(), MADE) for _time in range(2))
    assert first == again
    (event,) = events(first)
    assert set(str(event["UID"])) <= set("0123456789abcdef")
    assert len(str(event["UID"])) == 32
    assert own_uid("a") != own_uid("b") != own_uid("a", "2026-03-12")


def test_when_it_was_made_is_told_to_the_day() -> None:
    assert b"DTSTAMP:20260312T000000Z" in write_times(times(SECRET), Told(), MADE)


def test_times_of_a_series_stand_alone() -> None:
    series = replace(SECRET, repeat="FREQ=WEEKLY")
    gone = Outcome(appointment=series.id, occurrence="2026-03-23T10:00", what=WhatHappened.THEY_CANCELLED)
    moved = Outcome(
        appointment=series.id, occurrence="2026-03-30T10:00", what=WhatHappened.MOVED, new_starts="2026-03-31T11:00"
    )
    content = write_times(times(series, (gone, moved), 45), Told(), MADE)
    assert b"RRULE" not in content
    starts = [line.partition(b":")[2].decode() for line in content.split(b"\r\n") if line.startswith(b"DTSTART")]
    assert starts == ["20260316T140000Z", "20260331T150000Z", "20260406T140000Z", "20260413T140000Z"]
    assert len({str(each["UID"]) for each in events(content)}) == 4


# ---------------------------------------------------------------- the format

ODD = st.text(st.characters(codec="utf-8"), max_size=200)


@settings(max_examples=150, deadline=None)
@given(ODD, ODD)
def test_every_line_is_as_the_format_asks(title: str, place: str) -> None:
    content = write_times(times(replace(SECRET, title=title, place=place)), EVERYTHING, MADE)
    assert content.endswith(b"END:VCALENDAR\r\n")
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        assert b"\n" not in line
        assert b"\r" not in line
        line.decode("utf-8")
    assert content.count(b"BEGIN:VEVENT") == 1
    (coming,) = read(content).coming
    assert coming.starts == SECRET.starts


ZONES = ("America/New_York", "Europe/Berlin", "Australia/Sydney", "UTC")
RULES = (
    *("", "FREQ=DAILY;COUNT=20", "FREQ=WEEKLY;BYDAY=MO,TH", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=YEARLY"),
    *("FREQ=WEEKLY;UNTIL=20260601", "FREQ=DAILY;UNTIL=20260501T103000", "FREQ=DAILY;UNTIL=20260501T103000Z"),
)
DAYS = st.lists(st.integers(0, 60), max_size=4, unique=True)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(RULES), st.sampled_from(ZONES), st.booleans(), DAYS, DAYS, st.integers(0, 3000))
def test_what_is_written_is_read_back_the_same(
    rule: str, zone: str, whole_days: bool, left_out: list[int], added: list[int], minutes: int
) -> None:
    first = datetime(2026, 3, 5, 10, 30)

    def name(days: int, hours: int = 0) -> str:
        moment = first + timedelta(days=days, hours=hours)
        return moment.date().isoformat() if whole_days else moment.isoformat(timespec="minutes")

    record = Appointment(
        title="Class, with: signs; \\ and more",
        place="Room 5",
        starts=name(0),
        zone=zone,
        minutes=minutes // 1440 * 1440 if whole_days else minutes,
        repeat=rule,
        except_starts=tuple(sorted(name(each) for each in left_out)) if rule else (),
        extra_starts=tuple(sorted(name(each, 1) for each in added)),
    )
    content = write_whole(record, (), EVERYTHING, MADE)
    file = read(content, zone)
    assert file.not_understood == ()
    (coming,) = file.coming
    again = coming.appointment()
    assert (again.title, again.place) == (record.title, record.place)
    assert again.minutes == (0 if whole_days and record.minutes == 1440 else record.minutes)
    assert (again.except_starts, again.extra_starts) == (record.except_starts, record.extra_starts)

    def shown(which: Appointment) -> list[str]:
        return [each.starts for each in occurrences(which, (), date(2026, 3, 1), date(2026, 9, 1))]

    assert shown(again) == shown(record)
    # Only where its one time was left out is there nothing to compare.
    assert shown(record) or left_out
    if coming.repeat or coming.extra_starts:
        assert whole_days or again.zone == zone


@pytest.mark.parametrize("name", ["America/New_York", "Europe/Dublin", "Africa/Casablanca", "Asia/Kolkata"])
def test_a_zone_that_goes_along_is_right_to_the_second(name: str) -> None:
    record = replace(SECRET, zone=name, repeat="FREQ=DAILY")
    content = write_whole(record, (), Told(), MADE)
    (part,) = (
        each
        for calendar in read_parts(content, lambda _done, _of: None).calendars
        for each in calendar.parts
        if each.name == "VTIMEZONE"
    )
    defined = define(part, (2025, 2034))
    moment = datetime(2025, 6, 1, tzinfo=UTC)
    while moment.year < 2034:
        for away in (-1, 0, 1):
            near = moment + timedelta(seconds=away)
            assert defined.offset(near) == near.astimezone(ZoneInfo(name)).utcoffset(), near
        moment += timedelta(hours=1)


def test_what_was_moved_and_cancelled_is_read_back() -> None:
    series = replace(SECRET, repeat="FREQ=WEEKLY;COUNT=4", title="Class")
    told = (
        Outcome(appointment=series.id, occurrence="2026-03-23T10:00", what=WhatHappened.THEY_CANCELLED),
        Outcome(
            appointment=series.id, occurrence="2026-03-30T10:00", what=WhatHappened.MOVED, new_starts="2026-03-31T11:00"
        ),
    )
    (coming,) = read(write_whole(series, told, EVERYTHING, MADE)).coming
    assert coming.except_starts == ("2026-03-23T10:00",)
    assert [(each.occurrence, each.new_starts) for each in coming.times] == [("2026-03-30T10:00", "2026-03-31T11:00")]


def test_an_appointment_without_a_day_cannot_be_written() -> None:
    with pytest.raises(InvalidRepeat):
        write_whole(Appointment(title="x"), (), Told(), MADE)


# ---------------------------------------------------------------- the gate


def test_what_is_hers_alone_or_names_somebody_is_held_back() -> None:
    away = SupportContact(name="Rick Stone", keep_away=True)
    assert held_back(SECRET, [away]) is None
    assert held_back(replace(SECRET, mine_alone=True), [away]) is Held.MINE_ALONE
    assert held_back(replace(SECRET, title="Hearing about RICK  stone"), [away]) is Held.KEPT_AWAY
    assert held_back(replace(SECRET, note="Not when Rick Stone is there"), [away]) is Held.KEPT_AWAY
    assert held_back(replace(SECRET, contact=away.id), [away]) is Held.KEPT_AWAY
    assert held_back(replace(SECRET, title="Rickshaw"), [away]) is None


def test_what_it_tells_is_counted() -> None:
    assert calendar_reveals([], Told()) == ["There is nothing to save in this time."]
    said = calendar_reveals(times(replace(SECRET, repeat="FREQ=WEEKLY;COUNT=3")), Told())
    assert said == ["It shows appointments on 3 days.", "Each is called only “Appointment”."]
    said = calendar_reveals(times(replace(SECRET, title="Call 555 123 4567")), EVERYTHING)
    assert "It says what 1 appointment is about." in said
    assert "It says where you will be on 1 day." in said
    assert any("looks like a phone number" in each for each in said)
    assert any("time zone" in each for each in calendar_reveals(times(SECRET), Told(), rule=True))
