"""What this program can do for somebody, what it cannot, and what can be done instead: ``resources/limits``.

Built in only: nothing that comes from outside adds to it. A part that names pages stands only where all of them were
read; a step (how something of the system is turned off) only where two independent pages carry it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from planner.packs.items import one_of, parsed, sourced
from planner.packs.sources import Source, confirmed, load_sources
from planner.packs.texts import REQUIRED_LANGUAGES, PackProblem, Words, text, words


class LimitGroup(StrEnum):
    """Where a part stands on the page; also the name of its file."""

    PROTECTS = "protects"
    NOTHING = "nothing"
    DEVICE = "device"


class SystemName(StrEnum):
    """The system that a step is for."""

    LINUX = "linux"
    WINDOWS = "windows"
    MACOS = "macos"


@dataclass(frozen=True, slots=True)
class Step:
    """How something is turned on or off on one system. ``commands`` are typed as they are, one after the other."""

    system: SystemName
    words: Words
    commands: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """One protection, or one thing that none helps against. ``short`` is read before anything is opened."""

    id: str
    group: LimitGroup
    icon: str
    title: Words
    short: Words
    does: tuple[Words, ...]
    cannot: tuple[Words, ...]
    can: tuple[Words, ...]
    steps: tuple[Step, ...]
    sources: tuple[str, ...]

    def all_sources(self) -> tuple[str, ...]:
        """The ids of every page that it and its steps rest on, each once, in order."""
        return tuple(dict.fromkeys([*self.sources, *(each for step in self.steps for each in step.sources)]))


def _each_language(raw: Mapping[str, Any], key: str, where: str) -> tuple[Words, ...]:
    value = raw.get(key)
    if value is None:
        return ()
    if not isinstance(value, Mapping) or not all(isinstance(said, list) for said in value.values()):
        raise PackProblem(f"{where}: {key!r} must be a list in each language")
    counts = {len(said) for said in value.values()}
    if not set(REQUIRED_LANGUAGES) <= set(value) or len(counts) != 1:
        raise PackProblem(f"{where}: as many lines of {key!r} in each language")
    return tuple(
        words({code: said[place] for code, said in value.items()}, f"{where}, {key} {place + 1}")
        for place in range(counts.pop())
    )


def _steps(raw: Mapping[str, Any], where: str, sources: Mapping[str, Source]) -> Iterator[Step]:
    for each, ids in sourced(raw, "step", where, sources, fact=True):
        if confirmed(ids, sources):
            commands = each.get("commands", [])
            if not isinstance(commands, list) or not all(isinstance(typed, str) and typed for typed in commands):
                raise PackProblem(f"{where}: 'commands' must be a list")
            yield Step(one_of(SystemName, each, "system", where), words(each, f"{where}, step"), tuple(commands), ids)


def read_limits(raw: Mapping[str, Any], group: LimitGroup, sources: Mapping[str, Source]) -> tuple[Limit, ...]:
    """The parts of one parsed file, without those that rest on pages nobody read.

    Raises:
        PackProblem: the file does not have the expected form.
    """
    found = []
    for each, ids in sourced(raw, "part", group, sources):
        name = text(each, "id", group)
        where = f"{group}, {name}"
        found.append(
            Limit(
                name,
                group,
                text(each, "icon", where),
                words(each.get("title"), f"{where}, title"),
                words(each.get("short"), f"{where}, short"),
                _each_language(each, "does", where),
                _each_language(each, "cannot", where),
                _each_language(each, "can", where),
                tuple(_steps(each, where, sources)),
                ids,
            )
        )
    return tuple(found)


def load_limits(path: Path | None = None, sources: Mapping[str, Source] | None = None) -> tuple[Limit, ...]:
    """Every part, in the order of the groups and of their files; or those of another folder.

    Raises:
        PackProblem: a file does not have the expected form, or two parts share an id.
    """
    known = load_sources() if sources is None else sources
    by_group = {LimitGroup(name): read_limits(raw, LimitGroup(name), known) for name, raw in parsed("limits", path)}
    found = tuple(each for group in LimitGroup for each in by_group.get(group, ()))
    if len({each.id for each in found}) != len(found):
        raise PackProblem("limits: an id is doubled")
    return found
