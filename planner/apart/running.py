"""The children that run now, so that a lock ends them without loading anything."""

from __future__ import annotations

from typing import Protocol


class Ends(Protocol):
    """Something that can be ended at once."""

    def close(self) -> None:
        """Kill it, whatever it is doing; does not wait."""


under_way: set[Ends] = set()


def end_all() -> None:
    """Kill every child: a lock does not leave it to the system."""
    for each in tuple(under_way):
        each.close()
