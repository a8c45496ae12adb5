"""Which copies stay, over any sequence of days and under any clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from planner.store.backups_thinning import DAY, DAYS, LONGEST, WEEK, WEEKS, kept, labelled, next_stamp

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOURS = st.lists(st.integers(1, 24 * 5), min_size=1, max_size=80)
STAMPS = st.lists(st.integers(-24 * 800, 24 * 800), max_size=60).map(
    lambda found: [START + timedelta(hours=each) for each in found]
)


def live(gaps: list[int], stamps: set[datetime] | None = None, now: datetime = START) -> tuple[set[datetime], datetime]:
    """Make a copy after each gap, in hours, and thin after each, as the program does."""
    found = set(stamps or ())
    for gap in gaps:
        now += timedelta(hours=gap)
        found.add(now)
        found = set(kept(found, now))
        assert now in found
    return found, now


def days_of(stamps: set[datetime]) -> list[datetime]:
    return sorted({each.date(): each for each in sorted(stamps)}.values())


@given(HOURS)
def test_as_promised_under_a_right_clock(gaps: list[int]) -> None:
    made: set[datetime] = set()
    now = START
    found: set[datetime] = set()
    for gap in gaps:
        now += timedelta(hours=gap)
        made.add(now)
        found = set(kept(found | {now}, now))
        newest = days_of(made)[-DAYS:]
        # The newest of each of the newest seven days is always there …
        assert {each for each in newest if each > now - LONGEST} <= found
        # … and three of the weeks before at most, nothing twice a day, nothing too old.
        assert len(found) <= DAYS + WEEKS
        assert len({each.date() for each in found}) == len(found)
        assert all(each > now - LONGEST for each in found)


def test_a_year_of_days_keeps_seven_days_and_three_weeks() -> None:
    found, now = live([24] * 365)
    labels = kept(found, now)
    assert sorted((now - each).days for each, why in labels.items() if why == DAY) == list(range(7))
    weeks = sorted((now - each).days for each, why in labels.items() if why == WEEK)
    assert len(weeks) == 3
    assert max(weeks) < 30
    assert len({each.isocalendar()[:2] for each, why in labels.items() if why == WEEK}) == 3
    assert labelled(list(found)) == labels


@given(HOURS, st.integers(-2000, 2000), st.integers(0, 23), HOURS)
def test_one_day_with_a_wrong_clock_takes_nothing_away(
    gaps: list[int], days_off: int, hour: int, after: list[int]
) -> None:
    before, now = live(gaps)
    wrong = next_stamp(now + timedelta(days=days_off, hours=hour), before)
    during = set(kept(before | {wrong}, wrong))
    assert wrong in during
    right = next_stamp(now + timedelta(hours=after[0]), during)
    found = set(kept(during | {right}, right))
    assert right in found
    # So far off that none of the others is of its last thirty days, or of its past at all.
    if wrong - LONGEST >= now or wrong + timedelta(days=1) < min(before):
        assert set(kept(before | {right}, right)) <= found
    # And in the end nothing of it stays.
    for gap in after[1:]:
        right += timedelta(hours=gap)
        found = set(kept(found | {right}, right))
    if len({each.date() for each in found if right - LONGEST < each <= right}) > DAYS:
        assert all(right - LONGEST < each <= right + timedelta(days=1) for each in found)


@given(STAMPS, st.integers(-24 * 800, 24 * 800))
def test_whatever_there_is_the_last_good_ones_stay(stamps: list[datetime], hours: int) -> None:
    now = next_stamp(START + timedelta(hours=hours), stamps)
    every = {*stamps, now}
    found = set(kept(every, now))
    assert now in found
    assert found <= every
    assert len(found) >= min(2, len(days_of(every)))
    # Thinning what was thinned takes nothing more.
    assert set(kept(found, now)) == found
    assert len(found) <= 3 * (DAYS + WEEKS)


@given(HOURS)
def test_a_clock_that_begins_anew_at_every_start_loses_nothing(gaps: list[int]) -> None:
    before, _now = live(gaps)
    stuck = datetime(2010, 1, 1, tzinfo=UTC)
    found = before
    for _start in range(30):
        stamp = next_stamp(stuck, found)
        found = set(kept(found | {stamp}, max(stuck, stamp)))
        assert stamp in found
        assert days_of(before)[-DAYS:] == days_of({each for each in found if each.year > 2010})[-DAYS:]


def test_away_for_months_the_earlier_ones_go_on_the_second_day() -> None:
    before, now = live([24] * 20)
    back = now + timedelta(days=200)
    first = set(kept(before | {back}, back))
    assert before <= first
    second = set(kept(first | {back + timedelta(days=1)}, back + timedelta(days=1)))
    assert second == {back, back + timedelta(days=1)}


def test_of_one_day_the_newest_stays_by_the_days_of_utc() -> None:
    day = datetime(2026, 3, 12, tzinfo=UTC)
    stamps = [day - timedelta(minutes=1), day, day + timedelta(hours=5), day + timedelta(hours=23)]
    assert set(kept(stamps, stamps[-1])) == {stamps[0], stamps[3]}
