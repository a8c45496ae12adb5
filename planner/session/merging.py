"""Taking another copy of a notebook into the open one."""

from __future__ import annotations

from dataclasses import dataclass, field

from planner.session.types import Changed


@dataclass(frozen=True, slots=True)
class Brought:
    """What a merge changed here. ``rivals``: records (person, id) of which two values now wait for a choice."""

    changes: tuple[Changed, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    rivals: tuple[tuple[str, str], ...] = ()
