"""Ordinary things to begin a notebook for every day with: drawn by chance from a small table, around the day it is.

They are entries like all others: she can change and remove each of them, and nothing marks them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from secrets import SystemRandom
from typing import TYPE_CHECKING

from planner.plan.life import LifeDomain
from planner.plan.order import between
from planner.plan.records import Appointment, Goal, Record, Step, SupportContact
from planner.words import N_, _

if TYPE_CHECKING:
    from planner.session.core import Session

Say = Callable[[str], str]

WEEKS = 4
"""Weeks before and after today in which the appointments lie."""


@dataclass(frozen=True, slots=True)
class Visit:
    """An appointment of the table: what, where it may be, between which hours, for how many minutes."""

    title: str
    places: tuple[str, ...] = ()
    hours: tuple[int, int] = (9, 17)
    minutes: int = 45
    all_day: bool = False


@dataclass(frozen=True, slots=True)
class Thing:
    """A list of the table: what it is about, and what may stand in it."""

    title: str
    domain: LifeDomain
    steps: tuple[str, ...]


VISITS = (
    Visit(N_("Dentist"), (N_("Main Street, second floor"), N_("Beside the pharmacy")), (9, 16), 30),
    Visit(N_("Library books back"), (N_("Town library"),), (10, 18), 0),
    Visit(N_("Haircut"), (N_("At the corner"), ""), (10, 17), 45),
    Visit(N_("Bring the bike in"), (N_("Bike shop"),), (9, 17), 20),
    Visit(N_("Coffee with {friend}"), (N_("Café at the park"), N_("Café at the station")), (10, 17), 60),
    Visit(N_("Lunch with {friend}"), ("",), (12, 13), 60),
    Visit(N_("Birthday of {friend}"), all_day=True),
    Visit(N_("Birthday of {other}"), all_day=True),
    Visit(N_("Eye test"), (N_("Optician"),), (9, 16), 30),
    Visit(N_("Meter is read"), ("",), (8, 12), 60),
    Visit(N_("Someone comes for the washing machine"), ("",), (8, 14), 120),
    Visit(N_("Market"), (N_("Town square"),), (9, 11), 60),
    Visit(N_("Pick up the parcel"), (N_("Post office"),), (9, 17), 15),
    Visit(N_("Film night"), (N_("At {other}’s"), N_("Cinema")), (19, 20), 120),
    Visit(N_("Put the bins out"), ("",), (19, 21), 0),
)
WEEKLY = (
    Visit(N_("Yoga"), (N_("Sports hall"),), (18, 19), 60),
    Visit(N_("Swimming"), (N_("Indoor pool"),), (18, 19), 60),
    Visit(N_("Choir"), (N_("School, music room"),), (19, 20), 90),
    Visit(N_("Cooking class"), (N_("Community center"),), (18, 19), 90),
)
THINGS = (
    Thing(
        N_("Shopping"),
        LifeDomain.BASIC_NEEDS,
        (N_("Rice"), N_("Tomatoes"), N_("Coffee"), N_("Washing powder"), N_("Light bulbs"), N_("Oats"), N_("Soap")),
    ),
    Thing(
        N_("Tidy the kitchen"),
        LifeDomain.HOME,
        (N_("Sort the cupboard"), N_("Clean the oven"), N_("Buy jars"), N_("Fix the drawer")),
    ),
    Thing(
        N_("Books to read"),
        LifeDomain.SCHOOL,
        (N_("Ask {friend} for a tip"), N_("The one about the sea"), N_("Renew the library card")),
    ),
    Thing(
        N_("Plants on the balcony"),
        LifeDomain.HOME,
        (N_("Soil"), N_("Two pots"), N_("Basil and mint"), N_("Water on Sundays")),
    ),
    Thing(
        N_("Photos into albums"),
        LifeDomain.PEOPLE,
        (N_("Choose the best ones"), N_("Have them printed"), N_("Buy an album")),
    ),
    Thing(
        N_("Present for {other}"),
        LifeDomain.PEOPLE,
        (N_("Ask what is needed"), N_("Set a limit of 25"), N_("Wrapping paper")),
    ),
    Thing(
        N_("Get fitter"),
        LifeDomain.HEALTH,
        (N_("Take the stairs"), N_("Walk on Saturdays"), N_("New shoes")),
    ),
    Thing(
        N_("Save a little"),
        LifeDomain.MONEY,
        (N_("Compare phone plans"), N_("Cook twice a week more"), N_("Sell the old shelf")),
    ),
)
NAMES = ("Ana", "Clara", "Daniel", "Elena", "Julia", "Laura", "Marta", "Nina", "Olga", "Paula", "Sara", "Tomás", "Vera")
ROLES = (N_("From school"), N_("Next door"), N_("From work"), N_("Cousin"), N_("From the choir"))
PLACES = (N_("Dentist"), N_("Hairdresser"), N_("Town library"), N_("Building manager"), N_("Bike shop"))


def fill_everyday(session: Session, chance: SystemRandom | None = None) -> None:
    """Put ordinary things into a notebook for oneself, in the language in use, around today.

    ``chance`` draws them; None draws others each time. Undo knows nothing of it. Raises MachineTrouble.
    """
    (person, *_nobody) = session.people()
    me, draw = person.id, chance or SystemRandom()
    with session.edit(me, _("Add")) as edit:
        for each in everyday_records(draw, session.today(), session.zone, person.name):
            edit.add(each)
    session.editor.forget_undo()
    session.set_aside(me, "first-steps")


def everyday_records(draw: SystemRandom, today: date, zone: str, name: str = "") -> list[Record]:
    """What :func:`fill_everyday` puts in, in an order in which it can be added; nobody has her own ``name``."""
    friend, other, *more = draw.sample([each for each in NAMES if each.casefold() != name.strip().casefold()], 4)

    def say(words: str) -> str:
        return _(words).format(friend=friend, other=other) if words else ""

    lists = _lists(draw, today, say)
    dates = [*_visits(draw, today, zone, say), *_weekly(draw, today, zone, say)]
    roles = draw.sample(ROLES, 4)
    named = zip((friend, other, *more), roles, strict=True)
    people = [SupportContact(name=name, role=say(role)) for name, role in named]
    places = [SupportContact(name=say(name)) for name in draw.sample(PLACES, 2)]
    return [*lists, *dates, *people, *places]


def _lists(draw: SystemRandom, today: date, say: Say) -> list[Record]:
    records: list[Record] = []
    order = ""
    for thing in draw.sample(THINGS, 4):
        order = between(order, "")
        goal = Goal(title=say(thing.title), domain=thing.domain, order=order)
        records.append(goal)
        place = ""
        for words in draw.sample(thing.steps, draw.randint(2, len(thing.steps))):
            place = between(place, "")
            done = (today - timedelta(days=draw.randint(0, 20))).isoformat() if draw.random() < 0.4 else ""
            records.append(Step(goal=goal.id, title=say(words), done_on=done, order=place))
    return records


def _visits(draw: SystemRandom, today: date, zone: str, say: Say) -> list[Record]:
    days = draw.sample(range(-7 * WEEKS, 7 * WEEKS + 1), len(VISITS))
    chosen = draw.sample(list(zip(VISITS, days, strict=True)), 10)
    return [_visit(draw, today + timedelta(days=away), zone, visit, say) for visit, away in chosen]


def _weekly(draw: SystemRandom, today: date, zone: str, say: Say) -> list[Record]:
    visit = draw.choice(WEEKLY)
    start = today - timedelta(days=7 * draw.randint(3, 20) + draw.randint(0, 6))
    return [_visit(draw, start, zone, visit, say, repeat="FREQ=WEEKLY")]


def _visit(draw: SystemRandom, day: date, zone: str, visit: Visit, say: Say, repeat: str = "") -> Appointment:
    hour = f"T{draw.randint(*visit.hours):02}:{draw.choice((0, 0, 15, 30, 30, 45)):02}"
    return Appointment(
        title=say(visit.title),
        starts=day.isoformat() + ("" if visit.all_day else hour),
        zone=zone,
        minutes=visit.minutes,
        place=say(draw.choice(visit.places)) if visit.places else "",
        repeat=repeat,
    )
