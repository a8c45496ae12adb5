"""Numbers as a language writes them: with marks between thousands, and read back from how people type them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.ui.formats import Formats

_PLAIN = re.compile(r"([+-]?)(\d+)(?:\.(\d+))?\Z", re.ASCII)
_SPACES = re.compile(r"[\s\u00a0\u2009\u202f'\u2019]")
SPACE = "\u00a0"


def marks(formats: Formats) -> tuple[str, str]:
    """The mark between thousands and the one before parts; where points mark thousands, a space does.

    So says the XLSForm documentation, "Thousands separator".
    """
    point = next((sign for sign in formats.number(0.5) if not sign.isdecimal()), ".")
    between = next((sign for sign in formats.number(1_111_111) if not sign.isdecimal()), ",")
    return (SPACE if between in {".", "\u202f", " "} else between), point


def grouped(text: str, formats: Formats) -> str:
    """A kept number with its marks; what is no plain number stays as it is. No digit is ever lost."""
    found = _PLAIN.match(text.strip())
    if found is None:
        return text
    between, point = marks(formats)
    sign, whole, parts = found.groups()
    groups = [whole[max(0, end - 3) : end] for end in range(len(whole), 0, -3)][::-1]
    return f"{sign}{between.join(groups)}{point + parts if parts else ''}"


def written(text: str, formats: Formats) -> str:
    """A kept number with the language's own mark before parts, and none between thousands."""
    return text.replace(".", marks(formats)[1]) if _PLAIN.match(text.strip()) else text


def ungrouped(text: str, formats: Formats) -> str:
    """What is typed as the number that is kept; what is none stays as it is typed.

    A lone comma with one or two digits behind it, or with a nought before it, is the point of those who write it so;
    with more digits it is a mark that was there before more was typed.
    """
    between, point = marks(formats)
    bare = _SPACES.sub("", text.strip())
    before, _comma, after = bare.partition(",")
    lone = bare.count(",") == 1 and "." not in bare and (len(after) in (1, 2) or before.lstrip("+-") in ("", "0"))
    if between == "," and not lone:
        bare = bare.replace(",", "")
    elif between == SPACE and point == "," and (bare.count(".") > 1 or "," in bare):
        bare = bare.replace(".", "")
    bare = bare.replace(",", ".") if bare.count(",") == 1 else bare
    return bare if _PLAIN.match(bare) else text.strip()
