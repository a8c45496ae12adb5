"""Time limits in words: by when, how long that is from now, and what can still be done once a day has gone by."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from planner.plan.clock import is_hour
from planner.plan.limits import (
    STATES,
    WARN_DAYS,
    days_left,
    due_day,
    due_wall,
    field_name,
    is_close,
    is_open,
    is_past,
    is_told,
)
from planner.plan.records import TimeLimit
from planner.words import _, n_

if TYPE_CHECKING:
    from datetime import date

    from planner.ui.formats import Formats


COUNTED_DAYS = 60
"""From so many days on the day alone says enough."""


def due_words(limit: TimeLimit, formats: Formats) -> str:
    """The last day in full, and its hour where there is one; empty while it is not known."""
    wall = due_wall(limit)
    if wall is None:
        return ""
    if isinstance(wall, datetime):
        return _("{day}, {time}").format(day=formats.day_full(wall.date()), time=formats.time(wall.time()))
    return formats.day_full(wall)


def by_words(limit: TimeLimit, formats: Formats, now: datetime) -> str:
    """By when, in one line: the day in full, or the plain truth that it was then."""
    words = due_words(limit, formats)
    if not words:
        return _("Ask which day it is")
    if is_open(limit) and is_past(limit, now):
        return _("The day was {day}").format(day=words)
    return words


def left_words(limit: TimeLimit, today: date) -> str:
    """How long that is from today; empty for what is done, gone by, far away, or not known."""
    left = days_left(limit, today)
    if left is None or not 0 <= left <= COUNTED_DAYS or not is_open(limit):
        return ""
    if left == 0:
        return _("Today is the last day")
    if left == 1:
        return _("Tomorrow is the last day")
    return n_("{n} day left", "{n} days left", left).format(n=left)


def limit_second(limit: TimeLimit, formats: Formats, now: datetime) -> str:
    """The soft second line: by when, and how long that is or where it stands."""
    by = by_words(limit, formats, now)
    state = "" if is_open(limit) else _(STATES[limit.state])
    return " · ".join(part for part in (by, state, left_words(limit, now.date())) if part)


def limit_icon(limit: TimeLimit, today: date) -> str:
    """The icon of a line: done, told of now, or quiet."""
    if not is_open(limit):
        return "check"
    return "bell" if is_told(limit, today) else "later"


def what_now(limit: TimeLimit, now: datetime) -> tuple[str, str]:
    """A head and what can be done, while a time limit is close or has gone by; two empty texts otherwise."""
    if not is_open(limit):
        return "", ""
    if is_past(limit, now):
        return (
            _("The day has gone by. There may still be a way."),
            _("Call your lawyer or an advocate today and ask what can still be done. A late call is better than none."),
        )
    if is_close(limit, now.date()):
        return (
            left_words(limit, now.date()),
            _("If you cannot do it by then, call today and ask for more time or another day. Asking before is best."),
        )
    return "", ""


def warn_words(days: int) -> str:
    """How long ahead it is told."""
    if days == 0:
        return _("On the day itself")
    if days % 365 == 0:
        return n_("{n} year ahead", "{n} years ahead", days // 365).format(n=days // 365)
    return n_("{n} day ahead", "{n} days ahead", days).format(n=days)


def warn_items(days: int) -> list[tuple[str, str]]:
    """What can be chosen, with what is chosen now among it."""
    return [(str(each), warn_words(each)) for each in sorted({*WARN_DAYS, days})]


def limit_lines(limit: TimeLimit) -> Iterator[str]:
    """What else is written about a time limit, each with its name."""
    for name in ("rule", "note"):
        words = str(getattr(limit, name)).strip()
        if words:
            yield _("{what}: {words}").format(what=field_name(name), words=words)


def has_hour(limit: TimeLimit) -> bool:
    """Whether it runs out at an hour rather than with a day."""
    wall = due_wall(limit)
    return wall is not None and is_hour(wall)


def shown_title(limit: TimeLimit) -> str:
    """What it is about, or a neutral word."""
    return limit.title or (_("A time limit") if due_day(limit) else _("A day to ask for"))
