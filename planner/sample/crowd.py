"""Many made-up people at once, for measurements and for trying out a full notebook."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import cycle, islice

from planner.plan.life import LifeDomain
from planner.plan.records import (
    Appointment,
    Barrier,
    Dependent,
    Goal,
    GoalPart,
    GoalTime,
    Helper,
    Outcome,
    Reach,
    Record,
    Ring,
    Step,
    SupportContact,
    WhatHappened,
)
from planner.sample.made_up import ZONE, MadeUpNote, MadeUpPerson, Say, goal_with, in_order, on

# Made once, then handed to many people: what is measured is a full store, not the making of it.
VARIETY = 20

_NAMES = (
    *("Abi", "Bea", "Cora", "Dua", "Edi", "Fay", "Gia", "Hana", "Ines", "Juno", "Kai", "Lola", "Mina", "Noor", "Odile"),
    *("Paz", "Quin", "Rosa", "Suri", "Tessa", "Uma", "Vera", "Wren", "Xio", "Yara", "Zoe"),
)
_THINGS = (
    ("a warm coat", "un abrigo"),
    ("a bank card", "una tarjeta de banco"),
    ("a quiet room", "un cuarto tranquilo"),
    ("a bus pass", "un pase de autobús"),
    ("a driving lesson", "una clase de manejo"),
    ("a pair of glasses", "unos lentes"),
    ("a sewing course", "un curso de costura"),
    ("a garden bed", "un pedazo de huerto"),
)


def many_people(count: int, records_each: int, language: str, today: date, zone: str = ZONE) -> Iterator[MadeUpPerson]:
    """``count`` people with exactly ``records_each`` records each, in plans of :data:`VARIETY` kinds.

    Plans of one kind share their list of records, so that a store can be filled with thousands of people in seconds.
    """
    say = Say(language)
    plans = [_plan(say, kind, records_each, today, zone) for kind in range(min(VARIETY, count))]
    for number, records in zip(range(count), cycle(plans), strict=False):
        name = f"{_NAMES[number % len(_NAMES)]} {number // len(_NAMES) + 1}"
        note = MadeUpNote(number % 60, "call", 10, name, say("A short talk.", "Una charla corta."), "")
        yield MadeUpPerson(name, records, code=f"P{number:04d}", under_18=False, language=language, notes=[note])


def _plan(say: Say, kind: int, size: int, today: date, zone: str) -> list[Record]:
    return list(islice(_endless(say, kind, today, zone), size)) if size else []


def _endless(say: Say, kind: int, today: date, zone: str) -> Iterator[Record]:
    """Records as a life brings them: every goal before its parts, every appointment before what became of it."""
    domains = list(LifeDomain)
    for number in range(10_000):
        mix = kind * 31 + number
        english, spanish = _THINGS[mix % len(_THINGS)]
        yield from in_order([_goal(say, number, mix, english, spanish, domains[mix % len(domains)], today)])
        weekly = "FREQ=WEEKLY" if number == 0 else ""
        visit = Appointment(
            title=say(f"Visit about {english}", f"Cita por {spanish}"),
            domain=domains[(mix + 3) % len(domains)],
            starts=on(today, (mix * 7) % 90 - 30, f"{9 + mix % 8:02d}:{15 * (mix % 4):02d}"),
            zone=zone,
            minutes=45,
            repeat=weekly,
            place=say("Oak Street, second floor", "Calle Oak, segundo piso"),
        )
        yield visit
        if number % 2:
            yield Outcome(appointment=visit.id, occurrence=visit.starts, what=WhatHappened.WENT)
        yield SupportContact(
            name=f"{_NAMES[(mix * 5) % len(_NAMES)]} {number + 1}",
            role=say("Helps me", "Me ayuda"),
            phones=({"number": f"555-0{100 + mix % 100}", "label": ""},),
            call=Reach.YES,
            ring=list(Ring)[mix % 3],
        )
        if number % 5 == 4:
            yield Dependent(name=_NAMES[(mix * 3) % len(_NAMES)], relation=say("My child", "Mi hija"))


def _goal(say: Say, number: int, mix: int, english: str, spanish: str, domain: LifeDomain, today: date) -> list[Record]:
    parts: list[GoalPart] = [
        Step(title=say("Ask who knows", "Preguntar quién sabe"), done_on=on(today, -(mix % 40))),
        Step(title=say("Write down what it costs", "Anotar cuánto cuesta")),
        Step(title=say(f"Get {english}", f"Conseguir {spanish}")),
    ]
    if number % 2:
        parts.append(Helper(name=_NAMES[mix % len(_NAMES)], how=say("goes with me", "va conmigo")))
    else:
        parts.append(Barrier(what=say("It is far.", "Queda lejos."), way_round=say("Bus 14.", "El autobús 14.")))
    goal = Goal(
        title=say(f"{number + 1}: {english}", f"{number + 1}: {spanish}"),
        why=say("So that the days get easier.", "Para que los días sean más fáciles."),
        domain=domain,
        time=list(GoalTime)[mix % 3],
    )
    return goal_with(goal, *parts)
