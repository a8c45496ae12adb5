"""Calendars from elsewhere: a look at what a file would bring, then one edit that brings in what was chosen."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from planner.indexing import record_of
from planner.plan.agenda import occurrences
from planner.plan.clock import day_of, instant, read_wall, write_wall, zone_named
from planner.plan.records import Appointment, Outcome, WhatHappened, new_id
from planner.plan.trouble import InvalidRepeat
from planner.session.calendar_compare import (
    arriving,
    base_after_cancelling,
    base_of,
    cancel,
    cancel_one,
    coming_times,
    compare,
    times_of,
    values_of,
)
from planner.session.calendar_types import CalendarPreview, Chosen, Entry, Taken
from planner.session.types import Difference
from planner.words import _

if TYPE_CHECKING:
    from planner.exchange.calendar_read import Coming
    from planner.session.core import Session
    from planner.session.editing import Edit

__all__ = ["CalendarFiles", "CalendarPreview", "Chosen", "Entry", "Taken"]

_PIECE = 50
_ONE_DAY = timedelta(days=1)

Progress = Callable[[int, int], None]


class CalendarFiles:
    """Bringing calendars into one person's plan."""

    def __init__(self, session: Session) -> None:
        self._session = session

    # ---------------------------------------------------------------- the look

    def preview(self, content: bytes, progress: Progress, person: str = "") -> CalendarPreview:
        """What a file would bring; nothing changes. ``progress(done, of)`` may raise to stop.

        Raises:
            planner.exchange.calendar_lines.NotACalendar: the whole file cannot be read; it says why.
        """
        from planner.apart.data_files import read_calendar
        from planner.exchange.calendar_lines import Beat

        session = self._session
        person = person or (session.person.id if session.person is not None else "")
        session.within_reach(person)
        file = read_calendar(content, session.zone, progress)
        look, beat = _Look(session, person), Beat(progress)
        for number, coming in enumerate(file.coming):
            beat(number, len(file.coming))
            look.at(coming)
        return replace(look.preview(), not_understood=(*file.not_understood, *look.left))

    # ---------------------------------------------------------------- bringing it in

    def take_in(self, preview: CalendarPreview, chosen: Chosen, progress: Progress) -> Taken:
        """Bring in what was chosen, as one edit; when ``progress`` raises, nothing changed.

        May run beside the window; whoever calls it then hands the result to :meth:`tell` in the window's own thread.

        Raises:
            MachineTrouble: it could not be saved; nothing changed.
        """
        editor, person = self._session.editor, preview.person
        self._session.within_reach(person)
        entries = [each for each in (*preview.new, *preview.changed, *preview.cancelled) if each.key in chosen.keys]
        taking = _Taking(self._session, preview, chosen)
        with editor._apply(  # noqa: SLF001 - one edit as every other, told of later because it may run beside the window
            person, _("Bring in a calendar"), editor.history.add, taking.keep_bases, progress
        ) as edit:
            for number, entry in enumerate(entries):
                if number % _PIECE == 0:
                    progress(number, 2 * max(1, len(entries)))
                taking.take(edit, entry)
        return replace(taking.taken, told=edit.changed)

    def forget(self, person: str, ids: Collection[str]) -> None:
        """These appointments are erased: no digest of what a file said of them is kept either."""
        bases: dict[str, str] = self._session.store.get(_bases_name(person), {})
        kept = {record_id: base for record_id, base in bases.items() if record_id not in ids}
        if len(kept) != len(bases):
            self._session.store.set(_bases_name(person), kept)

    def tell(self, taken: Taken) -> None:
        """Tell the pages what came in."""
        if taken.told is not None:
            self._session.editor.tell(taken.told)


def _bases_name(person: str) -> str:
    return f"calendar_bases/{person}"


class _Look:
    """Goes through a file and finds for each appointment what the notebook has of it."""

    def __init__(self, session: Session, person: str) -> None:
        from planner.exchange.calendar_read import Left
        from planner.exchange.calendar_write import neutral_titles, own_uid

        self._left_type = Left
        self._person, self._today = person, session.today()
        self._bases: dict[str, str] = session.store.get(_bases_name(person), {})
        self._known: dict[tuple[str, str], Appointment] = {}
        self._own: dict[str, Appointment] = {}
        self._there: set[str] = set()
        for each in session.appointments(person):
            if each.uid:
                self._known.setdefault((each.uid, each.recurrence), each)
            self._own[own_uid(each.id)] = each
            self._there.add(each.id)
        self._outcomes = _told(session, person)
        self._neutral = neutral_titles()
        self._new: list[Entry] = []
        self._changed: list[Entry] = []
        self._cancelled: list[Entry] = []
        self._same = 0
        self._bases_now: dict[str, tuple[Coming, Appointment]] = {}
        self.left: list[Left] = []

    def preview(self) -> CalendarPreview:
        return CalendarPreview(
            self._person,
            tuple(self._new),
            tuple(self._changed),
            tuple(self._cancelled),
            self._same,
            (),
            self._bases_now,
            frozenset(self._there),
        )

    def at(self, coming: Coming) -> None:
        key = f"{coming.uid} {coming.recurrence}"
        record = self._known.get((coming.uid, coming.recurrence))
        ignored: frozenset[str] = frozenset()
        if record is None and not coming.recurrence and coming.uid in self._own:
            record = self._own[coming.uid]
            # What she let out herself says less than she knows.
            ignored = frozenset({"title"} if coming.title in self._neutral else ()) | (
                frozenset({"place"} if not coming.place else ())
            )
        if record is None and coming.recurrence:
            series = self._known.get((coming.uid, ""))
            name = self._time_of(series, coming) if series is not None else ""
            if series is not None and name:
                self._at_time_of(key, coming, series, name)
                return
        if record is None:
            self._at_new(key, coming)
        elif coming.cancelled:
            self._put(cancel(key, coming, record, self._told_of(record), self._today), self._cancelled)
        else:
            entries = compare(key, coming, record, self._told_of(record), self._bases.get(record.id, ""), ignored)
            self._changed += entries
            self._same += not entries
            if not ignored:
                self._bases_now[record.id] = (coming, record)

    def _told_of(self, record: Appointment) -> list[Outcome]:
        return self._outcomes.get(record.id, [])

    def _put(self, entry: Entry | None, where: list[Entry]) -> None:
        if entry is None:
            self._same += 1
        else:
            where.append(entry)

    def _at_new(self, key: str, coming: Coming) -> None:
        if coming.cancelled:
            reason = _("They canceled it, and it is not in your notebook.")
            self.left.append(self._left_type(coming.title, coming.starts[:10], reason))
            return
        self._new.append(Entry(key=key, coming=coming, title=coming.title, starts=coming.starts, zone=coming.zone))

    def _time_of(self, series: Appointment | None, coming: Coming) -> str:
        """The name by which the series knows the time for which an event stands; empty where it is none of its own."""
        if series is None:
            return ""
        try:
            wall = read_wall(coming.recurrence)
            if isinstance(wall, datetime) and series.zone != coming.zone:
                moment = instant(wall, zone_named(coming.zone))
                wall = moment.astimezone(zone_named(series.zone)).replace(tzinfo=None, fold=0)
        except InvalidRepeat:
            return ""
        name, day = write_wall(wall), day_of(wall)
        found = occurrences(series, (), day - _ONE_DAY, day + 2 * _ONE_DAY)
        return name if any(each.original_starts == name for each in found) else ""

    def _at_time_of(self, key: str, coming: Coming, series: Appointment, name: str) -> None:
        """An event that stands for one time of a series that the notebook has, and that the file has not."""
        told = self._told_of(series)
        if coming.cancelled:
            self._put(cancel_one(key, coming, series, told, name), self._cancelled)
            return
        same = (series.title, series.place, series.minutes) == (coming.title, coming.place, coming.minutes)
        if not same or coming.zone != series.zone or len(coming.starts) != len(series.starts):
            self._at_new(key, coming)
            self._new[-1] = replace(self._new[-1], left_out=(series.id, name))
            return
        moved = (name, WhatHappened.MOVED, coming.starts)
        if moved in times_of(told) or (coming.starts == name and not any(each.occurrence == name for each in told)):
            self._same += 1
            return
        gone = tuple(each for each in times_of(told) if each[0] == name and each[1] is WhatHappened.MOVED)
        now = (moved,) if coming.starts != name else ()
        self._changed.append(
            Entry(
                key=key,
                coming=coming,
                appointment=series.id,
                differences=(Difference("times", gone, now),),
                times=(now, gone),
                title=series.title,
                starts=name,
                zone=series.zone,
            )
        )


def _told(session: Session, person: str) -> dict[str, list[Outcome]]:
    """What became of the times of each appointment."""
    out: dict[str, list[Outcome]] = {}
    for row in session.store.rows(person, [Outcome.kind]):
        each = record_of(row)
        if isinstance(each, Outcome):
            out.setdefault(each.appointment, []).append(each)
    return out


class _Taking:
    """Writes what was chosen into one edit."""

    def __init__(self, session: Session, preview: CalendarPreview, chosen: Chosen) -> None:
        self._session, self._preview, self._chosen = session, preview, chosen
        self._outcomes = _told(session, preview.person)
        self._calls_off = frozenset(each.key for each in preview.cancelled)
        self._called_off: set[str] = set()
        self._new_bases: dict[str, str] = {}
        self.taken = Taken(0, 0, 0)

    def take(self, edit: Edit, entry: Entry) -> None:
        taken = self.taken
        if not entry.appointment:
            self._add(edit, entry)
            self.taken = replace(taken, new=taken.new + 1)
            return
        if not _is_there(edit, entry.appointment):
            return  # taken away since the look
        if entry.values:
            edit.change(entry.appointment, **entry.values)
        now, gone = entry.times
        for each in self._outcomes.get(entry.appointment, ()):
            if (each.occurrence, each.what, each.new_starts) in gone:
                edit.change(each.id, removed=True)
        for occurrence, what, new_starts in now:
            edit.add(Outcome(appointment=entry.appointment, occurrence=occurrence, what=what, new_starts=new_starts))
        record = edit.record(entry.appointment)
        if isinstance(record, Appointment) and record.uid and entry.coming.sequence > record.sequence:
            edit.change(entry.appointment, sequence=entry.coming.sequence)
        if entry.key in self._calls_off:
            self._called_off.add(entry.appointment)
            self.taken = replace(taken, cancelled=taken.cancelled + 1)
        else:
            self.taken = replace(taken, changed=taken.changed + 1)

    def _add(self, edit: Edit, entry: Entry) -> None:
        coming, chosen = entry.coming, self._chosen
        made = replace(
            arriving(coming, None),
            id=new_id(),
            domain=chosen.domain,
            mine_alone=chosen.mine_alone,
            note=coming.description if chosen.notes else "",
        )
        edit.add(made)
        for each in coming.times:
            edit.add(
                Outcome(appointment=made.id, occurrence=each.occurrence, what=each.what, new_starts=each.new_starts)
            )
        series, name = entry.left_out
        if series and _is_there(edit, series):
            record = edit.record(series)
            if isinstance(record, Appointment) and name not in record.except_starts:
                edit.change(series, except_starts=[*record.except_starts, name])
        self._new_bases[made.id] = base_of(made.id, values_of(made, coming_times(coming)))

    def keep_bases(self) -> None:
        """What the file said, as digests, so that the next file tells her changes from theirs."""
        session, preview = self._session, self._preview
        bases: dict[str, str] = session.store.get(_bases_name(preview.person), {})
        kept = {record_id: base for record_id, base in bases.items() if record_id in preview.there}
        for record_id, (coming, record) in preview.bases.items():
            kept[record_id] = base_of(record_id, values_of(arriving(coming, record), coming_times(coming)))
        kept |= self._new_bases
        told = _told(session, preview.person) if self._called_off else {}
        for record_id in self._called_off:
            now = session.record(preview.person, record_id)
            if isinstance(now, Appointment) and record_id in kept:
                kept[record_id] = base_after_cancelling(kept[record_id], now, told.get(record_id, []))
        session.store.set(_bases_name(preview.person), kept)


def _is_there(edit: Edit, record_id: str) -> bool:
    try:
        return not edit.record(record_id).removed
    except KeyError:
        return False
