"""The table of question types; a new one is one entry here.

A kind says which body element and data type it belongs to (ODK XForms, "Data Types" and "Body Elements"), how an answer
from the screen becomes the text that is kept, and which texts fit. What is kept is always the text of the
specification: ``2026-03-12``, ``10:30:00.000+01:00``, ``a b c`` for several choices.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from planner.forms.xpath.convert import (
    Value,
    day_text,
    moment_text,
    number_text,
    read_date,
    read_date_time,
    read_time,
    to_text,
)
from planner.words import N_

_WHOLE = re.compile(r"[+-]?\d{1,18}\Z", re.ASCII)
_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Kind:
    """One type of question. ``fits`` tells whether a kept text is a value of the type, ``trouble`` what to say.

    ``media``: the text kept is the name of a file, which itself is kept beside the answers.
    """

    name: str
    fits: Callable[[str], bool] = lambda _text: True
    trouble: str = ""
    answerable: bool = True
    shown: bool = True
    media: bool = False


def _is_whole(text: str) -> bool:
    return bool(_WHOLE.match(text.strip()))


def _is_decimal(text: str) -> bool:
    return bool(_DECIMAL.match(text.strip()))


KINDS: dict[str, Kind] = {
    each.name: each
    for each in (
        Kind("text"),
        Kind("integer", _is_whole, N_("Please write a whole number here, such as 3.")),
        Kind("decimal", _is_decimal, N_("Please write a number here, such as 3 or 3.5.")),
        Kind("date", lambda text: read_date(text) is not None, N_("Please write a day that is in the calendar.")),
        Kind("time", lambda text: read_time(text) is not None, N_("Please write a time of day, such as 10:30.")),
        Kind("dateTime", lambda text: read_date_time(text) is not None, N_("Please write a day and a time.")),
        Kind("select_one", lambda text: len(text.split()) == 1),
        Kind("select_multiple"),
        Kind("note", answerable=False),
        Kind("acknowledge", lambda text: text == "OK"),
        Kind("rank"),
        Kind("range", _is_decimal),
        Kind("barcode"),
        Kind("geopoint"),
        Kind("geotrace"),
        Kind("geoshape"),
        Kind("image", media=True),
        Kind("audio", media=True),
        Kind("video", media=True),
        Kind("file", media=True),
        Kind("unsupported", answerable=False, shown=False),
    )
}

_BY_TYPE: dict[str, str] = {
    "int": "integer",
    "integer": "integer",
    "decimal": "decimal",
    "date": "date",
    "time": "time",
    "dateTime": "dateTime",
    "datetime": "dateTime",
    "barcode": "barcode",
    "geopoint": "geopoint",
    "geotrace": "geotrace",
    "geoshape": "geoshape",
}

_BY_CONTROL: dict[str, str] = {
    "select1": "select_one",
    "select": "select_multiple",
    "trigger": "acknowledge",
    "rank": "rank",
    "range": "range",
}

LIKE_TEXT = frozenset(
    {"string", "select1", "select", "barcode", "intent", "boolean", "geopoint", "geotrace", "geoshape"}
)


def kind_of(control: str, data_type: str, media_type: str = "", *, note: bool) -> Kind:
    """The kind of a question: by its element in the body, else by its data type, else text.

    ``media_type`` is what an ``upload`` takes (ODK XForms, "Body Elements"), such as ``image/*``.
    """
    if note and control == "input":
        return KINDS["note"]
    if control == "upload":
        wanted = media_type.split("/", maxsplit=1)[0].strip().lower()
        return KINDS[wanted if wanted in {"image", "audio", "video"} else "file"]
    return KINDS[_BY_CONTROL.get(control) or _BY_TYPE.get(data_type, "text")]


# What XML 1.0 (section 2.2) cannot hold; it can come along when something is pasted.
_UNKEEPABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def answer_text(kind: Kind, value: object) -> str:
    """The text kept for an answer given as text, number, truth, day, time, moment or several choices.

    Raises:
        TypeError: the value is of none of these types.
    """
    return _UNKEEPABLE.sub("", _text_of(kind, value))


def _text_of(kind: Kind, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip() if kind.name in _TRIMMED else value
    if isinstance(value, bool):
        return ("OK" if value else "") if kind.name == "acknowledge" else to_text(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, datetime):
        return moment_text(value if value.tzinfo else value.astimezone())
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat(timespec="milliseconds")
    if isinstance(value, Iterable):
        return " ".join(str(each) for each in value)
    raise TypeError("an answer is text, a number, a day, a time or several choices")


_TRIMMED = frozenset(KINDS) - {"text"}


def calculated_text(data_type: str, value: Value) -> str:
    """The text kept for the result of a calculation, in the node's data type; NaN is nothing."""
    if isinstance(value, float):
        if math.isnan(value):
            return ""
        if data_type == "date":
            return day_text(value)
        if data_type in {"int", "integer"} and math.isfinite(value):
            return str(math.trunc(value))
    text = to_text(value)
    if data_type == "date" and "T" in text:
        day = read_date(text)
        return day.isoformat() if day else text
    return text
