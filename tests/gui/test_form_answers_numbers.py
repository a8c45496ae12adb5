"""Numbers and days in their parts, expected as ODK's "Number widgets" and "Date and time widgets" say it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.forms import Choice
from planner.ui.a11y import walk
from planner.ui.formats import Formats
from planner.ui.pages.form_answers import AreaAnswer, LineAnswer
from planner.ui.pages.form_answers_days import MomentPartsAnswer, Parts, PartsAnswer, YearAnswer, parts_of
from planner.ui.pages.form_answers_number_words import grouped, ungrouped, written
from planner.ui.pages.form_answers_numbers import CounterAnswer, DigitsAnswer, GroupedAnswer
from planner.ui.pages.form_words import shown
from planner.ui.theme import theme
from tests.gui.answer_desk import TODAY, Asked, ask, question
from tests.gui.forms_desk import Key, press, type_keys

EN, ES, DE, FR = (Formats(each, "12", TODAY) for each in ("en", "es", "de", "fr"))


# ---------------------------------------------------------------- numbers


def test_a_counter_counts_up_from_nothing_and_never_below_zero(qtbot: QtBot) -> None:
    """ODK, "Counter"."""
    asked = ask(qtbot, question("integer", "counter"))
    answer = asked.answer
    assert isinstance(answer, CounterAnswer)
    assert answer.value() == ""
    press(answer.stepper.more)
    press(answer.stepper.more)
    press(answer.stepper.fewer)
    press(answer.stepper.fewer)
    press(answer.stepper.fewer)
    assert asked.given == ["1", "2", "1", "0", "0"]
    answer.stepper.field.setFocus()
    type_keys(Key.Key_Up)
    assert asked.given[-1] == "1"
    assert walk(asked.window) == []


def test_what_is_typed_into_a_counter_and_no_number_is_not_thrown_away(qtbot: QtBot) -> None:
    asked = ask(qtbot, question("integer", "counter"))
    type_keys("two", Key.Key_Up)
    assert asked.answer.value() == "two"
    assert asked.given == []


@pytest.mark.parametrize(
    ("formats", "kept", "seen"),
    [
        (EN, "1234567", "1,234,567"),
        (EN, "-1234.5", "-1,234.5"),
        (EN, "999", "999"),
        (EN, "", ""),
        (EN, "about 1000", "about 1000"),
        (EN, "12345678901234567890.00100", "12,345,678,901,234,567,890.00100"),
        (
            DE,
            "1234567.5",
            "1\u00a0234\u00a0567,5",
        ),  # "for locales that use the point separator a space is used instead"
        (FR, "1234.5", "1\u00a0234,5"),
    ],
)
def test_marks_between_thousands(formats: Formats, kept: str, seen: str) -> None:
    """ODK, "Thousands separator"."""
    assert grouped(kept, formats) == seen
    assert ungrouped(seen, formats) == kept


@pytest.mark.parametrize(
    ("formats", "typed", "kept"),
    [
        (EN, "1,000", "1000"),
        (EN, "1 000", "1000"),
        (EN, "1'000.5", "1000.5"),
        (EN, "2,5", "2.5"),
        (EN, "12,50", "12.50"),
        (EN, "1,000,000", "1000000"),
        (ES, "1,000", "1000"),
        (DE, "1.000,5", "1000.5"),
        (DE, "1.000.000", "1000000"),
        (DE, "2,5", "2.5"),
        (EN, "0,125", "0.125"),
        (EN, "1,500000", "1500000"),
        (EN, "about ten", "about ten"),
    ],
)
def test_numbers_are_read_as_people_type_them(formats: Formats, typed: str, kept: str) -> None:
    assert ungrouped(typed, formats) == kept


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3), st.sampled_from([EN, ES, DE, FR]))
def test_no_digit_is_ever_lost(number: object, formats: Formats) -> None:
    kept = format(number, "f")
    assert ungrouped(grouped(kept, formats), formats) == kept


def test_the_field_puts_the_marks_when_it_is_left(qtbot: QtBot) -> None:
    asked = ask(qtbot, question("integer", "thousands-sep", value="1500"))
    assert isinstance(asked.answer, GroupedAnswer)
    assert asked.answer.field.text() == "1,500"
    assert asked.answer.value() == "1500"
    type_keys("000", Key.Key_Return)
    assert asked.answer.field.text() == "1,500,000"
    assert asked.given == ["1500000"]
    assert asked.onward == 1


def test_a_text_of_digits_is_kept_as_it_is_typed(qtbot: QtBot) -> None:
    """ODK, "Number text widget": the input is a string, such as .0,1-2 5."""
    asked = ask(qtbot, question("text", "numbers"))
    assert isinstance(asked.answer, DigitsAnswer)
    type_keys("007-1.5,2", Key.Key_Tab)
    assert asked.answer.value() == "007-1.5,2"
    both = ask(qtbot, question("text", "numbers thousands-sep", value="123456789012"))
    assert isinstance(both.answer, GroupedAnswer)
    assert both.answer.field.text() == "123,456,789,012"


# ---------------------------------------------------------------- days


def parts(asked: Asked) -> PartsAnswer:
    assert isinstance(asked.answer, PartsAnswer)
    return asked.answer


def choose_month(asked: Asked, downs: int) -> None:
    parts(asked).parts.month.setFocus()
    type_keys(*[Key.Key_Down] * downs)


def test_a_month_of_a_year_keeps_its_first_day(qtbot: QtBot) -> None:
    """ODK, "Month and year only"."""
    asked = ask(qtbot, question("date", "month-year"))
    choose_month(asked, 3)
    assert asked.answer.problem() == "Which year is it? You can also leave it empty."
    parts(asked).parts.year.setFocus()
    type_keys("2024", Key.Key_Tab)
    assert asked.given[-1] == "2024-03-01"
    assert asked.answer.problem() == ""
    assert not parts(asked).parts.day.isVisible()
    assert walk(asked.window) == []


def test_the_parts_of_a_day_stand_in_the_order_of_the_language(qtbot: QtBot) -> None:
    english = parts(ask(qtbot, question("date", "no-calendar"))).parts
    spanish = parts(ask(qtbot, question("date", "no-calendar"), language="es")).parts
    assert english.parts == [english.month, english.day, english.year]
    assert spanish.parts == [spanish.day, spanish.month, spanish.year]


def test_a_day_without_a_calendar_by_keys_alone(qtbot: QtBot) -> None:
    """ODK, "Date widget with spinner input"."""
    asked = ask(qtbot, question("date", "no-calendar"))
    type_keys(Key.Key_Down, Key.Key_Down, Key.Key_Tab)  # February
    type_keys("29", Key.Key_Return)
    type_keys("2023")
    assert asked.answer.problem() == "This month has no such day. You can also leave it empty."
    type_keys(Key.Key_Up)
    assert asked.answer.problem() == ""
    assert asked.answer.value() == "2024-02-29"
    type_keys(Key.Key_Return)
    assert asked.onward == 1


@pytest.mark.parametrize(("typed", "kept"), [("87", "1987-03-01"), ("31", "2031-03-01"), ("0026", "0026-03-01")])
def test_a_year_of_two_figures_is_the_nearest(qtbot: QtBot, typed: str, kept: str) -> None:
    asked = ask(qtbot, question("date", "month-year", value="--03"))
    QTest.keyClicks(parts(asked).parts.year, typed)
    assert asked.answer.value() == kept


@given(st.integers(0, 9999), st.integers(0, 12), st.integers(0, 31))
def test_what_is_known_of_a_day_is_kept_and_comes_back(year: int, month: int, day: int) -> None:
    known = Parts(year, month, day)
    assert parts_of(known.text) == known or (year and day and not month)


def test_half_a_day_comes_back_on_the_screen(qtbot: QtBot) -> None:
    asked = ask(qtbot, question("date", "no-calendar", value="--03-12"))
    first = parts(asked).parts
    assert (first.day.text(), first.month.value(), first.year.text()) == ("12", "3", "")
    assert asked.answer.value() == "--03-12"


def test_what_is_no_day_stays_until_another_is_typed(qtbot: QtBot) -> None:
    asked = ask(qtbot, question("date", "month-year", value="around Easter"))
    assert asked.answer.value() == "around Easter"
    choose_month(asked, 1)
    assert asked.answer.value() == "--01"


def test_a_year_alone_keeps_its_first_day(qtbot: QtBot) -> None:
    """ODK, "Year only"."""
    asked = ask(qtbot, question("date", "year"))
    assert isinstance(asked.answer, YearAnswer)
    type_keys(Key.Key_Up)
    assert [str(each) for each in asked.given] == ["2026-01-01"]
    type_keys(Key.Key_Down)
    assert str(asked.answer.value()) == "2025-01-01"
    asked.answer.stepper.field.setText("soon")
    assert asked.answer.value() == "soon"
    assert asked.answer.problem() == "A year looks like 2026. You can also leave it empty."


def test_looking_at_a_year_does_not_change_the_day_that_was_kept(qtbot: QtBot) -> None:
    asked = ask(qtbot, question("date", "year", value="2019-08-14"))
    assert asked.answer.value() == "2019-08-14"
    type_keys(Key.Key_Up)
    assert str(asked.answer.value()) == "2020-01-01"


def test_a_moment_in_its_parts(qtbot: QtBot) -> None:
    """ODK, "Datetime widget": supports the no-calendar appearance."""
    asked = ask(qtbot, question("dateTime", "no-calendar", value="2026-03-12"))
    assert isinstance(asked.answer, MomentPartsAnswer)
    assert asked.answer.value() == "2026-03-12"
    asked.answer.hour.field.setFocus()
    type_keys("9:15", Key.Key_Return)
    assert str(asked.answer.value()).startswith("2026-03-12 09:15")
    assert asked.onward == 1
    assert walk(asked.window) == []


# ---------------------------------------------------------------- read over


@pytest.mark.parametrize(
    ("kind", "appearance", "value", "words"),
    [
        ("integer", "", "2026", "2026"),
        ("integer", "thousands-sep", "12500", "12,500"),
        ("decimal", "", "1234567.89", "1234567.89"),
        ("date", "month-year", "2026-03-01", "March 2026"),
        ("date", "year", "2026-01-01", "2026"),
        ("date", "", "2026-03-12", "March 12, 2026"),
        ("date", "year", "soon", "soon"),
        ("range", "", "2.5", "2.5"),
    ],
)
def test_answers_are_read_over_as_they_were_asked(kind: str, appearance: str, value: str, words: str) -> None:
    assert shown(question(kind, appearance, value=value), EN) == words


def test_a_ranking_is_read_over_with_its_places_and_a_range_with_its_label() -> None:
    choices = [Choice("a", "Sleep"), Choice("b", "Food"), Choice("10", "Very")]
    assert shown(question("rank", choices=choices, value="b a"), EN) == "1. Food, 2. Sleep"
    assert shown(question("range", choices=choices, value="10"), EN) == "10 (Very)"
    assert shown(question("range", choices=choices, value="9"), EN) == "9"
    assert written("2.5", DE) == "2,5"


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("size", [1.0, 2.0])
@pytest.mark.parametrize(
    ("kind", "appearance"),
    [
        ("integer", "counter"),
        ("integer", "thousands-sep"),
        ("text", "numbers"),
        ("date", "month-year"),
        ("date", "year"),
        ("date", "no-calendar"),
        ("dateTime", "no-calendar"),
    ],
)
def test_each_has_names_and_can_be_reached_and_painted(
    qtbot: QtBot, kind: str, appearance: str, size: float, look: str
) -> None:
    theme.apply(look, size, "en")
    asked = ask(qtbot, question(kind, appearance), width=540)
    assert walk(asked.window) == []
    assert not asked.window.grab().isNull()
    assert QApplication.focusWidget() is asked.answer.first()
    assert asked.answer.first() is not None


@pytest.mark.parametrize(
    ("rows", "several"), [("5", True), ("1", False), ("", False), ("many", False), ("9999", False)]
)
def test_a_text_has_as_many_lines_as_it_asks_for(qtbot: QtBot, rows: str, several: bool) -> None:
    """The specification, "Body Attributes": rows is the least number of rows a text gets."""
    answer = ask(qtbot, question("text", settings={"rows": rows})).answer
    assert isinstance(answer, AreaAnswer if several else LineAnswer)
    two = ask(qtbot, question("text", settings={"rows": "2"})).answer
    assert isinstance(two, AreaAnswer)
    assert not isinstance(answer, AreaAnswer) or answer.area.minimumHeight() > two.area.minimumHeight()
