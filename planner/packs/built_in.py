"""The content that travels with the program, read once in the life of a process.

Reading takes about a tenth of a second; it is done beside the window (:mod:`planner.ui.warming`), so that neither the
library nor the first search has to wait for it.
"""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from planner.packs.goal_ideas import GoalIdea, load_goal_ideas
from planner.packs.guides import Guide, load_guides
from planner.packs.kits import Kit, load_kits
from planner.packs.limits import Limit, load_limits
from planner.packs.sources import Source, load_sources

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@lru_cache(maxsize=1)
def sources() -> Mapping[str, Source]:
    """The pages that were read, by id."""
    return MappingProxyType(load_sources())


@lru_cache(maxsize=1)
def goal_ideas() -> tuple[GoalIdea, ...]:
    """Whole goals to take over, in the order of the parts of life."""
    return load_goal_ideas(sources=sources())


@lru_cache(maxsize=1)
def guides() -> tuple[Guide, ...]:
    """One screen each, by their order."""
    return load_guides(sources=sources())


@lru_cache(maxsize=1)
def kits() -> tuple[Kit, ...]:
    """Appointment kits, the usual first visits first."""
    return load_kits(sources=sources())


@lru_cache(maxsize=1)
def limits() -> tuple[Limit, ...]:
    """What this program can do, what it cannot, and what can be done instead, in the order of the page."""
    return load_limits(sources=sources())


def looked_over() -> date:
    """The newest day on which a page behind the content was read: how old all of it is at the least."""
    return max(each.read_date for each in sources().values())


def forget() -> None:
    """Read the files anew when they are next asked for; for tests that bring files of their own."""
    for each in (sources, goal_ideas, guides, kits, limits):
        each.cache_clear()
