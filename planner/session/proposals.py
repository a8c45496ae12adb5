"""From what a form declares to records of a plan.

A form says what it would put into the plan with ODK Entities; how their properties are named stands in
:mod:`planner.forms.entities`. Nothing here writes: a proposal becomes a record when the person keeps it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from planner.plan.clock import read_wall, write_wall
from planner.plan.life import LifeDomain
from planner.plan.records import (
    MOST_MINUTES,
    MOST_WARN_DAYS,
    RATINGS,
    Appointment,
    Barrier,
    CheckIn,
    Dependent,
    Goal,
    GoalPart,
    GoalTime,
    Helper,
    PaperState,
    Reach,
    Record,
    Ring,
    Step,
    SupportContact,
    TimeLimit,
    TrackedPaper,
)
from planner.plan.safety import SafetyGroup, SafetyLine
from planner.plan.trouble import InvalidRepeat
from planner.session.types import Difference, Proposal

Properties = Mapping[str, str]
PAPER = "paper"
"""How forms call a paper that is kept track of; photos of papers have that name in the store, and no form makes one."""
E = TypeVar("E", bound=StrEnum)

SCALE = "scale:"
"""What stands before the name of a scale where one rating is told of as a field of its own."""

_SPLIT = re.compile(r"[,;\s]+")
_YES = frozenset({"yes", "true", "1"})


def numbered(properties: Properties, stem: str) -> list[tuple[int, str]]:
    """The values of ``stem_1``, ``stem_2`` … that are not empty, with their numbers, in order."""
    pattern = re.compile(rf"{re.escape(stem)}_([0-9]{{1,4}})")
    found = ((pattern.fullmatch(name), value.strip()) for name, value in properties.items())
    return sorted((int(match.group(1)), value) for match, value in found if match and value)


def _texts(properties: Properties, stem: str) -> tuple[str, ...]:
    return tuple(value for _number, value in numbered(properties, stem))


def _enum(kind: type[E], value: str, default: E) -> E:
    try:
        return kind(value)
    except ValueError:
        return default


def _plain(properties: Properties, *names: str) -> dict[str, str]:
    return {name: properties[name].strip() for name in names if properties.get(name, "").strip()}


def _yes(properties: Properties, name: str) -> bool:
    return properties.get(name, "").strip().lower() in _YES


def goal_from(origin: str, label: str, properties: Properties) -> tuple[Record, tuple[Record, ...]]:
    """A goal with its steps, what is in the way, and who helps."""
    goal = Goal(
        origin=origin,
        title=label,
        why=properties.get("why", "").strip(),
        domain=_enum(LifeDomain, properties.get("domain", ""), LifeDomain.BASIC_NEEDS),
        time=_enum(GoalTime, properties.get("time", ""), GoalTime.NOW),
        mine_alone=_yes(properties, "mine_alone"),
    )
    parts: list[GoalPart] = []
    for number, title in numbered(properties, "step"):
        parts.append(
            Step(
                goal=goal.id,
                origin=f"{origin}#step_{number}",
                title=title,
                when=properties.get(f"step_{number}_when", "").strip(),
                with_whom=properties.get(f"step_{number}_with", "").strip(),
            )
        )
    for number, what in numbered(properties, "barrier"):
        way = properties.get(f"barrier_{number}_way", "").strip()
        parts.append(Barrier(goal=goal.id, origin=f"{origin}#barrier_{number}", what=what, way_round=way))
    for number, name in numbered(properties, "helper"):
        how = properties.get(f"helper_{number}_how", "").strip()
        parts.append(Helper(goal=goal.id, origin=f"{origin}#helper_{number}", name=name, how=how))
    return goal, tuple(parts)


def appointment_from(origin: str, label: str, properties: Properties) -> tuple[Record, tuple[Record, ...]]:
    """An appointment; a date alone lasts all day, an hour is one of the wall clock."""
    texts = _plain(
        properties, "place", "way_there", "who_comes", "child_care", "interpreter", "contact", "note", "repeat"
    )
    record = Appointment(
        origin=origin,
        title=label,
        domain=_enum(LifeDomain, properties.get("domain", ""), LifeDomain.BASIC_NEEDS),
        starts=properties.get("starts", "").strip()[:16],
        minutes=_minutes(properties.get("minutes", ""), 0),
        remind_minutes=_minutes(properties.get("remind_minutes", ""), -1),
        bring=_texts(properties, "bring"),
        ask=_texts(properties, "ask"),
        mine_alone=_yes(properties, "mine_alone"),
        **texts,  # type: ignore[arg-type]
    )
    return record, ()


def contact_from(origin: str, label: str, properties: Properties) -> tuple[Record, tuple[Record, ...]]:
    """A support contact, or somebody to keep away from."""
    numbers = [("phone", properties.get("phone", "").strip())]
    numbers += [(f"phone_{number}", value) for number, value in numbered(properties, "phone")]
    phones = tuple(
        {"number": value, "label": properties.get(f"{name}_label", "").strip()} for name, value in numbers if value
    )
    texts = _plain(
        properties,
        *("role", "organisation", "email", "call_when", "message_note", "text_note", "our_word", "if_near", "note"),
    )
    record = SupportContact(
        origin=origin,
        name=label,
        phones=phones,
        languages=tuple(part for part in _SPLIT.split(properties.get("languages", "")) if part),
        call=_enum(Reach, properties.get("call", ""), Reach.UNKNOWN),
        message=_enum(Reach, properties.get("message", ""), Reach.UNKNOWN),
        text=_enum(Reach, properties.get("text", ""), Reach.UNKNOWN),
        ring=_enum(Ring, properties.get("ring", ""), Ring.AROUND),
        knows=_texts(properties, "knows"),
        knows_not=_texts(properties, "knows_not"),
        keep_away=_yes(properties, "keep_away"),
        **texts,  # type: ignore[arg-type]
    )
    return record, ()


def dependent_from(origin: str, label: str, properties: Properties) -> tuple[Record, tuple[Record, ...]]:
    """A child or somebody else she looks after."""
    texts = _plain(properties, "relation", "born", "day_place", "needs", "note")
    return Dependent(origin=origin, name=label, may_collect=_texts(properties, "may_collect"), **texts), ()  # type: ignore[arg-type]


def paper_from(origin: str, label: str, properties: Properties) -> tuple[Record, tuple[Record, ...]]:
    """An identity or legal document; ``expires`` is a day, whatever hour is said with it."""
    texts = _plain(properties, "where_to_ask", "cost", "fee_waiver", "safe_address", "note")
    record = TrackedPaper(
        origin=origin,
        title=label,
        state=_enum(PaperState, properties.get("state", "").replace("_", "-"), PaperState.MISSING),
        expires=_day(properties.get("expires", "")),
        domain=_enum(LifeDomain, properties.get("domain", ""), LifeDomain.PAPERS),
        mine_alone=_yes(properties, "mine_alone"),
        **texts,  # type: ignore[arg-type]
    )
    return record, ()


def time_limit_from(origin: str, label: str, properties: Properties) -> tuple[Record, tuple[Record, ...]]:
    """A time limit; ``due`` is a day or an hour of the wall clock, or nothing as long as it has to be asked for."""
    warn = properties.get("warn_days", "").strip().removesuffix(".0")
    record = TimeLimit(
        origin=origin,
        title=label,
        due=_day_or_hour(properties.get("due", "")),
        warn_days=min(int(warn), MOST_WARN_DAYS) if re.fullmatch("[0-9]{1,6}", warn) else TimeLimit().warn_days,
        domain=_enum(LifeDomain, properties.get("domain", ""), LifeDomain.PAPERS),
        mine_alone=_yes(properties, "mine_alone"),
        **_plain(properties, "rule", "template", "note"),  # type: ignore[arg-type]
    )
    return record, ()


def check_in_from(origin: str, _label: str, properties: Properties) -> tuple[Record, tuple[Record, ...]]:
    """How it was on a day: ``scale_NAME`` from 1 to 5 for each scale; its label is not kept."""
    scales = [
        {"name": name.removeprefix("scale_"), "value": rating}
        for name, value in properties.items()
        if name.startswith("scale_") and (rating := _rating(value))
    ]
    note = properties.get("note", "").strip()
    return CheckIn(origin=origin, day=_day(properties.get("day", "")), scales=tuple(scales), note=note), ()


def safety_line_from(origin: str, label: str, properties: Properties) -> tuple[Record, tuple[Record, ...]]:
    """A line of her own page. A form puts nothing onto the card and makes nothing less than hers alone."""
    group = _enum(SafetyGroup, properties.get("group", "").replace("_", "-"), SafetyGroup.CALM)
    return SafetyLine(origin=origin, line=label, group=group, phone=properties.get("phone", "").strip()), ()


def step_from(origin: str, label: str, properties: Properties) -> tuple[Record, tuple[Record, ...]]:
    """A step for a goal that is there; which one is found by whoever calls (:mod:`planner.session.proposing`)."""
    when, with_whom = (properties.get(name, "").strip() for name in ("when", "with"))
    return Step(origin=origin, title=label, when=when, with_whom=with_whom), ()


def _day(value: str) -> str:
    """A day of ISO 8601, or empty."""
    try:
        return date.fromisoformat(value.strip()[:10]).isoformat()
    except ValueError:
        return ""


def _day_or_hour(value: str) -> str:
    """An hour of the wall clock to the minute, or a day; empty where it is neither."""
    try:
        return write_wall(read_wall(value.strip()[:16]))
    except InvalidRepeat:
        return _day(value)


def _minutes(value: str, nothing: int) -> int:
    """Whole minutes of at most a year; what is more, or no number, is nothing."""
    text = value.strip()
    number = int(text) if re.fullmatch("[0-9]{1,6}", text) else MOST_MINUTES + 1
    return number if number <= MOST_MINUTES else nothing


def _rating(value: str) -> str:
    """A rating as it is kept: "1" to "5"; a form may count with a decimal point. Anything else is none."""
    text = value.strip().removesuffix(".0")
    return text if text in RATINGS else ""


_MAKERS: dict[str, Callable[[str, str, Properties], tuple[Record, tuple[Record, ...]]]] = {
    PAPER: paper_from,
    CheckIn.kind: check_in_from,
    TimeLimit.kind: time_limit_from,
    SafetyLine.kind: safety_line_from,
    Step.kind: step_from,
    Goal.kind: goal_from,
    Appointment.kind: appointment_from,
    SupportContact.kind: contact_from,
    Dependent.kind: dependent_from,
}


Earlier = tuple[str, Properties]
"""The label and the properties that the same entity had when the form was finished last."""


def proposal(
    origin: str,
    kind: str,
    label: str,
    properties: Properties,
    known: Mapping[str, Record],
    dropped: frozenset[str],
    earlier: Earlier | None = None,
    *,
    update: bool = False,
) -> Proposal | None:
    """What an entity proposes, beside what an earlier answer made; None for kinds this program does not keep.

    ``update``: the form means a record that is there, and an empty label leaves its name as it is (ODK XForms
    specification, "Entities", "Declaring that a form updates entities": it "MAY have a direct child label").

    ``known`` maps origins to the records that came from them. A field that the form leaves empty keeps what is there,
    and what the person set by hand since (whether a goal rests, a step is done) is never a difference. With ``earlier``
    only what the answers now say otherwise is one: her own words stand where she changed the form's, and a step that
    she took out does not come back.
    """
    before = known.get(origin)
    if not label.strip() and before is not None and update:
        label = before.title_text()
    if kind not in _MAKERS or not (label.strip() or kind == CheckIn.kind):
        return None
    record, parts = _MAKERS[kind](origin, label.strip(), properties)
    if isinstance(record, CheckIn) and not (record.scales or record.note):
        return None
    if before is None or type(before) is not type(record):
        return Proposal(origin, kind, record, parts, dropped_before=origin in dropped)
    was, parts_were = _MAKERS[kind](origin, earlier[0].strip(), earlier[1]) if earlier is not None else (None, ())
    changed = _changed_fields(before, record, was, frozenset(properties))
    differences = [Difference(name, getattr(before, name), value) for name, value in changed.items()]
    if isinstance(before, CheckIn) and isinstance(record, CheckIn) and "scales" in changed:
        changed["scales"], between = _scales(before, record)
        differences = [each for each in differences if each.field != "scales"] + between
    new_parts: list[Record] = []
    said_before = {part.origin: part for part in parts_were}
    for part in parts:
        there = known.get(part.origin)
        if there is None and part.origin not in said_before and isinstance(part, GoalPart):
            new_parts.append(replace(part, goal=before.id))
            differences.append(Difference(part.kind, "", part.title_text()))
        elif there is not None and type(there) is type(part):
            other = _changed_fields(there, part, said_before.get(part.origin), frozenset())
            if other:
                new_parts.append(replace(there, **other))
                differences.append(Difference(part.kind, there.title_text(), new_parts[-1].title_text()))
    return Proposal(origin, kind, replace(before, **changed), tuple(new_parts), before, tuple(differences))


def _scales(before: CheckIn, now: CheckIn) -> tuple[tuple[Mapping[str, str], ...], list[Difference]]:
    """The ratings of both, the later ones counting; and what is another than before, scale by scale."""
    there, said = before.ratings, now.ratings
    both = tuple({"name": name, "value": str(value)} for name, value in {**there, **said}.items())
    other = [name for name, value in said.items() if there.get(name) != value]
    return both, [Difference(f"{SCALE}{name}", there.get(name, ""), said[name]) for name in other]


def differences_between(before: Record, now: Record) -> list[Difference]:
    """What is another than before, field by field, once she has changed what was proposed; a scale is a field."""
    found: list[Difference] = []
    for each in fields(now):
        was, is_now = getattr(before, each.name), getattr(now, each.name)
        if each.name in _NEVER_TOLD or was == is_now:
            continue
        if isinstance(before, CheckIn) and isinstance(now, CheckIn) and each.name == "scales":
            there, said = before.ratings, now.ratings
            other = [name for name in {**there, **said} if there.get(name) != said.get(name)]
            found += [Difference(f"{SCALE}{name}", there.get(name, ""), said.get(name, "")) for name in other]
        else:
            found.append(Difference(each.name, was, is_now))
    return found


_NEVER_TOLD = frozenset({"id", "origin", "removed", "rivals", "order", "goal"})
_NEVER_FROM_A_FORM = frozenset(
    {"id", "origin", "removed", "rivals", "state", "order", "written_by", "time", "goal", "done_on", "contact", "zone"}
)
_FACTS = {TrackedPaper.kind: frozenset({"state"})}
"""What else a form may say again: where a paper stands, also that it is missing after all."""


def _changed_fields(there: Record, now: Record, was: Record | None, said_now: frozenset[str]) -> dict[str, Any]:
    """The fields that the form says otherwise than what is there, and otherwise than it said last time.

    ``said_now`` are the properties that the form has now, for what it may say with the value of a blank record.
    """
    changed: dict[str, Any] = {}
    blank = type(now)()
    facts = _FACTS.get(now.kind, frozenset()) & said_now
    for each in fields(now):
        if each.name in _NEVER_FROM_A_FORM and each.name not in facts:
            continue
        value = getattr(now, each.name)
        said = getattr(was, each.name) if was is not None else None
        nothing = None if each.name in facts else getattr(blank, each.name)
        if value not in (nothing, getattr(there, each.name), said):
            changed[each.name] = value
    return changed
