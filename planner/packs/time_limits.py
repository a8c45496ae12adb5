"""Time limits to take over: what runs out, where that stands, and what can still be done afterwards.

Two sorts. A ``day`` limit becomes a record: it asks for the last day itself, or for one day on a paper from which the
last one is reckoned; the paper's day is not kept. An ``hours`` limit (care after an assault) is only ever read: nothing
about it is stored, because a start would say when something happened.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
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
from planner.packs.texts import PackProblem, Words, tables, text, words
from planner.plan.life import LifeDomain
from planner.plan.records import MOST_WARN_DAYS

MOST_HOURS = 24 * 31
_MOST_YEARS = 30


class LimitKind(StrEnum):
    """What is done with a time limit."""

    DAY = "day"
    HOURS = "hours"


@dataclass(frozen=True, slots=True)
class Reckon:
    """How the last day follows from a day on a paper: so much later; ``days`` below 0 come off (a year less a day)."""

    ask: Words
    years: int = 0
    months: int = 0
    days: int = 0

    def last_day(self, start: date) -> date:
        """The last day, counted from the day on the paper; a day that a month lacks becomes its last one.

        Raises:
            OverflowError, ValueError: that is beyond the calendar.
        """
        number = start.year * 12 + start.month - 1 + 12 * self.years + self.months
        year, month = number // 12, number % 12 + 1
        day = min(start.day, calendar.monthrange(year, month)[1])
        return date(year, month, day) + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class LimitTemplate(Item):
    """One time limit.

    ``ask`` is the question for the last day. ``rule`` says where it stands, ``past`` what can still be done once it has
    gone by. ``hours`` and ``best`` (0 for none) are hours, and only those of the kind ``HOURS`` have them.
    """

    id: str
    kind: LimitKind
    domain: LifeDomain
    icon: str
    title: Words
    about: Words
    ask: Words | None
    reckon: Reckon | None
    rule: tuple[Line, ...]
    past: tuple[Line, ...]
    hours: int
    best: int
    warn_days: int
    doors: tuple[Door, ...]
    standing: Standing

    def said(self) -> Iterable[Sourced]:
        return (*self.rule, *self.past)

    def rule_text(self, language: str) -> str:
        """Where it stands as one text, to be kept beside the day."""
        return " ".join(each.words.get(language) for each in self.rule)


def _whole(raw: Mapping[str, Any], key: str, most: int, where: str, nothing: int = 0) -> int:
    value = raw.get(key, nothing)
    if type(value) is not int or not 0 <= value <= most:
        raise PackProblem(f"{where}: {key!r} must be a whole number up to {most}")
    return value


def _reckon(raw: Mapping[str, Any], where: str) -> Reckon | None:
    found = raw.get("reckon")
    if found is None:
        return None
    if not isinstance(found, Mapping):
        raise PackProblem(f"{where}: 'reckon' must be a table")
    years = _whole(found, "years", _MOST_YEARS, where)
    months, days = _whole(found, "months", 12 * _MOST_YEARS, where), found.get("days", 0)
    if type(days) is not int or not -31 <= days <= 366 * _MOST_YEARS or years + months == 0 >= days:
        raise PackProblem(f"{where}: 'reckon' counts nothing that can be used")
    return Reckon(words(found.get("from"), f"{where}, reckon"), years, months, days)


def read_time_limits(
    raw: Mapping[str, Any], sources: Mapping[str, Source], giver: str = ""
) -> tuple[LimitTemplate, ...]:
    """The time limits of a parsed file, in its order.

    A line that rests on a page nobody read is left out, and so is a whole limit that is left without a rule.

    Raises:
        PackProblem: the file does not have the expected form, or two limits share an id.
    """
    found: list[LimitTemplate] = []
    for each in tables(raw, "clock", "time limits"):
        name = text(each, "id", "time limits")
        kind = one_of(LimitKind, each, "kind", name)
        hours, best = _whole(each, "hours", MOST_HOURS, name), _whole(each, "best", MOST_HOURS, name)
        is_day = kind is LimitKind.DAY
        if is_day is bool(hours) or best > hours or (is_day and "ask" not in each) or (not is_day and "ask" in each):
            raise PackProblem(f"{name}: a limit of days asks for its day, one of hours says how many")
        item = LimitTemplate(
            name,
            kind,
            one_of(LifeDomain, each, "domain", name),
            text(each, "icon", name),
            words(each.get("title"), f"{name}, title"),
            words(each.get("about"), f"{name}, about"),
            words(each["ask"], f"{name}, ask") if is_day else None,
            _reckon(each, name) if is_day else None,
            lines(each, "rule", name, sources),
            lines(each, "past", name, sources),
            hours,
            best,
            _whole(each, "warn_days", MOST_WARN_DAYS, name, 30),
            doors(each, name),
            standing(each, name, giver),
        )
        if item.rule:
            found.append(item)
    refuse_doubles(found, "time limits")
    return tuple(found)


def load_time_limits(
    path: Path | None = None, sources: Mapping[str, Source] | None = None
) -> tuple[LimitTemplate, ...]:
    """The shipped time limits, or those of another file or folder.

    Raises:
        PackProblem: a file does not have the expected form, or two limits share an id.
    """
    known = load_sources() if sources is None else sources
    found = tuple(each for _name, raw in parsed("clocks", path) for each in read_time_limits(raw, known))
    refuse_doubles(found, "time limits")
    return found
