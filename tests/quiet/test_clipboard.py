"""What other programs on the same screen of X11 can read of what was copied or marked here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.quiet.screen import Talker, needs_x11

HERE = Path(__file__).parent
WORD = "bluebird-and-heron"
HINT = "x-kde-passwordManagerHint"

pytestmark = needs_x11


@pytest.fixture(scope="module")
def outside(there: dict[str, str]) -> Iterator[Talker]:
    talker = Talker(HERE / "outside.py", surroundings=there)
    yield talker
    talker.end()


@pytest.fixture
def ours(there: dict[str, str], tmp_path: Path) -> Iterator[Talker]:
    talker = Talker(HERE / "copying.py", "ours", tmp_path / "data", surroundings=there)
    yield talker
    talker.end()


@pytest.fixture
def plain(there: dict[str, str]) -> Iterator[Talker]:
    talker = Talker(HERE / "copying.py", "plain", surroundings=there)
    yield talker
    talker.end()


def read(outside: Talker, what: str) -> tuple[str, list[str]]:
    text, formats = json.loads(outside.ask(what))
    return text, formats


def test_of_a_plain_window_all_is_read(plain: Talker, outside: Talker) -> None:
    """The same eyes, on the same screen, see what an ordinary program leaves."""
    plain.ask("mark")
    assert read(outside, "selection")[0] == WORD
    plain.ask("copy")
    text, formats = read(outside, "clipboard")
    assert text == WORD
    assert HINT not in formats
    for asked in ("wait", "close"):
        plain.ask(asked)
        assert read(outside, "clipboard")[0] == WORD
        assert read(outside, "selection")[0] == WORD


def test_what_is_marked_is_read_by_nobody(ours: Talker, outside: Talker) -> None:
    ours.ask("mark")
    assert read(outside, "selection")[0] == ""
    ours.ask("copy")
    assert read(outside, "selection")[0] == ""


def test_what_a_field_copies_can_be_pasted_and_bears_the_hint(ours: Talker, outside: Talker) -> None:
    ours.ask("copy")
    text, formats = read(outside, "clipboard")
    assert text == WORD
    assert HINT in formats


@pytest.mark.parametrize("how", ["wait", "lock", "hide", "close"])
def test_it_is_gone_after_a_while_and_on_lock_hide_and_quit(ours: Talker, outside: Talker, how: str) -> None:
    """The process still lives then, so it is not gone because its owner is."""
    ours.ask("copy")
    assert read(outside, "clipboard")[0] == WORD
    ours.ask(how)
    assert read(outside, "clipboard") == ("", [])
    assert ours.process.poll() is None
