"""One kind next step: a small thing that could be done, never a list of what is missing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from planner.plan.records import Goal, GoalState, GoalTime, Record, Step


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step that could come next, and the goal to which it belongs."""

    goal: Goal
    step: Step


_TURN = {GoalTime.NOW: 0, GoalTime.MONTHS: 1, GoalTime.LATER: 2}


def next_steps(
    goals: Iterable[Goal], parts: Mapping[str, Iterable[Record]], skip: Collection[str] = ()
) -> list[NextStep]:
    """The first step still open of each open goal, the goals for now first, each in the order of its list.

    ``parts`` holds the parts of each goal by its id, of which only steps matter here. ``skip`` are ids of steps (or of
    whole goals) that are not wanted today; the goal's next one is offered instead. Goals that rest, were let go or are
    done are left in peace, and so is a goal without open steps: nothing is asked for. The first of the list is the
    one to show.
    """
    open_goals = [goal for goal in goals if goal.state is GoalState.OPEN and not goal.removed and goal.id not in skip]
    out = []
    for goal in sorted(open_goals, key=lambda each: (_TURN[each.time], each.order, each.id)):
        step = _first_open(parts.get(goal.id, ()), skip)
        if step is not None:
            out.append(NextStep(goal, step))
    return out


def _first_open(parts: Iterable[Record], skip: Collection[str]) -> Step | None:
    steps = [each for each in parts if isinstance(each, Step)]
    still = [each for each in steps if not each.done_on and not each.removed and each.id not in skip and each.title]
    return min(still, key=lambda each: (each.order, each.id), default=None)
