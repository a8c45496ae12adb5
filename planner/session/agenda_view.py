"""The agenda of one person or of everyone, as seen from the viewer's own clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

from planner.plan.records import Appointment, WhatHappened, from_fields
from planner.session.agenda_far import is_kept, worked_out
from planner.session.types import AgendaItem
from planner.store.rows import AgendaRow

if TYPE_CHECKING:
    from planner.session.core import Session


SLACK = 50
"""Rows beyond a limit that are read, because whole days at the edges are sorted out only afterwards."""

Placed = tuple[date, time | None, AgendaRow]


def agenda_items(
    session: Session, start: date, days: int, person: str | None, limit: int, *, ongoing: bool = False
) -> list[AgendaItem]:
    """The first ``limit`` occurrences from ``start`` for ``days`` days at the viewer's clock, in order.

    With ``ongoing`` also those that began before and are not over yet.
    """
    zone = ZoneInfo(session.zone)
    placed = _placed(session, start, days, person, zone, limit + SLACK, ongoing=ongoing)
    known: dict[tuple[str, str], Appointment] = {}
    return [_item(session, day, at, row, known) for day, at, row in placed[:limit]]


def agenda_count(session: Session, day: date) -> tuple[int, int]:
    """How many occurrences there are on a day, and how many people have one."""
    placed = _placed(session, day, 1, None, ZoneInfo(session.zone), None)
    return len(placed), len({row.person for _day, _at, row in placed})


def _placed(
    session: Session,
    start: date,
    days: int,
    person: str | None,
    zone: ZoneInfo,
    limit: int | None,
    *,
    ongoing: bool = False,
) -> list[Placed]:
    """Rows with their day and hour at the viewer's clock.

    Days without an hour stand at midnight UTC in the index, hours at their instant: the time asked for covers both.
    """
    end = start + timedelta(days=days)
    edges = [datetime.combine(day, time(), tz).astimezone(UTC) for day in (start, end) for tz in (zone, UTC)]
    low, high = min(edges[:2]), max(edges[2:])
    if is_kept(session, start, end, ongoing=ongoing):
        rows = session.store.agenda(
            low.isoformat(timespec="seconds"), high.isoformat(timespec="seconds"), person, limit=limit
        )
    else:
        rows = worked_out(session, low, high, person)
    placed = []
    for row in rows:
        day, at = _when(row, zone)
        if start <= day < end or (ongoing and day < start <= _last_day(row, day, zone)):
            placed.append((day, at, row))
    placed.sort(key=lambda each: (each[0], each[1] or time(), each[2].title.casefold(), each[2].appointment))
    return placed


def _when(row: AgendaRow, zone: ZoneInfo) -> tuple[date, time | None]:
    if row.all_day:
        return date.fromisoformat(row.starts[:10]), None
    here = datetime.fromisoformat(row.starts_utc).astimezone(zone)
    return here.date(), here.time().replace(second=0, microsecond=0)


def _last_day(row: AgendaRow, day: date, zone: ZoneInfo) -> date:
    """The last day that an occurrence touches; what ends at midnight does not touch the day after."""
    if not row.ends_utc or row.ends_utc <= row.starts_utc:
        return day
    ends = datetime.fromisoformat(row.ends_utc)
    here = ends if row.all_day else ends.astimezone(zone)
    last = here.date() if here.time() != time() else here.date() - timedelta(days=1)
    return max(day, last)


def _item(
    session: Session, day: date, at: time | None, row: AgendaRow, known: dict[tuple[str, str], Appointment]
) -> AgendaItem:
    zone = ZoneInfo(session.zone)
    appointment = known.get((row.person, row.appointment))
    if appointment is None:
        found = session.store.row(row.person, row.appointment)
        fields = found.fields if found is not None else {"title": row.title}
        appointment = cast(Appointment, from_fields(Appointment.kind, row.appointment, fields))
        known[(row.person, row.appointment)] = appointment
    last = _last_day(row, day, zone)
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
        last_day=last if last != day else None,
    )
