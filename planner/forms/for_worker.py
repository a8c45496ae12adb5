"""What a form says to a worker alone: the column ``bind::planner:for-worker``, in one language or in several.

pyxform writes a translated column of ``bind`` as one attribute that holds all languages in Python's own notation,
``{'English (en)': 'Sit beside.', 'Español (es)': 'Siéntate al lado.'}`` (tried with 4.5); a single one stands as it is.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.forms.form import Form

MARK = "for-worker"
LONGEST = 20_000
"""Characters of a mark that are looked at."""


def speaks_to_worker(form: Form) -> bool:
    """Whether a form says anything to a worker alone."""
    return any(node.bind.marks.get(MARK, "").strip() for node in form.definition.nodes.values())


def worker_words(mark: str, language: str) -> str:
    """The words of a mark in ``language`` (a language of the form by its name), else in the first that has any."""
    text = mark.strip()
    if not (text.startswith("{") and text.endswith("}") and len(text) <= LONGEST):
        return text[:LONGEST]
    try:
        found = ast.literal_eval(text)
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        return text
    if not isinstance(found, dict) or not all(isinstance(each, str) for pair in found.items() for each in pair):
        return text
    words = found.get(language, "").strip()
    return words or next((each.strip() for each in found.values() if each.strip()), "")
