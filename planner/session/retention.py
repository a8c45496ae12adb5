"""What was kept long enough: lines of the activity log, and pages of people with whom the work rests.

Nothing goes without being announced: only what was told of for thirty days is removed, and of those days a gap between
two openings counts for seven at most. So a clock that jumps ahead, as with a dead battery, announces things and removes
none; whoever opens the notebook sees what is about to go, on five different days at least, before anything does. A hold
on anybody stops all of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from planner.session.types import Changed, Mode, OutOfReach

if TYPE_CHECKING:
    from planner.session.core import Session
    from planner.store.store import Store

ANNOUNCED_DAYS = 30
"""Days for which something is announced before it is removed."""

MOST_AT_ONCE = 7
"""Days for which a gap between two openings counts, however long it was by the clock."""

KEPT_FROM = "log_kept_from"
"""The setting that tells from when on (ISO 8601, UTC) lines of the log are kept: older ones were removed here."""

ABROAD = 2
"""Days by which the date may go back on a journey."""

_LOG = "going_log"
_SEEN = "going_seen"


@dataclass(frozen=True, slots=True)
class GoingPerson:
    """Somebody whose pages are about to be removed: when they were changed last, and when they go at the earliest."""

    id: str
    changed: date
    goes: date


@dataclass(frozen=True, slots=True)
class Going:
    """What is announced. ``lines`` of the log from before ``before`` go on ``lines_go`` at the earliest.

    ``held``: somebody is on hold, so that nothing of it goes now.
    """

    lines: int = 0
    before: date | None = None
    lines_go: date | None = None
    people: tuple[GoingPerson, ...] = ()
    held: bool = False

    def __bool__(self) -> bool:
        return bool(self.lines or self.people)


class Retention:
    """Announces and removes, in quiet moments of an open notebook."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._looked: date | None = None
        self._touched: set[str] = set()

    # -- when somebody's pages were changed last -----------------------------------------------------------------------
    def listen(self) -> None:
        """From now on remember whose pages are changed."""
        self._session.editor.on_change(self._heard)

    def _heard(self, changed: Changed) -> None:
        if "settings" in changed.kinds or "person" in changed.kinds:
            self._looked = None
        if changed.person:
            self._touched.add(changed.person)
        elif "person" in changed.kinds:
            self._touched |= changed.ids

    def write(self) -> None:
        """Keep on which day pages were changed last. Raises MachineTrouble; then it is kept later."""
        session = self._session
        if session.mode is Mode.FOR_ME:
            self._touched.clear()
        touched = frozenset(self._touched)
        if touched:
            with session.store.transaction():
                for person in touched:
                    if session.store.person(person) is not None:
                        self._keep_changed(person, session.today())
            self._touched -= touched

    def _keep_changed(self, person: str, day: date) -> None:
        if day.isoformat() > str(self._session.store.get(_changed(person), "")):
            self._session.store.set(_changed(person), day.isoformat())

    # -- what is announced -------------------------------------------------------------------------------------------
    def going(self) -> Going:
        """What is announced now.

        Raises:
            OutOfReach: somebody sits beside the worker.
        """
        session, store = self._session, self._session.store
        if session.only is not None:
            raise OutOfReach
        told, log = store.settings_under("going"), store.get(_LOG)
        if not told and log is None:
            return Going()
        today, years = session.today(), session.setting("keep_resting_years")
        people = []
        for person, state in told.items():
            changed = _day(store.get(_changed(person), ""))
            if changed is not None and store.person(person) is not None:
                due = _years_after(changed, years)
                people.append(GoingPerson(person, changed, max(due, _when(today, state))))
        held = bool(store.held_people())
        lines = store.activity_before(log["until"]) if log is not None else 0
        if not lines:
            return Going(people=tuple(people), held=held)
        before = datetime.fromisoformat(log["until"]).astimezone(session.now().tzinfo).date()
        return Going(lines, before, _when(today, log), tuple(people), held)

    def keep(self, person: str) -> None:
        """Keep the pages of somebody as long again, as if they had been changed today."""
        session = self._session
        session.within_reach(person)
        with session.store.transaction():
            session.store.set(_changed(person), session.today().isoformat())
            session.store.unset(_going(person))
        session.editor.tell(Changed("", frozenset({"settings"})))

    # -- the quiet moment --------------------------------------------------------------------------------------------
    def look(self) -> None:
        """Once a day: announce what will have been kept long enough in thirty days, and remove what was announced.

        Raises:
            MachineTrouble: it could not be written; it is tried again at the next quiet moment.
        """
        self.write()
        session = self._session
        today = session.today()
        if self._looked == today or session.only is not None or session.everyday:
            return  # where nothing is told, nothing goes either
        held = bool(session.store.held_people())
        passed = 0 if held else self._passed(today)
        before = self.going()
        self._look_at_log(today, passed)
        more = self._look_at_people(today, passed)
        self._look_again(today)
        self._looked = None if more else today
        if self.going() != before:
            session.editor.tell(Changed("", frozenset({"going"})))

    def _passed(self, today: date) -> int:
        """For how many days more everything announced was to be seen."""
        seen = _day(self._session.store.get(_SEEN, ""))
        return min(max((today - seen).days, 0), MOST_AT_ONCE) if seen is not None else 0

    def _look_again(self, today: date) -> None:
        store = self._session.store
        if not self.going():
            store.unset(_SEEN)
        elif store.get(_SEEN, "") != today.isoformat():
            store.set(_SEEN, today.isoformat())

    def _look_at_log(self, today: date, passed: int) -> None:
        session, store = self._session, self._session.store
        days = session.setting("keep_log_days")
        state = store.get(_LOG)
        ahead = _stamp(today + timedelta(days=ANNOUNCED_DAYS - days))
        latest = _stamp(today + timedelta(days=ANNOUNCED_DAYS + ABROAD - days))
        if state is not None and (state["period"] != days or state["until"] > latest):
            # Another time was chosen, or the clock went back: what was announced holds no longer.
            store.unset(_LOG)
            state = None
        if state is None:
            if store.activity_before(ahead):
                store.set(_LOG, {"until": ahead, "period": days, "days": 0})
            return
        told = state["days"] + passed
        if told < ANNOUNCED_DAYS or state["until"] > _stamp(today - timedelta(days=days)):
            if passed:
                store.set(_LOG, {**state, "days": told})
            return
        if store.held_people():
            return
        with store.transaction():
            gone = store.remove_activity(state["until"])
            store.set(KEPT_FROM, max(state["until"], str(store.get(KEPT_FROM, ""))))
            store.unset(_LOG)
            if gone:
                session.log("removed", "", {"kind": "log", "lines": gone})
        store.checkpoint()

    def _look_at_people(self, today: date, passed: int) -> bool:
        """Whether somebody is left for the next quiet moment: one goes at each, so that it stays short."""
        session, store = self._session, self._session.store
        if session.mode is Mode.FOR_ME:
            return False
        with store.transaction():
            over = self._announce_people(today, passed)
        if over and not store.held_people():
            session.erasing.erase_person(over.pop(), by_time=True)
            return bool(over)
        return False

    def _announce_people(self, today: date, passed: int) -> list[str]:
        """Bring what is announced up to date; those who were announced for long enough, and whose pages are shut."""
        session, store = self._session, self._session.store
        years = session.setting("keep_resting_years")
        known, announced = store.settings_under("changed"), store.settings_under("going")
        over = []
        for row in store.people():
            changed = _day(known.get(row.id, ""))
            if changed is None:
                self._keep_changed(row.id, changed := today)  # the first day of which anything is known
            state = announced.get(row.id)
            due = _years_after(changed, years)
            if not years or not row.resting or due > today + timedelta(days=ANNOUNCED_DAYS):
                if state is not None:
                    store.unset(_going(row.id))
                continue
            if state is None or state["period"] != years:
                store.set(_going(row.id), {"period": years, "days": 0})
                continue
            told = state["days"] + passed
            if passed:
                store.set(_going(row.id), {**state, "days": told})
            if told >= ANNOUNCED_DAYS and due <= today and row.id != session.chosen_id:
                over.append(row.id)
        return over


def take_later_change(mine: Store, other: Store, person: str) -> None:
    """Of two copies, the later change counts; belongs into the transaction of a merge."""
    here, there = str(mine.get(_changed(person), "")), other.get(_changed(person), "")
    if isinstance(there, str) and _day(there) is not None and there > here:
        mine.set(_changed(person), there)


def is_announced(name: str) -> bool:
    """Whether a setting of this name tells what is announced here; another copy has announcements of its own."""
    return name.startswith("going/")


def _changed(person: str) -> str:
    return f"changed/{person}"


def _going(person: str) -> str:
    return f"going/{person}"


def _when(today: date, state: dict[str, int]) -> date:
    return today + timedelta(days=max(0, ANNOUNCED_DAYS - state["days"]))


def _stamp(day: date) -> str:
    return datetime.combine(day, time(), UTC).isoformat(timespec="seconds")


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February, or the end of the calendar
        return date(min(day.year + years, date.max.year), 2, 28)
