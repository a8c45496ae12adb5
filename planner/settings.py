"""The one typed table of settings that are kept inside an open notebook.

What must be known before unlocking stands in ``local.json`` (:mod:`planner.store.local`), and nothing private does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name, its default, and the values it may take (none named: any of the default's type)."""

    name: str
    default: Any
    choices: tuple[Any, ...] = ()

    def valid(self, value: Any) -> bool:
        """Whether ``value`` may stand in this setting."""
        if type(value) is not type(self.default):
            return False
        return not self.choices or value in self.choices

    def clean(self, value: Any) -> Any:
        """``value`` where it is valid, else the default: a value from another version must not stop the program."""
        return value if self.valid(value) else self.default


TEXT_SIZES = (100, 115, 130, 150, 175, 200)
"""Text sizes to choose from, in per cent."""

LOCK_MINUTES = (1, 2, 5, 10, 15, 30)

SECOND_COPY_DAYS = (0, 14, 30)
"""After how many days a safety copy on another device is asked for; 0: never."""

EVERYDAY = "everyday"
"""The value of ``contents`` in a notebook that shows the pages for every day, and no others."""

KEEP_LOG_DAYS = (92, 365, 730, 2557)
"""For how many days the activity log is kept: 3 months, 1, 2 or 7 years."""

KEEP_RESTING_YEARS = (0, 1, 3, 5, 7)
"""For how many years pages of people who are resting are kept after the last change; 0: as long as one wants."""

_TABLE = (
    Setting("mode", "for-me", ("for-me", "with-others")),
    Setting("my_name", ""),
    Setting("shelter_line_name", ""),
    Setting("shelter_line_number", ""),
    Setting("shelter_line_changed", ""),
    Setting("lock_minutes", 5, LOCK_MINUTES),
    Setting("reminders", False),
    Setting("reminder_words", ""),
    Setting("second_copy_days", 0, SECOND_COPY_DAYS),
    Setting("second_copy_words", ""),
    Setting("second_copy_since", ""),
    Setting("second_copy_made", ""),
    Setting("agenda_from", ""),
    Setting("agenda_until", ""),
    Setting("plan_by", "time", ("time", "part")),
    Setting("calendar_view", "list", ("list", "week", "month")),
    Setting("people_view", "list", ("list", "circle")),
    Setting("contents", "whole", ("whole", EVERYDAY)),
    Setting("last_opened", ""),
    Setting("keep_log_days", 365, KEEP_LOG_DAYS),
    Setting("keep_resting_years", 0, KEEP_RESTING_YEARS),
)

SETTINGS: dict[str, Setting] = {each.name: each for each in _TABLE}
