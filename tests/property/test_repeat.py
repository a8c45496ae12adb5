"""Our days of a rule against those of dateutil, for every rule that both read alike."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import takewhile
from unittest import mock

from dateutil.rrule import rrulestr
from hypothesis import assume, event, given
from hypothesis import strategies as st

from planner.plan import InvalidRepeat
from planner.plan.repeat import days, read_repeat

FAR = 8 * 366
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def signed(most: int) -> st.SearchStrategy[str]:
    numbers = st.integers(-most, most).filter(bool)
    return st.lists(numbers, min_size=1, max_size=4).map(lambda found: ",".join(map(str, found)))


@st.composite
def rules(draw: st.DrawFn) -> str:
    every = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={every}", f"INTERVAL={draw(st.integers(1, 5))}"]
    weekday = st.sampled_from(WEEKDAYS)
    # Not both in one rule: dateutil then asks for both at once, where the standard lists days that each count.
    if every in ("MONTHLY", "YEARLY") and draw(st.booleans()):
        weekday = st.tuples(st.sampled_from(["1", "2", "-1", "5", "+3"]), weekday).map("".join)
    choices = {
        "BYDAY": st.lists(weekday, min_size=1, max_size=4).map(",".join),
        "BYMONTHDAY": signed(31),
        "BYMONTH": st.lists(st.integers(1, 12), min_size=1, max_size=5).map(lambda found: ",".join(map(str, found))),
        "BYSETPOS": signed(4),
        "WKST": st.sampled_from(WEEKDAYS),
    }
    if every == "YEARLY":
        choices["BYYEARDAY"] = signed(366)
    names = draw(st.lists(st.sampled_from(sorted(choices)), unique=True, max_size=4))
    parts.extend(f"{name}={draw(choices[name])}" for name in names)
    return ";".join(parts)


@given(rules(), st.dates(date(1990, 1, 1), date(2030, 1, 1)), st.integers(0, 400), st.integers(0, 40))
def test_the_days_of_a_rule_are_those_of_dateutil(text: str, first: date, later: int, count: int) -> None:
    try:
        rule = read_repeat(text)
    except InvalidRepeat:
        assume(False)
    end = first + timedelta(days=FAR)
    until = f"{text};UNTIL={end:%Y%m%d}T000000"
    oracle = rrulestr(until, dtstart=datetime(first.year, first.month, first.day))  # noqa: DTZ001
    # For a rule that is never met, 30 February, dateutil would go on day by day to the last year there is.
    with mock.patch("datetime.MAXYEAR", end.year + 1):
        theirs = [day.date() for day in oracle if day.date() < end]
    synchronised = first in theirs
    event(f"the first day fits: {synchronised}")
    ours = list(days(rule, first, first, end))
    assert ours[0] == first
    if not synchronised and rule.bysetpos:
        return  # which place the first day takes among the others is undefined (RFC 5545, section 3.8.5.3)
    assert [day for day in ours if synchronised or day != first] == theirs
    since = first + timedelta(days=later)
    assert list(days(rule, first, since, end)) == [day for day in ours if day >= since]
    if count:
        counted = read_repeat(f"{text};COUNT={count}")
        assert list(days(counted, first, first, end)) == ours[:count]
        assert list(days(counted, first, since, end)) == [day for day in ours[:count] if day >= since]


@given(rules())
def test_a_rule_written_again_reads_the_same(text: str) -> None:
    try:
        rule = read_repeat(text)
    except InvalidRepeat:
        assume(False)
    assert read_repeat(rule.text()) == rule


@given(st.text(alphabet="FREQ=DAILYWKMON;,-0123456789TUZBC", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        rule = read_repeat("FREQ=" + text)
    except InvalidRepeat:
        return
    list(takewhile(lambda _day: True, days(rule, date(2000, 1, 1), date(2020, 1, 1), date(2021, 1, 1))))
