"""Tracked papers and check-ins in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from planner.plan.paper_days import STATES, field_name, last_day, runs_out_soon
from planner.plan.records import RATINGS, CheckIn, Record, TrackedPaper
from planner.plan.scales import SCALES, in_order, scale_words, step_words
from planner.words import _

if TYPE_CHECKING:
    from planner.ui.formats import Formats


def runs_out_words(paper: TrackedPaper, formats: Formats, today: date) -> str:
    """When a paper runs out, or that it has; empty where that is not known or does not matter."""
    last = last_day(paper)
    if last is None:
        return ""
    words = _("Ran out on {day}") if last < today else _("Runs out on {day}")
    return words.format(day=formats.day(last))


def paper_second(paper: TrackedPaper, formats: Formats, today: date) -> str:
    """The soft second line of a paper: where it stands, and when it runs out."""
    return " · ".join(part for part in (_(STATES[paper.state]), runs_out_words(paper, formats, today)) if part)


def needs_renewing(paper: TrackedPaper, today: date) -> str:
    """What can still be done about a paper that runs out soon or has run out; empty for the others."""
    last = last_day(paper)
    if last is None or not runs_out_soon(paper, today):
        return ""
    if last < today:
        return _("Ask today how to renew it. There may still be a way.")
    return _("Renewing may take a while. Ask now how it is done.")


def check_in_title(day: str, formats: Formats) -> str:
    """By what a check-in is called: its day."""
    try:
        return _("Check-in of {day}").format(day=formats.day(date.fromisoformat(day)))
    except ValueError:
        return _("A check-in")


def title_words(record: Record, formats: Formats) -> str:
    """By what any record is called on the screen."""
    return check_in_title(record.day, formats) if isinstance(record, CheckIn) else record.title_text()


def rating_words(name: str, value: int) -> str:
    """One rating, as in "Sleep: hard"."""
    return _("{scale}: {how}").format(scale=scale_words(name), how=step_words(value))


def ratings_words(check_in: CheckIn) -> str:
    """All ratings in one line."""
    return " · ".join(rating_words(name, value) for name, value in in_order(check_in.ratings).items())


def scale_names(check_in: CheckIn) -> list[str]:
    """The scales that can be chosen for a check-in: ours, and those that it has besides."""
    return [*SCALES, *(name for name in check_in.ratings if name not in SCALES)]


def rating_items() -> list[tuple[str, str]]:
    """What a scale can be, for a picker; the first is to leave it out."""
    return [("", _("Left out")), *((value, _capital(step_words(int(value)))) for value in RATINGS)]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def with_ratings(check_in: CheckIn, chosen: Mapping[str, str]) -> tuple[Mapping[str, str], ...]:
    """The scales of a check-in once these were chosen by name ("" leaves one out)."""
    values = {name: str(value) for name, value in check_in.ratings.items()} | dict(chosen)
    return tuple({"name": name, "value": value} for name, value in values.items() if value in RATINGS)


def paper_lines(paper: TrackedPaper) -> Iterator[str]:
    """What else is written about a paper, each with its name."""
    for name in ("where_to_ask", "cost", "fee_waiver", "safe_address", "note"):
        words = str(getattr(paper, name)).strip()
        if words:
            yield _("{what}: {words}").format(what=field_name(name), words=words)
