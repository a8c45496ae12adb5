"""Reading the records of a person from the index."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from planner.indexing import record_of
from planner.plan.records import (
    RECORD_TYPES,
    Appointment,
    Barrier,
    CheckIn,
    Dependent,
    Goal,
    GoalPart,
    Helper,
    Outcome,
    Record,
    Step,
    SupportContact,
    TimeLimit,
    TrackedPaper,
)
from planner.plan.safety import SafetyGroup, SafetyLine
from planner.plan.scores import Score
from planner.session.types import GoalParts

if TYPE_CHECKING:
    from planner.store.rows import IndexRow
    from planner.store.store import Store


class Reading:
    """What a session reads of one person; raises OutOfReach when another person's pages are the only ones open."""

    store: Store

    def within_reach(self, person_id: str) -> None:
        """Raise :class:`OutOfReach` when another person's pages are the only ones open."""
        raise NotImplementedError

    def _rows(self, person: str, *kinds: str, include_removed: bool = False) -> list[IndexRow]:
        self.within_reach(person)
        return self.store.rows(person, kinds, include_removed=include_removed)

    def _records(self, person: str, kind: str, include_removed: bool = False) -> list[Record]:
        return [record_of(row) for row in self._rows(person, kind, include_removed=include_removed)]

    def record(self, person: str, record_id: str) -> Record | None:
        """One record as it was last saved, or None; rivals are filled where a merge left any."""
        self.within_reach(person)
        row = self.store.row(person, record_id)
        return record_of(row) if row is not None else None

    def goals(self, person: str, *, include_removed: bool = False) -> list[Goal]:
        """The goals of a person in their order."""
        return _in_order(self._records(person, Goal.kind, include_removed), Goal)

    def all_parts(self, person: str) -> dict[str, GoalParts]:
        """The parts of every goal, by the goal's id."""
        kinds = (Step.kind, Helper.kind, Barrier.kind)
        by_goal: dict[str, list[GoalPart]] = {}
        for row in self._rows(person, *kinds):
            part = cast(GoalPart, record_of(row))
            by_goal.setdefault(part.goal, []).append(part)
        return {goal: _parts(found) for goal, found in by_goal.items()}

    def parts(self, person: str, goal_id: str) -> GoalParts:
        """The parts of one goal."""
        return self.all_parts(person).get(goal_id, GoalParts())

    def appointments(self, person: str) -> list[Appointment]:
        """All appointments of a person, by when they first start."""
        found = [each for each in self._records(person, Appointment.kind) if isinstance(each, Appointment)]
        return sorted(found, key=lambda each: (each.starts, each.id))

    def outcomes(self, person: str, appointment_id: str) -> list[Outcome]:
        """What became of each occurrence of an appointment, where that was said."""
        found = [each for each in self._records(person, Outcome.kind) if isinstance(each, Outcome)]
        return sorted((o for o in found if o.appointment == appointment_id), key=lambda o: (o.occurrence, o.id))

    def with_origin(self, person: str) -> list[Record]:
        """The records of a person that came from a guided form."""
        return [record_of(row) for row in self._rows(person, *_FROM_FORMS) if row.fields.get("origin")]

    def contacts(self, person: str, *, keep_away: bool | None = None) -> list[SupportContact]:
        """The people in somebody's life by name; ``keep_away`` picks those to keep away from, or all others."""
        found = [each for each in self._records(person, SupportContact.kind) if isinstance(each, SupportContact)]
        chosen = [each for each in found if keep_away is None or each.to_be_careful_with is keep_away]
        return sorted(chosen, key=lambda each: (each.name.casefold(), each.id))

    def dependents(self, person: str) -> list[Dependent]:
        """Children and others this person looks after, by name."""
        found = [each for each in self._records(person, Dependent.kind) if isinstance(each, Dependent)]
        return sorted(found, key=lambda each: (each.name.casefold(), each.id))

    def tracked_papers(self, person: str) -> list[TrackedPaper]:
        """The identity and legal documents that are kept track of, by title; see :mod:`planner.plan.paper_days`."""
        found = [each for each in self._records(person, TrackedPaper.kind) if isinstance(each, TrackedPaper)]
        return sorted(found, key=lambda each: (each.title.casefold(), each.id))

    def time_limits(self, person: str) -> list[TimeLimit]:
        """The days by which something has to be done, the nearest first; see :mod:`planner.plan.limits`."""
        found = [each for each in self._records(person, TimeLimit.kind) if isinstance(each, TimeLimit)]
        return sorted(found, key=lambda each: (not each.due, each.due, each.title.casefold(), each.id))

    def safety_lines(self, person: str) -> list[SafetyLine]:
        """The lines of somebody's own page: by groups, and in each in their order."""
        found = [each for each in self._records(person, SafetyLine.kind) if isinstance(each, SafetyLine)]
        groups = list(SafetyGroup)
        return sorted(found, key=lambda each: (groups.index(each.group), each.order, each.id))

    def scores(self, person: str) -> list[Score]:
        """The numbers that a clinician gave, the newest day first."""
        found = [each for each in self._records(person, Score.kind) if isinstance(each, Score)]
        return sorted(found, key=lambda each: (each.day, each.id), reverse=True)

    def check_ins(self, person: str) -> list[CheckIn]:
        """How it was on single days, the newest day first."""
        found = [each for each in self._records(person, CheckIn.kind) if isinstance(each, CheckIn)]
        return sorted(found, key=lambda each: (each.day, each.id), reverse=True)


_FROM_FORMS = tuple(kind for kind in RECORD_TYPES if kind != Outcome.kind)


def _in_order(records: Iterable[Record], _type: type[Goal]) -> list[Goal]:
    goals = [each for each in records if isinstance(each, Goal)]
    return sorted(goals, key=lambda each: (each.order, each.id))


def _parts(found: list[GoalPart]) -> GoalParts:
    found.sort(key=lambda each: (each.order, each.id))
    return GoalParts(
        tuple(each for each in found if isinstance(each, Step)),
        tuple(each for each in found if isinstance(each, Helper)),
        tuple(each for each in found if isinstance(each, Barrier)),
    )
