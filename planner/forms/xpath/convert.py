"""The conversions between XPath types, as the ODK XForms specification states them (section "XPath Functions").

XPath 1.0 section 4 rules for booleans, numbers and strings, and one addition: a text that has the form of a date or of
a date with a time becomes a number of days since 1 January 1970 UTC.
"""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from functools import lru_cache
from typing import Any

_NUMBER = re.compile(r"\s*-?(\d+(\.\d*)?|\.\d+)\s*\Z", re.ASCII)
_DATE = re.compile(r"\s*(\d{4})-(\d\d)-(\d\d)\s*\Z", re.ASCII)
_DATE_TIME = re.compile(
    r"\s*(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?\s*\Z", re.ASCII
)
_TIME = re.compile(r"\s*(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?\s*\Z", re.ASCII)
_EPOCH = date(1970, 1, 1).toordinal()
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_DAY_SECONDS = 86_400.0

Value = Any
"""A bool, float, str or list of nodes (elements, or texts of attributes)."""


def node_text(node: Any) -> str:
    """The string value of a node: of an attribute or text itself, of an element all the text inside (XPath 1.0, 5)."""
    if isinstance(node, str):
        return node
    if isinstance(node, tuple):  # a namespace: its prefix and its address
        return node[1] or ""
    if len(node) and isinstance(node.tag, str):
        return "".join(node.itertext())
    return node.text or ""


_NOT_IN_NAMES = re.compile(r"[^\w.\-]")


@lru_cache(1_000)
def column_name(name: str) -> str:
    """The column of a list as expressions name it: what XML takes for no name has ``_`` in its place."""
    from lxml import etree

    made = _NOT_IN_NAMES.sub("_", name.strip())
    made = made if made and (made[0] == "_" or made[0].isalpha()) else f"_{made}"
    try:
        etree.QName(made)
        etree.XPath(made)
    except (ValueError, etree.XPathSyntaxError):
        # A letter for Python, but not for XML, or not for paths.
        return "".join(sign if sign.isascii() else "_" for sign in made)
    return made


def child_text(element: Any, name: str) -> str | None:
    """The text of the first child with this plain name; None when there is none."""
    wanted = name.strip().removeprefix("./")
    return next((node_text(child) for child in element if child.tag == wanted), None)


def to_text(value: Value) -> str:
    """``string()`` (XPath 1.0, 4.2): the first node of a set, ``true``/``false``, numbers without an exponent."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number_text(float(value))
    if isinstance(value, list):
        return node_text(value[0]) if value else ""
    return node_text(value)


def number_text(value: float) -> str:
    """A number as XPath writes it: no exponent, no trailing zeros, ``NaN``, ``Infinity``, and no ``-0``."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    text = format(Decimal(repr(value)), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def to_number(value: Value) -> float:
    """``number()`` (ODK XForms): XPath 1.0, 4.4, and days since 1970 for texts of dates."""
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    if isinstance(value, int | float):
        return float(value)
    text = to_text(value)
    if _NUMBER.match(text):
        return float(text)
    days = days_of(text)
    return math.nan if days is None else days


def to_boolean(value: Value) -> bool:
    """``boolean()`` (XPath 1.0, 4.3): a set that is not empty, a text that is not empty, a number not 0 or NaN."""
    if isinstance(value, float):
        return not (value == 0 or math.isnan(value))
    return bool(value)


def zone_offset(text: str | None) -> timedelta | None:
    """The offset written after a time; None when none is written or it is out of range."""
    if not text:
        return None
    if text == "Z":
        return timedelta()
    digits = text[1:].replace(":", "").ljust(4, "0")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if hours > 23 or minutes > 59:
        return None
    offset = timedelta(hours=hours, minutes=minutes)
    return -offset if text[0] == "-" else offset


def read_date(text: str) -> date | None:
    """A day from ``2026-03-12``, or the day of a date with a time; None when it is neither or does not exist."""
    match = _DATE.match(text) or _DATE_TIME.match(text)
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def read_date_time(text: str) -> datetime | None:
    """A moment with an offset; without a written one the machine's own is meant. A day alone is its midnight."""
    match = _DATE_TIME.match(text)
    try:
        if match is None:
            day = read_date(text)
            return None if day is None else datetime(day.year, day.month, day.day).astimezone()
        year, month, day_number, hour, minute = (int(match[i]) for i in range(1, 6))
        micro = int(((match[7] or "") + "000000")[:6])
        wall = datetime(year, month, day_number, hour, minute, int(match[6] or 0), micro)  # noqa: DTZ001 - zone follows
        offset = zone_offset(match[8])
        if offset is None:
            return None if match[8] else wall.astimezone()
        return wall.replace(tzinfo=timezone(offset) if offset else UTC)
    except (ValueError, OverflowError, OSError):
        return None


def read_wall(text: str) -> datetime | None:
    """The wall clock of a date with a time as it is written, its offset left aside; a day alone is its midnight."""
    match = _DATE_TIME.match(text)
    try:
        if match is None:
            day = read_date(text)
            return None if day is None else datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a wall clock
        parts = [int(match[i] or 0) for i in range(1, 7)]
        micro = int(((match[7] or "") + "000000")[:6])
        return datetime(*parts[:6], microsecond=micro)  # type: ignore[misc, arg-type]  # noqa: DTZ001 - a wall clock
    except ValueError:
        return None


def read_time(text: str) -> tuple[int, int, int, int] | None:
    """Hour, minute, second, millisecond of ``10:30`` or ``10:30:00.000+01:00``; None when it is no time."""
    match = _TIME.match(text)
    if match is None or (match[5] and zone_offset(match[5]) is None):
        return None
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return hour, minute, second, int(((match[4] or "") + "000")[:3])


def written_offset(text: str) -> timedelta | None:
    """The offset written after a time of day; None when none is."""
    match = _TIME.match(text)
    return None if match is None else zone_offset(match[5])


def days_of(text: str) -> float | None:
    """Days since 1 January 1970 UTC of a day or a moment; None for any other text."""
    if _DATE.match(text):
        day = read_date(text)
        return None if day is None else float(day.toordinal() - _EPOCH)
    if _DATE_TIME.match(text):
        moment = read_date_time(text)
        if moment is None:
            return None
        return (moment - _BEGINNING).total_seconds() / _DAY_SECONDS
    return None


def moment_of_days(days: float) -> datetime | None:
    """The moment so many days after the beginning of 1970 UTC, in the machine's zone, to the millisecond."""
    try:
        return (_BEGINNING + timedelta(milliseconds=math.floor(days * 86_400_000 + 0.5))).astimezone()
    except (ValueError, OverflowError, OSError):
        return None


def day_text(days: float) -> str:
    """The day that lies so many days after 1 January 1970, as ``1970-01-01``; empty when there is none."""
    try:
        return date.fromordinal(_EPOCH + math.floor(days)).isoformat()
    except (ValueError, OverflowError):
        return ""


def moment_text(moment: datetime) -> str:
    """A moment as the specification's dateTime: ``2026-03-12T10:30:00.000+01:00``."""
    return moment.isoformat(timespec="milliseconds")
