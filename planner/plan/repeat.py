"""Repeat rules: the RRULE of RFC 5545, section 3.3.10, for days, weeks, months and years.

The days are worked out here and not by dateutil, which goes on to the year 9999 where a rule can never be met (the
30th of February, tried: seconds of work for one line of text), cannot be told to stop, and must be loaded first. It is
the oracle of the tests. Rules by the hour, minute or second are refused: no appointment is meant by them, and they are
the cheapest way to ask for endless work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from planner.plan.clock import LAST_YEAR, Wall
from planner.plan.trouble import InvalidRepeat

LONGEST_RULE = 500
MOST_TIMES = 10_000
MOST_DAYS_LOOKED_AT = 150_000
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

_PART = re.compile(r"[A-Z]+=[A-Z0-9,+\-]+\Z", re.ASCII)
_BYDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)\Z", re.ASCII)
_UNTIL = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?\Z", re.ASCII)
_KNOWN = {
    *("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY"),
    *("BYMONTHDAY", "BYMONTH", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"),
}


class Every(StrEnum):
    """The stretch of time after which a rule begins again."""

    DAY = "DAILY"
    WEEK = "WEEKLY"
    MONTH = "MONTHLY"
    YEAR = "YEARLY"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """A rule that was read and found sound. Weekdays are numbers, Monday is 0; ``byday`` holds (which, weekday).

    ``until`` is a day, or an hour; then ``until_utc`` says whether it is an hour of UTC or of the wall clock.
    """

    every: Every
    interval: int = 1
    count: int = 0
    until: Wall | None = None
    until_utc: bool = False
    week_start: int = 0
    byday: tuple[tuple[int, int], ...] = ()
    bymonthday: tuple[int, ...] = ()
    bymonth: tuple[int, ...] = ()
    byyearday: tuple[int, ...] = ()
    byweekno: tuple[int, ...] = ()
    bysetpos: tuple[int, ...] = ()

    def text(self) -> str:
        """The rule as an RRULE value."""
        parts = [f"FREQ={self.every.value}"]
        if self.interval > 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.byday:
            parts.append("BYDAY=" + ",".join(f"{which or ''}{WEEKDAYS[day]}" for which, day in self.byday))
        for name in ("bymonthday", "bymonth", "byyearday", "byweekno", "bysetpos"):
            values: tuple[int, ...] = getattr(self, name)
            if values:
                parts.append(f"{name.upper()}=" + ",".join(map(str, values)))
        if self.week_start:
            parts.append(f"WKST={WEEKDAYS[self.week_start]}")
        if self.count:
            parts.append(f"COUNT={self.count}")
        if isinstance(self.until, datetime):
            parts.append(f"UNTIL={self.until:%Y%m%dT%H%M%S}" + ("Z" if self.until_utc else ""))
        elif self.until is not None:
            parts.append(f"UNTIL={self.until:%Y%m%d}")
        return ";".join(parts)


def read_repeat(text: str) -> Repeat:
    """Read an RRULE value.

    Raises:
        InvalidRepeat: it breaks RFC 5545, repeats more often than daily, or is longer than any rule a person needs.
    """
    parts = _parts(text)
    try:
        every = Every(parts["FREQ"])
    except (KeyError, ValueError):
        raise InvalidRepeat("a rule repeats by the day, week, month or year") from None
    until, until_utc = _until(parts["UNTIL"]) if "UNTIL" in parts else (None, False)
    rule = Repeat(
        every=every,
        interval=_numbers(parts, "INTERVAL", 1, 1000, single=True)[0] if "INTERVAL" in parts else 1,
        count=_numbers(parts, "COUNT", 1, MOST_TIMES, single=True)[0] if "COUNT" in parts else 0,
        until=until,
        until_utc=until_utc,
        week_start=_weekday(parts.get("WKST", "MO")),
        byday=_byday(parts),
        bymonthday=_signed(parts, "BYMONTHDAY", 31),
        bymonth=_numbers(parts, "BYMONTH", 1, 12),
        byyearday=_signed(parts, "BYYEARDAY", 366),
        byweekno=_signed(parts, "BYWEEKNO", 53),
        bysetpos=_signed(parts, "BYSETPOS", 366),
    )
    _must_fit_together(rule)
    return rule


def _parts(text: str) -> Mapping[str, str]:
    if not text or len(text) > LONGEST_RULE:
        raise InvalidRepeat("no rule, or a very long one")
    out: dict[str, str] = {}
    for part in text.upper().split(";"):
        name, _equals, value = part.partition("=")
        if not _PART.match(part) or name not in _KNOWN or name in out:
            raise InvalidRepeat("a part of the rule is not understood")
        out[name] = value
    return out


def _numbers(parts: Mapping[str, str], name: str, least: int, most: int, *, single: bool = False) -> tuple[int, ...]:
    if name not in parts:
        return ()
    values = []
    for each in parts[name].split(","):
        if not re.match(r"[+-]?\d{1,5}\Z", each) or not least <= int(each) <= most:
            raise InvalidRepeat(f"{name} is out of bounds")
        values.append(int(each))
    if single and len(values) > 1:
        raise InvalidRepeat(f"{name} is one number")
    return tuple(sorted(set(values)))


def _signed(parts: Mapping[str, str], name: str, most: int) -> tuple[int, ...]:
    values = _numbers(parts, name, -most, most)
    if 0 in values:
        raise InvalidRepeat(f"{name} is out of bounds")
    return values


def _weekday(name: str) -> int:
    if name not in WEEKDAYS:
        raise InvalidRepeat("no such day of the week")
    return WEEKDAYS.index(name)


def _byday(parts: Mapping[str, str]) -> tuple[tuple[int, int], ...]:
    if "BYDAY" not in parts:
        return ()
    out = []
    for each in parts["BYDAY"].split(","):
        found = _BYDAY.match(each)
        if not found or (found[1] and not 1 <= abs(int(found[1])) <= 53):
            raise InvalidRepeat("BYDAY is not understood")
        out.append((int(found[1] or 0), WEEKDAYS.index(found[2])))
    return tuple(sorted(set(out), key=lambda one: (one[1], one[0])))


def _until(text: str) -> tuple[Wall, bool]:
    found = _UNTIL.match(text)
    try:
        if not found:
            raise InvalidRepeat("UNTIL is not understood")
        if found[2] is None:
            return datetime.strptime(found[1], "%Y%m%d").date(), False  # noqa: DTZ007 - a day of the wall clock
        whole = datetime.strptime(found[1] + found[2], "%Y%m%d%H%M%S")  # noqa: DTZ007 - its zone is told beside it
        return whole, bool(found[3])
    except ValueError:
        raise InvalidRepeat("UNTIL is not understood") from None


def _must_fit_together(rule: Repeat) -> None:
    which = any(number for number, _day in rule.byday)
    by_any = rule.byday or rule.bymonthday or rule.bymonth or rule.byyearday or rule.byweekno
    broken = (
        (rule.count and rule.until is not None)
        or (which and rule.every not in (Every.MONTH, Every.YEAR))
        or (which and rule.every is Every.MONTH and any(abs(number) > 5 for number, _day in rule.byday))
        or (which and rule.byweekno)
        or (rule.byweekno and rule.every is not Every.YEAR)
        or (rule.byyearday and rule.every is not Every.YEAR)
        or (rule.bymonthday and rule.every is Every.WEEK)
        or (rule.bysetpos and not by_any)
    )
    if broken:
        raise InvalidRepeat("parts of the rule do not fit together")


def days(rule: Repeat, first: date, start: date, end: date) -> Iterator[date]:
    """The days of a rule that begins on ``first``, from ``start`` and before ``end``, in order.

    Without a count, nothing before ``start`` is worked out. ``first`` itself is always the first day, also where the
    rule alone would not choose it. The work is bounded: never past the year 2200, nor more than 150,000 days looked at.
    """
    rule = _completed(rule, first)
    given = 0
    looked = 0
    for period in _periods(rule, first, first if rule.count else max(first, start)):
        if period[0] >= end or looked > MOST_DAYS_LOOKED_AT:
            return
        looked += max(len(period), 1)
        chosen = [day for day in _chosen(rule, period) if day >= first]
        if given == 0 and period[0] <= first <= period[-1] and first not in chosen:
            chosen.insert(0, first)
        for day in chosen:
            if day >= end or (rule.count and given >= rule.count):
                return
            given += 1
            if day >= start:
                yield day


def _completed(rule: Repeat, first: date) -> Repeat:
    """What a rule leaves open is taken from its first day (RFC 5545, section 3.3.10)."""
    if rule.byweekno and not rule.byday and not rule.bymonthday and not rule.byyearday:
        return replace(rule, byday=((0, first.weekday()),))
    if rule.byday or rule.bymonthday or rule.byyearday:
        return rule
    if rule.every is Every.WEEK:
        return replace(rule, byday=((0, first.weekday()),))
    if rule.every is Every.MONTH:
        return replace(rule, bymonthday=(first.day,))
    if rule.every is Every.YEAR:
        return replace(rule, bymonthday=(first.day,), bymonth=rule.bymonth or (first.month,))
    return rule


def _periods(rule: Repeat, first: date, start: date) -> Iterator[list[date]]:
    """The days of each stretch that the rule looks at, from the one that holds ``start`` or the next."""
    if rule.every in (Every.DAY, Every.WEEK):
        size = 1 if rule.every is Every.DAY else 7
        begins = first - timedelta(days=(first.weekday() - rule.week_start) % 7) if size == 7 else first
        step = size * rule.interval
        day = begins + timedelta(days=(start - begins).days // step * step)
        while day.year <= LAST_YEAR:
            yield [day + timedelta(days=n) for n in range(size)]
            day += timedelta(days=step)
        return
    months = 1 if rule.every is Every.MONTH else 12
    begins_at = first.year * 12 + (first.month - 1 if months == 1 else 0)
    step = months * rule.interval
    at = begins_at + (start.year * 12 + start.month - 1 - begins_at) // step * step
    while at // 12 <= LAST_YEAR:
        low, high = _month(at), _month(at + months)
        yield [low + timedelta(days=n) for n in range((high - low).days)]
        at += step


def _month(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)


def _chosen(rule: Repeat, period: list[date]) -> list[date]:
    chosen = [day for day in period if _fits(rule, day)]
    if not rule.bysetpos:
        return chosen
    places = {n if n > 0 else len(chosen) + n + 1 for n in rule.bysetpos}
    return [day for place, day in enumerate(chosen, 1) if place in places]


def _fits(rule: Repeat, day: date) -> bool:
    if rule.bymonth and day.month not in rule.bymonth:
        return False
    if rule.byday and not _fits_weekday(rule, day):
        return False
    if rule.bymonthday:
        left = day.day - 1 - _length(day.year, day.month)
        if day.day not in rule.bymonthday and left not in rule.bymonthday:
            return False
    if rule.byyearday:
        at = day.timetuple().tm_yday
        if at not in rule.byyearday and at - 1 - _year_length(day.year) not in rule.byyearday:
            return False
    return not rule.byweekno or _fits_week(rule, day)


def _fits_weekday(rule: Repeat, day: date) -> bool:
    weekday = day.weekday()
    for number, wanted in rule.byday:
        if wanted != weekday:
            continue
        if not number:
            return True
        # Within the month, unless the rule is for the whole year.
        if rule.every is Every.MONTH or rule.bymonth:
            at, length = day.day, _length(day.year, day.month)
        else:
            at, length = day.timetuple().tm_yday, _year_length(day.year)
        if number in ((at - 1) // 7 + 1, -((length - at) // 7 + 1)):
            return True
    return False


def _fits_week(rule: Repeat, day: date) -> bool:
    """Weeks begin on ``week_start``; the first of a year is the first that has at least four days in it."""
    begins = day - timedelta(days=(day.weekday() - rule.week_start) % 7)
    year = (begins + timedelta(days=3)).year
    number = (begins - _first_week(year, rule.week_start)).days // 7 + 1
    weeks = (_first_week(year + 1, rule.week_start) - _first_week(year, rule.week_start)).days // 7
    return number in rule.byweekno or number - weeks - 1 in rule.byweekno


def _first_week(year: int, week_start: int) -> date:
    fourth = date(year, 1, 4)
    return fourth - timedelta(days=(fourth.weekday() - week_start) % 7)


def _length(year: int, month: int) -> int:
    return (_month(year * 12 + month) - date(year, month, 1)).days


def _year_length(year: int) -> int:
    return 366 if _length(year, 2) == 29 else 365
