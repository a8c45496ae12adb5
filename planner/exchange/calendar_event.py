"""One event of a calendar file, in our own terms: days and hours of the wall clock, a zone, a rule."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from planner.exchange.calendar_lines import Part, Property
from planner.exchange.calendar_zones import Defined, UnknownZone, Zones
from planner.plan.clock import FIRST_YEAR, LAST_YEAR, Wall, instant, zone_named
from planner.plan.repeat import read_repeat
from planner.plan.trouble import InvalidRepeat
from planner.words import _

LONGEST_TITLE = 300
LONGEST_PLACE = 500
LONGEST_DESCRIPTION = 20_000
LONGEST_UID = 255
MOST_LISTED = 5_000
"""Days that one event adds or leaves out."""

MOST_DAYS = 3650
DAY_MINUTES = 24 * 60

_DATE = re.compile(r"\d{8}\Z", re.ASCII)
_TIME = re.compile(r"(\d{8})T(\d\d)(\d\d)(\d\d)?(Z?)\Z", re.ASCII)
_MUST_BE_READ = frozenset(
    {"DTSTART", "DTEND", "DURATION", "RRULE", "EXRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "UID"}
    | {"STATUS", "SEQUENCE", "SUMMARY", "LOCATION"}
)
_BY_CLOCK = ("BYHOUR", "BYMINUTE", "BYSECOND")


class NotUnderstood(Exception):
    """An event cannot be taken in; its text is the reason, in words for the person."""


@dataclass(frozen=True, slots=True)
class When:
    """A day, or an hour by the clock of ``zone``: an IANA name, empty for any clock (floating), or ``defined``."""

    wall: Wall
    zone: str = ""
    defined: Defined | None = None

    @property
    def is_hour(self) -> bool:
        """Whether this is an hour and not a day."""
        return isinstance(self.wall, datetime)

    def instant(self, here: str) -> datetime:
        """The instant of an hour; one of any clock is one of the clock ``here``."""
        assert isinstance(self.wall, datetime)
        return self.defined.instant(self.wall) if self.defined else instant(self.wall, zone_named(self.zone or here))

    def by(self, zone: str, here: str) -> Wall:
        """The same moment by the clock of another zone; a day stays a day."""
        if not self.is_hour or (not self.defined and (self.zone or here) == zone):
            return self.wall
        return self.instant(here).astimezone(zone_named(zone)).replace(tzinfo=None, fold=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One VEVENT. ``minutes`` is 0 when unknown; without an hour, days times 1440 from two days on."""

    uid: str
    sequence: int
    stamp: tuple[str, str]
    cancelled: bool
    title: str
    place: str
    description: str
    starts: When
    minutes: int
    rule: str
    left_out: tuple[When, ...]
    added: tuple[When, ...]
    instead_of: When | None
    and_later: bool

    @property
    def repeats(self) -> bool:
        """Whether there is more than one time of it."""
        return bool(self.rule or self.added)


def read_event(part: Part, zones: Zones, here: str, method: str) -> Event:
    """Read a VEVENT.

    Raises:
        NotUnderstood: something that says when it is cannot be read; its text is the reason.
    """
    if not part.whole:
        raise NotUnderstood(_("Its end is missing in the file."))
    if part.broken & _MUST_BE_READ:
        raise NotUnderstood(_("One of its lines cannot be read."))
    if method in ("REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH", "ADD"):
        raise NotUnderstood(_("It is an answer to an invitation, not an appointment."))
    cancelled = method == "CANCEL" or part.value("STATUS").upper() == "CANCELLED"
    starts = _one(part, "DTSTART", zones)
    instead_of = _one(part, "RECURRENCE-ID", zones)
    if starts is None:
        if not (cancelled and instead_of is not None):
            raise NotUnderstood(_("It has no day."))
        starts = instead_of
    rule = _rule(part, starts)
    added = _listed(part, "RDATE", zones, starts)
    if starts.defined and (rule or added):
        raise NotUnderstood(_zone_words())
    return Event(
        uid=_uid(part, starts),
        sequence=_sequence(part.value("SEQUENCE")),
        stamp=(part.value("DTSTAMP")[:20], part.value("LAST-MODIFIED")[:20]),
        cancelled=cancelled,
        title=title_of(part),
        place=_line(part.first("LOCATION"), LONGEST_PLACE),
        description=_text(part.first("DESCRIPTION")),
        starts=starts,
        minutes=_minutes(part, zones, starts, here),
        rule=rule,
        left_out=_listed(part, "EXDATE", zones, starts),
        added=added,
        instead_of=instead_of,
        and_later=bool(instead_of and part.all("RECURRENCE-ID")[0].params.get("RANGE")),
    )


def title_of(part: Part) -> str:
    """The title in one line, as far as there is one."""
    return _line(part.first("SUMMARY"), LONGEST_TITLE)


def day_of_part(part: Part) -> str:
    """The day on which an event begins, as far as it can be told without its zone; for events not understood."""
    try:
        return _wall(part.value("DTSTART")[:8])[0].isoformat()
    except NotUnderstood:
        return ""


def year_of(part: Part) -> int | None:
    """The year in which an event begins, where it can be told."""
    found = part.value("DTSTART")[:4]
    return int(found) if re.fullmatch(r"[0-9]{4}", found) and FIRST_YEAR <= int(found) <= LAST_YEAR else None


def _zone_words() -> str:
    return _("It goes by a time zone that is not known here, so its hour is not certain.")


# ---------------------------------------------------------------- days and hours


def _one(part: Part, name: str, zones: Zones) -> When | None:
    found = part.all(name)
    if not found:
        return None
    if len({(each.value.strip(), each.params.get("TZID")) for each in found}) > 1:
        raise NotUnderstood(_("Its day or hour cannot be read."))
    return _when(found[0].value.strip(), found[0], zones)


def _when(text: str, found: Property, zones: Zones) -> When:
    wall, utc = _wall(text)
    if not isinstance(wall, datetime):
        return When(wall)
    if utc:
        return When(wall, "UTC")
    tzid = found.params.get("TZID", "")
    if not tzid:
        return When(wall)
    try:
        zone = zones.named(tzid)
    except UnknownZone:
        raise NotUnderstood(_zone_words()) from None
    return When(wall, zone.name, None if zone.name else zone.defined)


def _wall(text: str) -> tuple[Wall, bool]:
    """A DATE or DATE-TIME (RFC 5545, sections 3.3.4 and 3.3.5), and whether it is of UTC."""
    try:
        if _DATE.match(text):
            read: Wall = datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a day of the wall clock
            utc = False
        elif found := _TIME.match(text):
            # A leap second is the last one of its minute.
            second = min(int(found[4] or 0), 59)
            day = datetime.strptime(found[1], "%Y%m%d")  # noqa: DTZ007 - its zone is told beside it
            read = day.replace(hour=int(found[2]), minute=int(found[3]), second=second)
            utc = bool(found[5])
        else:
            raise NotUnderstood(_("Its day or hour cannot be read."))
    except ValueError:
        raise NotUnderstood(_("Its day or hour cannot be read.")) from None
    # One year from the edges, so that no other clock leads beyond them.
    if not FIRST_YEAR < read.year < LAST_YEAR:
        raise NotUnderstood(_("Its day or hour cannot be read."))
    return read, utc


def _listed(part: Part, name: str, zones: Zones, starts: When) -> tuple[When, ...]:
    out: list[When] = []
    for found in part.all(name):
        texts = [each.strip() for each in found.value.split(",") if each.strip()]
        if len(texts) + len(out) > MOST_LISTED:
            raise NotUnderstood(_("Some of the days that it adds or leaves out cannot be read."))
        for text in texts:
            try:
                # A PERIOD (with "/") has a length of its own and would be another event; it is no day or hour here.
                each = _when(text, found, zones)
            except NotUnderstood:
                raise NotUnderstood(_("Some of the days that it adds or leaves out cannot be read.")) from None
            if each.is_hour is not starts.is_hour:
                if name == "RDATE":
                    raise NotUnderstood(_("Some of the days that it adds or leaves out cannot be read."))
                if each.is_hour:
                    assert isinstance(each.wall, datetime)
                    each = When(each.wall.date())
            out.append(each)
    return tuple(out)


def _minutes(part: Part, zones: Zones, starts: When, here: str) -> int:
    ends = _one(part, "DTEND", zones)
    if ends is not None:
        if ends.is_hour is not starts.is_hour:
            raise NotUnderstood(_("Its day or hour cannot be read."))
        length = ends.instant(here) - starts.instant(here) if starts.is_hour else _between(starts, ends)
    elif part.all("DURATION"):
        length = _duration(part.value("DURATION"))
    else:
        return 0
    if length < timedelta(0):
        raise NotUnderstood(_("It ends before it begins."))
    length = min(length, timedelta(days=MOST_DAYS))
    if starts.is_hour:
        return -(-int(length.total_seconds()) // 60)
    days = -(-int(length.total_seconds()) // 86_400)
    return days * DAY_MINUTES if days > 1 else 0


def _between(starts: When, ends: When) -> timedelta:
    first, last = starts.wall, ends.wall
    assert isinstance(first, date)
    assert isinstance(last, date)
    return last - first


def _duration(text: str) -> timedelta:
    from icalendar.prop import vDuration

    if len(text) > 60:
        raise NotUnderstood(_("Its length cannot be read."))
    try:
        read = vDuration.from_ical(text.upper())  # type: ignore[no-untyped-call]
    except ValueError:
        raise NotUnderstood(_("Its length cannot be read.")) from None
    assert isinstance(read, timedelta)
    return read


# ---------------------------------------------------------------- the rule


def _rule(part: Part, starts: When) -> str:
    rules = {each.value.strip().upper() for each in part.all("RRULE") if each.value.strip()}
    if not rules and not part.all("EXRULE"):
        return ""
    if len(rules) > 1 or part.all("EXRULE"):
        raise NotUnderstood(_("It repeats in a way that cannot be read here."))
    try:
        return read_repeat(_without_clock(rules.pop(), starts)).text()
    except InvalidRepeat:
        raise NotUnderstood(_("It repeats in a way that cannot be read here.")) from None


def _without_clock(text: str, starts: When) -> str:
    """Some programs say the hour again in the rule; where it is the hour of the start, it says nothing new."""
    wall = starts.wall
    if not isinstance(wall, datetime):
        return text
    known = dict(zip(_BY_CLOCK, (str(wall.hour), str(wall.minute), str(wall.second)), strict=True))
    parts = [each.partition("=") for each in text.rstrip(";").split(";")]
    return ";".join(
        f"{name}={value}" for name, _equals, value in parts if known.get(name) != (value.lstrip("0") or "0")
    )


# ---------------------------------------------------------------- the rest


def _line(found: Property | None, longest: int) -> str:
    text = " ".join(found.text().split()) if found is not None else ""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def _text(found: Property | None) -> str:
    text = found.text() if found is not None else ""
    return text if len(text) <= LONGEST_DESCRIPTION else f"{text[: LONGEST_DESCRIPTION - 1].rstrip()}…"


def _uid(part: Part, starts: When) -> str:
    """The UID; where a file has none, one made from what it says, so that the same file is known again."""
    text = "".join(each for each in part.value("UID") if each.isprintable())
    if text and len(text) <= LONGEST_UID:
        return text
    made = text or f"{title_of(part)}\n{starts.wall.isoformat()}\n{starts.zone}"
    return f"x-{hashlib.blake2b(made.encode('utf-8', 'replace'), digest_size=12).hexdigest()}"


def _sequence(text: str) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else 0


def utc_text(moment: datetime) -> str:
    """An instant as ISO 8601 in UTC."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")
