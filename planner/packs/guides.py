"""Guides: one screen each, to read by oneself, for people who are near, or for workers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from planner.packs.items import (
    Door,
    Item,
    Sourced,
    Standing,
    doors,
    one_of,
    optional_words,
    parsed,
    refuse_doubles,
    sourced,
    standing,
)
from planner.packs.sources import Source, load_sources
from planner.packs.texts import REQUIRED_LANGUAGES, PackProblem, Words, text, words
from planner.plan.life import LifeDomain


class ForWhom(StrEnum):
    """Who a guide speaks to."""

    SELF = "self"
    NEAR = "near"
    WORKER = "worker"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a guide: a head, a paragraph, points; at least one of the two latter is there."""

    title: Words | None
    text: Words | None
    points: tuple[Words, ...]
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guide(Item):
    """One screen of words. ``domain`` is ``None`` where it belongs to no part of life; ``order`` sorts the list."""

    id: str
    for_whom: ForWhom
    domain: LifeDomain | None
    icon: str
    order: int
    title: Words
    about: Words
    parts: tuple[Part, ...]
    doors: tuple[Door, ...]
    standing: Standing

    def said(self) -> Iterable[Sourced]:
        return self.parts


def _points(raw: Mapping[str, Any], where: str) -> tuple[Words, ...]:
    value = raw.get("points")
    if value is None:
        return ()
    if not isinstance(value, Mapping) or not all(
        isinstance(said, list) and all(isinstance(each, str) for each in said) for said in value.values()
    ):
        raise PackProblem(f"{where}: 'points' must be a list in each language")
    counts = {len(said) for said in value.values()}
    if not set(REQUIRED_LANGUAGES) <= set(value) or len(counts) != 1:
        raise PackProblem(f"{where}: as many points in each language")
    return tuple(
        words({code: said[place] for code, said in value.items()}, f"{where}, point {place + 1}")
        for place in range(counts.pop())
    )


def _part(raw: Mapping[str, Any], ids: tuple[str, ...], where: str) -> Part:
    part = Part(optional_words(raw, "title", where), optional_words(raw, "text", where), _points(raw, where), ids)
    if part.text is None and not part.points:
        raise PackProblem(f"{where}: a part says nothing")
    return part


def read_guide(raw: Mapping[str, Any], sources: Mapping[str, Source], name: str = "", giver: str = "") -> Guide:
    """One guide from a parsed file, without parts that rest on pages nobody read. ``name`` is its id where it has none.

    Raises:
        PackProblem: the file does not have the expected form.
    """
    name = text(raw, "id", "guides") if "id" in raw else name
    if not name:
        raise PackProblem("guides: no 'id'")
    order = raw.get("order", 0)
    if type(order) is not int:
        raise PackProblem(f"{name}: 'order' must be a whole number")
    parts = tuple(_part(each, ids, f"{name}, part") for each, ids in sourced(raw, "part", name, sources))
    if not parts:
        raise PackProblem(f"{name}: no parts")
    return Guide(
        name,
        one_of(ForWhom, raw, "for", name),
        one_of(LifeDomain, raw, "domain", name) if raw.get("domain") else None,
        text(raw, "icon", name),
        order,
        words(raw.get("title"), f"{name}, title"),
        words(raw.get("about"), f"{name}, about"),
        parts,
        doors(raw, name),
        standing(raw, name, giver),
    )


def load_guides(path: Path | None = None, sources: Mapping[str, Source] | None = None) -> tuple[Guide, ...]:
    """The shipped guides by their order, or those of another file or folder.

    Raises:
        PackProblem: a file does not have the expected form, or two guides share an id.
    """
    known = load_sources() if sources is None else sources
    found = [read_guide(raw, known, name) for name, raw in parsed("guides", path)]
    refuse_doubles(found, "guides")
    return tuple(sorted(found, key=lambda guide: (guide.order, guide.id)))
