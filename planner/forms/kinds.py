"""The table of question types; a new one is one entry here.

A kind says which body element and data type it belongs to (ODK XForms, "Data Types" and "Body Elements"), how an answer
from the screen becomes the text that is kept, and which texts fit. What is kept is always the text of the
specification: ``2026-03-12``, ``10:30:00.000+01:00``, ``a b c`` for several choices.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from planner.forms.typed_places import is_point, is_shape, is_trace, places_text
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
from planner.words import N_, _

_WHOLE = re.compile(r"[+-]?\d{1,18}\Z", re.ASCII)
_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)\Z", re.ASCII)
"""Without an exponent, as the data type has it (XML Schema, part 2, "decimal")."""


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


def _are_different(text: str) -> bool:
    chosen = text.split()
    return len(set(chosen)) == len(chosen)


def _is_file_name(text: str) -> bool:
    """A plain name; what stands there from the beginning may be an address in the form (specification, "Instance")."""
    return text.startswith("jr://") or not re.search(r"[/\\\x00-\x1f]", text)


KINDS: dict[str, Kind] = {
    each.name: each
    for each in (
        Kind("text"),
        Kind("integer", _is_whole, N_("Please write a whole number here, such as 3.")),
        Kind("decimal", _is_decimal, N_("Please write a number here, such as 3 or 3.5.")),
        Kind("date", lambda text: read_date(text) is not None, N_("Please write a day that is in the calendar.")),
        Kind("time", lambda text: read_time(text) is not None, N_("Please write a time of day, such as 10:30.")),
        Kind("dateTime", lambda text: read_date_time(text) is not None, N_("Please write a day and a time.")),
        Kind("select_one"),
        Kind("select_multiple", _are_different),
        Kind("note", answerable=False),
        Kind("acknowledge", lambda text: text == "OK"),
        Kind("rank", _are_different),
        Kind("range", _is_decimal, N_("Please choose a number here.")),
        Kind("barcode"),
        Kind("geopoint", is_point, N_("Please write a place as two numbers, such as 19.43 -99.13.")),
        Kind("geotrace", is_trace, N_("A way has two places or more, and does not end where it begins.")),
        Kind("geoshape", is_shape, N_("An area has three places or more.")),
        Kind("image", _is_file_name, media=True),
        Kind("audio", _is_file_name, media=True),
        Kind("video", _is_file_name, media=True),
        Kind("file", _is_file_name, media=True),
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

KNOWN_TYPES = frozenset({"string", "select", "select1", "rank", "boolean", "binary", "intent", *_BY_TYPE})
"""Data types of the specification; a type it does not know counts as text ("Bind Attributes")."""


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


def trouble_with(kind: Kind, text: str, settings: Mapping[str, str], data_type: str) -> str | None:
    """What to say about a kept text that is no value of its question; None when it is one, the sentence when not.

    ``settings`` are those of the control: a range has its ends there (specification, "Body Attributes").
    """
    if not kind.fits(text):
        return _(kind.trouble) if kind.trouble else _("This does not fit here.")
    if kind.name != "range":
        return None
    bounds = range_of(settings)
    number = Decimal(text)
    if data_type in {"int", "integer"} and not _is_whole(text):
        return _("Please write a whole number here, such as 3.")
    if bounds is None or bounds.holds(number):
        return None
    first, last = sorted((bounds.start, bounds.end))
    return _("Please choose a number from {first} to {last}.").format(first=first, last=last)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The ends of a range and how far its values lie apart; ``end`` may be the smaller one."""

    start: Decimal
    end: Decimal
    step: Decimal

    def holds(self, number: Decimal) -> bool:
        """Whether it is one of the values: counted in steps from the start, or the end itself."""
        low, high = sorted((self.start, self.end))
        return low <= number <= high and (number == self.end or (number - self.start) % self.step == 0)


def range_of(settings: Mapping[str, str]) -> Bounds | None:
    """The bounds of a range; None when one is missing or they make no sense."""
    try:
        start, end, step = (Decimal(settings[name]) for name in ("start", "end", "step"))
        sensible = all(each.is_finite() for each in (start, end, step)) and step != 0 and start != end
    except (KeyError, InvalidOperation):
        return None
    return Bounds(start, end, abs(step)) if sensible else None


def answer_text(kind: Kind, value: object) -> str:
    """The text kept for an answer given as text, number, truth, day, time, moment or several choices.

    Raises:
        TypeError: the value is of none of these types.
    """
    return keepable(_text_of(kind, value))


def keepable(text: str) -> str:
    """A text without the letters that XML cannot hold."""
    return _UNKEEPABLE.sub("", text)


def _text_of(kind: Kind, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        if kind.name in _PLACES:
            return places_text(value, closed=kind.name == "geoshape")
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
        return _of_several(kind, list(value))
    raise TypeError("an answer is text, a number, a day, a time or several choices")


def _of_several(kind: Kind, values: list[object]) -> str:
    """Several choices; the numbers of one place; or several places, each a text or its numbers."""
    if kind.name not in _PLACES:
        return " ".join(str(each) for each in values)
    if all(isinstance(each, int | float) for each in values):
        return places_text(" ".join(to_text(float(str(each))) for each in values), closed=False)
    texts = [_text_of(KINDS["geopoint"], each) for each in values]
    return places_text("; ".join(texts), closed=kind.name == "geoshape")


_TRIMMED = frozenset(KINDS) - {"text"}
_PLACES = frozenset({"geopoint", "geotrace", "geoshape"})


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
