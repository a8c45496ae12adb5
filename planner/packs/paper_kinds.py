"""Kinds of identity and legal documents: where to ask for each, what it costs, how it may come to a safe address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planner.packs.items import (
    Item,
    Line,
    Sourced,
    Standing,
    lines,
    one_of,
    optional_words,
    parsed,
    refuse_doubles,
    standing,
)
from planner.packs.sources import Source, load_sources
from planner.packs.texts import PackProblem, Words, tables, text, words
from planner.plan.life import LifeDomain


@dataclass(frozen=True, slots=True)
class PaperKind(Item):
    """One kind of paper. ``also`` are other names by which it is known, as in a form.

    ``place`` is short enough for the field "where to ask"; ``None`` where that differs. ``ask`` says how to ask for
    it, ``need`` which other papers it takes, ``cost`` what it costs and how it may be free, ``safe`` what to know about
    the address. ``expires`` is whether it bears a last day.
    """

    id: str
    icon: str
    domain: LifeDomain
    title: Words
    also: tuple[Words, ...]
    place: Words | None
    ask: tuple[Line, ...]
    need: tuple[Line, ...]
    cost: tuple[Line, ...]
    safe: tuple[Line, ...]
    expires: bool
    standing: Standing

    def is_called(self, name: str) -> bool:
        """Whether this is one of its names, in any language."""
        wanted = " ".join(name.split()).casefold()
        names = (each for said in (self.title, *self.also) for each in said.by_language.values())
        return bool(wanted) and any(each.casefold() == wanted for each in names)

    def said(self) -> Iterable[Sourced]:
        return (*self.ask, *self.need, *self.cost, *self.safe)


def read_paper_kinds(raw: Mapping[str, Any], sources: Mapping[str, Source], giver: str = "") -> tuple[PaperKind, ...]:
    """The kinds of a parsed file, in its order; lines that rest on pages nobody read are left out.

    Raises:
        PackProblem: the file does not have the expected form, or two kinds share an id.
    """
    found: list[PaperKind] = []
    for each in tables(raw, "paper", "kinds of papers"):
        name = text(each, "id", "kinds of papers")
        expires = each.get("expires", False)
        if type(expires) is not bool:
            raise PackProblem(f"{name}: 'expires' is no yes or no")
        ask, need, cost, safe = (lines(each, key, name, sources) for key in ("ask", "need", "cost", "safe"))
        if not ask:
            raise PackProblem(f"{name}: nowhere to ask")
        found.append(
            PaperKind(
                name,
                text(each, "icon", name),
                one_of(LifeDomain, each, "domain", name),
                words(each.get("title"), f"{name}, title"),
                tuple(words(one, f"{name}, also") for one in tables(each, "also", name)),
                optional_words(each, "place", name),
                ask,
                need,
                cost,
                safe,
                expires,
                standing(each, name, giver),
            )
        )
    refuse_doubles(found, "kinds of papers")
    return tuple(found)


def load_paper_kinds(path: Path | None = None, sources: Mapping[str, Source] | None = None) -> tuple[PaperKind, ...]:
    """The shipped kinds, or those of another file or folder.

    Raises:
        PackProblem: a file does not have the expected form, or two kinds share an id.
    """
    known = load_sources() if sources is None else sources
    found = tuple(each for _name, raw in parsed("papers", path) for each in read_paper_kinds(raw, known))
    refuse_doubles(found, "kinds of papers")
    return found
