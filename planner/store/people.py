"""People and the documents of their plans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, fields
from typing import Any

from planner.store.connection import Connection
from planner.store.forms import KeptForms
from planner.store.rows import PersonRow, StoredDocument

_COLUMNS = ", ".join(each.name for each in fields(PersonRow))
_MARKS = ", ".join("?" for _each in fields(PersonRow))
_UPDATES = ", ".join(f"{each.name} = excluded.{each.name}" for each in fields(PersonRow) if each.name != "id")


class People(KeptForms):
    """The rows of people, and what belongs to each of them."""

    def people(self) -> list[PersonRow]:
        """Everyone, in the order in which they came."""
        return [_person(row) for row in self._ask(f"SELECT {_COLUMNS} FROM person ORDER BY created, rowid")]  # noqa: S608

    def person(self, person: str) -> PersonRow | None:
        """One person by id."""
        found = self._ask(f"SELECT {_COLUMNS} FROM person WHERE id = ?", (person,))  # noqa: S608 - our own column names
        return _person(found[0]) if found else None

    def save_person(self, row: PersonRow) -> None:
        """Add a person, or bring the row of one to these values."""
        self._do(
            f"INSERT INTO person ({_COLUMNS}) VALUES ({_MARKS}) ON CONFLICT (id) DO UPDATE SET {_UPDATES}",  # noqa: S608
            astuple(row),
        )

    def remove_person(self, person: str) -> None:
        """Erase a person for good: plan, forms, notes, papers, drafts, settings and what the activity log says.

        Raises:
            ValueError: the person is on hold; nothing was changed.
        """
        with self.transaction():
            row = self.person(person)
            if row is not None and row.held_since:
                raise ValueError("a person on hold is not erased")
            self._forget("DELETE FROM person WHERE id = ?", (person,))
            self.drop_unused_forms()
            self._do("DELETE FROM activity WHERE person = ?", (person,))
            self._do("DELETE FROM draft WHERE person = ?", (person,))
            # What belongs to one person is called "not_today/<person>" or "dropped/<person>/<form>".
            self._do("DELETE FROM setting WHERE instr(name || '/', '/' || ? || '/') > 0", (person,))

    def held_people(self) -> list[str]:
        """The ids of those of whom nothing may be erased now."""
        return [row[0] for row in self._ask("SELECT id FROM person WHERE held_since <> ''")]

    def first_hold(self) -> str:
        """When the oldest hold that is on now was set (ISO 8601, UTC), or empty."""
        return str(self._ask("SELECT coalesce(MIN(held_since), '') FROM person WHERE held_since <> ''")[0][0])


class Documents(Connection):
    """The encoded documents: clean state, and the deltas written since it was folded."""

    def document(self, person: str, section: str) -> StoredDocument:
        """One section of a person's plan; empty when nothing was written there."""
        with self._lock:
            state = self._ask("SELECT state FROM document WHERE person = ? AND section = ?", (person, section))
            deltas = self._ask(
                "SELECT delta FROM delta WHERE person = ? AND section = ? ORDER BY number", (person, section)
            )
        return StoredDocument(state[0][0] if state else b"", tuple(row[0] for row in deltas))

    def sections(self, person: str) -> list[str]:
        """The sections in which something was written."""
        found = self._ask(
            "SELECT section FROM document WHERE person = ?1 UNION SELECT section FROM delta WHERE person = ?1",
            (person,),
        )
        return sorted(row[0] for row in found)

    def add_delta(self, person: str, section: str, delta: bytes) -> None:
        """Put one edit beside the clean state."""
        self._do("INSERT INTO delta (person, section, delta) VALUES (?, ?, ?)", (person, section, delta))

    def fold(self, person: str, section: str, state: bytes) -> None:
        """Replace the state by a clean one that holds all edits, and drop those; words deleted since are then gone."""
        with self.transaction():
            self._forget("DELETE FROM delta WHERE person = ? AND section = ?", (person, section))
            self._do(
                "INSERT INTO document (person, section, state) VALUES (?, ?, ?)"
                " ON CONFLICT (person, section) DO UPDATE SET state = excluded.state",
                (person, section, state),
            )

    def unfolded(self) -> list[tuple[str, str]]:
        """Which documents, as person and section, have edits beside their clean state."""
        return [(row[0], row[1]) for row in self._ask("SELECT DISTINCT person, section FROM delta")]

    def purged(self, person: str, section: str) -> dict[str, bytes]:
        """The keyed digests of what was really deleted in a section, by name."""
        found = self._ask("SELECT name, digest FROM purged WHERE person = ? AND section = ?", (person, section))
        return {row[0]: row[1] for row in found}

    def purged_sections(self, person: str) -> list[str]:
        """The sections in which something was really deleted."""
        found = self._ask(
            "SELECT DISTINCT section FROM purged WHERE person = ? AND section <> 'beside' ORDER BY section", (person,)
        )
        return [row[0] for row in found]

    def add_purged(self, person: str, section: str, digests: Mapping[str, bytes]) -> None:
        """Remember digests of what was really deleted."""
        with self.transaction():
            for name, digest in digests.items():
                self._do(
                    "INSERT OR REPLACE INTO purged (person, section, name, digest) VALUES (?, ?, ?, ?)",
                    (person, section, name, digest),
                )


def _person(row: tuple[Any, ...]) -> PersonRow:
    values = dict(zip((each.name for each in fields(PersonRow)), row, strict=True))
    for name in ("under_18", "is_me", "resting"):
        values[name] = None if values[name] is None else bool(values[name])
    return PersonRow(**values)
