"""Calendar files in a few words, for the tests."""

from __future__ import annotations

from planner.exchange.calendar_read import CalendarFile, Coming, read_calendar

HERE = "America/New_York"
BERLIN = (
    "BEGIN:VTIMEZONE\nTZID:{tzid}\n"
    "BEGIN:DAYLIGHT\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nDTSTART:19700329T020000\n"
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\nEND:DAYLIGHT\n"
    "BEGIN:STANDARD\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nDTSTART:19701025T030000\n"
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\nEND:STANDARD\nEND:VTIMEZONE"
)


def fixed_zone(tzid: str, offset: str) -> str:
    return (
        f"BEGIN:VTIMEZONE\nTZID:{tzid}\nBEGIN:STANDARD\nDTSTART:19700101T000000\n"
        f"TZOFFSETFROM:{offset}\nTZOFFSETTO:{offset}\nEND:STANDARD\nEND:VTIMEZONE"
    )


def event(*lines: str, uid: str = "1@example.org") -> str:
    return "\n".join(["BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT"])


def calendar(*parts: str, method: str = "") -> bytes:
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//EN", *([f"METHOD:{method}"] if method else [])]
    return ("\n".join([*head, *parts, "END:VCALENDAR"]) + "\n").replace("\n", "\r\n").encode()


def read(content: bytes, zone: str = HERE) -> CalendarFile:
    return read_calendar(content, zone, lambda _done, _of: None)


def one(*lines: str, zones: str = "", zone: str = HERE) -> Coming:
    found = read(calendar(*([zones] if zones else []), event(*lines)), zone)
    assert found.not_understood == ()
    (coming,) = found.coming
    return coming


def why_not(*lines: str, zones: str = "") -> str:
    found = read(calendar(*([zones] if zones else []), event(*lines)))
    assert found.coming == ()
    (left,) = found.not_understood
    return left.reason
