"""Goal ideas: whole goals that somebody may take over and change, a file for each part of life."""

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
    sourced,
    standing,
)
from planner.packs.sources import Source, load_sources
from planner.packs.texts import PackProblem, Words, text, words
from planner.plan.life import LifeDomain
from planner.plan.records import GoalTime


@dataclass(frozen=True, slots=True)
class IdeaStep:
    """A step. ``when`` says in words when it is time, or is ``None``."""

    words: Words
    when: Words | None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Helper:
    """Who can help, and how, where it does not go without saying."""

    words: Words
    how: Words | None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IdeaBarrier:
    """What often gets in the way, and a way round it."""

    words: Words
    way: Words
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IdeaAppointment:
    """An appointment that usually follows. ``kit`` is the id of an appointment kit, or ""."""

    words: Words
    kit: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoalIdea(Item):
    """A goal with what a good caseworker would write beside it. ``bring`` are papers; ``facts`` rest on sources."""

    id: str
    domain: LifeDomain
    time: GoalTime
    title: Words
    why: Words
    steps: tuple[IdeaStep, ...]
    helpers: tuple[Helper, ...]
    barriers: tuple[IdeaBarrier, ...]
    bring: tuple[Line, ...]
    appointments: tuple[IdeaAppointment, ...]
    facts: tuple[Line, ...]
    standing: Standing

    def said(self) -> Iterable[Sourced]:
        return (*self.steps, *self.helpers, *self.barriers, *self.bring, *self.appointments, *self.facts)


def _idea(raw: Mapping[str, Any], sources: Mapping[str, Source], giver: str) -> GoalIdea:
    name = text(raw, "id", "goal ideas")
    steps = tuple(
        IdeaStep(words(each, f"{name}, step"), optional_words(each, "when", name), ids)
        for each, ids in sourced(raw, "step", name, sources)
    )
    if not steps:
        raise PackProblem(f"{name}: without steps")
    helpers = tuple(
        Helper(words(each, f"{name}, helper"), optional_words(each, "how", name), ids)
        for each, ids in sourced(raw, "helper", name, sources)
    )
    barriers = tuple(
        IdeaBarrier(words(each, f"{name}, barrier"), words(each.get("way"), f"{name}, way"), ids)
        for each, ids in sourced(raw, "barrier", name, sources)
    )
    appointments = tuple(
        IdeaAppointment(words(each, f"{name}, appointment"), str(each.get("kit", "")), ids)
        for each, ids in sourced(raw, "appointment", name, sources)
    )
    return GoalIdea(
        name,
        one_of(LifeDomain, raw, "domain", name),
        one_of(GoalTime, raw, "time", name),
        words(raw.get("title"), f"{name}, title"),
        words(raw.get("why"), f"{name}, why"),
        steps,
        helpers,
        barriers,
        lines(raw, "bring", name, sources),
        appointments,
        lines(raw, "fact", name, sources, fact=True),
        standing(raw, name, giver),
    )


def read_goal_ideas(raw: Mapping[str, Any], sources: Mapping[str, Source], giver: str = "") -> tuple[GoalIdea, ...]:
    """The ideas from a parsed file, without facts that no page carries.

    Raises:
        PackProblem: the file does not have the expected form, or two ideas share an id.
    """
    listed = raw.get("goal")
    if not isinstance(listed, list) or not all(isinstance(each, Mapping) for each in listed):
        raise PackProblem("goal ideas: no list of goals")
    found = tuple(_idea(each, sources, giver) for each in listed)
    refuse_doubles(found, "goal ideas")
    return found


def load_goal_ideas(path: Path | None = None, sources: Mapping[str, Source] | None = None) -> tuple[GoalIdea, ...]:
    """The shipped ideas in the order of the parts of life, or those of another file or folder.

    Raises:
        PackProblem: a file does not have the expected form, or two ideas share an id.
    """
    known = load_sources() if sources is None else sources
    found = [each for _name, raw in parsed("goals", path) for each in read_goal_ideas(raw, known)]
    refuse_doubles(found, "goal ideas")
    places = list(LifeDomain)
    return tuple(sorted(found, key=lambda idea: places.index(idea.domain)))
