"""The page of limits: nothing promised without a test, nothing said of a system without two pages, easy to read."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from planner.packs.built_in import limits, looked_over
from planner.packs.limits import LimitGroup, SystemName, load_limits
from planner.packs.sources import confirmed, load_sources
from planner.packs.texts import PackProblem
from planner.resources import resource
from tests.unit.packs.content import file_texts, toml_files
from tests.unit.packs.held import HELD
from tests.unit.packs.test_reading_level import english_grade, sentences, spanish_ease

ROOT = Path(__file__).resolve().parents[3]
FILES = toml_files("limits")
SOURCES = load_sources()
KEYS = {"id", "icon", "title", "short", "does", "cannot", "can", "step", "sources"}
STEP_KEYS = {"system", "en", "es", "commands", "sources"}
HIGHEST_GRADE = 8.0
"""The issue asks for grade 8; as content of the program each part is held to grade 6 as well."""

# What the page has to speak of: the protections, and what none of them helps against.
SPOKEN_OF = {
    "passphrase", "lock", "by-itself", "everyday", "name", "network", "stick", "log",
    "ways-in", "files", "copies", "erase", "paper",
    "watching-software", "eyes", "forced", "knows", "running", "loss",
    "disk", "swap", "hibernation", "screen", "elsewhere", "sticks", "printers",
}  # fmt: skip


def raw(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


def parts() -> list[dict[str, Any]]:
    return [part for path in FILES for part in raw(path)["part"]]


def test_it_speaks_of_all_that_it_must() -> None:
    assert {each.id for each in limits()} >= SPOKEN_OF
    assert [path.stem for path in FILES] == sorted(LimitGroup)


def test_nothing_was_left_out_in_loading() -> None:
    loaded = {each.id: each for each in limits()}
    for part in parts():
        each = loaded[part["id"]]
        assert len(each.steps) == len(part.get("step", [])), each.id
        for key, said in (("does", each.does), ("cannot", each.cannot), ("can", each.can)):
            assert len(said) == len(part.get(key, {}).get("en", [])), (each.id, key)
        assert each.cannot, each.id
        assert each.can, each.id
        assert bool(each.does) or each.group is not LimitGroup.PROTECTS, each.id
        assert resource("icons", f"{each.icon}.svg").is_file(), each.icon


def test_every_key_is_known_and_every_page_was_read() -> None:
    for part in parts():
        assert set(part) <= KEYS, part["id"]
        assert set(part.get("sources", [])) <= set(SOURCES), part["id"]
        for step in part.get("step", []):
            assert set(step) <= STEP_KEYS, part["id"]
            assert set(step["sources"]) <= set(SOURCES), part["id"]
            assert confirmed(step["sources"], SOURCES), part["id"]


def test_how_memory_is_kept_from_the_disk_is_told_for_each_system() -> None:
    by_id = {each.id: each for each in limits()}
    for name in ("swap", "hibernation"):
        assert {step.system for step in by_id[name].steps} == set(SystemName), name


def test_its_age_is_that_of_the_newest_page_that_was_read() -> None:
    assert looked_over() == max(each.read_date for each in SOURCES.values())


# ---------------------------------------------------------------- what is promised


def missing(held: str) -> str:
    """The test that is not there; "" for one that is."""
    path, _colons, name = held.partition("::")
    if not (ROOT / path).is_file():
        return held
    there = (ROOT / path).read_text("utf-8")
    return "" if re.search(rf"^def {name or 'test_'}", there, re.MULTILINE) else held


def test_a_test_that_is_gone_would_be_noticed() -> None:
    here = "tests/unit/packs/test_limits_said.py"
    assert missing(f"{here}::test_a_test_that_is_gone_would_be_noticed") == ""
    assert missing(f"{here}::test_of_nothing")
    assert missing("tests/nowhere.py")


def test_every_sentence_that_promises_names_the_tests_that_hold_it() -> None:
    promised = {each.id: len(each.does) for each in limits() if each.does}
    assert {name: len(held) for name, held in HELD.items()} == promised
    assert [each for held in HELD.values() for tests in held for each in tests if missing(each)] == []
    assert all(tests for held in HELD.values() for tests in held)


# ---------------------------------------------------------------- how it reads


def test_it_reads_at_grade_8_or_below() -> None:
    english: list[list[str]] = []
    spanish: list[list[str]] = []
    for path in FILES:
        for each in file_texts(path):
            (english if each.language == "en" else spanish).extend(sentences(each.text))
    assert len(english) > 150
    assert english_grade(english) <= HIGHEST_GRADE
    # Fernández Huerta gives 60 and more to what is read in the first years of a secondary school.
    assert spanish_ease(spanish) >= 60.0


@pytest.mark.parametrize("part", parts(), ids=lambda part: part["id"])
def test_no_part_is_a_wall_of_text(part: dict[str, Any]) -> None:
    for language, most in (("en", 120), ("es", 140)):
        said = [part["title"][language], part["short"][language]]
        said += [line for key in ("does", "cannot", "can") for line in part.get(key, {}).get(language, [])]
        assert sum(len(each.split()) for each in said) <= most
        assert len(part["short"][language]) <= 90


# ---------------------------------------------------------------- what is no file of ours

PART = """
[[part]]
id = "a"
icon = "key"
title = {en = "A", es = "A"}
short = {en = "B", es = "B"}
cannot.en = ["C"]
cannot.es = ["C"]
"""
STEP = """
[[part.step]]
system = "linux"
en = "x"
es = "x"
sources = ["lim-usb-linux", "lim-usb-journal"]
"""


@pytest.mark.parametrize(
    "wrong",
    [
        PART + PART,
        PART.replace('cannot.es = ["C"]', 'cannot.es = ["C", "D"]'),
        PART.replace('cannot.es = ["C"]', ""),
        PART.replace('cannot.en = ["C"]', 'cannot.en = "C"'),
        PART.replace('title = {en = "A", es = "A"}', ""),
        PART + STEP.replace('linux"\n', 'beos"\n'),
        PART + STEP.replace('linux"\n', 'linux"\ncommands = "x"\n'),
    ],
)
def test_a_file_that_is_not_as_it_should_be_is_refused(wrong: str, tmp_path: Path) -> None:
    (tmp_path / "protects.toml").write_text(PART + STEP, "utf-8")
    assert [(each.id, len(each.steps)) for each in load_limits(tmp_path, SOURCES)] == [("a", 1)]
    (tmp_path / "protects.toml").write_text(wrong, "utf-8")
    with pytest.raises(PackProblem):
        load_limits(tmp_path, SOURCES)


def test_a_step_without_two_pages_is_left_out(tmp_path: Path) -> None:
    steps = "".join(STEP.replace("lim-usb-journal", each) for each in ("lim-usb-journal", "lim-usb-linux", "nowhere"))
    (tmp_path / "protects.toml").write_text(PART + steps, "utf-8")
    (only,) = load_limits(tmp_path, SOURCES)
    assert [each.sources for each in only.steps] == [("lim-usb-linux", "lim-usb-journal")]
    assert only.all_sources() == ("lim-usb-linux", "lim-usb-journal")
