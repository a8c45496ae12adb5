"""The agenda of one person or of everyone, as seen from the viewer's own clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

from planner.plan.records import Appointment, WhatHappened, from_fields
from planner.session.types import AgendaItem
from planner.store.rows import AgendaRow

if TYPE_CHECKING:
    from planner.session.core import Session


def agenda_items(session: Session, start: date, days: int, person: str | None, limit: int) -> list[AgendaItem]:
    """The occurrences from ``start`` for ``days`` days at the viewer's clock, in order.

    The index is asked for a day more on both sides, because a day of the calendar lies across two days of UTC.
    """
    zone = ZoneInfo(session.zone)
    end = start + timedelta(days=days)
    low = datetime.combine(start - timedelta(days=1), time(), UTC)
    high = datetime.combine(end + timedelta(days=1), time(), UTC)
    rows = session.store.agenda(low.isoformat(timespec="seconds"), high.isoformat(timespec="seconds"), person)
    placed = [(day, at, row) for row in rows for day, at in [_when(row, zone)] if start <= day < end]
    placed.sort(key=lambda each: (each[0], each[1] or time(), each[2].title.casefold(), each[2].appointment))
    return [_item(session, day, at, row, zone) for day, at, row in placed[:limit]]


def _when(row: AgendaRow, zone: ZoneInfo) -> tuple[date, time | None]:
    if row.all_day:
        return date.fromisoformat(row.starts[:10]), None
    here = datetime.fromisoformat(row.starts_utc).astimezone(zone)
    return here.date(), here.time().replace(second=0, microsecond=0)


def _item(session: Session, day: date, at: time | None, row: AgendaRow, zone: ZoneInfo) -> AgendaItem:
    found = session.store.row(row.person, row.appointment)
    fields = found.fields if found is not None else {"title": row.title}
    appointment = cast(Appointment, from_fields(Appointment.kind, row.appointment, fields))
    ends = None
    if at is not None and row.ends_utc and row.ends_utc != row.starts_utc:
        ends = datetime.fromisoformat(row.ends_utc).astimezone(zone).time().replace(second=0, microsecond=0)
    elsewhere = ""
    if at is not None and row.zone and row.starts[11:16] != at.strftime("%H:%M"):
        elsewhere = row.zone
    return AgendaItem(
        person=row.person,
        appointment=appointment,
        day=day,
        time=at,
        ends=ends,
        original_starts=row.original_starts,
        outcome=WhatHappened(row.outcome) if row.outcome else None,
        zone_note=elsewhere,
    )
