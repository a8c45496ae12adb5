"""Lists and properties that no plan has are told before anybody answers; each that is taken makes a difference."""

from __future__ import annotations

import re

import pytest

from planner.forms import Form
from planner.forms.entity_report import PROPERTIES
from planner.packs.forms import shipped_forms
from planner.plan.records import Goal
from planner.session.proposals import proposal
from tests.forms.tables import form

VALUES = {
    **dict.fromkeys(("mine_alone", "keep_away"), "yes"),
    **dict.fromkeys(("call", "message", "text"), "no"),
    "state": "asked",
    "time": "later",
    "domain": "work",
    "ring": "close",
    **dict.fromkeys(("expires", "due"), "2026-04-01"),
    "day": "2026-03-12",
    "minutes": "50",
    "remind_minutes": "60",
    "scale_sleep": "2",
    "group": "way-out",
}
NEEDS = {"phone_label": "phone", "phone_1_label": "phone_1", "step_1_when": "step_1", "step_1_with": "step_1"} | {
    "barrier_1_way": "barrier_1",
    "helper_1_how": "helper_1",
    "day": "note",
}
TAKEN = [
    (kind, name.replace("#", "1").replace("*", "sleep"))
    for kind, names in PROPERTIES.items()
    for name in names
    if (kind, name) != ("step", "goal")  # which goal it is, is found by the session
]


def test_what_goes_nowhere_is_told_by_its_row() -> None:
    made = form(
        "type|name|label|save_to\n"
        "begin_group|a|A|\n"
        "text|tree|Which tree?|trees#species\n"
        "end_group|||\n"
        "begin_group|b|B|\n"
        "text|card|Which card?|paper_card#cost\n"
        "text|colour|Which colour?|paper_card#colour\n"
        "end_group|||",
        entities="list_name|label\ntrees|${tree}\npaper_card|${card}",
    )
    assert [(each.sheet, each.row, each.what, each.instead) for each in made.problems] == [
        (
            *("survey", 7, "“paper_card” has no place for “colour”."),
            "The answer is kept, and does not go into the plan.",
        ),
        (
            *("entities", 0, "The list “trees” is of no kind that a plan has."),
            "What it would save stays among the answers.",
        ),
    ]


def test_no_shipped_form_has_any() -> None:
    for each in shipped_forms():
        assert [problem for problem in Form.load(each.path()).problems if problem.sheet == "entities"] == []


@pytest.mark.parametrize(("kind", "name"), TAKEN, ids=[f"{kind}-{name}" for kind, name in TAKEN])
def test_each_that_is_taken_makes_a_difference(kind: str, name: str) -> None:
    base = {"note": "x"} if kind == "check-in" else {}
    if needed := NEEDS.get(name):
        base[needed] = "7"
    said = {**base, name: VALUES.get(name, "9")}
    without = proposal("o", kind, "Title", base, {}, frozenset())
    with_it = proposal("o", kind, "Title", said, {}, frozenset())
    assert without is not None
    assert with_it is not None
    assert words(with_it) != words(without)


def words(made: object) -> str:
    """A proposal in words, without its random ids."""
    return re.sub(r"(id|goal)='[^']*'", "", repr(made))


def test_it_would_notice_one_that_makes_none() -> None:
    one, other = (proposal("o", "goal", "Title", said, {}, frozenset()) for said in ({}, {"colour": "red"}))
    assert one is not None
    assert isinstance(one.record, Goal)
    assert words(one) == words(other)
