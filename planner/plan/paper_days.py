"""Tracked papers: their words, the order in which they are read, and which of them run out soon."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from planner.plan.records import PaperState, TrackedPaper
from planner.words import N_, _

STATES: dict[PaperState, str] = {
    PaperState.MISSING: N_("Not here yet"),
    PaperState.ASKED: N_("Asked for"),
    PaperState.RECEIVED: N_("It is here"),
    PaperState.NOT_NEEDED: N_("Not needed"),
}
PAPER_FIELDS: dict[str, str] = {
    "title": N_("Which paper is it?"),
    "state": N_("Where it stands"),
    "where_to_ask": N_("Where to ask for it"),
    "cost": N_("What it costs"),
    "fee_waiver": N_("How it may be free"),
    "safe_address": N_("A safe address to send it to"),
    "expires": N_("The day it runs out"),
    "note": N_("Note"),
    "domain": N_("Part of life"),
    "mine_alone": N_("Mine alone"),
}

AHEAD = timedelta(days=60)
"""How long before a paper runs out it is told: renewing one may take weeks."""

_TURN = {PaperState.MISSING: 0, PaperState.ASKED: 1, PaperState.RECEIVED: 2, PaperState.NOT_NEEDED: 3}


def last_day(paper: TrackedPaper) -> date | None:
    """The last day on which a paper counts; None where that is not known, or where the paper is not needed."""
    if paper.state is PaperState.NOT_NEEDED:
        return None
    try:
        return date.fromisoformat(paper.expires)
    except ValueError:
        return None


def runs_out_soon(paper: TrackedPaper, today: date) -> bool:
    """Whether a paper runs out within :data:`AHEAD`, or has run out; plain truth, because a date like this is law."""
    last = last_day(paper)
    return last is not None and not paper.removed and last - today <= AHEAD


def in_order(papers: Iterable[TrackedPaper], today: date) -> list[TrackedPaper]:
    """Those that run out soon first, the nearest before the others; then by where they stand, and by title."""

    def turn(paper: TrackedPaper) -> tuple[bool, str, int, str, str]:
        soon = runs_out_soon(paper, today)
        return (not soon, paper.expires if soon else "", _TURN[paper.state], paper.title.casefold(), paper.id)

    return sorted(papers, key=turn)


def field_name(name: str) -> str:
    """What a field of a paper is called."""
    return _(PAPER_FIELDS[name])
