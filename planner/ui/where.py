"""Where a record is to be seen: the page, what it is opened with, and the words for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.plan.records import GoalPart, Outcome
from planner.words import N_, _

if TYPE_CHECKING:
    from planner.session import Session

_PAGES: dict[str, str] = {
    **dict.fromkeys(("goal", "step", "helper", "barrier"), "plan"),
    **dict.fromkeys(("appointment", "outcome"), "calendar"),
    **dict.fromkeys(("contact", "dependent"), "people"),
    **dict.fromkeys(("paper", "tracked-paper"), "papers"),
    "check-in": "check-ins",
    "clock": "clocks",
    "score": "scores",
    "safety-line": "safety",
}
_WORDS: dict[str, str] = {
    "plan": N_("in the plan"),
    "calendar": N_("in the calendar"),
    "people": N_("among the people"),
    "papers": N_("among the papers"),
    "check-ins": N_("among the check-ins"),
    "clocks": N_("among the time limits"),
    "scores": N_("among the numbers from a doctor or therapist"),
    "safety": N_("on your own page"),
}
_NAMED = {"tracked-paper": "tracked", "check-in": "day", "clock": "limit", "safety-line": "line"}
"""What a page calls a record of its own, where that is not its kind."""
SHOWS: dict[str, frozenset[str]] = {
    "plan": frozenset({"plan"}),
    "calendar": frozenset({"calendar", "appointment"}),
    "people": frozenset({"people"}),
    "papers": frozenset({"papers"}),
    "check-ins": frozenset({"check-ins"}),
    "clocks": frozenset({"clocks"}),
    "scores": frozenset({"scores"}),
    "safety": frozenset({"safety", "card"}),
}
"""The pages on which a change in each of them is seen at once."""


def room_of(kind: str) -> str:
    """The page on which every record of a kind can be found, as "plan" or "people"; "" for none."""
    return _PAGES.get(kind, "")


def room_words(kind: str) -> str:
    """Where that is, as the end of a sentence."""
    room = room_of(kind)
    return _(_WORDS[room]) if room else ""


def place_of(session: Session, person: str, kind: str, record_id: str) -> tuple[str, dict[str, str]]:
    """The page that shows one record and what it is opened with; what is not there any more has only its page."""
    if kind == "paper":
        return "papers", {"paper": record_id} if session.papers.find(person, record_id) is not None else {}
    record = session.record(person, record_id)
    if record is None or record.removed:
        return room_of(kind), {}
    if isinstance(record, GoalPart):
        return "plan", {"goal": record.goal}
    if isinstance(record, Outcome):
        return "appointment", {"appointment": record.appointment}
    if kind == "appointment":
        return "appointment", {"appointment": record_id}
    return room_of(kind), {_NAMED.get(kind, kind): record_id}
