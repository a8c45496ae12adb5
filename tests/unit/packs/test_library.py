"""Goal ideas, guides and appointment kits: each file as it comes, and what their loaders refuse or leave out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planner.packs.forms import shipped_forms
from planner.packs.goal_ideas import load_goal_ideas, read_goal_ideas
from planner.packs.guides import ForWhom, load_guides, read_guide
from planner.packs.items import DoorKind
from planner.packs.kits import load_kits, read_kit
from planner.packs.sources import Source, load_sources
from planner.packs.texts import PackProblem
from planner.plan.life import LifeDomain
from planner.resources import resource
from planner.ui.navigation import PAGES
from tests.unit.packs.content import file_texts, toml_files

MOST_WORDS_ON_A_SCREEN = 190
SOURCES = load_sources()
GOALS = toml_files("goals")
GUIDES = toml_files("guides")
KITS = toml_files("kits")

DOMAIN_OF = {"rights": LifeDomain.VICTIM_RIGHTS}
"""A file is called by its part of life, but for the one whose code word would tell on a disk what it is about."""

# Every key that a file may hold, by the table in which it stands; another one is a slip of the pen.
COMMON = {"id", "title", "about", "jurisdiction", "reviewed", "sources", "icon", "domain", "order", "for", "door"}
LINE = {"en", "es", "sources"}
KEYS: dict[str, set[str]] = {
    "goals": {"goal"},
    "guides": COMMON | {"part"},
    "kits": COMMON | {"bring", "comes", "ask", "no", "after"},
    "goal": COMMON | {"time", "why", "step", "helper", "barrier", "bring", "appointment", "fact"},
    "part": {"title", "text", "points", "sources"},
    "door": {kind.value for kind in DoorKind},
    "step": LINE | {"when"},
    "helper": LINE | {"how"},
    "barrier": LINE | {"way"},
    "appointment": LINE | {"kit"},
}


def ids(paths: list[Path]) -> list[str]:
    return [path.stem for path in paths]


def domain_of(path: Path) -> LifeDomain:
    return DOMAIN_OF.get(path.stem) or LifeDomain(path.stem)


def parsed(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


def strange_keys(table: dict[str, Any], kind: str) -> Iterator[str]:
    for key, value in table.items():
        if key not in KEYS.get(kind, LINE):
            yield f"{kind}: {key}"
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for each in value:
                yield from strange_keys(each, key)


def named_sources(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from inner if key == "sources" else named_sources(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from named_sources(inner)


# ------------------------------------------------------------------------------------------ the files


@pytest.mark.parametrize("path", GOALS + GUIDES + KITS, ids=ids(GOALS + GUIDES + KITS))
def test_every_key_is_known(path: Path) -> None:
    assert not list(strange_keys(parsed(path), path.parent.name))


def test_a_strange_key_is_noticed() -> None:
    slip: dict[str, Any] = {"goal": [{"id": "a", "step": [{"en": "", "whem": ""}]}]}
    assert list(strange_keys(slip, "goals")) == ["step: whem"]


@pytest.mark.parametrize("path", GOALS + GUIDES + KITS, ids=ids(GOALS + GUIDES + KITS))
def test_every_page_it_rests_on_was_read(path: Path) -> None:
    assert not set(named_sources(parsed(path))) - set(SOURCES)


@pytest.mark.parametrize("path", GOALS, ids=ids(GOALS))
def test_goal_ideas_of_a_part_of_life(path: Path) -> None:
    raw, ideas = parsed(path), load_goal_ideas(path)
    assert {each.domain for each in ideas} == {domain_of(path)}
    assert 1 <= len(ideas) <= 4
    kits = {each.id for each in load_kits()}
    for each, written in zip(ideas, raw["goal"], strict=True):
        assert each.title.get("en").startswith("I want "), each.id
        assert each.title.get("es").startswith("Quiero "), each.id
        assert 3 <= len(each.steps) <= 7, each.id
        assert each.helpers, each.id
        assert each.barriers, each.id
        # Nothing was left out in loading: not a fact without a page, not a line whose page nobody read.
        for key in ("step", "helper", "barrier", "bring", "appointment", "fact"):
            kept = getattr(each, key if key == "bring" else f"{key}s")
            assert len(kept) == len(written.get(key, ())), (each.id, key)
        assert {one.kit for one in each.appointments} - {""} <= kits, each.id


@pytest.mark.parametrize("path", GUIDES, ids=ids(GUIDES))
def test_a_guide_is_one_screen(path: Path) -> None:
    raw, (guide,) = parsed(path), load_guides(path)
    assert guide.id == path.stem
    assert len(guide.parts) == len(raw["part"])
    assert guide.domain is not None or guide.for_whom is ForWhom.WORKER
    for code in ("en", "es"):
        said = [each.text for each in file_texts(path) if each.language == code]
        # Spanish takes about a tenth more words for the same.
        limit = MOST_WORDS_ON_A_SCREEN * (1 if code == "en" else 1.15)
        assert sum(len(re.findall(r"\w+", each)) for each in said) <= limit


@pytest.mark.parametrize("path", KITS, ids=ids(KITS))
def test_a_kit_is_one_page(path: Path) -> None:
    raw, (kit,) = parsed(path), load_kits(path)
    assert kit.id == path.stem
    for key in ("bring", "comes", "ask", "no", "after"):
        assert 1 <= len(getattr(kit, key)) == len(raw[key]) <= 8, key
    assert sum(len(raw[key]) for key in ("bring", "comes", "ask", "no", "after")) <= 28


@pytest.mark.parametrize("path", GUIDES + KITS, ids=ids(GUIDES + KITS))
def test_every_door_opens_and_every_icon_is_there(path: Path) -> None:
    (item,) = load_guides(path) if path in GUIDES else load_kits(path)
    assert resource("icons", f"{item.icon}.svg").is_file()
    there = {
        DoorKind.FORM: {each.id for each in shipped_forms()},
        DoorKind.KIT: {each.stem for each in KITS},
        DoorKind.GUIDE: {each.stem for each in GUIDES},
        DoorKind.GOAL: {each.id for each in load_goal_ideas()},
        DoorKind.PAGE: set(PAGES),
    }
    assert not [each for each in item.doors if each.id not in there[each.kind]]


def test_every_part_of_life_has_its_file() -> None:
    assert {domain_of(path) for path in GOALS} == set(LifeDomain)


def test_the_six_kits_are_there() -> None:
    first = tuple(each.id for each in load_kits())[:6]
    assert first == ("first-doctor", "first-therapist", "first-lawyer", "court", "benefits", "school")


def test_ids_are_said_once_and_parts_of_life_stand_in_their_order() -> None:
    ideas = load_goal_ideas()
    assert len({each.id for each in ideas}) == len(ideas)
    order = list(LifeDomain)
    places = [order.index(each.domain) for each in ideas]
    assert places == sorted(places)


# ------------------------------------------------------------------------------------------ what is refused

SAID = {"en": "Yes.", "es": "Sí."}
STANDING: dict[str, Any] = {"jurisdiction": "any", "reviewed": date(2026, 11, 23)}
PAGE = Source("page", "it", "A page", "https://example.org/a", None, date(2026, 11, 23))
KNOWN = {"page": PAGE}
IDEA: dict[str, Any] = {
    "id": "a", "domain": "home", "time": "now", "title": SAID, "why": SAID, "step": [SAID],
    "barrier": [{**SAID, "way": SAID}], **STANDING,
}  # fmt: skip
GUIDE: dict[str, Any] = {
    "id": "a", "for": "self", "domain": "home", "icon": "home", "order": 1, "title": SAID, "about": SAID,
    "part": [{"text": SAID}], **STANDING,
}  # fmt: skip
KIT: dict[str, Any] = {
    "id": "a", "icon": "home", "domain": "home", "title": SAID, "about": SAID, "bring": [SAID], "ask": [SAID],
    **STANDING,
}  # fmt: skip


@pytest.mark.parametrize(
    "broken",
    [
        {"domain": "moon"}, {"time": "never"}, {"step": []}, {"step": [{"en": "Only"}]}, {"why": None}, {"id": ""},
        {"barrier": [SAID]}, {"reviewed": "today"}, {"jurisdiction": 1}, {"step": SAID},
        {"step": [{**SAID, "when": 1}]}, {"fact": [{**SAID, "sources": "page"}]},
    ],
)  # fmt: skip
def test_a_broken_idea_is_refused(broken: dict[str, Any]) -> None:
    assert read_goal_ideas({"goal": [IDEA]}, KNOWN)[0].id == "a"
    with pytest.raises(PackProblem):
        read_goal_ideas({"goal": [{**IDEA, **broken}]}, KNOWN)


@pytest.mark.parametrize("raw", [{}, {"goal": IDEA}, {"goal": [1]}, {"goal": [IDEA, IDEA]}])
def test_a_file_without_a_list_of_different_ideas_is_refused(raw: dict[str, Any]) -> None:
    with pytest.raises(PackProblem):
        read_goal_ideas(raw, KNOWN)


@pytest.mark.parametrize(
    "broken",
    [
        {"for": "all"}, {"domain": "moon"}, {"order": "1"}, {"part": []}, {"part": [{"title": SAID}]}, {"icon": ""},
        {"part": [{"points": {"en": ["One"]}}]}, {"part": [{"points": {"en": ["One", "Two"], "es": ["Una"]}}]},
        {"part": [{"points": {"en": "One", "es": "Una"}}]}, {"part": [{"points": {"en": [""], "es": ["Una"]}}]},
        {"door": [{"kit": "a", "form": "b"}]}, {"door": [{"window": "a"}]}, {"id": ""}, {"reviewed": None},
    ],
)  # fmt: skip
def test_a_broken_guide_is_refused(broken: dict[str, Any]) -> None:
    assert read_guide(GUIDE, KNOWN).parts[0].text is not None
    with pytest.raises(PackProblem):
        read_guide({**GUIDE, **broken}, KNOWN)


@pytest.mark.parametrize("broken", [{"bring": []}, {"ask": "x"}, {"domain": ""}, {"about": {}}, {"door": [{"kit": 1}]}])
def test_a_broken_kit_is_refused(broken: dict[str, Any]) -> None:
    assert read_kit(KIT, KNOWN).ask[0].words.get("es") == "Sí."
    with pytest.raises(PackProblem):
        read_kit({**KIT, **broken}, KNOWN)


def test_an_item_without_an_id_takes_the_name_of_its_file_or_is_refused() -> None:
    guide = {key: value for key, value in GUIDE.items() if key != "id"}
    kit = {key: value for key, value in KIT.items() if key != "id"}
    assert (read_guide(guide, KNOWN, "b").id, read_kit(kit, KNOWN, "c").id) == ("b", "c")
    for read, raw in ((read_guide, guide), (read_kit, kit)):
        with pytest.raises(PackProblem):
            read(raw, KNOWN)


def test_what_rests_on_a_page_nobody_read_is_left_out() -> None:
    good, bad, none = ({**SAID, "sources": ids} for ids in (["page"], ["page", "elsewhere"], []))
    (idea,) = read_goal_ideas({"goal": [{**IDEA, "step": [good, bad, none], "fact": [good, bad, none]}]}, KNOWN)
    assert [each.sources for each in idea.steps] == [("page",), ()]
    assert [each.sources for each in idea.facts] == [("page",)]
    assert idea.sources == ("page",)
    parts = [{"text": SAID, "sources": ["elsewhere"]}, {"text": SAID, "sources": ["page"]}]
    assert [each.sources for each in read_guide({**GUIDE, "part": parts}, KNOWN).parts] == [("page",)]
    assert len(read_kit({**KIT, "no": [good, bad]}, KNOWN).no) == 1


def test_whose_it_is_is_kept() -> None:
    assert read_guide(GUIDE, KNOWN, giver="Casa Sol").giver == "Casa Sol"
    assert read_kit(KIT, KNOWN).giver == ""


def test_what_was_looked_over_more_than_a_year_ago_says_so() -> None:
    standing = read_kit(KIT, KNOWN).standing
    assert not standing.please_check(date(2027, 11, 23))
    assert standing.please_check(date(2027, 11, 24))
