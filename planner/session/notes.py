"""A worker's contact notes: kept apart from the plan, added to and amended, never changed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from planner.plan.records import new_id
from planner.session.types import Changed, Note
from planner.store.rows import NoteRow

if TYPE_CHECKING:
    from planner.session.core import Session

NOTE_KINDS = ("meeting", "call", "message", "visit-along", "for-her", "other")


class Notes:
    """The contact notes of an open notebook."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, person: str) -> list[Note]:
        """A person's notes, newest day first, each with its amendments.

        Raises:
            OutOfReach: somebody is beside the worker: notes are for the worker alone.
        """
        self._closed_with_someone()
        rows = self._session.store.notes(person)
        amendments: dict[str, list[NoteRow]] = {}
        for row in rows:
            if row.amends:
                amendments.setdefault(row.amends, []).append(row)
        firsts = [row for row in rows if not row.amends]
        firsts.sort(key=lambda row: (row.when_date, row.at, row.id), reverse=True)
        return [_note(row, tuple(_note(each) for each in amendments.get(row.id, []))) for row in firsts]

    def add(self, person: str, *, when: date, kind: str, minutes: int, who: str, facts: str, agreed: str) -> str:
        """Write a note; it can be amended later, never changed. Returns its id.

        Raises:
            ValueError: an unknown kind, or minutes below zero.
        """
        return self._write(person, "", when, kind, minutes, who, facts, agreed)

    def amend(self, note: Note, *, facts: str, agreed: str) -> str:
        """Add an amendment to a note; the first text stays."""
        return self._write(note.person, note.id, note.when_date, note.kind, note.minutes, note.who, facts, agreed)

    def last_days(self, person: str | None = None) -> dict[str, date]:
        """The newest day of contact of each person who has a note and can be reached now."""
        if person is not None:
            self._session.within_reach(person)
        person = self._session.only or person
        return {who: date.fromisoformat(day) for who, day in self._session.store.last_notes(person).items()}

    def _write(
        self, person: str, amends: str, when: date, kind: str, minutes: int, who: str, facts: str, agreed: str
    ) -> str:
        self._closed_with_someone()
        if kind not in NOTE_KINDS or minutes < 0:
            raise ValueError("not a kind of note, or minutes below zero")
        session = self._session
        row = NoteRow(
            id=new_id(),
            person=person,
            amends=amends,
            at=session.stamp(),
            author=session.setting("my_name"),
            when_date=when.isoformat(),
            kind=kind,
            minutes=minutes,
            who=who,
            facts=facts,
            agreed=agreed,
        )
        with session.store.transaction():
            session.store.add_note(row)
        session.forget_people()
        session.editor.tell(Changed(person, frozenset({"note"}), frozenset({row.id})))
        return row.id

    def _closed_with_someone(self) -> None:
        if self._session.only is not None:
            from planner.session.types import OutOfReach

            raise OutOfReach


def _note(row: NoteRow, amendments: tuple[Note, ...] = ()) -> Note:
    return Note(
        id=row.id,
        person=row.person,
        at=row.at,
        author=row.author,
        when_date=date.fromisoformat(row.when_date),
        kind=row.kind,
        minutes=row.minutes,
        who=row.who,
        facts=row.facts,
        agreed=row.agreed,
        amendments=amendments,
    )
