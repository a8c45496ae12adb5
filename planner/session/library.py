"""The library as it is looked through: every guide, kit and goal idea by its title, and what of it goes into a plan."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from planner.plan.folded import asked_words, kept_words
from planner.plan.life import DOMAIN_ICONS, DOMAIN_WORDS, LifeDomain
from planner.plan.order import between, spread
from planner.plan.records import Appointment, Barrier, Goal, Helper, Step, WrittenBy
from planner.words import _

if TYPE_CHECKING:
    from planner.packs.goal_ideas import GoalIdea
    from planner.packs.kits import Kit
    from planner.packs.texts import Words
    from planner.session.content import Content
    from planner.session.editing import Edit

MOST_WORDS = 8
"""Typed words that are looked at; more find nothing more."""


class Shelf(StrEnum):
    """Where in the library something stands."""

    KITS = "kits"
    IDEAS = "ideas"
    READ = "read"
    NEAR = "near"
    WORKERS = "workers"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to open: ``page`` and ``id`` say which. ``words`` are those by which it is found."""

    page: str
    id: str
    shelf: Shelf
    title: str
    about: str
    icon: str
    domain: LifeDomain | None
    giver: str
    words: tuple[str, ...]


def entries(content: Content, spoken: str) -> tuple[Entry, ...]:
    """Everything in the library in one language, shelf by shelf in its order."""
    found = [
        _entry("kit", each.id, Shelf.KITS, each.title, each.about, each.icon, each.domain, each.giver, spoken)
        for each in content.kits()
    ]
    found += [
        _entry(
            *("goal-idea", each.id, Shelf.IDEAS, each.title, each.why),
            *(DOMAIN_ICONS[each.domain], each.domain, each.giver, spoken),
        )
        for each in content.goal_ideas()
    ]
    shelves = {"self": Shelf.READ, "near": Shelf.NEAR, "worker": Shelf.WORKERS}
    found += [
        _entry(
            *("guide", each.id, shelves[each.for_whom.value], each.title, each.about),
            *(each.icon, each.domain, each.giver, spoken),
        )
        for each in content.guides()
    ]
    order = list(Shelf)
    return tuple(sorted(found, key=lambda each: order.index(each.shelf)))


def _entry(
    page: str,
    name: str,
    shelf: Shelf,
    title: Words,
    about: Words,
    icon: str,
    domain: LifeDomain | None,
    giver: str,
    spoken: str,
) -> Entry:
    said, more = title.get(spoken), about.get(spoken)
    part = _(DOMAIN_WORDS[domain]) if domain is not None else ""
    return Entry(
        page, name, shelf, said, more, icon, domain, giver, tuple(kept_words(f"{said}\n{more}\n{part}\n{giver}"))
    )


def matching(found: Iterable[Entry], text: str) -> list[Entry]:
    """Those that have, for each word typed, a word that begins like it; all of them where nothing is typed."""
    asked = [word for words in asked_words(text, MOST_WORDS) for word in words]
    return [each for each in found if all(any(word.startswith(part) for word in each.words) for part in asked)]


# ------------------------------------------------------------------------------------------ into a plan


def take_idea(
    edit: Edit,
    idea: GoalIdea,
    spoken: str,
    goal: Goal,
    *,
    left_out: Collection[tuple[str, int]] = (),
) -> None:
    """Put an idea into a plan: ``goal`` is its goal record, already in its words.

    ``left_out`` names what stays out: ("step" | "helper" | "barrier", its place in the idea).
    """
    edit.add(goal)
    steps = [each for place, each in enumerate(idea.steps) if ("step", place) not in left_out]
    for step, order in zip(steps, spread(len(steps)), strict=True):
        when = step.when.get(spoken) if step.when is not None else ""
        edit.add(Step(goal=goal.id, title=step.words.get(spoken), when=when, order=order))
    helpers = [each for place, each in enumerate(idea.helpers) if ("helper", place) not in left_out]
    for helper, order in zip(helpers, spread(len(helpers)), strict=True):
        how = helper.how.get(spoken) if helper.how is not None else ""
        edit.add(Helper(goal=goal.id, name=helper.words.get(spoken), how=how, order=order))
    barriers = [each for place, each in enumerate(idea.barriers) if ("barrier", place) not in left_out]
    for barrier, order in zip(barriers, spread(len(barriers)), strict=True):
        way = barrier.way.get(spoken)
        edit.add(Barrier(goal=goal.id, what=barrier.words.get(spoken), way_round=way, order=order))


def goal_of(idea: GoalIdea, spoken: str, by: WrittenBy, orders: Iterable[str]) -> Goal:
    """The goal record of an idea, after all goals that have ``orders``. Her reason stays hers to write."""
    title = idea.title.get(spoken)
    order = between(max(orders, default=""), "")
    return Goal(title=title, domain=idea.domain, time=idea.time, written_by=by, order=order)


def new_lines(there: Sequence[str], offered: Sequence[str]) -> tuple[str, ...]:
    """The lines of ``offered`` that are not among ``there``, however they are spaced and written."""
    seen = {_same(each) for each in there}
    return tuple(each for each in dict.fromkeys(offered) if _same(each) not in seen)


def _same(text: str) -> str:
    return " ".join(text.casefold().split())


def kit_lines(kit: Kit, spoken: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What to bring and what to ask, as lines of an appointment."""
    bring = tuple(each.words.get(spoken) for each in kit.bring)
    return bring, tuple(each.words.get(spoken) for each in kit.ask)


def put_kit(edit: Edit, kit: Kit, spoken: str, appointment: Appointment) -> int:
    """Add the lines of a kit to an appointment that is in the plan; how many were new. What is there stays."""
    bring, ask = kit_lines(kit, spoken)
    more_bring, more_ask = new_lines(appointment.bring, bring), new_lines(appointment.ask, ask)
    if more_bring:
        edit.change(appointment.id, bring=(*appointment.bring, *more_bring))
    if more_ask:
        edit.change(appointment.id, ask=(*appointment.ask, *more_ask))
    return len(more_bring) + len(more_ask)


_LAW = frozenset(domain for domain, words in DOMAIN_WORDS.items() if words == DOMAIN_WORDS[LifeDomain.VICTIM_RIGHTS])
# Beginnings of words in a title, as they are kept for finding (no accents); the first that fits counts.
_BY_WORDS = (
    ("court", ("court", "hearing", "judge", "corte", "audiencia", "juez", "jueza", "juzgado", "tribunal")),
    ("first-lawyer", ("lawyer", "attorney", "legal", "abogad")),
    ("first-therapist", ("therap", "counsel", "psycholog", "terap", "psicolog", "consejer")),
    ("first-doctor", ("doctor", "clinic", "nurse", "dentist", "health", "medic", "enfermer", "salud")),
    ("benefits", ("benefit", "snap", "medicaid", "wic", "tanf", "ayudas", "beneficio", "cupones")),
    ("school", ("school", "college", "class", "teacher", "escuela", "clase", "universidad", "maestr")),
)
_BY_DOMAIN = {
    **dict.fromkeys(_LAW, "first-lawyer"),
    LifeDomain.HEALTH: "first-doctor",
    LifeDomain.SUBSTANCE_USE: "first-doctor",
    LifeDomain.HEALING: "first-therapist",
    LifeDomain.SCHOOL: "school",
}


def fitting_kit(appointment: Appointment, kits: Iterable[Kit]) -> Kit | None:
    """The kit for an appointment by the words of its title, then by its part of life; None where none fits.

    Everyday needs stand for nothing: that is the part of life of an appointment for which none was chosen.
    """
    words = kept_words(appointment.title)
    wanted = next(
        (kit for kit, begins in _BY_WORDS if any(word.startswith(begins) for word in words)),
        _BY_DOMAIN.get(appointment.domain, ""),
    )
    return next((each for each in kits if each.id == wanted), None)
