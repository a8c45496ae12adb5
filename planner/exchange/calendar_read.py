"""From the bytes of a calendar file (RFC 5545) to appointments as a plan knows them.

Taken are the title, the place, when it is, and, apart, the description; alarms, people invited and everything else is
not even read. Nothing here changes anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from planner.exchange.calendar_event import (
    Event,
    NotUnderstood,
    When,
    day_of_part,
    read_event,
    title_of,
    year_of,
)
from planner.exchange.calendar_lines import Beat, Part, Parts, read_parts
from planner.exchange.calendar_zones import Zones
from planner.plan.agenda import occurrences
from planner.plan.clock import day_of, instant, read_wall, write_wall, zone_named
from planner.plan.records import Appointment, WhatHappened
from planner.plan.trouble import InvalidRepeat
from planner.words import _, n_

__all__ = ["CalendarFile", "Coming", "Left", "Time", "read_calendar"]

FARTHEST = timedelta(days=366 * 30)
"""How long after its start a changed time of a series is looked for; one beyond stands alone."""

YEARS_AHEAD = 3
"""Zones are compared so many years beyond the last event, because what repeats goes on."""

MOST_COUNTED = 200_000
"""What comes a number of times is counted from its beginning whenever days are worked out; so often in one file."""

_COUNT = re.compile(r"COUNT=(\d+)")

Progress = Callable[[int, int], None]
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Time:
    """What the file says of one time of a series: it was moved to ``new_starts``, or they cancelled it."""

    occurrence: str
    what: WhatHappened
    new_starts: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """One appointment of a file. The fields are those of :class:`~planner.plan.records.Appointment`.

    ``any_clock`` says that the file named no zone; ``cancelled`` that all it says is that this no longer takes place.
    """

    uid: str
    recurrence: str = ""
    sequence: int = 0
    title: str = ""
    place: str = ""
    description: str = ""
    starts: str = ""
    zone: str = ""
    any_clock: bool = False
    minutes: int = 0
    repeat: str = ""
    except_starts: tuple[str, ...] = ()
    extra_starts: tuple[str, ...] = ()
    times: tuple[Time, ...] = ()
    cancelled: bool = False

    def appointment(self) -> Appointment:
        """As a record of a plan, without its description."""
        return Appointment(
            uid=self.uid,
            recurrence=self.recurrence,
            sequence=self.sequence,
            title=self.title,
            place=self.place,
            starts=self.starts,
            zone=self.zone,
            minutes=self.minutes,
            repeat=self.repeat,
            except_starts=self.except_starts,
            extra_starts=self.extra_starts,
        )


@dataclass(frozen=True, slots=True)
class Left:
    """Something of the file that is left out: its title, its day (ISO, or empty), and why, in words."""

    title: str
    day: str
    reason: str


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """What a file holds."""

    coming: tuple[Coming, ...]
    not_understood: tuple[Left, ...]


def read_calendar(content: bytes, zone: str, progress: Progress) -> CalendarFile:
    """Read a file. ``zone`` is the viewer's IANA zone, for hours of no zone; ``progress`` may raise to stop.

    Raises:
        planner.exchange.calendar_lines.NotACalendar: the whole file cannot be read.
    """
    beat = Beat(progress)
    parts = read_parts(content, beat)
    left: list[Left] = []
    events: list[Event] = []
    total = sum(each.name == "VEVENT" for calendar in parts.calendars for each in calendar.parts)
    done = counted = 0
    for calendar in parts.calendars:
        zones = _zones(calendar, zone)
        method = calendar.value("METHOD").upper()
        for part in calendar.parts:
            if part.name != "VEVENT":
                continue
            beat(done, 2 * total)
            done += 1
            try:
                event = read_event(part, zones, zone, method)
                counted = _counted_with(counted, event)
                events.append(event)
            except NotUnderstood as reason:
                left.append(Left(title_of(part), day_of_part(part), str(reason)))
    coming: list[Coming] = []
    by_uid: dict[str, list[Event]] = {}
    for event in events:
        by_uid.setdefault(event.uid, []).append(event)
    for number, group in enumerate(by_uid.values()):
        beat(total + number, 2 * total)
        coming += _series(group, zone, left)
    left += _tasks(parts)
    return CalendarFile(tuple(coming), tuple(left))


def _counted_with(counted: int, event: Event) -> int:
    found = _COUNT.search(event.rule)
    counted += int(found.group(1)) if found else 0
    if counted > MOST_COUNTED:
        raise NotUnderstood(_("Together, what comes again in this file comes too often."))
    return counted


def _tasks(parts: Parts) -> list[Left]:
    if not parts.tasks:
        return []
    words = n_("{n} task", "{n} tasks", parts.tasks).format(n=parts.tasks)
    return [Left(words, "", _("Only appointments are brought in."))]


def _zones(calendar: Part, here: str) -> Zones:
    years = [year for part in calendar.parts if part.name == "VEVENT" and (year := year_of(part))]
    span = (min(years), max(years) + YEARS_AHEAD) if years else (2000, 2000)
    return Zones([part for part in calendar.parts if part.name == "VTIMEZONE"], span, here)


# ---------------------------------------------------------------- what belongs together


def _series(group: list[Event], here: str, left: list[Left]) -> list[Coming]:
    """The appointments that the events of one UID make."""
    masters = [each for each in group if each.instead_of is None]
    others = [each for each in group if each.instead_of is not None]
    try:
        return _together(masters, list(_newest(others, here).values()), here)
    except (NotUnderstood, InvalidRepeat) as trouble:
        reason = str(trouble) if isinstance(trouble, NotUnderstood) else _("Its day or hour cannot be read.")
        first = (masters or others)[0]
        left.append(Left(first.title, write_wall(first.starts.wall)[:10], reason))
        return []


def _together(masters: list[Event], others: list[Event], here: str) -> list[Coming]:
    if any(each.and_later for each in others):
        raise NotUnderstood(_("From one day on, all its later times are other ones. That cannot be read here."))
    if not masters:
        return [_single(each, here, _recurrence(each, here)) for each in others]
    master = max(masters, key=_version)
    if master.cancelled:
        return [replace(_whole(master, here), cancelled=True)]
    return _with_changes(master, others, here)


def _version(event: Event) -> tuple[int, tuple[str, str]]:
    """Later ones win: by SEQUENCE, then by when they were written (RFC 5546, section 2.1.5)."""
    return event.sequence, event.stamp


def _newest(events: Iterable[Event], here: str) -> dict[str, Event]:
    out: dict[str, Event] = {}
    for each in events:
        assert each.instead_of is not None
        name = each.instead_of
        key = utc(name, here)
        if key not in out or _version(each) >= _version(out[key]):
            out[key] = each
    return out


def utc(when: When, here: str) -> str:
    """A moment by which two ways of writing it are the same."""
    return when.instant(here).isoformat() if when.is_hour else write_wall(when.wall)


def _whole(event: Event, here: str) -> Coming:
    """The series alone, or the one time of an event that does not repeat."""
    if not event.repeats:
        return _single(event, here, "")
    zone = event.starts.zone or here
    coming = Coming(
        uid=event.uid,
        sequence=event.sequence,
        title=event.title,
        place=event.place,
        description=event.description,
        starts=write_wall(event.starts.wall),
        zone=zone,
        any_clock=not event.starts.zone,
        minutes=event.minutes,
        repeat=event.rule,
        except_starts=_texts(event.left_out, zone, here),
        extra_starts=_texts(event.added, zone, here),
    )
    # Whatever is wrong with it is known now, and not when its days are first shown.
    day = day_of(event.starts.wall)
    occurrences(coming.appointment(), (), day, day + _ONE_DAY, strict=True)
    return coming


def _texts(found: Iterable[When], zone: str, here: str) -> tuple[str, ...]:
    return tuple(sorted({write_wall(each.by(zone, here)) for each in found}))


def _single(event: Event, here: str, recurrence: str) -> Coming:
    wall, zone = _by_own_clock(event.starts, here)
    return Coming(
        uid=event.uid,
        recurrence=recurrence,
        sequence=event.sequence,
        title=event.title,
        place=event.place,
        description=event.description,
        starts=wall,
        zone=zone,
        any_clock=not (event.starts.zone or event.starts.defined),
        minutes=event.minutes,
        cancelled=event.cancelled,
    )


def _by_own_clock(when: When, here: str) -> tuple[str, str]:
    """One time by the clock of its zone; of UTC, or of a zone of the file alone, by the viewer's own clock.

    Where that clock shows an hour twice, and this is the second of the two, it can only be told in UTC.
    """
    if not when.is_hour or (when.zone != "UTC" and not when.defined):
        return write_wall(when.wall), when.zone or here
    moment = when.instant(here)
    wall = when.by(here, here)
    assert isinstance(wall, datetime)
    if when.zone == "UTC" and here == "UTC":
        return write_wall(wall), here
    if instant(wall, zone_named(here)) == moment:
        return write_wall(wall), here
    return write_wall(moment.replace(tzinfo=None)), "UTC"


def _recurrence(event: Event, here: str) -> str:
    """The name of the time that an event stands for, by the clock of the event itself."""
    assert event.instead_of is not None
    _wall, zone = _by_own_clock(event.starts, here)
    return write_wall(event.instead_of.by(zone, here))


def _with_changes(master: Event, others: list[Event], here: str) -> list[Coming]:
    """A series and what was changed about single times of it."""
    whole = _whole(master, here)
    if not others:
        return [whole]
    names = _names(whole, others, here)
    times: list[Time] = []
    left_out = set(whole.except_starts)
    apart: list[Coming] = []
    for each in others:
        assert each.instead_of is not None
        name = names.get(utc(each.instead_of, here)) or names.get(write_wall(each.instead_of.wall), "")
        if each.cancelled:
            if name:
                times.append(Time(name, WhatHappened.THEY_CANCELLED))
            continue
        if name and _only_moved(master, each):
            new = write_wall(each.starts.by(whole.zone, here))
            if new != name:
                times.append(Time(name, WhatHappened.MOVED, new))
            continue
        own = name or write_wall(each.instead_of.by(whole.zone, here))
        apart.append(_single(each, here, own))
        if name:
            left_out.add(name)
    times.sort(key=lambda each: (each.occurrence, each.what))
    return [replace(whole, times=tuple(times), except_starts=tuple(sorted(left_out))), *apart]


def _names(whole: Coming, others: list[Event], here: str) -> dict[str, str]:
    """The times of a series that the others may stand for, by their moment and by their day."""
    asked = [day_of(each.instead_of.by(whole.zone, here)) for each in others if each.instead_of is not None]
    begins = day_of(read_wall(whole.starts))
    first, last = max(begins, min(asked)), min(begins + FARTHEST, max(asked))
    found = occurrences(whole.appointment(), (), first - _ONE_DAY, last + 2 * _ONE_DAY)
    names = {each.original_starts[:10]: each.original_starts for each in reversed(found)}
    names |= {each.starts_utc.isoformat(): each.original_starts for each in found if each.starts_utc}
    return names


def _only_moved(master: Event, other: Event) -> bool:
    """Whether nothing but the day or the hour of a time was changed."""
    same = (master.title, master.place, master.minutes, master.starts.is_hour)
    return same == (other.title, other.place, other.minutes, other.starts.is_hour)
