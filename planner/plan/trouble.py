"""What can go wrong with a plan: trouble of the machine, and words that are no rule."""

from __future__ import annotations

from planner.errors import MachineTrouble
from planner.words import _


class DocumentDamaged(MachineTrouble):
    """The bytes of a document cannot be read, or are far larger than a plan can be."""

    def __init__(self) -> None:
        """Say it in the language in use; nothing of the content is repeated."""
        super().__init__(
            _("This copy cannot be read. It may be damaged."),
            _("Nothing was changed. Try another copy, or a backup."),
        )


class InvalidRepeat(ValueError):
    """A repeat rule, a day, an hour or a time zone that this program does not follow."""


class Cancelled(Exception):
    """Raised by a ``progress`` callback to stop long work; nothing of that work is kept."""
