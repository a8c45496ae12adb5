from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from planner.system.idle import DEFAULT_MINUTES, WARNING_SECONDS, Idle, IdleClock, IdleWatch, seconds_awake_and_asleep


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_here_then_soon_then_over() -> None:
    clock = Clock()
    idle = IdleClock(300, 30, clock)
    for seconds, expected in ((0, Idle.HERE), (269, Idle.HERE), (1, Idle.SOON), (29, Idle.SOON), (1, Idle.OVER)):
        clock.now += seconds
        assert idle.state() is expected


def test_a_sign_of_life_after_the_limit_comes_too_late() -> None:
    clock = Clock()
    idle = IdleClock(300, 30, clock)
    clock.now += 8 * 3600
    assert idle.sign_of_life() is Idle.OVER
    assert idle.state() is Idle.OVER
    idle.begin()
    assert idle.state() is Idle.HERE


def test_a_limit_of_nothing_is_never() -> None:
    clock = Clock()
    idle = IdleClock(0, 30, clock)
    clock.now += 1e6
    assert idle.state() is Idle.HERE


@given(
    st.floats(1, 1e5),
    st.floats(0, 1e5),
    st.lists(st.tuples(st.floats(0, 1e4), st.booleans()), max_size=30),
)
def test_is_over_exactly_when_nobody_came_for_the_limit(
    limit: float, warning: float, story: list[tuple[float, bool]]
) -> None:
    clock = Clock()
    idle = IdleClock(limit, warning, clock)
    last = clock.now
    for seconds, somebody in story:
        clock.now += seconds
        over = clock.now - last >= limit - 1e-6
        assert (idle.state() is Idle.OVER) == over or abs(clock.now - last - limit) < 1e-3
        if idle.state() is Idle.OVER:
            return
        assert 0 <= idle.seconds_to_next() <= idle.seconds_left() + 1e-9
        if somebody:
            idle.sign_of_life()
            last = clock.now


def test_the_clock_of_the_system_goes_forward() -> None:
    first = seconds_awake_and_asleep()
    assert seconds_awake_and_asleep() >= first


class Told:
    def __init__(self, watch: IdleWatch) -> None:
        self.said: list[str] = []
        watch.soon.connect(lambda seconds: self.said.append(f"soon {seconds}"))
        watch.back.connect(lambda: self.said.append("back"))
        watch.over.connect(lambda: self.said.append("over"))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def watch(qapp: QApplication, clock: Clock) -> IdleWatch:
    return IdleWatch(DEFAULT_MINUTES, clock)


def test_warns_before_it_is_over(watch: IdleWatch, clock: Clock) -> None:
    told = Told(watch)
    watch.start()
    clock.now += DEFAULT_MINUTES * 60 - WARNING_SECONDS - 1
    watch.look()
    assert told.said == []
    clock.now += 1
    watch.look()
    watch.look()
    assert told.said == [f"soon {WARNING_SECONDS}"]
    clock.now += WARNING_SECONDS
    watch.look()
    assert told.said[-1] == "over"


def test_over_comes_once(watch: IdleWatch, clock: Clock, qtbot: QtBot) -> None:
    told = Told(watch)
    field = QLineEdit()
    qtbot.addWidget(field)
    watch.start()
    clock.now += 10_000
    QTest.keyClicks(field, "abc")
    assert told.said == ["over"]
    # The key that came too late is nobody's; those after it belong to whoever locks.
    assert "a" not in field.text()


@pytest.mark.parametrize("somebody", ["key", "mouse", "press"])
def test_somebody_who_moves_is_there(watch: IdleWatch, clock: Clock, qtbot: QtBot, somebody: str) -> None:
    told = Told(watch)
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    watch.start()
    clock.now += DEFAULT_MINUTES * 60 - 10
    watch.look()
    assert told.said == ["soon 10"]
    if somebody == "key":
        QTest.keyClick(field, Qt.Key.Key_A)
    elif somebody == "mouse":
        QTest.mouseMove(field)
        QApplication.sendEvent(field, _mouse_move())
    else:
        QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    assert told.said == ["soon 10", "back"]
    clock.now += DEFAULT_MINUTES * 60 - WARNING_SECONDS - 1
    watch.look()
    assert told.said == ["soon 10", "back"]
    watch.stop()


def _mouse_move() -> QEvent:
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QMouseEvent

    none = Qt.MouseButton.NoButton
    at = QPointF(2, 2)
    return QMouseEvent(QEvent.Type.MouseMove, at, at, none, none, Qt.KeyboardModifier.NoModifier)


def test_painting_is_no_sign_of_life(watch: IdleWatch, clock: Clock, qtbot: QtBot) -> None:
    told = Told(watch)
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    watch.start()
    clock.now += DEFAULT_MINUTES * 60 + 1
    field.update()
    QApplication.processEvents()
    assert "back" not in told.said
    watch.look()
    assert told.said[-1] == "over"


def test_a_changed_limit_counts_from_now(watch: IdleWatch, clock: Clock) -> None:
    told = Told(watch)
    watch.start()
    clock.now += DEFAULT_MINUTES * 60 - 60
    watch.set_minutes(1)
    clock.now += 59
    watch.look()
    assert told.said == ["soon 1"]
    clock.now += 1
    watch.look()
    assert told.said[-1] == "over"


def test_a_stopped_watch_says_nothing(watch: IdleWatch, qtbot: QtBot, clock: Clock) -> None:
    told = Told(watch)
    field = QLineEdit()
    qtbot.addWidget(field)
    watch.start()
    watch.stop()
    clock.now += 10_000
    QTest.keyClick(field, Qt.Key.Key_A)
    assert told.said == []
    assert field.text() == "a"
