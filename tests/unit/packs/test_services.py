"""National services: what two publishers do not carry is neither shown nor found by; own entries are cut to size."""

from __future__ import annotations

import copy
import tomllib
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.packs.help_lines import About, load_help_lines, read_help_lines
from planner.packs.services import (
    MANY,
    MOST_ENTRIES,
    MOST_LINE,
    MOST_TEXT,
    WRITTEN,
    Cost,
    Ease,
    Need,
    load_services,
    own_service,
    read_services,
)
from planner.packs.sources import Source, confirmed, load_sources
from planner.packs.texts import PackProblem
from planner.resources import resource

SAID = {"en": "Yes.", "es": "Sí."}
SOURCES = {
    name: Source(name, "all", "A page", f"https://{name}.org/", date(2026, 5, 1), date(2026, 11, 23)) for name in "ab"
}
RAW: dict[str, Any] = {
    "jurisdiction": "US",
    "reviewed": date(2026, 11, 23),
    "service": [
        {
            "id": "one",
            "name": SAID,
            "for": SAID,
            "needs": ["food"],
            "languages": ["es", "*"],
            "cost": "free",
            "eases": ["night", "no-id"],
            "number": [{"way": "text", "value": "1", "sources": ["a", "b"]}],
            "claim": [
                {"about": "languages", **SAID, "sources": ["a", "b"]},
                {"about": "cost", **SAID, "sources": ["a", "b"]},
                {"about": "hours", **SAID, "sources": ["a", "b"]},
            ],
        },
        {"id": "two", "name": SAID, "for": SAID, "number": [{"way": "call", "value": "3", "sources": ["a"]}]},
    ],
}


def changed(**values: Any) -> dict[str, Any]:
    raw = copy.deepcopy(RAW)
    raw["service"][0].update(values)
    return raw


def test_a_service_without_a_number_that_two_carry_is_not_there() -> None:
    (one,) = read_services(RAW, SOURCES)
    assert (one.id, set(one.needs), set(one.languages), one.cost) == ("one", {Need.FOOD}, {"es", MANY}, Cost.FREE)


def test_it_is_found_only_by_what_a_confirmed_claim_says() -> None:
    (one,) = read_services(RAW, SOURCES)
    assert one.eases == {Ease.NIGHT, Ease.WRITE}, (
        "nobody says that no ID is needed; a text number says that one can write"
    )
    for about in ("languages", "cost", "hours"):
        claims = [{**each, "sources": ["a"]} if each["about"] == about else each for each in RAW["service"][0]["claim"]]
        (less,) = read_services(changed(claim=claims), SOURCES)
        assert (not less.languages) == (about == "languages")
        assert (less.cost is Cost.UNKNOWN) == (about == "cost")
        assert (Ease.NIGHT not in less.eases) == (about == "hours")


@pytest.mark.parametrize(
    "values",
    [
        {"needs": "food"},
        {"needs": ["gold"]},
        {"cost": "cheap"},
        {"eases": ["magic"]},
        {"languages": [3]},
        {"id": ""},
        {"name": {"en": "One"}},
    ],
)
def test_a_broken_entry_is_refused(values: dict[str, Any]) -> None:
    with pytest.raises(PackProblem):
        read_services(changed(**values), SOURCES)


def test_no_service_takes_the_place_of_a_help_line() -> None:
    lines = load_help_lines().lines
    with pytest.raises(PackProblem):
        read_services(changed(id="emergency"), SOURCES, lines)
    with pytest.raises(PackProblem):
        read_services({**RAW, "known": [{"id": "nobody", "needs": ["food"]}]}, SOURCES, lines)
    found = read_services(RAW, SOURCES, lines)
    assert [each.line for each in found][: len(lines)] == list(lines)


def test_of_the_shipped_services_nothing_lacks_its_sources() -> None:
    raw = tomllib.loads(resource("directory", "services-us.toml").read_text("utf-8"))
    sources = load_sources()
    assert read_help_lines({**raw, "line": raw["service"]}, sources).dropped == ()
    shipped = load_services()
    assert {each["id"] for each in raw["service"]} <= {each.id for each in shipped}
    for each in shipped:
        for number in each.line.numbers:
            assert confirmed(number.sources, sources), f"{each.id}: {number.value}"
            assert number.value.replace("-", "").isdigit() or "." in number.value
        assert not each.languages or each.line.claim(About.LANGUAGES)
        assert each.cost is Cost.UNKNOWN or each.line.claim(About.COST)


def test_what_is_written_beside_a_shipped_service_counts() -> None:
    """Said in the file and without effect would be a mistake of the file."""
    raw = tomllib.loads(resource("directory", "services-us.toml").read_text("utf-8"))
    shipped = {each.id: each for each in load_services()}
    for each in (*raw["service"], *raw["known"]):
        found = shipped[each["id"]]
        assert set(each.get("languages", ())) == set(found.languages), each["id"]
        assert each.get("cost", "") == found.cost, each["id"]
        assert set(each.get("eases", ())) <= set(found.eases), each["id"]


ANY: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=30) | st.dictionaries(st.sampled_from(["number", "label"]), inner),
)


@given(st.dictionaries(st.sampled_from(WRITTEN), ANY))
def test_an_own_entry_takes_whatever_comes_and_nothing_too_long(values: dict[str, Any]) -> None:
    entry = own_service(values)
    again = own_service({name: getattr(entry, name) for name in WRITTEN})
    assert again == entry
    assert entry.cost in set(Cost)
    assert set(entry.needs) <= set(Need)
    assert set(entry.eases) <= set(Ease)
    assert max(map(len, (entry.phones, entry.languages))) <= MOST_ENTRIES


def test_what_is_long_is_cut() -> None:
    entry = own_service({"name": "x" * 9999, "note": "y" * 9999, "phones": [{"number": "1" * 9999}] * 99})
    assert (len(entry.name), len(entry.note), len(entry.phones)) == (MOST_LINE, MOST_TEXT, MOST_ENTRIES)
    assert len(entry.phones[0]["number"]) == MOST_LINE
