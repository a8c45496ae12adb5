"""Lists of places and services that come from elsewhere: Open Referral HSDS (JSON, tables, .zip) and any plain table.

A list is only words: nothing in it is looked up, opened or run. A cell that a spreadsheet would take for a formula is
left out and counted, because this list may leave again one day.
"""

from __future__ import annotations

import html
import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import islice
from typing import Any

from planner.exchange.cards_phone import USUAL_REGION, readable, same_as
from planner.exchange.cards_read import many_lines, one_line
from planner.exchange.services_files import (
    MOST_BYTES,
    Opened,
    Progress,
    ServiceTrouble,
    Table,
    nothing_in_it,
    open_list,
    too_large,
)
from planner.exchange.services_hsds import each_of, is_closed, is_hsds, nested, services_in, text, within
from planner.exchange.services_words import COLUMNS, cost, eases, folded, languages, needs, parts
from planner.packs.services import MOST_ENTRIES, MOST_LINE, MOST_TEXT, Cost, OwnService, own_service
from planner.plan.repeat_words import DAY_NAMES
from planner.words import _

__all__ = ["MOST_BYTES", "Found", "LeftOut", "ServiceFile", "ServiceTrouble", "Why", "read_services"]

MOST_SERVICES = 5000
"""Places of one file: more is nothing that somebody looks through row by row."""
MOST_LABEL = 60
"""Letters of what is said about a number."""
_EVERY = 50


class Why(StrEnum):
    """Why an entry of a list stays out."""

    NO_NAME = "no-name"
    CLOSED = "closed"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class Found:
    """An entry of a list as it would be here, without an id. ``number`` counts the entries of the file from 1."""

    number: int
    entry: OwnService


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An entry that stays out, with as much of its name as there was."""

    number: int
    why: Why
    name: str = ""


@dataclass(frozen=True, slots=True)
class ServiceFile:
    """All that stood in a list. ``formulas`` counts cells left out; ``columns`` are those nobody here understands."""

    found: tuple[Found, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    formulas: int = 0
    columns: tuple[str, ...] = ()


def read_services(data: bytes, progress: Progress, region: str = USUAL_REGION) -> ServiceFile:
    """Read every entry; ``region`` (two letters) is where numbers without a country are from.

    ``progress(done, total)`` may raise to stop.

    Raises:
        ServiceTrouble: damaged, hostile, too large, or there is no place in it.
    """
    opened = open_list(data, progress)
    reading = _Reading(region)
    rows, columns = _raw(opened, reading)
    entries = list(islice(rows, MOST_SERVICES + 1))
    if len(entries) > MOST_SERVICES:
        raise too_large()
    if not entries:
        raise nothing_in_it()
    for done, raw in enumerate(entries):
        if done % _EVERY == 0:
            progress(done, len(entries))
        reading.take(done + 1, raw)
    if not reading.found and all(each.why is Why.NO_NAME for each in reading.left_out):
        raise nothing_in_it()
    return ServiceFile(tuple(reading.found), tuple(reading.left_out), reading.formulas, columns)


@dataclass(frozen=True, slots=True)
class _Raw:
    """One entry before its words are cleaned; ``values`` as in an own entry, with lists of texts."""

    values: Mapping[str, Any]
    origin: str = ""
    closed: bool = False


def _raw(opened: Opened, reading: _Reading) -> tuple[Iterator[_Raw], tuple[str, ...]]:
    tables = opened.tables
    if tables is None:
        return (_from_service(each, reading) for each in services_in(opened.objects)), ()
    if is_hsds(tables):
        return (_from_service(each, reading) for each in nested(tables)), ()
    if len(tables) != 1:
        raise nothing_in_it()
    return _from_table(next(iter(tables.values())), reading)


class _Reading:
    """Cleans one entry after the other, and keeps count."""

    def __init__(self, region: str) -> None:
        self._region = region
        self._seen: set[tuple[str, ...]] = set()
        self.found: list[Found] = []
        self.left_out: list[LeftOut] = []
        self.formulas = 0

    # ---------------------------------------------------------------- words

    def line(self, value: Any) -> str:
        """Words on one line, without marks of HTML and without formulas."""
        return one_line(self._plain(value), MOST_LINE)

    def lines(self, value: Any) -> str:
        """The same, where lines may stand under each other."""
        return many_lines(self._plain(value), MOST_TEXT)

    def _plain(self, value: Any) -> str:
        words = html.unescape(re.sub(r"<[a-zA-Z/][^<>]{0,300}>", " ", text(value)))
        # Another program may have put an apostrophe before it, for the same reason.
        if is_formula(words.lstrip().removeprefix("'")):
            self.formulas += 1
            return ""
        return words

    def phone(self, number: Any, label: Any = "", extension: Any = "") -> dict[str, str]:
        """A number as people here write it."""
        words = one_line(text(number).strip().strip("\"'"), MOST_LINE)
        if not any(sign.isdigit() for sign in words) or is_formula(words):
            return {}
        more = one_line(text(extension), 20)
        shown = readable(words, self._region)
        words = self.line(label)
        # A whole paragraph beside a number is no label; its first words are.
        label_words = words if len(words) <= MOST_LABEL else words[:MOST_LABEL].rsplit(" ", 1)[0] + " …"
        return {"number": f"{shown} x{more}" if more else shown, "label": label_words}

    def phones(self, found: Iterator[dict[str, str]]) -> tuple[dict[str, str], ...]:
        """Each number once."""
        once: dict[str, dict[str, str]] = {}
        for each in found:
            if each:
                once.setdefault(same_as(each["number"], self._region) or each["number"], each)
            if len(once) == MOST_ENTRIES:
                break
        return tuple(once.values())

    # ---------------------------------------------------------------- entries

    def take(self, number: int, raw: _Raw) -> None:
        """Keep one entry, or say why not."""
        entry = own_service(raw.values, origin=raw.origin)
        if not entry.name:
            self.left_out.append(LeftOut(number, Why.NO_NAME))
        elif raw.closed:
            self.left_out.append(LeftOut(number, Why.CLOSED, entry.name))
        elif not self._is_first(entry):
            self.left_out.append(LeftOut(number, Why.TWICE, entry.name))
        else:
            self.found.append(Found(number, entry))

    def _is_first(self, entry: OwnService) -> bool:
        numbers = sorted(same_as(each["number"], self._region) for each in entry.phones)
        keys = [("as", folded(entry.name), folded(entry.address), *numbers)]
        keys += [("from", entry.origin)] if entry.origin else []
        new = self._seen.isdisjoint(keys)
        self._seen.update(keys)
        return new


def is_formula(words: str) -> bool:
    """Whether a spreadsheet might run it (OWASP, "CSV injection"): numbers and lists with a dash are none."""
    if words[:1] in {"=", "@"}:
        return True
    return words[:1] in {"+", "-"} and re.search(r"[=(|!]", re.sub(r"^\+\d+\s*\(\d+\)", "", words[:200])) is not None


def _site(words: str) -> str:
    """An address of the web to be read and typed; anything else that calls itself one is dropped."""
    scheme, colon, rest = words.partition("://")
    if colon and scheme.lower() not in {"http", "https"}:
        return ""
    shown = rest if colon else words
    return shown.rstrip("/") if re.fullmatch(r"[\w.-]+\.\w{2,}(:\d+)?([/?#]\S*)?", shown) else ""


def _email(words: str) -> str:
    shown = words.removeprefix("mailto:")
    return shown if re.fullmatch(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+", shown) else ""


def _day(words: str) -> str:
    """The day at the start of a date and hour; other ways of writing one leave it open which is the month."""
    return words.strip()[:10]


def _together(name: str, organization: str) -> str:
    """A service is called by its own name and by whose it is, each once."""
    if not organization or folded(organization) in folded(name):
        return name
    return f"{name}, {organization}" if name else organization


def _beside(price: str) -> str:
    """What is said about the cost beyond "free"."""
    return "" if cost(price) is Cost.FREE else price


def _note(*said: str) -> str:
    return "\n".join(each for each in said if each)


# ---------------------------------------------------------------- a plain table


def _from_table(rows: Table, reading: _Reading) -> tuple[Iterator[_Raw], tuple[str, ...]]:
    """Entries of a table with any header in English or Spanish.

    Raises:
        ServiceTrouble: no column has a name that stands for names.
    """
    names = list(dict.fromkeys(name for row in rows[:1] for name in row))
    known = {alias: field for field, aliases in COLUMNS.items() for alias in aliases}
    columns: dict[str, list[str]] = {}
    odd: list[str] = []
    for name in names:
        field = known.get(re.sub(r"\s*\d+$", "", folded(name)))
        if field is None:
            odd.append(one_line(name, 60))
        else:
            columns.setdefault(field, []).append(name)
    if rows and not {"name", "organization"} & columns.keys():
        raise ServiceTrouble(
            _("No column of this table is called “name”, so nobody can tell what the places are called."),
            _("Write “name” above the names of the places, save the table, and choose it again."),
        )
    return (_from_row(row, columns, reading) for row in rows), tuple(odd)


def _from_row(row: Mapping[str, str], columns: Mapping[str, list[str]], reading: _Reading) -> _Raw:
    def cells(field: str) -> list[str]:
        return [row[name] for name in columns.get(field, ()) if row.get(name, "").strip()]

    @cache
    def line(field: str) -> str:
        return reading.line(" ".join(cells(field)))

    def entries(field: str) -> list[str]:
        return [reading.line(each) for cell in cells(field) for each in parts(cell)]

    numbers = (
        reading.phone(each) for cell in map(reading.lines, cells("phones")) for each in re.split(r"[;|\n/]", cell)
    )
    price = line("cost")
    address = [reading.lines("\n".join(cells("address"))), ", ".join(filter(None, map(line, ("city", "state"))))]
    values = {
        "name": _together(line("name"), line("organization")),
        "purpose": reading.lines("\n".join(cells("purpose"))),
        "phones": reading.phones(numbers),
        "email": _email(line("email")),
        "site": _site(line("site")),
        "address": "\n".join(filter(None, address)) + (f" {line('postcode')}" if line("postcode") else ""),
        "languages": languages([*entries("languages"), *(["interpreter"] if line("interpreters") else [])]),
        "cost": cost(price).value,
        "cost_note": _beside(price),
        "needs": needs(entries("needs")) or needs([line("name")]),
        "eases": eases(entries("eases")),
        "hours": reading.lines("\n".join(cells("hours"))),
        "note": _note(*(reading.lines("\n".join(cells(each))) for each in ("who", "how", "note"))),
        "checked": _day(line("checked")),
    }
    return _Raw(values, closed=is_closed({"status": line("status")}))


# ---------------------------------------------------------------- Open Referral


def _from_service(service: Mapping[str, Any], reading: _Reading) -> _Raw:
    organization = within(service, "organization")
    places = each_of(service, "service_at_locations")
    locations = [within(each, "location") for each in places]
    words = [*(reading.line(_term(each)) for each in each_of(service, "attributes"))]
    price = reading.line(service.get("fees_description") or service.get("fees"))
    options = [reading.line(each.get("option") or each.get("amount_description")) for each in _costs(service)]
    spoken = [each for one in (service, *locations) for each in each_of(one, "languages")]
    hours = [_hours(each, reading) for one in (service, *places) for each in each_of(one, "schedules")]
    papers = [reading.line(each.get("document")) for each in each_of(service, "required_documents")]
    tongues = [reading.line(each.get("name") or each.get("language") or each.get("code")) for each in spoken]
    if reading.line(service.get("interpretation_services")):
        tongues.append("interpreter")
    name = reading.line(service.get("name"))
    values = {
        "name": _together(name, reading.line(organization.get("name"))),
        "purpose": reading.lines(service.get("description") or organization.get("description")),
        "phones": _numbers(service, places, locations, organization, reading),
        "email": _email(reading.line(service.get("email") or organization.get("email"))),
        "site": _site(reading.line(service.get("url") or organization.get("website") or organization.get("url"))),
        "address": "\n".join(dict.fromkeys(filter(None, (_address(each, reading) for each in locations)))),
        "languages": languages(tongues),
        "cost": (cost(price) or next(filter(None, map(cost, options)), cost(""))).value,
        "cost_note": _beside(price or ", ".join(filter(None, options))),
        "needs": needs(words) or needs([name]),
        "hours": "\n".join(dict.fromkeys(filter(None, hours))),
        "note": _note(
            reading.lines(service.get("alert")),
            reading.lines(service.get("eligibility_description")),
            reading.lines(service.get("application_process")),
            ", ".join(filter(None, papers)),
        ),
        "checked": _day(text(service.get("assured_date"))),
    }
    return _Raw(values, _origin(text(service.get("id"))), is_closed(service))


def _origin(name: str) -> str:
    """Where it came from, if its id is one of its own in the world: "1" is the first of every list."""
    try:
        return f"hsds/{uuid.UUID(name.strip())}"
    except ValueError:
        return ""


def _term(attribute: Mapping[str, Any]) -> str:
    term = within(attribute, "taxonomy_term")
    return text(term.get("name") or attribute.get("label") or attribute.get("value"))


def _costs(service: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return each_of(service, "cost_options")


def _numbers(
    service: Mapping[str, Any],
    places: list[Mapping[str, Any]],
    locations: list[Mapping[str, Any]],
    organization: Mapping[str, Any],
    reading: _Reading,
) -> tuple[dict[str, str], ...]:
    """The numbers of the service itself, else of where it is, else of whose it is."""
    for owners in ([service, *places], locations, [organization]):
        listed = [each for one in owners for each in each_of(one, "phones")]
        spoken = [each for each in listed if text(each.get("type")).lower() not in {"fax", "pager"}]
        found = reading.phones(
            reading.phone(each.get("number"), each.get("description") or each.get("type"), each.get("extension"))
            for each in spoken
        )
        if found:
            return found
    return ()


def _address(location: Mapping[str, Any], reading: _Reading) -> str:
    for each in each_of(location, "addresses"):
        street = [reading.line(each.get(name)) for name in ("address_1", "address_2")]
        town = [reading.line(each.get(name)) for name in ("city", "state_province", "postal_code")]
        if any(street) or any(town):
            return ", ".join(filter(None, [*street, " ".join(filter(None, town))]))
    return ""


_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def _hours(schedule: Mapping[str, Any], reading: _Reading) -> str:
    said = reading.line(schedule.get("description"))
    if said:
        return said
    days = text(schedule.get("byday")) or text(schedule.get("weekday"))
    named = [_(DAY_NAMES[_DAYS.index(each)]) for each in re.findall(r"[A-Z]{2}", days.upper()) if each in _DAYS]
    if not named:
        named = [reading.line(days)] if days else []
    span = [text(schedule.get(name))[:5] for name in ("opens_at", "closes_at")]
    hours = "–".join(span) if all(re.fullmatch(r"\d\d?:\d\d?", each) for each in span) else ""
    return " ".join(filter(None, [", ".join(dict.fromkeys(named)), hours]))
