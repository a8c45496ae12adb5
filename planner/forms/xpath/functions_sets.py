"""Functions of sets of nodes and of lists of chosen values (ODK XForms, "Node-set", "Select", "Repeat Functions")."""

from __future__ import annotations

import hashlib
import math
import secrets
from collections.abc import Iterator
from typing import Any

from planner.forms.xpath.convert import Value, child_text, column_name, node_text, to_number, to_text
from planner.forms.xpath.functions import function, present
from planner.forms.xpath.surroundings import Surroundings
from planner.forms.xpath.trouble import WrongArguments

_LARGEST = 2**31 - 1
_FACTOR = 16_807
"""Park and Miller's "minimal standard" generator: each number is the one before times the factor, modulo 2^31 - 1."""


@function("count", "N", "num", whole=True)
def _count(around: Surroundings, nodes: list[Any]) -> float:
    return float(len(present(around, nodes)))


@function("count-non-empty", "N", "num", whole=True)
def _count_non_empty(around: Surroundings, nodes: list[Any]) -> float:
    return float(sum(1 for node in present(around, nodes) if node_text(node)))


@function("position-of", "N", "num")
def _position_of(_around: Surroundings, nodes: list[Any]) -> float:
    """``position(node)``: among its siblings of the same name, counted from 1."""
    if not nodes or not hasattr(nodes[0], "itersiblings"):
        return math.nan
    return float(sum(1 for _ in nodes[0].itersiblings(nodes[0].tag, preceding=True)) + 1)


@function("checklist", "nna*", "bool", whole=True)
def _checklist(around: Surroundings, least: float, most: float, *answers: Value) -> bool:
    """Answers are true that are a number above 0; -1 stands for no bound."""
    count = sum(1 for answer in _each(around, answers) if to_number(answer) > 0)
    return _between(float(count), least, most)


@function("weighted-checklist", "nnaa*", "bool", whole=True, counts=lambda count: count >= 4 and count % 2 == 0)
def _weighted_checklist(around: Surroundings, least: float, most: float, *pairs: Value) -> bool:
    """As ``checklist``, each true answer counting as much as the number after it; two sets of nodes go in step."""
    total = 0.0
    for i in range(0, len(pairs), 2):
        answers, weights = list(_each(around, pairs[i : i + 1])), list(_each(around, pairs[i + 1 : i + 2]))
        if len(answers) != len(weights):
            raise WrongArguments("weighted-checklist")
        total += sum(
            to_number(weight) for answer, weight in zip(answers, weights, strict=True) if to_number(answer) > 0
        )
    return _between(total, least, most)


def _each(around: Surroundings, values: tuple[Value, ...]) -> Iterator[Value]:
    for value in values:
        if isinstance(value, list):
            yield from map(node_text, present(around, value))
        else:
            yield value


def _between(value: float, least: float, most: float) -> bool:
    return (least == -1 or value >= least) and (most == -1 or value <= most)


def shuffled(nodes: list[Any], seed: int | None) -> list[Any]:
    """The "inside-out" shuffle of Fisher and Yates; with a seed always the same (specification, ``randomize()``)."""
    draw = _drawing(seed)
    out: list[Any] = []
    for node in nodes:
        place = math.floor(next(draw) * (len(out) + 1))
        if place == len(out):
            out.append(node)
        else:
            out.append(out[place])
            out[place] = node
    return out


def _drawing(seed: int | None) -> Iterator[float]:
    if seed is None:
        while True:
            yield secrets.randbelow(2**53) / 2**53
    # The sign stays with the remainder, as in the languages the other clients are written in.
    number = abs(seed) % _LARGEST * (1 if seed > 0 else -1)
    if number <= 0:
        number += _LARGEST - 1
    while True:
        number = number * _FACTOR % _LARGEST
        yield (number - 1) / (_LARGEST - 1)


def seed_of(value: Value) -> int:
    """A seed from a number; from any other text the first eight bytes of its SHA-256, as the other clients do."""
    number = to_number(value)
    if math.isfinite(number):
        return int(number)
    text = to_text(value)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big", signed=True) if text else 0


@function("randomize", "Nv?", "set", whole=True)
def _randomize(around: Surroundings, nodes: list[Any], seed: Value = None) -> list[Any]:
    return shuffled(nodes, around.chance() if seed is None else seed_of(seed))


@function("instance", "s", "set")
def _instance(around: Surroundings, instance_id: str) -> list[Any]:
    return around.instance(instance_id)


@function("current", "", "set")
def _current(around: Surroundings) -> list[Any]:
    return [] if around.current is None else [around.current]


@function("pulldata", "ssss", "str")
def _pulldata(around: Surroundings, instance_id: str, wanted: str, key: str, value: str) -> str:
    item = around.item(instance_id, column_name(key), value)
    return "" if item is None else child_text(item, column_name(wanted)) or ""


@function("indexed-repeat", "NNna*", "str", whole=True, counts=lambda count: count in {3, 5, 7})
def _indexed_repeat(_around: Surroundings, nodes: list[Any], *places: Value) -> str:
    """The value inside the repeat with the given place, up to three levels deep."""
    inside: Any = None
    for i in range(0, len(places), 2):
        repeats, place = places[i], to_number(places[i + 1])
        if not isinstance(repeats, list):
            raise WrongArguments("indexed-repeat")
        there = repeats if inside is None else [each for each in repeats if inside in each.iterancestors()]
        if math.isnan(place) or not 1 <= place < len(there) + 1:
            return ""
        inside = there[int(place) - 1]
    wanted = {node for node in nodes if not isinstance(node, str)}
    return "" if inside is None else next((node_text(node) for node in inside.iter() if node in wanted), "")


@function("selected", "ss", "bool")
def _selected(_around: Surroundings, chosen: str, value: str) -> bool:
    return value.strip() in chosen.split()


function("is-selected", "ss", "bool")(_selected)


@function("selected-at", "sn", "str")
def _selected_at(_around: Surroundings, chosen: str, index: float) -> str:
    items = chosen.split()
    return items[int(index)] if math.isfinite(index) and 0 <= index < len(items) else ""


@function("count-selected", "s", "num")
def _count_selected(_around: Surroundings, chosen: str) -> float:
    return float(len(chosen.split()))
