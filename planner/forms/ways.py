"""Ways of not answering, kept beside the answers and never in them, and for thirty days at the most."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

KEPT_DAYS = 30
"""Days after which a mark is gone: whoever opens the notebook then does not see that something was not answered."""


class Way(StrEnum):
    """What can be chosen in place of an answer."""

    NOT_NOW = "not-now"
    RATHER_NOT = "rather-not"
    WITH_SOMEONE = "with-someone"


@dataclass(slots=True)
class Kept:
    """A way that was chosen, the answer that stood there, should it be taken back, and the day it was chosen (ISO)."""

    way: Way
    answer: str = ""
    made: str = ""


def too_old(made: str, today: date) -> bool:
    """Whether a mark made on this day (ISO) is to be gone; one without a day that can be read is."""
    try:
        return date.fromisoformat(made[:10]) <= today - timedelta(days=KEPT_DAYS)
    except ValueError:
        return True


def read_state(state: bytes) -> dict[str, Any]:
    """What :meth:`Filling.state` kept. Another copy of the notebook may hold anything in its place.

    Raises:
        ValueError: it is nothing of the kind, nested without end, or holds letters that could not be saved again.
    """
    try:
        kept = json.loads(state)
    except RecursionError as trouble:
        raise ValueError("nested without end") from trouble
    if not isinstance(kept, dict):
        raise ValueError("no state")  # noqa: TRY004 - what is kept is no argument of a caller
    if b"\\ud" in state.lower():
        json.dumps(kept, ensure_ascii=False).encode()  # half of a letter, as no text of ours has it
    return kept


def without_old_marks(state: bytes, today: date, saved: str) -> bytes | None:
    """What :meth:`Filling.state` kept, without marks that are too old; None when there is none. Needs no form.

    ``saved`` is the day the state was saved (ISO), which counts for marks that do not tell theirs.
    """
    if b'"ways":{},' in state and b'"skipped":{},' in state:
        return None  # as it is written where there is none; inside a text a quotation mark is never bare
    try:
        kept = read_state(state)
    except ValueError:
        return None
    ways, skipped = kept.get("ways"), kept.get("skipped")
    changed = False
    if isinstance(ways, dict):
        there = {ref: mark for ref, mark in ways.items() if not too_old(_made(mark, saved), today)}
        changed = len(there) < len(ways)
        kept["ways"] = there
    days = skipped_days(skipped, saved)
    still = {ref: day for ref, day in days.items() if not too_old(day, today)}
    if len(still) < len(days):
        changed, kept["skipped"] = True, still
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode() if changed else None


def _made(mark: Any, saved: str) -> str:
    return str(mark[2]) if isinstance(mark, list) and len(mark) > 2 and mark[2] else saved


def skipped_days(skipped: Any, otherwise: str) -> dict[str, str]:
    """The sections left for later with the day of each, from what a state kept; earlier versions kept a list."""
    if isinstance(skipped, dict):
        return {str(ref): str(day or otherwise) for ref, day in skipped.items()}
    return {str(ref): otherwise for ref in skipped} if isinstance(skipped, list) else {}
