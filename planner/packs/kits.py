"""Appointment kits: what to bring, to ask and to say no to; one printed page each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planner.packs.items import (
    Door,
    Item,
    Line,
    Sourced,
    Standing,
    doors,
    lines,
    one_of,
    parsed,
    refuse_doubles,
    standing,
)
from planner.packs.sources import Source, load_sources
from planner.packs.texts import PackProblem, Words, text, words
from planner.plan.life import LifeDomain

# The order in which the first visits come in most lives; others follow by id.
_ORDER = ("first-doctor", "first-therapist", "first-lawyer", "court", "benefits", "school")


@dataclass(frozen=True, slots=True)
class Kit(Item):
    """Getting ready for one kind of appointment.

    ``bring`` what to take along, ``comes`` who may come and how, ``ask`` what to ask, ``no`` what one may say no to,
    ``after`` what to do when it is over.
    """

    id: str
    icon: str
    domain: LifeDomain
    title: Words
    about: Words
    bring: tuple[Line, ...]
    comes: tuple[Line, ...]
    ask: tuple[Line, ...]
    no: tuple[Line, ...]
    after: tuple[Line, ...]
    doors: tuple[Door, ...]
    standing: Standing

    def said(self) -> Iterable[Sourced]:
        return (*self.bring, *self.comes, *self.ask, *self.no, *self.after)


def read_kit(raw: Mapping[str, Any], sources: Mapping[str, Source], name: str = "", giver: str = "") -> Kit:
    """One kit from a parsed file, without lines that rest on pages nobody read. ``name`` is its id where it has none.

    Raises:
        PackProblem: the file does not have the expected form.
    """
    name = text(raw, "id", "kits") if "id" in raw else name
    if not name:
        raise PackProblem("kits: no 'id'")
    bring, comes, ask, no, after = (lines(raw, key, name, sources) for key in ("bring", "comes", "ask", "no", "after"))
    if not bring or not ask:
        raise PackProblem(f"{name}: nothing to bring or to ask")
    return Kit(
        name,
        text(raw, "icon", name),
        one_of(LifeDomain, raw, "domain", name),
        words(raw.get("title"), f"{name}, title"),
        words(raw.get("about"), f"{name}, about"),
        bring,
        comes,
        ask,
        no,
        after,
        doors(raw, name),
        standing(raw, name, giver),
    )


def load_kits(path: Path | None = None, sources: Mapping[str, Source] | None = None) -> tuple[Kit, ...]:
    """The shipped kits, the usual first visits first, or those of another file or folder.

    Raises:
        PackProblem: a file does not have the expected form, or two kits share an id.
    """
    known = load_sources() if sources is None else sources
    found = [read_kit(raw, known, name) for name, raw in parsed("kits", path)]
    refuse_doubles(found, "kits")
    place = {name: number for number, name in enumerate(_ORDER)}
    return tuple(sorted(found, key=lambda kit: (place.get(kit.id, len(place)), kit.id)))
