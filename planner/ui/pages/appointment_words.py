"""Words for appointments: how long, where, which clock, and the line that shows one in a list."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from planner.plan.clock import zone_named
from planner.plan.life import SECTION_OF, Section
from planner.plan.records import Appointment, WhatHappened
from planner.plan.trouble import InvalidRepeat
from planner.session.agenda_limits import LimitItem
from planner.session.types import Mode
from planner.words import N_, _, n_

if TYPE_CHECKING:
    from planner.session import AgendaItem, Person
    from planner.ui.formats import Formats
    from planner.ui.kit.lists import Line
    from planner.ui.page import Desk

DAY_MINUTES = 24 * 60
LENGTHS = (15, 30, 45, 60, 90, 120, 180, 240, 480, 2 * DAY_MINUTES, 3 * DAY_MINUTES, 7 * DAY_MINUTES)
"""Lengths to choose from, in minutes."""

ZONES: dict[str, str] = {
    "America/New_York": N_("Eastern time (New York)"),
    "America/Chicago": N_("Central time (Chicago)"),
    "America/Denver": N_("Mountain time (Denver)"),
    "America/Phoenix": N_("Arizona"),
    "America/Los_Angeles": N_("Pacific time (Los Angeles)"),
    "America/Anchorage": N_("Alaska"),
    "Pacific/Honolulu": N_("Hawaii"),
    "America/Puerto_Rico": N_("Puerto Rico"),
    "America/Mexico_City": N_("Mexico City"),
    "America/Tijuana": N_("Tijuana"),
    "America/Guatemala": N_("Guatemala"),
    "America/Tegucigalpa": N_("Honduras"),
    "America/El_Salvador": N_("El Salvador"),
    "America/Bogota": N_("Colombia"),
    "America/Santo_Domingo": N_("Dominican Republic"),
}
"""Clocks to choose from; others are called by their city."""

HAPPENED: dict[WhatHappened, str] = {
    WhatHappened.WENT: N_("I went"),
    WhatHappened.MOVED: N_("It has a new day"),
    WhatHappened.NOT_THIS_TIME: N_("Not this time"),
    WhatHappened.THEY_CANCELLED: N_("They canceled"),
}
_ABOUT_SOMEBODY: dict[WhatHappened, str] = {**HAPPENED, WhatHappened.WENT: N_("Went")}
_HAPPENED_ICONS: dict[WhatHappened, str] = {
    WhatHappened.WENT: "check",
    WhatHappened.MOVED: "swap",
    WhatHappened.NOT_THIS_TIME: "later",
    WhatHappened.THEY_CANCELLED: "no",
}
_BEFORE_A_JUDGE = re.compile(
    r"\b(court|hearing|judge|immigration|uscis|corte|juzgado|tribunal|audiencia|jueza?|inmigraci[oó]n|migraci[oó]n)\b",
    re.IGNORECASE,
)


def length_words(minutes: int) -> str:
    """For example "45 minutes", "1 hour 30 minutes", "2 days"; "" for a length that is not known."""
    if minutes and minutes % DAY_MINUTES == 0:
        return n_("{n} day", "{n} days", minutes // DAY_MINUTES).format(n=minutes // DAY_MINUTES)
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(n_("{n} hour", "{n} hours", hours).format(n=hours))
    if rest:
        parts.append(n_("{n} minute", "{n} minutes", rest).format(n=rest))
    return " ".join(parts)


def zone_words(zone: str) -> str:
    """A clock in words: its common name, or its city."""
    return _(ZONES[zone]) if zone in ZONES else zone.rsplit("/", 1)[-1].replace("_", " ")


def city_words(zone: str) -> str:
    """Where a clock hangs: the city in the name of the zone."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def matters_to_the_law(record: Appointment) -> bool:
    """Whether missing this one can have an effect in law: by its part of life, or by a word in its title."""
    return SECTION_OF[record.domain] is Section.LAW or bool(_BEFORE_A_JUDGE.search(record.title))


def happened_words(what: WhatHappened, mine: bool) -> str:
    """What became of a time, in her voice or about her."""
    return _((HAPPENED if mine else _ABOUT_SOMEBODY)[what])


def shown_title(record: Appointment) -> str:
    """What it is, or a neutral word."""
    return record.title or _("Appointment")


def hour_words(item: AgendaItem, formats: Formats) -> str:
    """The hours of a time, from and to; "All day" without any."""
    if item.time is None:
        return _("All day")
    return formats.span(item.time, item.ends) if item.ends is not None else formats.time(item.time)


def elsewhere_words(item: AgendaItem, formats: Formats, here: str) -> str:
    """For example "11 am in New York", for a time that was entered by another clock; else ""."""
    if not item.zone_note or item.time is None:
        return ""
    try:
        there = zone_named(item.zone_note)
    except InvalidRepeat:
        return ""
    at = datetime.combine(item.day, item.time, ZoneInfo(here)).astimezone(there).time()
    return _("{time} in {city}").format(time=formats.time(time(at.hour, at.minute)), city=city_words(item.zone_note))


def detail_words(desk: Desk, item: AgendaItem) -> str:
    """The soft second line: where, about how long, and the other clock."""
    record = item.appointment
    length = length_words(record.minutes) if item.time is not None else ""
    about = _("About {length}").format(length=length) if length else ""
    other = elsewhere_words(item, desk.formats, desk.session.zone)
    whole = item.last_day if item.time is None else None
    until = _("Until {day}").format(day=desk.formats.day_with_weekday(whole)) if whole is not None else ""
    parts = [each.strip().rstrip(".") for each in (until, record.place, about, other) if each.strip()]
    if not record.place and not about and record.note:
        parts.append(record.note.strip().rstrip("."))
    return ". ".join(parts) + "." if parts else ""


def chips(record: Appointment, *, mine: bool) -> tuple[tuple[str, str], ...]:
    """Who comes along, the way there, the interpreter, what to bring; each with its icon."""
    found: list[tuple[str, str]] = []
    if record.who_comes:
        found.append(("people", along_words(record.who_comes, mine=mine)))
    if record.way_there:
        found.append(("bus", record.way_there))
    if record.interpreter:
        found.append(("speak", _("Interpreter: {words}").format(words=record.interpreter)))
    if record.bring:
        first, more = record.bring[0], len(record.bring) - 1
        words = first if not more else _("{first} and {n} more").format(first=first, n=more)
        found.append(("papers", _("Bring: {words}").format(words=words)))
    return tuple(found)


def along_words(who: str, *, mine: bool) -> str:
    """A bare name becomes a sentence; more than a name stays as it was written."""
    if len(who.split()) > 2 or "," in who:
        return who
    return _("{name} goes with you").format(name=who) if mine else _("{name} goes along").format(name=who)


def speaks_to_her(desk: Desk) -> bool:
    """Whether the screen is read by the one whose pages they are, alone or with someone beside her."""
    return desk.session.mode is Mode.FOR_ME or desk.session.only is not None


def item_key(item: AgendaItem) -> str:
    """A name for one time of one appointment, for a line in a list."""
    return f"{item.person}/{item.appointment.id}/{item.original_starts}"


def item_line(desk: Desk, item: AgendaItem, person: Person | None = None, tone: int = 0) -> Line:
    """One time as a line. With ``person``, everybody's are shown together: the disc with the initial says whose."""
    from planner.ui.kit.lists import Line

    record = item.appointment
    mine = speaks_to_her(desk)
    is_limit = isinstance(item, LimitItem)
    tags = (("bell", _("Time limit")),) if is_limit else chips(record, mine=mine)
    if item.outcome is not None:
        tags = ((_HAPPENED_ICONS[item.outcome], happened_words(item.outcome, mine)), *tags)
    hour = desk.formats.time(item.time) if item.time is not None else _("Last day") if is_limit else _("All day")
    detail = detail_words(desk, item)
    spoken = [hour, person.initial if person is not None else "", shown_title(record), detail]
    return Line(
        id=item_key(item),
        title=shown_title(record),
        detail=detail,
        time=hour,
        letter=person.initial if person is not None else "",
        tone=tone,
        chips=tags,
        soft=item.outcome in (WhatHappened.THEY_CANCELLED, WhatHappened.NOT_THIS_TIME),
        spoken=", ".join(part for part in (*spoken, *(words for _icon, words in tags)) if part),
    )
