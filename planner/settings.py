"""The one typed table of settings.

``LOCAL`` settings are needed before unlocking and stand in ``local.json`` in plain text, so nothing private may ever be
one of them. ``INSIDE`` settings live in the encrypted store.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Where(StrEnum):
    """Where a setting is kept."""

    LOCAL = "local"
    INSIDE = "inside"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name, where it is kept, its default, and the values it may take (empty: any of that type)."""

    name: str
    where: Where
    default: Any
    choices: tuple[Any, ...] = ()

    def valid(self, value: Any) -> bool:
        """Whether ``value`` may stand in this setting."""
        if type(value) is not type(self.default):
            return False
        return not self.choices or value in self.choices

    def clean(self, value: Any) -> Any:
        """``value`` where it is valid, else the default: a damaged file must not stop the program."""
        return value if self.valid(value) else self.default


TEXT_SIZES = (1.0, 1.15, 1.3, 1.5, 1.75, 2.0)
LOCK_MINUTES = (1, 2, 5, 10, 15, 30)

_TABLE = (
    Setting("language", Where.LOCAL, "en", ("en", "es")),
    Setting("text_size", Where.LOCAL, 1.0, TEXT_SIZES),
    Setting("theme", Where.LOCAL, "system", ("system", "light", "dark")),
    Setting("help_when_locked", Where.LOCAL, False),
    Setting("help_when_locked_name", Where.LOCAL, ""),
    Setting("help_when_locked_number", Where.LOCAL, ""),
    Setting("mode", Where.INSIDE, "for-me", ("for-me", "with-others")),
    Setting("my_name", Where.INSIDE, ""),
    Setting("shelter_line_name", Where.INSIDE, ""),
    Setting("shelter_line_number", Where.INSIDE, ""),
    Setting("lock_minutes", Where.INSIDE, 5, LOCK_MINUTES),
    Setting("reminders", Where.INSIDE, False),
    Setting("reminder_words", Where.INSIDE, ""),
    Setting("first_steps_offered", Where.INSIDE, False),
    Setting("agenda_until", Where.INSIDE, ""),
    Setting("plan_by", Where.INSIDE, "time", ("time", "part")),
)

SETTINGS: dict[str, Setting] = {each.name: each for each in _TABLE}
