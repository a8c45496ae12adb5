"""What lies beside the plan: forms in progress, a worker's notes, the activity log, settings and drafts."""

from __future__ import annotations

import json
from dataclasses import astuple, fields
from typing import Any

from planner.store.beside import FILLING, NOTE, Beside
from planner.store.directory import KeptServices
from planner.store.forms import KeptForms
from planner.store.packs import KeptPacks
from planner.store.rows import ActivityRow, BesideRow, DraftRow, FillingRow, JSONValue, NoteRow

_FILLING = ", ".join(each.name for each in fields(FillingRow))
_FILLING_MARKS = ", ".join("?" for _each in fields(FillingRow))
_NOTE = ", ".join(each.name for each in fields(NoteRow))
_NOTE_MARKS = ", ".join("?" for _each in fields(NoteRow))


class Desk(Beside, KeptForms, KeptPacks, KeptServices):
    """Rows that are not part of any document."""

    # ------------------------------------------------------------ forms

    def save_filling(self, row: FillingRow) -> None:
        """Keep a filling as it stands; the state before is gone."""
        self._do(f"INSERT OR REPLACE INTO filling ({_FILLING}) VALUES ({_FILLING_MARKS})", astuple(row))  # noqa: S608

    def filling(self, filling: str) -> FillingRow | None:
        """One filling by id."""
        found = self._ask(f"SELECT {_FILLING} FROM filling WHERE id = ?", (filling,))  # noqa: S608
        return _filling(found[0]) if found else None

    def fillings(self, person: str, form: str | None = None) -> list[FillingRow]:
        """The fillings of a person, of one form or of all, the oldest first."""
        found = self._ask(
            f"SELECT {_FILLING} FROM filling WHERE person = ?1 AND (?2 IS NULL OR form = ?2) ORDER BY started, rowid",  # noqa: S608
            (person, form),
        )
        return [_filling(row) for row in found]

    def unfinished_fillings(self) -> list[FillingRow]:
        """What is in progress, of everyone."""
        found = self._ask(f"SELECT {_FILLING} FROM filling WHERE finished = '' ORDER BY started, rowid")  # noqa: S608
        return [_filling(row) for row in found]

    def remove_filling(self, filling: str) -> None:
        """Erase a filling for good, what it was found by, and the version of its form that nothing else needs."""
        with self.transaction():
            for (person,) in self._ask("SELECT person FROM filling WHERE id = ?", (filling,)):
                self.drop_beside(person, FILLING, filling)
                self.remember_gone(person, filling)
            self._forget("DELETE FROM filling WHERE id = ?", (filling,))
            self.drop_unused_forms()

    # ------------------------------------------------------------ notes

    def add_note(self, row: NoteRow) -> None:
        """Add a note, or an amendment to the first note named in ``amends``.

        Raises:
            ValueError: an amendment must name a first note of the same person.
        """
        with self.transaction():
            if row.amends and not self._ask(
                "SELECT 1 FROM note WHERE id = ? AND person = ? AND amends = ''", (row.amends, row.person)
            ):
                raise ValueError("an amendment points at a first note of the same person")
            self._do(f"INSERT INTO note ({_NOTE}) VALUES ({_NOTE_MARKS})", astuple(row))  # noqa: S608
            self._index_note(row)

    def _index_note(self, row: NoteRow) -> None:
        text = "\n".join(each for each in (row.facts, row.agreed, row.who) if each)
        owner = row.amends or row.id
        self.put_beside(BesideRow(person=row.person, kind=NOTE, id=row.id, owner=owner, day=row.when_date, text=text))

    def index_notes(self, person: str) -> None:
        """Let the notes about a person be found again, after the index was dropped."""
        with self.transaction():
            for row in self.notes(person):
                self._index_note(row)

    def notes(self, person: str) -> list[NoteRow]:
        """The notes about a person and their amendments, by day, then as they were written."""
        found = self._ask(f"SELECT {_NOTE} FROM note WHERE person = ? ORDER BY when_date, at, rowid", (person,))  # noqa: S608
        names = [each.name for each in fields(NoteRow)]
        return [NoteRow(**dict(zip(names, row, strict=True))) for row in found]

    def last_notes(self, person: str | None = None) -> dict[str, str]:
        """The newest day on which there is a note, of one person or of everyone who has any."""
        found = self._ask(
            "SELECT person, MAX(when_date) FROM note WHERE ? IS NULL OR person = ? GROUP BY person", (person, person)
        )
        return {row[0]: row[1] for row in found}

    # ------------------------------------------------------------ the activity log

    def log(self, at: str, what: str, person: str, detail: dict[str, JSONValue]) -> None:
        """Write down that something was done or left; ``detail`` holds no content."""
        self._do(
            "INSERT INTO activity (at, what, person, detail) VALUES (?, ?, ?, ?)",
            (at, what, person, json.dumps(detail, ensure_ascii=False)),
        )

    def activity(self, limit: int = 200) -> list[ActivityRow]:
        """The newest lines of the log, the newest first."""
        found = self._ask(
            "SELECT number, at, what, person, detail FROM activity ORDER BY number DESC LIMIT ?", (limit,)
        )
        return [
            ActivityRow(number=number, at=at, what=what, person=person, detail=json.loads(detail))
            for number, at, what, person, detail in found
        ]

    def activity_before(self, until: str) -> int:
        """How many lines of the log are older than that (ISO 8601, UTC)."""
        return int(self._ask("SELECT COUNT(*) FROM activity WHERE at < ?", (until,))[0][0])

    def remove_activity(self, until: str) -> int:
        """Erase the lines of the log that are older than that (ISO 8601, UTC); how many there were."""
        return self._forget("DELETE FROM activity WHERE at < ?", (until,))

    # ------------------------------------------------------------ settings and drafts

    def get(self, name: str, default: JSONValue = None) -> JSONValue:
        """A setting kept inside the notebook."""
        found = self._ask("SELECT value FROM setting WHERE name = ?", (name,))
        return json.loads(found[0][0]) if found else default

    def set(self, name: str, value: JSONValue) -> None:
        """Keep a setting; the value is anything JSON can hold."""
        self._do(
            "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (name, json.dumps(value, ensure_ascii=False))
        )

    def unset(self, name: str) -> None:
        """Forget a setting; one that is not there is no trouble."""
        self._forget("DELETE FROM setting WHERE name = ?", (name,))

    def settings_under(self, first: str) -> dict[str, JSONValue]:
        """The settings called ``first/...``, by what comes after that."""
        found = self._ask(
            "SELECT name, value FROM setting WHERE name > ? AND name < ? ORDER BY name", (f"{first}/", f"{first}0")
        )
        return {name[len(first) + 1 :]: json.loads(value) for name, value in found}

    def settings(self) -> dict[str, JSONValue]:
        """Every setting kept inside the notebook, by name."""
        return {row[0]: json.loads(row[1]) for row in self._ask("SELECT name, value FROM setting ORDER BY name")}

    def put_draft(self, page: str, person: str, value: dict[str, JSONValue] | None) -> None:
        """Keep what is half typed on a page; ``None`` forgets it."""
        if value is None:
            self._forget("DELETE FROM draft WHERE page = ? AND person = ?", (page, person))
        else:
            self._do(
                "INSERT OR REPLACE INTO draft (page, person, value) VALUES (?, ?, ?)",
                (page, person, json.dumps(value, ensure_ascii=False)),
            )

    def drafts(self) -> list[DraftRow]:
        """What was half typed when the notebook was locked."""
        found = self._ask("SELECT page, person, value FROM draft ORDER BY page, person")
        return [DraftRow(page=page, person=person, value=json.loads(value)) for page, person, value in found]


def _filling(row: tuple[Any, ...]) -> FillingRow:
    return FillingRow(**dict(zip((each.name for each in fields(FillingRow)), row, strict=True)))
