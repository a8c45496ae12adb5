"""The lines of a calendar file (RFC 5545, section 3.1), read within bounds.

icalendar splits the lines that are hard to split; which line belongs to which event is found
here. Its own ``Calendar.from_ical`` is not used: it keeps the time zones that one file defines for the next file, works
rules of zones out without a bound, and ends in an ``IsADirectoryError`` where a zone is called like a folder (all
three tried with 7.3.0).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from time import perf_counter

from planner.errors import MachineTrouble
from planner.words import _

MOST_BYTES = 20 * 1024 * 1024
MOST_EVENTS = 20_000
MOST_ZONES = 500
LONGEST_LINE = 100_000
"""Characters of a line that is needed; a longer one (a picture as text, say) is read only where it can be passed by."""

MOST_OF_A_KIND = 2_000
"""Lines of one name in one event."""

LONGEST_HEAD = 1_000
DEEPEST = 20
_PIECE = 200
_BYTES_AT_ONCE = 65_536
_OFTEN = 0.02

Progress = Callable[[int, int], None]

_NEEDED = {
    "VCALENDAR": frozenset({"METHOD", "VERSION"}),
    "VEVENT": frozenset(
        {"UID", "SUMMARY", "LOCATION", "DESCRIPTION", "STATUS", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED"}
        | {"DTSTART", "DTEND", "DURATION", "RRULE", "EXRULE", "RDATE", "EXDATE", "RECURRENCE-ID"}
    ),
    "VTIMEZONE": frozenset({"TZID", "X-LIC-LOCATION"}),
    "STANDARD": frozenset({"DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE"}),
    "DAYLIGHT": frozenset({"DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE"}),
}
_INSIDE = {"VEVENT": "VCALENDAR", "VTIMEZONE": "VCALENDAR", "STANDARD": "VTIMEZONE", "DAYLIGHT": "VTIMEZONE"}
_NAME = re.compile(r"[ \t]*([A-Za-z0-9-]{1,60})[ \t]*([:;])")
_HEAD = re.compile(r'[^":]*(?:"[^"]*"[^":]*)*:')
_ESCAPED = re.compile(r"\\([\\,;:nN])")
# What is no letter, and what turns the reading round, so that a text shows something else than it says.
_CONTROL = dict.fromkeys(
    [*range(9), 11, 12, *range(14, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF]
)


class Beat:
    """Passes on how far work is, but not more often than somebody can see; what it calls may raise to stop."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._last = 0.0

    def __call__(self, done: int, of: int) -> None:
        """To be called as often as there is a place for it."""
        now = perf_counter()
        if now - self._last >= _OFTEN:
            self._last = now
            self._progress(done, of)


class NotACalendar(MachineTrouble):
    """The whole file cannot be read as a calendar; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Property:
    """One line: its parameters by upper-case name, and its value as it stands."""

    params: Mapping[str, str]
    value: str

    def text(self) -> str:
        """The value as text (RFC 5545, section 3.3.11), without signs that are no text."""
        unescaped = _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], self.value)
        return unescaped.translate(_CONTROL).strip()


@dataclass(slots=True)
class Part:
    """A calendar, an event, a time zone or one of its two halves. ``whole`` is False where its end is missing."""

    name: str
    properties: dict[str, list[Property]] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    """Names of needed lines that could not be split, were too long, or too many."""

    whole: bool = True

    def first(self, name: str) -> Property | None:
        """The first line of this name."""
        found = self.properties.get(name)
        return found[0] if found else None

    def all(self, name: str) -> list[Property]:
        """Every line of this name."""
        return self.properties.get(name, [])

    def value(self, name: str) -> str:
        """The value of the first line of this name, without space around it; empty where there is none."""
        found = self.first(name)
        return found.value.strip() if found is not None else ""


@dataclass(frozen=True, slots=True)
class Parts:
    """The calendars of a file, each with its zones and events, and how many tasks stand beside them."""

    calendars: list[Part]
    tasks: int


def read_parts(content: bytes, progress: Progress) -> Parts:
    """The calendars of a file. ``progress`` may raise to stop.

    Raises:
        NotACalendar: it is no calendar, is of the older kind (vCalendar 1.0), or is larger than can be read here.
    """
    if len(content) > MOST_BYTES:
        raise NotACalendar(
            _("This calendar is too large to bring in at once."),
            _("Where it comes from, choose a shorter time, for example one year, and save it again."),
        )
    reader = _Reader()
    for number, line in enumerate(_lines(content, progress)):
        if number % _PIECE == 0:
            progress(0, 0)
        reader.take(line)
    calendars = reader.end()
    if not reader.begun:
        raise NotACalendar(
            _("This is not a calendar that can be read here."), _("Calendar files usually end in “.ics”.")
        )
    if any(each.value("VERSION") == "1.0" for each in calendars):
        raise NotACalendar(
            _("This calendar is of an older kind that cannot be read here."),
            _("If you can, save it again as “iCalendar” or “.ics”."),
        )
    return Parts(calendars, reader.tasks)


def _lines(content: bytes, progress: Progress) -> Iterator[str]:
    """The unfolded lines. A fold may lie inside a letter, so it is taken out before bytes become letters."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        content = content.decode("utf-16", "replace").encode("utf-8", "replace")
    elif content[:4] in (b"B\0E\0", b"\0B\0E"):
        content = content.decode("utf-16-le" if content[1] == 0 else "utf-16-be", "replace").encode("utf-8", "replace")
    whole: list[bytes] = []
    length = 0
    for piece in _pieces(content.removeprefix(b"\xef\xbb\xbf")):
        progress(0, 0)
        for line in piece.splitlines():
            if not line:
                continue
            if line[:1] in (b" ", b"\t"):
                # Of a line that is too long anyway, no more is kept than tells so.
                if length <= 4 * LONGEST_LINE:
                    whole.append(line[1:])
                    length += len(line) - 1
                continue
            if whole:
                yield _letters(b"".join(whole))
            whole, length = [line], len(line)
    if whole:
        yield _letters(b"".join(whole))


def _pieces(content: bytes) -> Iterator[bytes]:
    """The bytes in stretches of whole lines, so that no single step takes long."""
    begin = 0
    while begin < len(content):
        far = begin + _BYTES_AT_ONCE
        found = [at for sign in (b"\n", b"\r") if (at := content.find(sign, far, far + _BYTES_AT_ONCE)) >= 0]
        last = min(found) if found else content.find(b"\n", far)
        end = last + 1 if last >= 0 else len(content)
        # Both signs of one line end stay together.
        if content[end - 1 : end + 1] == b"\r\n":
            end += 1
        yield content[begin:end]
        begin = end


def _letters(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        # Older programs wrote what their system used; for Western ones that was this.
        return line.decode("cp1252", "replace")


class _Reader:
    """Which line belongs to which part; what is not needed is passed by."""

    def __init__(self) -> None:
        self.begun = False
        self.tasks = 0
        self._calendars: list[Part] = []
        self._open: list[Part] = []
        self._other: list[str] = []
        self._deeper = 0
        self._events = self._zones = 0

    def take(self, line: str) -> None:
        found = _NAME.match(line)
        if found is None:
            return
        name = found[1].upper()
        if name in ("BEGIN", "END") and found[2] == ":":
            what = line[found.end() :].strip().upper()[:60]
            (self._begin if name == "BEGIN" else self._end)(what)
            return
        if not self._open or self._other or self._deeper:
            return
        part = self._open[-1]
        if name not in _NEEDED[part.name]:
            return
        held = part.properties.setdefault(name, [])
        read = _property(line, found) if len(line) <= LONGEST_LINE and len(held) < MOST_OF_A_KIND else None
        if read is None:
            part.broken.add(name)
        else:
            held.append(read)

    def _begin(self, what: str) -> None:
        self.tasks += what == "VTODO"
        if what in _NEEDED and not self._deeper:
            self._begin_needed(what)
        elif len(self._other) >= DEEPEST:
            self._deeper += 1
        else:
            self._other.append(what)

    def _begin_needed(self, what: str) -> None:
        self.begun = self.begun or what in ("VCALENDAR", "VEVENT")
        outer = _INSIDE.get(what, "")
        # An event never lies in another: where one begins, the one before, whose end is missing, is over.
        while self._open and self._open[-1].name != outer:
            self._open.pop().whole = False
            self._other.clear()
        self._other.clear()
        if outer and not self._open:
            if outer != "VCALENDAR":
                return
            self._open_part(Part("VCALENDAR"))
        self._count(what)
        self._open_part(Part(what))

    def _count(self, what: str) -> None:
        self._events += what == "VEVENT"
        self._zones += what == "VTIMEZONE"
        if self._events > MOST_EVENTS or self._zones > MOST_ZONES:
            raise NotACalendar(
                _("This calendar holds more than can be brought in at once."),
                _("Where it comes from, choose a shorter time, for example one year, and save it again."),
            )

    def _open_part(self, part: Part) -> None:
        (self._open[-1].parts if self._open else self._calendars).append(part)
        self._open.append(part)

    def _end(self, what: str) -> None:
        if self._deeper:
            self._deeper -= 1
            return
        if what in self._other:
            while self._other.pop() != what:
                pass
            return
        if not any(part.name == what for part in self._open):
            return
        self._other.clear()
        while (part := self._open.pop()).name != what:
            part.whole = False

    def end(self) -> list[Part]:
        for part in self._open:
            part.whole = False
        return self._calendars


def _property(line: str, found: re.Match[str]) -> Property | None:
    """A line in its parts; None where it cannot be split."""
    if found[2] == ":":
        return Property({}, line[found.end() :])
    head = _HEAD.match(line, found.end() - 1)
    if head is None or head.end() - found.end() > LONGEST_HEAD:
        return None
    from icalendar.parser import Contentline

    try:
        line_of_head = Contentline(f"{found[1]}{head[0]}")  # type: ignore[no-untyped-call]
        _name, params, _value = line_of_head.raw_parts()
    except ValueError:
        return None
    plain = {str(key).upper(): each if isinstance(each, str) else "" for key, each in params.items()}
    return Property(plain, line[head.end() :])
