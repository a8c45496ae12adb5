"""Results as lines: by kind, with whose they are and what matched."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from planner.ui.kit.lists import Line
from planner.ui.pages.papers_words import check_in_title
from planner.ui.pages.search_words import covered, matched_piece, matched_words
from planner.ui.people_words import tone_of
from planner.words import N_, _

if TYPE_CHECKING:
    from planner.session import Found, Person, Session
    from planner.session.finding import Answer
    from planner.ui.formats import Formats

CAREFUL = "careful"
"""Somebody she keeps away from: never found among her people, as if they were one of them."""

KINDS: dict[str, tuple[str, str]] = {
    "goal": (N_("Goals"), "plan"),
    "step": (N_("Steps"), "step"),
    "appointment": (N_("Appointments"), "calendar"),
    "contact": (N_("People"), "people"),
    CAREFUL: (N_("People to be careful with"), "shield"),
    "dependent": (N_("People looked after"), "family"),
    "helper": (N_("Who helps"), "together"),
    "barrier": (N_("In the way"), "stone"),
    "outcome": (N_("What became of an appointment"), "calendar"),
    "tracked-paper": (N_("Papers to keep track of"), "papers"),
    "paper": (N_("Papers"), "papers"),
    "check-in": (N_("Check-ins"), "sun"),
    "clock": (N_("Time limits"), "later"),
    "score": (N_("Numbers from a doctor or therapist"), "health"),
    "safety-line": (N_("My own page"), "shield"),
    "filling": (N_("Answers"), "forms"),
    "note": (N_("Notes"), "notes"),
}
"""What is found, in the order in which it is shown: its head and its icon."""

PLAIN_KINDS = frozenset({"goal", "step", "appointment", "contact", "dependent", "helper", "barrier", "paper"})
"""What has a page in a notebook for every day."""


def line_id(found: Found) -> str:
    """By what a result is known in the list."""
    return f"{found.person}/{found.kind}/{found.id}"


@dataclass(frozen=True)
class Matched:
    """What matched in a result: the piece of text below its title, and the words in both."""

    piece: str
    in_title: tuple[str, ...]
    in_piece: tuple[str, ...]


def matched(answer: Answer) -> dict[str, Matched]:
    """What matched in each result, by its line; found in the thread of the search, because it takes a while."""
    return {line_id(each): _matched(each, answer.text) for each in answer.found}


def _matched(found: Found, text: str) -> Matched:
    piece = matched_piece(found.matched, found.title, text)
    if found.kind == "contact":
        dotted, shown = covered(piece, text)
        return Matched(dotted, matched_words(found.title, text), shown)
    return Matched(piece, matched_words(found.title, text), matched_words(piece, text))


def all_lines(session: Session, formats: Formats, answer: Answer, words: dict[str, Matched]) -> list[Line]:
    """Everything of an answer, with its heads."""
    several = session.chosen_id is None and session.only is None
    owners = {each.id: each.initial for each in session.people()} if several else {}
    lines = _people(answer.people, answer.text)
    everyday = session.everyday
    for kind, (head, icon) in KINDS.items():
        if everyday and kind not in PLAIN_KINDS:
            continue
        group = [each for each in answer.found if (CAREFUL if each.careful else each.kind) == kind]
        if group:
            lines.append(Line(f"head-{kind}", _(head), section=True))
        lines += [_line(each, icon, words[line_id(each)], owners, formats) for each in group]
    return lines


def _people(people: Iterable[Person], text: str) -> list[Line]:
    lines = [
        Line(
            f"person/{each.id}",
            each.shown,
            each.code if each.name else "",
            icon="people",
            bold=matched_words(f"{each.shown}\n{each.code}", text) or (" ",),
        )
        for each in people
    ]
    return [Line("head-person", _("People I work with"), section=True), *lines] if lines else []


def _line(found: Found, icon: str, words: Matched, owners: dict[str, str], formats: Formats) -> Line:
    detail = words.piece
    if found.kind == "appointment" and found.day:
        detail = " · ".join(filter(None, (formats.day(date.fromisoformat(found.day[:10])), detail)))
    return Line(
        line_id(found),
        _title(found, formats),
        detail,
        icon="" if owners else icon,
        letter=owners.get(found.person, ""),
        tone=tone_of(found.person),
        bold=words.in_title + words.in_piece or (" ",),
    )


def _title(found: Found, formats: Formats) -> str:
    if found.kind == "note":
        return _("Note of {day}").format(day=formats.day(date.fromisoformat(found.day)))
    if found.kind == "check-in":
        return check_in_title(found.day, formats)
    return found.title or (_("A paper without a name") if found.kind == "paper" else _("Without a name"))
