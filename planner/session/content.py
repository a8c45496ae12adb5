"""What the program gives to read and to take over: goal ideas, guides, appointment kits, and where each was read.

The files are read when first asked for, never at start; Today and the lock screen do not ask.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from planner.packs.check import PackContent
    from planner.packs.goal_ideas import GoalIdea
    from planner.packs.guides import Guide
    from planner.packs.kits import Kit
    from planner.packs.paper_kinds import PaperKind
    from planner.packs.scores import ScoreKind
    from planner.packs.services import NationalService
    from planner.packs.sources import Source
    from planner.packs.time_limits import LimitTemplate
    from planner.session.core import Session


class _Item(Protocol):
    @property
    def id(self) -> str: ...


Item = TypeVar("Item", bound=_Item)


class Content:
    """The content of one open notebook: what is built in, then what packs from outside add (their ``giver`` says so).

    Each list is read once and kept; :meth:`forget` reads them anew, after a pack came or went.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def forget(self) -> None:
        """Read everything anew when it is next asked for."""
        for name in [name for name in self.__dict__ if name != "_session"]:
            del self.__dict__[name]

    def _with_packs(
        self, built_in: Iterable[Item], of_pack: Callable[[PackContent], Iterable[Item]]
    ) -> tuple[Item, ...]:
        """What is built in, then what packs add; nothing takes the place of what came before it."""
        found = {each.id: each for each in built_in}
        for content in self._session.packs.contents():
            for each in of_pack(content):
                found.setdefault(each.id, each)
        return tuple(found.values())

    # -- where it was read -------------------------------------------------------------------------------------------
    def sources(self) -> dict[str, Source]:
        """Every page that content rests on, by id; what packs name stands beside what we read ourselves."""
        return self._all_sources

    @cached_property
    def _all_sources(self) -> dict[str, Source]:
        from_packs: dict[str, Source] = {}
        for content in self._session.packs.contents():
            from_packs.update(content.sources)
        return {**from_packs, **self._sources}

    @cached_property
    def _sources(self) -> dict[str, Source]:
        from planner.packs.built_in import sources

        return dict(sources())

    # -- goal ideas --------------------------------------------------------------------------------------------------
    def goal_ideas(self) -> tuple[GoalIdea, ...]:
        """Whole goals to take over, in the order of the parts of life."""
        return self._goal_ideas

    def goal_idea(self, idea_id: str) -> GoalIdea | None:
        """One idea, or ``None`` where there is none of that id."""
        return next((each for each in self._goal_ideas if each.id == idea_id), None)

    @cached_property
    def _goal_ideas(self) -> tuple[GoalIdea, ...]:
        from planner.packs.built_in import goal_ideas
        from planner.plan.life import LifeDomain

        found = self._with_packs(goal_ideas(), lambda content: content.goal_ideas)
        places = list(LifeDomain)
        return tuple(sorted(found, key=lambda idea: places.index(idea.domain)))

    # -- guides ------------------------------------------------------------------------------------------------------
    def guides(self) -> tuple[Guide, ...]:
        """One screen each, by their order."""
        return self._guides

    def guide(self, guide_id: str) -> Guide | None:
        """One guide, or ``None`` where there is none of that id."""
        return next((each for each in self._guides if each.id == guide_id), None)

    @cached_property
    def _guides(self) -> tuple[Guide, ...]:
        from planner.packs.built_in import guides

        return self._with_packs(guides(), lambda content: content.guides)

    # -- appointment kits --------------------------------------------------------------------------------------------
    def kits(self) -> tuple[Kit, ...]:
        """Getting ready for an appointment, the usual first visits first."""
        return self._kits

    def kit(self, kit_id: str) -> Kit | None:
        """One kit, or ``None`` where there is none of that id."""
        return next((each for each in self._kits if each.id == kit_id), None)

    @cached_property
    def _kits(self) -> tuple[Kit, ...]:
        from planner.packs.built_in import kits

        return self._with_packs(kits(), lambda content: content.kits)

    # -- time limits, and kinds of papers ----------------------------------------------------------------------------
    def time_limits(self) -> tuple[LimitTemplate, ...]:
        """Days and hours that run out by law, to take over or to read."""
        return self._time_limits

    def time_limit(self, limit_id: str) -> LimitTemplate | None:
        """One time limit, or ``None`` where there is none of that id."""
        return next((each for each in self._time_limits if each.id == limit_id), None)

    @cached_property
    def _time_limits(self) -> tuple[LimitTemplate, ...]:
        from planner.packs.time_limits import load_time_limits

        return self._with_packs(load_time_limits(sources=self._sources), lambda content: content.time_limits)

    def paper_kinds(self) -> tuple[PaperKind, ...]:
        """Kinds of identity and legal documents, with where to ask for each."""
        return self._paper_kinds

    @cached_property
    def _paper_kinds(self) -> tuple[PaperKind, ...]:
        from planner.packs.paper_kinds import load_paper_kinds

        return self._with_packs(load_paper_kinds(sources=self._sources), lambda content: content.paper_kinds)

    # -- places and services -----------------------------------------------------------------------------------------
    def services(self) -> tuple[NationalService, ...]:
        """Help lines and national services; the notebook's own stand in ``session.directory``."""
        return self._services

    @cached_property
    def _services(self) -> tuple[NationalService, ...]:
        from planner.packs.services import load_services

        return self._with_packs(load_services(), lambda content: content.services)

    # -- numbers from a clinician ------------------------------------------------------------------------------------
    def score_kinds(self) -> tuple[ScoreKind, ...]:
        """How the numbers are read that a clinician may give; built in, and nothing from outside adds to it."""
        return self._score_kinds

    @cached_property
    def _score_kinds(self) -> tuple[ScoreKind, ...]:
        from planner.packs.scores import load_score_kinds

        return load_score_kinds(sources=self._sources)
