from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from planner.plan.order import between, spread
from planner.plan.records import Barrier, Goal, GoalState, GoalTime, Step
from planner.plan.suggest import next_steps


@given(st.lists(st.tuples(st.integers(0, 200), st.booleans()), max_size=200))
def test_there_is_always_room_between_two_places(inserts: list[tuple[int, bool]]) -> None:
    places: list[str] = []
    for at, always_first in inserts:
        spot = 0 if always_first else at % (len(places) + 1)
        low = places[spot - 1] if spot else ""
        high = places[spot] if spot < len(places) else ""
        places.insert(spot, between(low, high))
    assert places == sorted(places)
    assert len(set(places)) == len(places)


def test_places_stay_short_where_lists_grow() -> None:
    at_the_end = spread(5000)
    assert at_the_end == sorted(set(at_the_end))
    assert max(map(len, at_the_end)) <= 8
    first = between("", "")
    for _each in range(300):
        first = between("", first)
    assert len(first) < 80


def test_two_copies_rarely_choose_the_same_place() -> None:
    low, high = spread(2)
    assert len({between(low, high) for _each in range(100)}) > 90


def test_wrong_order_and_strange_letters_do_no_harm() -> None:
    low, high = spread(2)
    assert between(high, low) > high
    assert between(low, low) > low
    assert between("¿?", "")
    assert between("zzzz", "") > "zzzz"
    assert between("zzzzzzzz", "") > "zzzzzzzz"


def test_the_next_step_is_the_first_open_one_of_goals_for_now() -> None:
    later = Goal(id="later", time=GoalTime.LATER, order="a")
    second = Goal(id="second", time=GoalTime.NOW, order="c")
    first = Goal(id="first", time=GoalTime.NOW, order="b")
    resting = Goal(id="resting", time=GoalTime.NOW, state=GoalState.RESTING, order="0")
    gone = Goal(id="gone", time=GoalTime.NOW, removed=True, order="0")
    empty = Goal(id="empty", time=GoalTime.NOW, order="0")
    goals = [later, second, first, resting, gone, empty]
    parts = {
        goal.id: [
            Barrier(goal=goal.id, what="x"),
            Step(id=f"{goal.id}-2", goal=goal.id, title="two", order="b"),
            Step(id=f"{goal.id}-0", goal=goal.id, title="done", order="0", done_on="2026-01-01"),
            Step(id=f"{goal.id}-1", goal=goal.id, title="one", order="a"),
            Step(id=f"{goal.id}-r", goal=goal.id, title="removed", order="0", removed=True),
            Step(id=f"{goal.id}-e", goal=goal.id, title="", order="0"),
        ]
        for goal in goals
        if goal is not empty
    }
    assert [each.step.id for each in next_steps(goals, parts)] == ["first-1", "second-1", "later-1"]
    assert [each.step.id for each in next_steps(goals, parts, {"first-1", "second"})] == ["first-2", "later-1"]
    assert [each.goal for each in next_steps(reversed(goals), parts)] == [first, second, later]
    assert next_steps([], {}) == []
