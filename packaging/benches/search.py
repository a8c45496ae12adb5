"""Find: from a key to the first and to the ranked results, held against FTS5 alone on the same words."""

from __future__ import annotations

import random  # noqa: TID251 - the same made-up words each time, and no secret
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from itertools import accumulate
from pathlib import Path
from queue import Queue
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

from benches.table import Measured, in_turn, milliseconds, row

if TYPE_CHECKING:
    from planner.plan.records import Record
    from planner.session import Session
    from planner.session.finding import Answer

SIZES = (1_000, 10_000, 100_000)
FIRST_MS, RANKED_MS = 50, 250
SHOWN = 40
PEOPLE = 200
VOCABULARY = 6_000
# Two letters are the hardest: they begin the most. One in four records has a word that begins like each of these.
TYPED = ("ma", "co", "de", "la")
_SYLLABLES = (
    "ba be bo ca ce co da de do fa ga ha jo ka la le lo ma me mo na ne no pa pe po ra re ro sa se so ta te to va"
)


@lru_cache
def _vocabulary() -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Words of made-up syllables, and how often each comes, as words do: the second half as often as the first."""
    dice = random.Random(7)  # noqa: S311
    syllables = _SYLLABLES.split()
    words = dict.fromkeys("".join(dice.choices(syllables, k=dice.randint(1, 4))) for _ in range(VOCABULARY * 2))
    chosen = tuple(words)[:VOCABULARY]
    return chosen, tuple(accumulate(1 / (place + 10) for place in range(len(chosen))))


def records(count: int) -> Iterator[Record]:
    """Made-up records of five kinds, with titles and texts as long as people write them."""
    from planner.plan.records import Appointment, Barrier, Goal, Step, SupportContact

    dice = random.Random(11)  # noqa: S311
    words, often = _vocabulary()

    def say(many: int) -> str:
        return " ".join(dice.choices(words, cum_weights=often, k=many)).capitalize()

    for number in range(count):
        kind = number % 5
        if kind == 0:
            yield Goal(title=say(4), why=say(10))
        elif kind == 1:
            yield Step(goal=f"g{number}", title=say(4))
        elif kind == 2:
            yield Appointment(title=say(3), place=say(4), note=say(12), starts="2026-03-12T10:00", zone="UTC")
        elif kind == 3:
            phone = f"({dice.randint(200, 999)}) 555-{dice.randint(0, 9999):04d}"
            yield SupportContact(name=say(2), role=say(3), phones=({"number": phone, "label": ""},), note=say(8))
        else:
            yield Barrier(goal=f"g{number}", what=say(6), way_round=say(6))


@contextmanager
def opened(count: int) -> Iterator[tuple[Session, Any]]:
    """A session on so many records of many people, and a plain FTS5 table with the same words under the same cipher."""
    from planner.indexing import index_row
    from planner.keys import Cost
    from planner.plan.life import Section
    from planner.session import Mode, Session
    from planner.store.connection import connect, durable
    from planner.store.notebooks import Notebook
    from planner.store.rows import PersonRow

    with tempfile.TemporaryDirectory(prefix="planner-bench-") as name:
        session = Session(Notebook.create(Path(name), "five made up words here", "", Cost()), zone="UTC")
        session.set_up(Mode.WITH_OTHERS, "Miriam")
        raw = connect(Path(name, "raw"), bytes(range(32)), create=True)
        durable(raw, Path(name))
        raw.execute("CREATE VIRTUAL TABLE search USING fts5 (title, words, tokenize = 'unicode61 remove_diacritics 2')")
        raw.execute("BEGIN")
        people = [f"person{number}" for number in range(min(PEOPLE, count // 5))]
        with session.store.transaction():
            for each in people:
                session.store.save_person(PersonRow(id=each, name=each))
            made = [index_row("", Section.EVERYDAY, record) for record in records(count)]
            share = -(-count // len(people))
            for place, person in enumerate(people):
                rows = [_of(person, each) for each in made[place * share : (place + 1) * share]]
                session.store.put_rows(rows)
                raw.executemany("INSERT INTO search VALUES (?, ?)", [(each.title, each.search) for each in rows])
        raw.execute("COMMIT")
        session.store.checkpoint()
        yield session, raw
        raw.close()
        session.notebook.close()


def _of(person: str, each: Any) -> Any:
    from dataclasses import replace

    return replace(each, person=person)


def told_after(session: Session, text: str, wanted: Callable[[Answer], bool]) -> float:
    """Seconds from the key until the wanted answer lies ready for the window."""
    told: Queue[tuple[float, Answer]] = Queue()
    begun = perf_counter()
    session.finding.look(text, lambda answer: told.put((perf_counter(), answer)))
    while True:
        at, answer = told.get()
        if wanted(answer):
            break
    session.finding.stop()
    return at - begun


def alone(raw: Any, text: str, order: str) -> float:
    """Seconds in which FTS5 alone gives as many rows with their words."""
    begun = perf_counter()
    raw.execute(f"SELECT title, words FROM search WHERE search MATCH ? {order} LIMIT {SHOWN}", (f"{text}*",)).fetchall()  # noqa: S608
    return perf_counter() - begun


def measured(count: int) -> tuple[Measured, Measured]:
    """First and ranked results at so many records: the slowest of the beginnings typed counts."""
    with opened(count) as (session, raw):
        first, ranked = [], []
        for text in TYPED:
            first.append(
                in_turn(
                    partial(told_after, session, text, lambda _answer: True), partial(alone, raw, text, ""), warm_up=2
                )
            )
            ranked.append(
                in_turn(
                    partial(told_after, session, text, lambda answer: answer.last),
                    partial(alone, raw, text, "ORDER BY rank"),
                    warm_up=2,
                )
            )
    return _said(first, FIRST_MS), _said(ranked, RANKED_MS)


def _said(pairs: list[tuple[float, float]], limit_ms: int) -> Measured:
    ours, theirs = max(mine for mine, _other in pairs), max(other for _mine, other in pairs)
    times = median(mine / other for mine, other in pairs)
    text = f"{times:.1f} × ({milliseconds(ours)} against {milliseconds(theirs)})"
    return Measured(text, ours * 1000 <= limit_ms)


_KEPT: dict[int, tuple[Measured, Measured]] = {}


def _at(count: int, place: int) -> Measured:
    """Both rows of a size come from one store, which is made once."""
    if count not in _KEPT:
        _KEPT[count] = measured(count)
    return _KEPT[count][place]


for _count in SIZES:
    row(f"search: the first results after a key, {_count:,} records", "FTS5 alone, unranked", f"{FIRST_MS} ms")(
        partial(_at, _count, 0)
    )
    row(f"search: the ranked results after a key, {_count:,} records", "FTS5 alone, by bm25", f"{RANKED_MS} ms")(
        partial(_at, _count, 1)
    )
