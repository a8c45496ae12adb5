"""What is special about the two forms on law and money: lists for a lawyer, nothing that could speak against her."""

from __future__ import annotations

import re

import pytest

from planner.forms import Filling
from planner.packs.sources import load_sources
from planner.packs.time_limits import load_time_limits
from tests.unit.packs.content import table
from tests.unit.packs.shipped import asked, filled, proposed
from tests.unit.packs.test_words import forbidden

LAW, MONEY = "legal-map", "money"
REPEAT = {"be": "/data/start/be", "last": "/data/start/last", "due": "/data/start/due"}
# Notes with a number that is no fact: how the program stands to the reader.
NO_FACT = {"left_some"}


def first(filling: Filling, repeat: str) -> str:
    return (filling.repeats(REPEAT[repeat]) or [filling.add_repeat(REPEAT[repeat])])[0]


# ---------------------------------------------------------------- what stands on the screen


@pytest.mark.parametrize("name", [LAW, MONEY])
def test_the_pages_named_beside_a_note_have_neutral_titles(name: str) -> None:
    """A form shows the titles of its pages openly; whoever looks over a shoulder reads them too."""
    sources = load_sources()
    ids = {each for row in table(f"{name}.md", "survey") for each in row["bind::planner:source"].split()}
    assert len(ids) > 10
    assert forbidden("en", "Compensation for crime victims") == ["victim"]
    assert not [(each, sources[each].title) for each in ids if forbidden("en", sources[each].title)]


@pytest.mark.parametrize("name", [LAW, MONEY])
def test_a_note_that_states_a_number_names_its_pages(name: str) -> None:
    notes = [row for row in table(f"{name}.md", "survey") if row["type"] == "note"]
    stating = [row for row in notes if re.search(r"\d", re.sub(r"\$\{\w+\}", "", row["hint::English (en)"]))]
    assert len(stating) > 1
    assert not [row["name"] for row in stating if not row["bind::planner:source"] and row["name"] not in NO_FACT]


@pytest.mark.parametrize("name", [LAW, MONEY])
def test_words_may_be_written_freely_only_for_a_place_and_a_lawyer(name: str) -> None:
    free = {row["name"] for row in table(f"{name}.md", "survey") if row["type"] == "text"}
    assert free == ({"b_place", "lw_name", "lw_phone"} if name == LAW else set())


# ---------------------------------------------------------------- to ask is not to claim


@pytest.mark.parametrize("name", [LAW, MONEY])
def test_to_look_at_a_part_puts_nothing_into_the_plan(name: str) -> None:
    assert filled(name, topics="all").entities() == []


def test_what_is_wanted_is_a_question_for_the_lawyer_with_or_without_a_day() -> None:
    found = proposed(filled(LAW, topics="record order", record_ask="story", order_ask="address renew"))
    visit = found["appointment_lawyer"]
    asks = [value for key, value in visit.properties.items() if key.startswith("ask_")]
    assert "Would I have to speak to a judge?" in asks
    assert "Will they learn where I live or work?" in asks
    assert "starts" not in visit.properties
    again = filled(LAW, topics="record", record_ask="story")
    again.answer("lw_day", "2027-01-05")
    again.answer("lw_time", "10:30")
    assert proposed(again)["appointment_lawyer"].properties["starts"] == "2027-01-05T10:30"


def test_a_part_that_is_closed_again_takes_its_questions_along() -> None:
    filling = filled(LAW, topics="record", record_ask="story")
    filling.answer("topics", "pay")
    assert filling.entities() == []


# ---------------------------------------------------------------- papers and days


def test_papers_that_are_here_and_papers_to_ask_for() -> None:
    found = proposed(filled(LAW, topics="stay", ways="t", t_have="letters", t_want="doctor"))
    papers = {name: each.properties for name, each in found.items() if each.dataset == "paper"}
    assert set(papers) == {"paper_t_letters", "paper_t_doctor"}
    assert papers["paper_t_letters"]["state"] == "received"
    assert "where_to_ask" not in papers["paper_t_letters"]
    assert (papers["paper_t_doctor"]["state"], papers["paper_t_doctor"]["domain"]) == ("missing", "t-status")
    assert papers["paper_t_doctor"]["where_to_ask"].startswith("Ask at the clinic.")
    offered = filled(LAW, topics="stay", ways="t", t_have="letters").question("t_want")
    assert "letters" not in {each.value for each in offered.choices}


@pytest.mark.parametrize(
    ("ways", "domain"), [("t u", "t-status"), ("u cp", "u-status"), ("cp", "continued-presence"), ("other", "t-status")]
)
def test_the_goal_stands_with_the_way_that_was_chosen(ways: str, domain: str) -> None:
    goal = proposed(filled(LAW, topics="stay", ways=ways))["goal_stay"]
    assert goal.properties["domain"] == domain


@pytest.mark.parametrize(
    ("kind", "domain", "warn"),
    [("permit", "papers", "180"), ("order", "protective-order", "60"), ("again", "victim-rights", "14")],
)
def test_a_last_day_becomes_a_time_limit_that_says_where_it_stands(kind: str, domain: str, warn: str) -> None:
    filling = filled(LAW, days="last")
    one = first(filling, "last")
    filling.answer(f"{one}/l_page/l_kind", kind)
    filling.answer(f"{one}/l_page/l_day", "2027-01-05")
    limit = proposed(filling)["clock_last"]
    assert (limit.dataset, limit.properties["due"]) == ("clock", "2027-01-05")
    assert (limit.properties["domain"], limit.properties["warn_days"]) == (domain, warn)
    assert "A lawyer must confirm it." in limit.properties["rule"]


@pytest.mark.parametrize("name", [LAW, MONEY])
def test_the_time_limits_that_are_named_are_shipped(name: str) -> None:
    shipped = {each.id for each in load_time_limits()}
    saves = [row for row in table(f"{name}.md", "survey") if row["save_to"].endswith("#template")]
    named = {each for row in saves for each in re.findall(r", '([a-z-]+)'|^'([a-z-]+)'$", row["calculation"])}
    flat = {one or other for one, other in named}
    assert len(flat) > 2
    assert flat <= shipped


@pytest.mark.parametrize(
    ("repeat", "day", "note"), [("be", "b_page/b_day", "b_past"), ("last", "l_page/l_day", "l_past")]
)
def test_a_day_that_has_passed_gets_the_plain_truth_and_the_next_door(repeat: str, day: str, note: str) -> None:
    filling = filled(LAW, days=repeat)
    one = first(filling, repeat)
    filling.answer(f"{one}/{day}", "2100-01-01")
    assert note not in asked(filling)
    filling.answer(f"{one}/{day}", "2020-01-01")
    assert "today" in filling.question(f"{one}/{note}").hint


def test_an_answer_that_was_no_says_what_can_still_be_done() -> None:
    filling = filled(LAW, topics="stay", ways="t", stage="sent")
    assert "stage_no" not in asked(filling)
    filling.answer("stage", "no")
    assert "how many days you have" in filling.question("stage_no").hint
    assert "Ask what can still be done about the no" in proposed(filling)["goal_stay"].properties.values()


# ---------------------------------------------------------------- money


def test_the_two_sums_of_a_month_stay_out_of_the_plan() -> None:
    filling = filled(MONEY, topics="month", comes="1234", goes="987", save="way")
    assert "247" in filling.question("left_some").label
    assert proposed(filling)
    said = " ".join(value for each in filling.entities() for value in (each.label, *each.properties.values()))
    assert not re.search(r"1234|987|247", said)
    filling.answer("goes", "2000")
    assert {"left_short"} == set(asked(filling)) & {"left_some", "left_short"}


def test_a_court_paper_about_a_debt_says_that_it_must_be_answered() -> None:
    filling = filled(MONEY, due_any="yes")
    one = first(filling, "due")
    filling.answer(f"{one}/due_page/du_kind", "renew")
    assert "du_court" not in asked(filling)
    filling.answer(f"{one}/due_page/du_kind", "court")
    assert "Call legal aid today" in filling.question(f"{one}/du_court").hint
    assert proposed(filling)["clock_money"].label == "A court paper about a debt"


def test_someone_who_says_she_owes_them_is_met_with_help_not_with_a_plan_to_pay() -> None:
    filling = filled(MONEY, topics="debts", debt_kinds="person")
    assert "“Help now”" in filling.question("debt_person").hint.replace('"Help now"', "“Help now”")
    steps = [value for key, value in proposed(filling)["goal_debts"].properties.items() if key.startswith("step_")]
    assert steps
    assert not any("pay" in step.lower() and "before I pay" not in step for step in steps)
