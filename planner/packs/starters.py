"""Goal ideas for an empty page, by part of life."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planner.packs.texts import PackProblem, Words, tables, text, words
from planner.plan.life import DOMAIN_WORDS, LifeDomain
from planner.plan.records import GoalTime
from planner.resources import resource


@dataclass(frozen=True, slots=True)
class Starter:
    """A goal that somebody may take over and change."""

    id: str
    domain: LifeDomain
    time: GoalTime
    title: Words
    steps: tuple[Words, ...]
    barrier: Words
    way_round: Words


def read_starters(raw: Mapping[str, Any]) -> tuple[Starter, ...]:
    """The ideas from a parsed file.

    Raises:
        PackProblem: the file does not have the expected form, or two ideas share an id.
    """
    found: list[Starter] = []
    for each in tables(raw, "goal", "starters"):
        name = text(each, "id", "starters")
        try:
            domain, time = LifeDomain(text(each, "domain", name)), GoalTime(text(each, "time", name))
        except ValueError as error:
            raise PackProblem(f"{name}: unknown domain or time") from error
        steps = tuple(words(step, name) for step in tables(each, "step", name))
        if not steps or any(one.id == name for one in found):
            raise PackProblem(f"{name}: without steps, or doubled")
        found.append(
            Starter(
                name,
                domain,
                time,
                words(each.get("title"), name),
                steps,
                words(each.get("barrier"), name),
                words(each.get("way_round"), name),
            )
        )
    return tuple(found)


def load_starters(path: Path | None = None) -> tuple[Starter, ...]:
    """The shipped ideas, or those of another file."""
    with (path or resource("goals", "starters.toml")).open("rb") as stream:
        return read_starters(tomllib.load(stream))


def by_part_of_life(starters: tuple[Starter, ...]) -> dict[str, tuple[Starter, ...]]:
    """The ideas under the neutral word of their part of life (a message to translate), in the order of the file."""
    parts: dict[str, tuple[Starter, ...]] = {}
    for each in starters:
        word = DOMAIN_WORDS[each.domain]
        parts[word] = (*parts.get(word, ()), each)
    return parts
