"""From what a form declares to records, field by field."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.forms.entity_report import PROPERTIES
from planner.plan.life import LifeDomain
from planner.plan.records import (
    Appointment,
    Barrier,
    Dependent,
    Goal,
    GoalTime,
    Helper,
    Reach,
    Record,
    Ring,
    Step,
    SupportContact,
)
from planner.session.proposals import differences_between, numbered, proposal
from planner.session.types import Proposal


def offered(kind: str, label: str = "A name", **properties: str) -> Proposal:
    made = proposal(f"form/{kind}", kind, label, properties, {}, frozenset())
    assert made is not None
    return made


def test_numbers_go_in_their_order_and_empty_ones_are_left_out() -> None:
    found = numbered(
        {"step_10": "last", "step_2": " second ", "step_1": " ", "step_2_when": "x", "stepped": "no"}, "step"
    )
    assert found == [(2, "second"), (10, "last")]


def test_a_goal_with_all_its_parts() -> None:
    made = offered(
        "goal",
        " Bake bread ",
        why=" for joy ",
        domain="home",
        time="later",
        mine_alone="yes",
        step_1="Flour",
        step_1_when="today",
        step_1_with="Ben",
        barrier_1="No oven",
        barrier_1_way="Ask Ben",
        helper_1="Ben",
        helper_1_how="has an oven",
    )
    goal = made.record
    assert isinstance(goal, Goal)
    assert (goal.title, goal.why, goal.domain, goal.time) == ("Bake bread", "for joy", LifeDomain.HOME, GoalTime.LATER)
    assert goal.mine_alone
    step, barrier, helper = made.parts
    assert isinstance(step, Step)
    assert (step.goal, step.title, step.when, step.with_whom) == (goal.id, "Flour", "today", "Ben")
    assert isinstance(barrier, Barrier)
    assert (barrier.what, barrier.way_round) == ("No oven", "Ask Ben")
    assert isinstance(helper, Helper)
    assert (helper.name, helper.how) == ("Ben", "has an oven")


def test_what_no_plan_knows_falls_back_and_says_nothing_wrong() -> None:
    goal = offered("goal", domain="moon", time="never").record
    assert isinstance(goal, Goal)
    assert (goal.domain, goal.time) == (LifeDomain.BASIC_NEEDS, GoalTime.NOW)


def test_an_appointment() -> None:
    made = offered(
        "appointment", starts="2026-04-01T10:30:00.000Z", minutes="50", remind_minutes="x", place="Room 4", bring_1="ID"
    )
    date = made.record
    assert isinstance(date, Appointment)
    assert (date.starts, date.minutes, date.remind_minutes) == ("2026-04-01T10:30", 50, -1)
    assert (date.place, date.bring, date.ask) == ("Room 4", ("ID",), ())


def test_a_contact() -> None:
    made = offered(
        "contact",
        phone="1",
        phone_2="2",
        phone_2_label="work",
        languages="es, en",
        call="yes",
        ring="close",
        knows_1="a",
    )
    friend = made.record
    assert isinstance(friend, SupportContact)
    assert friend.phones == ({"number": "1", "label": ""}, {"number": "2", "label": "work"})
    assert (friend.languages, friend.call, friend.text, friend.ring) == (
        ("es", "en"),
        Reach.YES,
        Reach.UNKNOWN,
        Ring.CLOSE,
    )
    assert friend.knows == ("a",)
    away = offered("contact", keep_away="1", phone=" ").record
    assert isinstance(away, SupportContact)
    assert (away.keep_away, away.phones) == (True, ())


def test_somebody_she_looks_after() -> None:
    child = offered("dependent", relation="My child", may_collect_1="Ben", needs=" a doctor ").record
    assert isinstance(child, Dependent)
    assert (child.relation, child.may_collect, child.needs) == ("My child", ("Ben",), "a doctor")


@pytest.mark.parametrize(("kind", "label"), [("pet", "A name"), ("goal", "  ")])
def test_what_the_plan_does_not_keep_or_has_no_name_is_no_proposal(kind: str, label: str) -> None:
    assert proposal("x", kind, label, {}, {}, frozenset()) is None


def test_a_record_of_another_kind_with_the_same_origin_is_left_alone() -> None:
    there: dict[str, Record] = {"form/goal": SupportContact(origin="form/goal", name="Somebody")}
    made = proposal("form/goal", "goal", "Bake", {}, there, frozenset())
    assert made is not None
    assert made.existing is None


def test_a_new_step_of_a_later_answer_is_added_to_the_goal_that_is_there() -> None:
    goal = Goal(origin="form/goal", title="Bake", time=GoalTime.LATER)
    there: dict[str, Record] = {goal.origin: goal}
    made = proposal("form/goal", "goal", "Bake", {"step_1": "Flour", "time": "now"}, there, frozenset(), ("Bake", {}))
    assert made is not None
    assert made.existing == goal
    assert [(each.field, each.before, each.after) for each in made.differences] == [("step", "", "Flour")]
    (step,) = made.parts
    assert isinstance(step, Step)
    assert step.goal == goal.id
    assert made.record == goal, "when a goal is for is hers once it is in the plan"


def test_a_step_reworded_by_her_is_hers_until_the_form_says_another_thing() -> None:
    goal = Goal(origin="form/goal", title="Bake")
    step = Step(origin="form/goal#step_1", goal=goal.id, title="Rye flour")
    there: dict[str, Record] = {goal.origin: goal, step.origin: step}
    same = proposal("form/goal", "goal", "Bake", {"step_1": "Flour"}, there, frozenset(), ("Bake", {"step_1": "Flour"}))
    assert same is not None
    assert same.differences == ()
    other = proposal(
        "form/goal", "goal", "Bake", {"step_1": "Yeast"}, there, frozenset(), ("Bake", {"step_1": "Flour"})
    )
    assert other is not None
    assert other.parts == (replace(step, title="Yeast"),)


SAID = st.sampled_from(
    [
        "",
        " ",
        "yes",
        "no",
        "2",
        "3.0",
        "missing",
        "asked",
        "not_needed",
        "home",
        "law",
        "2026-04-01",
        "2026-04-01T10:30",
    ]
) | st.text(max_size=12)


@st.composite
def answers(draw: st.DrawFn) -> tuple[str, str, dict[str, str]]:
    kind = draw(st.sampled_from(sorted(PROPERTIES)))
    names = [name.replace("#", draw(st.sampled_from("12"))).replace("*", "sleep") for name in PROPERTIES[kind]]
    return kind, draw(st.text(max_size=12)), draw(st.dictionaries(st.sampled_from(names), SAID, max_size=8))


@given(answers(), st.booleans())
def test_what_was_kept_and_is_said_again_is_no_difference(
    said: tuple[str, str, dict[str, str]], know_earlier: bool
) -> None:
    kind, label, properties = said
    first = proposal("o", kind, label, properties, {}, frozenset())
    if first is None:
        assert not label.strip() or kind == "check-in"
        return
    kept = {each.origin: each for each in (first.record, *first.parts)}
    earlier = (label, properties) if know_earlier else None
    again = proposal("o", kind, label, properties, kept, frozenset(), earlier)
    assert again is not None
    assert again.existing == first.record
    assert again.differences == ()
    assert (again.record, again.parts) == (first.record, ())


@given(answers(), answers())
def test_what_is_told_is_what_would_change(
    said: tuple[str, str, dict[str, str]], then: tuple[str, str, dict[str, str]]
) -> None:
    kind, label, properties = said
    first = proposal("o", kind, label, properties, {}, frozenset())
    known = {} if first is None else {each.origin: each for each in (first.record, *first.parts)}
    now = proposal("o", then[0], then[1], then[2], known, frozenset(), (label, properties) if kind == then[0] else None)
    if first is None or now is None or now.existing is None:
        return
    told = [each for each in now.differences if each.field not in ("step", "barrier", "helper")]
    assert told == differences_between(now.existing, now.record)
