"""My devices: a stop comes before every change, and nothing is said to be switched off now."""

from __future__ import annotations

import re

import pytest

from tests.unit.packs.content import form_texts
from tests.unit.packs.shipped import asked, filled, form, proposed

SWITCHES = re.compile(r"\b(?:turn|switch|shut) (?:it |everything |all )?off\b|\bdelete\b|\buninstall\b", re.IGNORECASE)


@pytest.mark.parametrize("watched", ["yes", "unsure"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_where_somebody_may_look_on_another_phone_comes_first(watched: str, language: str) -> None:
    filling = filled("my-devices", language, watched=watched, areas="all", code="want", map="want")
    assert asked(filling)[:4] == ["welcome", "watched", "other_first", "spares"]
    goals = {name: draft for name, draft in proposed(filling).items() if name.startswith("goal_")}
    assert set(goals) == {"goal_phone", "goal_where"}
    first = {"en": "Ask for help from a safe phone", "es": "Pedir ayuda desde otro teléfono"}[language]
    for draft in goals.values():
        assert draft.properties["step_1"].startswith(first)
    assert proposed(filling)["safety-line_hold"].properties["group"] == "device"


def test_where_nobody_looks_on_it_is_not_held_up() -> None:
    filling = filled("my-devices", watched="no", areas="phone", code="want")
    assert "other_first" not in asked(filling)
    made = proposed(filling)
    assert set(made) == {"goal_phone"}
    assert "step_1" not in made["goal_phone"].properties
    assert "Set a code that only I know" in made["goal_phone"].properties.values()


def test_what_is_done_or_not_hers_makes_no_step() -> None:
    filling = filled("my-devices", watched="no", areas="all", code="done", apps="later", bank="none", newmail="want")
    assert set(proposed(filling)) == {"goal_accounts"}
    steps = [value for name, value in proposed(filling)["goal_accounts"].properties.items() if name.startswith("step_")]
    assert steps == ["Make a new e-mail on a safe computer"]


@pytest.mark.parametrize("name", ["my-devices", "my-safety"])
def test_nothing_tells_to_change_it_at_once(name: str) -> None:
    assert SWITCHES.search("Turn it off"), "the check would notice"
    said = [each.text for each in form_texts(f"{name}.md") if each.language == "en"]
    assert said
    assert [each for each in said if SWITCHES.search(each) and "before I block or delete" not in each] == []


def test_the_day_to_look_it_over_stays_where_it_was() -> None:
    filling = filled("my-safety", parts="calm", look="week")
    day = proposed(filling)["appointment_look"].properties["starts"]
    again = form("my-safety").resume(filling.finish())
    assert proposed(again)["appointment_look"].properties["starts"] == day


def test_a_part_left_out_leaves_no_line() -> None:
    def lines() -> set[str]:
        return {name for name in proposed(filling) if name.startswith("safety-line")}

    filling = filled("my-safety", parts="calm way_out", calms="water", ways="bag", word="plover")
    assert lines() > {"safety-line_calm_water", "safety-line_way_bag"}
    filling.answer("parts", "calm")
    assert lines() == {"safety-line_calm_water"}
