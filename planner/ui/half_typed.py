"""What is half typed is kept from time to time: a stick that is pulled out, or a power cut, waits for no lock."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QObject, QTimer

from planner.errors import MachineTrouble
from planner.ui.work import under_way

KEEP_EVERY = 1000
"""ms between two looks whether something else is half typed now; only then it is kept."""


class HalfTyped(QObject):
    """Looks again and again, as long as there is something to look at."""

    def __init__(self, parent: QObject, typed: Callable[[], object], keep: Callable[[], object]) -> None:
        """``typed`` gives what is half typed, None when the notebook is closed; ``keep`` puts it into the store."""
        super().__init__(parent)
        self._typed, self._keep = typed, keep
        self._last = typed()
        timer = QTimer(self, interval=KEEP_EVERY)
        timer.timeout.connect(self.look)
        timer.start()

    def look(self) -> None:
        """Keep it, unless it is kept already, or long work has the notebook: the window must not wait for that."""
        if under_way():
            return
        typed = self._typed()
        if typed is None or typed == self._last:
            return
        with suppress(MachineTrouble):  # the next look tries again, and a lock says so
            self._keep()
            self._last = typed
