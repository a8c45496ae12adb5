"""The dates of an appointment: its rule, the dates added and left out, and what became of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from planner.plan.clock import Wall, day_of, instant, is_hour, read_wall, shown, write_wall, zone_named
from planner.plan.records import Appointment, Outcome, WhatHappened
from planner.plan.repeat import MOST_TIMES, Repeat, days, read_repeat
from planner.plan.trouble import InvalidRepeat

MOST_MINUTES = 3650 * 24 * 60
"""Ten years: what is said to last longer has no end that anybody meant."""

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One date of an appointment.

    ``starts`` is what the clock on the wall of ``zone`` shows, or a day; ``starts_utc`` and ``ends_utc`` are ``None``
    for a whole day, and ``ends_utc`` also where no length is known. ``original_starts`` is the date by which an outcome
    names this occurrence, wherever it was moved. ``outcome`` is what became of it, where somebody said.
    """

    appointment_id: str
    starts: str
    zone: str
    starts_utc: datetime | None
    ends_utc: datetime | None
    all_day: bool
    original_starts: str
    outcome: Outcome | None = None


def occurrences(
    appointment: Appointment, outcomes: Iterable[Outcome], start: date, end: date, *, strict: bool = False
) -> list[Occurrence]:
    """The dates from the day ``start`` up to the day ``end``, days of the appointment's own wall clock, in order.

    What cannot be read does not take the rest away: with a broken rule the first date and the added ones remain, with
    an unknown zone the hours are read as UTC, and an appointment without a readable start has no dates. ``strict``
    raises instead. At most 10,000 dates are given.

    Raises:
        InvalidRepeat: only when ``strict``: the start, the zone or the rule is broken.
    """
    try:
        first = read_wall(appointment.starts)
    except InvalidRepeat:
        if strict:
            raise
        return []
    series = _Series(first, *_zone(appointment.zone, strict=strict), _rule(appointment.repeat, strict=strict))
    told = _by_occurrence(appointment, outcomes)
    left_out = set(appointment.except_starts)
    wanted = series.between(start, end) | _read_all(appointment.extra_starts, start, end, first)
    for moved in told.values():
        wanted |= _home_of_moved(series, appointment, moved, start, end, first)
    out: dict[str, Occurrence] = {}
    for wall in sorted(wanted, key=_order)[:MOST_TIMES]:
        name = write_wall(wall)
        if name in left_out or name[:10] in left_out:
            continue
        place, outcome = _place(wall, told.get(name, ()))
        if start <= day_of(place) < end:
            out[name] = _occurrence(appointment, series, name, place, outcome)
    return sorted(out.values(), key=lambda each: (each.starts_utc or _midnight(each.starts), each.original_starts))


@dataclass(frozen=True, slots=True)
class _Series:
    """The dates that the rule alone gives."""

    first: Wall
    zone_name: str
    zone: ZoneInfo
    rule: Repeat | None

    def between(self, start: date, end: date) -> set[Wall]:
        if self.rule is None:
            return {self.first} if start <= day_of(self.first) < end else set()
        at = self.first.time() if isinstance(self.first, datetime) else None
        out: set[Wall] = set()
        for day in days(self.rule, day_of(self.first), start, end):
            wall: Wall = datetime.combine(day, at) if at is not None else day
            if self._is_past_the_end(wall):
                break
            out.add(wall)
            if len(out) >= MOST_TIMES:
                break
        return out

    def _is_past_the_end(self, wall: Wall) -> bool:
        until = self.rule.until if self.rule is not None else None
        if until is None:
            return False
        if not isinstance(until, datetime) or not isinstance(wall, datetime):
            return day_of(wall) > day_of(until)
        if self.rule is not None and self.rule.until_utc:
            return instant(wall, self.zone) > until.replace(tzinfo=UTC)
        return wall > until


def _rule(text: str, *, strict: bool) -> Repeat | None:
    try:
        return read_repeat(text) if text else None
    except InvalidRepeat:
        if strict:
            raise
        return None


def _zone(name: str, *, strict: bool) -> tuple[str, ZoneInfo]:
    try:
        return name, zone_named(name)
    except InvalidRepeat:
        if strict:
            raise
        return "", zone_named("")


def _by_occurrence(appointment: Appointment, outcomes: Iterable[Outcome]) -> Mapping[str, tuple[Outcome, ...]]:
    told: dict[str, tuple[Outcome, ...]] = {}
    for outcome in sorted(outcomes, key=lambda each: each.id):
        if outcome.appointment == appointment.id and not outcome.removed:
            told[outcome.occurrence] = (*told.get(outcome.occurrence, ()), outcome)
    return told


def _read_all(texts: Iterable[str], start: date, end: date, first: Wall) -> set[Wall]:
    out: set[Wall] = set()
    for text in texts:
        try:
            wall = read_wall(text)
        except InvalidRepeat:
            continue
        if is_hour(wall) is is_hour(first) and start <= day_of(wall) < end:
            out.add(wall)
    return out


def _home_of_moved(
    series: _Series, appointment: Appointment, told: tuple[Outcome, ...], start: date, end: date, first: Wall
) -> set[Wall]:
    """Where a date was moved into these days from elsewhere, the date itself, if it is still one of the series."""
    for outcome in told:
        try:
            new, old = read_wall(outcome.new_starts), read_wall(outcome.occurrence)
        except InvalidRepeat:
            continue
        if outcome.what is WhatHappened.MOVED and start <= day_of(new) < end:
            day = day_of(old)
            known = series.between(day, day + _ONE_DAY)
            return {old} & (known | _read_all(appointment.extra_starts, day, day + _ONE_DAY, first))
    return set()


def _place(wall: Wall, told: tuple[Outcome, ...]) -> tuple[Wall, Outcome | None]:
    """Where a date is shown, and what became of it. Where two copies said different things, all see the same."""
    place, outcome = wall, None
    for each in told:
        if each.what is WhatHappened.MOVED:
            try:
                place = read_wall(each.new_starts)
            except InvalidRepeat:
                continue
        if outcome is None or outcome.what is WhatHappened.MOVED or each.what is not WhatHappened.MOVED:
            outcome = each
    return place, outcome


def _occurrence(
    appointment: Appointment, series: _Series, name: str, place: Wall, outcome: Outcome | None
) -> Occurrence:
    starts_utc = ends_utc = None
    if isinstance(place, datetime):
        starts_utc = instant(place, series.zone)
        place = shown(place, series.zone)
        if 0 < appointment.minutes <= MOST_MINUTES:
            ends_utc = starts_utc + timedelta(minutes=appointment.minutes)
    return Occurrence(
        appointment_id=appointment.id,
        starts=write_wall(place),
        zone=series.zone_name,
        starts_utc=starts_utc,
        ends_utc=ends_utc,
        all_day=starts_utc is None,
        original_starts=name,
        outcome=outcome,
    )


def _order(wall: Wall) -> datetime:
    return wall if isinstance(wall, datetime) else datetime.combine(wall, time())


def _midnight(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day[:10]), time(), UTC)
