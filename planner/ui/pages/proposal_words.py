"""Proposals in words: what a record is, when it is, and what would be another than before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from planner.plan.life import DOMAIN_ICONS, DOMAIN_WORDS, LifeDomain
from planner.plan.limits import LIMIT_FIELDS
from planner.plan.limits import STATES as LIMIT_STATES
from planner.plan.paper_days import PAPER_FIELDS, STATES
from planner.plan.records import (
    Appointment,
    CheckIn,
    Dependent,
    Goal,
    GoalTime,
    LimitState,
    PaperState,
    Reach,
    Record,
    Ring,
    Step,
    SupportContact,
    TimeLimit,
    TrackedPaper,
)
from planner.plan.safety import SafetyGroup, SafetyLine, group_words
from planner.plan.scales import scale_words, step_words
from planner.session.proposals import SCALE
from planner.session.types import Difference
from planner.ui.pages.clocks_words import due_words, warn_words
from planner.ui.pages.form_words import day_of, time_of
from planner.ui.pages.papers_words import paper_second
from planner.ui.reminders import remind_words
from planner.words import N_, _, c_

if TYPE_CHECKING:
    from planner.ui.formats import Formats

TIMES: dict[GoalTime, str] = {
    GoalTime.NOW: N_("Now"),
    GoalTime.MONTHS: N_("In the next months"),
    GoalTime.LATER: N_("Later on"),
}

FIELDS: dict[str, str] = {
    "title": N_("What it is called"),
    "name": N_("Name"),
    "why": N_("Why"),
    "domain": N_("Part of life"),
    "starts": N_("When"),
    "minutes": N_("Minutes"),
    "place": N_("Where"),
    "way_there": N_("The way there"),
    "who_comes": N_("Who comes along"),
    "child_care": N_("Child care"),
    "interpreter": N_("Interpreter"),
    "bring": N_("To bring"),
    "ask": N_("To ask"),
    "note": N_("Note"),
    "role": N_("Who they are to you"),
    "relation": N_("Who they are to you"),
    "organisation": N_("Where they work"),
    "phones": N_("Phone"),
    "email": N_("Email"),
    "line": N_("The line"),
    "phone": N_("Phone"),
    "group": N_("Part of the page"),
    "on_card": N_("On the card"),
    "card_words": N_("What the card says instead"),
    "languages": N_("Languages"),
    "call": N_("Safe to call"),
    "call_when": N_("A good time to call"),
    "message": N_("Safe to leave a message"),
    "text": N_("Safe to text"),
    "message_note": N_("What to know about messages"),
    "text_note": N_("What to know about texts"),
    "our_word": N_("Our word"),
    "knows": N_("They know"),
    "knows_not": N_("They do not know"),
    "ring": N_("How close"),
    "keep_away": N_("Someone you keep away from"),
    "if_near": N_("If they turn up"),
    "born": N_("Birthday"),
    "day_place": N_("In the day"),
    "may_collect": N_("Who may collect"),
    "repeat": N_("Repeats"),
    "remind_minutes": N_("Remind me"),
    "needs": N_("What they need"),
    "step": N_("Step"),
    "helper": N_("Who helps"),
    "barrier": N_("What may be in the way"),
    "when": N_("When"),
    "time": N_("When"),
    "mine_alone": N_("Mine alone"),
    "with_whom": N_("With whom"),
    **{name: LIMIT_FIELDS[name] for name in ("due", "zone", "rule", "warn_days")},
    **{name: PAPER_FIELDS[name] for name in ("state", "where_to_ask", "cost", "fee_waiver", "safe_address", "expires")},
}

_REACH = {Reach.YES: N_("Yes"), Reach.NO: N_("No"), Reach.UNKNOWN: N_("Not known")}
_RINGS = {Ring.CLOSE: N_("Close to me"), Ring.AROUND: N_("Around me"), Ring.FURTHER: N_("Further away")}


def icon_of(record: Record) -> str:
    """The icon beside a proposal."""
    if isinstance(record, Goal):
        return DOMAIN_ICONS[record.domain]
    if isinstance(record, Appointment):
        return "calendar"
    if isinstance(record, SupportContact):
        return "no" if record.keep_away else "people"
    if isinstance(record, TrackedPaper):
        return "papers"
    if isinstance(record, TimeLimit):
        return "later"
    if isinstance(record, CheckIn):
        return "sun"
    if isinstance(record, SafetyLine):
        return "shield"
    return "step" if isinstance(record, Step) else "family"


def field_words(name: str) -> str:
    """What a field is called; a scale of a check-in stands for itself."""
    return scale_words(name.removeprefix(SCALE)) if name.startswith(SCALE) else _(FIELDS.get(name, name))


def difference_words(difference: Difference, formats: Formats) -> str:
    """What would be another than before, in one line."""
    name = field_words(difference.field)
    before = value_words(difference.field, difference.before, formats)
    after = value_words(difference.field, difference.after, formats)
    if not before:
        return _("{what}: “{after}” is added").format(what=name, after=after)
    if not after:
        return _("{what}: “{before}” is taken out").format(what=name, before=before)
    return _("{what}: “{before}” becomes “{after}”").format(what=name, before=before, after=after)


def kind_words(record: Record, formats: Formats, about: str = "") -> str:
    """One soft line: what it is and where it will stand; ``about`` is the goal of a step."""
    parts: list[str] = []
    if isinstance(record, Goal):
        parts = [c_("proposal", "Goal"), _(TIMES[record.time]), _(DOMAIN_WORDS[record.domain])]
    elif isinstance(record, Appointment):
        parts = [c_("proposal", "Appointment"), starts_words(record.starts, formats), record.place]
    elif isinstance(record, SupportContact) and record.keep_away:
        parts = [_("Someone you keep away from")]
    elif isinstance(record, SupportContact):
        parts = [c_("proposal", "Person"), record.role, *(str(phone.get("number", "")) for phone in record.phones)]
    elif isinstance(record, Dependent):
        parts = [_("Someone you look after"), record.relation]
    elif isinstance(record, TrackedPaper):
        parts = [c_("proposal", "Paper"), paper_second(record, formats, formats.today())]
    elif isinstance(record, TimeLimit):
        parts = [_("Time limit"), due_words(record, formats) or _("Ask which day it is")]
    elif isinstance(record, CheckIn):
        parts = [_("How it is on this day")]
    elif isinstance(record, SafetyLine):
        parts = [_("A line of your own page, yours alone"), group_words(record.group), record.phone]
    elif isinstance(record, Step):
        goal = _("A step for “{goal}”").format(goal=about) if about else c_("proposal", "A step")
        parts = [goal, record.when, record.with_whom]
    return " · ".join(part for part in parts if part)


def starts_words(starts: str, formats: Formats) -> str:
    """A start as a day, and an hour where there is one."""
    day = day_of(starts)
    if day is None:
        return starts
    hour = time_of(starts) if "T" in starts else None
    return f"{formats.day_full(day)}, {formats.time(hour)}" if hour else formats.day_full(day)


def value_words(name: str, value: Any, formats: Formats) -> str:
    """A field's value in words."""
    if name.startswith(SCALE):
        return step_words(value) if value else ""
    if name == "warn_days":
        return warn_words(value)
    if name in ("starts", "due", "expires"):
        return starts_words(str(value), formats)
    if name == "phones":
        return ", ".join(str(phone.get("number", "")) for phone in value)
    if name == "remind_minutes":
        return remind_words(value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, SafetyGroup):
        return group_words(value)
    for kind, words in _TABLES:
        if isinstance(value, kind):
            return _(words[value])
    if isinstance(value, tuple | list):
        return ", ".join(str(each) for each in value)
    return str(value)


_TABLES: tuple[tuple[type, Mapping[Any, str]], ...] = (
    (LifeDomain, DOMAIN_WORDS),
    (Reach, _REACH),
    (Ring, _RINGS),
    (PaperState, STATES),
    (LimitState, LIMIT_STATES),
    (GoalTime, TIMES),
)
