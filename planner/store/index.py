"""The index beside the documents: lists, the calendar, the search."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from importlib import resources
from typing import Any

from planner.store.beside import Beside, kind_number, kind_of_number, searched
from planner.store.connection import trouble
from planner.store.rows import AgendaRow, IndexRow

INDEX_VERSION = 4
"""To be counted up with every new kind of record, so that those which an older version kept unseen are found."""
_VERSION_NAME = "index version"
_RECORD = "person, id, section, kind, title, removed, fields"
_AGENDA = "person, appointment, starts_utc, ends_utc, starts, zone, all_day, title, original_starts, outcome"
_LONG = timedelta(days=1)


class Index(Beside):
    """Rows that can be dropped and built again from the documents at any time."""

    # ------------------------------------------------------------ as a whole

    def index_is_current(self) -> bool:
        """Whether the index was built, to its end, by this version's rules; otherwise it has to be built again."""
        found = self._ask("SELECT value FROM setting WHERE name = ?", (_VERSION_NAME,))
        return bool(found) and json.loads(found[0][0]) == INDEX_VERSION

    def mark_index_current(self) -> None:
        """Say that the index has been built; belongs into the transaction that built it."""
        self._do("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (_VERSION_NAME, str(INDEX_VERSION)))

    def clear_index(self, person: str | None = None) -> None:
        """Drop the index of one person, or all of it; then it has to be built again from the documents."""
        with self.transaction():
            self._words_deleted = True
            if person is None:
                self._make_index()
                self._do("DELETE FROM setting WHERE name = ?", (_VERSION_NAME,))
            else:
                self._do("DELETE FROM record WHERE person = ?", (person,))
                self._do("DELETE FROM beside WHERE person = ?", (person,))
                self._do("DELETE FROM agenda WHERE person = ?", (person,))

    def _make_index(self) -> None:
        with self.transaction(), trouble():
            for statement in statements(resources.files(__package__).joinpath("index.sql").read_text("utf-8")):
                self._raw.execute(statement)

    # ------------------------------------------------------------ records

    def put_rows(self, rows: Iterable[IndexRow]) -> None:
        """Add records to the index, or bring them to these values."""
        with self.transaction(), trouble():
            for row in rows:
                self._put_row(row)

    def _put_row(self, row: IndexRow) -> None:
        name = (row.person, row.id)
        found = self._raw.execute("SELECT number FROM record WHERE person = ? AND id = ?", name).fetchone()
        values = (
            *(row.section, row.kind, row.title, int(row.removed)),
            json.dumps(row.fields, ensure_ascii=False, separators=(",", ":")),
            *searched(row.title, row.search, _phones(row)),
        )
        if found is not None and kind_of_number(found[0]) == kind_number(row.kind):
            self._raw.execute(
                "UPDATE record SET section = ?, kind = ?, title = ?, removed = ?, fields = ?, named = ?, words = ?,"
                " digits = ? WHERE number = ?",
                (*values, found[0]),
            )
            return
        if found is not None:
            self._raw.execute("DELETE FROM record WHERE number = ?", found)
        self._raw.execute(
            "INSERT INTO record (number, person, id, section, kind, title, removed, fields, named, words, digits)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (self._next_number("record", row.person, row.kind), *name, *values),
        )

    def drop_rows(self, person: str, ids: Iterable[str]) -> None:
        """Take records, and their dates, out of the index for good."""
        with self.transaction():
            for each in ids:
                self._forget("DELETE FROM record WHERE person = ? AND id = ?", (person, each))
                self._do("DELETE FROM agenda WHERE person = ? AND appointment = ?", (person, each))

    def row(self, person: str, record: str) -> IndexRow | None:
        """One record."""
        found = self._ask(f"SELECT {_RECORD} FROM record WHERE person = ? AND id = ?", (person, record))  # noqa: S608
        return _record(found[0]) if found else None

    def rows(
        self, person: str | None = None, kinds: Collection[str] | None = None, include_removed: bool = False
    ) -> list[IndexRow]:
        """Records of one person or of everyone, of these kinds or of all."""
        wanted, values = ["1"], list[Any]()
        if person is not None:
            wanted.append("person = ?")
            values.append(person)
        if kinds is not None:
            wanted.append(f"kind IN ({', '.join('?' for _each in kinds)})")
            values.extend(kinds)
        if not include_removed:
            wanted.append("NOT removed")
        found = self._ask(f"SELECT {_RECORD} FROM record WHERE {' AND '.join(wanted)}", values)  # noqa: S608
        return [_record(each) for each in found]

    # ------------------------------------------------------------ the calendar

    def set_agenda(self, person: str, appointment: str, rows: Iterable[AgendaRow]) -> None:
        """Replace all occurrences of one appointment."""
        with self.transaction(), trouble():
            self._raw.execute("DELETE FROM agenda WHERE person = ? AND appointment = ?", (person, appointment))
            self._raw.executemany(
                f"INSERT INTO agenda ({_AGENDA}, long) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
                [
                    (
                        person,
                        appointment,
                        row.starts_utc,
                        row.ends_utc or row.starts_utc,
                        row.starts,
                        row.zone,
                        int(row.all_day),
                        row.title,
                        row.original_starts,
                        row.outcome,
                        int(_is_long(row)),
                    )
                    for row in rows
                ],
            )

    def agenda(
        self, start_utc: str, end_utc: str, person: str | None = None, limit: int | None = None
    ) -> list[AgendaRow]:
        """Occurrences that touch the time from ``start_utc`` up to, not including, ``end_utc``, in order.

        ``limit`` is how many at most; None for all.
        """
        # What lasts a day at most is found by its start; the few longer ones are all looked at.
        floor = (datetime.fromisoformat(start_utc) - _LONG).isoformat()
        # Named, because without statistics SQLite would look through everyone's dates for those of one person.
        index, whose = (
            ("agenda_by_time", "") if person is None else ("agenda_by_person_and_time", "person = :person AND ")
        )
        part = (
            f"SELECT {_AGENDA} FROM agenda INDEXED BY {index}"  # noqa: S608 - our own words
            f" WHERE {whose}long = {{long}} AND starts_utc < :end {{floor}}"
            " AND (ends_utc > :start OR starts_utc >= :start)"
        )
        found = self._ask(
            part.format(long=0, floor="AND starts_utc >= :floor")
            + " UNION ALL "
            + part.format(long=1, floor="")
            + " ORDER BY starts_utc, appointment LIMIT :limit",
            {
                "person": person,
                "start": start_utc,
                "end": end_utc,
                "floor": floor,
                "limit": -1 if limit is None else limit,
            },
        )
        return [_agenda(row) for row in found]


def statements(script: str) -> list[str]:
    """The statements of a script of ours, one by one: ``executescript`` would commit the transaction around it."""
    found, begun = list[str](), list[str]()
    for line in script.splitlines():
        if not begun and (not line.strip() or line.startswith("--")):
            continue
        begun.append(line)
        inside_trigger = begun[0].startswith("CREATE TRIGGER") and not line.endswith("END;")
        if line.endswith(";") and not inside_trigger:
            found.append("\n".join(begun))
            begun.clear()
    return found


def _phones(row: IndexRow) -> list[str]:
    listed = row.fields.get("phones") or []
    return [str(each.get("number", "")) for each in listed if isinstance(each, dict)]


def _is_long(row: AgendaRow) -> bool:
    if not row.ends_utc:
        return False
    return datetime.fromisoformat(row.ends_utc) - datetime.fromisoformat(row.starts_utc) > _LONG


def _record(row: tuple[Any, ...]) -> IndexRow:
    person, record, section, kind, title, removed, values = row
    return IndexRow(
        person=person,
        id=record,
        section=section,
        kind=kind,
        title=title,
        removed=bool(removed),
        fields=json.loads(values),
    )


def _agenda(row: tuple[Any, ...]) -> AgendaRow:
    person, appointment, starts_utc, ends_utc, starts, zone, all_day, title, original_starts, outcome = row
    return AgendaRow(
        person=person,
        appointment=appointment,
        starts_utc=starts_utc,
        ends_utc=ends_utc,
        starts=starts,
        zone=zone,
        all_day=bool(all_day),
        title=title,
        original_starts=original_starts,
        outcome=outcome,
    )
