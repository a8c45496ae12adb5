"""What matters to me: parts of life rated, chosen ones become goals, and danger leads to help before anything else."""

from __future__ import annotations

import pytest

from planner.plan.life import LifeDomain
from planner.plan.scales import LIFE_SCALES, STEPS, scale_words
from planner.words import in_language
from tests.unit.packs.content import LABELS, table
from tests.unit.packs.shipped import asked, form, proposed

NAME = "what-matters"
SURVEY, CHOICES = table(f"{NAME}.md", "survey"), table(f"{NAME}.md", "choices")


def test_every_scale_has_words_of_the_program() -> None:
    scales = [row["save_to"].removeprefix("check-in_life#scale_") for row in SURVEY if "#scale_" in row["save_to"]]
    assert len(scales) == len(set(scales)) == 15
    assert set(scales) <= set(LIFE_SCALES)
    with in_language("es"):
        assert scale_words("life_home") != "Life home"


def test_its_five_steps_are_those_of_every_check_in() -> None:
    steps = {row["name"] for row in CHOICES if row["list_name"] == "how"}
    assert steps == {str(value) for value in STEPS}
    for label in LABELS.values():
        assert all(row[f"label::{label}"] for row in CHOICES)


@pytest.mark.parametrize(("question", "note"), [("safety", "help_first"), ("healing", "help_inside")])
def test_the_lowest_answer_leads_to_help_first(question: str, note: str) -> None:
    filling = form(NAME).start()
    filling.answer(question, "3")
    assert note not in asked(filling)
    filling.answer(question, "1")
    names = asked(filling)
    assert names.index(note) > names.index(question)
    assert "Help now" in filling.question(note).label + filling.question(note).hint


def test_a_low_answer_alone_proposes_no_goal() -> None:
    filling = form(NAME).start()
    for question in ("money", "work", "papers"):
        filling.answer(question, "1")
    (draft,) = filling.entities()
    assert draft.dataset == "check-in"
    assert draft.properties["scale_life_money"] == "1"


def test_every_part_has_its_ideas_and_becomes_a_goal_there() -> None:
    parts = [row["name"] for row in CHOICES if row["list_name"] == "part"]
    filling = form(NAME).start()
    filling.answer("first", " ".join(parts))
    places = [item.ref for page in filling.pages() for item in page.items if item.ref.endswith("m_idea")]
    assert len(places) == len(parts)
    for part, place in zip(parts, places, strict=True):
        ideas = [each.value for each in filling.question(place).choices]
        assert len(ideas) >= 2, part
        assert ideas[-1] == "own"
        filling.answer(place, ideas[0])
    goals = [each for each in filling.entities() if each.dataset == "goal"]
    assert [each.properties["domain"] for each in goals] == parts
    assert {each.properties["domain"] for each in goals} <= {each.value for each in LifeDomain}
    assert all(each.label.startswith("I want ") for each in goals)


def test_answered_again_the_ratings_begin_anew_and_another_choice_is_another_goal() -> None:
    filling = form(NAME).start()
    filling.answer("work", "2")
    filling.answer("first", "home")
    (place,) = [item.ref for page in filling.pages() for item in page.items if item.ref.endswith("m_idea")]
    filling.answer(place, "home_quiet")
    before = proposed(filling)["goal_matter"].entity_id
    again = form(NAME).again(filling.finish())
    assert again.entities() == []
    again.answer("first", "home")
    (place,) = [item.ref for page in again.pages() for item in page.items if item.ref.endswith("m_idea")]
    again.answer(place, "home_longer")
    assert proposed(again)["goal_matter"].entity_id != before
    again.answer(place, "home_quiet")
    assert proposed(again)["goal_matter"].entity_id == before


def test_the_day_to_look_again_has_a_name_that_says_nothing() -> None:
    filling = form(NAME).start()
    filling.answer("again", "no")
    assert "appointment_again" not in proposed(filling)
    filling.answer("again", "91")
    assert proposed(filling)["appointment_again"].label == "A quiet hour for me"
