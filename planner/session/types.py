"""What a session hands to the screens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from datetime import time as hour_of_day
from enum import StrEnum
from typing import Any

from planner.errors import MachineTrouble
from planner.plan.records import Appointment, Barrier, Helper, Record, Step, WhatHappened
from planner.words import _


class Mode(StrEnum):
    """Whose notebook this is."""

    FOR_ME = "for-me"
    WITH_OTHERS = "with-others"


class OutOfReach(MachineTrouble):
    """Asked for a person other than the one beside the worker, before the passphrase was entered."""

    def __init__(self) -> None:
        super().__init__(_("Only this person's pages are open now."), _("Enter your passphrase to see the others."))


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whose plan is kept here. ``under_18`` is None while it has not been said.

    ``told_on`` is the day on which the page about a worker's duty to report was shown (under 18 only), or empty.
    ``last_talk`` is the day of the newest contact note, or None. ``held_since`` is when somebody said that nothing of
    this person may be erased (ISO 8601, UTC), or empty.
    """

    id: str
    name: str
    code: str = ""
    under_18: bool | None = None
    told_on: str = ""
    language: str = ""
    is_me: bool = False
    resting: bool = False
    last_talk: date | None = None
    held_since: str = ""

    @property
    def shown(self) -> str:
        """The chosen name, or the code where no name was given."""
        return self.name or self.code

    @property
    def initial(self) -> str:
        """The letter that stands in the person's disc."""
        return self.shown[:1].upper()


@dataclass(frozen=True, slots=True)
class GoalParts:
    """What belongs to one goal, each in its order."""

    steps: tuple[Step, ...] = ()
    helpers: tuple[Helper, ...] = ()
    barriers: tuple[Barrier, ...] = ()

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(1 for step in self.steps if step.done_on)

    @property
    def next_step(self) -> Step | None:
        """The first step that is not done."""
        return next((step for step in self.steps if not step.done_on), None)


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One occurrence of an appointment, at the viewer's own clock.

    ``time`` is None for all day. ``original_starts`` names the occurrence (wall clock, as its rule made it);
    ``zone_note`` is the IANA zone in which it was entered where that differs from the viewer's, else empty.
    ``last_day`` is set where it lasts into another day: the last one that it touches.
    """

    person: str
    appointment: Appointment
    day: date
    time: hour_of_day | None
    ends: hour_of_day | None
    original_starts: str
    outcome: WhatHappened | None = None
    zone_note: str = ""
    last_day: date | None = None

    @property
    def until(self) -> date:
        """The last day that it touches."""
        return self.last_day or self.day


@dataclass(frozen=True, slots=True)
class Found:
    """One search result; ``matched`` is the text in which the words stand, one piece a line.

    ``owner`` is the id of what it belongs to: the goal of a step, the appointment of an outcome, the first note, the
    form of a filling. ``day`` is an ISO 8601 day or wall clock, or empty. ``careful``: somebody she keeps away from.
    """

    person: str
    kind: str
    id: str
    title: str
    matched: str
    owner: str = ""
    day: str = ""
    careful: bool = False


@dataclass(frozen=True, slots=True)
class Changed:
    """What an edit touched. ``person`` is empty when the list of people itself changed."""

    person: str
    kinds: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()

    def concerns(self, person: str, kinds: frozenset[str]) -> bool:
        """Whether it is about this person, or about the list of people, and about one of these kinds."""
        return self.person in ("", person) and bool(self.kinds & kinds)


@dataclass(frozen=True, slots=True)
class Note:
    """A worker's contact note with its amendments, oldest first. ``minutes`` is 0 when not said."""

    id: str
    person: str
    at: str
    author: str
    when_date: date
    kind: str
    minutes: int
    who: str
    facts: str
    agreed: str
    amendments: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class FormInfo:
    """A guided form that can be opened. ``minutes`` is a rough length, 0 when unknown.

    ``own``: it was brought in, in this ``version``, and last at ``added`` (ISO 8601, UTC). ``put_aside``: it is not
    offered any more, but answers to it can still be read and gone on with. ``giver``: whose it is, where it came in a
    pack. ``part``: where it stands among the shipped ones (:class:`planner.packs.forms.Part`), else empty.
    """

    id: str
    title: str
    about: str
    minutes: int = 0
    own: bool = False
    version: str = ""
    added: str = ""
    put_aside: bool = False
    giver: str = ""
    part: str = ""
    icon: str = "forms"

    @property
    def shown(self) -> str:
        """The title, and whose it is where it is not ours."""
        return f"{self.title} · {self.giver}" if self.giver else self.title


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that answering again would change; values as shown in words."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Proposal:
    """A record that a finished form would put into the plan.

    ``record`` is what would be there; ``parts`` are the records that come with it (a goal's steps).
    ``existing`` is the record that an earlier answer made, with ``differences`` from it; None when it would be new.
    ``dropped_before`` says that the person has once said no to this very proposal. ``about`` is the title of the goal
    to which a step would be added. ``there`` says that a goal of the same words, her own or of other answers, is in
    the plan already.
    """

    origin: str
    kind: str
    record: Record
    parts: tuple[Record, ...] = ()
    existing: Record | None = None
    differences: tuple[Difference, ...] = ()
    dropped_before: bool = False
    about: str = ""
    there: bool = False

    @property
    def offered_out(self) -> bool:
        """Whether it is left out unless she says otherwise."""
        return self.dropped_before or self.there


class Choice(StrEnum):
    """What the person decides about a proposal."""

    KEEP = "keep"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision about one proposal; ``record`` and ``parts`` replace the proposed ones where she changed them."""

    origin: str
    choice: Choice
    record: Record | None = None
    parts: tuple[Record, ...] | None = None


@dataclass(frozen=True, slots=True)
class LeftEntry:
    """One line of the activity log: what left or was done, when, for whom; never any content."""

    at: str
    what: str
    person: str
    detail: Mapping[str, Any] = field(default_factory=dict)
