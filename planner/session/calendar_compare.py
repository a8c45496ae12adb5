"""Appointments of a calendar file beside those of a notebook: field by field, with what came in last as the third side.

What came in last is kept as short digests, never as words: a field that still reads as it came in follows the file, a
field that she changed since stays hers unless she chooses the file's.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from planner.plan.agenda import Occurrence, occurrences
from planner.plan.clock import instant, read_wall, zone_named
from planner.plan.records import Appointment, Outcome, WhatHappened
from planner.plan.repeat import read_repeat
from planner.plan.trouble import InvalidRepeat
from planner.session.calendar_types import Entry, Times
from planner.session.types import Difference

if TYPE_CHECKING:
    from planner.exchange.calendar_read import Coming

FIELDS = ("title", "place", "when", "minutes", "repeat", "except_starts", "extra_starts", "times")
_FROM_FILES = (WhatHappened.MOVED, WhatHappened.THEY_CANCELLED)
_LOOK_ON = (40, 400, 3700)
_DIGEST = 8


def digest(record_id: str, name: str, value: object) -> str:
    """Eight letters that tell whether a field still reads as it came in; the random id of its record is mixed in."""
    plain = json.dumps([record_id, name, value], ensure_ascii=False, default=list)
    return hashlib.blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=_DIGEST // 2).hexdigest()


def base_of(record_id: str, values: Mapping[str, object]) -> str:
    """The digests of all fields, one after the other."""
    return "".join(digest(record_id, name, values[name]) for name in FIELDS)


def base_after_cancelling(base: str, record: Appointment, outcomes: list[Outcome]) -> str:
    """The digests where what their cancelling wrote counts as theirs, so that it can follow them back again."""
    values = values_of(record, times_of(outcomes))
    pieces = [base[n * _DIGEST : (n + 1) * _DIGEST] for n in range(len(FIELDS))]
    for n, name in enumerate(FIELDS):
        if name in ("repeat", "extra_starts", "times"):
            pieces[n] = digest(record.id, name, values[name])
    return "".join(pieces)


def values_of(record: Appointment, times: Times) -> dict[str, Any]:
    """The fields of an appointment as they are compared."""
    return {
        "title": record.title,
        "place": record.place,
        "when": when_key(record.starts, record.zone, repeats=bool(record.repeat or record.extra_starts)),
        "minutes": record.minutes,
        "repeat": _rule_text(record.repeat),
        "except_starts": sorted(record.except_starts),
        "extra_starts": sorted(record.extra_starts),
        "times": [list(each) for each in sorted(times)],
    }


def when_key(starts: str, zone: str, *, repeats: bool) -> str:
    """When something is, so that one hour by two clocks is the same; a day is the same by every clock."""
    try:
        wall = read_wall(starts)
        if not isinstance(wall, datetime):
            return starts
        return f"{starts} {zone}" if repeats else instant(wall, zone_named(zone)).isoformat()
    except InvalidRepeat:
        return f"{starts} {zone}"


def _rule_text(text: str) -> str:
    try:
        return read_repeat(text).text() if text else ""
    except InvalidRepeat:
        return text


def times_of(outcomes: Iterable[Outcome]) -> Times:
    """What is said of single times, as far as a calendar could say it too."""
    return tuple(sorted((each.occurrence, each.what, each.new_starts) for each in outcomes if each.what in _FROM_FILES))


def coming_times(coming: Coming) -> Times:
    """What the file says of single times."""
    return tuple(sorted((each.occurrence, each.what, each.new_starts) for each in coming.times))


def arriving(coming: Coming, record: Appointment | None) -> Appointment:
    """The appointment as the file has it; an hour of any clock keeps the clock that the notebook gave it."""
    made = coming.appointment()
    return replace(made, zone=record.zone) if record is not None and coming.any_clock and record.zone else made


def compare(
    key: str, coming: Coming, record: Appointment, outcomes: list[Outcome], base: str, ignored: frozenset[str]
) -> list[Entry]:
    """What the file says otherwise: what can follow it, and what she changed herself; nothing where all is the same.

    ``base`` are the digests of what came in last, empty where that is not known.
    """
    made = arriving(coming, record)
    mine_times, file_times = times_of(outcomes), coming_times(coming)
    mine, file = values_of(record, mine_times), values_of(made, file_times)
    came = {name: base[n * _DIGEST : (n + 1) * _DIGEST] for n, name in enumerate(FIELDS)}
    follow: list[Difference] = []
    hers: list[Difference] = []
    said = {each.occurrence for each in outcomes if each.what not in _FROM_FILES}
    for name in FIELDS:
        if name in ignored or mine[name] == file[name]:
            continue
        untouched = came[name] == digest(record.id, name, mine[name])
        if name == "times":
            follow += _new_times(mine_times, file_times, said, untouched=untouched)
            continue
        (follow if untouched else hers).append(_difference(name, record, made))
    older = coming.sequence < record.sequence
    entries = []
    for differences, is_hers in ((follow, False), (hers, True)):
        if differences:
            entries.append(
                Entry(
                    key=f"{key} {'hers' if is_hers else 'theirs'}",
                    coming=coming,
                    appointment=record.id,
                    differences=tuple(differences),
                    hers=is_hers,
                    older=older,
                    values=_written(differences, made),
                    times=_times_to_write(differences),
                    title=record.title,
                    starts=record.starts,
                    zone=record.zone,
                )
            )
    return entries


def _difference(name: str, record: Appointment, made: Appointment) -> Difference:
    if name == "when":
        return Difference(name, (record.starts, record.zone), (made.starts, made.zone))
    return Difference(name, getattr(record, name), getattr(made, name))


def _written(differences: Iterable[Difference], made: Appointment) -> dict[str, object]:
    out: dict[str, object] = {}
    for each in differences:
        if each.field == "when":
            out |= {"starts": made.starts, "zone": made.zone}
        elif each.field in ("except_starts", "extra_starts"):
            out[each.field] = list(getattr(made, each.field))
        elif each.field != "times":
            out[each.field] = getattr(made, each.field)
    return out


def _new_times(mine: Times, file: Times, said: set[str], *, untouched: bool) -> list[Difference]:
    """What the file says of single times: never over what she said of one herself."""
    if not untouched:
        said = said | {occurrence for occurrence, _what, _new in mine}
    coming = tuple(each for each in file if each not in mine and each[0] not in said)
    gone = tuple(each for each in mine if each not in file) if untouched else ()
    return [Difference("times", gone, coming)] if coming or gone else []


def _times_to_write(differences: Iterable[Difference]) -> tuple[Times, Times]:
    for each in differences:
        if each.field == "times":
            return each.after, each.before
    return (), ()


def cancel(key: str, coming: Coming, record: Appointment, outcomes: list[Outcome], today: date) -> Entry | None:
    """What their cancelling means: its one time, or the next of several, was cancelled by them, and no more follow.

    None where that is known already, or nothing of it lies ahead.
    """
    entry = Entry(
        key=key,
        coming=coming,
        appointment=record.id,
        older=coming.sequence < record.sequence,
        title=record.title,
        starts=record.starts,
        zone=record.zone,
    )
    if not (record.repeat or record.extra_starts):
        if not record.starts or _said(outcomes, record.starts):
            return None
        return replace(entry, times=(((record.starts, WhatHappened.THEY_CANCELLED, ""),), ()))
    following = _next(record, outcomes, today)
    if following is None:
        return None
    last = following.original_starts
    values = _ended(record, last)
    if _said(outcomes, last):
        return replace(entry, values=values) if values else None
    return replace(entry, values=values, times=(((last, WhatHappened.THEY_CANCELLED, ""),), ()))


def cancel_one(key: str, coming: Coming, record: Appointment, outcomes: list[Outcome], name: str) -> Entry | None:
    """They cancelled one time of a series; None where something is said of it already."""
    if _said(outcomes, name):
        return None
    times = ((name, WhatHappened.THEY_CANCELLED, ""),)
    return Entry(
        key=key,
        coming=coming,
        appointment=record.id,
        times=(times, ()),
        title=record.title,
        starts=name,
        zone=record.zone,
    )


def _said(outcomes: Iterable[Outcome], occurrence: str) -> bool:
    return any(each.occurrence == occurrence and each.what is not WhatHappened.MOVED for each in outcomes)


def _next(record: Appointment, outcomes: list[Outcome], today: date) -> Occurrence | None:
    for ahead in _LOOK_ON:
        found = occurrences(record, outcomes, today, today + timedelta(days=ahead))
        if found:
            return found[0]
    return None


def _ended(record: Appointment, last: str) -> dict[str, object]:
    """The rule and the added times, with nothing after ``last``; only what differs."""
    out: dict[str, object] = {}
    try:
        if record.repeat:
            rule = replace(read_repeat(record.repeat), count=0, until=read_wall(last), until_utc=False).text()
            if rule != record.repeat:
                out["repeat"] = rule
    except InvalidRepeat:
        pass
    extra = [each for each in record.extra_starts if each <= last]
    if len(extra) != len(record.extra_starts):
        out["extra_starts"] = extra
    return out
