"""What can go wrong with a form that somebody brings, and what is told about it."""

from __future__ import annotations

from dataclasses import dataclass

from planner.errors import MachineTrouble
from planner.words import _


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing in a form that will not work as written.

    ``sheet`` is ``survey``, ``choices``, ``settings``, ``entities`` or empty; ``row`` counts from 1 as a person
    sees it, 0 when no row can be named. ``instead`` says what happens in its place.
    """

    sheet: str
    row: int
    what: str
    instead: str = ""


class FormUnreadable(MachineTrouble):
    """A file that cannot be opened as a form; ``problems`` says where, as far as that is known."""

    def __init__(self, sentence: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(sentence, _("Nothing was changed. You can choose another file."))
        self.problems = problems


class FillingUnreadable(MachineTrouble):
    """Kept answers that cannot be opened with this form."""

    def __init__(self) -> None:
        super().__init__(
            _("The answers kept for this form could not be opened."), _("They are still there. Nothing was changed.")
        )


class ExpressionTrouble(ValueError):
    """An expression in a form that is not understood. Its text is the form's, never the person's."""
