"""Bringing in a calendar: from its bytes to a notebook that holds it durably, beside icalendar reading it alone."""

from __future__ import annotations

import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter

from benches.table import Measured, in_turn, milliseconds, ratio, row, seconds

PACKAGING = Path(__file__).resolve().parent.parent
SECRET = "five made up words here"
ZONE = "America/New_York"
EVENTS = 5_000
REPEATS = 3
DAY = date(2026, 3, 12)


def made_up_calendar(events: int) -> bytes:
    """A calendar of two years, as an office program writes it; every tenth event repeats."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//EN"]
    for number in range(events):
        day = DAY - timedelta(days=365) + timedelta(days=number % 730)
        hour = f"{day:%Y%m%d}T{8 + number % 9:02}"
        lines += [
            "BEGIN:VEVENT",
            f"UID:{number}@example.org",
            "DTSTAMP:20260301T080000Z",
            f"DTSTART;TZID={ZONE}:{hour}0000",
            f"DTEND;TZID={ZONE}:{hour}4500",
            f"SUMMARY:Visit {number}",
            "LOCATION:Oak Street 5\\, second floor",
            "DESCRIPTION:Bring the letter and the card\\, and be there a little before",
            *(["RRULE:FREQ=WEEKLY;COUNT=10"] if number % 10 == 0 else []),
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            "TRIGGER:-PT15M",
            "END:VALARM",
            "END:VEVENT",
        ]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def brought_in(content: bytes) -> float:
    """Seconds from the bytes to a notebook on the disk that holds all of it: the look, then the one edit."""
    from planner.keys import Cost
    from planner.session import Mode, Session
    from planner.session.calendar_types import Chosen
    from planner.store.notebooks import Notebook

    (PACKAGING.parent / "build").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="planner-bench-", dir=PACKAGING.parent / "build") as name:
        notebook = Notebook.create(Path(name), SECRET, "", Cost())
        session = Session(notebook, clock=lambda: datetime(2026, 3, 12, 12, tzinfo=UTC), zone=ZONE)
        session.set_up(Mode.FOR_ME, "Ana")
        begun = perf_counter()
        preview = session.calendar_files.preview(content, _quiet)
        taken = session.calendar_files.take_in(preview, Chosen(keys=preview.chosen_first()), _quiet)
        took = perf_counter() - begun
        assert taken.new == EVENTS
        notebook.close()
    return took


def _quiet(_done: int, _of: int) -> None:
    """Nobody looks."""


@row("a calendar of 5,000 events brought in", "icalendar reading it", "3 ×")
def calendar_import() -> Measured:
    """Reading, comparing with the notebook and writing, against icalendar's own reading of the same bytes."""
    from icalendar import Calendar

    content = made_up_calendar(EVENTS)
    held = in_turn(lambda: brought_in(content), lambda: seconds(lambda: Calendar.from_ical(content)), REPEATS)
    return ratio(*held, 3, milliseconds)


@row("a calendar of 5,000 events looked at", "icalendar reading it", "1 ×")
def calendar_look() -> Measured:
    """Reading a file into what a plan knows, against icalendar's own reading of the same bytes."""
    from icalendar import Calendar

    from planner.exchange.calendar_read import read_calendar

    content = made_up_calendar(EVENTS)
    held = in_turn(
        lambda: seconds(lambda: read_calendar(content, ZONE, _quiet)),
        lambda: seconds(lambda: Calendar.from_ical(content)),
        REPEATS,
    )
    return ratio(*held, 1, milliseconds)
