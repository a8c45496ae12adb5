"""Ranges, expected as ODK's "Range widgets" and the specification's "Body Attributes" (start, end, step) say it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.forms import Choice, Question
from planner.forms.kinds import range_of
from planner.ui.a11y import walk
from planner.ui.pages.form_answers import NumberAnswer
from planner.ui.pages.form_answers_choices_range import PickerAnswer, ScaleAnswer, StarsAnswer, text_of, values_of
from planner.ui.pages.form_answers_choices_scale import Scale
from planner.ui.theme import theme
from tests.gui.answer_desk import Asked, ask, question
from tests.gui.forms_desk import Key, button, press, type_keys

TEN = {"start": "1", "end": "10", "step": "1"}
HALVES = {"start": "0.5", "end": "5.0", "step": "0.5"}
HUNDRED = {"start": "0", "end": "100", "step": "5", "tick-interval": "25", "placeholder": "50"}


def of(settings: dict[str, str], appearance: str = "", *, value: str = "", data_type: str = "int") -> Question:
    return question("range", appearance, settings=settings, value=value, data_type=data_type, label="How calm?")


def scale(asked: Asked) -> Scale:
    assert isinstance(asked.answer, ScaleAnswer)
    return asked.answer.scale


# ---------------------------------------------------------------- values


@pytest.mark.parametrize(
    ("settings", "data_type", "expected"),
    [
        (TEN, "int", "1 2 3 4 5 6 7 8 9 10"),
        (HALVES, "decimal", "0.5 1.0 1.5 2.0 2.5 3.0 3.5 4.0 4.5 5.0"),
        ({"start": "10", "end": "0", "step": "5"}, "int", "10 5 0"),
        ({"start": "-1", "end": "1", "step": "1"}, "int", "-1 0 1"),
        ({"start": "0", "end": "10", "step": "4"}, "int", "0 4 8"),
        ({"start": "0", "end": "0.3", "step": "0.1"}, "decimal", "0.0 0.1 0.2 0.3"),
        ({"start": "1", "end": "1", "step": "1"}, "int", ""),
        ({"start": "1", "end": "10", "step": "0"}, "int", ""),
        ({"start": "1", "end": "NaN", "step": "1"}, "int", ""),
        ({"start": "0", "end": "1e9", "step": "1"}, "int", ""),
        ({}, "int", ""),
    ],
)
def test_the_values_go_from_the_start_in_steps(settings: dict[str, str], data_type: str, expected: str) -> None:
    asked = of(settings, data_type=data_type)
    kept = [text_of(each, asked) for each in values_of(asked)]
    assert list(map(Decimal, kept)) == list(map(Decimal, expected.split()))
    assert data_type != "int" or kept == expected.split()


@given(
    st.integers(-50, 50), st.integers(-50, 50), st.decimals(Decimal("0.05"), 20, places=2).filter(lambda each: each > 0)
)
def test_every_value_is_one_that_the_form_takes(start: int, end: int, step: Decimal) -> None:
    asked = of({"start": str(start), "end": str(end), "step": str(step)}, data_type="decimal")
    bounds = range_of(asked.settings)
    numbers = values_of(asked)
    if bounds is None:
        assert numbers == []
        return
    assert numbers[0] == start
    assert all(bounds.holds(Decimal(text_of(each, asked))) for each in numbers)
    assert abs(end - numbers[-1]) < step
    assert len(set(numbers)) == len(numbers)


# ---------------------------------------------------------------- on a line


def test_nothing_is_chosen_at_first_and_leaving_keeps_nothing(qtbot: QtBot) -> None:
    """ODK, "Range tick interval and placeholder": no value is set until the user interacts with the range."""
    asked = ask(qtbot, of(HUNDRED))
    assert scale(asked).place is None
    assert asked.answer.value() == ""
    assert "Nothing chosen yet" in scale(asked).accessibleName()
    assert asked.given == []


@pytest.mark.parametrize(("settings", "expected"), [(TEN, "1"), (HUNDRED, "50")])
def test_the_first_key_chooses_the_placeholder_or_the_start(
    qtbot: QtBot, settings: dict[str, str], expected: str
) -> None:
    """ODK, as above: when the placeholder is tapped, that value is saved."""
    asked = ask(qtbot, of(settings))
    type_keys(Key.Key_Right)
    assert asked.given == [expected]


def test_keys_go_along_the_line_and_stop_at_its_ends(qtbot: QtBot) -> None:
    asked = ask(qtbot, of(HUNDRED, value="25"))
    type_keys(Key.Key_Right, Key.Key_Up, Key.Key_Left, Key.Key_Down)
    assert asked.given == ["30", "35", "30", "25"]
    type_keys(Key.Key_End, Key.Key_Right, Key.Key_Home, Key.Key_Left, Key.Key_PageUp)
    assert asked.given[4:] == ["100", "0", "10"]
    assert asked.onward == 0
    type_keys(Key.Key_Return)
    assert asked.onward == 1


def test_from_the_right_the_arrows_turn(qtbot: QtBot) -> None:
    theme.apply(language="ar")
    asked = ask(qtbot, of(TEN, value="5"))
    type_keys(Key.Key_Left)
    assert asked.given == ["6"]
    QTest.mouseClick(scale(asked), Qt.MouseButton.LeftButton, pos=QPoint(4, scale(asked).height() // 2))
    assert asked.given == ["6", "10"]


def test_a_digit_chooses_its_value(qtbot: QtBot) -> None:
    asked = ask(qtbot, of(TEN))
    assert asked.answer.pick(7)
    assert asked.given == ["7"]
    assert not ask(qtbot, of(HUNDRED)).answer.pick(7)


def test_it_is_taken_back_by_key_and_by_button(qtbot: QtBot) -> None:
    asked = ask(qtbot, of(TEN, value="5"))
    type_keys(Key.Key_Delete)
    assert asked.given == [""]
    assert scale(asked).place is None
    type_keys(Key.Key_Space)
    press(button(asked.answer, "Take my answer back"))
    assert asked.given == ["", "1", ""]
    assert QApplication.focusWidget() is scale(asked)
    assert walk(asked.window) == []


@pytest.mark.parametrize("appearance", ["", "vertical", "no-ticks", "vertical no-ticks"])
def test_the_mouse_chooses_where_it_presses_and_is_kept_when_it_lets_go(qtbot: QtBot, appearance: str) -> None:
    """ODK, "Vertical range widget": the number line stands, its start below."""
    asked = ask(qtbot, of(TEN, appearance))
    line = scale(asked)
    upright = "vertical" in appearance
    low = QPoint(line.width() // 2, line.height() - 4) if upright else QPoint(4, line.height() // 2)
    high = QPoint(line.width() // 2, line._top() + 4) if upright else QPoint(line.width() - 4, line.height() // 2)
    QTest.mousePress(line, Qt.MouseButton.LeftButton, pos=low)
    assert asked.given == []
    assert asked.answer.value() == "1", "what is seen is the answer, should the page be left now"
    QTest.mouseMove(line, high)
    QTest.mouseRelease(line, Qt.MouseButton.LeftButton, pos=high)
    assert asked.given == ["10"]


def test_the_wheel_changes_nothing(qtbot: QtBot) -> None:
    asked = ask(qtbot, of(TEN, value="5"))
    middle = QPointF(scale(asked).rect().center())
    none = Qt.KeyboardModifier.NoModifier
    wheel = QWheelEvent(
        middle, middle, QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton, none, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(scale(asked), wheel)
    assert asked.given == []
    assert scale(asked).place == 4
    assert not wheel.isAccepted(), "the page scrolls"


@pytest.mark.parametrize(
    ("appearance", "settings", "expected"),
    [
        ("", TEN, list(range(10))),
        ("no-ticks", TEN, []),
        ("", HUNDRED, [0, 5, 10, 15, 20]),
        ("", {"start": "0", "end": "10", "step": "1", "tick-interval": "4"}, [0, 4, 8, 10]),
    ],
)
def test_ticks_stand_at_each_step_or_interval(
    qtbot: QtBot, appearance: str, settings: dict[str, str], expected: list[int]
) -> None:
    """ODK, "Range tick interval and placeholder" and "Range widget with no ticks"."""
    assert list(scale(ask(qtbot, of(settings, appearance)))._ticks) == expected


def test_the_forms_own_labels_stand_at_their_values(qtbot: QtBot) -> None:
    """ODK, "Range tick labels": the name of a label is the number of its tick."""
    from dataclasses import replace

    named = (Choice("0", "Not at all"), Choice("100", "Very much"), Choice("x", "Nowhere"))
    line = scale(ask(qtbot, replace(of(HUNDRED, value="100"), choices=named)))
    assert line._labels_text == {0: "Not at all", 20: "Very much"}
    assert line.accessibleName() == "How calm?: 100, Very much"


@pytest.mark.parametrize("value", ["3.3", "many", "200"])
def test_a_value_that_is_none_of_them_stays_until_another_is_chosen(qtbot: QtBot, value: str) -> None:
    asked = ask(qtbot, of(TEN, value=value))
    assert asked.answer.value() == value
    type_keys(Key.Key_Right)
    assert asked.given == ["1"]


@pytest.mark.parametrize("appearance", ["", "rating", "picker"])
@pytest.mark.parametrize("settings", [{}, {"start": "0", "end": "1e9", "step": "1"}, {**TEN, "step": "0"}])
def test_ends_without_sense_leave_a_number_to_type(qtbot: QtBot, appearance: str, settings: dict[str, str]) -> None:
    asked = ask(qtbot, of(settings, appearance))
    assert asked.answer.findChild(NumberAnswer) is not None
    type_keys("4")
    assert asked.answer.value() == "4"


# ---------------------------------------------------------------- stars and lists


def stars(asked: Asked) -> list[bool]:
    assert isinstance(asked.answer, StarsAnswer)
    return [each.filled for each in asked.answer.stars.stars]


def test_stars_are_filled_up_to_the_one_pressed(qtbot: QtBot) -> None:
    """ODK, "Range widget with rating": as many stars as the end parameter says, filled up to the one tapped."""
    asked = ask(qtbot, of({"start": "1", "end": "5", "step": "1"}, "rating"))
    assert stars(asked) == [False] * 5
    assert isinstance(asked.answer, StarsAnswer)
    press(asked.answer.stars.stars[2])
    assert asked.given == ["3"]
    assert stars(asked) == [True, True, True, False, False]
    type_keys(Key.Key_Right)
    assert asked.given == ["3", "4"]
    assert asked.answer.said.text() == "4 of 5"
    assert asked.answer.pick(2)
    assert stars(asked) == [True, True, False, False, False]
    press(button(asked.answer, "Take my answer back"))
    assert asked.given == ["3", "4", "2", ""]
    assert stars(asked) == [False] * 5
    assert walk(asked.window) == []


def test_stars_wrap_where_the_line_is_full(qtbot: QtBot) -> None:
    asked = ask(qtbot, of({"start": "1", "end": "20", "step": "1"}, "rating"), width=420)
    assert isinstance(asked.answer, StarsAnswer)
    assert len({each.y() for each in asked.answer.stars.stars}) > 1


def test_a_range_from_a_list(qtbot: QtBot) -> None:
    """ODK, "Range widget with picker"."""
    asked = ask(qtbot, of(HALVES, "picker", data_type="decimal"))
    assert isinstance(asked.answer, PickerAnswer)
    assert asked.answer.value() == ""
    type_keys(Key.Key_Return)
    type_keys(Key.Key_Down, Key.Key_Return)
    qtbot.waitUntil(lambda: asked.given == ["1.0"])
    assert asked.answer.list.opener.accessibleName() == "How calm?: 1.0"


def test_parts_are_written_as_the_language_writes_them(qtbot: QtBot) -> None:
    asked = ask(qtbot, of(HALVES, value="2.5", data_type="decimal"), language="de")
    assert scale(asked).words() == "2,5"
    assert asked.answer.value() == "2.5"


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("size", [1.0, 2.0])
@pytest.mark.parametrize("appearance", ["", "vertical", "rating", "picker"])
@pytest.mark.parametrize("value", ["", "7"])
def test_each_has_names_and_can_be_painted(qtbot: QtBot, appearance: str, value: str, size: float, look: str) -> None:
    theme.apply(look, size, "en")
    asked = ask(qtbot, of(TEN, appearance, value=value), width=540)
    assert walk(asked.window) == []
    assert not asked.window.grab().isNull()
