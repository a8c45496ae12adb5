"""Places and services: national ones that travel with the program, and what an entry of a notebook's own looks like.

National services follow the rule of the help lines (:mod:`planner.packs.help_lines`): a number or a claim that two
independent publishers do not carry never reaches the screen. What language or cost they are found by counts only where
a confirmed claim says it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from planner.packs.help_lines import About, HelpLine, Way, load_help_lines, read_help_lines
from planner.packs.sources import OLD_AFTER_DAYS, Source, load_sources
from planner.packs.texts import PackProblem, tables, text
from planner.resources import resource

MANY = "*"
"""Stands among languages for "many others, with an interpreter"."""


class Need(StrEnum):
    """What somebody looks for."""

    TALK = "talk"
    STAY = "stay"
    FOOD = "food"
    HEALTH = "health"
    HEALING = "healing"
    SUBSTANCES = "substances"
    LAW = "law"
    IMMIGRATION = "immigration"
    PAPERS = "papers"
    MONEY = "money"
    WORK = "work"
    SCHOOL = "school"
    FAMILY = "family"
    ONLINE = "online"


class Cost(StrEnum):
    """What it costs, as far as it is known."""

    UNKNOWN = ""
    FREE = "free"
    BY_INCOME = "by-income"
    COSTS = "costs"


class Ease(StrEnum):
    """What often stands in the way, and does not at this place."""

    NO_ID = "no-id"
    NO_PAPERS = "no-papers"
    NO_REPORT = "no-report"
    CHILDREN = "children"
    NIGHT = "night"
    WRITE = "write"
    NO_TRAVEL = "no-travel"
    ALL_GENDERS = "all-genders"
    RECORD = "record"
    USING = "using"
    PETS = "pets"
    STEP_FREE = "step-free"


_SAID_BY = {Ease.NIGHT: About.HOURS, Ease.NO_REPORT: About.REPORTING}
"""The claim that must be confirmed before a national service is found by it; any other needs one of "good to know"."""


@dataclass(frozen=True, slots=True)
class NationalService:
    """A help line or service of a country. ``languages``: codes, or :data:`MANY`; ``giver`` "": ours."""

    line: HelpLine
    needs: frozenset[Need]
    languages: frozenset[str] = frozenset()
    cost: Cost = Cost.UNKNOWN
    eases: frozenset[Ease] = frozenset()
    giver: str = ""

    @property
    def id(self) -> str:
        """The id of its line."""
        return self.line.id

    def please_check(self, today: date) -> bool:
        """Whether "please check this number" must stand beside it."""
        return self.line.please_check(today)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnService:
    """A place that somebody wrote into this notebook, or brought in from a list.

    ``phones`` as in a support contact: ``{"number": …, "label": …}``. ``address`` is shown only with ``show_address``.
    ``languages`` are codes or words as typed. ``checked`` is the day on which somebody last saw that it is right, or
    empty; ``changed`` is when it was written (ISO 8601, UTC). ``origin`` names the list and entry it came from.
    """

    id: str = ""
    origin: str = ""
    changed: str = ""
    name: str = ""
    purpose: str = ""
    needs: tuple[str, ...] = ()
    phones: tuple[Mapping[str, str], ...] = ()
    email: str = ""
    site: str = ""
    address: str = ""
    show_address: bool = False
    languages: tuple[str, ...] = ()
    cost: str = Cost.UNKNOWN.value
    cost_note: str = ""
    eases: tuple[str, ...] = ()
    hours: str = ""
    note: str = ""
    checked: str = ""

    def please_check(self, today: date) -> bool:
        """Whether it should be looked at again: nobody has for more than a year, or nobody said when."""
        try:
            return (today - date.fromisoformat(self.checked)).days > OLD_AFTER_DAYS
        except ValueError:
            return True


WRITTEN = tuple(each.name for each in fields(OwnService) if each.name not in {"id", "origin", "changed"})
"""The fields of an own entry that somebody writes, in the order in which they are read."""

MOST_LINE, MOST_TEXT, MOST_ENTRIES = 300, 2000, 20
"""Letters of a short and of a long field, and entries of a list."""
LONG = frozenset({"purpose", "address", "hours", "note"})


def own_service(values: Mapping[str, Any], *, id: str = "", origin: str = "", changed: str = "") -> OwnService:  # noqa: A002
    """An own entry from values that may come from anywhere: what does not fit its field is left out, the rest cut."""
    known: dict[str, Any] = {}
    for name in WRITTEN:
        value = values.get(name)
        if name == "show_address":
            known[name] = value is True
        elif name == "phones":
            known[name] = tuple(_phones(value))
        elif name in {"needs", "languages", "eases"}:
            known[name] = tuple(_words(name, value))
        elif isinstance(value, str):
            known[name] = value.strip()[: MOST_TEXT if name in LONG else MOST_LINE]
    if known.get("cost") not in set(Cost):
        known["cost"] = Cost.UNKNOWN.value
    known["checked"] = _day(known.get("checked", ""))
    return OwnService(id=id, origin=origin, changed=changed, **known)


_CHOICES: dict[str, frozenset[str]] = {"needs": frozenset(Need), "eases": frozenset(Ease)}


def _phones(value: Any) -> Iterable[Mapping[str, str]]:
    for each in value[:MOST_ENTRIES] if isinstance(value, list | tuple) else ():
        if isinstance(each, Mapping) and isinstance(each.get("number"), str) and each["number"].strip():
            label = each.get("label")
            yield {
                "number": each["number"].strip()[:MOST_LINE],
                "label": label.strip()[:MOST_LINE] if isinstance(label, str) else "",
            }


def _words(name: str, value: Any) -> list[str]:
    known: frozenset[str] | None = _CHOICES.get(name)
    found = [each.strip()[:MOST_LINE] for each in value if isinstance(each, str)] if _is_list(value) else []
    return list(dict.fromkeys(each for each in found if each and (known is None or each in known)))[:MOST_ENTRIES]


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple)


def _day(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        return ""


# ---------------------------------------------------------------- the national ones


def read_services(
    raw: Mapping[str, Any], sources: Mapping[str, Source], known: Iterable[HelpLine] = (), giver: str = ""
) -> tuple[NationalService, ...]:
    """Services from a parsed file: first the ``known`` help lines in their order, then those of the file.

    Raises:
        PackProblem: the file does not have the expected form, or an id is there twice.
    """
    about = {text(each, "id", "services"): each for each in tables(raw, "known", "services")}
    lines = {line.id: line for line in known}
    if unknown := about.keys() - lines.keys():
        raise PackProblem(f"services: no help line {min(unknown)!r}")
    found = [_service(line, about.get(line.id, {}), giver) for line in lines.values()]
    described = {text(each, "id", "services"): each for each in tables(raw, "service", "services")}
    if described.keys() & lines.keys():
        raise PackProblem("services: a help line has the same id")
    own = read_help_lines({**raw, "line": list(tables(raw, "service", "services")), "claim": [], "note": []}, sources)
    return (*found, *(_service(line, described[line.id], giver) for line in own.lines))


def _service(line: HelpLine, raw: Mapping[str, Any], giver: str) -> NationalService:
    def listed(key: str) -> frozenset[str]:
        value = raw.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, str) and each for each in value):
            raise PackProblem(f"{line.id}: {key!r} must be a list of words")
        return frozenset(value)

    try:
        needs = frozenset(Need(each) for each in listed("needs"))
        eases = {Ease(each) for each in listed("eases")}
        cost = Cost(raw.get("cost", ""))
    except ValueError as error:
        raise PackProblem(f"{line.id}: a need, a cost or an ease that is not known") from error
    eases = {each for each in eases if line.claim(_SAID_BY.get(each, About.REACH)) is not None}
    if any(each.way in {Way.TEXT, Way.CHAT} for each in line.numbers):
        eases.add(Ease.WRITE)
    made = NationalService(line, needs, listed("languages"), cost, frozenset(eases), giver)
    if line.claim(About.LANGUAGES) is None:
        made = replace(made, languages=frozenset())
    return made if line.claim(About.COST) is not None else replace(made, cost=Cost.UNKNOWN)


def load_services(jurisdiction: str = "us", path: Path | None = None) -> tuple[NationalService, ...]:
    """The shipped services of a country with its help lines before them, checked against the shipped sources."""
    with (path or resource("directory", f"services-{jurisdiction}.toml")).open("rb") as stream:
        return read_services(tomllib.load(stream), load_sources(), load_help_lines(jurisdiction).lines)
