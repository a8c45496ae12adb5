"""Which backups stay: seven days, three weeks, nothing older than thirty days; days and weeks are those of UTC.

The clock of a laptop that never sees the internet may be wrong, so what it says is never enough to delete the only good
copies. Seen from now there are three reckonings: what is *fresh* (of the last thirty days), what is *aged*, and what
comes from the *future*, which a right clock never makes. The fresh ones are thinned as promised. The aged ones go once
the fresh ones are of two days or more: after one day with a clock set far forward, and for somebody who comes back
after months, yesterday's world is still there. Those from the future are of unknown age, and go once seven newer days
stand in their place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, timedelta

DAYS, WEEKS = 7, 3
LONGEST = timedelta(days=30)
_DAYS_TO_TRUST_AGE = 2
# A clock that is a little ahead, or a journey through time zones of a clock that keeps local time.
_AHEAD = timedelta(days=1)

DAY, WEEK = "day", "week"


def next_stamp(now: datetime, made: Iterable[datetime]) -> datetime:
    """The present to the second, or a second after the newest copy of the day that begins now.

    A clock that jumps back a little, or that begins the same day again at every start, must not make the newest copy
    look like an old one.
    """
    stamp = now.astimezone(UTC).replace(microsecond=0)
    later = [each for each in made if stamp <= each <= stamp + _AHEAD]
    return max(later) + timedelta(seconds=1) if later else stamp


def kept(stamps: Iterable[datetime], now: datetime) -> dict[datetime, str]:
    """The stamps of the backups that stay, and for what: ``day`` or ``week``. All are aware, and each a different one.

    The newest stamp that is not from the future is always among them: the backup that was just made.
    """
    every = sorted(set(stamps))
    future = [each for each in every if each > now + _AHEAD]
    aged = [each for each in every if each <= now - LONGEST]
    fresh = [each for each in every if now - LONGEST < each <= now + _AHEAD]
    staying = _thinned(fresh)
    days = len({_day(each) for each in fresh})
    if days < _DAYS_TO_TRUST_AGE:
        staying |= _thinned(_recent(aged))
    if days < DAYS:
        staying |= _thinned(_recent(future))
    return staying


def labelled(stamps: Collection[datetime]) -> dict[datetime, str]:
    """For what each of these stands where nothing is taken away: the newest of the newest seven days, else ``week``."""
    days = sorted(_newest_of_days(stamps).values(), reverse=True)[:DAYS]
    return {each: DAY if each in days else WEEK for each in stamps}


def _recent(stamps: list[datetime]) -> list[datetime]:
    """Those of the thirty days before the newest of them: a reckoning of its own has its own end."""
    return [each for each in stamps if each > stamps[-1] - LONGEST]


def _thinned(stamps: list[datetime]) -> dict[datetime, str]:
    newest = sorted(_newest_of_days(stamps).values(), reverse=True)
    staying = dict.fromkeys(newest[:DAYS], DAY)
    weeks: dict[tuple[int, int], datetime] = {}
    for each in newest[DAYS:]:
        year, week, _weekday = _day(each).isocalendar()
        weeks.setdefault((year, week), each)
    staying |= dict.fromkeys(sorted(weeks.values(), reverse=True)[:WEEKS], WEEK)
    return staying


def _newest_of_days(stamps: Iterable[datetime]) -> dict[date, datetime]:
    return {_day(each): each for each in sorted(stamps)}


def _day(stamp: datetime) -> date:
    return stamp.date()
