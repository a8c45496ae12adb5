"""The first form answered in the real runtime: what it asks, what it proposes, and that it always comes to an end."""

from __future__ import annotations

import random

import pytest

from planner.forms import Filling
from planner.plan.life import LifeDomain
from planner.plan.records import GoalTime, Reach
from tests.unit.packs.shipped import asked, form, proposed

FIRST = "first-steps"
REPEATS = {"date": "/data/dates/date", "person": "/data/people/person"}


def titles(filling: Filling) -> set[str]:
    return {page.section_title for page in filling.pages() if page.section_title}


def test_it_opens_without_a_problem_in_both_languages() -> None:
    assert form(FIRST).problems == ()
    assert form(FIRST).languages == ("English (en)", "Español (es)")


def test_chosen_parts_come_and_are_asked_for_once() -> None:
    filling = form(FIRST).start()
    assert "Food and clothes" not in titles(filling)
    filling.answer("/data/start/needs", "food hope")
    assert {"Food and clothes", "What I hope for"} <= set(titles(filling))
    assert "My papers" not in titles(filling)
    assert [name for name in asked(filling) if name in {"welcome", "needs", "more"}] == ["welcome", "needs"]


def test_what_runs_out_and_dates_are_shown_whatever_is_chosen() -> None:
    assert {"body_hiv", "body_ec", "body_exam", "dates_any"} <= set(asked(form(FIRST).start()))


def test_show_me_all_shows_all() -> None:
    filling = form(FIRST).start()
    filling.answer("/data/start/needs", "all")
    assert len(titles(filling)) == 15


@pytest.mark.parametrize("kind", ["permit", "send"])
def test_what_ends_or_has_to_be_handed_in_is_a_time_limit(kind: str) -> None:
    filling = form(FIRST).start()
    filling.answer("/data/dates/dates_any", "yes")
    (day,) = [item.ref for page in filling.pages() for item in page.items if item.ref.endswith("d_day")]
    filling.answer(day, "2027-01-05")
    filling.answer(day.replace("d_day", "d_kind"), "court")
    assert {"appointment", "clock_date"} & set(proposed(filling)) == {"appointment"}
    filling.answer(day.replace("d_day", "d_kind"), kind)
    found = proposed(filling)
    assert {"appointment", "clock_date"} & set(found) == {"clock_date"}
    assert found["clock_date"].properties["due"] == "2027-01-05"
    LifeDomain(found["clock_date"].properties["domain"])


def test_being_safe_comes_first_when_it_is_needed_and_leads_to_help() -> None:
    filling = form(FIRST).start()
    filling.answer("/data/start/needs", "sleep safe")
    names = [item.ref.rsplit("/", 1)[-1] for page in filling.pages() for item in page.items]
    assert names.index("safe_first") < names.index("sleep_tonight")
    assert "Help now" in filling.question("safe_first").label
    assert proposed(filling)["goal_safe"].properties["domain"] == "safety"


def test_a_lawyer_is_looked_for_without_saying_what_for() -> None:
    filling = form(FIRST).start()
    filling.answer("/data/start/needs", "law")
    assert "only to your lawyer" in filling.question("law_story").label
    assert {name for name in asked(filling) if name.startswith("law_")} == {"law_story", "law_wish"}
    assert proposed(filling)["goal_law"].properties["domain"] == "victim-rights"


def test_an_untouched_form_proposes_nothing() -> None:
    assert form(FIRST).start().entities() == []


def test_the_way_to_a_bed() -> None:
    filling = form(FIRST).start(language_code="es")
    filling.answer("/data/start/needs", "sleep")
    filling.answer("/data/sleep/sleep_tonight", "none")
    goal = proposed(filling)["goal_sleep"]
    assert goal.label == "Quiero dormir donde me sienta a salvo"
    assert goal.properties["domain"] == "home"
    assert goal.properties["step_1"] == (
        "Decir a quien me apoya, o a una línea de ayuda, que necesito un lugar para esta noche"
    )
    assert "why" not in goal.properties
    filling.answer("/data/sleep/sleep_tonight", "ok")
    filling.answer("/data/sleep/sleep_week", "yes")
    assert "goal_sleep" not in proposed(filling)


@pytest.mark.parametrize(("hour", "starts"), [("", "2027-01-05"), ("10:30", "2027-01-05T10:30")])
def test_a_date_becomes_an_appointment_and_who_knew_of_it_stays_out_of_the_plan(hour: str, starts: str) -> None:
    filling = form(FIRST).start()
    filling.answer("/data/dates/dates_any", "yes")
    one = (filling.repeats(REPEATS["date"]) or [filling.add_repeat(REPEATS["date"])])[0]
    filling.answer(f"{one}/d_page/d_kind", "court")
    filling.answer(f"{one}/d_page/d_day", "2027-01-05")
    if hour:
        filling.answer(f"{one}/d_page/d_time", hour)
    filling.answer(f"{one}/d_page/d_place", "Room 4")
    filling.answer(f"{one}/d_knows", "nobody")
    filling.answer(f"{one}/d_help", "ride")
    found = proposed(filling)["appointment"]
    assert (found.label, found.properties["starts"]) == ("Court date", starts)
    assert found.properties["place"] == "Room 4"
    assert not any("Nobody knows" in value for value in found.properties.values())
    assert found.properties["way_there"] == "I need a ride"


def test_a_day_that_has_passed_gets_the_plain_truth_and_the_next_door() -> None:
    filling = form(FIRST).start()
    filling.answer("/data/dates/dates_any", "yes")
    one = (filling.repeats(REPEATS["date"]) or [filling.add_repeat(REPEATS["date"])])[0]
    filling.answer(f"{one}/d_page/d_day", "2100-01-01")
    assert "d_missed" not in asked(filling)
    filling.answer(f"{one}/d_page/d_day", "2020-01-01")
    note = filling.question(f"{one}/d_missed")
    assert "Call a lawyer today" in note.hint
    assert note.source.split() == ["documented-hearing", "nyvl-hearing"]


def test_people_and_those_kept_away_are_told_apart() -> None:
    filling = form(FIRST).start()
    filling.answer("/data/start/needs", "people")
    filling.answer("/data/people/people_any", "yes")
    one = (filling.repeats(REPEATS["person"]) or [filling.add_repeat(REPEATS["person"])])[0]
    filling.answer(f"{one}/p_page/p_name", "Ana")
    filling.answer(f"{one}/p_page/p_role", "friend")
    filling.answer(f"{one}/p_reach/p_call", "no")
    filling.answer("/data/away/away_any", "yes")
    away = (filling.repeats("/data/away/away_person") or [filling.add_repeat("/data/away/away_person")])[0]
    filling.answer(f"{away}/a_name", "R.")
    found = proposed(filling)
    assert (found["contact"].label, found["contact"].properties["role"]) == ("Ana", "Friend")
    assert "keep_away" not in found["contact"].properties
    assert (found["contact_away"].dataset, found["contact_away"].properties) == ("contact", {"keep_away": "yes"})


@pytest.mark.parametrize("seed", range(25))
def test_any_answers_come_to_an_end_with_sound_proposals(seed: int) -> None:
    chance = random.Random(seed)
    filling = form(FIRST).start(language_code=chance.choice(["en", "es"]))
    given: set[str] = set()
    for _round in range(400):
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
        if chance.random() < 0.2:
            continue
        if item.choices:
            wanted = chance.sample([each.value for each in item.choices], 1 if item.kind == "select_one" else 2)
            filling.answer(item.ref, " ".join(wanted))
        else:
            words = {"date": f"20{chance.randint(10, 40)}-02-03", "time": "09:15"}
            filling.answer(item.ref, words.get(item.kind, "Something"))
        assert filling.valid(item.ref).ok
    else:
        pytest.fail("the form did not come to an end")
    for each in filling.entities():
        assert each.label, each
        if each.dataset == "goal":
            LifeDomain(each.properties["domain"])
            GoalTime(each.properties["time"])
        if each.dataset == "contact":
            Reach(each.properties.get("call", "unknown"))
    assert filling.finish()
