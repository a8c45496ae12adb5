"""Results as lines: by kind, with whose they are and what matched."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from planner.ui.kit.lists import Line
from planner.ui.pages.search_words import matched_piece, matched_words
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
    "paper": (N_("Papers"), "papers"),
    "filling": (N_("Answers"), "forms"),
    "note": (N_("Notes"), "notes"),
}
"""What is found, in the order in which it is shown: its head and its icon."""


def line_id(found: Found) -> str:
    """By what a result is known in the list."""
    return f"{found.person}/{found.kind}/{found.id}"


def all_lines(session: Session, formats: Formats, answer: Answer) -> list[Line]:
    """Everything of an answer, with its heads."""
    several = session.chosen_id is None and session.only is None
    owners = {each.id: each.initial for each in session.people()} if several else {}
    return _people(answer.people, answer.text) + [
        line for kind, (head, icon) in KINDS.items() for line in _group(kind, _(head), icon, answer, owners, formats)
    ]


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


def _group(kind: str, head: str, icon: str, answer: Answer, owners: dict[str, str], formats: Formats) -> list[Line]:
    group = [each for each in answer.found if (CAREFUL if each.careful else each.kind) == kind]
    lines = [_line(each, icon, answer.text, owners, formats) for each in group]
    return [Line(f"head-{kind}", head, section=True), *lines] if lines else []


def _line(found: Found, icon: str, text: str, owners: dict[str, str], formats: Formats) -> Line:
    title = _title(found, formats)
    detail = matched_piece(found.matched, found.title, text)
    in_detail = matched_words(detail, text)
    if found.kind == "appointment" and found.day:
        detail = " · ".join(filter(None, (formats.day(date.fromisoformat(found.day[:10])), detail)))
    in_title = matched_words(found.title, text) if found.title else ()
    return Line(
        line_id(found),
        title,
        detail,
        icon="" if owners else icon,
        letter=owners.get(found.person, ""),
        tone=tone_of(found.person),
        bold=in_title + in_detail or (" ",),
    )


def _title(found: Found, formats: Formats) -> str:
    if found.kind == "note":
        return _("Note of {day}").format(day=formats.day(date.fromisoformat(found.day)))
    return found.title or (_("A paper without a name") if found.kind == "paper" else _("Without a name"))
