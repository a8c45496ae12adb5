"""Health, Healing, Family, People around me and Talking about it: what is special to each, in the real runtime."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from planner.forms import Filling
from tests.unit.packs.content import LABELS, form_texts, table
from tests.unit.packs.shipped import answer, asked, form, place, proposed

HEALTH, HEALING, FAMILY, PEOPLE, TALKING = "health", "healing", "family", "people-around-me", "talking-about-it"
ALL = (HEALTH, HEALING, FAMILY, PEOPLE, TALKING)
NOT_ASKED = {"note", "calculate", "begin group", "end group", "begin repeat", "end repeat"}
TODAY = datetime(2027, 3, 12, 9, tzinfo=UTC)
EARLIER, LATER = "2027-03-01", "2027-04-20"

# What nobody may be able to read out of her answers in a court: drink and drugs, pregnancy, infections, sex.
TELLING = re.compile(r"pregnan|abort|\bhiv\b|\bsex|drunk|heroin|cocaine|\bmeth\b|embaraz|\bvih\b|\bdrog", re.IGNORECASE)


def filled(form_id: str, language: str = "en", **answers: str) -> Filling:
    return answer(form(form_id).start(lambda: TODAY, language), answers)


def section(form_id: str, name: str) -> list[dict[str, str]]:
    """The rows of a group, without the group itself."""
    rows, depth, inside = table(f"{form_id}.md", "survey"), 0, False
    found: list[dict[str, str]] = []
    for row in rows:
        if inside:
            depth += row["type"].startswith("begin") - row["type"].startswith("end")
            if depth < 0:
                return found
            found.append(row)
        inside = inside or row["name"] == name
    raise AssertionError(name)


@pytest.mark.parametrize("name", ALL)
def test_left_blank_it_proposes_nothing(name: str) -> None:
    assert filled(name).entities() == []


@pytest.mark.parametrize("name", ALL)
def test_someone_who_does_not_know_yet_can_see_all_of_it(name: str) -> None:
    some, everything = set(asked(filled(name))), set(asked(filled(name, parts="all")))
    chosen = {row["name"] for row in table(f"{name}.md", "choices") if row["list_name"] == "part"} - {"all"}
    assert some < everything
    for part in chosen:
        assert some < set(asked(filled(name, parts=part))) < everything, part


@pytest.mark.parametrize("name", ALL)
def test_a_telling_answer_cannot_be_chosen(name: str) -> None:
    assert TELLING.search("Being pregnant")
    assert TELLING.search("Alcohol o drogas")
    for row in table(f"{name}.md", "choices"):
        words = " ".join(row[f"label::{label}"] for label in LABELS.values())
        assert not TELLING.search(words), words


# ---------------------------------------------------------------- health


def test_care_that_runs_out_in_hours_is_told_to_everyone_and_tied_to_no_answer() -> None:
    told = [row for row in section(HEALTH, "soon") if row["type"] == "note"]
    names = {row["name"] for row in told} - {"soon_section_note"}
    assert len(names) >= 5
    assert names <= set(asked(filled(HEALTH)))
    expressions = " ".join(
        cell
        for row in (*table("health.md", "survey"), *table("health.md", "entities"))
        for key, cell in row.items()
        if key != "name"
    )
    assert "${today}" in expressions
    assert not any(each in expressions for each in names)


def test_what_is_better_not_written_is_not_asked() -> None:
    asks = [row["name"] for row in section(HEALTH, "private") if row["type"] not in NOT_ASKED]
    assert asks == ["alone"]


def test_a_medicine_that_runs_out_becomes_a_time_limit_and_one_that_ran_out_a_call_today() -> None:
    soon = filled(HEALTH, parts="medicine", med="soon", med_day=LATER)
    limit = proposed(soon)["clock_medicine"]
    assert (limit.dataset, limit.properties["due"], limit.properties["warn_days"]) == ("clock", LATER, "7")
    assert limit.properties["domain"] == "health"
    assert "med_past" not in asked(soon)
    past = filled(HEALTH, parts="medicine", med="soon", med_day=EARLIER)
    assert "clock_medicine" not in proposed(past)
    assert "med_past" in asked(past)
    assert "today" in past.question("med_past").hint


@pytest.mark.parametrize("paid", ["state", "mine"])
def test_a_plan_to_renew_becomes_a_time_limit(paid: str) -> None:
    later = filled(HEALTH, parts="pay", paid=paid, renew=LATER)
    assert proposed(later)["clock_plan"].properties["due"] == LATER
    past = filled(HEALTH, parts="pay", paid=paid, renew=EARLIER)
    assert "clock_plan" not in proposed(past)
    assert "renew_past" in asked(past)


def test_a_visit_goes_into_the_calendar_with_what_to_bring_and_ask_and_not_what_it_is_for() -> None:
    filling = filled(HEALTH, parts="visit", wish="company interpreter", v_any="yes", v_day=LATER, v_time="10:30:00.000")
    visit = proposed(filling)["appointment_visit"]
    assert visit.label == "A visit at the clinic"
    assert visit.properties["starts"] == f"{LATER}T10:30"
    assert visit.properties["who_comes"] == "Someone with me"
    assert visit.properties["interpreter"]
    assert {"bring_1", "ask_1"} <= set(visit.properties)
    assert not TELLING.search(" ".join(visit.properties.values()))
    assert "appointment_visit" not in proposed(filled(HEALTH, parts="visit", wish="company"))


def test_a_plan_that_someone_else_holds_leads_to_a_safe_address() -> None:
    filling = filled(HEALTH, parts="pay", paid="theirs")
    assert "theirs" in asked(filling)
    assert "Ask the insurance to write to me at a safe address" in proposed(filling)["goal_pay"].properties.values()
    assert "theirs" not in asked(filled(HEALTH, parts="pay", paid="mine"))


# ---------------------------------------------------------------- healing


def test_help_is_named_before_the_first_question() -> None:
    filling = filled(HEALING)
    assert asked(filling)[:3] == ["welcome", "help_first", "parts"]
    assert '"Help now"' in filling.question("help_first").label
    filling.language = "es"
    assert "«Ayuda ahora»" in filling.question("help_first").label


def test_about_drink_and_drugs_nothing_is_asked_or_put_into_the_plan() -> None:
    rows = section(HEALING, "use")
    assert len(rows) >= 5
    assert {row["type"] for row in rows} - {"begin group", "end group"} == {"note"}
    # Shown to everyone, so that not even having chosen it is kept.
    told = {row["name"] for row in rows if row["type"] == "note"} - {"use_section_note"}
    assert told <= set(asked(filled(HEALING)))


def test_the_questions_she_chose_go_into_the_visit() -> None:
    filling = filled(HEALING, "es", parts="help", want="maybe", t_ask="told court", t_any="yes", t_day=LATER)
    visit = proposed(filling)["appointment_talk"].properties
    asks = [value for name, value in sorted(visit.items()) if name.startswith("ask_")]
    assert asks == ["¿Qué tiene que contar a otros?", "¿Le pueden llamar a la corte por mí?"]
    assert visit["starts"] == LATER


def test_who_wants_nobody_now_gets_no_goal_for_it() -> None:
    assert proposed(filled(HEALING, parts="help", want="later")) == {}


# ---------------------------------------------------------------- family


def test_names_are_asked_of_those_she_looks_after_and_who_may_pick_them_up_and_of_nobody_else() -> None:
    texts = {row["name"] for row in table("family.md", "survey") if row["type"] == "text"}
    assert texts == {"k_name", "k_pick_1", "k_pick_2", "c_place"}


def test_a_child_keeps_what_it_needs_and_who_may_pick_it_up() -> None:
    filling = filled(FAMILY, parts="children", kids_any="yes", k_name="Bo", k_needs="doctor play", k_pick_1="Auntie")
    child = proposed(filling)["dependent"]
    assert (child.label, child.properties["may_collect_1"]) == ("Bo", "Auntie")
    assert child.properties["needs"] == "A doctor or a dentist. Play and friends."
    assert "may_collect_2" not in child.properties


def test_a_day_in_court_that_has_passed_leads_to_a_lawyer_today() -> None:
    filling = filled(FAMILY, parts="court", c_any="yes", c_day=EARLIER)
    assert "c_missed" in asked(filling)
    assert "Call a lawyer today" in filling.question("c_missed").hint
    assert "c_missed" not in asked(filled(FAMILY, parts="court", c_any="yes", c_day=LATER))


def test_legal_parts_say_to_tell_the_story_only_to_the_lawyer() -> None:
    said = {each.language: each.text for each in form_texts("family.md") if "court_section_note/hint" in each.place}
    assert "only to your lawyer" in said["en"]
    assert "solo a tu abogada o abogado" in said["es"]


# ---------------------------------------------------------------- people


@pytest.mark.parametrize(("week", "repeats"), [("yes", "FREQ=WEEKLY"), ("no", None)])
def test_a_group_can_stand_in_the_calendar_each_week(week: str, repeats: str | None) -> None:
    filling = filled(PEOPLE, parts="more", like="class", g_any="yes", g_name="Choir", g_day=LATER, g_week=week)
    group = proposed(filling)["appointment_group"]
    assert (group.label, group.properties["starts"]) == ("Choir", LATER)
    assert group.properties.get("repeat") == repeats


def test_only_what_makes_it_hard_for_her_stands_as_being_in_the_way() -> None:
    def in_the_way(hard: str) -> int:
        goal = proposed(filled(PEOPLE, parts="more", like="friend", hard=hard))["goal_company"].properties
        return sum(bool(re.fullmatch(r"barrier_\d", name)) for name in goal)

    assert (in_the_way("trust"), in_the_way("trust kids")) == (1, 2)


def test_someone_near_stands_in_the_ring_she_chose() -> None:
    filling = filled(PEOPLE, parts="near", near_any="yes", p_name="Ann", p_role="peer", p_good="talk", p_ring="further")
    contact = proposed(filling)["contact_near"].properties
    assert (contact["ring"], contact["role"]) == ("further", "Someone who knows how it is")


# ---------------------------------------------------------------- talking about it


def test_what_someone_may_know_cannot_be_what_they_must_not_know() -> None:
    filling = filled(TALKING, parts="map", m_any="yes", w_name="Ann", w_may="phone work")
    left = {choice.value for choice in filling.question(place(filling, "w_not")).choices}
    assert left == {"home", "health", "court", "before"}
    filling.answer(place(filling, "w_not"), "home")
    contact = proposed(filling)["contact_knows"].properties
    knows = {value for name, value in contact.items() if re.fullmatch(r"knows_\d", name)}
    assert knows == {"My number", "Where I work or study"}
    assert [value for name, value in contact.items() if name.startswith("knows_not")] == ["Where I live"]


def test_a_line_that_is_true_of_none_is_never_put_into_her_mouth() -> None:
    goal = proposed(filled(TALKING, parts="work", job="gap", gap="none"))["goal_job"].properties
    assert "Think of one true line of my own" in goal.values()
    assert not any("If they ask about gaps" in value for value in goal.values())


def test_a_line_of_her_own_goes_into_the_plan_in_her_words() -> None:
    assert "goal_line" not in proposed(filled(TALKING, parts="anyone", line="other"))
    goal = proposed(filled(TALKING, parts="anyone", line="other", line_own="Ask me tomorrow."))["goal_line"]
    assert goal.properties["step_1"] == "My line: Ask me tomorrow."


def test_of_what_is_online_nothing_is_written_down() -> None:
    asks = [row["type"] for row in section(TALKING, "online") if row["type"] not in NOT_ASKED]
    assert asks == ["select_multiple online"]
    assert proposed(filled(TALKING, parts="online", web="no")) == {}


def test_a_threat_is_kept_and_told_the_same_day_and_never_paid() -> None:
    filling = filled(TALKING, parts="online", web="threat")
    assert "Do not pay" in filling.question("web_threat").hint
    steps = " ".join(proposed(filling)["goal_web"].properties.values())
    assert "the same day" in steps
    assert "web_law" not in asked(filling)
