"""Where each fact of the content was read: ``resources/sources.csv``.

One row a page: what it supports, its title and address, the date the page itself bears (empty when it bears none; a
year or a month alone where that is all it says) and the date it was read. A fact is shipped only where two independent
pages carry it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from planner.packs.texts import PackProblem
from planner.resources import resource

COLUMNS = ("id", "supports", "title", "address", "page_date", "read_date")

OLD_AFTER_DAYS = 365
"""Content older than a year says so on the screen (issue "First-week content", Facts)."""

# Addresses of one publisher under several names, or of a page that repeats what another publisher says.
_SAME_PUBLISHER = {
    "traffickingresourcecenter.org": "humantraffickinghotline.org",
    "hhs.gov": "hhs.gov",
    "acf.gov": "hhs.gov",
    "pubt.io": "hhs.gov",
    "samhsa.gov": "hhs.gov",
}


@dataclass(frozen=True, slots=True)
class Source:
    """A page that was read. ``page_date`` is the earliest day that its date can mean, or ``None``."""

    id: str
    supports: str
    title: str
    address: str
    page_date: date | None
    read_date: date

    @property
    def publisher(self) -> str:
        """Who stands behind the page, as far as its address tells: the last two labels of the host."""
        host = (urlsplit(self.address).hostname or "").lower()
        domain = ".".join(host.split(".")[-2:])
        return _SAME_PUBLISHER.get(domain, domain)


def partial_date(text: str) -> date | None:
    """A day from ``2026``, ``2026-03`` or ``2026-03-12``: the earliest that is meant; ``None`` for empty text.

    Raises:
        ValueError: the text is none of these.
    """
    if not text:
        return None
    parts = [int(part) for part in text.split("-")]
    if not 1 <= len(parts) <= 3:
        raise ValueError("not a date")
    year, month, day = (*parts, 1, 1)[:3]
    return date(year, month, day)


def read_sources(lines: Iterable[str]) -> dict[str, Source]:
    """Sources by id from the lines of a CSV file.

    Raises:
        PackProblem: a wrong header, a doubled id, or a row without id, address or date of reading.
    """
    reader = csv.DictReader(lines)
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise PackProblem("sources: the columns must be " + ", ".join(COLUMNS))
    found: dict[str, Source] = {}
    for row in reader:
        name = row["id"]
        try:
            read_on = partial_date(row["read_date"] or "")
            page_date = partial_date(row["page_date"] or "")
        except ValueError as error:
            raise PackProblem(f"sources: {name!r} has a date that cannot be read") from error
        if not name or name in found or read_on is None or not urlsplit(row["address"] or "").hostname:
            raise PackProblem(f"sources: row {name!r} is doubled or incomplete")
        found[name] = Source(name, row["supports"], row["title"], row["address"], page_date, read_on)
    return found


def load_sources(path: Path | None = None) -> dict[str, Source]:
    """The shipped sources, or those of another file."""
    with (path or resource("sources.csv")).open(encoding="utf-8", newline="") as stream:
        return read_sources(stream)


def confirmed(ids: Iterable[str], sources: Mapping[str, Source]) -> bool:
    """Whether two independent publishers stand behind a claim. Unknown ids count for nothing."""
    return len({sources[each].publisher for each in ids if each in sources}) >= 2


def newest(ids: Iterable[str], sources: Mapping[str, Source]) -> date | None:
    """The newest date that any of these pages bears itself, or ``None`` when none bears one."""
    dates = [sources[each].page_date for each in ids if each in sources]
    return max((each for each in dates if each is not None), default=None)


def is_old(when: date | None, today: date) -> bool:
    """Whether something of this date must be checked before it is relied on; without a date it always must."""
    return when is None or (today - when).days > OLD_AFTER_DAYS
