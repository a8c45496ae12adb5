"""The two short forms answered in the real runtime: what they ask, what they propose, and that they come to an end."""

from __future__ import annotations

import random

import pytest

from planner.forms import Way
from planner.plan.records import RATINGS, PaperState
from planner.plan.scales import SCALES
from tests.unit.packs.shipped import asked, filled, form, proposed

WEEK, PAPERS = "weekly-check-in", "my-papers"


@pytest.mark.parametrize("name", [WEEK, PAPERS])
def test_left_blank_it_proposes_nothing(name: str) -> None:
    filling = form(name).start()
    assert filling.entities() == []
    assert form(name).resume(filling.finish()).entities() == []


# ---------------------------------------------------------------- the week


@pytest.mark.parametrize("rating", ["1", "2"])
def test_an_answer_that_speaks_of_danger_leads_to_help_before_anything_else(rating: str) -> None:
    filling = filled(WEEK)
    assert asked(filling)[:2] == ["welcome", "safety"]
    assert "help_first" not in asked(filling)
    filling.answer("safety", rating)
    assert asked(filling)[:3] == ["welcome", "safety", "help_first"]
    assert '"Help now"' in filling.question("help_first").label
    filling.language = "es"
    assert "«Ayuda ahora»" in filling.question("help_first").label
    filling.answer("safety", "3")
    assert "help_first" not in asked(filling)


@pytest.mark.parametrize("scale", ["mood", "hope"])
def test_very_little_hope_leads_to_help_on_the_next_page(scale: str) -> None:
    filling = filled(WEEK, **{scale: "2"})
    assert "help_hope" not in asked(filling)
    filling.answer(scale, "1")
    names = asked(filling)
    assert names[names.index("closeness") + 1] == "help_hope"
    assert '"Help now"' in filling.question("help_hope").hint


def test_the_ratings_become_a_check_in_and_what_helped_its_note() -> None:
    filling = filled(WEEK, safety="4", sleep="1", body="2", mood="3", hope="5", closeness="3", helped="rest other")
    filling.answer("helped_other", "My tea")
    (draft,) = filling.entities()
    assert draft.dataset == "check-in"
    assert draft.properties == {
        "scale_safety": "4",
        "scale_sleep": "1",
        "scale_body": "2",
        "scale_mood": "3",
        "scale_hope": "5",
        "scale_closeness": "3",
        "note": "What helped: Sleep or rest. My tea.",
    }


def test_something_else_without_a_word_says_nothing() -> None:
    assert filled(WEEK, helped="other").entities() == []
    assert filled(WEEK, small="other").entities() == []
    assert filled(WEEK, small="none").entities() == []


def test_the_small_thing_is_a_step_of_one_goal() -> None:
    found = proposed(filled(WEEK, "es", small="rest"))
    assert set(found) == {"goal_week", "step_week"}
    assert found["goal_week"].label == "Quiero algo bueno y pequeño cada semana"
    assert (found["step_week"].label, found["step_week"].properties) == (
        "Acostarme un poco más temprano",
        {"goal": "goal_week"},
    )
    assert proposed(filled(WEEK, small="other", small_other="Read"))["step_week"].label == "Read"


def test_another_week_begins_empty() -> None:
    done = filled(WEEK, safety="2", helped="rest", small="rest").finish()
    again = form(WEEK).again(done)
    assert again.entities() == []
    assert all(not item.value for page in again.pages() for item in page.items)


# ---------------------------------------------------------------- papers


def test_papers_stand_in_the_plan_where_she_said() -> None:
    filling = filled(PAPERS, birth="missing", id="received", passport="asked", id_ends="2027-01-05", send="worker")
    found = proposed(filling)
    assert set(found) == {"paper_birth", "paper_id", "paper_passport", "goal_papers"}
    assert (found["paper_birth"].label, dict(found["paper_birth"].properties)) == (
        "Birth record",
        {
            "state": "missing",
            "where_to_ask": "Ask which office keeps my birth record",
            "fee_waiver": "Ask whether the fee can be waived",
            "safe_address": "To my worker or my lawyer",
        },
    )
    assert dict(found["paper_id"].properties) == {"state": "received", "expires": "2027-01-05"}
    assert found["paper_passport"].properties["where_to_ask"] == "Ask a lawyer first where it is safe to ask"


def test_a_paper_that_is_not_needed_is_not_proposed_and_can_be_said_later() -> None:
    (draft,) = filled(PAPERS, school="not-needed").entities()
    assert (draft.create, draft.update) == (False, True), "it changes what is there, and adds nothing"
    done = filled(PAPERS, school="missing").finish()
    again = form(PAPERS).again(done)
    again.answer("school", "not-needed")
    now = proposed(again)["paper_school"]
    assert (now.entity_id, now.create, now.properties["state"]) == ("my-papers/paper_school", False, "not-needed")


def test_only_what_is_not_here_can_be_asked_for_first() -> None:
    filling = filled(PAPERS, birth="missing", id="received", other_name="Union card", other_state="asked")
    assert [each.label for each in filling.question("first").choices] == ["Birth record", "Union card"]
    filling.answer("first", "other")
    step = proposed(filling)["step_first"]
    assert (step.label, step.properties["goal"]) == ("Ask first for: Union card", "goal_papers")
    assert proposed(filling)["paper_other"].label == "Union card"


def test_another_first_paper_is_another_step() -> None:
    first = filled(PAPERS, birth="missing", id="missing", first="birth")
    again = form(PAPERS).again(first.finish())
    again.answer("first", "id")
    assert proposed(first)["step_first"].entity_id != proposed(again)["step_first"].entity_id


@pytest.mark.parametrize("send", ["none", "unsure"])
def test_without_a_safe_address_it_says_what_to_ask_and_claims_nothing(send: str) -> None:
    filling = filled(PAPERS, birth="missing", send=send)
    assert "Ask whether there is a safe-address program" in filling.question("send_ask").hint
    found = proposed(filling)
    assert "safe_address" not in found["paper_birth"].properties
    assert "Ask whether there is a safe-address program near me" in found["goal_papers"].properties.values()
    filling.answer("send", "mine")
    assert "send_ask" not in asked(filling)


def test_when_all_is_here_no_page_asks_what_to_ask_for() -> None:
    filling = filled(PAPERS, birth="received", social="received")
    assert {"first", "easier", "send", "id_ends"}.isdisjoint(asked(filling))
    assert "goal_papers" not in proposed(filling)


def test_a_permit_that_has_run_out_gets_the_plain_truth_and_the_next_door() -> None:
    filling = filled(PAPERS, permit="received", permit_ends="2100-01-01")
    assert "permit_past" not in asked(filling)
    filling.answer("permit_ends", "2020-01-01")
    assert "today" in filling.question("permit_past").hint


# ---------------------------------------------------------------- both


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        (
            WEEK,
            {"sleep": "1", "helped": "other", "helped_other": "PRIVATE", "small": "other", "small_other": "PRIVATE"},
        ),
        (PAPERS, {"birth": "missing", "other_name": "PRIVATE", "other_state": "asked", "send": "friend"}),
    ],
)
def test_what_is_put_off_leaves_no_trace(name: str, answers: dict[str, str]) -> None:
    filling = filled(name, **answers)
    assert b"PRIVATE" in filling.state()
    for question in answers:
        filling.put_off(question, Way.NOT_NOW if question != "small_other" else Way.RATHER_NOT)
    assert filling.entities() == []
    done = filling.finish()
    for word in (b"PRIVATE", b"not-now", b"rather-not", b"friend"):
        assert word not in done, word


@pytest.mark.parametrize("name", [WEEK, PAPERS])
@pytest.mark.parametrize("seed", range(25))
def test_any_answers_come_to_an_end_with_sound_proposals(name: str, seed: int) -> None:
    chance = random.Random(seed)
    filling = form(name).start(language_code=chance.choice(["en", "es"]))
    given: set[str] = set()
    for _round in range(60):
        waiting = [
            item
            for page in filling.pages()
            for item in page.items
            if item.kind != "note" and item.ref not in given and not item.readonly
        ]
        if not waiting:
            break
        item = waiting[0]
        given.add(item.ref)
        if chance.random() < 0.2 or "reserved_name" in item.ref:
            continue
        if item.choices:
            most = 1 if item.kind == "select_one" else min(2, len(item.choices))
            filling.answer(item.ref, " ".join(chance.sample([each.value for each in item.choices], most)))
        else:
            filling.answer(item.ref, f"20{chance.randint(10, 40)}-02-03" if item.kind == "date" else "Something")
        assert filling.valid(item.ref).ok
    else:
        pytest.fail("the form did not come to an end")
    lists = {each.list_name for each in filling.entities()}
    for each in filling.entities():
        assert each.label, each
        if each.dataset == "paper":
            PaperState(each.properties["state"])
        if each.dataset == "step":
            assert each.properties["goal"] in lists
        for field, value in each.properties.items():
            if field.startswith("scale_"):
                assert field.removeprefix("scale_") in SCALES
                assert value in RATINGS
    assert filling.finish()
