"""Time limits: their words, which of them are told of now, and the order in which they are read.

Plain truth protects her here (DESIGN, section 1): a day that has come and gone is said as what it is, with what may
still be done, and stays in sight until somebody says that it is done or not needed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from planner.plan.clock import Wall, day_of, instant, read_wall, zone_named
from planner.plan.records import LimitState, TimeLimit
from planner.plan.trouble import InvalidRepeat
from planner.words import N_, _

STATES: dict[LimitState, str] = {
    LimitState.OPEN: N_("Still open"),
    LimitState.DONE: N_("Done"),
    LimitState.NOT_NEEDED: N_("Not needed"),
}
LIMIT_FIELDS: dict[str, str] = {
    "title": N_("What it is about"),
    "due": N_("The last day"),
    "zone": N_("Which clock"),
    "rule": N_("Where this stands"),
    "warn_days": N_("Tell me ahead"),
    "state": N_("Where it stands"),
    "note": N_("Note"),
    "domain": N_("Part of life"),
    "mine_alone": N_("Mine alone"),
}
WARN_DAYS = (0, 3, 7, 14, 30, 60, 90, 180, 365)
"""How many days ahead can be chosen; a form or a template may say others."""

_CLOSE = timedelta(days=7)


def due_wall(limit: TimeLimit) -> Wall | None:
    """The day or the hour by which it has to be done; None while that is not known."""
    try:
        return read_wall(limit.due)
    except InvalidRepeat:
        return None


def due_day(limit: TimeLimit) -> date | None:
    """The last day, as the clock on the wall shows it where the limit stands."""
    wall = due_wall(limit)
    return day_of(wall) if wall is not None else None


def is_open(limit: TimeLimit) -> bool:
    """Whether there is still something to be done."""
    return limit.state is LimitState.OPEN and not limit.removed


def is_past(limit: TimeLimit, now: datetime) -> bool:
    """Whether the day, or the hour, has gone by; ``now`` is aware. A day lasts until its own midnight."""
    wall = due_wall(limit)
    if wall is None:
        return False
    if isinstance(wall, datetime):
        try:
            return instant(wall, zone_named(limit.zone)) < now
        except InvalidRepeat:
            return wall < now.replace(tzinfo=None)
    return wall < now.date()


def days_left(limit: TimeLimit, today: date) -> int | None:
    """Days up to the last one: 0 on that day, less than 0 after it; None while it is not known."""
    day = due_day(limit)
    return (day - today).days if day is not None else None


def is_told(limit: TimeLimit, today: date) -> bool:
    """Whether it is told of now: from ``warn_days`` before its day on, for as long as it is open."""
    left = days_left(limit, today)
    return is_open(limit) and left is not None and left <= limit.warn_days


def is_close(limit: TimeLimit, today: date) -> bool:
    """Whether an open one is due within a week, or has gone by: nothing else on a page is more pressing."""
    day = due_day(limit)
    return is_open(limit) and day is not None and day - today <= _CLOSE


def in_order(limits: Iterable[TimeLimit]) -> list[TimeLimit]:
    """Open ones by their day, those whose day has to be asked for after them, then what is done or not needed."""

    def turn(limit: TimeLimit) -> tuple[bool, bool, str, str, str]:
        return (not is_open(limit), not limit.due, limit.due, limit.title.casefold(), limit.id)

    return sorted(limits, key=turn)


def field_name(name: str) -> str:
    """What a field of a time limit is called."""
    return _(LIMIT_FIELDS[name])
