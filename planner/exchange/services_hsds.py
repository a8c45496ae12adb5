"""Open Referral HSDS (docs.openreferral.org) as one shape, whatever it came as.

Versions 1 to 3 name their tables and fields a little differently; tables are put together to the nested objects that
version 3 has in JSON. Contacts are left out: they are people, and nobody asked them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from planner.exchange.services_files import Table, Tables

Node = Mapping[str, Any]
MOST = 40
"""Things of one kind at one service that are looked at."""

_NAMES = {"physical_address": "address", "regular_schedule": "schedule"}
_LISTS = ("contents", "items", "services", "organizations")
_OTHERS = frozenset({"location_type", "latitude", "taxonomy", "taxonomy_uri", "term_uri", "legal_status", "tax_status"})
"""What a location, a kind of help or an organization has, and a service has not."""
_MARKS = frozenset(
    {"organization", "organization_id", "program_id", "status", "phones", "schedules", "service_at_locations", "url"}
    | {"email", "fees", "fees_description", "eligibility_description", "application_process", "interpretation_services"}
)
"""What a service has, at least one of them."""
_DEEPEST = 6
"""Lists in lists: an organization in a page of a list is three."""
_CLOSED = frozenset({"inactive", "defunct", "temporarily closed", "closed"})


def is_hsds(tables: Tables) -> bool:
    """Whether these are tables of the standard: one of services, and one beside it."""
    names = {table_name(each) for each in tables}
    return "service" in names and len(names) > 1


def table_name(name: str) -> str:
    """The name of a table, in the singular that the standard uses."""
    name = name.lower().removesuffix(".csv")
    for plural, singular in (("sses", "ss"), ("ies", "y"), ("ss", "ss"), ("s", "")):
        if name.endswith(plural):
            name = name.removesuffix(plural) + singular
            break
    return _NAMES.get(name, name)


def services_in(found: Any, deep: int = 0) -> Iterator[Node]:
    """The services of a JSON file: one, a list, a page of a list, an organization with its services, or tables."""
    if deep > _DEEPEST:
        return
    if isinstance(found, list):
        for each in found:
            yield from services_in(each, deep + 1)
    elif isinstance(found, dict):
        if all(_is_table(rows) for rows in found.values()) and is_hsds(found):
            yield from nested({name: _flat(rows) for name, rows in found.items()})
        elif any(isinstance(found.get(name), list) for name in _LISTS):
            for name in _LISTS:
                for each in _list(found, name):
                    # What stands in an organization need not name it again.
                    yield from services_in({"organization": found, **each} if name == "services" else each, deep + 1)
        elif within(found, "service"):
            # A service at one place, the other way round.
            yield {**within(found, "service"), "service_at_locations": [found]}
        elif _MARKS & found.keys() and not _OTHERS & found.keys():
            yield found


def _is_table(rows: Any) -> bool:
    return isinstance(rows, list) and all(isinstance(each, dict) for each in rows)


def _flat(rows: list[dict[str, Any]]) -> Table:
    return [{name.lower(): text(value) for name, value in each.items()} for each in rows]


def text(value: Any) -> str:
    """A value as text; what is no text and no number is none."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _list(node: Node, name: str) -> list[Node]:
    value = node.get(name)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def each_of(node: Node, name: str) -> list[Node]:
    """The first of the objects in a list of a service."""
    return list(islice(_list(node, name), MOST))


def within(node: Node, name: str) -> Node:
    """An object in another, or an empty one."""
    value = node.get(name)
    return value if isinstance(value, dict) else {}


def is_closed(service: Node) -> bool:
    """Whether the list itself says that nobody is helped there now."""
    return text(service.get("status")).strip().lower() in _CLOSED


def nested(tables: Tables) -> Iterator[Node]:
    """The services of these tables, each with what belongs to it."""
    found = {table_name(name): rows for name, rows in tables.items()}
    by: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for table in ("phone", "schedule", "language", "address", "cost_option", "required_document"):
        for owner in ("service_id", "location_id", "organization_id", "service_at_location_id"):
            by[f"{table}/{owner}"] = _grouped(found.get(table, []), owner)
    organizations = _by_id(found.get("organization", []))
    locations = _by_id(found.get("location", []))
    places = _grouped(found.get("service_at_location", []), "service_id")
    terms = _terms(found)

    def of(table: str, owner: str, name: str) -> list[dict[str, Any]]:
        return by[f"{table}/{owner}"].get(name, []) if name else []

    def at(row: Node) -> Node:
        name = text(row.get("location_id"))
        here = text(row.get("id"))
        location = {
            **locations.get(name, {}),
            "addresses": of("address", "location_id", name),
            "phones": of("phone", "location_id", name),
            "languages": of("language", "location_id", name),
            "schedules": of("schedule", "location_id", name),
        }
        phones, hours = (of(table, "service_at_location_id", here) for table in ("phone", "schedule"))
        return {"location": location, "phones": phones, "schedules": hours}

    for row in found.get("service", []):
        name, owner = text(row.get("id")), text(row.get("organization_id"))
        yield {
            **row,
            "organization": {**organizations.get(owner, {}), "phones": of("phone", "organization_id", owner)},
            "phones": of("phone", "service_id", name),
            "schedules": of("schedule", "service_id", name),
            "languages": of("language", "service_id", name),
            "cost_options": of("cost_option", "service_id", name),
            "required_documents": of("required_document", "service_id", name),
            "attributes": [{"taxonomy_term": {"name": each}} for each in terms.get(name, ())],
            "service_at_locations": [at(each) for each in places.get(name, [])[:MOST]] if name else [],
        }


def _by_id(rows: Table) -> dict[str, dict[str, Any]]:
    return {row["id"]: dict(row) for row in rows if row.get("id")}


def _grouped(rows: Table, owner: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if row.get(owner) and len(found[row[owner]]) < MOST:
            found[row[owner]].append(dict(row))
    return found


def _terms(found: Tables) -> dict[str, list[str]]:
    """The kinds of help that a service is listed under, by its id."""
    names = {row["id"]: row.get("name") or row.get("term", "") for row in found.get("taxonomy_term", []) if "id" in row}
    names |= {row["id"]: row.get("name", "") for row in found.get("taxonomy", []) if row.get("id")}
    terms: dict[str, list[str]] = defaultdict(list)
    for row in found.get("service_taxonomy", []):
        link = row.get("taxonomy_term_id") or row.get("taxonomy_id", "")
        terms[row.get("service_id", "")].append(names.get(link) or row.get("taxonomy_detail", ""))
    for row in found.get("attribute", []):
        if row.get("link_entity", row.get("link_type", "service")) == "service":
            link = row.get("link_id") or row.get("service_id", "")
            terms[link].append(names.get(row.get("taxonomy_term_id", "")) or row.get("value", ""))
    return {name: each[:MOST] for name, each in terms.items() if name}
