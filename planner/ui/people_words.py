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
    """When somebody was last talked with, in words; "" when no talk was written down."""
    last = person.last_talk
    if last is None:
        return ""
    away = (desk.session.today() - last).days
    if away == 0:
        return _("Talked today")
    if away == 1:
        return _("Talked yesterday")
    if 1 < away < COUNT_DAYS:
        return n_("Talked {n} day ago", "Talked {n} days ago", away).format(n=away)
    return _("Talked on {day}").format(day=desk.formats.day(last))


def tone_of(person_id: str) -> int:
    """Which of the quiet tones a person's disc has: always the same one, whatever the name."""
    return sum(person_id.encode()) % 4
