from __future__ import annotations

import copy
import tomllib
from datetime import date
from typing import Any

import pytest

from planner.packs.help_lines import About, Way, load_help_lines, read_help_lines
from planner.packs.sources import Source, load_sources, newest
from planner.packs.texts import PackProblem
from planner.resources import resource

CHANGE_OF_OPERATOR = date(2025, 9, 30)


def source(name: str, address: str, page_date: date | None) -> Source:
    return Source(name, "all", "A page", address, page_date, date(2026, 11, 23))


SOURCES = {
    "a": source("a", "https://a.org/", date(2026, 5, 1)),
    "b": source("b", "https://b.org/", date(2024, 5, 1)),
    "a2": source("a2", "https://www.a.org/more", date(2026, 6, 1)),
}
SAID = {"en": "Yes.", "es": "Sí."}
RAW: dict[str, Any] = {
    "jurisdiction": "US",
    "reviewed": date(2026, 11, 23),
    "claim": [{"about": "bill", **SAID, "sources": ["a", "b"]}],
    "line": [
        {
            "id": "one",
            "name": SAID,
            "for": SAID,
            "number": [
                {"way": "call", "value": "1", "sources": ["a", "b"]},
                {"way": "text", "value": "2", "send": "HI", "sources": ["a", "a2"]},
            ],
            "claim": [
                {"about": "operator", **SAID, "sources": ["a"]},
                {"about": "reporting", **SAID, "sources": ["a", "b"]},
            ],
            "ask": [SAID],
        },
        {"id": "two", "name": SAID, "for": SAID, "number": [{"way": "call", "value": "3", "sources": ["b", "gone"]}]},
    ],
}


def test_what_two_sources_do_not_carry_never_reaches_the_screen() -> None:
    found = read_help_lines(RAW, SOURCES)
    assert [each.id for each in found.lines] == ["one"]
    line = found.lines[0]
    assert [(each.way, each.value) for each in line.numbers] == [(Way.CALL, "1")]
    assert [each.about for each in line.claims] == [About.REPORTING]
    assert line.claim(About.OPERATOR) is None
    assert line.ask[0].get("es") == "Sí."
    assert set(found.dropped) == {"one, 2", "one, operator", "two, 3", "two"}
    assert found.line("two") is None


def test_please_check_when_the_newest_source_is_older_than_a_year() -> None:
    line = read_help_lines(RAW, SOURCES).lines[0]
    assert line.newest == date(2026, 5, 1)
    assert not line.please_check(date(2027, 5, 1))
    assert line.please_check(date(2027, 5, 2))


def test_a_number_that_a_statute_sets_never_grows_old() -> None:
    emergency = load_help_lines().lines[0]
    assert [number.value for number in emergency.numbers] == ["911"]
    assert all(number.law for number in emergency.numbers)
    assert not emergency.please_check(date(2036, 1, 1))
    others = [line for line in load_help_lines().lines if line is not emergency and line.id != emergency.id]
    assert all(line.please_check(date(2036, 1, 1)) for line in others)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("line", 0, "name"), {"en": "Only English"}),
        (("line", 0, "for"), "text"),
        (("line", 0, "id"), ""),
        (("line", 1, "id"), "one"),
        (("line", 0, "number", 0, "way"), "pigeon"),
        (("line", 0, "number", 0, "sources"), "a b"),
        (("line", 0, "claim", 0, "about"), "weather"),
        (("line",), {}),
        (("reviewed",), "yesterday"),
    ],
)
def test_a_broken_file_is_refused(path: tuple[str | int, ...], value: object) -> None:
    raw = copy.deepcopy(RAW)
    place: Any = raw
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(PackProblem):
        read_help_lines(raw, SOURCES)


def test_the_shipped_directory_loses_nothing_and_begins_with_the_emergency_number() -> None:
    found = load_help_lines()
    assert found.dropped == ()
    assert found.lines[0].numbers[0].value == "911"
    assert {"988", "1-888-373-7888"} <= {number.value for line in found.lines for number in line.numbers}
    assert found.reviewed == max(each.read_date for each in load_sources().values())


def test_each_shipped_line_says_or_asks_about_reporting_bill_and_language() -> None:
    for line in load_help_lines().lines:
        assert line.ask
        if line.id in {"emergency", "poison"}:
            continue
        asked = " ".join(each.get("en") for each in line.ask)
        assert line.claim(About.REPORTING) or "tell" in asked or "send someone" in asked, line.id


def test_a_text_to_911_is_never_offered_as_a_number() -> None:
    emergency = load_help_lines().line("emergency")
    assert emergency is not None
    assert {each.way for each in emergency.numbers} == {Way.CALL}
    assert any("text to 911" in each.get("en") for each in emergency.ask)


def test_operator_and_reporting_of_the_national_line_come_from_pages_about_the_new_operator() -> None:
    line = load_help_lines().line("befree")
    assert line is not None
    sources = load_sources()
    for about in (About.OPERATOR, About.REPORTING):
        claim = line.claim(about)
        assert claim is not None
        assert claim.newest is not None
        assert claim.newest >= CHANGE_OF_OPERATOR
        assert all("Compass" in sources[each].supports for each in claim.sources if each != "acf-compass")
        assert newest(claim.sources, sources) == claim.newest
    assert line.claim(About.LANGUAGES) is None


def test_every_source_is_known_and_its_row_names_the_number() -> None:
    raw = tomllib.loads(resource("directory", "help-us.toml").read_text("utf-8"))
    sources = load_sources()
    for line in raw["line"]:
        for number in line["number"]:
            for each in number["sources"]:
                assert number["value"] in sources[each].supports, (line["id"], each)
        for claim in line.get("claim", []):
            assert set(claim["sources"]) <= set(sources)
