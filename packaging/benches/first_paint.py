"""Run inside a measured program: tell when its first window has been painted, then stand still to be looked at.

The program writes the clock's nanoseconds to standard output as soon as the window has been painted, ``settled`` half a
second later, and ends when its standard input is closed.
"""

from __future__ import annotations

import os
import time
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

SETTLING_MS = 500

# Ways of our own, because a program that says nothing may close the usual ones.
_TELL = os.fdopen(os.dup(1), "w")
_LISTEN = os.fdopen(os.dup(0))


class Watcher(QObject):
    """Sees every event of the application until the first window is painted."""

    kept: ClassVar[list[Watcher]] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Notice the first paint of a window; nothing is ever held back."""
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget) and watched.isWindow():
            application = QApplication.instance()
            assert application is not None
            application.removeEventFilter(self)
            # The event is delivered after this: what is queued now runs once the window has been painted.
            QTimer.singleShot(0, shown)
        return False


def shown() -> None:
    """Tell the time at which the window stood there."""
    print(time.perf_counter_ns(), file=_TELL, flush=True)
    QTimer.singleShot(SETTLING_MS, settled)


def settled() -> None:
    """Hold still while our memory is read, then leave without ceremony."""
    print("settled", file=_TELL, flush=True)
    _LISTEN.read()
    os._exit(0)


def watch() -> None:
    """From now on, whoever starts the event loop of Qt is watched for its first paint."""
    begin = QApplication.exec

    def watched_exec(*_: object) -> int:
        application = QApplication.instance()
        assert application is not None
        watcher = Watcher()
        Watcher.kept.append(watcher)
        application.installEventFilter(watcher)
        return begin()

    QApplication.exec = watched_exec  # type: ignore[method-assign]
