"""Calendar files as they come: what is taken, what is left out and why; no file crashes or hangs."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.exchange import calendar_lines
from planner.exchange.calendar_lines import NotACalendar
from planner.exchange.calendar_read import Time
from planner.plan.records import WhatHappened
from tests.fuzz.fuzz_calendar import read as fuzz_read
from tests.fuzz.run import one as fuzz_one
from tests.unit.exchange.calendar_made import BERLIN, HERE, calendar, event, fixed_zone, one, read, why_not

SEEDS = Path("tests/fuzz/seeds/calendar")
FINDS = Path("tests/fuzz/finds/calendar")
AT_TEN = "DTSTART;TZID=America/New_York:20260312T100000"
MOVED, CANCELLED = WhatHappened.MOVED, WhatHappened.THEY_CANCELLED

# ---------------------------------------------------------------- what is taken


def test_a_plain_appointment() -> None:
    coming = one(AT_TEN, "DTEND;TZID=America/New_York:20260312T114500", "SUMMARY:Dentist", "LOCATION:Oak Street 5")
    assert (coming.title, coming.place) == ("Dentist", "Oak Street 5")
    assert (coming.starts, coming.zone, coming.minutes) == ("2026-03-12T10:00", HERE, 105)
    assert (coming.uid, coming.repeat, coming.any_clock, coming.cancelled) == ("1@example.org", "", False, False)


def test_texts_are_unescaped_and_stand_in_one_line() -> None:
    coming = one(AT_TEN, r"SUMMARY:A\, b\; c\\d\ne", r"DESCRIPTION:one\ntwo\, three")
    assert coming.title == r"A, b; c\d e"
    assert coming.description == "one\ntwo, three"


def test_a_line_may_be_folded_in_the_middle_of_a_letter() -> None:
    raw = calendar(event(AT_TEN, "SUMMARY:Caf\u00e9"))
    at = raw.index(b"\xc3") + 1
    assert read(raw[:at] + b"\r\n " + raw[at:]).coming[0].title == "Caf\u00e9"


@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_line_ends_and_encodings(end: bytes, encoding: str) -> None:
    text = calendar(event(AT_TEN, "SUMMARY:Visita a Mar\u00eda")).replace(b"\r\n", end).decode()
    assert read(text.encode(encoding)).coming[0].title == "Visita a Mar\u00eda"


def test_bytes_that_are_no_utf_8_are_read_as_older_programs_wrote_them() -> None:
    raw = calendar(event(AT_TEN, "SUMMARY:Caf\u00e9")).replace("\u00e9".encode(), b"\xe9")
    assert read(raw).coming[0].title == "Caf\u00e9"


def test_days_and_lengths() -> None:
    assert one("DTSTART;VALUE=DATE:20260401").minutes == 0
    assert one("DTSTART;VALUE=DATE:20260401", "DTEND;VALUE=DATE:20260402").minutes == 0
    several = one("DTSTART;VALUE=DATE:20260401", "DTEND;VALUE=DATE:20260404")
    assert (several.starts, several.minutes) == ("2026-04-01", 3 * 24 * 60)
    assert one("DTSTART:20260401", "DURATION:P2D").minutes == 2 * 24 * 60
    assert one(AT_TEN, "DURATION:PT1H30M").minutes == 90
    assert one(AT_TEN, "DURATION:PT90S").minutes == 2
    assert one(AT_TEN).minutes == 0


def test_an_end_in_another_zone_counts() -> None:
    coming = one("DTSTART;TZID=Europe/Berlin:20260601T180000", "DTEND;TZID=America/New_York:20260601T140000")
    assert coming.minutes == 120


def test_a_floating_hour_goes_by_the_clock_of_the_viewer() -> None:
    coming = one("DTSTART:20260401T090000")
    assert (coming.starts, coming.zone, coming.any_clock) == ("2026-04-01T09:00", HERE, True)


def test_an_hour_of_utc_is_told_by_the_clock_of_the_viewer() -> None:
    assert one("DTSTART:20260312T140000Z").starts == "2026-03-12T10:00"
    assert one("DTSTART:20260312T140000Z").zone == HERE


def test_the_second_of_two_hours_is_told_in_utc() -> None:
    first, second = one("DTSTART:20261101T053000Z"), one("DTSTART:20261101T063000Z")
    assert (first.starts, first.zone) == ("2026-11-01T01:30", HERE)
    assert (second.starts, second.zone) == ("2026-11-01T06:30", "UTC")


def test_only_what_is_needed_is_taken() -> None:
    coming = one(AT_TEN, "SUMMARY:Visit", "ATTENDEE;CN=Secret:mailto:secret@example.org", "X-SECRET:Secret")
    assert "ecret" not in repr(coming)


def test_what_turns_the_reading_round_is_taken_out() -> None:
    assert one(AT_TEN, "SUMMARY:ab\u202ecd\u2066e\x07").title == "abcde"


# ---------------------------------------------------------------- series


def test_a_series_with_what_was_left_out_and_added() -> None:
    coming = one(
        AT_TEN,
        "RRULE:FREQ=WEEKLY;BYDAY=TH;COUNT=5",
        "EXDATE;TZID=America/New_York:20260319T100000",
        "EXDATE:20260326T140000Z",
        "RDATE;TZID=America/New_York:20260320T100000,20260321T113000",
    )
    assert coming.repeat == "FREQ=WEEKLY;BYDAY=TH;COUNT=5"
    assert coming.except_starts == ("2026-03-19T10:00", "2026-03-26T10:00")
    assert coming.extra_starts == ("2026-03-20T10:00", "2026-03-21T11:30")


def test_an_hour_said_again_in_a_rule_says_nothing_new() -> None:
    assert one(AT_TEN, "RRULE:FREQ=DAILY;BYHOUR=10;BYMINUTE=0;BYSECOND=00").repeat == "FREQ=DAILY"
    assert "repeats" in why_not(AT_TEN, "RRULE:FREQ=DAILY;BYHOUR=9,10")


def test_one_time_that_only_moved_is_an_outcome() -> None:
    file = read(
        calendar(
            event(AT_TEN, "DURATION:PT1H", "RRULE:FREQ=WEEKLY", "SUMMARY:Class"),
            event(
                "RECURRENCE-ID:20260319T140000Z",
                "DTSTART;TZID=America/New_York:20260320T110000",
                "DURATION:PT1H",
                "SUMMARY:Class",
            ),
        )
    )
    (coming,) = file.coming
    assert coming.times == (Time("2026-03-19T10:00", MOVED, "2026-03-20T11:00"),)
    assert coming.except_starts == ()


def test_one_time_that_is_another_stands_apart() -> None:
    file = read(
        calendar(
            event(AT_TEN, "RRULE:FREQ=WEEKLY", "SUMMARY:Class"),
            event("RECURRENCE-ID;TZID=America/New_York:20260319T100000", AT_TEN, "SUMMARY:Exam"),
        )
    )
    series, single = file.coming
    assert series.except_starts == ("2026-03-19T10:00",)
    assert (single.title, single.recurrence, single.uid) == ("Exam", "2026-03-19T10:00", series.uid)


def test_one_time_that_they_cancelled() -> None:
    file = read(
        calendar(
            event(AT_TEN, "RRULE:FREQ=WEEKLY"),
            event("RECURRENCE-ID;TZID=America/New_York:20260319T100000", AT_TEN, "STATUS:CANCELLED"),
            event("RECURRENCE-ID;TZID=America/New_York:20260320T100000", AT_TEN, "STATUS:CANCELLED"),
        )
    )
    (coming,) = file.coming
    assert coming.times == (Time("2026-03-19T10:00", CANCELLED),), "the 20th is none of its days"


def test_all_later_times_changed_is_said_and_nothing_of_it_taken() -> None:
    file = read(
        calendar(
            event(AT_TEN, "RRULE:FREQ=WEEKLY", "SUMMARY:Class"),
            event("RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=America/New_York:20260319T100000", AT_TEN),
        )
    )
    assert file.coming == ()
    assert [(left.title, left.day) for left in file.not_understood] == [("Class", "2026-03-12")]
    assert "From one day on" in file.not_understood[0].reason


def test_the_newest_of_several_versions_counts() -> None:
    versions = [
        event(AT_TEN, f"SEQUENCE:{sequence}", f"DTSTAMP:{stamp}", f"SUMMARY:{title}")
        for sequence, stamp, title in (
            (1, "20260105T000000Z", "old"),
            (2, "20260102T000000Z", "new"),
            (2, "20260101T000000Z", "between"),
        )
    ]
    (coming,) = read(calendar(*versions)).coming
    assert (coming.title, coming.sequence) == ("new", 2)


def test_cancelled_by_status_and_by_method() -> None:
    assert one(AT_TEN, "STATUS:CANCELLED").cancelled
    assert read(calendar(event(AT_TEN), method="CANCEL")).coming[0].cancelled
    assert not read(calendar(event(AT_TEN), method="REQUEST")).coming[0].cancelled


def test_without_a_uid_the_same_file_is_known_again() -> None:
    raw = calendar(event(AT_TEN, "SUMMARY:Visit").replace("UID:1@example.org\n", ""))
    assert read(raw).coming[0].uid == read(raw).coming[0].uid != ""


# ---------------------------------------------------------------- zones


def test_a_zone_of_the_file_under_its_right_name() -> None:
    coming = one("DTSTART;TZID=Europe/Berlin:20260601T100000", zones=BERLIN.format(tzid="Europe/Berlin"))
    assert coming.zone == "Europe/Berlin"


def test_a_zone_of_the_file_under_any_name_is_found_by_its_clock() -> None:
    zones = BERLIN.format(tzid="Customized Time Zone 1")
    coming = one('DTSTART;TZID="Customized Time Zone 1":20260601T100000', "RRULE:FREQ=WEEKLY", zones=zones)
    from datetime import datetime
    from zoneinfo import ZoneInfo

    for month in (1, 4, 7, 11):
        here = datetime(2026, month, 15, 12, tzinfo=ZoneInfo(coming.zone))
        assert here.utcoffset() == here.replace(tzinfo=ZoneInfo("Europe/Berlin")).utcoffset()
    named = BERLIN.format(tzid="(UTC+01:00) Amsterdam, Berlin")
    assert one('DTSTART;TZID="(UTC+01:00) Amsterdam, Berlin":20260601T100000', zones=named).zone in (
        "Europe/Amsterdam",
        "Europe/Berlin",
    )


def test_the_viewers_own_zone_comes_first() -> None:
    zones = BERLIN.format(tzid="Somewhere")
    assert one("DTSTART;TZID=Somewhere:20260601T100000", zones=zones, zone="Europe/Madrid").zone == "Europe/Madrid"


def test_a_wrong_definition_under_a_known_name_counts_by_its_offsets() -> None:
    coming = one(
        "DTSTART;TZID=America/New_York:20260601T100000",
        "RRULE:FREQ=DAILY",
        zones=fixed_zone("America/New_York", "+0900"),
    )
    assert coming.zone not in ("America/New_York", "")
    assert (
        one("DTSTART;TZID=X:20260601T090000", zones=fixed_zone("X", "+0900"), zone="Asia/Tokyo").starts[11:] == "09:00"
    )


def test_a_zone_that_nobody_has_is_converted_once_and_not_for_ever() -> None:
    zones = fixed_zone("Odd", "+0217")
    coming = one("DTSTART;TZID=Odd:20260312T161700", zones=zones)
    assert (coming.starts, coming.zone) == ("2026-03-12T10:00", HERE)
    assert "time zone" in why_not("DTSTART;TZID=Odd:20260312T161700", "RRULE:FREQ=DAILY", zones=zones)


@pytest.mark.parametrize(
    ("tzid", "zone"),
    [
        ("america/new_york", "America/New_York"),
        ("/America/New_York", "America/New_York"),
        ("/mozilla.org/20050126_1/Europe/Berlin", "Europe/Berlin"),
        ("W. Europe Standard Time", "Europe/Berlin"),
    ],
)
def test_names_of_zones_as_programs_write_them(tzid: str, zone: str) -> None:
    assert one(f'DTSTART;TZID="{tzid}":20260312T100000').zone == zone


@pytest.mark.parametrize("tzid", ["America", "../../etc/passwd", "/etc/localtime", "Nowhere", "posix", "x" * 900, ""])
def test_no_zone_is_guessed(tzid: str) -> None:
    if not tzid:
        assert one("DTSTART;TZID=:20260312T100000").any_clock
        return
    assert "time zone" in why_not(f"DTSTART;TZID={tzid}:20260312T100000")


def test_the_zones_of_one_file_are_forgotten_before_the_next() -> None:
    assert one("DTSTART;TZID=Ours:20260312T100000", zones=fixed_zone("Ours", "+0900")).zone != HERE
    assert "time zone" in why_not("DTSTART;TZID=Ours:20260312T100000")


# ---------------------------------------------------------------- what is not understood


@pytest.mark.parametrize(
    ("lines", "word"),
    [
        ((), "no day"),
        (("DTSTART:tomorrow",), "day or hour"),
        (("DTSTART:20260230",), "day or hour"),
        (("DTSTART:20260312T250000",), "day or hour"),
        (("DTSTART:00010101T000000",), "day or hour"),
        (("DTSTART:99991231T235959Z",), "day or hour"),
        (("DTSTART:20260312", "DTSTART:20260313"), "day or hour"),
        ((AT_TEN, "DTEND;TZID=America/New_York:20260312T090000"), "ends before"),
        ((AT_TEN, "DTEND;VALUE=DATE:20260313"), "day or hour"),
        ((AT_TEN, "DURATION:soon"), "length"),
        ((AT_TEN, "DURATION:-PT1H"), "ends before"),
        ((AT_TEN, "DURATION:P" + "9" * 70 + "D"), "length"),
        ((AT_TEN, "RRULE:FREQ=SECONDLY"), "repeats"),
        ((AT_TEN, "RRULE:FREQ=HOURLY;INTERVAL=6"), "repeats"),
        ((AT_TEN, "RRULE:FREQ=DAILY;COUNT=99999999999"), "repeats"),
        ((AT_TEN, "RRULE:" + "BYDAY=MO," * 500), "repeats"),
        ((AT_TEN, "RRULE:FREQ=DAILY", "RRULE:FREQ=WEEKLY"), "repeats"),
        ((AT_TEN, "RRULE:FREQ=DAILY", "EXRULE:FREQ=WEEKLY"), "repeats"),
        ((AT_TEN, "RRULE:FREQ=DAILY", "EXDATE:someday"), "adds or leaves out"),
        ((AT_TEN, "RDATE;VALUE=PERIOD:20260313T100000Z/PT1H"), "adds or leaves out"),
        ((AT_TEN, "RDATE;VALUE=DATE:20260313"), "adds or leaves out"),
        ((AT_TEN, "RDATE:" + ",".join(["20260313T100000Z"] * 5001)), "adds or leaves out"),
        ((AT_TEN, "SUMMARY:" + "x" * 100_001), "One of its lines"),
        (("DTSTART;TZID=" + "x" * 2000 + ":20260312T100000",), "One of its lines"),
        (('DTSTART;TZID="x:20260312T100000',), "One of its lines"),
    ],
)
def test_each_reason_is_said(lines: tuple[str, ...], word: str) -> None:
    assert word in why_not(*lines)


def test_a_reason_for_one_leaves_the_others() -> None:
    file = read(calendar(event("SUMMARY:Broken", uid="1"), event(AT_TEN, "SUMMARY:Whole", uid="2")))
    assert [each.title for each in file.coming] == ["Whole"]
    assert [each.title for each in file.not_understood] == ["Broken"]


def test_an_event_without_its_end_is_told() -> None:
    whole = calendar(event(AT_TEN, "SUMMARY:Cut"))
    file = read(whole[: whole.index(b"END:VEVENT")])
    assert [(left.title, "end is missing" in left.reason) for left in file.not_understood] == [("Cut", True)]
    doubled = calendar(event(AT_TEN, "SUMMARY:Cut").removesuffix("END:VEVENT"), event(AT_TEN, "SUMMARY:Whole", uid="2"))
    assert [each.title for each in read(doubled).coming] == ["Whole"]


def test_tasks_are_counted_and_answers_are_told_apart() -> None:
    file = read(calendar("BEGIN:VTODO\nSUMMARY:x\nEND:VTODO", "BEGIN:VTODO\nEND:VTODO"))
    assert [(left.title, left.reason) for left in file.not_understood] == [
        ("2 tasks", "Only appointments are brought in.")
    ]
    assert "answer" in read(calendar(event(AT_TEN), method="REPLY")).not_understood[0].reason


@pytest.mark.parametrize("raw", [b"", b"hello", b"\x00" * 100, b"BEGIN:VCARD\r\nEND:VCARD\r\n", b"%PDF-1.7", b"BEGIN:"])
def test_what_is_no_calendar_is_told_at_once(raw: bytes) -> None:
    with pytest.raises(NotACalendar, match="not a calendar"):
        read(raw)


def test_the_older_kind_is_told_apart() -> None:
    with pytest.raises(NotACalendar, match="older kind"):
        read(calendar(event(AT_TEN)).replace(b"VERSION:2.0", b"VERSION:1.0"))


def test_too_much_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = calendar(*[event(AT_TEN, uid=str(number)) for number in range(11)])
    monkeypatch.setattr(calendar_lines, "MOST_EVENTS", 10)
    with pytest.raises(NotACalendar, match="more than can be"):
        read(raw)
    monkeypatch.setattr(calendar_lines, "MOST_BYTES", len(raw) - 1)
    with pytest.raises(NotACalendar, match="too large"):
        read(raw)


def test_parts_within_parts_without_end_are_no_harm() -> None:
    deep = b"BEGIN:X\r\n" * 50_000
    assert read(
        calendar(event(AT_TEN)).replace(b"BEGIN:VEVENT", b"BEGIN:VEVENT\r\n" + deep + b"END:X\r\n" * 50_000)
    ).coming
    with pytest.raises(NotACalendar):
        read(deep + calendar(event(AT_TEN)))


def test_a_needless_long_line_is_passed_by() -> None:
    assert one(AT_TEN, "ATTACH;ENCODING=BASE64:" + "A" * 300_000).starts == "2026-03-12T10:00"


def test_stopping_stops() -> None:
    class Stop(Exception):
        pass

    def stop(_done: int, _of: int) -> None:
        raise Stop

    from planner.exchange.calendar_read import read_calendar

    with pytest.raises(Stop):
        read_calendar(calendar(event(AT_TEN)), HERE, stop)


# ---------------------------------------------------------------- anything at all


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_have_an_answer(raw: bytes) -> None:
    with suppress(NotACalendar):
        read(raw)


_LINES = st.sampled_from(
    [line for path in sorted(SEEDS.glob("*.ics")) for line in path.read_bytes().split(b"\r\n") if line]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(_LINES, max_size=40))
def test_any_lines_in_any_order_have_an_answer(lines: list[bytes]) -> None:
    fuzz_read(b"BEGIN:VCALENDAR\r\n" + b"\r\n".join(lines))


@pytest.mark.parametrize("path", [*sorted(SEEDS.glob("*")), *sorted(FINDS.glob("*"))], ids=lambda path: path.name)
def test_what_fuzzing_began_with_and_found(path: Path) -> None:
    assert fuzz_one(fuzz_read, path.read_bytes(), too_long=20) == ""


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from([b"\r\n", b"\n", b"\r", b"\r\n ", b"\n\t", b"a", b"SUMMARY:x", b"bc"]), max_size=60),
    st.integers(1, 12),
)
def test_lines_are_the_same_whatever_the_stretches(pieces: list[bytes], at_once: int) -> None:
    raw = b"x" + b"".join(pieces)
    before = calendar_lines._BYTES_AT_ONCE
    try:
        whole = list(calendar_lines._lines(raw, lambda _done, _of: None))
        calendar_lines._BYTES_AT_ONCE = at_once
        cut = list(calendar_lines._lines(raw, lambda _done, _of: None))
    finally:
        calendar_lines._BYTES_AT_ONCE = before
    assert cut == whole
    unfolded = re.sub(rb"(?:\r\n|\n|\r)[ \t]", b"", re.sub(rb"(?:\r\n|[\r\n])+", b"\n", raw))
    assert whole == [each.decode() for each in unfolded.split(b"\n") if each]


def test_long_work_asks_often_whether_to_stop() -> None:
    asked: list[int] = []
    folds = calendar(event(AT_TEN, "DESCRIPTION:x")).replace(b"DESCRIPTION:x", b"DESCRIPTION:x" + b"\r\n y" * 400_000)
    calendar_lines.read_parts(folds, lambda _done, _of: asked.append(1))
    assert len(asked) > 20


def test_what_comes_again_too_often_in_all_is_left_out() -> None:
    rule = ("RRULE:FREQ=DAILY;COUNT=10000", "SUMMARY:Again")
    found = read(calendar(*(event(AT_TEN, *rule, uid=f"again-{number}") for number in range(25))))
    assert len(found.coming) == 20, "two hundred thousand times"
    assert {each.reason for each in found.not_understood} == {
        "Together, what comes again in this file comes too often."
    }
