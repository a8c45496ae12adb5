"""What an open notebook and a copy of it hold, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Fate(StrEnum):
    """What became here of something that is only in the copy."""

    LOST = "lost"
    """Nothing here knows of it."""
    REMOVED = "removed"
    """It was removed here on purpose."""


class Newer(StrEnum):
    """Which side of something different holds the later changes."""

    HERE = "here"
    THERE = "there"
    BOTH = "both"
    """Each has a change that the other has not."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is not the same on both sides.

    ``kind`` is that of a record (``goal``, ``appointment``, …) or ``person``, ``note``, ``filling``, ``paper``.
    ``title`` is the words by which lists show it, from the side that has it, or from here; for a filling the id of its
    form.
    """

    person: str
    kind: str
    id: str
    title: str
    section: str = ""
    fate: Fate = Fate.LOST
    newer: Newer = Newer.UNKNOWN


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every difference, in the order of people and then of titles. ``people`` names everyone by id."""

    made: datetime
    people: dict[str, str]
    only_here: tuple[Item, ...] = ()
    only_there: tuple[Item, ...] = ()
    different: tuple[Item, ...] = ()

    @property
    def same(self) -> bool:
        """Whether both hold the same."""
        return not (self.only_here or self.only_there or self.different)

    @staticmethod
    def counts(items: tuple[Item, ...]) -> dict[str, int]:
        """How many there are of each kind."""
        found: dict[str, int] = {}
        for each in items:
            found[each.kind] = found.get(each.kind, 0) + 1
        return found
