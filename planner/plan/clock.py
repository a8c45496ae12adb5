"""Hours of the wall clock and the instants they stand for.

An hour that the clock jumps over in spring is read with the offset before the jump, so that it falls that much later;
an hour that comes twice in autumn is the first of the two (RFC 5545, section 3.3.5).
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from planner.plan.trouble import InvalidRepeat

_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)
_HOUR = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?\Z", re.ASCII)
FIRST_YEAR, LAST_YEAR = 1900, 2200

Wall = date | datetime
"""A day, or an hour of the wall clock without a zone."""


def read_wall(text: str) -> Wall:
    """A day (``2026-03-12``) or an hour (``2026-03-12T10:30``) of the years 1900 to 2200.

    Raises:
        InvalidRepeat: it is neither.
    """
    try:
        if _DAY.match(text):
            read: Wall = date.fromisoformat(text)
        elif _HOUR.match(text):
            read = datetime.fromisoformat(text)
        else:
            raise InvalidRepeat("neither a day nor an hour")
    except ValueError:
        raise InvalidRepeat("no such day or hour") from None
    if not FIRST_YEAR <= read.year <= LAST_YEAR:
        raise InvalidRepeat("a year out of reach")
    return read


def write_wall(wall: Wall) -> str:
    """The text of a day or an hour, to the minute where there are no seconds."""
    if isinstance(wall, datetime):
        return wall.isoformat(timespec="seconds" if wall.second else "minutes")
    return wall.isoformat()


def is_hour(wall: Wall) -> bool:
    """Whether this is an hour rather than a whole day."""
    return isinstance(wall, datetime)


def day_of(wall: Wall) -> date:
    """The day on which this is."""
    return wall.date() if isinstance(wall, datetime) else wall


@lru_cache(maxsize=64)
def zone_named(name: str) -> ZoneInfo:
    """The time zone of an IANA name; an empty name is UTC.

    Raises:
        InvalidRepeat: there is no such zone.
    """
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidRepeat("no such time zone") from None


def instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """The instant of an hour of the wall clock, in UTC."""
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)


def shown(wall: datetime, zone: ZoneInfo) -> datetime:
    """The hour that the clock on the wall really shows then: later, where the clock jumps over it."""
    return instant(wall, zone).astimezone(zone).replace(tzinfo=None, fold=0)
