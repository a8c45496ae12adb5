"""When a safety copy was made, in words."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from planner.words import _

if TYPE_CHECKING:
    from planner.ui.formats import Formats

_WITH_TIME = 1
"""Days back for which the hour matters too."""


def made_words(formats: Formats, made: datetime, zone: tzinfo | None = None, *, hour: bool = False) -> str:
    """For example "today, 10:30", "yesterday, 18:05" or "March 3".

    ``made`` is aware; it is told at the clock of ``zone`` (None: that of the computer). With ``hour`` the hour stands
    there for older ones too, where a day has several.
    """
    local = made.astimezone(zone)
    away = (formats.today() - local.date()).days
    day = formats.near(local.date()) if 0 <= away <= _WITH_TIME else formats.day(local.date())
    if hour or 0 <= away <= _WITH_TIME:
        return _("{day}, {time}").format(day=day, time=formats.time(local.time()))
    return day
