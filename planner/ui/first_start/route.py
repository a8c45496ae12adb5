"""The first start as a map without a screen: which stop comes after which, and what is known so far."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from planner.session.types import Mode


class Stop(StrEnum):
    """A screen of the first start, in the order of the way."""

    BEFORE = "before"
    WHO = "who"
    LABEL = "label"
    NAME = "name"
    PASSPHRASE = "passphrase"
    SPARE = "spare"
    SPARE_SHOWN = "spare-shown"


@dataclass(slots=True)
class Answers:
    """What was said so far; kept in memory alone until a passphrase is chosen.

    ``another``: there are notebooks already, whose labels are ``taken``, and ``label`` is for this one. ``everyday``:
    it shows only the pages for every day; ``filled``: with ordinary things in it to begin with.
    """

    mode: Mode = Mode.FOR_ME
    another: bool = False
    taken: tuple[str, ...] = ()
    label: str = ""
    everyday: bool = False
    filled: bool = False
    my_name: str = ""
    line_name: str = ""
    line_number: str = ""
    wants_spare_key: bool = False


_ORDER = (Stop.BEFORE, Stop.WHO, Stop.NAME, Stop.PASSPHRASE, Stop.SPARE)
_ORDER_OF_ANOTHER = (Stop.WHO, Stop.LABEL, Stop.NAME, Stop.PASSPHRASE, Stop.SPARE)
_NO_WAY_BACK = frozenset({Stop.BEFORE, Stop.SPARE, Stop.SPARE_SHOWN})


def after(stop: Stop, answers: Answers) -> Stop | None:
    """The stop that follows, or None when the notebook can be opened."""
    if stop is Stop.SPARE:
        return Stop.SPARE_SHOWN if answers.wants_spare_key else None
    if stop is Stop.SPARE_SHOWN:
        return None
    order = _order(answers)
    return order[order.index(stop) + 1]


def before(stop: Stop, answers: Answers) -> Stop | None:
    """The stop to which Back leads, or None: once the notebook exists, the way is only forward.

    None also at the first stop of another notebook: from there the way back is the lock screen.
    """
    order = _order(answers)
    if stop in _NO_WAY_BACK or stop is order[0]:
        return None
    return order[order.index(stop) - 1]


def _order(answers: Answers) -> tuple[Stop, ...]:
    return _ORDER_OF_ANOTHER if answers.another else _ORDER
