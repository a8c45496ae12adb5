"""The typed records of a plan.

A record is immutable; a change makes a new one. Every record is a flat set of fields whose values are JSON
(``str``, ``int``, ``bool``, ``None``, lists of these, and for phones a list of small objects), because each field is
merged on its own (see :mod:`planner.plan.documents`). Dates are ISO 8601 text: a day is ``2026-03-12``; an hour of
the wall clock is ``2026-03-12T10:30`` and belongs to a named time zone beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import ClassVar

from planner.plan.life import SECTION_OF, LifeDomain, Section
from planner.plan.record_base import JSONValue, Record, new_id
from planner.plan.safety import SafetyLine
from planner.plan.scores import Score

__all__ = ["JSONValue", "Record", "SafetyLine", "new_id"]  # those that stand elsewhere


class GoalTime(StrEnum):
    """When a goal is for."""

    NOW = "now"
    MONTHS = "months"
    LATER = "later"


class GoalState(StrEnum):
    """Where a goal stands; resting and let go are as good as done."""

    OPEN = "open"
    DONE = "done"
    RESTING = "resting"
    LET_GO = "let-go"


class WrittenBy(StrEnum):
    """Whose words these are."""

    ME = "me"
    TOGETHER = "together"
    WORKER = "worker"


class Reach(StrEnum):
    """Whether a way of reaching somebody is safe."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Ring(StrEnum):
    """How close somebody is."""

    CLOSE = "close"
    AROUND = "around"
    FURTHER = "further"


class PaperState(StrEnum):
    """Where an identity or legal document stands."""

    MISSING = "missing"
    ASKED = "asked"
    RECEIVED = "received"
    NOT_NEEDED = "not-needed"


class LimitState(StrEnum):
    """Where a time limit stands."""

    OPEN = "open"
    DONE = "done"
    NOT_NEEDED = "not-needed"


class WhatHappened(StrEnum):
    """What became of an appointment; none of these is a fault."""

    WENT = "went"
    MOVED = "moved"
    NOT_THIS_TIME = "not-this-time"
    THEY_CANCELLED = "they-cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal(Record):
    """Something she wants, in her own words."""

    kind: ClassVar[str] = "goal"

    title: str = ""
    why: str = ""
    domain: LifeDomain = LifeDomain.BASIC_NEEDS
    time: GoalTime = GoalTime.NOW
    state: GoalState = GoalState.OPEN
    written_by: WrittenBy = WrittenBy.ME
    mine_alone: bool = False
    order: str = ""

    def home(self) -> Section:
        return Section.MINE_ALONE if self.mine_alone else SECTION_OF[self.domain]

    def title_text(self) -> str:
        return self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalPart(Record):
    """A record that belongs to a goal and lives in the goal's section, whichever that is."""

    goal: str = ""
    order: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(GoalPart):
    """One step towards a goal. ``done_on`` is a day or empty; ``when`` is free text such as "3 to 6 weeks"."""

    kind: ClassVar[str] = "step"

    title: str = ""
    when: str = ""
    with_whom: str = ""
    done_on: str = ""

    def title_text(self) -> str:
        return self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class Helper(GoalPart):
    """Who helps with a goal, and how. ``contact`` is the id of a support contact, or empty when only named."""

    kind: ClassVar[str] = "helper"

    contact: str = ""
    name: str = ""
    how: str = ""

    def title_text(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Barrier(GoalPart):
    """What is in the way of a goal, and a way round it."""

    kind: ClassVar[str] = "barrier"

    what: str = ""
    way_round: str = ""

    def title_text(self) -> str:
        return self.what


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment(Record):
    """A date, once or repeating.

    ``starts`` is an hour of the wall clock in ``zone`` (an IANA name), or a day when it lasts all day. ``repeat`` is an
    RFC 5545 RRULE value without the name, or empty; ``except_starts`` and ``extra_starts`` are EXDATE and RDATE in the
    form of ``starts``. ``minutes`` is 0 when unknown; without an hour, several days are so many times 1440.
    ``remind_minutes`` is -1 for no reminder.

    ``uid``, ``sequence`` and ``recurrence`` are the UID, SEQUENCE and RECURRENCE-ID of RFC 5545 under which it came
    from a calendar file, so that a later file updates it; empty and 0 when it was written here.
    """

    kind: ClassVar[str] = "appointment"

    title: str = ""
    domain: LifeDomain = LifeDomain.BASIC_NEEDS
    starts: str = ""
    zone: str = ""
    minutes: int = 0
    repeat: str = ""
    except_starts: tuple[str, ...] = ()
    extra_starts: tuple[str, ...] = ()
    place: str = ""
    way_there: str = ""
    who_comes: str = ""
    child_care: str = ""
    interpreter: str = ""
    bring: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    contact: str = ""
    note: str = ""
    remind_minutes: int = -1
    mine_alone: bool = False
    uid: str = ""
    sequence: int = 0
    recurrence: str = ""

    def home(self) -> Section:
        return Section.MINE_ALONE if self.mine_alone else SECTION_OF[self.domain]

    def title_text(self) -> str:
        return self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Record):
    """What became of one occurrence of an appointment. ``occurrence`` and ``new_starts`` have the form of ``starts``.

    An outcome lives in the section of its appointment. With ``MOVED`` the occurrence is shown at ``new_starts``.
    """

    kind: ClassVar[str] = "outcome"

    appointment: str = ""
    occurrence: str = ""
    what: WhatHappened = WhatHappened.WENT
    new_starts: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportContact(Record):
    """Somebody in her life. ``phones`` is a list of ``{"number": …, "label": …}``.

    ``keep_away`` is true for people she keeps away from; then ``if_near`` says what she does if they turn up. ``uid``
    is the UID of RFC 6350 under which it came from a card, or empty.
    """

    kind: ClassVar[str] = "contact"

    name: str = ""
    role: str = ""
    organisation: str = ""
    phones: tuple[Mapping[str, str], ...] = ()
    email: str = ""
    languages: tuple[str, ...] = ()
    call: Reach = Reach.UNKNOWN
    call_when: str = ""
    message: Reach = Reach.UNKNOWN
    message_note: str = ""
    text: Reach = Reach.UNKNOWN
    text_note: str = ""
    our_word: str = ""
    knows: tuple[str, ...] = ()
    knows_not: tuple[str, ...] = ()
    ring: Ring = Ring.AROUND
    keep_away: bool = False
    if_near: str = ""
    note: str = ""
    uid: str = ""

    @property
    def to_be_careful_with(self) -> bool:
        """Whether she keeps away from this person; while two copies say different things, the careful one counts."""
        return self.keep_away or any(self.rivals.get("keep_away", ()))

    def home(self) -> Section:
        return Section.PEOPLE

    def title_text(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependent(Record):
    """A child or somebody else she looks after."""

    kind: ClassVar[str] = "dependent"

    name: str = ""
    relation: str = ""
    born: str = ""
    day_place: str = ""
    may_collect: tuple[str, ...] = ()
    needs: str = ""
    note: str = ""

    def home(self) -> Section:
        return Section.PEOPLE

    def title_text(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackedPaper(Record):
    """An identity or legal document that she has, asks for or needs: what it is and where it stands, not its picture.

    Photos and PDFs are attachments; they belong to it by its id (:mod:`planner.session.papers`). ``expires`` is a day
    or empty. ``cost`` and ``fee_waiver`` are her own words, such as "30 dollars" and "free with a letter from here".
    ``safe_address`` is where it may be sent.
    """

    kind: ClassVar[str] = "tracked-paper"

    title: str = ""
    state: PaperState = PaperState.MISSING
    where_to_ask: str = ""
    cost: str = ""
    fee_waiver: str = ""
    safe_address: str = ""
    expires: str = ""
    note: str = ""
    domain: LifeDomain = LifeDomain.PAPERS
    mine_alone: bool = False

    def home(self) -> Section:
        return Section.MINE_ALONE if self.mine_alone else SECTION_OF[self.domain]

    def title_text(self) -> str:
        return self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLimit(Record):
    """A day by which something has to be done, because a law, a court or an office says so.

    ``due`` is a day, or an hour of the wall clock in ``zone``; or empty as long as it has to be asked for. ``rule``
    says in words where it stands; ``template`` is the id of the shipped time limit it was made from
    (:mod:`planner.packs.time_limits`), or empty. It is told of ``warn_days`` ahead (:mod:`planner.plan.limits`). When
    something happened is never kept, only what comes.
    """

    kind: ClassVar[str] = "clock"

    title: str = ""
    domain: LifeDomain = LifeDomain.PAPERS
    due: str = ""
    zone: str = ""
    rule: str = ""
    template: str = ""
    warn_days: int = 30
    state: LimitState = LimitState.OPEN
    note: str = ""
    mine_alone: bool = False

    def home(self) -> Section:
        return Section.MINE_ALONE if self.mine_alone else SECTION_OF[self.domain]

    def title_text(self) -> str:
        return self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn(Record):
    """How it was on one day, in our own short ratings; no licensed instrument.

    ``scales`` is a list of ``{"name": …, "value": …}``: the name of a scale (:mod:`planner.plan.scales` has the words
    of ours, a form may bring others) and "1" to "5", of which 1 is the hardest. Texts, because the documents' engine
    keeps the numbers inside of a list as fractions.
    """

    kind: ClassVar[str] = "check-in"

    day: str = ""
    scales: tuple[Mapping[str, str], ...] = ()
    note: str = ""

    @property
    def ratings(self) -> dict[str, int]:
        """The value of each scale by its name, in their order; what cannot be read is left out."""
        found: dict[str, int] = {}
        for each in self.scales:
            if not _is_object(each):
                continue
            name, value = each.get("name"), each.get("value")
            if isinstance(name, str) and name and value in RATINGS:
                found[name] = int(value)
        return found

    def home(self) -> Section:
        return Section.HEALTH

    def title_text(self) -> str:
        return self.day


def _is_object(value: object) -> bool:
    """Whether an entry of a list has names in it; a copy from elsewhere may hold anything."""
    return isinstance(value, Mapping)


MOST_MINUTES = 366 * 24 * 60
"""How long an appointment that comes from elsewhere may last, and how long before it somebody may be reminded."""

MOST_WARN_DAYS = 3 * 366
"""How long before a time limit it may be told."""

RATINGS = ("1", "2", "3", "4", "5")
"""What a scale of a check-in can be."""

RECORD_TYPES: dict[str, type[Record]] = {
    each.kind: each
    for each in (
        *(Goal, Step, Helper, Barrier, Appointment, Outcome, SupportContact, Dependent),
        *(TrackedPaper, CheckIn, TimeLimit, SafetyLine, Score),
    )
}
"""By their names in the documents. A version that does not know a kind keeps its writes and shows nothing of it; so
that such records are seen once the version does, a new kind comes with another ``INDEX_VERSION`` of the store."""


def from_fields(
    kind: str,
    record_id: str,
    values: Mapping[str, JSONValue],
    rivals: Mapping[str, tuple[JSONValue, ...]] | None = None,
) -> Record:
    """Build a record from stored fields.

    Unknown fields are ignored and missing ones take their defaults, so that a newer or older copy can be read; a value
    that does not fit its field (a damaged or foreign copy) falls back to the default of that field.

    Raises:
        KeyError: the kind of record is unknown.
    """
    record_type = RECORD_TYPES[kind]
    known: dict[str, JSONValue] = {}
    for each in fields(record_type):
        name = each.name
        if name in record_type.NOT_STORED or name not in values:
            continue
        value = values[name]
        default = each.default
        if isinstance(default, StrEnum):
            try:
                known[name] = type(default)(value)
            except ValueError:
                continue
        elif isinstance(default, tuple):
            if isinstance(value, list):
                known[name] = tuple(value)
        elif type(value) is type(default):
            known[name] = value
    return record_type(id=record_id, rivals=dict(rivals or {}), **known)
