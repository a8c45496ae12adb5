"""Days and times: what is written can be typed again, and what people type is read."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.ui.formats import Formats

TODAY = date(2026, 3, 12)
EN, ES = Formats("en", "12", TODAY), Formats("es", "24", TODAY)


@given(st.dates(date(1930, 1, 1), date(2090, 12, 31)), st.sampled_from([EN, ES]))
def test_a_day_that_was_written_is_read_again(day: date, formats: Formats) -> None:
    assert formats.read_day(formats.day_full(day)) == day


@given(st.times(), st.sampled_from([EN, ES]))
def test_a_time_that_was_written_is_read_again(at: time, formats: Formats) -> None:
    whole = at.replace(second=0, microsecond=0, tzinfo=None)
    assert formats.read_time(formats.time(whole)) == whole


@given(st.text())
def test_any_text_is_a_day_or_none(text: str) -> None:
    assert isinstance(EN.read_day(text), date | None)
    assert isinstance(EN.read_time(text), time | None)


def test_words_are_those_of_the_language() -> None:
    assert EN.day(TODAY) == "March 12"
    assert EN.day(date(2027, 1, 2)) == "January 2, 2027"
    assert EN.day_with_weekday(TODAY) == "Thursday, March 12"
    assert (EN.day_short(TODAY), EN.weekday_short(TODAY), EN.month_year(TODAY)) == ("Mar 12", "Thu", "March 2026")
    assert ES.day(TODAY) == "12 de marzo"
    assert ES.day_with_weekday(TODAY) == "jueves 12 de marzo"
    assert EN.time(time(15)) == "3\u00a0pm"
    assert EN.time(time(10, 30)) == "10:30\u00a0am"
    assert ES.time(time(15)) == "15:00"
    assert [EN.near(date(2026, 3, day)) for day in (11, 12, 13, 16, 30)] == [
        "yesterday", "today", "tomorrow", "Monday", "March 30",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12/31/2026", date(2026, 12, 31)), ("12.13", date(2026, 12, 13)), ("31 12 26", date(2026, 12, 31)),
        ("2026-12-31", date(2026, 12, 31)), ("dec 31", date(2026, 12, 31)), ("31 December 2027", date(2027, 12, 31)),
        ("Thursday, March 12", TODAY), ("1/5", date(2027, 1, 5)), ("2/20", date(2026, 2, 20)), ("today", TODAY),
        ("2/29", date(2028, 2, 29)), ("2/30", None), ("", None), ("soon", None), ("13/13", None), ("12", None),
    ],
)  # fmt: skip
def test_days_are_read_as_people_type_them(text: str, day: date | None) -> None:
    assert EN.read_day(text) == day


def test_the_order_is_that_of_the_language() -> None:
    assert EN.read_day("3/4") == date(2026, 3, 4)
    assert Formats("es", "24", TODAY).month_first == ES.month_first
    assert ES.read_day("31 de diciembre de 2026") == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("3", time(15)),
        ("9", time(9)),
        ("3 pm", time(15)),
        ("3 p. m.", time(15)),
        ("12 am", time(0)),
        ("12", time(12)),
        ("15:30", time(15, 30)),
        ("3.30", time(15, 30)),
        ("1530", time(15, 30)),
        ("930", time(9, 30)),
        ("noon", time(12)),
        ("25", None),
        ("9:75", None),
        ("13 pm", None),
        ("", None),
        ("late", None),
    ],
)
def test_times_are_read_as_people_type_them(text: str, at: time | None) -> None:
    assert EN.read_time(text) == at
