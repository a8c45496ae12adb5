"""The gate: what pages will reveal, said in words before they leave, and what is written down once they have left.

The sentences are made from the same :class:`~planner.exchange.parts.Chosen` as the pages, so their counts are true.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from planner.exchange.gate_papers import about_days, about_limits, about_papers
from planner.exchange.gate_papers import own_words as words_of_papers
from planner.exchange.parts import Chosen, Dated, PlanPaper, PlanParts, choose, same_name
from planner.plan.life import DOMAIN_WORDS, Section
from planner.plan.records import Appointment, GoalState, Reach, Record, SupportContact
from planner.words import N_, _, n_


class Left(StrEnum):
    """How something left."""

    PRINTED = "printed"
    SAVED_SEALED = "saved-sealed"
    SAVED_OPEN = "saved-open"


class PaperKind(StrEnum):
    """Which paper it was."""

    PLAN = "plan"
    SLIP = "slip"
    SPARE_KEY = "spare-key"
    SAFETY_COPY = "safety-copy"
    CARDS = "cards"
    CALENDAR = "calendar"
    OWN_PAPER = "own-paper"
    FORM_FILE = "form-file"
    FORM = "form"
    OWN_PAGE = "own-page"
    CARD = "card"
    KIT = "kit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """What the activity log keeps about a paper that left: how, which parts, whose, how many pages. No content."""

    what: Left
    paper: PaperKind
    parts: tuple[str, ...] = ()
    person: str = ""
    pages: int = 0

    def detail(self) -> dict[str, Any]:
        """The entry as JSON values, without the person, who has a column of their own."""
        return {"what": self.what.value, "paper": self.paper.value, "parts": list(self.parts), "pages": self.pages}


_PART_WORDS: dict[str, str] = {
    "goals": N_("goals"),
    "areas": N_("parts of life"),
    "why": N_("why"),
    "steps": N_("steps"),
    "helpers": N_("who helps"),
    "barriers": N_("what is in the way"),
    "finished": N_("what is done or resting"),
    "appointments": N_("appointments"),
    "titles": N_("what appointments are about"),
    "places": N_("places"),
    "details": N_("details of appointments"),
    "people": N_("people"),
    "phones": N_("phone numbers"),
    "children": N_("people I look after"),
    "limits": N_("time limits"),
    "papers": N_("where papers stand"),
    "check_ins": N_("how single days were"),
    "mine_alone": N_("what is mine alone"),
    "kept_away": N_("people I keep away from"),
    "as_it_came": N_("what cameras and programs wrote into it"),
    "organisations": N_("places or groups"),
    "roles": N_("who somebody is"),
    "emails": N_("e-mail addresses"),
    "languages": N_("languages"),
    "blank": N_("questions without answers"),
    "answers": N_("answers"),
    "sensitive": N_("answers about what is sensitive"),
    "pictures": N_("pictures"),
    "open_ones": N_("open questions"),
}
_LEFT_WORDS: dict[tuple[str, str], str] = {
    (PaperKind.OWN_PAGE, Left.PRINTED): N_("An own page was printed."),
    (PaperKind.OWN_PAGE, Left.SAVED_SEALED): N_("An own page was saved as a PDF with a passphrase."),
    (PaperKind.OWN_PAGE, Left.SAVED_OPEN): N_("An own page was saved as a PDF that anyone can open."),
    (PaperKind.CARD, Left.PRINTED): N_("A card for the wallet was printed."),
    (PaperKind.CARD, Left.SAVED_SEALED): N_("A card for the wallet was saved as a PDF with a passphrase."),
    (PaperKind.CARD, Left.SAVED_OPEN): N_("A card for the wallet was saved as a PDF that anyone can open."),
    (PaperKind.KIT, Left.PRINTED): N_("A page for getting ready was printed."),
    (PaperKind.KIT, Left.SAVED_SEALED): N_("A page for getting ready was saved as a PDF with a passphrase."),
    (PaperKind.KIT, Left.SAVED_OPEN): N_("A page for getting ready was saved as a PDF that anyone can open."),
    (PaperKind.FORM, Left.PRINTED): N_("A guided form was printed."),
    (PaperKind.FORM, Left.SAVED_SEALED): N_("A guided form was saved as a PDF with a passphrase."),
    (PaperKind.FORM, Left.SAVED_OPEN): N_("A guided form was saved as a PDF that anyone can open."),
    (PaperKind.OWN_PAPER, Left.PRINTED): N_("A paper that was brought in was printed."),
    (PaperKind.OWN_PAPER, Left.SAVED_SEALED): N_("A paper that was brought in was saved as a PDF with a passphrase."),
    (PaperKind.OWN_PAPER, Left.SAVED_OPEN): N_("A paper that was brought in was saved, so that anyone can open it."),
    (PaperKind.FORM_FILE, Left.PRINTED): N_("A file from a guided form was printed."),
    (PaperKind.FORM_FILE, Left.SAVED_SEALED): N_("A file from a guided form was saved as a PDF with a passphrase."),
    (PaperKind.FORM_FILE, Left.SAVED_OPEN): N_("A file from a guided form was saved, so that anyone can open it."),
    (PaperKind.PLAN, Left.PRINTED): N_("The plan was printed."),
    (PaperKind.PLAN, Left.SAVED_SEALED): N_("The plan was saved as a PDF with a passphrase."),
    (PaperKind.PLAN, Left.SAVED_OPEN): N_("The plan was saved as a PDF that anyone can open."),
    (PaperKind.SLIP, Left.PRINTED): N_("A slip with appointments was printed."),
    (PaperKind.SLIP, Left.SAVED_SEALED): N_("A slip with appointments was saved as a PDF with a passphrase."),
    (PaperKind.SLIP, Left.SAVED_OPEN): N_("A slip with appointments was saved as a PDF that anyone can open."),
    (PaperKind.SPARE_KEY, Left.PRINTED): N_("A spare key was printed."),
    (PaperKind.SAFETY_COPY, Left.SAVED_SEALED): N_("A safety copy was saved on another device, under the passphrase."),
    (PaperKind.CALENDAR, Left.SAVED_OPEN): N_("Appointments were saved as a calendar file that anyone can open."),
    (PaperKind.CARDS, Left.SAVED_OPEN): N_("Cards of people were saved as a file that anyone can open."),
}


def leaving_words(detail: Mapping[str, Any]) -> str:
    """An entry of the activity log in words; an entry of a newer kind gives an empty text."""
    sentence = _(_LEFT_WORDS.get((str(detail.get("paper")), str(detail.get("what"))), ""))
    parts = ", ".join(_(_PART_WORDS[each]) for each in detail.get("parts", ()) if each in _PART_WORDS)
    return " ".join(filter(None, (sentence, _("With it: {parts}.").format(parts=parts) if sentence and parts else "")))


def reveals(parts: PlanParts, plan: PlanPaper) -> list[str]:
    """What someone who reads the printed plan will learn, as plain sentences; ``plan.parts`` is not looked at.

    What could lead to her or to others comes first: days and places, then people, then goals.
    """
    chosen = choose(plan, parts)
    if chosen.nothing():
        return [_("These pages hold nothing of yours yet.")]
    return [
        *_about_dates(chosen.dates),
        *_about_people(chosen),
        *_about_goals(chosen, parts.areas),
        *about_limits(chosen),
        *about_papers(chosen),
        *about_days(chosen),
        *_about_title(plan),
        *_about_own_words(chosen, plan, parts),
    ]


def slip_reveals(dates: Sequence[Dated], *, places: bool = False, limits: int = 0) -> list[str]:
    """What someone who finds the slip of next dates will learn; ``limits`` is how many last days stand on it."""
    if not dates and not limits:
        return [_("This slip holds nothing of yours yet.")]
    days = len({each.day for each in dates})
    said = []
    if days:
        words = n_("It shows that there is an appointment on {n} day.", "It shows appointments on {n} days.", days)
        said.append(words.format(n=days))
    if limits:
        words = n_(
            "It shows {n} last day, not what it is about.", "It shows {n} last days, not what they are about.", limits
        )
        said.append(words.format(n=limits))
    where = len({each.day for each in dates if each.appointment.place.strip()}) if places else 0
    return [*said, where_words(where)] if where else said


def _about_title(plan: PlanPaper) -> Iterator[str]:
    if plan.title.strip():
        yield _("At the top it says “{title}”.").format(title=" ".join(plan.title.split()))
    if plan.printed_on:
        yield _("It shows the day it was made.")


def _about_goals(chosen: Chosen, areas: bool) -> Iterator[str]:
    goals = chosen.goals
    if not goals:
        return
    yield n_("It shows {n} goal.", "It shows {n} goals.", len(goals)).format(n=len(goals))
    if areas:
        domains = dict.fromkeys(_(DOMAIN_WORDS[each.goal.domain]) for each in goals)
        yield _("It names these parts of your life: {parts}.").format(parts=", ".join(domains))
    why = sum(bool(each.goal.why.strip()) for each in goals)
    if why:
        yield n_("It says why you want {n} of them.", "It says why you want {n} of them.", why).format(n=why)
    steps = [step for each in goals for step in each.steps]
    if steps:
        done = sum(bool(step.done_on) for step in steps)
        yield n_("It lists {n} step.", "It lists {n} steps.", len(steps)).format(n=len(steps))
        if done:
            yield n_("It says when {n} step was done.", "It says when {n} steps were done.", done).format(n=done)
        together = sum(bool(step.with_whom.strip()) for step in steps)
        if together:
            yield n_("It says who does {n} step with you.", "It says who does {n} steps with you.", together).format(
                n=together
            )
    ways = sum(len(each.barriers) for each in goals)
    if ways:
        yield n_("It says {n} thing that is in the way.", "It says {n} things that are in the way.", ways).format(
            n=ways
        )
    ended = sum(each.goal.state is not GoalState.OPEN for each in goals)
    if ended:
        yield n_(
            "It shows {n} goal that is done, resting or let go.",
            "It shows {n} goals that are done, resting or let go.",
            ended,
        ).format(n=ended)
    alone = sum(each.goal.home() is Section.MINE_ALONE for each in goals)
    if alone:
        yield n_("It shows {n} goal that is yours alone.", "It shows {n} goals that are yours alone.", alone).format(
            n=alone
        )


def _about_dates(dates: Sequence[Dated]) -> Iterator[str]:
    if not dates:
        return
    days = len({each.day for each in dates})
    yield n_("It says what you do on {n} day.", "It says what you do on {n} days.", days).format(n=days)
    where = len({each.day for each in dates if _place(each.appointment)})
    if where:
        yield where_words(where)
    records = [each.appointment for each in dates]
    with_you = sum(bool(each.who_comes.strip()) for each in records)
    if with_you:
        yield n_(
            "It says who comes along to {n} appointment.", "It says who comes along to {n} appointments.", with_you
        ).format(n=with_you)
    more = sum(bool(each.child_care.strip() or each.interpreter.strip() or each.bring or each.ask) for each in records)
    if more:
        yield n_(
            "It says how you get ready for {n} appointment: child care, interpreter, what to bring or ask.",
            "It says how you get ready for {n} appointments: child care, interpreter, what to bring or ask.",
            more,
        ).format(n=more)
    yield from alone(records)


def alone(records: Iterable[Appointment]) -> Iterator[str]:
    """What is said of appointments that are hers alone, where there are any."""
    many = sum(each.home() is Section.MINE_ALONE for each in records)
    if many:
        yield n_(
            "It shows {n} appointment that is yours alone.", "It shows {n} appointments that are yours alone.", many
        ).format(n=many)


def where_words(days: int) -> str:
    """What is said of places, by the number of days on which they stand."""
    return n_("It says where you will be on {n} day.", "It says where you will be on {n} days.", days).format(n=days)


def _place(appointment: Appointment) -> bool:
    return bool(appointment.place.strip() or appointment.way_there.strip())


def _about_people(chosen: Chosen) -> Iterator[str]:
    names = people_named(chosen)
    numbers = sum(len(each.phones) for each in chosen.people)
    count = len(names)
    if names and numbers:
        people = n_("It names {n} person", "It names {n} people", count).format(n=count)
        phones = n_("shows {n} phone number", "shows {n} phone numbers", numbers).format(n=numbers)
        yield _("{names} and {phones}.").format(names=people, phones=phones)
    elif names:
        yield n_("It names {n} person.", "It names {n} people.", count).format(n=count)
    elif numbers:
        yield n_("It shows {n} phone number.", "It shows {n} phone numbers.", numbers).format(n=numbers)
    reach = sum(reach_known(each) for each in chosen.people)
    if reach:
        yield n_(
            "It says when and how {n} of them can be reached.",
            "It says when and how {n} of them can be reached.",
            reach,
        ).format(n=reach)
    places = {same_name(each.organisation) for each in chosen.people if each.organisation.strip()}
    if places:
        yield n_("It names {n} office or group.", "It names {n} offices or groups.", len(places)).format(n=len(places))
    if chosen.dependents:
        yield n_(
            "It names {n} person you look after.", "It names {n} people you look after.", len(chosen.dependents)
        ).format(n=len(chosen.dependents))
    by_day = sum(bool(each.day_place.strip()) for each in chosen.dependents)
    if by_day:
        yield n_(
            "It says where {n} of them is in the day.", "It says where {n} of them are in the day.", by_day
        ).format(n=by_day)
    if chosen.kept_away:
        yield n_(
            "It names {n} person you keep away from.", "It names {n} people you keep away from.", len(chosen.kept_away)
        ).format(n=len(chosen.kept_away))


def reach_known(contact: SupportContact) -> bool:
    """Whether the pages say how this person can be reached; they do so only beside a number."""
    ways = (contact.call, contact.message, contact.text)
    notes = (contact.call_when, contact.message_note, contact.text_note)
    return bool(contact.phones) and (any(each is not Reach.UNKNOWN for each in ways) or any(map(str.strip, notes)))


def people_named(chosen: Chosen) -> set[str]:
    """The names, each once, of the people on the pages: contacts, who helps, and who may collect a child."""
    names = [each.name for each in chosen.people]
    names += [each.name for goal in chosen.goals for each in goal.helpers]
    names += [name for each in chosen.dependents for name in each.may_collect]
    return {same_name(each) for each in names if each.strip()}


def _about_own_words(chosen: Chosen, plan: PlanPaper, parts: PlanParts) -> Iterator[str]:
    texts = list(own_words(chosen))
    if plan.title.strip():
        texts.append(plan.title)
    numbers = sum(phone_like(each) for each in texts)
    if numbers:
        yield n_(
            "In your own words stands {n} number that looks like a phone number.",
            "In your own words stand {n} numbers that look like phone numbers.",
            numbers,
        ).format(n=numbers)
    away = sum(
        1
        for each in plan.contacts
        if each.to_be_careful_with
        and not each.removed
        and each.id not in parts.kept_away
        and stands_in(each.name, texts)
    )
    if away:
        yield n_(
            "Your own words name {n} person you keep away from.",
            "Your own words name {n} people you keep away from.",
            away,
        ).format(n=away)
    if texts:
        yield _("Your own words are printed as you wrote them. Other names may stand in them.")


def own_words(chosen: Chosen) -> Iterator[str]:
    """Every printed text that is free, where a name or a number may stand that no field tells of."""
    for each in chosen.goals:
        yield from _filled(each.goal, ("title", "why"))
        for step in each.steps:
            yield from _filled(step, ("title", "when", "with_whom"))
        yield from (helper.how for helper in each.helpers if helper.how.strip())
        for barrier in each.barriers:
            yield from _filled(barrier, ("what", "way_round"))
    seen = set()
    for date in chosen.dates:
        what = date.appointment
        if what.id not in seen:
            seen.add(what.id)
            yield from _filled(what, ("title", "place", "way_there", "who_comes", "child_care", "interpreter"))
            yield from (each for each in (*what.bring, *what.ask) if each.strip())
    for contact in (*chosen.people, *chosen.kept_away):
        yield from _filled(contact, ("role", "organisation"))
        if contact.phones:
            yield from _filled(contact, ("call_when", "message_note", "text_note"))
            yield from (label for each in contact.phones if (label := each.get("label", "")).strip())
        if contact.to_be_careful_with:
            yield from _filled(contact, ("if_near",))
    for dependent in chosen.dependents:
        yield from _filled(dependent, ("relation", "day_place"))
    yield from words_of_papers(chosen)


def _filled(record: Record, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        text = getattr(record, name)
        if text.strip():
            yield text


_DIALLED = re.compile(r"[+\d().\-\u2010-\u2015 \u00a0]+")
_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}([./-])\d{1,2}\1\d{2,4}")


def phone_like(text: str) -> int:
    """How many runs of 7 to 15 digits (E.164 allows 15) stand in a text that are not a day."""
    runs = _DIALLED.findall(_DAY.sub("|", text))
    return sum(7 <= sum(char.isdigit() for char in run) <= 15 for run in runs)


def stands_in(name: str, texts: Iterable[str]) -> bool:
    """Whether a name stands as a whole in one of the texts, however it is written."""
    wanted = same_name(name)
    if not wanted:
        return False
    pattern = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)")
    return any(pattern.search(same_name(each)) for each in texts)
