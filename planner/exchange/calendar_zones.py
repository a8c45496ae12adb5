"""The time zones of a calendar file, brought to those that every computer knows.

A zone that a file defines (VTIMEZONE; RFC 5545, section 3.6.5) is a list of moments at which the clock changes. It is
the IANA zone it is called after, where both use the same offsets: many programs write rules that were right years ago
under the right name, and a clock on the wall follows the law, not the file. Under any other name it is the zone whose
clock shows the same at every moment of the years in question. Where there is none, single hours are converted by the
file's own offsets, and what repeats is not understood.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from planner.exchange.calendar_lines import Part
from planner.plan.clock import FIRST_YEAR, LAST_YEAR
from planner.plan.repeat import Repeat, days, read_repeat
from planner.plan.trouble import InvalidRepeat

MOST_HALVES = 500
MOST_CHANGES = 5_000
MOST_YEARS = 1_500
"""Years of rules that are worked out for the zones of one calendar: half a second of work, or twenty zones."""

MOST_COMPARED = 50
"""Zones of one calendar that are compared with all the zones there are."""

LONGEST_LOOK = 30
"""Years: of a calendar that spans more, the last ones are compared."""

_NO_ZONES = frozenset({"localtime", "posixrules", "Factory", "posix", "right"})
_DAY = timedelta(days=1)


class UnknownZone(Exception):
    """A file names a zone that it does not define and that nobody knows, or defines it in a broken way."""


@dataclass(frozen=True, slots=True)
class Defined:
    """A zone as the file defines it: instants (UTC, ascending) with the offset that holds from there on."""

    begins: tuple[datetime, ...]
    offsets: tuple[timedelta, ...]
    before: timedelta

    def offset(self, instant: datetime) -> timedelta:
        """The offset from UTC at an instant."""
        at = bisect_right(self.begins, instant)
        return self.offsets[at - 1] if at else self.before

    def instant(self, wall: datetime) -> datetime:
        """The instant of an hour of its clock: the first of two, and the offset before a jump (section 3.3.5)."""
        tried = [
            wall.replace(tzinfo=UTC) - each for each in (self.offset(_utc(wall) - _DAY), self.offset(_utc(wall) + _DAY))
        ]
        for each in sorted(tried):
            if each + self.offset(each) == wall.replace(tzinfo=UTC):
                return each
        return tried[0]


@dataclass(frozen=True, slots=True)
class Zone:
    """What a TZID of a file stands for: an IANA name, or, with an empty one, only what the file defines."""

    name: str
    defined: Defined | None = None


def _utc(wall: datetime) -> datetime:
    return wall.replace(tzinfo=UTC)


class Zones:
    """The zones of one calendar; ``years`` are the first and the last that its events touch."""

    def __init__(self, parts: Iterable[Part], years: tuple[int, int], here: str) -> None:
        """``here`` is the viewer's own zone: it comes first where several fit."""
        self._parts = {part.value("TZID"): part for part in parts if part.value("TZID")}
        first, last = max(FIRST_YEAR, years[0]), min(LAST_YEAR, years[1])
        self._years = (max(first, last - LONGEST_LOOK), last)
        self._here = here
        self._found: dict[str, Zone | None] = {}
        self._left = MOST_YEARS
        self._compared = MOST_COMPARED

    def named(self, tzid: str) -> Zone:
        """The zone of a TZID.

        Raises:
            UnknownZone: there is no telling which one is meant.
        """
        if tzid not in self._found:
            self._found[tzid] = self._find(tzid)
        found = self._found[tzid]
        if found is None:
            raise UnknownZone
        return found

    def _find(self, tzid: str) -> Zone | None:
        part = self._parts.get(tzid)
        if part is None:
            name = known_name(tzid)
            return Zone(name) if name else None
        self._left -= sum(self._cost(half.value("RRULE")) for half in part.parts)
        if self._left < 0:
            return None
        try:
            defined = define(part, self._years)
        except (InvalidRepeat, ValueError, OverflowError):
            return None
        name = known_name(tzid) or known_name(part.value("X-LIC-LOCATION"))
        low, high = self._years
        if name and offsets_of(defined, low, high) <= _offsets_in(name, low, high):
            return Zone(name)
        self._compared -= 1
        return Zone(self._alike(defined, tzid) if self._compared >= 0 else "", defined)

    def _cost(self, rule: str) -> int:
        """Years that a rule must be worked out for; one that ended earlier only for its end."""
        low, high = self._years
        if "COUNT" in rule:
            return LAST_YEAR - FIRST_YEAR  # it is counted from its beginning
        until = re.search(r"UNTIL=(\d{4})", rule)
        return (3 if until and int(until[1]) < low else high - low + 3) if rule else 0

    def _alike(self, defined: Defined, tzid: str) -> str:
        """A zone whose clock shows the same through all the years in question; empty where there is none.

        The viewer's own comes first, then one whose city stands in the name, as in "(UTC+01:00) Berlin, Rome".
        """
        low, high = self._years
        moments = [datetime(year, month, 1, 12, tzinfo=UTC) for year in range(low, high + 1) for month in range(1, 13)]
        for each in defined.begins:
            if low <= each.year <= high:
                moments += [each - timedelta(seconds=1), each]
        # From the end, where zones differ least, so that a wrong one is soon known to be wrong.
        wanted = [(moment, defined.offset(moment)) for moment in reversed(moments)]
        said = tzid.casefold()
        named = (name for city, name in _cities() if city in said)
        for name in dict.fromkeys((self._here, *named, "UTC", *_usual(), *sorted(_all_names()))):
            zone = ZoneInfo(name)
            if all(moment.astimezone(zone).utcoffset() == offset for moment, offset in wanted):
                return name
        return ""


def known_name(tzid: str) -> str:
    """The IANA name that a TZID means: itself, without what a program put before it, or Windows' name; or empty."""
    names = _all_names()
    plain = tzid.strip().strip('"')
    bare = plain.strip("/")
    if bare in names:
        return bare
    folded = _by_folded_name().get(bare.casefold())
    if folded:
        return folded
    windows = _windows_names().get(bare)
    if windows in names:
        return str(windows)
    if plain.startswith("/"):
        pieces = bare.split("/")[:10]
        for start in range(1, len(pieces)):
            rest = "/".join(pieces[start:])
            if rest in names:
                return rest
    return ""


def define(part: Part, years: tuple[int, int]) -> Defined:
    """The changes of the clock that a VTIMEZONE tells, for these years and the one before.

    Raises:
        InvalidRepeat, ValueError, OverflowError: it is broken, or tells more than a zone can.
    """
    low, high = date(max(years[0] - 1, FIRST_YEAR), 1, 1), date(min(years[1] + 1, LAST_YEAR), 12, 31)
    halves = [each for each in part.parts if each.name in ("STANDARD", "DAYLIGHT")]
    if not halves or len(halves) > MOST_HALVES or not part.whole:
        raise ValueError("no zone")
    changes: dict[datetime, timedelta] = {}
    earliest: tuple[datetime, timedelta] | None = None
    for half in halves:
        if half.broken or not half.whole:
            raise ValueError("a broken half")
        before, after = _offset(half.value("TZOFFSETFROM")), _offset(half.value("TZOFFSETTO"))
        begins = _wall(half.value("DTSTART"))
        first = begins.replace(tzinfo=UTC) - before
        if earliest is None or first < earliest[0]:
            earliest = (first, before)
        for wall in _onsets(half, begins, before, low, high):
            changes[wall.replace(tzinfo=UTC) - before] = after
            if len(changes) > MOST_CHANGES:
                raise ValueError("too many changes")
    ordered = sorted(changes)
    assert earliest is not None
    return Defined(tuple(ordered), tuple(changes[each] for each in ordered), earliest[1])


def _onsets(half: Part, begins: datetime, before: timedelta, low: date, high: date) -> Iterator[datetime]:
    yield begins
    for listed in half.all("RDATE"):
        for text in listed.value.split(",")[:MOST_CHANGES]:
            yield _wall(text.strip())
    rule_text = half.value("RRULE")
    if not rule_text:
        return
    rule = read_repeat(rule_text)
    if rule.until is not None and rule.until.year < low.year:
        # All of it lies before the years in question: what held last still holds.
        yield from _last_before(rule, begins, before)
        return
    for day in days(rule, begins.date(), date(FIRST_YEAR, 1, 1) if rule.count else low, high):
        wall = datetime.combine(day, begins.time())
        until = rule.until
        if isinstance(until, datetime):
            if (wall - before if rule.until_utc else wall) > until:
                break
        elif until is not None and day > until:
            break
        yield wall


def _last_before(rule: Repeat, begins: datetime, before: timedelta) -> Iterator[datetime]:
    until = rule.until
    assert until is not None
    end = (until if not isinstance(until, datetime) else until.date()) + 2 * _DAY
    for day in days(rule, begins.date(), max(begins.date(), end - timedelta(days=800)), end):
        wall = datetime.combine(day, begins.time())
        limit = until if isinstance(until, datetime) else datetime.combine(until, begins.time())
        if (wall - before if rule.until_utc else wall) <= limit:
            yield wall


def _wall(text: str) -> datetime:
    from icalendar.prop import vDatetime

    if text.endswith("Z"):
        raise ValueError("a change of the clock stands in local time")
    read = vDatetime.from_ical(text if "T" in text else f"{text}T000000")  # type: ignore[no-untyped-call]
    assert isinstance(read, datetime)
    if not 1 < read.year < 9998:
        raise ValueError("a year out of reach")
    # Zones begin long before calendars do; their rules are worked out from where calendars begin.
    return read if read.year >= FIRST_YEAR else read.replace(year=FIRST_YEAR, month=1, day=1)


def _offset(text: str) -> timedelta:
    from icalendar.prop import vUTCOffset

    offset = vUTCOffset.from_ical(text)  # type: ignore[no-untyped-call]
    if not isinstance(offset, timedelta) or abs(offset) >= _DAY or text[:1] not in ("+", "-"):
        raise ValueError("no offset")
    return offset


def offsets_of(defined: Defined, low: int, high: int) -> frozenset[timedelta]:
    """The offsets that a defined zone uses in these years."""
    start, end = datetime(low, 1, 1, tzinfo=UTC), datetime(high, 12, 31, tzinfo=UTC)
    inside = {offset for at, offset in zip(defined.begins, defined.offsets, strict=True) if start <= at <= end}
    return frozenset(inside | {defined.offset(start)})


@lru_cache(maxsize=64)
def _offsets_in(name: str, low: int, high: int) -> frozenset[timedelta]:
    zone = ZoneInfo(name)
    found = set()
    for year in range(low, high + 1):
        for month in range(1, 13):
            offset = datetime(year, month, 15, tzinfo=zone).utcoffset()
            if offset is not None:
                found.add(offset)
    return frozenset(found)


@lru_cache(maxsize=1)
def _all_names() -> frozenset[str]:
    from zoneinfo import available_timezones

    return frozenset(each for each in available_timezones() if each.split("/")[0] not in _NO_ZONES)


@lru_cache(maxsize=1)
def _by_folded_name() -> dict[str, str]:
    return {each.casefold(): each for each in sorted(_all_names())}


def _windows_names() -> dict[str, str]:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    return WINDOWS_TO_OLSON


@lru_cache(maxsize=1)
def _usual() -> tuple[str, ...]:
    """One zone for each clock that people live by, by its largest city, before all the others."""
    return tuple(each for each in dict.fromkeys(_windows_names().values()) if each in _all_names())


@lru_cache(maxsize=1)
def _cities() -> tuple[tuple[str, str], ...]:
    names = sorted(each for each in _all_names() if "/" in each)
    return tuple((each.rpartition("/")[2].replace("_", " ").casefold(), each) for each in names)
