"""Every shipped form: it opens, speaks both languages throughout, leads to every question and to an end, and proposes
for a plan only what a plan can hold.

Which questions can be reached, and which lists may be empty, is found by going through a form at random a thousand
times (issue "First-week content", "Done when").
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from planner.forms import Form
from planner.packs.forms import shipped_forms
from planner.packs.sources import load_sources
from planner.resources import resource
from tests.unit.packs.content import LABELS, TRANSLATED, form_files, reasons, table
from tests.unit.packs.walking import Walker

ROOT = Path(__file__).parents[3]
FORMS = form_files()
SHOWN = {
    *("text", "integer", "decimal", "date", "time", "dateTime", "select_one", "select_multiple", "rank", "range"),
    *("note", "acknowledge", "image", "file", "barcode"),
}
ASKS = SHOWN - {"note"}
SAME_IN_BOTH = re.compile(
    r"[\d\s\W]*|\$\{\w+\}|no|zelle|cash app|venmo|wic|ssi|ssdi|medicaid|social|hotel|motel|snap|medicare", re.IGNORECASE
)


@cache
def form(name: str) -> Form:
    return Form.load(resource("forms", name))


@cache
def survey(name: str) -> tuple[dict[str, str], ...]:
    return tuple(table(name, "survey"))


def kind(row: dict[str, str]) -> str:
    return row["type"].split(" ")[0]


def shown(name: str) -> set[str]:
    """The names of all that a form can show. The words before a heavy part are its section's page."""
    return {row["name"] for row in survey(name) if kind(row) in SHOWN and not row["name"].endswith("_section_note")}


def test_every_form_is_in_the_list_once() -> None:
    assert sorted(each.source for each in shipped_forms()) == FORMS


@pytest.mark.parametrize("name", FORMS)
def test_it_opens_without_a_problem(name: str) -> None:
    assert form(name).problems == ()
    assert set(form(name).languages) == set(LABELS.values())
    assert form(name).id == name.removesuffix(".md")


@pytest.mark.parametrize("name", FORMS)
def test_no_cell_is_left_untranslated(name: str) -> None:
    for row in (*survey(name), *table(name, "choices")):
        said = row.get("type", ""), row["name"]
        for column in TRANSLATED:
            english, spanish = (row.get(f"{column}::{label}", "") for label in LABELS.values())
            assert bool(english) == bool(spanish), (said, column)
            assert english != spanish or SAME_IN_BOTH.fullmatch(english), (said, column, english)
    for row in survey(name):
        if kind(row) in SHOWN or row["type"] == "begin repeat":
            assert row["label::English (en)"], row["name"]


@pytest.mark.parametrize("name", FORMS)
def test_what_a_form_puts_into_the_plan_is_said_in_the_language_in_use(name: str) -> None:
    """A text written out in an expression would stay English."""
    # What a check-in is called is not kept.
    entities = [row for row in table(name, "entities") if not row["list_name"].startswith("check-in")]
    for row in (*survey(name), *entities):
        for column, cell in row.items():
            if column.startswith(("calculation", "label", "bind::planner:set")) and "::" not in column.removeprefix(
                "bind::"
            ):
                for written in re.findall(r"'([^']*)'", cell):
                    assert not re.search(r"[a-zA-Z]{2}.*\s[a-zA-Z]{2}", written) or "itext" in cell, cell


@pytest.mark.parametrize("name", FORMS)
def test_nothing_must_be_answered(name: str) -> None:
    assert not [row["name"] for row in survey(name) if row.get("required")]


@pytest.mark.parametrize("name", FORMS)
def test_each_sensitive_question_says_who_sees_it_and_whether_a_court_could_ask(name: str) -> None:
    marked: list[tuple[str, str]] = []
    for row in survey(name):
        own = row.get("bind::planner:sensitive", ""), row.get("bind::planner:who", "")
        if row["type"].startswith("begin"):
            marked.append(own)
            continue
        if row["type"].startswith("end"):
            marked.pop()
            continue
        levels = [*marked, own]
        if kind(row) in ASKS and any(sensitive == "yes" for sensitive, _who in levels):
            assert any(seen for _sensitive, seen in levels), row["name"]
            assert re.search(r"\bcourt", row["guidance_hint::English (en)"].lower()), row["name"]
            assert re.search(r"\b(?:corte|juzgado|juez|tribunal)", row["guidance_hint::Español (es)"].lower()), row[
                "name"
            ]
    assert not marked


@pytest.mark.parametrize("name", FORMS)
def test_every_field_for_free_words_has_its_reason_and_no_reason_is_left_over(name: str) -> None:
    """Where words may be written freely, a story may be written that is later used against her."""
    fields = {(form(name).id, row["name"]) for row in survey(name) if kind(row) == "text"}
    assert fields == {each for each in reasons() if each[0] == form(name).id}
    assert all(len(reasons()[each]) > 20 for each in fields)


@pytest.mark.parametrize("name", FORMS)
def test_a_fact_names_pages_that_were_read(name: str) -> None:
    known = set(load_sources())
    for row in survey(name):
        assert set(row.get("bind::planner:source", "").split()) <= known, row["name"]


@pytest.mark.parametrize("name", FORMS)
def test_a_form_about_the_law_leaves_the_story_to_the_lawyer(name: str) -> None:
    if not any(row.get("bind::planner:domain", "") in {"t-status", "record-relief"} for row in survey(name)):
        return
    words = " ".join(value for row in survey(name) for value in row.values())
    assert "Tell the story only to your lawyer" in words
    assert re.search(r"[Cc]uenta (?:la|tu) historia solo a", words)


@pytest.mark.parametrize("name", FORMS)
def test_a_thousand_ways_through_it_lead_to_an_end_and_to_every_question(name: str) -> None:
    """In a process of its own, in which nothing is measured: that takes longer than the walks."""
    plain = {key: value for key, value in os.environ.items() if not key.startswith("COVERAGE")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.unit.packs.walking_all", name],
        cwd=ROOT,
        env=plain,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["walks"] == 1000
    assert shown(name) - set(found["seen"]) == set()
    # What a form can propose is proposed at times; "again" is left to the tests of answering anew.
    assert {row["list_name"] for row in table(name, "entities")} - set(found["proposed"]) == set()


def test_the_walker_would_notice_what_is_never_reached() -> None:
    made = Form.load(resource("forms", "weekly-check-in.md"))
    walker = Walker(made, 1)
    walker.walk()
    assert "no_such_question" not in {ref.rsplit("/", 1)[-1] for ref in walker.seen}
    assert walker.seen
