"""What is said of the people somebody works with: when they last talked, and the tone of their disc."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.words import _, n_

if TYPE_CHECKING:
    from planner.session import Person
    from planner.ui.page import Desk

COUNT_DAYS = 31
"""Days after which a talk is told by its day and no longer by how long ago it was."""


def talked(desk: Desk, person: Person) -> str:
    """When somebody was last talked with, in the few words that fit under a name; "" when no talk was noted."""
    last = person.last_talk
    if last is None:
        return ""
    away = (desk.session.today() - last).days
    if away == 0:
        return _("Talked today")
    if away == 1:
        return _("Talked yesterday")
    if 1 < away < COUNT_DAYS:
        return n_("{n} day ago", "{n} days ago", away).format(n=away)
    return desk.formats.sentence(desk.formats.day(last))


def last_talk(desk: Desk, person: Person) -> str:
    """The same where nothing beside it says what it is about."""
    last = person.last_talk
    if last is None:
        return _("No talk is written down yet.")
    away = (desk.session.today() - last).days
    if away in (0, 1):
        return talked(desk, person)
    if 1 < away < COUNT_DAYS:
        return n_("Last talk {n} day ago", "Last talk {n} days ago", away).format(n=away)
    return _("Last talk on {day}").format(day=desk.formats.day(last))


def tone_of(person_id: str) -> int:
    """Which of the quiet tones a person's disc has: always the same one, whatever the name."""
    return sum(person_id.encode()) % 4
