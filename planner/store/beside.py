"""What can be found beside the records of a plan, and the numbers of everything that can be found."""

from __future__ import annotations

from collections.abc import Iterable

from planner.plan.folded import kept_words, number_parts
from planner.store.connection import Connection, trouble
from planner.store.rows import BesideRow

NOTE = "note"
FILLING = "filling"
PAPER = "paper"
# Kept for good: these numbers lie in the store, until INDEX_VERSION is counted up. Notes are the last of a person's.
_KINDS = {
    "goal": 1,
    "step": 2,
    "appointment": 3,
    "contact": 4,
    "dependent": 5,
    "helper": 6,
    "barrier": 7,
    "outcome": 8,
    "tracked-paper": 9,
    "check-in": 10,
    "clock": 11,
    "safety-line": 12,
    "score": 13,
    FILLING: 20,
    PAPER: 21,
    NOTE: 60,
}
_OTHER = 40
# Where ``purged`` names what stood in no document.
_NO_SECTION = "beside"
KIND_BITS = 26
PERSON_BITS = 32


def kind_number(kind: str) -> int:
    """The number of a kind of row, from 1 to 63."""
    return _KINDS.get(kind, _OTHER)


def searched(title: str, text: str, numbers: Iterable[str] = ()) -> tuple[str, str, str]:
    """What the search looks through of one row: the words of its title, its other words, the ends of its numbers.

    ``text`` holds one piece a line; ``numbers`` are telephones, also where they do not stand in it.
    """
    others = [piece for piece in text.split("\n") if piece != title]
    return (
        " ".join(kept_words(title)),
        " ".join(kept_words("\n".join(others))),
        " ".join(number_parts((title, *others, *numbers))),
    )


class Beside(Connection):
    """Rows of notes, answers and papers in the index; each is written in the transaction of what it stands for."""

    def put_beside(self, row: BesideRow) -> None:
        """Let something be found by these words, and no longer by those it had."""
        with self.transaction(), trouble():
            number = self._drop_beside(row.person, row.kind, row.id)
            number = number or self._next_number("beside", row.person, row.kind)
            self._raw.execute(
                "INSERT INTO beside (number, person, kind, id, owner, day, title, text, named, words, digits)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(number, row.person, row.kind, row.id, row.owner, row.day, row.title, row.text),
                    *searched(row.title, row.text),
                ),
            )

    def drop_beside(self, person: str, kind: str, name: str) -> None:
        """Let something be found no longer; the log is emptied once its words are gone."""
        with self.transaction(), trouble():
            if self._drop_beside(person, kind, name):
                self._words_deleted = True

    def remember_gone(self, person: str, name: str) -> None:
        """Keep the random id of a paper or of answers that are erased, to know them again in an older copy."""
        self._do(
            "INSERT OR REPLACE INTO purged (person, section, name, digest)"
            " SELECT id, ?, ?, x'' FROM person WHERE id = ?",
            (_NO_SECTION, name, person),
        )

    def forget_gone(self, person: str, name: str) -> None:
        """It is here again."""
        self._do("DELETE FROM purged WHERE person = ? AND section = ? AND name = ?", (person, _NO_SECTION, name))

    def gone(self, person: str) -> set[str]:
        """The ids of the papers and answers of a person that were erased here."""
        found = self._ask("SELECT name FROM purged WHERE person = ? AND section = ?", (person, _NO_SECTION))
        return {name for (name,) in found}

    def _drop_beside(self, person: str, kind: str, name: str) -> int:
        found = self._raw.execute(
            "DELETE FROM beside WHERE person = ? AND kind = ? AND id = ? RETURNING number", (person, kind, name)
        ).fetchall()
        return int(found[0][0]) if found else 0

    def _next_number(self, table: str, person: str, kind: str) -> int:
        """The number of a new row; one that was freed by the newest row of its kind is given again."""
        first = (self._place(person) << PERSON_BITS) | (kind_number(kind) << KIND_BITS)
        last = self._raw.execute(
            f"SELECT MAX(number) FROM {table} WHERE number BETWEEN ? AND ?",  # noqa: S608 - our own words
            (first, first + (1 << KIND_BITS) - 1),
        ).fetchone()[0]
        return int(last or first) + 1

    def _place(self, person: str) -> int:
        found = self._raw.execute("SELECT number FROM place WHERE person = ?", (person,)).fetchone()
        if found is None:
            return int(self._raw.execute("INSERT INTO place (person) VALUES (?)", (person,)).lastrowid)
        return int(found[0])


def range_of(place: int, *, notes: bool) -> tuple[int, int]:
    """The first and the last number of one person's rows, with or without the notes about them."""
    first = place << PERSON_BITS
    return first, (first | (_KINDS[NOTE] << KIND_BITS)) - 1 if not notes else first + (1 << PERSON_BITS) - 1


def kind_of_number(number: int) -> int:
    """The number of the kind of a row."""
    return (number >> KIND_BITS) & 0x3F
