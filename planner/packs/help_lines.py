"""Help now: the numbers that a person may need at once, each confirmed by two independent sources.

A number or a claim that two sources do not carry is dropped here and never reaches the screen; a line without any
confirmed number is dropped whole. What could not be confirmed is shipped as a question to ask.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from planner.packs.sources import Source, confirmed, is_old, load_sources, newest
from planner.packs.texts import PackProblem, Words, tables, text, words
from planner.resources import resource


class Way(StrEnum):
    """How a line is reached."""

    CALL = "call"
    TEXT = "text"
    CHAT = "chat"
    TTY = "tty"
    SITE = "site"


class About(StrEnum):
    """What a claim is about."""

    OPERATOR = "operator"
    REPORTING = "reporting"
    LANGUAGES = "languages"
    BILL = "bill"
    HOURS = "hours"
    REACH = "reach"
    COST = "cost"


@dataclass(frozen=True, slots=True)
class Number:
    """A phone number, text number or site. ``send`` is the word to text; ``law`` the statute that sets it; or empty."""

    way: Way
    value: str
    send: str
    sources: tuple[str, ...]
    newest: date | None
    law: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing said about a line, with the newest date that its sources bear."""

    about: About
    words: Words
    sources: tuple[str, ...]
    newest: date | None


@dataclass(frozen=True, slots=True)
class HelpLine:
    """A line that can be called. ``ask`` are questions to put to whoever answers; they claim nothing."""

    id: str
    name: Words
    purpose: Words
    numbers: tuple[Number, ...]
    claims: tuple[Claim, ...]
    ask: tuple[Words, ...]

    @property
    def newest(self) -> date | None:
        """The newest date that a source of one of the numbers bears."""
        return max((each.newest for each in self.numbers if each.newest is not None), default=None)

    def please_check(self, today: date) -> bool:
        """Whether "please check this number" must stand beside the line: its newest source is older than a year.

        A number that a statute sets does not grow old with the pages that name it.
        """
        return not all(each.law for each in self.numbers) and is_old(self.newest, today)

    def claim(self, about: About) -> Claim | None:
        """What is known about one thing, or ``None`` when two sources did not say it."""
        return next((each for each in self.claims if each.about == about), None)


@dataclass(frozen=True, slots=True)
class HelpDirectory:
    """All lines of one country, in the order of the page.

    ``notes`` are general advice, ``claims`` hold for all lines; ``dropped`` says what lacked two sources (for the check
    of the content, never for the screen).
    """

    jurisdiction: str
    reviewed: date
    notes: Mapping[str, Words]
    claims: tuple[Claim, ...]
    lines: tuple[HelpLine, ...]
    dropped: tuple[str, ...]

    def line(self, line_id: str) -> HelpLine | None:
        """A line by its id."""
        return next((each for each in self.lines if each.id == line_id), None)


def _ids(raw: Mapping[str, Any], where: str) -> tuple[str, ...]:
    value = raw.get("sources", [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise PackProblem(f"{where}: 'sources' must be a list of ids")
    return tuple(value)


def _numbers(raw: Mapping[str, Any], sources: Mapping[str, Source], where: str, dropped: list[str]) -> Iterable[Number]:
    for each in tables(raw, "number", where):
        value = text(each, "value", where)
        at = f"{where}, {value}"
        try:
            way = Way(text(each, "way", at))
        except ValueError as error:
            raise PackProblem(f"{at}: unknown way") from error
        ids = _ids(each, at)
        if confirmed(ids, sources):
            law = str(each.get("law", ""))
            yield Number(way, value, str(each.get("send", "")), ids, newest(ids, sources), law)
        else:
            dropped.append(at)


def _claims(raw: Mapping[str, Any], sources: Mapping[str, Source], where: str, dropped: list[str]) -> Iterable[Claim]:
    for each in tables(raw, "claim", where):
        try:
            about = About(text(each, "about", where))
        except ValueError as error:
            raise PackProblem(f"{where}: unknown 'about'") from error
        at = f"{where}, {about}"
        ids = _ids(each, at)
        said = words(each, at)
        if confirmed(ids, sources):
            yield Claim(about, said, ids, newest(ids, sources))
        else:
            dropped.append(at)


def read_help_lines(raw: Mapping[str, Any], sources: Mapping[str, Source]) -> HelpDirectory:
    """The directory from a parsed file, without what two independent sources do not carry.

    Raises:
        PackProblem: the file does not have the expected form, or two lines share an id.
    """
    dropped: list[str] = []
    lines: list[HelpLine] = []
    seen: set[str] = set()
    for each in tables(raw, "line", "help lines"):
        name = text(each, "id", "help lines")
        if name in seen:
            raise PackProblem(f"{name}: doubled")
        seen.add(name)
        numbers = tuple(_numbers(each, sources, name, dropped))
        claims = tuple(_claims(each, sources, name, dropped))
        ask = tuple(words(one, f"{name}, ask") for one in tables(each, "ask", name))
        line = HelpLine(name, words(each.get("name"), name), words(each.get("for"), name), numbers, claims, ask)
        if numbers:
            lines.append(line)
        else:
            dropped.append(name)
    reviewed = raw.get("reviewed")
    if not isinstance(reviewed, date):
        raise PackProblem("help lines: no date of review")
    notes = {text(one, "id", "notes"): words(one, "notes") for one in tables(raw, "note", "help lines")}
    general = tuple(_claims(raw, sources, "all lines", dropped))
    return HelpDirectory(
        text(raw, "jurisdiction", "help lines"), reviewed, notes, general, tuple(lines), tuple(dropped)
    )


def load_help_lines(jurisdiction: str = "us", path: Path | None = None) -> HelpDirectory:
    """The shipped directory of a country, or one from another file, checked against the shipped sources."""
    with (path or resource("directory", f"help-{jurisdiction}.toml")).open("rb") as stream:
        return read_help_lines(tomllib.load(stream), load_sources())
