"""What bringing in a calendar shows before anything changes, what is chosen, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planner.plan.life import LifeDomain
from planner.plan.records import Appointment, WhatHappened
from planner.session.types import Changed, Difference

if TYPE_CHECKING:
    from planner.exchange.calendar_read import Coming, Left

Times = tuple[tuple[str, WhatHappened, str], ...]
"""What became of single times: (occurrence, moved or cancelled, where it was moved)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One appointment of the file beside what the notebook has.

    ``appointment`` is the id of the one in the notebook, empty for a new one. ``differences`` are fields with the value
    of the notebook before and that of the file after; "when" stands for day, hour and zone, as a pair of ``starts`` and
    ``zone``, and "times" for what became of single times. ``hers`` says that she changed these fields herself since
    they came in, or that there is no telling; ``older`` that the file was written before what came in last.
    """

    key: str
    coming: Coming
    appointment: str = ""
    differences: tuple[Difference, ...] = ()
    hers: bool = False
    older: bool = False
    values: dict[str, object] = field(default_factory=dict)
    times: tuple[Times, Times] = ((), ())
    """What is said of single times from now on, and what is said no longer."""

    left_out: tuple[str, str] = ("", "")
    """The id of a series from which one time is taken because this stands for it, and the name of that time."""

    title: str = ""
    starts: str = ""
    zone: str = ""

    @property
    def first(self) -> bool:
        """Whether it is chosen unless she says otherwise: what she changed herself stays hers."""
        return not self.hers and not self.older


@dataclass(frozen=True, slots=True)
class CalendarPreview:
    """What a file would bring. Nothing has changed yet."""

    person: str
    new: tuple[Entry, ...] = ()
    changed: tuple[Entry, ...] = ()
    cancelled: tuple[Entry, ...] = ()
    same: int = 0
    not_understood: tuple[Left, ...] = ()
    bases: dict[str, tuple[Coming, Appointment]] = field(default_factory=dict)
    """What the file says of appointments that the notebook has, by id."""

    there: frozenset[str] = frozenset()
    """The ids of all appointments of the person."""

    def chosen_first(self) -> frozenset[str]:
        """The keys of what is brought in unless she says otherwise."""
        return frozenset(each.key for each in (*self.new, *self.changed, *self.cancelled) if each.first)

    @property
    def nothing_to_do(self) -> bool:
        """Whether the notebook already has all of it."""
        return not (self.new or self.changed or self.cancelled)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What to bring in: keys of entries, the part of life for new ones, and whether descriptions become notes."""

    keys: frozenset[str]
    domain: LifeDomain = LifeDomain.BASIC_NEEDS
    notes: bool = False
    mine_alone: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """How many came in, were changed, or are marked as cancelled by them; ``changed`` is for the listeners."""

    new: int
    changed: int
    cancelled: int
    told: Changed | None = None
