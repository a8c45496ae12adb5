"""Looking for words: what begins like them, title before text, whole words before beginnings."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from planner.plan.folded import asked_digits, asked_words
from planner.store.beside import Beside, kind_number, kind_of_number, range_of
from planner.store.connection import Ask
from planner.store.rows import Hit

MOST_WORDS = 8
"""More words find nothing else."""
_POOL = 3
"""How many times as many appointments are looked at as are given, to give those that are nearest in time."""

_KIND = "((rowid >> 26) & 63)"
_FIRST = f"""
SELECT n FROM (
    SELECT rowid AS n, row_number() OVER (PARTITION BY {_KIND}) AS place
    FROM search WHERE search MATCH :titles AND rowid BETWEEN :low AND :high AND {_KIND} <= :kinds
) WHERE place <= :most
"""  # noqa: S608 - our own words
_ANY = f"""
SELECT rowid FROM search WHERE search MATCH :any AND rowid BETWEEN :low AND :high AND {_KIND} <= :kinds LIMIT :most
"""  # noqa: S608 - our own words
# Weights of title, words and numbers. Each list is made once; the ranking itself runs inside SQLite, row by row.
_RANKED = f"""
SELECT n, grade FROM (
    SELECT n, grade, row_number() OVER (PARTITION BY (n >> 26) & 63 ORDER BY grade, score, n) AS place
    FROM (
        SELECT rowid AS n, bm25(search, 8.0, 1.0, 4.0) AS score,
            CASE
                WHEN rowid IN (SELECT rowid FROM search WHERE search MATCH :whole_titles) THEN 0
                WHEN rowid IN (SELECT rowid FROM search WHERE search MATCH :titles) THEN 1
                WHEN rowid IN (SELECT rowid FROM search WHERE search MATCH :whole) THEN 2
                ELSE 3
            END AS grade
        FROM search WHERE search MATCH :any AND rowid BETWEEN :low AND :high AND {_KIND} <= :kinds
    )
) WHERE place <= :most ORDER BY grade, place, n
"""  # noqa: S608 - our own words
_ALL = (0, (1 << 63) - 1)


@dataclass(frozen=True, slots=True)
class Reach:
    """What may be seen now: of one person, or of everyone; with a worker's notes or without. ``now``: ISO 8601, UTC."""

    person: str | None = None
    notes: bool = True
    now: str = ""


EVERYTHING = Reach()


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found; ``more`` when there is more of it than was asked for."""

    hits: tuple[Hit, ...] = ()
    more: bool = False


class Finding(Beside):
    """One box over everything in the store."""

    def search(
        self,
        text: str,
        reach: Reach = EVERYTHING,
        most: int = 50,
        *,
        ranked: bool = True,
        stop: Callable[[], bool] = lambda: False,
    ) -> Hits:
        """What has, for every word of ``text``, a word that begins like it; of each kind the best, at most so many.

        Case and accents do not count. What looks like part of a telephone number (three digits or more) is looked for
        inside of numbers too. First comes what has the words in its title, whole words before beginnings; appointments
        by how near they are. Without ``ranked`` it is only title before text, in a fraction of the time.

        May be called in any thread; the thread of the window never waits for it.

        Raises:
            ReadingStopped: ``stop()`` said so, or the store was closed.
        """
        match = _match(text)
        if match is None:
            return Hits()

        def read(ask: Ask) -> Hits:
            low, high = _ALL
            if reach.person is not None:
                place = ask("SELECT number FROM place WHERE person = ?", (reach.person,))
                if not place:
                    return Hits()
                low, high = range_of(place[0][0], notes=reach.notes)
            last_kind = 63 if reach.notes else kind_number("note") - 1
            values = {**match, "low": low, "high": high, "kinds": last_kind}
            numbers, more = _best(ask, values, reach, most) if ranked else _first(ask, values, most)
            return Hits(tuple(_hits(ask, numbers)), more)

        return self._ask_aside(read, stop)


def _match(text: str) -> dict[str, str] | None:
    """What FTS5 is asked, by name; nothing but words of ours and letters and digits stands in it."""
    words = asked_words(text, MOST_WORDS)
    digits = asked_digits(text)
    if not words:
        return None
    whole = " AND ".join('"{}"'.format(" ".join(each)) for each in words)
    begun = " AND ".join('"{}"*'.format(" ".join(each)) for each in words)
    also = f' OR digits : "{digits}"*' if digits else ""
    return {
        "whole_titles": f"named : ({whole})",
        "titles": f"named : ({begun})",
        "whole": f"{{named words}} : ({whole})",
        "any": f"({{named words}} : ({begun})){also}",
    }


def _first(ask: Ask, values: dict[str, Any], most: int) -> tuple[list[int], bool]:
    found = [row[0] for row in ask(_FIRST, {**values, "most": most + 1})]
    if len(found) < most:
        known = set(found)
        found += [row[0] for row in ask(_ANY, {**values, "most": most + 1}) if row[0] not in known]
    return _shares(_by_kind(found), most)


def _best(ask: Ask, values: dict[str, Any], reach: Reach, most: int) -> tuple[list[int], bool]:
    rows = ask(_RANKED, {**values, "most": most * _POOL + 1})
    kinds = _by_kind([row[0] for row in rows])
    appointment = kind_number("appointment")
    if reach.now and appointment in kinds:
        grades: dict[int, int] = dict(rows)
        kinds[appointment] = _nearest(ask, kinds[appointment], grades, reach.now)
    return _shares(kinds, most)


def _by_kind(numbers: Iterable[int]) -> dict[int, list[int]]:
    kinds: dict[int, list[int]] = {}
    for number in numbers:
        kinds.setdefault(kind_of_number(number), []).append(number)
    return dict(sorted(kinds.items()))


def _shares(kinds: dict[int, list[int]], most: int) -> tuple[list[int], bool]:
    """As much of each kind as there is room for, the same for all that have as much."""
    room = most
    shares = dict.fromkeys(kinds, 0)
    for left, (kind, numbers) in zip(
        range(len(kinds), 0, -1), sorted(kinds.items(), key=lambda each: (len(each[1]), each[0])), strict=True
    ):
        shares[kind] = min(len(numbers), room // left)
        room -= shares[kind]
    cut = any(len(numbers) > shares[kind] for kind, numbers in kinds.items())
    return [number for kind, numbers in kinds.items() for number in numbers[: shares[kind]]], cut


def _nearest(ask: Ask, numbers: list[int], grades: dict[int, int], now: str) -> list[int]:
    """What is ahead, the nearest first, then what has been, the latest first; what the words fit better before both."""
    marks = ", ".join("?" for _each in numbers)
    rows = ask(
        "SELECT number, MIN(CASE WHEN starts_utc >= ? THEN starts_utc END), MAX(starts_utc) FROM record"  # noqa: S608
        " JOIN agenda ON agenda.person = record.person AND agenda.appointment = record.id"
        f" WHERE number IN ({marks}) GROUP BY number",
        (now, *numbers),
    )
    ahead = {number: start for number, start, _last in rows if start}
    been = {number: last for number, start, last in rows if not start}
    rest = [each for each in numbers if each not in ahead and each not in been]
    coming = sorted(ahead, key=lambda each: (ahead[each], each))
    gone = sorted(been, key=lambda each: (been[each], -each), reverse=True)
    return sorted((*coming, *gone, *rest), key=lambda each: grades[each])


def _hits(ask: Ask, numbers: Sequence[int]) -> Iterator[Hit]:
    marks = ", ".join("?" for _each in numbers)
    found = {
        number: Hit(person=person, kind=kind, id=name, title=title, fields=json.loads(values))
        for number, person, kind, name, title, values in ask(
            f"SELECT number, person, kind, id, title, fields FROM record WHERE number IN ({marks})",  # noqa: S608
            numbers,
        )
    }
    for number, person, kind, name, owner, day, title, text in ask(
        f"SELECT number, person, kind, id, owner, day, title, text FROM beside WHERE number IN ({marks})",  # noqa: S608
        numbers,
    ):
        found[number] = Hit(person=person, kind=kind, id=name, title=title, owner=owner, day=day, text=text)
    return (found[each] for each in numbers if each in found)
