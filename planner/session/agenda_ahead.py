"""Repeating dates are worked out for the time around today; when today has moved, they are worked out anew."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, cast

from planner.indexing import record_of
from planner.plan.records import Appointment, Outcome
from planner.session.editing import AGENDA_DAYS_AFTER, AGENDA_DAYS_BEFORE

if TYPE_CHECKING:
    from planner.session.core import Session
    from planner.store.rows import IndexRow

SLACK = timedelta(days=30)
"""By how much the end of what is worked out may come nearer before it is worked out anew."""

NEAR = timedelta(days=62)
"""What must be there the moment a notebook opens: a calendar looks this far ahead."""


def covers_now(session: Session) -> bool:
    """Whether what is worked out can be shown today; not so after years, or after the clock was put right."""
    first, last = _known(session)
    today = session.today()
    return last is None or ((first is None or first <= today) and today + NEAR <= last)


def extend_agenda(session: Session) -> None:
    """Work out repeating dates around today where what is known ends too soon, or begins in a future that was none.

    Raises:
        MachineTrouble: nothing changed.
    """
    today, store = session.today(), session.store
    wanted = today + timedelta(days=AGENDA_DAYS_AFTER)
    first, last = _known(session)
    # A day before which nothing is known may lie ahead: then the clock has been set back since.
    if last is not None and last >= wanted - SLACK and (first is None or first <= today):
        return
    outcomes: dict[tuple[str, str], list[Outcome]] = {}
    for row in store.rows(None, [Outcome.kind]):
        outcome = cast(Outcome, record_of(row))
        outcomes.setdefault((row.person, outcome.appointment), []).append(outcome)
    back = last is None or (first is not None and first > today)
    begin = "" if last is None or back else (last - timedelta(days=2)).isoformat()
    rows = [
        row
        for row in store.rows(None, [Appointment.kind])
        if _comes_into_sight(row, outcomes.get((row.person, row.id), []), begin)
    ]
    with store.transaction():
        for row in rows:
            known = outcomes.get((row.person, row.id), [])
            appointment = cast(Appointment, record_of(row))
            session.editor.put_agenda(row.person, appointment, known)
        session.set_setting("agenda_from", (today - timedelta(days=AGENDA_DAYS_BEFORE)).isoformat())
        session.set_setting("agenda_until", wanted.isoformat())


def _comes_into_sight(row: IndexRow, outcomes: list[Outcome], begin: str) -> bool:
    """Whether an appointment can have dates from the day ``begin`` on, beyond what was worked out before."""
    starts = [str(row.fields.get("starts") or ""), *(each.new_starts for each in outcomes)]
    return bool(row.fields.get("repeat") or row.fields.get("extra_starts")) or any(each >= begin for each in starts)


def _known(session: Session) -> tuple[date | None, date | None]:
    first, last = session.setting("agenda_from"), session.setting("agenda_until")
    return (date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None)
