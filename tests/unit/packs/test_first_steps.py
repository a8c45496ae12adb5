"""The first form as a caseworker reads it: its tables, before any program has worked on them."""

from __future__ import annotations

import html
import re

import pytest
from pyxform.xls2xform import convert

from planner.packs.sources import confirmed, load_sources
from planner.plan.life import LifeDomain
from planner.plan.records import GoalTime
from planner.resources import resource
from tests.unit.packs.content import LABELS, form_texts, reasons, table

FORM = "first-steps.md"
SURVEY = table(FORM, "survey")
CHOICES = table(FORM, "choices")
ENTITIES = table(FORM, "entities")
ASKS = ("text", "integer", "decimal", "date", "time", "dateTime", "select_one", "select_multiple")


def column(row: dict[str, str], name: str) -> str:
    return row.get(name, "")


def questions() -> list[dict[str, str]]:
    return [row for row in SURVEY if row["type"].split(" ")[0] in ASKS]


def inherited(mark: str) -> dict[str, str]:
    """The value of a mark for every row, its own or that of the groups around it."""
    open_groups: list[str] = []
    found: dict[str, str] = {}
    for row in SURVEY:
        if row["type"].startswith("begin"):
            open_groups.append(column(row, mark))
        elif row["type"].startswith("end"):
            open_groups.pop()
        else:
            found[row["name"]] = column(row, mark) or next((each for each in reversed(open_groups) if each), "")
    assert not open_groups
    return found


def test_it_begins_with_what_would_help_most() -> None:
    assert questions()[0]["label::English (en)"] == "What would help most today?"


def test_nothing_is_required() -> None:
    assert not any(column(row, "required") for row in SURVEY)


def test_every_question_and_choice_has_words_in_both_languages() -> None:
    for row in [*questions(), *(each for each in SURVEY if each["type"] == "note"), *CHOICES]:
        for label in LABELS.values():
            assert row[f"label::{label}"], row["name"]


def test_every_choice_list_is_there_and_used() -> None:
    asked = {row["type"].split(" ")[1] for row in questions() if " " in row["type"]}
    assert asked == {row["list_name"] for row in CHOICES}
    assert len({(row["list_name"], row["name"]) for row in CHOICES}) == len(CHOICES)


def test_every_sensitive_question_says_why_who_and_that_a_court_could_ask() -> None:
    who = inherited("bind::planner:who")
    sensitive = [row for row in questions() if column(row, "bind::planner:sensitive") == "yes"]
    assert len(sensitive) >= 10
    for row in sensitive:
        assert who[row["name"]] in {"you", "you-and-worker"}, row["name"]
        assert "court" in row["guidance_hint::English (en)"], row["name"]
        assert "corte" in row["guidance_hint::Español (es)"], row["name"]


def test_names_health_dates_and_hopes_are_marked_sensitive() -> None:
    marked = {row["name"] for row in questions() if column(row, "bind::planner:sensitive") == "yes"}
    assert {"p_name", "a_name", "k_name", "p_phone", "body_care", "body_today", "d_kind", "hope"} <= marked


def test_every_free_text_field_has_its_reason_and_no_reason_is_left_over() -> None:
    fields = {("first-steps", row["name"]) for row in SURVEY if row["type"].split(" ")[0] == "text"}
    assert fields == {each for each in reasons() if each[0] == "first-steps"}


def test_keeping_away_takes_a_name_and_nothing_else() -> None:
    names = [row["name"] for row in SURVEY]
    inside = SURVEY[names.index("away_person") + 1 :]
    inside = inside[: next(number for number, row in enumerate(inside) if row["type"] == "end repeat")]
    assert [row["type"] for row in inside] == ["text", "calculate"]


def test_what_runs_out_in_hours_is_never_tied_to_an_answer() -> None:
    """The three kinds of care are notes; the only question after them does not say which of them matters."""
    notes = [row for row in SURVEY if row["name"] in {"body_hiv", "body_ec", "body_exam"}]
    assert [row["type"] for row in notes] == ["note"] * 3
    assert not any(column(row, "relevant") for row in notes)
    used = " ".join(value for row in [*SURVEY, *ENTITIES] for key, value in row.items() if key != "name")
    assert not re.search(r"body_(?:hiv|ec|exam)", used)


@pytest.mark.parametrize(
    "row", [row for row in SURVEY if column(row, "bind::planner:source")], ids=lambda row: row["name"]
)
def test_every_fact_has_two_independent_sources(row: dict[str, str]) -> None:
    sources = load_sources()
    ids = row["bind::planner:source"].split()
    assert set(ids) <= set(sources)
    assert confirmed(ids, sources)


def test_a_page_with_a_figure_or_a_phone_number_names_its_sources() -> None:
    for row in SURVEY:
        shown = " ".join(row[f"{part}::English (en)"] for part in ("label", "hint"))
        if re.search(r"\d", shown):
            assert column(row, "bind::planner:source"), row["name"]


def test_time_limits_send_her_to_the_phone_today_and_promise_nothing() -> None:
    for name in ("body_hiv", "body_ec", "body_exam", "d_missed"):
        (row,) = [row for row in SURVEY if row["name"] == name]
        english, spanish = row["hint::English (en)"], row["hint::Español (es)"]
        assert "today" in english
        assert "hoy" in spanish
        assert not re.search(r"\b(will be fine|always|never too late|guarantee|too late)\b", english.lower())


def test_every_goal_has_a_part_of_life_a_time_steps_and_no_invented_reason() -> None:
    groups = {row["name"]: row for row in SURVEY if row["type"] == "begin group"}
    goals = [row["list_name"] for row in ENTITIES if row["list_name"].startswith("goal_")]
    assert len(goals) >= 10
    saved = {column(row, "save_to") for row in SURVEY}
    for each in goals:
        assert f"{each}#step_1" in saved
        assert f"{each}#why" not in saved
        if each == "goal_hope":
            assert {"goal_hope#domain", "goal_hope#time"} <= saved
            continue
        LifeDomain(groups[each]["bind::planner:domain"])
        GoalTime(groups[each]["bind::planner:time"])
        title = next(row for row in SURVEY if row["name"] == each.removeprefix("goal_") + "_title")
        assert title["label::English (en)"].startswith("I want "), each
        assert title["label::Español (es)"].startswith("Quiero "), each


def test_choices_that_become_fields_of_a_record_have_its_values() -> None:
    values = {name: {row["name"] for row in CHOICES if row["list_name"] == name} for name in ("part", "when", "safe")}
    assert values["part"] <= {each.value for each in LifeDomain}
    assert values["when"] == {each.value for each in GoalTime}
    assert values["safe"] == {"yes", "no", "unknown"}


def test_every_name_in_an_expression_is_a_question() -> None:
    names = {row["name"] for row in SURVEY}
    for row in [*SURVEY, *ENTITIES]:
        for expression in row.values():
            assert set(re.findall(r"\$\{([^}]*)\}", expression)) <= names, row


def test_every_choice_named_in_an_expression_exists() -> None:
    lists = {row["name"]: row["type"].split(" ")[1] for row in questions() if " " in row["type"]}
    known = {(row["list_name"], row["name"]) for row in CHOICES}
    pairs = r"selected\(\$\{(\w+)\}, '([\w-]+)'\)|\$\{(\w+)\} (?:!=|=) '([\w-]+)'"
    looked_at = 0
    for row in [*SURVEY, *ENTITIES]:
        for expression in row.values():
            for one, first, other, second in re.findall(pairs, expression):
                question, value = one or other, first or second
                if question in lists:
                    looked_at += 1
                    assert (lists[question], value) in known, expression
    assert looked_at > 40


def test_it_becomes_an_xform_without_a_warning_and_with_every_word() -> None:
    warnings: list[str] = []
    xform = convert(str(resource("forms", FORM)), warnings=warnings, validate=False).xform
    assert not warnings
    plain = html.unescape(xform)
    for each in form_texts(FORM):
        # pyxform straightens curly quotation marks.
        assert each.text.replace("“", '"').replace("”", '"') in plain, each
    assert xform.count("<entity ") >= len(ENTITIES)
