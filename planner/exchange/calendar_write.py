"""Appointments as a calendar file (RFC 5545) that tells no more than was chosen.

Single times stand in UTC, so that not even the time zone she lives in is told; only a rule needs its zone, and brings
it along. Names of appointments are random letters that mean nothing; the same appointment has the same name in every
file, so that a phone brings it up to date instead of doubling it. When the file was made is told to the day, because
the format asks for it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from planner.plan.agenda import Occurrence, occurrences
from planner.plan.clock import instant, is_hour, read_wall, zone_named
from planner.plan.records import Appointment, Outcome, WhatHappened
from planner.plan.repeat import read_repeat
from planner.plan.trouble import InvalidRepeat
from planner.words import N_, _

if TYPE_CHECKING:
    from icalendar import Event, Timezone

MADE_BY = "-//Calendar//EN"
"""PRODID: the format asks for one; this one names nobody."""

NEUTRAL = N_("Appointment")
GONE = (WhatHappened.THEY_CANCELLED, WhatHappened.NOT_THIS_TIME)
DAY_MINUTES = 24 * 60
YEARS_OF_ZONE = 10


@dataclass(frozen=True, slots=True)
class Told:
    """What a file tells beside days and hours."""

    titles: bool = False
    places: bool = False


@dataclass(frozen=True, slots=True)
class Leaves:
    """One time of an appointment that goes into a file."""

    appointment: Appointment
    time: Occurrence


def own_uid(appointment: str, occurrence: str = "") -> str:
    """The name of an appointment, or of one time of it, in our files: made from its random id, and no way back."""
    return hashlib.blake2b(f"{appointment}\n{occurrence}".encode(), digest_size=16).hexdigest()


def neutral_titles() -> frozenset[str]:
    """The neutral title in the languages in which it may have been written: English, and the one in use."""
    return frozenset({NEUTRAL, _(NEUTRAL)})


def times_between(appointment: Appointment, outcomes: Iterable[Outcome], start: date, end: date) -> list[Leaves]:
    """The times of an appointment that still stand, from one day up to another, days of its own clock."""
    found = occurrences(appointment, outcomes, start, end)
    return [Leaves(appointment, each) for each in found if each.outcome is None or each.outcome.what not in GONE]


def write_times(times: Sequence[Leaves], told: Told, made: date) -> bytes:
    """Single times, each as an event of its own; no rule, and no word of what lies outside them."""
    calendar = _Calendar()
    for each in times:
        event = calendar.event(own_uid(each.appointment.id, each.time.original_starts), each.appointment, told, made)
        if each.time.starts_utc is None:
            _put_days(event, date.fromisoformat(each.time.starts[:10]), each.appointment.minutes)
        else:
            _put(event, "DTSTART", each.time.starts_utc)
            if each.appointment.minutes > 0:
                _put(event, "DTEND", each.time.starts_utc + timedelta(minutes=each.appointment.minutes))
    return calendar.bytes()


def write_whole(appointment: Appointment, outcomes: Iterable[Outcome], told: Told, made: date) -> bytes:
    """One appointment with all its times: its rule, what was added, left out, moved and cancelled.

    Raises:
        InvalidRepeat: it has no day, or one that cannot be read.
    """
    first = read_wall(appointment.starts)
    repeats = bool(appointment.repeat or appointment.extra_starts)
    calendar = _Calendar()
    uid = own_uid(appointment.id)
    event = calendar.event(uid, appointment, told, made)
    event.add("SEQUENCE", max(0, appointment.sequence))
    zone = appointment.zone if repeats and is_hour(first) else ""
    if zone:
        calendar.add_zone(zone, first.year, max(first.year, made.year) + YEARS_OF_ZONE)
    _put_start(event, appointment, appointment.starts, zone)
    if appointment.repeat:
        from icalendar import vRecur

        event["RRULE"] = vRecur.from_ical(_rule(appointment))
    for name, texts in (("RDATE", appointment.extra_starts), ("EXDATE", _left_out(appointment, outcomes))):
        for text in texts:
            _put_wall(event, name, text, appointment.zone, zone)
    for each in sorted(outcomes, key=lambda one: (one.occurrence, one.id)):
        if each.appointment == appointment.id and not each.removed and each.what is WhatHappened.MOVED:
            moved = calendar.event(uid, appointment, told, made)
            moved.add("SEQUENCE", max(0, appointment.sequence))
            _put_wall(moved, "RECURRENCE-ID", each.occurrence, appointment.zone, zone)
            _put_start(moved, appointment, each.new_starts, zone)
    return calendar.bytes()


def _rule(appointment: Appointment) -> str:
    """The rule as section 3.3.10 asks for it: its end is a day for days, and an hour of UTC for hours of a zone."""
    rule, first = read_repeat(appointment.repeat), read_wall(appointment.starts)
    until = rule.until
    if until is None:
        return rule.text()
    if not isinstance(first, datetime):
        return replace(rule, until=until.date() if isinstance(until, datetime) else until, until_utc=False).text()
    if rule.until_utc:
        return rule.text()
    last = until if isinstance(until, datetime) else datetime.combine(until, time(23, 59, 59))
    moment = instant(last, zone_named(appointment.zone)).replace(tzinfo=None)
    return replace(rule, until=moment, until_utc=True).text()


def _left_out(appointment: Appointment, outcomes: Iterable[Outcome]) -> list[str]:
    """What was left out, and what does not take place; a day left out of hours is the hour of that day."""
    gone = {each.occurrence for each in outcomes if each.appointment == appointment.id and each.what in GONE}
    first = appointment.starts
    return sorted(
        {each if len(each) > 10 or len(first) <= 10 else each + first[10:] for each in appointment.except_starts} | gone
    )


def _put_start(event: Event, appointment: Appointment, starts: str, zone: str) -> None:
    wall = read_wall(starts)
    if not isinstance(wall, datetime):
        _put_days(event, wall, appointment.minutes)
        return
    _put_wall(event, "DTSTART", starts, appointment.zone, zone)
    if appointment.minutes > 0:
        event.add("DURATION", timedelta(minutes=appointment.minutes))


def _put_days(event: Event, day: date, minutes: int) -> None:
    _put(event, "DTSTART", day)
    _put(event, "DTEND", day + timedelta(days=max(1, -(-minutes // DAY_MINUTES))))


def _put_wall(event: Event, name: str, text: str, clock: str, zone: str) -> None:
    """A day, or an hour: by its zone where the file brings one, else in UTC."""
    try:
        wall = read_wall(text)
    except InvalidRepeat:
        return
    if not isinstance(wall, datetime):
        _put(event, name, wall)
    elif zone and zone != "UTC":
        _put(event, name, wall.replace(tzinfo=zone_named(zone)))
    else:
        _put(event, name, instant(wall, zone_named(clock)))


def _put(event: Event, name: str, when: date) -> None:
    from icalendar import vDDDTypes

    value = vDDDTypes(when)
    if not isinstance(when, datetime):
        value.params["VALUE"] = "DATE"
    event.add(name, value, encode=False)


class _Calendar:
    """A calendar that says only what the format asks for."""

    def __init__(self) -> None:
        from icalendar import Calendar

        self._calendar = Calendar()
        self._calendar.add("PRODID", MADE_BY)
        self._calendar.add("VERSION", "2.0")

    def event(self, uid: str, appointment: Appointment, told: Told, made: date) -> Event:
        """A new event with its name and, where that was chosen, its title and place."""
        from icalendar import Event

        event = Event()
        event.add("UID", uid)
        event.add("DTSTAMP", datetime.combine(made, time(), UTC))
        event.add("SUMMARY", _text(appointment.title) if told.titles and appointment.title.strip() else _(NEUTRAL))
        if told.places and appointment.place.strip():
            event.add("LOCATION", _text(appointment.place))
        self._calendar.add_component(event)
        return event

    def add_zone(self, name: str, first_year: int, last_year: int) -> None:
        """The zone of a rule."""
        if name != "UTC":
            self._calendar.subcomponents.insert(0, _zone(name, first_year, last_year))

    def bytes(self) -> bytes:
        """The file."""
        return bytes(self._calendar.to_ical())


def _text(text: str) -> str:
    return "".join(each for each in text if each.isprintable() or each == "\n").replace("\r", "")


def _zone(name: str, first_year: int, last_year: int) -> Timezone:
    """A VTIMEZONE with every change of the clock in these years and the one before.

    Not icalendar's own: its clock goes forward an hour late (tried with 7.3.0), and it tells in a comment for which
    years it was made.
    """
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    zone = zone_named(name)
    begins = datetime(first_year - 1, 1, 1, tzinfo=UTC)
    end = datetime(last_year, 12, 31, tzinfo=UTC)
    changes: dict[tuple[timedelta, timedelta, bool], list[datetime]] = {}
    first = _offset(zone, begins)
    changes[first, first, False] = [(begins + first).replace(tzinfo=None)]
    for moment in _changes(zone, begins, end):
        before, after = _offset(zone, moment - timedelta(seconds=1)), _offset(zone, moment)
        summer = bool(moment.astimezone(zone).dst())
        changes.setdefault((before, after, summer), []).append((moment + before).replace(tzinfo=None))
    made = Timezone()
    made.add("TZID", name)
    for (before, after, summer), walls in changes.items():
        half = TimezoneDaylight() if summer else TimezoneStandard()
        half.add("DTSTART", walls[0])
        for wall in walls[1:]:
            half.add("RDATE", wall)
        half.add("TZOFFSETFROM", before)
        half.add("TZOFFSETTO", after)
        made.add_component(half)
    return made


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    offset = moment.astimezone(zone).utcoffset()
    assert offset is not None
    return offset


def _changes(zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[datetime]:
    """The instants from which another offset holds."""
    day = timedelta(days=1)
    while start < end:
        if _offset(zone, start) != _offset(zone, start + day):
            low, high = start, start + day
            while high - low > timedelta(seconds=1):
                middle = low + (high - low) // 2
                middle = middle.replace(microsecond=0)
                low, high = (middle, high) if _offset(zone, middle) == _offset(zone, low) else (low, middle)
            yield high
        start += day
