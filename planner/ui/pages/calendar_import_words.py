"""A calendar from elsewhere in words: its lines, and what would be other in the notebook."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from planner.plan.clock import read_wall
from planner.plan.records import WhatHappened
from planner.plan.repeat_words import describe_repeat
from planner.plan.trouble import InvalidRepeat
from planner.ui.kit.lists import Line
from planner.ui.pages.appointment_words import length_words, zone_words
from planner.words import _, c_, n_

if TYPE_CHECKING:
    from planner.exchange.calendar_read import Left
    from planner.session.calendar_types import CalendarPreview, Entry
    from planner.session.types import Difference
    from planner.ui.formats import Formats

DAY_MINUTES = 24 * 60


def count_words(preview: CalendarPreview) -> str:
    """How much of what is in the file, in one sentence."""
    counts = (
        (n_("{n} new appointment", "{n} new appointments", len(preview.new)), len(preview.new)),
        (n_("{n} changed", "{n} changed", len(preview.changed)), len(preview.changed)),
        (n_("{n} canceled by them", "{n} canceled by them", len(preview.cancelled)), len(preview.cancelled)),
        (n_("{n} the same as yours", "{n} the same as yours", preview.same), preview.same),
        (n_("{n} left out", "{n} left out", len(preview.not_understood)), len(preview.not_understood)),
    )
    said = ", ".join(words.format(n=count) for words, count in counts if count)
    return f"{said}." if said else _("There are no appointments in this file.")


def joined(*pieces: str) -> str:
    """Short sentences one after the other, each with one full stop between it and the next ("5 p.m." has its own)."""
    said = [each for each in pieces if each]
    closed = [each if each.endswith(".") else f"{each}." for each in said[:-1]]
    return " ".join([*closed, *said[-1:]])


def when_words(starts: str, zone: str, formats: Formats, here: str) -> str:
    """A day, or a day and an hour; with its clock where that is another than the viewer's."""
    try:
        read = read_wall(starts)
    except InvalidRepeat:
        return _("no day")
    day = formats.day_with_weekday(date.fromisoformat(starts[:10]))
    if not isinstance(read, datetime):
        return day
    hour = formats.time(read.time())
    said = _("{day}, {hour}").format(day=day, hour=hour)
    if zone and zone != here:
        return _("{when} in {zone}").format(when=said, zone=zone_words(zone))
    return said


def entry_line(entry: Entry, taken: bool, formats: Formats, here: str) -> Line:
    """One appointment of the file; it says at its end whether it comes in."""
    title = entry.title or entry.coming.title or _("Appointment")
    when = formats.sentence(when_words(entry.starts, entry.zone, formats, here))
    if entry.differences:
        said = [difference_words(each, entry.starts, formats, here) for each in entry.differences]
        detail = joined(when, *said)
    elif entry.appointment:
        detail = joined(when, _("They canceled it."))
    else:
        repeat = describe_repeat(entry.coming.repeat, entry.coming.starts, formats.day) if entry.coming.repeat else ""
        days = _length(entry.coming.minutes) if entry.coming.minutes >= DAY_MINUTES else ""
        detail = joined(when, days, repeat, entry.coming.place)
    if entry.older:
        detail = joined(detail, _("This file is older than what you have."))
    state = c_("calendar file", "comes in") if taken else c_("calendar file", "stays out")
    return Line(
        entry.key,
        title,
        detail,
        icon="yes" if taken else "no",
        trail=state,
        soft=not taken,
        spoken=f"{title}, {detail}, {state}",
    )


def left_line(number: int, left: Left, formats: Formats) -> Line:
    """Something that is left out, and why."""
    day = formats.day(date.fromisoformat(left.day)) if left.day else ""
    detail = joined(formats.sentence(day) if day else "", left.reason)
    return Line(f"left {number}", left.title or _("Appointment"), detail, icon="why", soft=True)


def difference_words(difference: Difference, starts: str, formats: Formats, here: str) -> str:
    """What would be other, for example "Place: Room 2 instead of Room 5"; ``starts`` is when it is now."""
    before, after = difference.before, difference.after
    if difference.field == "times":
        return _times_words(before, after, formats, here)
    if difference.field in ("except_starts", "extra_starts"):
        return _days_words(difference.field, before, after, formats)
    if difference.field == "when":
        names = _("Day and hour")
        old, new = (when_words(starts, zone, formats, here) for starts, zone in (before, after))
    elif difference.field == "minutes":
        names, old, new = _("How long"), _length(before), _length(after)
    elif difference.field == "repeat":
        names, old, new = _("Repeats"), _rule(before, starts, formats), _rule(after, starts, formats)
    elif difference.field == "place":
        names, old, new = _("Place"), before or c_("calendar file", "nothing"), after or c_("calendar file", "nothing")
    else:
        names, old, new = (
            _("What it is"),
            before or c_("calendar file", "nothing"),
            after or c_("calendar file", "nothing"),
        )
    return _("{field}: {new} instead of {old}").format(field=names, new=new, old=old)


def _length(minutes: int) -> str:
    if minutes >= DAY_MINUTES and minutes % DAY_MINUTES == 0:
        return n_("{n} day", "{n} days", minutes // DAY_MINUTES).format(n=minutes // DAY_MINUTES)
    return length_words(minutes) or _("not said")


def _rule(rule: str, starts: str, formats: Formats) -> str:
    return describe_repeat(rule, starts, formats.day) if rule else _("not at all")


def _days_words(field: str, before: list[str], after: list[str], formats: Formats) -> str:
    come = [each for each in after if each not in before]
    gone = [each for each in before if each not in after]
    out = field == "except_starts"
    said = []
    for days, words in (
        (come if out else gone, _("Without {days}")),
        (gone if out else come, _("Also on {days}")),
    ):
        if days:
            named = [formats.day(date.fromisoformat(each[:10])) for each in sorted(days)[:3]]
            more = "…" if len(days) > len(named) else ""
            said.append(words.format(days=", ".join(named) + more))
    return joined(*said)


def _times_words(
    before: tuple[tuple[str, WhatHappened, str], ...],
    after: tuple[tuple[str, WhatHappened, str], ...],
    formats: Formats,
    here: str,
) -> str:
    said = []
    for occurrence, what, new in after[:3]:
        day = formats.day(date.fromisoformat(occurrence[:10]))
        if what is WhatHappened.MOVED:
            to = when_words(new, "", formats, here)
            said.append(_("{day} moves to {new}").format(day=formats.sentence(day), new=to))
        else:
            said.append(_("{day} is canceled by them").format(day=formats.sentence(day)))
    changed = {occurrence for occurrence, _what, _new in after}
    for occurrence, _what, _new in [each for each in before if each[0] not in changed][:3]:
        day = formats.day(date.fromisoformat(occurrence[:10]))
        said.append(_("{day} is as it was first").format(day=formats.sentence(day)))
    return joined(*said)
