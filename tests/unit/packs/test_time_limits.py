"""Time limits and kinds of papers: the shipped files, and what their loaders refuse or leave out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.packs.items import DoorKind
from planner.packs.kits import load_kits
from planner.packs.paper_kinds import load_paper_kinds, read_paper_kinds
from planner.packs.sources import Source, confirmed, load_sources
from planner.packs.texts import PackProblem, Words
from planner.packs.time_limits import LimitKind, Reckon, load_time_limits, read_time_limits
from planner.resources import resource
from tests.unit.packs.content import LABELS, file_texts, form_files, table, toml_files

SOURCES = load_sources()
LIMITS, PAPERS = load_time_limits(), load_paper_kinds()
FILES = toml_files("clocks", "papers")

KEYS = {
    "clock": {
        *("id", "kind", "domain", "icon", "warn_days", "jurisdiction", "reviewed", "title", "about", "ask", "rule"),
        *("past", "door", "hours", "best", "reckon"),
    },
    "paper": {
        *("id", "icon", "domain", "jurisdiction", "reviewed", "title", "place", "ask", "need", "cost", "safe"),
        *("expires", "also"),
    },
    "reckon": {"years", "months", "days", "from"},
    "door": {kind.value for kind in DoorKind},
}
LINE = {"en", "es", "sources"}
NEVER = re.compile(
    r"\b(missed|failed|late fee|victim|survivor|trafficking|non-compliant|subject"
    r"|víctima|sobreviviente|trata de personas|fracas\w+|incumpl\w+)\b",
    re.IGNORECASE,
)


def parsed(path: Path) -> list[dict[str, Any]]:
    (entries,) = tomllib.loads(path.read_text("utf-8")).values()
    found: list[dict[str, Any]] = entries
    return found


def strange_keys(table: dict[str, Any], kind: str) -> Iterator[str]:
    for key, value in table.items():
        if key not in KEYS.get(kind, LINE):
            yield f"{kind}: {key}"
        for each in value if isinstance(value, list) else (value,):
            if isinstance(each, dict) and not (kind == "paper" and key == "ask"):
                yield from strange_keys(each, key)


@pytest.mark.parametrize("path", FILES, ids=[str(path.parent.name) for path in FILES])
def test_every_key_is_known(path: Path) -> None:
    kind = {"clocks": "clock", "papers": "paper"}[path.parent.name]
    assert not [slip for each in parsed(path) for slip in strange_keys(each, kind)]
    assert list(strange_keys({"id": "a", "rule": [{"en": "", "ess": ""}]}, "clock")) == ["rule: ess"]


@pytest.mark.parametrize("path", FILES, ids=[str(path.parent.name) for path in FILES])
def test_nothing_was_left_out_in_loading(path: Path) -> None:
    loaded: dict[str, Any] = {each.id: each for each in LIMITS} | {each.id: each for each in PAPERS}
    for each in parsed(path):
        for key in ("rule", "past") if path.parent.name == "clocks" else ("ask", "need", "cost", "safe"):
            assert len(getattr(loaded[each["id"]], key)) == len(each.get(key, ())), (each["id"], key)


@pytest.mark.parametrize("path", FILES, ids=[str(path.parent.name) for path in FILES])
def test_no_word_that_blames_or_outs(path: Path) -> None:
    assert NEVER.search("You missed it")
    assert not [each for each in file_texts(path) if NEVER.search(each.text)]


@pytest.mark.parametrize("each", LIMITS, ids=[each.id for each in LIMITS])
def test_each_time_limit_says_where_it_stands_and_what_can_still_be_done(each: Any) -> None:
    assert each.rule, each.id
    assert each.past, each.id
    assert resource("icons", f"{each.icon}.svg").is_file()
    assert {door.id for door in each.doors if door.kind is DoorKind.KIT} <= {kit.id for kit in load_kits()}
    numbers = [line for line in (*each.rule, *each.past) if re.search(r"\d", line.words.get("en"))]
    assert all(line.sources for line in numbers), "a number is a fact, and a fact has its page"


@pytest.mark.parametrize("each", [each for each in LIMITS if each.kind is LimitKind.HOURS], ids=lambda each: each.id)
def test_what_runs_out_in_hours_is_confirmed_twice_and_asks_for_nothing(each: Any) -> None:
    assert each.ask is None
    assert each.reckon is None
    assert confirmed(each.rule[0].sources, SOURCES)
    assert 0 <= each.best <= each.hours


def test_a_phone_number_is_confirmed_twice() -> None:
    lines = [line for each in LIMITS for line in (*each.rule, *each.past) if re.search(r"\d{3}-\d{4}", str(line.words))]
    assert lines
    assert all(confirmed(line.sources, SOURCES) for line in lines)


@pytest.mark.parametrize("each", PAPERS, ids=[each.id for each in PAPERS])
def test_each_kind_of_paper_says_where_what_it_costs_and_how_it_comes_safely(each: Any) -> None:
    assert each.place is not None
    assert all((each.ask, each.cost, each.safe))
    assert resource("icons", f"{each.icon}.svg").is_file()


def test_a_paper_of_the_form_is_known_by_its_name() -> None:
    named = {row["name"]: row for row in table("my-papers.md", "choices") if row["list_name"] == "paper"}
    for name, kind in {
        "birth": "birth-record", "id": "state-id", "social": "social-security", "permit": "immigration",
        "school": "school", "health": "medical",
    }.items():  # fmt: skip
        for label in LABELS.values():
            said = named[name][f"label::{label}"]
            assert [each.id for each in PAPERS if each.is_called(f" {said.upper()} ")] == [kind]
    assert not any(each.is_called("") for each in PAPERS)


TEMPLATE = re.compile(r"'([a-z][a-z-]+)'")


@pytest.mark.parametrize("name", form_files())
def test_a_form_names_time_limits_that_are_there(name: str) -> None:
    known = {each.id for each in LIMITS if each.kind is LimitKind.DAY}
    for row in table(name, "survey"):
        if row.get("save_to", "").startswith("clock") and row["save_to"].endswith("#template"):
            # What is compared stands before the comma of each "if"; what it gives, after it.
            given = re.sub(r"\$\{[^}]*\}\s*=\s*'[^']*'", "", row["calculation"])
            assert set(TEMPLATE.findall(given)) <= known, row["name"]


# ------------------------------------------------------------------------------------------ reckoning

ASK = Words({"en": "The day", "es": "El día"})
DAYS = st.dates(date(1950, 1, 1), date(2150, 1, 1))


@given(DAYS, st.integers(0, 30), st.integers(0, 60), st.integers(-31, 900))
def test_reckoning_goes_by_the_calendar(start: date, years: int, months: int, days: int) -> None:
    last = Reckon(ASK, years, months, days).last_day(start)
    whole = Reckon(ASK, years, months).last_day(start)
    assert (last - whole).days == days
    assert (whole.year * 12 + whole.month) - (start.year * 12 + start.month) == 12 * years + months
    assert whole.day == start.day or (whole.day < start.day and (whole.replace(day=1).month == whole.month))


@pytest.mark.parametrize(
    ("reckon", "start", "last"),
    [
        (Reckon(ASK, years=1, days=-1), date(2026, 3, 12), date(2027, 3, 11)),
        (Reckon(ASK, months=6, days=-1), date(2026, 8, 31), date(2027, 2, 27)),
        (Reckon(ASK, years=1), date(2024, 2, 29), date(2025, 2, 28)),
        (Reckon(ASK, days=10), date(2026, 12, 28), date(2027, 1, 7)),
    ],
)
def test_what_a_lawyer_would_count(reckon: Reckon, start: date, last: date) -> None:
    assert reckon.last_day(start) == last


# ------------------------------------------------------------------------------------------ what is refused

SAID = {"en": "Yes.", "es": "Sí."}
KNOWN = {"page": Source("page", "it", "A page", "https://example.org/a", None, date(2026, 11, 23))}
STANDING: dict[str, Any] = {"jurisdiction": "us", "reviewed": date(2026, 11, 23)}
DAY: dict[str, Any] = {
    "id": "a", "kind": "day", "domain": "home", "icon": "home", "title": SAID, "about": SAID, "ask": SAID,
    "rule": [SAID], **STANDING,
}  # fmt: skip
HOURS: dict[str, Any] = {**{key: value for key, value in DAY.items() if key != "ask"}, "kind": "hours", "hours": 72}
PAPER: dict[str, Any] = {"id": "a", "icon": "papers", "domain": "papers", "title": SAID, "ask": [SAID], **STANDING}


@pytest.mark.parametrize(
    "broken",
    [
        {"kind": "weeks"}, {"domain": "moon"}, {"hours": 72}, {"warn_days": -1}, {"warn_days": 99999}, {"ask": "day"},
        {"reckon": 3}, {"reckon": {"from": SAID}}, {"reckon": {"from": SAID, "days": -400}}, {"title": {"en": "x"}},
        {"reckon": {"from": SAID, "years": 99}}, {"reckon": {"years": 1}}, {"reviewed": "2026"}, {"rule": SAID},
        {"warn_days": True}, {"id": ""}, {"door": [{}]},
    ],
)  # fmt: skip
def test_a_broken_time_limit_is_refused(broken: dict[str, Any]) -> None:
    assert read_time_limits({"clock": [DAY]}, KNOWN)[0].id == "a"
    with pytest.raises(PackProblem):
        read_time_limits({"clock": [{**DAY, **broken}]}, KNOWN)


@pytest.mark.parametrize("broken", [{"hours": 0}, {"hours": 9999}, {"best": 96}, {"ask": SAID}, {"hours": "72"}])
def test_broken_hours_are_refused(broken: dict[str, Any]) -> None:
    (made,) = read_time_limits({"clock": [HOURS]}, KNOWN)
    assert (made.kind, made.hours, made.ask) == (LimitKind.HOURS, 72, None)
    with pytest.raises(PackProblem):
        read_time_limits({"clock": [{**HOURS, **broken}]}, KNOWN)


@pytest.mark.parametrize("broken", [{"ask": []}, {"domain": ""}, {"expires": "yes"}, {"title": 1}, {"cost": "free"}])
def test_a_broken_kind_of_paper_is_refused(broken: dict[str, Any]) -> None:
    assert read_paper_kinds({"paper": [PAPER]}, KNOWN)[0].place is None
    with pytest.raises(PackProblem):
        read_paper_kinds({"paper": [{**PAPER, **broken}]}, KNOWN)


def test_one_id_stands_once() -> None:
    with pytest.raises(PackProblem):
        read_time_limits({"clock": [DAY, DAY]}, KNOWN)
    with pytest.raises(PackProblem):
        read_paper_kinds({"paper": [PAPER, PAPER]}, KNOWN)


def test_what_rests_on_a_page_nobody_read_is_left_out() -> None:
    good, bad = {**SAID, "sources": ["page"]}, {**SAID, "sources": ["page", "elsewhere"]}
    (made,) = read_time_limits({"clock": [{**DAY, "rule": [good, bad], "past": [bad]}]}, KNOWN)
    assert (len(made.rule), made.past, made.sources) == (1, (), ("page",))
    assert read_time_limits({"clock": [{**DAY, "rule": [bad]}]}, KNOWN) == (), "without a rule there is no limit"
    assert read_paper_kinds({"paper": [{**PAPER, "cost": [bad]}]}, KNOWN)[0].cost == ()


def test_whose_it_is_is_kept() -> None:
    assert read_time_limits({"clock": [DAY]}, KNOWN, "Casa Sol")[0].giver == "Casa Sol"
    assert read_paper_kinds({"paper": [PAPER]}, KNOWN, "Casa Sol")[0].giver == "Casa Sol"
