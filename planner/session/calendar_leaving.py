"""Which times of a person would leave in a calendar file, and which are held back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from planner.indexing import record_of
from planner.plan.records import Appointment, Outcome

if TYPE_CHECKING:
    from planner.exchange.calendar_gate import Held
    from planner.exchange.calendar_write import Leaves, Told
    from planner.session.core import Session

MOST = 5_000
"""Times that are looked at for one file."""

FAR = timedelta(days=3700)


@dataclass(frozen=True, slots=True)
class Going:
    """Times that leave, in order, and the appointments that stay unless they are chosen one by one."""

    times: tuple[Leaves, ...]
    held: tuple[tuple[Appointment, Held], ...]


def going(session: Session, person: str, start: date, days: int, allowed: Collection[str] = ()) -> Going:
    """What leaves of the days from ``start`` on; ``allowed`` are the ids of held appointments that were chosen."""
    from planner.exchange.calendar_gate import held_back
    from planner.exchange.calendar_write import times_between

    away = session.contacts(person, keep_away=True)
    held: dict[str, tuple[Appointment, Held]] = {}
    times: list[Leaves] = []
    seen: set[str] = set()
    for item in session.agenda(start, days, person, MOST):
        record = item.appointment
        if record.id in seen:
            continue
        seen.add(record.id)
        why = held_back(record, away)
        leaving = times_between(record, session.outcomes(person, record.id), start, start + timedelta(days=days))
        if why is not None and leaving:
            held[record.id] = (record, why)
        if why is None or record.id in allowed:
            times += leaving
    times.sort(key=lambda each: (each.time.starts, each.appointment.id))
    return Going(tuple(times), tuple(held.values()))


def times_of_one(session: Session, person: str, record: Appointment, occurrence: str = "") -> tuple[Leaves, ...]:
    """The times of one appointment that still stand, ten years back and on; or the one time of that name."""
    from planner.exchange.calendar_write import times_between

    today = session.today()
    found = times_between(record, session.outcomes(person, record.id), today - FAR, today + FAR)
    return tuple(each for each in found if not occurrence or each.time.original_starts == occurrence)


def file_of(session: Session, person: str, record: Appointment, told: Told) -> bytes:
    """One appointment with its rule and all that was changed about its times.

    Raises:
        planner.plan.trouble.InvalidRepeat: its day cannot be read.
    """
    from planner.exchange.calendar_write import write_whole

    outcomes = [record_of(row) for row in session.store.rows(person, [Outcome.kind])]
    told_of = [each for each in outcomes if isinstance(each, Outcome) and each.appointment == record.id]
    return write_whole(record, told_of, told, session.today())
