"""From the records of a plan to the rows by which the store finds them. The rows can be made again at any time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from planner.plan.life import Section
from planner.plan.records import Appointment, Outcome, Record, from_fields
from planner.store.rows import AgendaRow, IndexRow

MOST_WHOLE_DAYS = 3650

# What a person may look for, in the order in which it is shown; the title comes first by itself.
_SEARCHED: dict[str, tuple[str, ...]] = {
    "goal": ("title", "why"),
    "step": ("title", "with_whom", "when"),
    "helper": ("name", "how"),
    "barrier": ("what", "way_round"),
    "appointment": (
        *("title", "place", "way_there", "who_comes", "child_care", "interpreter", "bring", "ask", "note"),
    ),
    "outcome": ("note",),
    "contact": (
        *("name", "role", "organisation", "phones", "email", "our_word", "knows", "knows_not", "if_near", "note"),
        *("call_when", "message_note", "text_note"),
    ),
    "dependent": ("name", "relation", "day_place", "may_collect", "needs", "note"),
    "tracked-paper": ("title", "where_to_ask", "cost", "fee_waiver", "safe_address", "note"),
    "check-in": ("note",),
    "safety-line": ("line", "phone", "card_words"),
    "clock": ("title", "rule", "note"),
    "score": ("by",),
}


def search_text(record: Record) -> str:
    """The words by which a record is found, one piece a line, its title first; a phone stands as it was written."""
    values = record.to_fields()
    return "\n".join(piece for name in _SEARCHED.get(record.kind, ()) for piece in _pieces(values[name]))


def _pieces(value: object) -> Iterable[str]:
    if isinstance(value, str):
        return [value] if value.strip() else []
    if isinstance(value, dict):
        return [piece for each in (value.get("label"), value.get("number")) for piece in _pieces(each)]
    if isinstance(value, list):
        return [piece for each in value for piece in _pieces(each)]
    return []


def index_row(person: str, section: Section, record: Record) -> IndexRow:
    """The row of one record of ``person`` as it stands in the document of ``section``.

    Where two copies say different things, the other values stand in ``fields`` under "rivals", by the field's name.
    """
    fields = record.to_fields()
    if record.rivals:
        fields["rivals"] = {name: list(values) for name, values in record.rivals.items()}
    return IndexRow(
        person=person,
        id=record.id,
        section=section.value,
        kind=record.kind,
        title=record.title_text(),
        removed=record.removed,
        fields=fields,
        search=search_text(record),
    )


def record_of(row: IndexRow) -> Record:
    """The record of an index row, with what other copies say; the way back from :func:`index_row`."""
    fields = dict(row.fields)
    rivals = fields.pop("rivals", {})
    return from_fields(row.kind, row.id, fields, {name: tuple(values) for name, values in rivals.items()})


def agenda_rows(
    person: str, appointment: Appointment, outcomes: Iterable[Outcome], start: date, end: date
) -> list[AgendaRow]:
    """The dates of an appointment from ``start`` up to ``end``, days of its own wall clock.

    Instants are ISO 8601 in UTC to the second, so that they sort as text; a day without an hour stands at midnight UTC
    of that day and ends at the next, or after as many days as its minutes make. A removed appointment has none, and
    removed outcomes count for nothing.
    """
    if appointment.removed or not appointment.starts:
        return []
    from planner.plan.agenda import occurrences

    told = [outcome for outcome in outcomes if not outcome.removed]
    rows = []
    for each in occurrences(appointment, told, start, end):
        starts = each.starts_utc or _midnight(each.starts)
        ends = each.ends_utc or (starts + timedelta(days=whole_days(appointment)) if each.all_day else starts)
        rows.append(
            AgendaRow(
                person=person,
                appointment=appointment.id,
                starts_utc=_text(starts),
                ends_utc=_text(ends),
                starts=each.starts,
                zone=each.zone,
                all_day=each.all_day,
                title=appointment.title_text(),
                original_starts=each.original_starts,
                outcome=each.outcome.what.value if each.outcome is not None else "",
            )
        )
    return rows


def whole_days(appointment: Appointment) -> int:
    """How many days an appointment without an hour lasts: its minutes, where they are more than a day's."""
    return max(1, min(-(-appointment.minutes // (24 * 60)), MOST_WHOLE_DAYS))


def _midnight(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day[:10]), time(), UTC)


def _text(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="seconds")
