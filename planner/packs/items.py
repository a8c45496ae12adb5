"""What goal ideas, guides, kits and the like have in common: lines with their sources, doors, and where they hold.

A line that names a page which nobody has read (no row in ``resources/sources.csv``) is dropped here and never reaches
the screen; so is a fact that names none.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol, TypeVar

from planner.packs.sources import Source, is_old
from planner.packs.texts import PackProblem, Words, tables, text, words
from planner.resources import resource

OUTSIDE = "any"
"""Jurisdiction of what holds everywhere."""

Choice = TypeVar("Choice", bound=StrEnum)


class DoorKind(StrEnum):
    """What a door opens."""

    FORM = "form"
    KIT = "kit"
    GUIDE = "guide"
    GOAL = "goal"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Door:
    """Something of the program that fits what was read. ``id`` is a form, kit, guide, goal idea or page name."""

    kind: DoorKind
    id: str


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said, with the ids of the pages on which it rests (empty: our own advice, which claims nothing)."""

    words: Words
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an item holds (``us``, ``any``), when it was looked over, and who gave it ("" = built in)."""

    jurisdiction: str
    reviewed: date
    giver: str = ""

    def please_check(self, today: date) -> bool:
        """Whether "please check" must stand beside the item: it was looked over more than a year ago."""
        return is_old(self.reviewed, today)


class Sourced(Protocol):
    """Something said that may rest on pages."""

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of those pages."""


class Item:
    """What may come from a giver and rests on pages; each kind is a dataclass with an id and a standing."""

    __slots__ = ()

    id: str
    standing: Standing

    def said(self) -> Iterable[Sourced]:
        """Every part that may rest on a page, in order."""
        raise NotImplementedError

    @property
    def giver(self) -> str:
        """Whose it is; "" = built in."""
        return self.standing.giver

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of every page that it rests on, each once, in order."""
        return tuple(dict.fromkeys(each for part in self.said() for each in part.sources))


def source_ids(raw: Mapping[str, Any], where: str) -> tuple[str, ...]:
    """The ids under ``sources``, empty where there are none.

    Raises:
        PackProblem: there is something else under that key.
    """
    value = raw.get("sources", [])
    if not isinstance(value, list) or not all(isinstance(each, str) and each for each in value):
        raise PackProblem(f"{where}: 'sources' must be a list of ids")
    return tuple(value)


def stands(ids: Iterable[str], sources: Mapping[str, Source]) -> bool:
    """Whether every page that is named was read; true where none is named."""
    return all(each in sources for each in ids)


def sourced(
    raw: Mapping[str, Any], key: str, where: str, sources: Mapping[str, Source], *, fact: bool = False
) -> Iterator[tuple[Mapping[str, Any], tuple[str, ...]]]:
    """The tables under a key that may be shown, each with its source ids; ``fact`` ones must name at least one.

    Raises:
        PackProblem: the file does not have the expected form.
    """
    for each in tables(raw, key, where):
        ids = source_ids(each, f"{where}, {key}")
        if stands(ids, sources) and (ids or not fact):
            yield each, ids


def lines(
    raw: Mapping[str, Any], key: str, where: str, sources: Mapping[str, Source], *, fact: bool = False
) -> tuple[Line, ...]:
    """The lines ``{en, es, sources}`` under a key that may be shown.

    Raises:
        PackProblem: the file does not have the expected form.
    """
    return tuple(
        Line(words(each, f"{where}, {key}"), ids) for each, ids in sourced(raw, key, where, sources, fact=fact)
    )


def optional_words(raw: Mapping[str, Any], key: str, where: str) -> Words | None:
    """Words in each language, or ``None`` where the key is absent.

    Raises:
        PackProblem: a required language is missing.
    """
    return words(raw[key], f"{where}, {key}") if key in raw else None


def one_of(kind: type[Choice], raw: Mapping[str, Any], key: str, where: str) -> Choice:
    """The value of a kind that stands under a key.

    Raises:
        PackProblem: it is missing or not known.
    """
    try:
        return kind(text(raw, key, where))
    except ValueError as error:
        raise PackProblem(f"{where}: unknown {key!r}") from error


def standing(raw: Mapping[str, Any], where: str, giver: str = "") -> Standing:
    """Jurisdiction and date of review of an item.

    Raises:
        PackProblem: one of them is missing.
    """
    reviewed = raw.get("reviewed")
    if type(reviewed) is not date:
        raise PackProblem(f"{where}: no date of review")
    return Standing(text(raw, "jurisdiction", where), reviewed, giver)


def doors(raw: Mapping[str, Any], where: str) -> tuple[Door, ...]:
    """The doors ``form = "id"`` and the like, in order.

    Raises:
        PackProblem: a door opens nothing, or two things.
    """
    found: list[Door] = []
    for each in tables(raw, "door", where):
        kinds = [kind for kind in DoorKind if kind in each]
        if len(kinds) != 1:
            raise PackProblem(f"{where}: a door opens one thing")
        found.append(Door(kinds[0], text(each, kinds[0], where)))
    return tuple(found)


def refuse_doubles(found: Iterable[Item], where: str) -> None:
    """Go on only where every id is there once.

    Raises:
        PackProblem: two items share an id.
    """
    seen: set[str] = set()
    for each in found:
        if each.id in seen:
            raise PackProblem(f"{where}: {each.id} is doubled")
        seen.add(each.id)


def parsed(folder: str, path: Path | None) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The shipped ``.toml`` files of a folder, those of another folder, or one file; each with its name, in order."""
    place = path or resource(folder)
    for each in sorted(place.glob("*.toml")) if place.is_dir() else [place]:
        yield each.stem, tomllib.loads(each.read_text("utf-8"))
