"""How days and hours are written on paper; the window gives its own way, made with the language of the person."""

from __future__ import annotations

import datetime as dt
from typing import Protocol


class Formats(Protocol):
    """Days and hours as text in the language of the paper."""

    def day(self, day: dt.date) -> str:
        """A day, for example ``12 March 2026``."""
        ...

    def day_with_weekday(self, day: dt.date) -> str:
        """A day with its weekday, for example ``Thu, 12 March``."""
        ...

    def time(self, time: dt.time) -> str:
        """An hour of the wall clock, for example ``10:30``."""
        ...
