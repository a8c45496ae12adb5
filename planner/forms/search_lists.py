"""Choices from a list beside the form, asked for by ``search(…)`` in the appearance.

Older forms fill selects this way (XLSForm reference, "Dynamic selects from pre-loaded data"): on the sheet of choices
one row names the columns of the list, and rows with a number stand for choices of their own.
"""

from __future__ import annotations

import re

from planner.forms.xpath.convert import column_name

LONGEST = 2_000
"""Characters of an appearance that are looked at."""

_SEARCH = re.compile(r"(?:\A|\s)search\((.*)\)\s*\Z", re.DOTALL)
_QUOTED = re.compile(r"\s*(?:'([^']*)'|\"([^\"]*)\")\s*\Z")
_NUMERIC = re.compile(r"\s*-?\d+(\.\d+)?\s*\Z", re.ASCII)
_UP = re.compile(r"(?<![\w/.)\]])\.\./")

_WAYS = {
    "contains": "contains({column}, {text})",
    "startswith": "starts-with({column}, {text})",
    "endswith": "ends-with({column}, {text})",
    "matches": "{column} = {text}",
}


def without_search(appearance: str) -> str:
    """The appearance that is left."""
    return _SEARCH.sub("", appearance) if "search(" in appearance and len(appearance) <= LONGEST else appearance


def searched_rows(appearance: str) -> str | None:
    """The rows a ``search(…)`` asks for, as the expression of an itemset; None where none is understood."""
    match = _SEARCH.search(appearance) if len(appearance) <= LONGEST else None
    if match is None:
        return None
    given = _given(match[1])
    texts = [_literal(each) for each in given]
    if len(given) not in {1, 4, 6} or not texts[0]:
        return None
    rows = f"instance('{texts[0]}')/root/item"
    if len(given) == 1:
        return rows
    way, columns = _WAYS.get((texts[1] or "").strip().lower()), texts[2]
    if way is None or not columns:
        return None
    text = _from_item(given[3])
    conditions = " or ".join(
        way.format(column=column_name(each), text=text) for each in columns.split(",") if each.strip()
    )
    rows += f"[{conditions}]"
    if len(given) == 6:
        if not texts[4]:
            return None
        rows += f"[{column_name(texts[4])} = {_from_item(given[5])}]"
    return rows


def is_of_list(value: str) -> bool:
    """Whether a choice names a column of the list instead of standing for itself."""
    return not _NUMERIC.match(value)


def columns_of(names: str) -> list[str]:
    """The columns in a list of names with commas between them."""
    return [column_name(each) for each in names.split(",") if each.strip()]


def _given(inside: str) -> list[str]:
    """What stands between the commas of a call, commas in quotes and inner calls left alone."""
    parts = [""]
    quote, depth = "", 0
    for sign in inside:
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"":
            quote = sign
        elif sign in "([":
            depth += 1
        elif sign in ")]":
            depth -= 1
        elif sign == "," and depth == 0:
            parts.append("")
            continue
        parts[-1] += sign
    return parts


def _literal(text: str) -> str | None:
    match = _QUOTED.match(text)
    return (match[1] or match[2] or "").strip() if match else None


def _from_item(expression: str) -> str:
    """An expression of the question, as it has to be written inside a condition on the rows of a list."""
    parts = re.split(r"('[^']*'|\"[^\"]*\")", expression.strip())
    return "".join(each if i % 2 else _UP.sub("current()/../", each) for i, each in enumerate(parts))
