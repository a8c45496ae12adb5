"""The two short forms as a caseworker reads them: their tables, before any program has worked on them."""

from __future__ import annotations

import html
import re

import pytest
from pyxform.xls2xform import convert

from planner.forms import Form
from planner.plan.records import PaperState
from planner.plan.scales import SCALES, STEPS, step_words
from planner.resources import resource
from planner.words import in_language
from tests.unit.packs.content import LABELS, form_files, form_texts, reasons, table

FORMS = ("weekly-check-in", "my-papers")
ASKS = ("text", "integer", "decimal", "date", "time", "dateTime", "select_one", "select_multiple", "range", "image")
MOST_QUESTIONS = 25


def survey(form: str) -> list[dict[str, str]]:
    return table(f"{form}.md", "survey")


def questions(form: str) -> list[dict[str, str]]:
    return [row for row in survey(form) if row["type"].split(" ")[0] in ASKS]


def test_every_free_text_field_of_every_form_has_its_reason_and_no_reason_is_left_over() -> None:
    fields = {
        (name.removesuffix(".md"), row["name"])
        for name in form_files()
        for row in table(name, "survey")
        if row["type"].split(" ")[0] == "text"
    }
    assert fields == set(reasons())
    assert all(len(each) > 40 for each in reasons().values())


@pytest.mark.parametrize("form", FORMS)
def test_it_is_short_and_nothing_is_required(form: str) -> None:
    assert 0 < len(questions(form)) <= MOST_QUESTIONS
    assert not any(row.get("required") for row in survey(form))


@pytest.mark.parametrize("form", FORMS)
def test_what_could_be_asked_for_says_so_and_why_it_is_asked(form: str) -> None:
    sensitive = [row for row in questions(form) if row["bind::planner:sensitive"] == "yes"]
    others = {row["name"] for row in questions(form)} - {row["name"] for row in sensitive}
    assert others <= {"easier"}
    for row in sensitive:
        assert "A court could ask to see it." in row["guidance_hint::English (en)"], row["name"]
        assert "Una corte podría pedir verlo." in row["guidance_hint::Español (es)"], row["name"]


@pytest.mark.parametrize("form", FORMS)
def test_every_word_stands_in_both_languages_and_reaches_the_form(form: str) -> None:
    warnings: list[str] = []
    plain = html.unescape(convert(str(resource("forms", f"{form}.md")), warnings=warnings, validate=False).xform)
    assert not warnings
    for each in form_texts(f"{form}.md"):
        # What is put in stands there as an element; pyxform straightens curly quotation marks.
        words = re.sub(r"\$\{\w+\}", "", each.text).replace("“", '"').replace("”", '"')
        assert words in plain, each
    for row in [*questions(form), *(each for each in survey(form) if each["type"] == "note")]:
        assert all(row[f"label::{label}"] for label in LABELS.values()), row["name"]


@pytest.mark.parametrize("form", FORMS)
def test_what_is_written_fits_together(form: str) -> None:
    names = {row["name"] for row in survey(form)}
    lists = {row["name"]: row["type"].split(" ")[1] for row in questions(form) if " " in row["type"]}
    known = {(row["list_name"], row["name"]) for row in table(f"{form}.md", "choices")}
    assert {each for each, _name in known} == set(lists.values())
    pairs = r"selected\(\$\{(\w+)\}, '([\w-]+)'\)|\$\{(\w+)\} (?:!=|=) '([\w-]+)'"
    looked_at = 0
    for row in [*survey(form), *table(f"{form}.md", "entities")]:
        for expression in row.values():
            assert set(re.findall(r"\$\{([^}]*)\}", expression)) <= names, row
            for one, first, other, second in re.findall(pairs, expression):
                looked_at += 1
                assert (lists[one or other], first or second) in known, expression
    assert looked_at > 10


@pytest.mark.parametrize("form", FORMS)
def test_it_opens_without_a_problem(form: str) -> None:
    assert Form.load(resource("forms", f"{form}.md")).problems == ()


@pytest.mark.parametrize("form", FORMS)
def test_it_states_no_figure_no_number_to_call_and_no_fee(form: str) -> None:
    """What is not confirmed by two sources is a question to ask; these two forms state nothing that would need them."""
    for each in form_texts(f"{form}.md"):
        assert not re.search(r"[\d$%€](?!\{)", each.text), each


def test_the_check_in_asks_our_six_scales_in_their_own_words() -> None:
    saved = {row["save_to"] for row in survey("weekly-check-in") if row["type"] == "select_one how"}
    assert saved == {f"check-in_week#scale_{name}" for name in SCALES}
    steps = {row["name"]: row for row in table("weekly-check-in.md", "choices") if row["list_name"] == "how"}
    assert set(steps) == {str(value) for value in STEPS}
    for language, label in LABELS.items():
        with in_language(language):
            for value in STEPS:
                assert steps[str(value)][f"label::{label}"].lower() == step_words(value), value


def test_where_a_paper_stands_is_said_with_the_words_of_the_program() -> None:
    found = {row["name"] for row in table("my-papers.md", "choices") if row["list_name"] == "state"}
    assert found == {each.value for each in PaperState}
