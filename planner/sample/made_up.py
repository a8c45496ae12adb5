"""What a made-up person consists of."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from planner.plan.order import spread
from planner.plan.records import Barrier, Goal, GoalPart, Helper, Record, Step

ZONE = "America/Chicago"


@dataclass(frozen=True, slots=True)
class MadeUpNote:
    """A worker's contact note, so many days before the day of the sample."""

    days_ago: int
    kind: str
    minutes: int
    who: str
    facts: str
    agreed: str


@dataclass(frozen=True, slots=True)
class MadeUpPerson:
    """A person with everything that is kept about them. ``told_on`` is a day or empty."""

    name: str
    records: list[Record]
    code: str = ""
    under_18: bool | None = None
    told_on: str = ""
    language: str = "en"
    resting: bool = False
    notes: list[MadeUpNote] = field(default_factory=list)


class Say:
    """Picks one of the languages in which the made-up people speak."""

    def __init__(self, language: str) -> None:
        self._spanish = language == "es"

    def __call__(self, english: str, spanish: str) -> str:
        """The words in the chosen language; English for languages that have none."""
        return spanish if self._spanish else english


def on(day: date, days: int, clock: str = "") -> str:
    """A day so many days after ``day``, with an hour of the wall clock where one is given."""
    text = (day + timedelta(days=days)).isoformat()
    return f"{text}T{clock}" if clock else text


def goal_with(goal: Goal, *parts: GoalPart) -> list[Record]:
    """A goal and its parts, each kind in the order in which it is given."""
    records: list[Record] = [goal]
    for kind in (Step, Helper, Barrier):
        same = [part for part in parts if isinstance(part, kind)]
        records.extend(
            replace(part, goal=goal.id, order=order) for part, order in zip(same, spread(len(same)), strict=True)
        )
    return records


def in_order(goals: list[list[Record]]) -> list[Record]:
    """Goals with their parts, put into the order in which they are given."""
    records: list[Record] = []
    for (first, *parts), order in zip(goals, spread(len(goals)), strict=True):
        assert isinstance(first, Goal)
        records += [replace(first, order=order), *parts]
    return records
