"""Home, School and training, Work, Hard days and Looking back: what is special to each, in the real runtime."""

from __future__ import annotations

import pytest

from planner.plan.clock import read_wall
from tests.unit.packs.content import form_texts, table
from tests.unit.packs.shipped import asked, filled, form, place, proposed

HOME, SCHOOL, WORK, HARD, BACK = "home", "school", "work", "hard-days", "looking-back"
ALL = (HOME, SCHOOL, WORK, HARD, BACK)


@pytest.mark.parametrize("name", ALL)
def test_left_blank_it_proposes_nothing(name: str) -> None:
    assert form(name).start().entities() == []


@pytest.mark.parametrize("name", ALL)
def test_it_opens_without_a_problem_and_nothing_is_required(name: str) -> None:
    assert form(name).problems == ()
    assert not any(row.get("required") for row in table(f"{name}.md", "survey"))


@pytest.mark.parametrize("name", ALL)
def test_what_could_be_asked_for_says_so(name: str) -> None:
    marked = [row for row in table(f"{name}.md", "survey") if row.get("bind::planner:sensitive") == "yes"]
    assert marked
    for row in marked:
        assert row["guidance_hint::English (en)"].endswith("A court could ask to see it."), row["name"]
        assert row["guidance_hint::Español (es)"].endswith("Una corte podría pedir verlo."), row["name"]
    unmarked_text = {
        row["name"]
        for row in table(f"{name}.md", "survey")
        if row["type"] == "text" and row.get("bind::planner:sensitive") != "yes"
    }
    assert not unmarked_text


def test_nothing_asks_whether_somebody_may_live_or_work_here() -> None:
    """Such an answer would be a statement about immigration that a court could read; a lawyer asks it, nobody else."""
    telling = ("undocumented", "illegal", "work permit", "visa status", "indocumentad", "ilegal", "sin papeles de")
    for name in ALL:
        for each in form_texts(f"{name}.md"):
            assert not any(word in each.text.lower() for word in telling), each


# ---------------------------------------------------------------- home


@pytest.mark.parametrize("answer", [{"feel": "no"}, {"stay": "out"}])
def test_an_unsafe_night_comes_first(answer: dict[str, str]) -> None:
    filling = filled(HOME, **answer)
    assert "tonight" in asked(filling)
    assert "Help now" in filling.question("tonight").hint
    goal = proposed(filling)["goal_stay"]
    assert (goal.properties["step_1_when"], goal.properties["time"]) == ("today", "now")


def test_the_last_day_of_a_stay_warns_ahead_and_a_past_one_has_a_next_door() -> None:
    filling = filled(HOME, until="day", until_day="2100-05-01")
    assert proposed(filling)["clock_stay"].properties["due"] == "2100-05-01"
    assert "until_past" not in asked(filling)
    filling.answer(place(filling, "until_day"), "2020-05-01")
    assert "today" in filling.question("until_past").hint
    found = proposed(filling)
    assert "clock_stay" not in found
    assert "Ask a legal aid office today, before I leave" in found["goal_stay"].properties.values()


def test_wanting_to_be_ready_for_a_question_says_nothing_of_oneself() -> None:
    goal = proposed(filled(HOME, hurdle="record status evicted"))["goal_home"]
    barriers = [value for key, value in goal.properties.items() if key.startswith("barrier") and "way" not in key]
    assert len(barriers) == 3
    assert all(each.startswith("If they ask") for each in barriers)


def test_each_list_is_called_again_on_its_day() -> None:
    filling = filled(HOME, lists_any="yes")
    filling.answer(place(filling, "h_name"), "North list")
    filling.answer(place(filling, "h_next"), "2027-02-01")
    draft = proposed(filling)["appointment_list"]
    assert (draft.label, draft.properties["starts"]) == ("Call again: North list", "2027-02-01")
    assert draft.properties["ask_1"] == "Am I still on the list?"


# ---------------------------------------------------------------- work, school


@pytest.mark.parametrize(("sign", "odd"), [("id", True), ("nooffer", False), ("none", False), ("live money", True)])
def test_an_odd_offer_is_shown_to_somebody_first(sign: str, odd: bool) -> None:
    filling = filled(WORK, sign=sign)
    assert ("slow" in asked(filling)) is odd
    assert ("goal_offer" in proposed(filling)) is odd


def test_a_line_for_the_years_in_between_is_a_step_and_a_way_round() -> None:
    goal = proposed(filled(WORK, line="own", line_own="I moved here."))["goal_work"]
    assert "Have my line ready for an interview" in goal.properties.values()
    assert "If they ask about the years in between" in goal.properties.values()
    assert "I moved here." not in str(goal), "the line itself stays in the form"


def test_who_speaks_for_her_may_not_know_the_past_where_she_says_so() -> None:
    filling = filled(WORK, ref_any="yes")
    filling.answer(place(filling, "r_name"), "Ro")
    filling.answer(place(filling, "r_past"), "no")
    draft = proposed(filling)["contact_reference"]
    assert (draft.label, draft.properties["knows_not_1"]) == ("Ro", "Private things")


@pytest.mark.parametrize(
    ("name", "day", "hour", "kind"),
    [
        (WORK, "t_day", "t_time", "appointment_talk"),
        (SCHOOL, "v_day", "v_time", "appointment_school"),
        (HOME, "v_day", "v_time", "appointment_visit"),
    ],
)
@pytest.mark.parametrize(("said", "starts"), [("", "2027-01-05"), ("10:30", "2027-01-05T10:30")])
def test_a_visit_has_its_day_and_hour(name: str, day: str, hour: str, kind: str, said: str, starts: str) -> None:
    filling = filled(name, **{"talk_any" if name == WORK else "visit_any": "yes"})
    filling.answer(place(filling, day), "2027-01-05")
    filling.answer(place(filling, hour), said)
    found = proposed(filling)[kind].properties["starts"]
    assert found == starts
    read_wall(found)


def test_only_school_papers_she_wants_are_kept_track_of() -> None:
    found = proposed(filled(SCHOOL, need_paper="shots"))
    assert set(found) == {"paper_shots", "goal_learn"}
    assert found["paper_shots"].properties["state"] == "missing"
    assert proposed(filled(SCHOOL, need_paper="none")) == {}


# ---------------------------------------------------------------- hard days, looking back


@pytest.mark.parametrize(("rating", "helps"), [("1", True), ("2", True), ("3", False)])
def test_a_hard_day_leads_to_help_before_the_plan(rating: str, helps: bool) -> None:
    names = asked(filled(HARD, how_now=rating))
    assert ("help_first" in names) is helps
    assert not helps or names.index("help_first") == 1


def test_a_day_goes_into_the_calendar_under_a_plain_name_and_hers_alone() -> None:
    filling = filled(HARD, mark_any="yes")
    filling.answer(place(filling, "h_name"), "quiet")
    filling.answer(place(filling, "h_day"), "2027-03-02")
    filling.answer(place(filling, "h_year"), "yes")
    draft = proposed(filling)["appointment_day"]
    assert draft.label == "A quiet day"
    assert draft.properties["repeat"] == "FREQ=YEARLY"
    assert draft.properties["mine_alone"] == "yes"
    assert "note" not in draft.properties
    filling.answer(place(filling, "h_alone"), "no")
    assert "mine_alone" not in proposed(filling)["appointment_day"].properties


def test_why_a_day_is_hard_has_no_field() -> None:
    texts = [row["name"] for row in table("hard-days.md", "survey") if row["type"] == "text"]
    assert texts == ["person", "words_own"]
    (draft,) = filled(HARD, days="date birthday", sign="pull").entities()
    said = " ".join(draft.properties.values())
    assert "date" not in said.lower().replace("date only", "")
    assert "birthday" not in said.lower()


def test_what_is_better_is_kept_with_the_day_and_an_ending_program_warns() -> None:
    filling = filled(BACK, better="sleep no", hope="4", ends="yes", ends_day="2100-06-30", take="file bye")
    found = proposed(filling)
    assert found["check-in_back"].properties["note"] == "Better now: I sleep better. I can say no."
    assert found["check-in_back"].properties["scale_hope"] == "4"
    assert found["clock_program"].properties["due"] == "2100-06-30"
    assert "Ask what they keep about me, for how long, and who may see it" in found["goal_after"].properties.values()


def test_very_little_hope_leads_to_help() -> None:
    filling = filled(BACK, hope="2")
    assert "help_hope" not in asked(filling)
    filling.answer(place(filling, "hope"), "1")
    assert "Help now" in filling.question("help_hope").hint


def test_nobody_is_asked_to_tell_the_story_in_public() -> None:
    filling = filled(BACK, give="story")
    assert "lawyer" in filling.question("story").hint
    assert "Ask my lawyer before I speak in public" in proposed(filling)["goal_year"].properties.values()
    assert "goal_year" not in proposed(filled(BACK, give="no"))
