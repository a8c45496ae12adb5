"""Notices that nobody is there any more.

:class:`IdleClock` knows only times; :class:`IdleWatch` feeds it from the window's events and speaks up.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

DEFAULT_MINUTES = 5
WARNING_SECONDS = 30
_LOOK_AT_LEAST_EVERY = 15.0

_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.InputMethod,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletMove,
        QEvent.Type.TabletPress,
    }
)


def seconds_awake_and_asleep() -> float:
    """A clock that never runs backwards and that also counts the time in which the machine sleeps, in seconds.

    Linux's usual steady clock stops in sleep; a lid closed for a night must not look like a short break. The clocks of
    macOS and Windows named here go on.
    """
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    elif sys.platform == "darwin":  # noqa: RET505 - mypy follows the system through a chain alone
        return time.clock_gettime(time.CLOCK_MONOTONIC)
    else:
        return time.monotonic()


class Idle(StrEnum):
    """How long nobody has been there."""

    HERE = "here"
    SOON = "soon"
    OVER = "over"


class IdleClock:
    """Counts the seconds since the last sign of life. Once over, it stays over until :meth:`begin`."""

    def __init__(self, limit: float, warning: float, clock: Callable[[], float]) -> None:
        """``limit`` and ``warning`` are seconds; the warning comes that long before the limit. A limit of 0: never."""
        self._limit = limit
        self._warning = min(warning, limit / 2)
        self._clock = clock
        self._last = clock()

    def begin(self) -> None:
        """Count from now."""
        self._last = self._clock()

    def sign_of_life(self) -> Idle:
        """Somebody moved. Too late is too late: the first key after a night's sleep is not proof of the same person."""
        state = self.state()
        if state is not Idle.OVER:
            self._last = self._clock()
        return state

    def state(self) -> Idle:
        """Where the clock stands."""
        if self._limit <= 0:
            return Idle.HERE
        left = self.seconds_left()
        if left <= 0:
            return Idle.OVER
        return Idle.SOON if left <= self._warning else Idle.HERE

    def seconds_left(self) -> float:
        """Until the limit; negative after it."""
        return self._last + self._limit - self._clock()

    def seconds_to_next(self) -> float:
        """Until the warning or, when that has been given, until the limit; never negative."""
        left = self.seconds_left()
        return max(0.0, left - self._warning if left > self._warning else left)


class IdleWatch(QObject):
    """Watches all windows of the application while it is started.

    ``soon`` says how many seconds are left; ``back`` that somebody moved after that; ``over`` comes once, then the
    watch rests.
    """

    soon = Signal(int)
    back = Signal()
    over = Signal()

    def __init__(self, minutes: float = DEFAULT_MINUTES, clock: Callable[[], float] = seconds_awake_and_asleep) -> None:
        """``minutes`` until ``over``; 0 for never. ``clock`` gives seconds."""
        super().__init__()
        self._clock = clock
        self._idle = IdleClock(minutes * 60, WARNING_SECONDS, clock)
        self._warned = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to count."""
        application = QCoreApplication.instance()
        if application is not None:
            application.installEventFilter(self)
        self._idle.begin()
        self._warned = False
        self.look()

    def stop(self) -> None:
        """Count no longer."""
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self._timer.stop()

    def set_minutes(self, minutes: float) -> None:
        """Change the limit and count from now; 0 for never."""
        self._idle = IdleClock(minutes * 60, WARNING_SECONDS, self._clock)
        if self._timer.isActive():
            self.look()

    def look(self) -> None:
        """See where the clock stands and say so. Runs by timer; also to be called when the machine wakes."""
        state = self._idle.state()
        if state is Idle.OVER:
            self.stop()
            self.over.emit()
            return
        if state is Idle.SOON and not self._warned:
            self._warned = True
            self.soon.emit(round(self._idle.seconds_left()))
        # The timer of Qt may stop in sleep, the clock does not: so look often rather than once.
        self._timer.start(round(min(self._idle.seconds_to_next(), _LOOK_AT_LEAST_EVERY) * 1000) + 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take every sign of life; keep no event from anyone, but those that come too late."""
        if event.type() not in _SIGNS_OF_LIFE:
            return False
        state = self._idle.sign_of_life()
        if state is Idle.OVER:
            self.look()
            return True
        if self._warned:
            self._warned = False
            self.back.emit()
        return False
