from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from planner.plan import InvalidRepeat
from planner.plan.agenda import Occurrence, occurrences
from planner.plan.clock import read_wall, write_wall, zone_named
from planner.plan.records import Appointment, Outcome, WhatHappened
from planner.plan.repeat import Every, read_repeat
from planner.plan.repeat_words import describe_repeat, repeat_rule

NEW_YORK, MADRID, MEXICO = "America/New_York", "Europe/Madrid", "America/Mexico_City"


def dates(
    starts: str,
    repeat: str = "",
    zone: str = MADRID,
    since: str = "2020-01-01",
    until: str = "2030-01-01",
    **more: object,
) -> list[Occurrence]:
    appointment = Appointment(id="a", starts=starts, repeat=repeat, zone=zone, **more)  # type: ignore[arg-type]
    return occurrences(appointment, [], date.fromisoformat(since), date.fromisoformat(until), strict=True)


def utc(*when: int) -> datetime:
    return datetime(*when, tzinfo=UTC)  # type: ignore[misc,arg-type]


def test_once() -> None:
    (one,) = dates("2026-03-12T10:30", minutes=45)
    assert one == Occurrence(
        appointment_id="a",
        starts="2026-03-12T10:30",
        zone=MADRID,
        starts_utc=utc(2026, 3, 12, 9, 30),
        ends_utc=utc(2026, 3, 12, 10, 15),
        all_day=False,
        original_starts="2026-03-12T10:30",
    )
    assert dates("2026-03-12T10:30", since="2026-03-13") == []
    assert dates("2026-03-12T10:30", until="2026-03-12") == []


def test_whole_day_has_no_instants() -> None:
    (one,) = dates("2026-03-12", minutes=45)
    assert (one.all_day, one.starts, one.starts_utc, one.ends_utc) == (True, "2026-03-12", None, None)


@pytest.mark.parametrize(
    ("zone", "wall", "instant", "shown"),
    [
        # Worked by hand from the rules of each place. New York: 02:00 EST becomes 03:00 EDT on 8 March 2026.
        (NEW_YORK, "2026-03-08T01:59", utc(2026, 3, 8, 6, 59), "2026-03-08T01:59"),
        (NEW_YORK, "2026-03-08T02:30", utc(2026, 3, 8, 7, 30), "2026-03-08T03:30"),
        (NEW_YORK, "2026-03-08T03:00", utc(2026, 3, 8, 7, 0), "2026-03-08T03:00"),
        # 02:00 EDT becomes 01:00 EST on 1 November 2026: half past one comes twice, the first counts.
        (NEW_YORK, "2026-11-01T01:30", utc(2026, 11, 1, 5, 30), "2026-11-01T01:30"),
        (NEW_YORK, "2026-11-01T02:00", utc(2026, 11, 1, 7, 0), "2026-11-01T02:00"),
        # The example of RFC 5545: 1 April 2007 was already summer there; 2 November 2025 was the end of it.
        (NEW_YORK, "2007-11-04T01:30", utc(2007, 11, 4, 5, 30), "2007-11-04T01:30"),
        (NEW_YORK, "2007-03-11T02:30", utc(2007, 3, 11, 7, 30), "2007-03-11T03:30"),
        # Madrid: 02:00 CET becomes 03:00 CEST on 29 March 2026, and 03:00 becomes 02:00 on 25 October.
        (MADRID, "2026-03-29T02:30", utc(2026, 3, 29, 1, 30), "2026-03-29T03:30"),
        (MADRID, "2026-10-25T02:30", utc(2026, 10, 25, 0, 30), "2026-10-25T02:30"),
        (MADRID, "2026-10-25T03:00", utc(2026, 10, 25, 2, 0), "2026-10-25T03:00"),
        # Mexico City kept summer time until 30 October 2022, and none since.
        (MEXICO, "2022-04-03T02:30", utc(2022, 4, 3, 8, 30), "2022-04-03T03:30"),
        (MEXICO, "2022-07-01T09:00", utc(2022, 7, 1, 14, 0), "2022-07-01T09:00"),
        (MEXICO, "2023-07-01T09:00", utc(2023, 7, 1, 15, 0), "2023-07-01T09:00"),
    ],
)
def test_hours_when_the_clock_changes(zone: str, wall: str, instant: datetime, shown: str) -> None:
    (one,) = dates(wall, zone=zone, since="2000-01-01")
    assert (one.starts_utc, one.starts, one.original_starts) == (instant, shown, wall)


def test_a_repeating_hour_stays_the_same_on_the_wall_and_lengths_are_real_minutes() -> None:
    found = dates("2026-03-07T02:30", "FREQ=DAILY;COUNT=3", NEW_YORK, minutes=60)
    assert [each.starts for each in found] == ["2026-03-07T02:30", "2026-03-08T03:30", "2026-03-09T02:30"]
    assert [each.starts_utc for each in found] == [utc(2026, 3, d, h, 30) for d, h in ((7, 7), (8, 7), (9, 6))]
    assert [each.ends_utc for each in found] == [utc(2026, 3, d, h, 30) for d, h in ((7, 8), (8, 8), (9, 7))]
    assert found[1].original_starts == "2026-03-08T02:30"


def test_left_out_and_added_dates() -> None:
    found = dates(
        "2026-01-05T09:00",
        "FREQ=WEEKLY;COUNT=4",
        except_starts=("2026-01-12T09:00", "2026-01-19"),
        extra_starts=("2026-01-14T16:00", "rubbish", "2026-01-15", "2026-01-26T09:00"),
    )
    assert [each.starts for each in found] == ["2026-01-05T09:00", "2026-01-14T16:00", "2026-01-26T09:00"]


@pytest.mark.parametrize(
    ("until", "count"),
    [("20260108", 4), ("20260108T090000", 4), ("20260108T085959", 3), ("20260108T080000Z", 4), ("20260108T075959Z", 3)],
)
def test_until_counts_its_own_moment(until: str, count: int) -> None:
    assert len(dates("2026-01-05T09:00", f"FREQ=DAILY;UNTIL={until}")) == count


def test_a_rule_without_end_gives_only_the_window() -> None:
    found = dates("1999-01-01T08:00", "FREQ=DAILY", since="2026-03-01", until="2026-03-08")
    assert [each.starts[:10] for each in found] == [f"2026-03-0{day}" for day in range(1, 8)]
    assert len(dates("1900-01-01", "FREQ=DAILY", since="1900-01-01", until="2200-01-01")) == 10_000


def test_count_is_counted_from_the_first_date_and_the_first_date_always_counts() -> None:
    assert [each.starts for each in dates("2026-01-05", "FREQ=DAILY;COUNT=5", since="2026-01-08")] == [
        "2026-01-08",
        "2026-01-09",
    ]
    # A Monday, repeated on Tuesdays.
    assert [each.starts for each in dates("2026-01-05", "FREQ=WEEKLY;BYDAY=TU;COUNT=3")] == [
        "2026-01-05",
        "2026-01-06",
        "2026-01-13",
    ]


@pytest.mark.parametrize(
    ("starts", "rule", "expected"),
    [
        # Examples of RFC 5545, section 3.8.5.3.
        (
            "1997-09-02",
            "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH",
            "09-02 09-04 09-16 09-18 09-30 10-02 10-14 10-16",
        ),
        ("1997-09-05", "FREQ=MONTHLY;COUNT=4;BYDAY=1FR", "09-05 10-03 11-07 12-05"),
        ("1997-09-22", "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", "09-22 10-20 11-17 12-22 01-19 02-16"),
        ("1997-09-28", "FREQ=MONTHLY;BYMONTHDAY=-3;COUNT=4", "09-28 10-29 11-28 12-29"),
        ("1997-09-30", "FREQ=MONTHLY;COUNT=4;BYMONTHDAY=1,-1", "09-30 10-01 10-31 11-01"),
        ("1997-01-01", "FREQ=YEARLY;INTERVAL=3;COUNT=4;BYYEARDAY=1,100,200", "01-01 04-10 07-19 01-01"),
        ("1997-05-19", "FREQ=YEARLY;BYDAY=20MO;COUNT=3", "05-19 05-18 05-17"),
        ("1997-05-12", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=3", "05-12 05-11 05-17"),
        ("1997-09-04", "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "09-04 10-07 11-06"),
        ("1997-09-29", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2;COUNT=4", "09-29 10-30 11-27 12-30"),
        ("1997-08-05", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "08-05 08-10 08-19 08-24"),
        ("1997-08-05", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "08-05 08-17 08-19 08-31"),
        ("2007-01-15", "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "01-15 01-30 02-15 03-15 03-30"),
        ("2024-02-29", "FREQ=YEARLY;COUNT=3", "02-29 02-29 02-29"),
        ("2026-01-31", "FREQ=MONTHLY;COUNT=4", "01-31 03-31 05-31 07-31"),
    ],
)
def test_rules_of_the_standard(starts: str, rule: str, expected: str) -> None:
    found = dates(starts, rule, since="1990-01-01", until="2060-01-01")
    assert " ".join(each.starts[5:] for each in found) == expected


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY", "FREQ=MINUTELY", "FREQ=HOURLY", "DAILY", "", "FREQ=DAILY;FREQ=DAILY", "FREQ=DAILY;BYHOUR=9",
        "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;INTERVAL=-1", "FREQ=DAILY;INTERVAL=1,2", "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=10001", "FREQ=DAILY;COUNT=2;UNTIL=20260101", "FREQ=DAILY;UNTIL=2026",
        "FREQ=DAILY;UNTIL=20261301",
        "FREQ=DAILY;BYDAY=1MO", "FREQ=MONTHLY;BYDAY=6MO", "FREQ=MONTHLY;BYDAY=XX", "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=MONTHLY;BYMONTHDAY=32", "FREQ=WEEKLY;BYMONTHDAY=3", "FREQ=MONTHLY;BYYEARDAY=3", "FREQ=MONTHLY;BYWEEKNO=3",
        "FREQ=DAILY;BYSETPOS=1", "FREQ=YEARLY;BYMONTH=13", "FREQ=DAILY;X-A=1", "FREQ=DAILY;", "FREQ=DAILY\n",
        "FREQ=DAILY;WKST=XX", "FREQ=YEARLY;BYDAY=54MO", "FREQ=DAILY;COUNT=" + "9" * 600, "FREQ=DAILY;COUNT=٣",
        "RRULE:FREQ=DAILY", "FREQ=YEARLY;BYWEEKNO=3;BYDAY=1MO",
    ],
)  # fmt: skip
def test_broken_rules_are_refused_and_the_first_date_stays(rule: str) -> None:
    with pytest.raises(InvalidRepeat):
        read_repeat(rule)
    appointment = Appointment(starts="2026-01-05T09:00", zone=MADRID, repeat=rule, extra_starts=("2026-01-09T10:00",))
    found = occurrences(appointment, [], date(2026, 1, 1), date(2026, 2, 1))
    assert [each.starts for each in found] == ["2026-01-05T09:00", "2026-01-09T10:00"]
    if rule:
        with pytest.raises(InvalidRepeat):
            occurrences(appointment, [], date(2026, 1, 1), date(2026, 2, 1), strict=True)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=YEARLY;BYYEARDAY=366;BYMONTH=1",
        "FREQ=MONTHLY;BYMONTHDAY=1;BYSETPOS=300", "FREQ=DAILY;INTERVAL=1000;BYMONTH=2;BYMONTHDAY=30;COUNT=9999",
    ],
)  # fmt: skip
def test_rules_that_can_never_be_met_end(rule: str) -> None:
    assert len(dates("1900-01-05", rule, since="1900-01-01", until="2200-12-31")) == 1


@pytest.mark.parametrize(
    "starts", ["", "soon", "2026-02-30", "2026-01-05T25:00", "2026-01-05T09:00Z", "0001-01-01", "9999-12-31"]
)
def test_starts_that_are_no_dates(starts: str) -> None:
    assert occurrences(Appointment(starts=starts, repeat="FREQ=DAILY"), [], date(2026, 1, 1), date(2026, 2, 1)) == []
    with pytest.raises(InvalidRepeat):
        read_wall(starts)


@pytest.mark.parametrize("zone", ["Nowhere/Land", "../../etc/passwd", "/etc/localtime", "a" * 5000, "\0"])
def test_zones_that_are_none(zone: str) -> None:
    with pytest.raises(InvalidRepeat):
        zone_named(zone)
    (one,) = occurrences(Appointment(starts="2026-01-05T09:00", zone=zone), [], date(2026, 1, 1), date(2026, 2, 1))
    assert (one.zone, one.starts_utc) == ("", utc(2026, 1, 5, 9))


def told(occurrence: str, what: WhatHappened, new: str = "", id_: str = "o", removed: bool = False) -> Outcome:
    return Outcome(id=id_, appointment="a", occurrence=occurrence, what=what, new_starts=new, removed=removed)


WEEKLY = Appointment(id="a", starts="2026-01-05T09:00", zone=MADRID, repeat="FREQ=WEEKLY;COUNT=3", minutes=30)


def see(outcomes: list[Outcome], since: str = "2026-01-01", until: str = "2026-03-01") -> list[tuple[str, str, str]]:
    found = occurrences(WEEKLY, outcomes, date.fromisoformat(since), date.fromisoformat(until))
    return [(one.original_starts[5:10], one.starts[5:], one.outcome.what if one.outcome else "") for one in found]


def test_moved_dates_stand_at_their_new_place() -> None:
    moved = told("2026-01-12T09:00", WhatHappened.MOVED, "2026-02-03T15:30")
    assert see([moved]) == [
        ("01-05", "01-05T09:00", ""),
        ("01-19", "01-19T09:00", ""),
        ("01-12", "02-03T15:30", "moved"),
    ]
    assert see([moved], since="2026-02-01") == [("01-12", "02-03T15:30", "moved")]
    assert see([moved], since="2026-01-10", until="2026-01-15") == []
    assert see([told("2026-01-13T09:00", WhatHappened.MOVED, "2026-02-03T15:30")], since="2026-02-01") == []
    assert see([told("2026-01-12T09:00", WhatHappened.MOVED, "later")])[1] == ("01-12", "01-12T09:00", "")
    whole = occurrences(
        WEEKLY, [told("2026-01-12T09:00", WhatHappened.MOVED, "2026-02-03")], date(2026, 2, 1), date(2026, 3, 1)
    )
    assert [(one.all_day, one.starts) for one in whole] == [(True, "2026-02-03")]


def test_outcomes_stand_with_their_date_and_removed_ones_do_not() -> None:
    assert see([told("2026-01-12T09:00", WhatHappened.NOT_THIS_TIME)])[1] == ("01-12", "01-12T09:00", "not-this-time")
    assert see([told("2026-01-12T09:00", WhatHappened.WENT, removed=True)])[1] == ("01-12", "01-12T09:00", "")
    moved = told("2026-01-12T09:00", WhatHappened.MOVED, "2026-01-13T15:30", "z")
    went = told("2026-01-12T09:00", WhatHappened.WENT, id_="b")
    for both in ([moved, went], [went, moved]):
        assert see(both)[1] == ("01-12", "01-13T15:30", "went")


def test_building_rules() -> None:
    assert repeat_rule(Every.DAY, "2026-01-05T09:00") == "FREQ=DAILY"
    assert repeat_rule(Every.WEEK, "2026-01-05T09:00") == "FREQ=WEEKLY;BYDAY=MO"
    assert repeat_rule(Every.WEEK, "2026-01-05", interval=2, weekdays=[4, 0]) == "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR"
    assert repeat_rule(Every.MONTH, "2026-01-13", nth_weekday=True, count=6) == "FREQ=MONTHLY;BYDAY=2TU;COUNT=6"
    assert repeat_rule(Every.MONTH, "2026-01-29", nth_weekday=True) == "FREQ=MONTHLY;BYDAY=-1TH"
    assert repeat_rule(Every.MONTH, "2026-01-13", until=date(2026, 6, 1)) == "FREQ=MONTHLY;UNTIL=20260601"
    for bad in (
        {"weekdays": [7]},
        {"interval": 0},
        {"count": -1},
        {"until": date(2025, 1, 1)},
        {"count": 2, "until": date(2027, 1, 1)},
    ):
        with pytest.raises(InvalidRepeat):
            repeat_rule(Every.WEEK, "2026-01-05", **bad)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("", ""),
        ("FREQ=DAILY", "Every day"),
        ("FREQ=DAILY;INTERVAL=3;COUNT=4", "Every 3 days, 4 times"),
        ("FREQ=WEEKLY", "Every week on Monday"),
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR", "Every week on Monday, Wednesday and Friday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "Every day from Monday to Friday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", "Every day"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;UNTIL=20260601", "Every 2 weeks on Monday, until 2026-06-01"),
        ("FREQ=MONTHLY", "Every month on day 5"),
        ("FREQ=MONTHLY;INTERVAL=3", "Every 3 months on day 5"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "Every month on the last day"),
        ("FREQ=MONTHLY;BYDAY=2TU", "Every month on the second Tuesday"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "Every month on the last Friday"),
        ("FREQ=YEARLY", "Every year"),
        ("FREQ=YEARLY;INTERVAL=2", "Every 2 years"),
        ("FREQ=YEARLY;BYWEEKNO=3", "Repeats"),
        ("FREQ=MONTHLY;BYDAY=MO", "Repeats"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,2", "Repeats"),
        ("FREQ=MONTHLY;BYMONTHDAY=-2", "Repeats"),
        ("FREQ=YEARLY;BYDAY=MO", "Repeats"),
        ("nonsense", "Repeats"),
    ],
)
def test_rules_in_plain_words(rule: str, words: str) -> None:
    assert describe_repeat(rule, "2026-01-05T09:00") == words


def test_plain_and_numbered_days_in_one_rule_each_count() -> None:
    found = dates("2026-01-05", "FREQ=MONTHLY;BYDAY=MO,1TU;COUNT=5")
    assert [each.starts[5:] for each in found] == ["01-05", "01-06", "01-12", "01-19", "01-26"]


def test_hours_keep_their_seconds_when_they_have_any() -> None:
    for text in ("2026-01-05", "2026-01-05T09:00", "2026-01-05T09:00:30"):
        assert write_wall(read_wall(text)) == text


def test_what_lasts_two_weeks_has_its_end() -> None:
    trip = Appointment(starts="2026-03-02T08:00", zone="UTC", minutes=14 * 24 * 60)
    (found,) = occurrences(trip, (), date(2026, 3, 1), date(2026, 4, 1))
    assert found.ends_utc == datetime(2026, 3, 16, 8, tzinfo=UTC)
