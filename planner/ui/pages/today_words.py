"""Words and ways that Today, its lists and its side share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.plan.records import Appointment
from planner.session import AgendaItem
from planner.ui.with_someone import turn_to
from planner.words import _

if TYPE_CHECKING:
    from planner.ui.page import Desk


def hour_of(desk: Desk, item: AgendaItem) -> str:
    """The hour of an occurrence at the viewer's clock, or that it lasts all day."""
    return desk.formats.time(item.time) if item.time is not None else _("All day")


def where_and_how_long(visit: Appointment) -> str:
    """The second line of a visit; "" when nothing is known."""
    long = _("About {n} minutes").format(n=visit.minutes) if visit.minutes else ""
    return ". ".join(part for part in (visit.place, long) if part)


def open_occurrence(desk: Desk, item: AgendaItem) -> None:
    """Open the appointment behind an occurrence, with its person's pages around it."""
    if desk.session.person is None:
        turn_to(desk, item.person)
    desk.go("appointment", appointment=item.appointment.id, occurrence=item.original_starts)
