"""Months for which no dates are kept: worked out from the appointments themselves whenever they are asked for.

The index holds repeating dates for the time around today (:mod:`planner.session.agenda_ahead`). A calendar can be
turned further, back to the day somebody was born or on to a retirement; that is not worth a row for each week in
between, so nothing of it is stored.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, cast

from planner.indexing import agenda_rows, record_of
from planner.plan.records import Appointment, Outcome, WhatHappened
from planner.session.agenda_ahead import NEAR
from planner.session.editing import AGENDA_DAYS_BEFORE

if TYPE_CHECKING:
    from planner.session.core import Session
    from planner.store.rows import AgendaRow, IndexRow

EDGE = timedelta(days=2)
"""A day of the viewer's clock can be the day before or after by the clock of the appointment."""

LONGEST_SEEN = timedelta(days=31)
"""What began so long before the days that are kept is found by working it out."""


def is_kept(session: Session, start: date, end: date, *, ongoing: bool) -> bool:
    """Whether the index holds every date from ``start`` up to ``end``.

    Each appointment was worked out on a day up to today, for the days before and after it; what all have in common
    begins so many days before today and ends where the last working out of all ended.
    """
    first = session.today() - timedelta(days=AGENDA_DAYS_BEFORE)
    known_from, known_until = session.setting("agenda_from"), session.setting("agenda_until")
    if known_from:
        first = max(first, date.fromisoformat(known_from))
    last = date.fromisoformat(known_until) if known_until else session.today() + NEAR
    back = LONGEST_SEEN if ongoing else EDGE
    return first + back <= start and end + EDGE <= last


def worked_out(session: Session, low: datetime, high: datetime, person: str | None) -> list[AgendaRow]:
    """The occurrences that touch the time from ``low`` up to ``high`` (aware), as the index would hold them."""
    rows = session.store.rows(person, [Appointment.kind])
    told: dict[tuple[str, str], list[Outcome]] = {}
    for row in session.store.rows(person, [Outcome.kind]):
        outcome = cast(Outcome, record_of(row))
        told.setdefault((row.person, outcome.appointment), []).append(outcome)
    start, end = low.date() - EDGE, high.date() + EDGE
    first, last = low.isoformat(timespec="seconds"), high.isoformat(timespec="seconds")
    found: list[AgendaRow] = []
    for row in rows:
        outcomes = told.get((row.person, row.id), [])
        back = start - timedelta(days=min(_days(row), (start - date.min).days))
        if _may_be_there(row, outcomes, back, end):
            appointment = cast(Appointment, record_of(row))
            found += [
                each
                for each in agenda_rows(row.person, appointment, outcomes, back, end)
                if each.starts_utc < last and (each.ends_utc > first or each.starts_utc >= first)
            ]
    return sorted(found, key=lambda each: (each.starts_utc, each.appointment))


def _days(row: IndexRow) -> int:
    minutes = row.fields.get("minutes")
    return minutes // (24 * 60) + 1 if isinstance(minutes, int) and minutes > 0 else 0


def _may_be_there(row: IndexRow, outcomes: list[Outcome], start: date, end: date) -> bool:
    """Whether it is worth working an appointment out: most of a long calendar is single dates of other months."""
    fields = row.fields
    begins = str(fields.get("starts") or "")[:10]
    if fields.get("repeat") or fields.get("extra_starts"):
        return begins < end.isoformat()
    if any(each.what is WhatHappened.MOVED for each in outcomes):
        return True
    return start.isoformat() <= begins < end.isoformat()
