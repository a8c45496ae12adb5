"""Plain data: what is written is read back, and nothing else is ever read."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from planner.apart.plain import LARGEST_NUMBER, NotPlain, read, read_one_of, written


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True)
class Inner:
    text: str
    colour: Colour = Colour.RED


@dataclass(frozen=True, slots=True)
class Whole:
    number: int
    yes: bool
    content: bytes
    inner: tuple[Inner, ...] = ()
    pair: tuple[str, int] = ("", 0)
    by_name: Mapping[str, bytes] | None = None
    nothing: str | None = None


LETTERS = some.text(some.characters(exclude_categories=["Cs"], exclude_characters="\0"))
WHOLE = some.builds(
    Whole,
    number=some.integers(-LARGEST_NUMBER, LARGEST_NUMBER),
    yes=some.booleans(),
    content=some.binary(),
    inner=some.lists(some.builds(Inner, LETTERS, some.sampled_from(Colour)), max_size=5).map(tuple),
    pair=some.tuples(LETTERS, some.integers(-LARGEST_NUMBER, LARGEST_NUMBER)),
    by_name=some.none() | some.dictionaries(LETTERS, some.binary(), max_size=4),
    nothing=some.none() | LETTERS,
)


def text(value: object) -> bytes:
    return b"".join(written(value))


def framed(raw: object, *blobs: bytes, lengths: object = None) -> bytes:
    """What somebody could answer who keeps to the form and to nothing else."""
    head = json.dumps([raw, [len(each) for each in blobs] if lengths is None else lengths]).encode()
    return struct.pack(">Q", len(head)) + head + b"".join(blobs)


@given(WHOLE)
def test_what_is_written_is_read_back(whole: Whole) -> None:
    assert read(Whole, text(whole)) == whole


GOOD = [1, True, 0, [["a", "red"]], ["b", 2], [["c", 0]], None]


def test_the_form_that_the_others_are_held_against_is_read() -> None:
    assert read(Whole, framed(GOOD, b"xy")) == Whole(1, True, b"xy", (Inner("a"),), ("b", 2), {"c": b"xy"})


WRONG: dict[int, list[Any]] = {
    0: [True, 1.0, "1", None, 2**53 + 1, 10**30, [1], float("nan")],
    1: [1, 0, None, "true", []],
    2: [True, -1, 1, "0", None, 0.0],
    3: [
        *({}, None, "ab", [[]], [["a"]], [["a", "green"]], [["a", "red", 1]], [["a", None]], [[1, "red"]]),
        *([{"text": "a"}], [["\ud800", "red"]], [["a\0b", "red"]], [["a", ["red"]]], [[["a"], "red"]]),
    ],
    4: [[], ["b"], ["b", 2, 3], ["b", "2"], None],
    5: [{}, [["c"]], [["c", 0, 0]], [["c", 0], ["c", 0]], [[1, 0]], "x", [[["c"], 0]]],
    6: [1, [], {}, False],
}


@pytest.mark.parametrize(("place", "wrong"), [(place, each) for place, all_of in WRONG.items() for each in all_of])
def test_anything_else_is_refused(place: int, wrong: object) -> None:
    raw: list[Any] = list(GOOD)
    raw[place] = wrong
    with pytest.raises(NotPlain):
        read(Whole, framed(raw, b"xy"))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 7,
        b"\0" * 8,
        b"\xff" * 100,
        struct.pack(">Q", 2**63) + b"[]",
        framed(GOOD, b"xy")[:-1],
        framed(GOOD, b"xy") + b"z",
        framed(GOOD, b"xy", lengths=[3]),
        framed(GOOD, b"xy", lengths=[-1]),
        framed(GOOD, b"xy", lengths=[True, 1]),
        framed(GOOD, b"xy", lengths={"0": 2}),
        framed(GOOD, b"xy", lengths=[]),
        framed(GOOD[:-1], b"xy"),
        framed([*GOOD, None], b"xy"),
        framed("Whole", b"xy"),
        framed({"number": 1}, b"xy"),
        struct.pack(">Q", 200_000) + b"[" * 200_000,
    ],
)
def test_what_has_another_form_is_refused(data: bytes) -> None:
    with pytest.raises(NotPlain):
        read(Whole, data)


@given(some.binary())
@example(b"\0\0\0\0\0\0\0\x02[]")
def test_rubbish_is_refused(data: bytes) -> None:
    for kind in (Whole, Inner):
        with pytest.raises(NotPlain):
            read(kind, data)


_JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(),
    lambda inner: some.lists(inner, max_size=8) | some.dictionaries(some.text(), inner, max_size=4),
    max_leaves=30,
)


@given(_JSON, some.lists(some.binary(max_size=8), max_size=3))
def test_well_formed_rubbish_is_refused_or_of_the_type(raw: object, blobs: list[bytes]) -> None:
    try:
        found = read(Whole, framed(raw, *blobs))
    except NotPlain:
        return
    assert isinstance(found, Whole)
    assert read(Whole, text(found)) == found


@given(WHOLE, some.integers(0), some.binary(min_size=1, max_size=4))
def test_an_answer_that_was_changed_is_refused_or_of_the_type(whole: Whole, place: int, put: bytes) -> None:
    data = bytearray(text(whole))
    data[place % len(data) : place % len(data) + len(put)] = put
    try:
        found = read(Whole, bytes(data))
    except NotPlain:
        return
    assert type(found.number) is int
    assert type(found.content) is bytes
    assert all(type(each.colour) is Colour for each in found.inner)


def test_a_name_says_which_of_several_it_is() -> None:
    kinds = {"read": Inner, "broken": type(None)}
    assert read_one_of(kinds, text(["read", Inner("a")])) == ("read", Inner("a"))
    assert read_one_of(kinds, text(["broken", None])) == ("broken", None)
    for wrong in (["other", None], ["broken", Inner("a")], ["read", None], [["read"], None], ["read"]):
        with pytest.raises(NotPlain):
            read_one_of(kinds, text(wrong))


def test_what_cannot_be_kept_is_mended_before_it_leaves() -> None:
    """Half a letter, or a zero, comes from a file and is nobody's attack."""
    assert read(Inner, text(Inner("a\ud800b\0"))) == Inner("a?b\ufffd")


def test_nothing_else_is_written() -> None:
    for wrong in (1.5, object(), {1.5: 2}, lambda: None):
        with pytest.raises(TypeError):
            written(wrong)


def test_a_refusal_tells_nothing_of_what_it_was() -> None:
    with pytest.raises(NotPlain) as refused:
        read(Whole, framed(["canary"]))
    assert "canary" not in repr(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__
