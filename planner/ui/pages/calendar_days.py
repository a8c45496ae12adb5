"""Days, weeks and months as a calendar needs them, and the words for them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from planner.ui.pages.appointment_words import shown_title
from planner.words import _, c_, n_

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.session import AgendaItem
    from planner.ui.formats import Formats

DAY = timedelta(days=1)
WHOLE_DAY = 24 * 60
FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
"""How far a calendar can be turned; appointments are kept for these years."""

MOST = 3000
"""Appointments that are read for one month or week."""


def week_start(day: date, first_weekday: int) -> date:
    """The first day of the week of ``day``; 0 is Monday."""
    return day - timedelta(days=(day.weekday() - first_weekday) % 7)


def month_days(month: date, first_weekday: int) -> list[date]:
    """The days of whole weeks that hold a month, given by any day of it: 28, 35 or 42 of them."""
    begin = week_start(month.replace(day=1), first_weekday)
    end = months_on(month.replace(day=1), 1)
    weeks = -(-(end - begin).days // 7)
    return [begin + timedelta(days=place) for place in range(7 * weeks)]


def months_on(day: date, months: int) -> date:
    """The same day of another month, or that month's last."""
    number = day.year * 12 + day.month - 1 + months
    first = date(number // 12, number % 12 + 1, 1)
    after = date((number + 1) // 12, (number + 1) % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), after - DAY)


def in_reach(day: date) -> date:
    """The day itself, or the nearest to which a calendar can be turned."""
    return max(FIRST, min(day, LAST))


def spans(item: AgendaItem) -> bool:
    """Whether an appointment goes over several days, rather than over one midnight."""
    return item.until > item.day and (item.time is None or item.appointment.minutes >= WHOLE_DAY)


def days_of(item: AgendaItem) -> list[date]:
    """The days on which an appointment is shown."""
    if not spans(item):
        return [item.day]
    return [item.day + timedelta(days=place) for place in range((item.until - item.day).days + 1)]


def by_day(items: Iterable[AgendaItem], start: date, end: date) -> dict[date, list[AgendaItem]]:
    """What is on each day from ``start`` up to ``end``: what takes whole days first, then by the hour."""
    found: dict[date, list[AgendaItem]] = {}
    for item in items:
        for day in days_of(item):
            if start <= day < end:
                found.setdefault(day, []).append(item)
    for each in found.values():
        each.sort(key=lambda item: (not spans(item), item.time is not None))
    return found


def when_words(item: AgendaItem, day: date, formats: Formats) -> str:
    """When something is, for one of its days: its hours, "All day", or how long it goes on."""
    if spans(item) and day == item.until:
        return _("The last day") if item.ends is None else _("Until {time}").format(time=formats.time(item.ends))
    if spans(item):
        until = _("Until {day}").format(day=formats.day_with_weekday(item.until))
        if item.time is None or day > item.day:
            return until
        return f"{formats.time(item.time)}. {until}"
    if item.time is None:
        return _("All day")
    return formats.span(item.time, item.ends) if item.ends is not None else formats.time(item.time)


def count_words(count: int) -> str:
    """How many appointments there are."""
    return n_("{n} appointment", "{n} appointments", count).format(n=count) if count else _("nothing planned")


def day_words(day: date, today: date, count: int, formats: Formats) -> str:
    """What a screen reader says of a day: "Thursday, March 12, today, 2 appointments"."""
    parts = [formats.sentence(formats.day_with_weekday(day))]
    if day == today:
        parts.append(_("today"))
    parts.append(count_words(count))
    return ", ".join(parts)


def day_head(day: date, today: date, formats: Formats) -> str:
    """A day as a head: "Today, Thursday, March 12"."""
    if abs((day - today).days) < 2:
        near = formats.sentence(formats.near(day))
        return _("{near}, {day}").format(near=near, day=formats.day_with_weekday(day))
    return formats.sentence(formats.day_with_weekday(day))


def week_words(start: date, formats: Formats) -> str:
    """A week as a head: "March 9 to March 15"."""
    end = start + timedelta(days=6)
    return formats.sentence(c_("days", "{start} to {end}").format(start=formats.day(start), end=formats.day(end)))


def told(items: Sequence[AgendaItem], day: date, formats: Formats, most: int = 3) -> str:
    """The first of these in words, as a description that follows a day's name."""
    words = [f"{shown_title(each.appointment)}, {when_words(each, day, formats)}" for each in items[:most]]
    if len(items) > most:
        words.append(more_words(len(items) - most))
    return ". ".join(words)


def more_words(count: int) -> str:
    """How many more there are than fit."""
    return n_("{n} more", "{n} more", count).format(n=count)
