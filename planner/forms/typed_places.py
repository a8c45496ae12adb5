"""Places on Earth as somebody types them: a device is never asked where it is.

What is kept is the text of the specification (ODK XForms, "Data Types"): a geopoint is latitude, longitude, altitude
and accuracy with blanks between them, a geotrace or geoshape a list of geopoints with semicolons between them. Maps
elsewhere give places as ``19.4326, -99.1332`` or ``19°25'57"N 99°07'59"W``, so these are understood too. What is not
understood is kept as it was typed, so that nothing is lost, and does not fit.
"""

from __future__ import annotations

import re

from planner.forms.xpath.functions_places import read_point

_NUMBER = re.compile(r"[+-]?(\d{1,4}(\.\d{0,20})?|\.\d{1,20})\Z", re.ASCII)
_COMMA_NUMBER = re.compile(r"([+-]?\d{1,4}),(\d{1,20})\Z", re.ASCII)
_DEGREES = re.compile(
    r"""\s*([+-]?\d{1,3}(?:[.]\d{0,20})?)\s*[°º]\s*
        (?:(\d{1,2}(?:[.]\d{0,20})?)\s*['′’]\s*)?
        (?:(\d{1,2}(?:[.]\d{0,20})?)\s*(?:"|″|”|'')\s*)?
        ([NSEWO])?\s*,?""",
    re.VERBOSE | re.ASCII | re.IGNORECASE,
)
LONGEST = 200_000
"""Characters of a list of places that are looked at."""


def is_point(text: str) -> bool:
    """Whether it is one place."""
    return ";" not in text.strip().rstrip(";") and bool(_points(text))


def is_trace(text: str) -> bool:
    """At least two places, the last not where the first is."""
    points = _points(text)
    return points is not None and len(points) >= 2 and points[0] != points[-1]


def is_shape(text: str) -> bool:
    """At least three places, the last where the first is."""
    points = _points(text)
    return points is not None and len(points) >= 3 and points[0] == points[-1]


def _points(text: str) -> list[tuple[float, float]] | None:
    found = [read_point(each) for each in text.strip().rstrip(";").split(";")]
    return None if None in found else [each for each in found if each is not None]


def places_text(typed: str, *, closed: bool) -> str:
    """The text kept for one place or several; ``closed`` lets them end where they begin.

    Places are parted by semicolons or stand on lines of their own.
    """
    typed = typed.strip()
    if len(typed) > LONGEST:
        return typed
    parts = [each.strip() for each in re.split(r"[;\r\n]+", typed) if each.strip()]
    points = [_place(each) for each in parts]
    if not points or None in points:
        return typed
    texts = [each for each in points if each is not None]
    if closed and len(texts) > 1 and read_point(texts[0]) != read_point(texts[-1]):
        texts.append(texts[0])
    return "; ".join(texts)


def _place(typed: str) -> str | None:
    """One place as latitude, longitude, altitude and accuracy, the last two 0 when not given."""
    numbers = _in_degrees(typed) if "°" in typed or "º" in typed else _in_numbers(typed)
    if numbers is None or not 2 <= len(numbers) <= 4:
        return None
    text = " ".join([*numbers, "0", "0"][:4])
    return text if read_point(text) is not None else None


def _in_numbers(typed: str) -> list[str] | None:
    parts = typed.split()
    if len(parts) >= 2 and all(_COMMA_NUMBER.match(each.rstrip(",")) for each in parts):
        # 19,43 -99,13: a decimal comma.
        return [each.rstrip(",").replace(",", ".") for each in parts]
    parts = typed.replace(",", " ").split()
    return parts if all(_NUMBER.match(each) for each in parts) else None


def _in_degrees(typed: str) -> list[str] | None:
    found: list[tuple[str, float]] = []
    at = 0
    while at < len(typed):
        match = _DEGREES.match(typed, at)
        if match is None or len(found) == 2:
            return None
        degrees, minutes, seconds, side = match.groups()
        size = abs(float(degrees)) + float(minutes or 0) / 60 + float(seconds or 0) / 3600
        side = (side or "").upper()
        minus = degrees.startswith("-") or side in {"S", "W", "O"}
        found.append((side, -size if minus else size))
        at = match.end()
        while at < len(typed) and typed[at].isspace():
            at += 1
    if len(found) != 2:
        return None
    if found[0][0] in {"E", "W", "O"} or found[1][0] in {"N", "S"}:
        found.reverse()
    return [f"{value:.7f}".rstrip("0").rstrip(".") for _side, value in found]
