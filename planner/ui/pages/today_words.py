"""A way that Today and its lists share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.session import AgendaItem
from planner.session.agenda_limits import LimitItem
from planner.ui.with_someone import turn_to

if TYPE_CHECKING:
    from planner.ui.page import Desk


def open_occurrence(desk: Desk, item: AgendaItem) -> None:
    """Open the appointment or the time limit behind an occurrence, with its person's pages around it."""
    if desk.session.person is None:
        turn_to(desk, item.person)
    if isinstance(item, LimitItem):
        desk.go("clocks", limit=item.limit.id)
        return
    desk.go("appointment", appointment=item.appointment.id, occurrence=item.original_starts)
