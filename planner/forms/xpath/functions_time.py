"""Functions about days and hours (ODK XForms, "Date and Time Functions")."""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta

from planner.forms.xpath.convert import (
    Value,
    day_text,
    days_of,
    moment_of_days,
    moment_text,
    read_date_time,
    read_time,
    read_wall,
    to_number,
    to_text,
    written_offset,
)
from planner.forms.xpath.functions import function
from planner.forms.xpath.surroundings import Surroundings

_SHORT_NAMES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "en": (
        ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    ),
    "es": (
        ("lun", "mar", "mié", "jue", "vie", "sáb", "dom"),
        ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"),
    ),
}


@function("today", "", "str")
def _today(around: Surroundings) -> str:
    return around.now().date().isoformat()


@function("now", "", "str")
def _now(around: Surroundings) -> str:
    return moment_text(around.now())


@function("date", "v", "str")
def _date(_around: Surroundings, value: Value) -> str:
    wall = _wall(value)
    return "" if wall is None else wall.date().isoformat()


@function("date-time", "v", "str")
def _date_time(_around: Surroundings, value: Value) -> str:
    text = to_text(value)
    moment = read_date_time(text)
    if moment is None:
        number = to_number(value)
        moment = None if math.isnan(number) else moment_of_days(number)
    return "" if moment is None else moment_text(moment)


@function("decimal-date-time", "a", "num")
def _decimal_date_time(_around: Surroundings, value: Value) -> float:
    """Days since 1970 UTC. A day alone is a whole number: it belongs to no zone."""
    if isinstance(value, float):
        return value
    days = days_of(to_text(value))
    return math.nan if days is None else days


@function("decimal-time", "s", "num")
def _decimal_time(around: Surroundings, text: str) -> float:
    """The share of the day on this device's clock: a time written with another offset is brought to it."""
    time = read_time(text)
    if time is None:
        return math.nan
    hour, minute, second, milli = time
    seconds = hour * 3600 + minute * 60 + second + milli / 1000
    offset = written_offset(text)
    if offset is not None:
        here = around.now().utcoffset() or timedelta()
        seconds += (here - offset).total_seconds()
    return seconds % 86_400 / 86_400


def _wall(value: Value) -> datetime | None:
    """The wall clock of a day or a moment: as it is written, so that an answer reads as it was typed in any zone.

    Of a number, that many days after 1970: a whole one is a day, any other a moment on this device's clock.
    """
    wall = read_wall(to_text(value))
    if wall is not None:
        return wall
    number = math.nan if isinstance(value, bool) else to_number(value)
    if not math.isfinite(number):
        return None
    if number == math.floor(number):
        return read_wall(day_text(number))
    return moment_of_days(number)


def _formatted(around: Surroundings, moment: datetime, layout: str, *, hours: bool) -> str:
    days, months = _SHORT_NAMES.get(around.language_code(), _SHORT_NAMES["en"])
    day: date = moment.date()
    signs = {
        "Y": f"{day.year:04d}",
        "y": f"{day.year % 100:02d}",
        "m": f"{day.month:02d}",
        "n": str(day.month),
        "b": months[day.month - 1],
        "d": f"{day.day:02d}",
        "e": str(day.day),
        "a": days[day.weekday()],
        "%": "%",
    }
    if hours:
        signs |= {
            "H": f"{moment.hour:02d}",
            "h": str(moment.hour),
            "M": f"{moment.minute:02d}",
            "S": f"{moment.second:02d}",
            "3": f"{moment.microsecond // 1000:03d}",
        }
    out: list[str] = []
    i = 0
    while i < len(layout):
        if layout[i] == "%" and i + 1 < len(layout):
            out.append(signs.get(layout[i + 1], layout[i : i + 2]))
            i += 2
        else:
            out.append(layout[i])
            i += 1
    return "".join(out)


@function("format-date", "vs", "str", speaks=True)
def _format_date(around: Surroundings, value: Value, layout: str) -> str:
    wall = _wall(value)
    return "" if wall is None else _formatted(around, wall, layout, hours=False)


@function("format-date-time", "vs", "str", speaks=True)
def _format_date_time(around: Surroundings, value: Value, layout: str) -> str:
    wall = _wall(value)
    return "" if wall is None else _formatted(around, wall, layout, hours=True)
