"""How much slow work one filling may take in a row, so that no form keeps a window from being hidden."""

from __future__ import annotations

from time import perf_counter

MOST_SECONDS = 3.0
"""Of slow work in a row; what is asked for after that comes to nothing, until some time has passed."""

SLOW = 0.002
"""Seconds from which on an evaluation counts. Nearly all of them take less than a tenth of that."""

_FORGOTTEN = 0.2
"""Seconds of slow work that are forgotten in each second in which nothing is worked out."""


class Patience:
    """One expression has a limit of its own (:mod:`planner.forms.xpath.compiled`); a form may have thousands.

    Whoever answers waits in the window's own thread, in which nothing can be hidden or locked meanwhile.
    """

    def __init__(self) -> None:
        self._spent = 0.0
        self._looked = perf_counter()

    def begin(self) -> float | None:
        """When one more expression begins to be worked out: now; None where that has to wait."""
        now = perf_counter()
        if self._spent:
            self._spent = max(0.0, self._spent - _FORGOTTEN * (now - self._looked))
        self._looked = now
        return now if self._spent < MOST_SECONDS else None

    def end(self, began: float) -> None:
        """One that began then has come to its end."""
        self._looked = perf_counter()
        seconds = self._looked - began
        if seconds > SLOW:
            self._spent += seconds
