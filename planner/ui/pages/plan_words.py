"""Words for goals, and how a plan is written to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from planner.plan.life import DOMAIN_ICONS, DOMAIN_WORDS, LifeDomain
from planner.plan.order import between, spread
from planner.plan.records import Goal, GoalState, GoalTime, Step, WrittenBy
from planner.session.types import Mode
from planner.words import N_, _, c_

if TYPE_CHECKING:
    from planner.session.editing import Edit
    from planner.ui.formats import Formats
    from planner.ui.page import Desk

TIME_WORDS: dict[GoalTime, str] = {
    GoalTime.NOW: N_("Now"),
    GoalTime.MONTHS: N_("In the next months"),
    GoalTime.LATER: N_("Later on"),
}
STATE_WORDS: dict[GoalState, str] = {
    GoalState.OPEN: "",
    GoalState.DONE: N_("Done"),
    GoalState.RESTING: N_("Resting for now"),
    GoalState.LET_GO: N_("Let go"),
}

# One entry for each word: which law a goal is about stands in the goal itself. A new goal about the law takes the
# domain that has no particular status in it.
GENERAL_LAW = LifeDomain.VICTIM_RIGHTS


def part_of(domain: LifeDomain) -> LifeDomain:
    """The domain that stands for everything under the same word."""
    return GENERAL_LAW if DOMAIN_WORDS[domain] == DOMAIN_WORDS[GENERAL_LAW] else domain


def parts_of_life() -> list[tuple[LifeDomain, str, str]]:
    """What a goal can be about: domain, words, icon; each word once."""
    once = dict.fromkeys(part_of(domain) for domain in LifeDomain)
    return [(domain, _(DOMAIN_WORDS[domain]), DOMAIN_ICONS[domain]) for domain in once]


def same_part(domain: LifeDomain, part: LifeDomain) -> bool:
    """Whether a goal about ``domain`` stands under the word of ``part``."""
    return part_of(domain) is part_of(part)


def part_words(goal: Goal) -> str:
    """The part of life of a goal, and whether it is hers alone."""
    words = _(DOMAIN_WORDS[goal.domain])
    return _("{part}, mine alone").format(part=words) if goal.mine_alone else words


def part_and_time(goal: Goal) -> str:
    """The part of life and the time of a goal in one line, as in "Papers, now"."""
    when = _(TIME_WORDS[goal.time])
    return _("{part}, {time}").format(part=part_words(goal), time=when[:1].lower() + when[1:])


def by_words(desk: Desk) -> dict[WrittenBy, str]:
    """Whose words a goal is in, as said to the one who reads it here."""
    session = desk.session
    person = session.person
    if session.mode is Mode.FOR_ME or session.only is not None or person is None:
        return {
            WrittenBy.ME: _("Written by me"),
            WrittenBy.TOGETHER: _("Written together"),
            WrittenBy.WORKER: _("Written by my worker"),
        }
    return {
        WrittenBy.ME: _("Written by {name}").format(name=person.shown),
        WrittenBy.TOGETHER: _("Written together"),
        WrittenBy.WORKER: _("Written by the worker"),
    }


def who_writes(desk: Desk) -> WrittenBy:
    """Whose words a new goal is taken to be in; it can be changed."""
    session = desk.session
    if session.mode is Mode.FOR_ME:
        return WrittenBy.ME
    return WrittenBy.TOGETHER if session.only is not None else WrittenBy.WORKER


def why_words(why: str) -> str:
    """Her reason, in quotation marks."""
    return _("“{words}”").format(words=why) if why else ""


def step_trail(step: Step, formats: Formats) -> str:
    """When a step was done or is to be done, and with whom."""
    when = step.when
    if step.done_on:
        try:
            when = formats.day_short(date.fromisoformat(step.done_on))
        except ValueError:
            when = step.done_on
    return ", ".join(part for part in (when, step.with_whom) if part)


def one_line(text: str) -> str:
    """What was typed, without air around it and without line breaks."""
    return " ".join(text.split())


def close_word() -> str:
    """What the button says that puts fields away; "close" alone has another meaning beside people."""
    return c_("fields", "Close")


class Hand:
    """Writes to the plan of the person whose pages are open."""

    def __init__(self, desk: Desk) -> None:
        """Nothing is written yet."""
        self.desk = desk

    @property
    def person(self) -> str:
        """The id of the person; "" for nobody."""
        person = self.desk.session.person
        return person.id if person is not None else ""

    def write(self, words: str, work: Callable[[Edit], object], said: str = "") -> bool:
        """One edit that undo will call ``words``; ``said`` is shown after it, with Undo. False: not saved yet."""
        person = self.person
        if not person:
            return False

        def save() -> None:
            with self.desk.session.edit(person, words) as edit:
                work(edit)

        kept = self.desk.keep(save)
        if kept and said:
            self.desk.say(said, undo=True)
        return kept


def put_between(edit: Edit, moved: str, ids: Sequence[str], orders: dict[str, str]) -> None:
    """Give ``moved`` a place between its new neighbours in ``ids``; ``orders`` are the places as they are.

    Where the neighbours have no places that differ (a copy from elsewhere), the whole list gets new ones.
    """
    at = ids.index(moved)
    low = orders[ids[at - 1]] if at else ""
    high = orders[ids[at + 1]] if at + 1 < len(ids) else ""
    missing = (at > 0 and not low) or (at + 1 < len(ids) and not high)
    if missing or (low and high and low >= high):
        for each, place in zip(ids, spread(len(ids)), strict=True):
            edit.change(each, order=place)
    else:
        edit.change(moved, order=between(low, high))


def at_the_end(orders: Sequence[str]) -> str:
    """A place after all of these."""
    return between(max(orders, default=""), "")
