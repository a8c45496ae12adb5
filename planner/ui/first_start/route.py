"""The first start as a map without a screen: which stop comes after which, and what is known so far."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from planner.session.types import Mode


class Stop(StrEnum):
    """A screen of the first start, in the order of the way."""

    BEFORE = "before"
    WHO = "who"
    NAME = "name"
    PASSPHRASE = "passphrase"
    SPARE = "spare"
    SPARE_SHOWN = "spare-shown"


@dataclass(slots=True)
class Answers:
    """What was said so far; kept in memory alone until a passphrase is chosen."""

    mode: Mode = Mode.FOR_ME
    my_name: str = ""
    line_name: str = ""
    line_number: str = ""
    wants_spare_key: bool = False


_ORDER = (Stop.BEFORE, Stop.WHO, Stop.NAME, Stop.PASSPHRASE, Stop.SPARE)
_NO_WAY_BACK = frozenset({Stop.BEFORE, Stop.SPARE, Stop.SPARE_SHOWN})


def after(stop: Stop, answers: Answers) -> Stop | None:
    """The stop that follows, or None when the notebook can be opened."""
    if stop is Stop.SPARE:
        return Stop.SPARE_SHOWN if answers.wants_spare_key else None
    if stop is Stop.SPARE_SHOWN:
        return None
    return _ORDER[_ORDER.index(stop) + 1]


def before(stop: Stop) -> Stop | None:
    """The stop to which Back leads, or None: once the notebook exists, the way is only forward."""
    if stop in _NO_WAY_BACK:
        return None
    return _ORDER[_ORDER.index(stop) - 1]
