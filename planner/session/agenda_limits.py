"""Time limits among the occurrences of a calendar, and those of everyone a worker works with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from planner.indexing import record_of
from planner.plan.clock import instant, zone_named
from planner.plan.limits import due_wall, is_close, is_open
from planner.plan.records import Appointment, TimeLimit
from planner.plan.trouble import InvalidRepeat
from planner.session.types import AgendaItem, OutOfReach

if TYPE_CHECKING:
    from planner.session.core import Session


@dataclass(frozen=True, slots=True)
class LimitItem(AgendaItem):
    """A time limit on its day, as a calendar shows it; ``appointment`` stands in for it and is never stored."""

    limit: TimeLimit = field(default_factory=TimeLimit)


def with_limits(
    session: Session, items: Iterable[AgendaItem], start: date, days: int, person: str | None
) -> list[AgendaItem]:
    """These occurrences and the open time limits from ``start`` for ``days`` days, in order.

    Raises:
        OutOfReach: another person's pages are the only ones open.
    """
    found = list(items)
    end = start + timedelta(days=days)
    for whose, limit in _of(session, person):
        item = _item(session, whose, limit)
        if item is not None and start <= item.day < end:
            found.append(item)
    found.sort(key=lambda each: (each.day, each.time or time(), each.appointment.title.casefold()))
    return found


def close_limits(session: Session, today: date) -> list[tuple[str, TimeLimit]]:
    """The open time limits of everyone that are due within a week or have gone by, with whose they are, in order.

    Raises:
        OutOfReach: only one person's pages are open.
    """
    if session.only is not None:
        raise OutOfReach
    found = [(whose, each) for whose, each in _of(session, None) if is_close(each, today)]
    return sorted(found, key=lambda each: (each[1].due, each[1].title.casefold(), each[1].id))


def _of(session: Session, person: str | None) -> Iterable[tuple[str, TimeLimit]]:
    person = person if person is not None else session.only
    if person is not None:
        session.within_reach(person)
    for row in session.store.rows(person, [TimeLimit.kind]):
        record = record_of(row)
        if isinstance(record, TimeLimit) and is_open(record) and record.due:
            yield row.person, record


def _item(session: Session, person: str, limit: TimeLimit) -> LimitItem | None:
    wall = due_wall(limit)
    if wall is None:
        return None
    day, at = wall, None
    if isinstance(wall, datetime):
        try:
            moment = instant(wall, zone_named(limit.zone))
        except InvalidRepeat:
            moment = wall.replace(tzinfo=UTC)
        here = moment.astimezone(ZoneInfo(session.zone))
        day, at = here.date(), here.time()
    shown = Appointment(id=limit.id, title=limit.title, domain=limit.domain, starts=limit.due, zone=limit.zone)
    return LimitItem(
        person=person, appointment=shown, day=day, time=at, ends=None, original_starts=limit.due, limit=limit
    )
