"""Which parts of a plan go onto paper, and what is left once they are chosen.

The paper and the sentences that say what it reveals are both made from one :class:`Chosen`, so that the gate can never
speak of other pages than those that are printed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from planner.plan.life import LifeDomain, Section
from planner.plan.limits import is_open
from planner.plan.records import (
    Appointment,
    Barrier,
    CheckIn,
    Dependent,
    Goal,
    GoalPart,
    GoalState,
    GoalTime,
    Helper,
    Step,
    SupportContact,
    TimeLimit,
    TrackedPaper,
)


class Dated(Protocol):
    """One occurrence of an appointment, as the session's agenda gives it."""

    @property
    def appointment(self) -> Appointment: ...
    @property
    def day(self) -> dt.date: ...
    @property
    def time(self) -> dt.time | None: ...
    @property
    def ends(self) -> dt.time | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperDate:
    """One occurrence of an appointment on the wall clock; ``time`` is None when it lasts all day."""

    appointment: Appointment
    day: dt.date
    time: dt.time | None = None
    ends: dt.time | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanParts:
    """Her choice of what a printed plan holds. What could lead someone to her or to others is off until she wants it.

    ``sections`` and ``domains`` narrow goals, dates and papers (None: no narrowing). Those of them that are hers
    alone, and people she keeps away from, are in only when their ids stand in ``mine_alone`` or ``kept_away``:
    each chosen one by one, whatever else is chosen. ``left_out`` holds ids of single records to leave out.
    """

    goals: bool = True
    areas: bool = True  # the part of life that each goal belongs to, in a word
    why: bool = True
    steps: bool = True
    helpers: bool = True
    barriers: bool = True
    finished: bool = False  # also goals that are done, resting or let go
    appointments: bool = True
    places: bool = False  # where, the way there, where somebody is in the day, where papers may be sent
    details: bool = False  # who comes along, child care, interpreter, what to bring, what to ask
    people: bool = True
    phones: bool = False  # numbers, and how to reach people safely
    children: bool = False
    limits: bool = False  # open time limits: by when, and where that stands
    papers: bool = False  # identity and legal documents: where each stands, and when it runs out
    check_ins: bool = False  # how single days were
    sections: frozenset[Section] | None = None
    domains: frozenset[LifeDomain] | None = None
    mine_alone: frozenset[str] = frozenset()
    kept_away: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()

    def names(self) -> tuple[str, ...]:
        """The parts that are in, as code words; for the activity log, which holds no content."""
        flags = (
            "goals",
            "areas",
            "why",
            "steps",
            "helpers",
            "barriers",
            "finished",
            "appointments",
            "places",
            "details",
        )
        on = [
            each
            for each in (*flags, "people", "phones", "children", "limits", "papers", "check_ins")
            if getattr(self, each)
        ]
        on += [each for each in ("mine_alone", "kept_away") if getattr(self, each)]
        return tuple(on)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPaper:
    """Everything a printed plan may be made from. Only what ``parts`` lets through reaches the page.

    ``title`` is her own, or empty for "My plan". ``printed_on`` is printed below it, or left out when None. ``size``
    is a paper size of typst. ``room`` adds ruled lines at the end for writing by hand.
    """

    goals: Sequence[Goal] = ()
    steps: Sequence[Step] = ()
    helpers: Sequence[Helper] = ()
    barriers: Sequence[Barrier] = ()
    dates: Sequence[Dated] = ()
    contacts: Sequence[SupportContact] = ()
    dependents: Sequence[Dependent] = ()
    limits: Sequence[TimeLimit] = ()
    papers: Sequence[TrackedPaper] = ()
    check_ins: Sequence[CheckIn] = ()
    parts: PlanParts = PlanParts()
    title: str = ""
    printed_on: dt.date | None = None
    size: str = "a4"
    room: bool = False


@dataclass(frozen=True, slots=True)
class Help:
    """Who helps with a goal, by name, and how."""

    name: str
    how: str


@dataclass(frozen=True, slots=True)
class ChosenGoal:
    """A goal with those of its parts that are printed."""

    goal: Goal
    steps: tuple[Step, ...]
    helpers: tuple[Help, ...]
    barriers: tuple[Barrier, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Exactly what is printed. Fields that were not chosen are already empty in these records."""

    goals: tuple[ChosenGoal, ...]
    dates: tuple[PaperDate, ...]
    people: tuple[SupportContact, ...]
    kept_away: tuple[SupportContact, ...]
    dependents: tuple[Dependent, ...]
    limits: tuple[TimeLimit, ...] = ()
    papers: tuple[TrackedPaper, ...] = ()
    check_ins: tuple[CheckIn, ...] = ()

    def nothing(self) -> bool:
        """Whether the pages would hold no record at all."""
        people = self.people or self.kept_away or self.dependents
        return not (self.goals or self.dates or people or self.limits or self.papers or self.check_ins)


_Part = TypeVar("_Part", bound=GoalPart)

_TIME_ORDER = {GoalTime.NOW: 0, GoalTime.MONTHS: 1, GoalTime.LATER: 2}


def same_name(name: str) -> str:
    """A name in the form in which two spellings of it are equal."""
    return " ".join(name.split()).casefold()


def choose(plan: PlanPaper, parts: PlanParts) -> Chosen:
    """What of a plan is printed when these parts are chosen."""
    contacts = {each.id: each for each in plan.contacts if not each.removed}
    hidden_ids = {
        each.id
        for each in contacts.values()
        if each.id in parts.left_out or (each.to_be_careful_with and each.id not in parts.kept_away)
    }
    hidden_names = {same_name(contacts[each].name) for each in hidden_ids if contacts[each].name.strip()}

    def shown_name(name: str) -> str:
        return "" if same_name(name) in hidden_names else name

    chosen_people = [each for each in contacts.values() if each.id not in hidden_ids]
    return Chosen(
        goals=_goals(plan, parts, contacts, hidden_ids, hidden_names) if parts.goals else (),
        dates=_dates(plan, parts, shown_name) if parts.appointments else (),
        people=tuple(_person(each, parts) for each in chosen_people if parts.people and not each.to_be_careful_with),
        kept_away=tuple(replace(_person(each, parts), phones=()) for each in chosen_people if each.to_be_careful_with),
        dependents=_dependents(plan, parts, shown_name) if parts.children else (),
        limits=_limits(plan, parts) if parts.limits else (),
        papers=_papers(plan, parts) if parts.papers else (),
        check_ins=_check_ins(plan, parts) if parts.check_ins else (),
    )


def _fits(record: Goal | Appointment | TrackedPaper | TimeLimit, parts: PlanParts) -> bool:
    if record.removed or record.id in parts.left_out:
        return False
    if record.home() is Section.MINE_ALONE:
        return record.id in parts.mine_alone
    in_section = parts.sections is None or record.home() in parts.sections
    return in_section and (parts.domains is None or record.domain in parts.domains)


def _by_goal(records: Iterable[_Part]) -> dict[str, list[_Part]]:
    out: dict[str, list[_Part]] = {}
    for each in sorted(records, key=lambda part: (part.order, part.id)):
        if not each.removed:
            out.setdefault(each.goal, []).append(each)
    return out


def _goals(
    plan: PlanPaper,
    parts: PlanParts,
    contacts: dict[str, SupportContact],
    hidden_ids: set[str],
    hidden_names: set[str],
) -> tuple[ChosenGoal, ...]:
    steps = _by_goal(plan.steps) if parts.steps else {}
    helpers = _by_goal(plan.helpers) if parts.helpers else {}
    barriers = _by_goal(plan.barriers) if parts.barriers else {}

    def help_of(helper: Helper) -> Help | None:
        contact = contacts.get(helper.contact)
        name = helper.name or (contact.name if contact else "")
        # Somebody she keeps away from may share a name with a friend: a known contact goes by who it is, not by name.
        hidden = helper.contact in hidden_ids if contact else same_name(name) in hidden_names
        if hidden or not (name.strip() or helper.how.strip()):
            return None
        return Help(name, helper.how)

    def step_of(step: Step) -> Step:
        return replace(step, with_whom="") if same_name(step.with_whom) in hidden_names else step

    out = []
    for goal in sorted(plan.goals, key=lambda each: (_TIME_ORDER[each.time], each.order, each.id)):
        if not _fits(goal, parts) or (goal.state is not GoalState.OPEN and not parts.finished):
            continue
        out.append(
            ChosenGoal(
                goal=goal if parts.why else replace(goal, why=""),
                steps=tuple(step_of(each) for each in steps.get(goal.id, ())),
                helpers=tuple(found for each in helpers.get(goal.id, ()) if (found := help_of(each))),
                barriers=tuple(
                    each for each in barriers.get(goal.id, ()) if each.what.strip() or each.way_round.strip()
                ),
            )
        )
    return tuple(out)


def _dates(plan: PlanPaper, parts: PlanParts, shown_name: Callable[[str], str]) -> tuple[PaperDate, ...]:
    out = []
    for each in sorted(plan.dates, key=lambda date: (date.day, date.time or dt.time.min)):
        appointment = each.appointment
        if not _fits(appointment, parts):
            continue
        if not parts.places:
            appointment = replace(appointment, place="", way_there="")
        if parts.details:
            appointment = replace(appointment, who_comes=shown_name(appointment.who_comes))
        else:
            appointment = replace(appointment, who_comes="", child_care="", interpreter="", bring=(), ask=())
        out.append(PaperDate(appointment=appointment, day=each.day, time=each.time, ends=each.ends))
    return tuple(out)


def _person(contact: SupportContact, parts: PlanParts) -> SupportContact:
    numbers = tuple(each for each in contact.phones if each.get("number", "").strip())
    return replace(contact, phones=numbers if parts.phones else ())


def _dependents(plan: PlanPaper, parts: PlanParts, shown_name: Callable[[str], str]) -> tuple[Dependent, ...]:
    out = []
    for each in plan.dependents:
        if each.removed or each.id in parts.left_out:
            continue
        collect = tuple(name for name in each.may_collect if shown_name(name).strip()) if parts.people else ()
        out.append(replace(each, day_place=each.day_place if parts.places else "", may_collect=collect))
    return tuple(out)


def _limits(plan: PlanPaper, parts: PlanParts) -> tuple[TimeLimit, ...]:
    return tuple(each for each in plan.limits if is_open(each) and _fits(each, parts))


def _papers(plan: PlanPaper, parts: PlanParts) -> tuple[TrackedPaper, ...]:
    found = (each for each in plan.papers if _fits(each, parts))
    return tuple(each if parts.places else replace(each, safe_address="") for each in found)


def _check_ins(plan: PlanPaper, parts: PlanParts) -> tuple[CheckIn, ...]:
    found = (each for each in plan.check_ins if not each.removed and each.id not in parts.left_out)
    return tuple(each for each in found if parts.sections is None or each.home() in parts.sections)
