"""An unlocked store as the screens use it: people, plans, edits, search, lock; says what changed."""

from planner.session.core import Session
from planner.session.types import (
    AgendaItem,
    Changed,
    Choice,
    Decision,
    Difference,
    FormInfo,
    Found,
    GoalParts,
    LeftEntry,
    Mode,
    Note,
    OutOfReach,
    Person,
    Proposal,
)

__all__ = [
    "AgendaItem",
    "Changed",
    "Choice",
    "Decision",
    "Difference",
    "FormInfo",
    "Found",
    "GoalParts",
    "LeftEntry",
    "Mode",
    "Note",
    "OutOfReach",
    "Person",
    "Proposal",
    "Session",
]
