"""SECURITY.md and the README promise nothing whose test is not there, and say what is not promised."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from planner.store.local import Local

ROOT = Path(__file__).resolve().parents[2]
SECURITY = (ROOT / "SECURITY.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
TEST = re.compile(r"`(tests/[\w/]+(?:\.py)?)(?:::(\w+))?`")

# The attackers against whom it is built, each with what was tried.
ATTACKERS = (
    "Picks up the unlocked laptop",
    "Watches the screen",
    "Copies the disk",
    "Looks through the system for traces",
    "Hands over a poisoned USB stick",
    "A colleague on the same shelter machine",
    "Forces it open",
    "A subpoena",
    "A dying disk",
)


def missing_tests(words: str) -> list[str]:
    """Tests that are named and not there; a folder counts where there are programs in it."""
    missing = []
    for path, name in TEST.findall(words):
        place = ROOT / path
        there = place.is_file() if path.endswith(".py") else any(place.glob("*.py"))
        if not there or (name and not re.search(rf"^def {name}\b", place.read_text("utf-8"), re.MULTILINE)):
            missing.append(f"{path}::{name}" if name else path)
    return missing


def test_a_test_that_is_not_there_would_be_noticed() -> None:
    here = "tests/unit/test_security_said.py"
    assert missing_tests(f"`{here}` `{here}::missing_tests` `tests/unit`") == []
    assert missing_tests(f"`tests/nowhere.py` `{here}::nothing` `tests/none`") == [
        "tests/nowhere.py",
        f"{here}::nothing",
        "tests/none",
    ]


@pytest.mark.parametrize("words", [SECURITY, README], ids=["security", "readme"])
def test_every_test_that_is_named_is_there(words: str) -> None:
    assert missing_tests(words) == []


def test_every_promise_names_a_test() -> None:
    promises = SECURITY.partition("<!-- promises -->")[2].partition("<!-- /promises -->")[0]
    rows = [row for row in promises.splitlines() if row.startswith("|")][2:]
    assert len(rows) > 15
    assert [row for row in rows if not TEST.search(row)] == []


# What can be read without a passphrase (``local.json``), and the word by which the README tells of it.
OUTSIDE = {
    "language": "the look",
    "text_size": "the look",
    "theme": "the look",
    "labels": "neutral labels",
    "help_on_lock_screen": "a help line",
    "help_lines": "a help line",
    "last": "made of the copy of a damaged one",
    "leave_key": "key",
    "called": "the name",
    "mark": "picture",
    "shortcut": "shortcut",
}


def test_whatever_can_be_read_without_a_passphrase_is_told() -> None:
    assert {each.name for each in fields(Local)} == set(OUTSIDE)
    told = " ".join(README.partition("Outside the encrypted file stand only")[2].partition("\n\n")[0].split())
    assert [word for word in OUTSIDE.values() if word not in told] == []


@pytest.mark.parametrize("attacker", ATTACKERS)
def test_for_each_attacker_it_says_what_was_tried_what_happened_and_what_is_left(attacker: str) -> None:
    words = SECURITY.partition(f"**{attacker}.**")[2].partition("\n\n")[0]
    assert all(head in words for head in ("Tried:", "Happened:", "Left:")) or attacker == "Forces it open"
    assert words


@pytest.mark.parametrize(
    "head",
    [
        "Who it is built for, and against whom",
        "What is promised",
        "What is not promised",
        "What is not a vulnerability",
        "How to report",
        "Written, never run",
    ],
)
def test_it_has_what_is_asked_of_it(head: str) -> None:
    assert f"\n## {head}\n" in SECURITY


def test_it_names_no_person_no_host_and_no_address() -> None:
    assert re.findall(r"https?://|[\w.]+@[\w.]+", SECURITY) == []


def test_it_travels_with_the_source() -> None:
    build = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]
    assert "/SECURITY.md" in build["targets"]["sdist"]["include"]
    assert "(SECURITY.md)" in README
