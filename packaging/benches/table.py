"""One table of measurements: rows that register themselves, and how two things are held against each other.

A figure alone says more about a machine than about a program. So each row measures ours and something to hold it
against in the same run, in turn, and compares the medians. A row that cannot be measured says so; it never shows an old
figure.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter

REPEATS = 11


class NotMeasured(Exception):
    """A row cannot be measured here and now; the text says why, in a few words."""


@dataclass(frozen=True)
class Measured:
    """What came out: a text for the table, and whether it is within the limit."""

    text: str
    kept: bool


@dataclass(frozen=True)
class Row:
    """One line of the table. ``measure`` may raise :class:`NotMeasured`."""

    what: str
    against: str
    at_most: str
    measure: Callable[[], Measured]


ROWS: list[Row] = []


def row(what: str, against: str, at_most: str) -> Callable[[Callable[[], Measured]], Callable[[], Measured]]:
    """Register the function below as the measurement of a row; rows stand in the order of registration."""

    def register(measure: Callable[[], Measured]) -> Callable[[], Measured]:
        ROWS.append(Row(what, against, at_most, measure))
        return measure

    return register


def seconds(work: Callable[[], object]) -> float:
    """How long one run of some work takes, in seconds."""
    begun = perf_counter()
    work()
    return perf_counter() - begun


def in_turn(
    ours: Callable[[], float], theirs: Callable[[], float], repeats: int = REPEATS, warm_up: int = 1
) -> tuple[float, float]:
    """The medians of two measurements taken in turn, so that whatever else the machine does falls on both."""
    for _ in range(warm_up):
        ours()
        theirs()
    pairs = [(ours(), theirs()) for _ in range(repeats)]
    return median(mine for mine, _ in pairs), median(other for _, other in pairs)


def ratio(ours: float, theirs: float, limit: float, show: Callable[[float], str]) -> Measured:
    """Hold one figure against another; within the limit when ours is at most ``limit`` times theirs."""
    times = ours / theirs
    return Measured(f"{times:.2f} × ({show(ours)} against {show(theirs)})", times <= limit)


def milliseconds(value: float) -> str:
    """A time in seconds, as the table shows it."""
    return f"{value * 1000:.1f} ms" if value < 0.1 else f"{value * 1000:.0f} ms"


def megabytes(value: float) -> str:
    """A size in bytes, as the table shows it."""
    return f"{value / 1e6:.0f} MB"


def line(entry: Row) -> tuple[str, bool]:
    """Measure one row; its line of Markdown, and whether nothing in it is over its limit."""
    try:
        measured = entry.measure()
    except NotMeasured as reason:
        text, verdict, fine = f"not measured: {reason}", "–", True
    else:
        text, verdict, fine = measured.text, "yes" if measured.kept else "**no**", measured.kept
    return f"| {entry.what} | {entry.against} | {entry.at_most} | {text} | {verdict} |", fine


def heading(machine: str) -> str:
    """The head of the table."""
    return f"Measured on {machine}.\n\n| what | against | at most | measured | kept |\n| --- | --- | --- | --- | --- |"
