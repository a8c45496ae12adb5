"""How an appointment is written: all of it, one time of several, or from one time on; and what became of a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from planner.plan.agenda import Occurrence, occurrences
from planner.plan.clock import day_of, read_wall
from planner.plan.records import Appointment, Outcome, WhatHappened
from planner.plan.repeat import read_repeat
from planner.plan.trouble import InvalidRepeat
from planner.words import _

if TYPE_CHECKING:
    from planner.session import Session
    from planner.session.editing import Edit

WHEN = frozenset({"starts", "zone", "repeat"})
"""The fields that say which days an appointment falls on."""

_LOOK_BACK = 3700
_LOOK_ON = 3700


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of one time: where it was moved, and what became of it."""

    moved: Outcome | None = None
    said: Outcome | None = None

    @property
    def what(self) -> WhatHappened | None:
        """What became of it, as last said."""
        if self.said is not None:
            return self.said.what
        return WhatHappened.MOVED if self.moved is not None else None


def told(session: Session, person: str, appointment: str, occurrence: str) -> Told:
    """What is known of one time of an appointment; where two copies said different things, all see the same."""
    found = [each for each in session.outcomes(person, appointment) if each.occurrence == occurrence]
    moved = [each for each in found if each.what is WhatHappened.MOVED]
    said = [each for each in found if each.what is not WhatHappened.MOVED]
    return Told(moved[-1] if moved else None, said[-1] if said else None)


def find_time(session: Session, person: str, record: Appointment, name: str) -> Occurrence | None:
    """The time of that name, or else the next one from today, or else the last one; None where there is none."""
    outcomes = session.outcomes(person, record.id)
    today = session.today()
    if name:
        try:
            day = day_of(read_wall(name))
        except InvalidRepeat:
            return None
        shown = [day]
        for each in outcomes:
            if each.occurrence == name and each.new_starts:
                try:
                    shown.append(day_of(read_wall(each.new_starts)))
                except InvalidRepeat:
                    continue
        low, high = min(shown) - timedelta(days=1), max(shown) + timedelta(days=2)
        return next((each for each in occurrences(record, outcomes, low, high) if each.original_starts == name), None)
    coming = occurrences(record, outcomes, today, today + timedelta(days=_LOOK_ON))
    if coming:
        return coming[0]
    earlier = occurrences(record, outcomes, today - timedelta(days=_LOOK_BACK), today)
    return earlier[-1] if earlier else None


def left_of(record: Appointment, occurrence: str) -> str:
    """The rule from one time on: where it counts, without the times before."""
    try:
        rule = read_repeat(record.repeat)
        first, here = day_of(read_wall(record.starts)), day_of(read_wall(occurrence))
    except InvalidRepeat:
        return record.repeat
    if not rule.count:
        return record.repeat
    bare = replace(record, except_starts=(), extra_starts=())
    before = len(occurrences(bare, (), first, here))
    return replace(rule, count=max(1, rule.count - before)).text()


# ---------------------------------------------------------------- writing


def save_whole(session: Session, person: str, appointment: str, values: Mapping[str, Any], shown: str) -> None:
    """Change an appointment, or begin it. ``shown`` is where its time was shown, in the form of ``starts``.

    What was said of its one time stays with it when the time changes.
    """
    record = session.record(person, appointment)
    if not isinstance(record, Appointment):
        with session.edit(person, _("Add an appointment")) as edit:
            edit.add(Appointment(id=appointment, **values))
        return
    outcomes = [each for each in session.outcomes(person, appointment) if each.occurrence == record.starts]
    moved = [each for each in outcomes if each.what is WhatHappened.MOVED]
    changed = dict(values)
    with session.edit(person, _("Change an appointment")) as edit:
        if moved and not record.repeat and WHEN & changed.keys():
            # Where the day of a moved appointment is changed by hand, the new day is simply its day.
            changed.setdefault("starts", shown)
            for each in moved:
                edit.remove(each.id)
        if "starts" in changed and not record.repeat:
            for each in outcomes:
                if each not in moved:
                    edit.change(each.id, occurrence=changed["starts"])
        edit.change(appointment, **changed)


def save_only(
    session: Session,
    person: str,
    record: Appointment,
    occurrence: str,
    values: Mapping[str, Any],
    changed: frozenset[str],
    single: str,
) -> str:
    """Change one time of a repeating appointment and no other. Returns the id of what now stands for it.

    Another day or hour alone moves the time. Anything else takes it out of the row and makes it an appointment of its
    own, with the id ``single`` and all of ``values``.
    """
    known = told(session, person, record.id, occurrence)
    if changed == {"starts"}:
        with session.edit(person, _("Move one time")) as edit:
            _move(edit, record.id, occurrence, known, str(values["starts"]))
        return record.id
    with session.edit(person, _("Change one time")) as edit:
        _leave_out(edit, record, occurrence, session.outcomes(person, record.id))
        edit.add(Appointment(id=single, **{**values, "repeat": ""}))
        if known.said is not None:
            edit.add(replace(known.said, id=f"{single}.said", appointment=single, occurrence=str(values["starts"])))
    return single


def save_later(
    session: Session,
    person: str,
    record: Appointment,
    occurrence: str,
    values: Mapping[str, Any],
    changed: frozenset[str],
    later: str,
) -> str:
    """Change a repeating appointment from one time on. Returns the id of what now stands for that time.

    Words are changed everywhere. Another rhythm or hour begins a row of its own, with the id ``later``; what was
    before, and what was said of it, stays as it was.
    """
    if not changed & WHEN:
        with session.edit(person, _("Change an appointment")) as edit:
            edit.change(record.id, **{name: values[name] for name in changed})
        return record.id
    first = occurrence == record.starts
    outcomes = session.outcomes(person, record.id)
    with session.edit(person, _("Change an appointment")) as edit:
        if first:
            edit.change(record.id, **{name: values[name] for name in changed})
            _take_along(edit, outcomes, record, record.id, occurrence, str(values["starts"]))
            return record.id
        edit.change(record.id, repeat=until_before(record.repeat, occurrence))
        edit.add(Appointment(id=later, **values))
        _take_along(edit, outcomes, record, later, occurrence, str(values["starts"]))
    return later


def until_before(repeat: str, occurrence: str) -> str:
    """A rule that ends on the day before one of its times."""
    day = day_of(read_wall(occurrence)) - timedelta(days=1)
    return replace(read_repeat(repeat), count=0, until=day, until_utc=False).text()


def _take_along(
    edit: Edit, outcomes: list[Outcome], record: Appointment, to: str, occurrence: str, starts: str
) -> None:
    """The times left out and what was said of the times from ``occurrence`` on go along, on the same days."""
    hour = starts[10:]
    since = occurrence[:10]
    kept = tuple(f"{each[:10]}{hour}" for each in record.except_starts if each[:10] >= since)
    earlier = tuple(each for each in record.except_starts if each[:10] < since)
    added = tuple(f"{each[:10]}{hour}" for each in record.extra_starts if each[:10] >= since)
    added_earlier = tuple(each for each in record.extra_starts if each[:10] < since)
    if to == record.id:
        edit.change(to, except_starts=(*earlier, *kept), extra_starts=(*added_earlier, *added))
    else:
        edit.change(to, except_starts=kept, extra_starts=added)
        edit.change(record.id, except_starts=earlier, extra_starts=added_earlier)
    for each in outcomes:
        if each.occurrence[:10] < since:
            continue
        name = starts if each.occurrence == occurrence else f"{each.occurrence[:10]}{hour}"
        if to == record.id:
            edit.change(each.id, occurrence=name)
        else:
            edit.remove(each.id)
            edit.add(replace(each, id=f"{each.id}.{to}", appointment=to, occurrence=name))


def _leave_out(edit: Edit, record: Appointment, occurrence: str, outcomes: list[Outcome]) -> None:
    for each in outcomes:
        if each.occurrence == occurrence:
            edit.remove(each.id)
    edit.change(record.id, except_starts=tuple(dict.fromkeys((*record.except_starts, occurrence))))


def _move(edit: Edit, appointment: str, occurrence: str, known: Told, new_starts: str) -> None:
    if known.said is not None:
        edit.remove(known.said.id)
    if known.moved is None:
        edit.add(
            Outcome(appointment=appointment, occurrence=occurrence, what=WhatHappened.MOVED, new_starts=new_starts)
        )
    elif new_starts == occurrence:
        edit.remove(known.moved.id)
    else:
        edit.change(known.moved.id, new_starts=new_starts)


# ---------------------------------------------------------------- taking out


def remove_only(session: Session, person: str, record: Appointment, occurrence: str) -> None:
    """Take one time out of a repeating appointment."""
    with session.edit(person, _("Remove one time")) as edit:
        _leave_out(edit, record, occurrence, session.outcomes(person, record.id))


def remove_later(session: Session, person: str, record: Appointment, occurrence: str) -> None:
    """End a repeating appointment before one of its times."""
    with session.edit(person, _("Remove later times")) as edit:
        edit.change(record.id, repeat=until_before(record.repeat, occurrence))


def remove_whole(session: Session, person: str, appointment: str) -> None:
    """Take an appointment out, all its times and what was said of them."""
    with session.edit(person, _("Remove an appointment")) as edit:
        edit.remove(appointment)


# ---------------------------------------------------------------- what happened


def say_what(session: Session, person: str, appointment: str, occurrence: str, what: WhatHappened) -> None:
    """Keep what became of a time; said once more, it is taken back. A new day is kept by :func:`give_new_day`."""
    known = told(session, person, appointment, occurrence)
    if known.said is not None and known.said.what is what:
        with session.edit(person, _("Say what happened")) as edit:
            edit.remove(known.said.id)
        return
    with session.edit(person, _("Say what happened")) as edit:
        if known.said is not None:
            edit.change(known.said.id, what=what)
        else:
            edit.add(Outcome(appointment=appointment, occurrence=occurrence, what=what))


def give_new_day(session: Session, person: str, appointment: str, occurrence: str, new_starts: str) -> None:
    """Keep the new day and hour of a time."""
    known = told(session, person, appointment, occurrence)
    with session.edit(person, _("Give a new day")) as edit:
        _move(edit, appointment, occurrence, known, new_starts)


def note_what(session: Session, person: str, appointment: str, occurrence: str, note: str) -> None:
    """Keep a line about what became of a time."""
    known = told(session, person, appointment, occurrence)
    outcome = known.said or known.moved
    if outcome is not None and outcome.note != note:
        with session.edit(person, _("Say what happened")) as edit:
            edit.change(outcome.id, note=note)


def day_and_hour(starts: str) -> tuple[date | None, time | None]:
    """The day and the hour in a ``starts``; None for what is not in it."""
    try:
        wall = read_wall(starts)
    except InvalidRepeat:
        return None, None
    return day_of(wall), wall.time() if isinstance(wall, datetime) else None
