"""Rows of a type that pyxform does not know, brought to one it does, so that one such row does not shut a whole form.

Some are written in other letters, some are KoBoToolbox's own: a rating or a ranking of several rows is a group whose
rows are asked one by one. Anything else is asked for in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from planner.forms.trouble import Problem
from planner.words import N_, _

_LEFT_TO_PYXFORM = re.compile(r"(begin|end|select|rank|osm|cascading|add|q|get)([ _]|\Z)|select1 |rank ")
_KOBO_GROUP = re.compile(r"(begin|end)[ _](score|rank|kobomatrix)\Z", re.IGNORECASE)
_KOBO_LISTS = {"score": "kobo--score-choices", "rank": "kobo--rank-items", "kobomatrix": ""}
_SEVERAL_OF_REPEAT = re.compile(r"select_multiple[ _]*\s(\$\{[^}\s]+\})\Z")
_KOBO_ROWS = frozenset({"score__row", "rank__level"})
_MORE = frozenset({"calculate", "audit", "hidden"})


def known_types(book: Any) -> list[Problem]:
    """Give each row of the survey sheet a type that is known; tells which are asked otherwise than the form means."""
    from pyxform.aliases import _type_alias_map
    from pyxform.question_type_dictionary import QUESTION_TYPE_DICT

    known = {*QUESTION_TYPE_DICT, *_type_alias_map, *_MORE}
    by_lower = {each.lower(): each for each in known}
    rows = list(book.survey or ())
    headers = {str(key).strip().lower(): key for row in rows for key in row}
    at = headers.get("type", headers.get("command"))
    if at is None:
        return []
    problems: list[Problem] = []
    offered: list[str] = []
    looked_for: dict[str, None] = {}
    for place, row in enumerate(rows, start=2):
        kind = " ".join(str(row.get(at) or "").split())
        kobo = _KOBO_GROUP.match(kind)
        if kobo is not None:
            began = kobo[1].lower() == "begin"
            row[at] = f"{kobo[1].lower()}_group"
            if began:
                offered.append(str(row.get(headers.get(_KOBO_LISTS[kobo[2].lower()], ""), "") or "").strip())
            elif offered:
                offered.pop()
            if began and kobo[2].lower() == "kobomatrix":
                told = N_("{name}: tables of this kind are not known here."), N_("Its questions are asked once each.")
                problems.append(_problem(place, row, headers, told))
        elif (several := _SEVERAL_OF_REPEAT.match(kind)) is not None:
            looked_for[several[1]] = None
        elif kind.lower() in _KOBO_ROWS and offered and offered[-1]:
            row[at] = f"select_one {offered[-1]}"
        elif kind and kind not in known and not _LEFT_TO_PYXFORM.match(kind):
            row[at] = by_lower.get(kind.lower(), "text")
            if kind.lower() not in by_lower:
                told = N_("{name}: questions of this type are not known here."), N_("A plain answer is asked for.")
                problems.append(_problem(place, row, headers, told))
    book.survey = rows
    if looked_for:
        _listed(book, looked_for)
    return problems


def _listed(book: Any, references: Iterable[str]) -> None:
    """Let pyxform find a list for several choices from a repeat: it looks for one and then takes the answers instead.

    For one choice and for a ranking it does not look (XLSForm reference, "Generating select ones with dynamic
    options").
    """
    headers = {str(key).strip().lower(): key for row in book.choices_header or () for key in row}
    list_name = headers.get("list_name", headers.get("list name", "list_name"))
    name = headers.get("name", headers.get("value", "name"))
    labels = [key for lower, key in headers.items() if lower.startswith("label")] or ["label"]
    words = dict.fromkeys((name, *labels), "x")
    book.choices = [*(book.choices or ()), *({list_name: each, **words} for each in references)]
    book.choices_header = book.choices_header or [dict.fromkeys((list_name, name, *labels))]


def _problem(place: int, row: Any, headers: dict[str, Any], told: tuple[str, str]) -> Problem:
    name = str(row.get(headers.get("name", "name")) or "")
    return Problem("survey", place, _(told[0]).format(name=name), _(told[1]))
