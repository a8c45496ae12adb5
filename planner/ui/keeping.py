"""Saving what was written, again and again where the machine cannot save at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from planner.errors import MachineTrouble
from planner.session import OutOfReach

TRY_AGAIN_EVERY = 5_000
"""ms between two attempts to save what could not be saved."""


class Keeping(QObject):
    """Saves in the order of what was written. ``trouble_changed`` carries the trouble, or None when all is saved."""

    trouble_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._waiting: list[Callable[[], object]] = []
        self._running = False
        self._again = QTimer(self, interval=TRY_AGAIN_EVERY)
        self._again.timeout.connect(self.try_again)

    def keep(self, work: Callable[[], object]) -> bool:
        """Save something now; False where the machine could not.

        It is then tried again every few seconds until there is room; the words stay on the screen meanwhile. What is
        kept while something else is being kept (a page that saves when it hears of a change) is part of that.
        """
        if self._running:
            work()
            return True
        self._waiting.append(work)
        return self.try_again() and work not in self._waiting

    def try_again(self) -> bool:
        """Save what waits; True when nothing is left that could be saved now.

        What belongs to somebody whose pages are out of reach waits until they are not, and keeps nothing else waiting.
        """
        had_trouble = self._again.isActive()
        self._running = True
        at = 0
        try:
            while at < len(self._waiting):
                try:
                    self._waiting[at]()
                except OutOfReach:
                    at += 1
                else:
                    self._waiting.pop(at)
        except MachineTrouble as problem:
            self._again.start()
            self.trouble_changed.emit(problem)
            return False
        except BaseException:
            self._waiting.pop(at)  # a mistake of ours must not stand before everything that follows
            raise
        finally:
            self._running = False
        if self._waiting:
            self._again.start()
            return True
        self._again.stop()
        if had_trouble:
            self.trouble_changed.emit(None)
        return True

    @property
    def waiting(self) -> int:
        """How many saves wait for room."""
        return len(self._waiting)
