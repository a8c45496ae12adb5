"""An open notebook: unlocking to Today, one edit, folding, merging."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

from benches.table import REPEATS, Measured, NotMeasured, in_turn, milliseconds, ratio, row, seconds

PACKAGING = Path(__file__).resolve().parent.parent
DAY = date(2026, 3, 12)
ZONE = "America/New_York"
SECRET = "five made up words here"
FEW, MANY, RECORDS_EACH = 10, 1_000, 100
LIMIT_MS = 150
GOALS = 500
MERGED = 10_000
FOLD_LIMIT_MS = 10


def make_crowd(folder: Path, people: int) -> Path:
    """A notebook of made-up people, each with a hundred records; returns its folder."""
    from planner.sample import fill, many_people
    from planner.store.notebooks import Notebook

    notebook = Notebook.create(folder, SECRET, "")
    notebook.store.set("mode", "with-others")
    fill(notebook.store, many_people(people, RECORDS_EACH, "en", DAY, ZONE), DAY)
    notebook.close()
    return notebook.folder


def unlocked(folder: Path) -> float:
    """Seconds from the derived key to Today painted, in a fresh process.

    Raises:
        NotMeasured: no page came up.
    """
    done = subprocess.run(
        [sys.executable, "-m", "benches.unlock", str(folder)],
        cwd=PACKAGING,
        input=SECRET,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")},
    )
    if done.returncode:
        raise NotMeasured("no page came up")
    return float(done.stdout.split()[-1])


@row("unlock after key derivation to Today shown, 1,000 people of 100 records", "10 people", "1.5 ×, and 150 ms")
def unlock_to_today() -> Measured:
    """Opening the store, the session and the first page."""
    with tempfile.TemporaryDirectory(prefix="planner-bench-") as name:
        few, many = make_crowd(Path(name, "few"), FEW), make_crowd(Path(name, "many"), MANY)
        ours, theirs = in_turn(lambda: unlocked(many), lambda: unlocked(few))
    held = ratio(ours, theirs, 1.5, milliseconds)
    return Measured(held.text, held.kept and ours * 1000 <= LIMIT_MS)


@contextmanager
def open_session() -> Iterator[tuple[object, str]]:
    """A session on a notebook for one person, on a real disk."""
    from planner.session import Mode, Session
    from planner.store.notebooks import Notebook

    with tempfile.TemporaryDirectory(prefix="planner-bench-", dir=PACKAGING.parent / "build") as name:
        notebook = Notebook.create(Path(name), SECRET, "")
        session = Session(notebook, clock=lambda: datetime(2026, 3, 12, 12, tzinfo=UTC), zone=ZONE)
        session.set_up(Mode.FOR_ME, "Ana")
        assert session.person is not None
        yield session, session.person.id
        notebook.close()


@row("one edit, durable", "a raw SQLCipher commit, WAL, FULL", "20 ×")
def one_edit() -> Measured:
    """From the call of a page to the flushed log, against one small row in a plain table of the same settings."""
    from planner.plan.records import Goal
    from planner.session import Session
    from planner.store.connection import connect

    (PACKAGING.parent / "build").mkdir(exist_ok=True)
    with open_session() as (found, person):
        assert isinstance(found, Session)
        session: Session = found
        goal = Goal(title="Get my own ID card")
        with session.edit(person, "Add") as edit:
            edit.add(goal)
        raw = connect(session.notebook.folder / "raw", bytes(range(32)), create=True)
        raw.execute("CREATE TABLE one (number INTEGER PRIMARY KEY, words TEXT)")
        turn = iter(range(10**6))

        def ours() -> None:
            with session.edit(person, "Change") as edit:
                edit.change(goal.id, title=f"Get my own ID card {next(turn)}")

        def theirs() -> None:
            raw.execute("BEGIN IMMEDIATE")
            raw.execute("INSERT OR REPLACE INTO one VALUES (1, ?)", (f"Get my own ID card {next(turn)}",))
            raw.execute("COMMIT")

        held = in_turn(lambda: seconds(ours), lambda: seconds(theirs), 101, 10)
        raw.close()
    return ratio(*held, 20, milliseconds)


@row("folding a section of 500 goals", "–", "10 ms")
def folding() -> Measured:
    """Encoding the document of a section that holds 500 goals of three steps each."""
    from planner.plan.documents import SectionDocument
    from planner.plan.records import Goal, Step

    document = SectionDocument.new()
    with document.edit() as edit:
        for number in range(GOALS):
            goal = Goal(title=f"Goal {number}", why="So that it is done")
            edit.put(goal)
            for step in range(3):
                edit.put(Step(goal=goal.id, title=f"Step {step} of goal {number}"))
    took = median(seconds(document.fold) for _ in range(REPEATS)) * 1000
    return Measured(f"{took:.1f} ms", took <= FOLD_LIMIT_MS)


@row("merging 10,000 records", "pycrdt apply", "10 ×")
def merging() -> Measured:
    """Taking in a copy of 10,000 records with rivals found and told, against the engine's own apply."""
    from planner.plan.documents import SectionDocument
    from planner.plan.records import Goal

    other = SectionDocument.new()
    with other.edit() as edit:
        for number in range(MERGED):
            edit.put(Goal(title=f"Goal {number}"))
    state = other.state()

    def ours() -> float:
        mine = SectionDocument.new()
        begun = perf_counter()
        mine.merge(state)
        return perf_counter() - begun

    def theirs() -> float:
        return seconds(lambda: SectionDocument.load(state))

    return ratio(*in_turn(ours, theirs, 7), 10, milliseconds)
