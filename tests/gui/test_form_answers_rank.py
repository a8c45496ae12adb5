"""Putting choices in order, expected as ODK's "Rank widget" and the specification's "Body Elements" say it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.ui.a11y import walk
from planner.ui.pages.form_answers_choices_rank import RankAnswer, Ranked
from planner.ui.theme import theme
from tests.gui.answer_desk import ROOM, Asked, ask, question
from tests.gui.forms_desk import Key, button, press, type_keys

ALT = Qt.KeyboardModifier.AltModifier
ALL = ("bed", "door", "bus", "quiet")


def ranked(asked: Asked) -> RankAnswer:
    assert isinstance(asked.answer, RankAnswer)
    return asked.answer


def row(asked: Asked, value: str) -> Ranked:
    return next(each for each in ranked(asked).list.rows if each.value == value)


def order(asked: Asked) -> tuple[str, ...]:
    """As it is seen, from above."""
    return tuple(each.value for each in sorted(ranked(asked).list.rows, key=lambda each: each.y()))


def focused() -> str:
    focus = QApplication.focusWidget()
    assert isinstance(focus, Ranked)
    return focus.value


def test_nothing_is_in_order_until_somebody_says_so(qtbot: QtBot) -> None:
    """ODK, "Rank widget": without a default the value is blank until the user has ranked."""
    asked = ask(qtbot, question("rank", choices=ROOM))
    assert asked.answer.value() == ()
    assert row(asked, "bed").accessibleName() == "A bed of my own"
    press(ranked(asked).keep)
    assert asked.given == [ALL]
    assert row(asked, "bed").accessibleName() == "Place 1: A bed of my own"
    press(button(asked.answer, "Take the order back"))
    assert asked.given == [ALL, ()]


def test_keys_alone(qtbot: QtBot) -> None:
    asked = ask(qtbot, question("rank", choices=ROOM))
    type_keys(Key.Key_Down, Key.Key_Down)
    assert focused() == "bus"
    assert asked.given == []
    type_keys(Key.Key_Up, modifier=ALT)
    assert asked.given == [("bed", "bus", "door", "quiet")]
    assert focused() == "bus"
    type_keys(Key.Key_Space, Key.Key_Up, Key.Key_Up, Key.Key_Space, Key.Key_Down)
    assert asked.given[-1] == ("bus", "bed", "door", "quiet")
    assert focused() == "bed", "it was put down, so the arrow went on"
    type_keys(Key.Key_End, modifier=ALT)
    qtbot.waitUntil(lambda: order(asked) == ("bus", "door", "quiet", "bed"))
    type_keys(Key.Key_Return)
    assert asked.onward == 1


def test_a_digit_sends_a_row_to_that_place(qtbot: QtBot) -> None:
    asked = ask(qtbot, question("rank", choices=ROOM))
    type_keys(Key.Key_End)
    assert asked.answer.pick(1)
    assert asked.given == [("quiet", "bed", "door", "bus")]
    assert not asked.answer.pick(5)


def test_the_mouse_presses_arrows(qtbot: QtBot) -> None:
    asked = ask(qtbot, question("rank", choices=ROOM))
    door = row(asked, "door")
    QTest.mouseClick(door, Qt.MouseButton.LeftButton, pos=door._arrow_area(1).center().toPoint())
    assert asked.given == [("bed", "bus", "door", "quiet")]
    first = row(asked, "bed")
    QTest.mouseClick(first, Qt.MouseButton.LeftButton, pos=first._arrow_area(-1).center().toPoint())
    assert len(asked.given) == 1, "above the first there is no arrow"


def test_a_row_is_dragged(qtbot: QtBot) -> None:
    asked = ask(qtbot, question("rank", choices=ROOM))
    bed = row(asked, "bed")
    place = ranked(asked).list
    QTest.mousePress(bed, Qt.MouseButton.LeftButton, pos=QPoint(60, 20))
    for value in ("door", "bus"):
        target = row(asked, value).geometry().center() + QPoint(0, 6)
        QTest.mouseMove(bed, bed.mapFrom(place, QPoint(60, target.y())))
        QApplication.processEvents()
    assert order(asked) == ("door", "bus", "bed", "quiet")
    assert asked.given == [], "nothing is kept before it is put down"
    QTest.mouseRelease(bed, Qt.MouseButton.LeftButton, pos=QPoint(60, 20))
    assert asked.given == [("door", "bus", "bed", "quiet")]


def test_a_press_alone_orders_nothing(qtbot: QtBot) -> None:
    asked = ask(qtbot, question("rank", choices=ROOM))
    QTest.mouseClick(row(asked, "door"), Qt.MouseButton.LeftButton, pos=QPoint(60, 20))
    assert asked.given == []
    assert focused() == "door"


@pytest.mark.parametrize(
    ("kept", "seen"),
    [
        ("quiet bus door bed", ("quiet", "bus", "door", "bed")),
        ("quiet gone bed", ("quiet", "bed", "door", "bus")),
        ("gone", ()),
        ("bed bed door", ("bed", "door", "bus", "quiet")),
    ],
)
def test_a_kept_order_comes_back_with_every_choice(qtbot: QtBot, kept: str, seen: tuple[str, ...]) -> None:
    """The specification, "Body Elements": the recorded list always includes all options."""
    assert ask(qtbot, question("rank", choices=ROOM, value=kept)).answer.value() == seen


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.tuples(st.integers(0, 3), st.integers(-2, 6)), min_size=1, max_size=6))
def test_whatever_is_moved_every_choice_stays_once(qtbot: QtBot, moves: list[tuple[int, int]]) -> None:
    asked = ask(qtbot, question("rank", choices=ROOM))
    expected = list(ALL)
    for which, to in moves:
        ranked(asked).list.move_row(ranked(asked).list.rows[which], to)
        expected.insert(max(0, min(3, to)), expected.pop(which))
    assert asked.given[-1] == tuple(expected)
    QApplication.processEvents()
    assert order(asked) == tuple(expected)


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("size", [1.0, 2.0])
@pytest.mark.parametrize("value", ["", "bus bed"])
def test_it_has_names_and_can_be_reached_and_painted(qtbot: QtBot, value: str, size: float, look: str) -> None:
    theme.apply(look, size, "en")
    asked = ask(qtbot, question("rank", choices=ROOM, value=value), width=540)
    assert walk(asked.window) == []
    assert not asked.window.grab().isNull()
