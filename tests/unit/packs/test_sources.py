from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.packs.sources import COLUMNS, confirmed, is_old, load_sources, newest, partial_date, read_sources
from planner.packs.texts import PackProblem

HEADER = ",".join(COLUMNS)


def test_the_shipped_sources_are_whole() -> None:
    sources = load_sources()
    assert len(sources) > 40
    for each in sources.values():
        assert each.supports
        assert each.title
        assert each.address.startswith(("https://", "http://"))
        assert each.page_date is None or each.page_date <= each.read_date


@pytest.mark.parametrize(
    "lines",
    [
        ["id,title"],
        [HEADER, "a,b,c,https://a.org,soon,2026-11-23"],
        [HEADER, "a,b,c,https://a.org,2026-13,2026-11-23"],
        [HEADER, "a,b,c,https://a.org,,"],
        [HEADER, "a,b,c,nowhere,,2026-11-23"],
        [HEADER, "a,b,c,https://a.org,,2026-11-23", "a,b,c,https://b.org,,2026-11-23"],
        [HEADER, "a,b"],
    ],
)
def test_a_broken_row_is_refused(lines: list[str]) -> None:
    with pytest.raises(PackProblem):
        read_sources(lines)


def test_a_partial_date_is_the_earliest_day_it_can_mean() -> None:
    assert partial_date("2024") == date(2024, 1, 1)
    assert partial_date("2019-02") == date(2019, 2, 1)
    assert partial_date("2025-12-19") == date(2025, 12, 19)
    assert partial_date("") is None


def test_two_pages_of_one_publisher_are_one_source() -> None:
    sources = read_sources(
        [
            HEADER,
            "one,x,x,https://www.example.org/a,2020-01-01,2026-11-23",
            "two,x,x,https://news.example.org/b,2021-01-01,2026-11-23",
            "three,x,x,https://other.org/,,2026-11-23",
            "release,x,x,https://www.pubt.io/view/1,,2026-11-23",
            "agency,x,x,https://acf.gov/blog,,2026-11-23",
        ]
    )
    assert not confirmed(["one", "two"], sources)
    assert not confirmed(["one", "one", "unknown"], sources)
    assert not confirmed(["release", "agency"], sources)
    assert confirmed(["one", "three"], sources)
    assert newest(["one", "two", "three"], sources) == date(2021, 1, 1)
    assert newest(["three"], sources) is None


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 2000))
def test_older_than_a_year_must_be_checked(when: date, days: int) -> None:
    assert is_old(when, when + timedelta(days)) == (days > 365)
    assert is_old(None, when)
