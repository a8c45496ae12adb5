"""Everything that one filling proposes for the plan: updates of what is there, steps for goals, one check-in a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from planner.plan.records import CheckIn, Goal, GoalPart, Record, Step
from planner.plan.safety import SafetyLine
from planner.session.proposals import Earlier, Properties, proposal
from planner.session.types import Proposal
from planner.words import _

if TYPE_CHECKING:
    from planner.forms.entities import EntityDraft
    from planner.session.core import Session

GOAL = "goal"
"""The property by which a step names its goal: the goal's list in the same form, or ``form/list`` of another."""

Drafts = Mapping[str, Earlier]


def proposals_of(
    session: Session, person: str, form: str, drafts: Iterable[EntityDraft], earlier: Drafts, dropped: frozenset[str]
) -> list[Proposal]:
    """What these drafts would put into a person's plan, in their order; what would change nothing is left out.

    ``earlier`` holds what the same form said when it was finished last, by the id of each draft; ``dropped`` the
    origins to which the person has once said no.

    - Two drafts of one id are one proposal: what the later one says counts.
    - An update of something that is not there is nothing (ODK XForms specification, "Entities": consumers "MUST fail
      if … id does not reference an existing entity"), and neither is a step whose goal is nowhere.
    - A step whose goal is proposed here too comes with it, as one of its own.
    - A check-in is about a day; the same form on another day makes another one.
    - A new goal that stands in the plan already in the very same words is marked so: two forms may lead to it.
    """
    known = {record.origin: record for record in session.with_origin(person)}
    found: dict[str, Proposal] = {}
    steps: list[tuple[EntityDraft, Properties]] = []
    for draft, label, said in _united(drafts):
        origin, properties = draft.entity_id, dict(said)
        before = earlier.get(origin)
        if draft.dataset == Step.kind:
            steps.append((replace(draft, label=label), properties))
            continue
        if draft.dataset == CheckIn.kind:
            properties["day"] = day = properties.get("day", "").strip() or session.today().isoformat()
            origin, before = f"{origin}@{day[:10]}", None
        if draft.update:
            _find(session, person, origin, known)
            if origin not in known and not draft.create:
                continue
        made = proposal(origin, draft.dataset, label, properties, known, dropped, before, update=draft.update)
        if made is not None and (made.existing is not None or draft.create):
            found[origin] = made
    for draft, said in steps:
        _step(form, draft, said, found, known, dropped, earlier)
    there = {_plain(each) for each in session.goals(person)}
    return [
        replace(each, there=_plain(each.record) in there) if each.kind == Goal.kind and each.existing is None else each
        for each in found.values()
        if each.existing is None or each.differences
    ]


def _plain(record: Record) -> str:
    return " ".join(record.title_text().split()).casefold()


def _united(drafts: Iterable[EntityDraft]) -> Iterable[tuple[EntityDraft, str, Properties]]:
    by_id: dict[str, tuple[EntityDraft, str, Properties]] = {}
    for draft in drafts:
        first, label, properties = by_id.get(draft.entity_id, (draft, "", {}))
        both = replace(first, create=first.create or draft.create, update=first.update or draft.update)
        by_id[draft.entity_id] = (both, draft.label or label, {**properties, **draft.properties})
    return by_id.values()


def _find(session: Session, person: str, name: str, known: dict[str, Record]) -> None:
    """What is updated may also be named by the id of a record, whoever wrote it."""
    if name not in known:
        record = session.record(person, name)
        if record is not None and not record.removed:
            known[name] = record


def _step(
    form: str,
    draft: EntityDraft,
    properties: Properties,
    found: dict[str, Proposal],
    known: Mapping[str, Record],
    dropped: frozenset[str],
    earlier: Drafts,
) -> None:
    origin, named = draft.entity_id, properties.get(GOAL, "").strip()
    made = proposal(origin, Step.kind, draft.label, properties, known, dropped, earlier.get(origin))
    if made is None or not (draft.create or made.existing is not None):
        return
    step = made.record
    assert isinstance(step, Step)
    if made.existing is not None:
        found[origin] = made
        return
    for name in (named, f"{form}/{named}"):
        goal = known.get(name)
        if isinstance(goal, Goal):
            found[origin] = replace(made, record=replace(step, goal=goal.id), about=goal.title)
            return
        proposed = found.get(name)
        if proposed is not None and isinstance(proposed.record, Goal):
            part = replace(step, goal=proposed.record.id)
            found[name] = replace(proposed, parts=(*proposed.parts, part))
            return


def kept_words(record: Record) -> str:
    """By what something that went into the plan is told on the page after the form."""
    if isinstance(record, CheckIn):
        return _("A check-in")
    return record.title_text()


class Ends:
    """The places at the end of each list of a goal and of the own page, as more is added one after the other."""

    def __init__(self, session: Session, person: str) -> None:
        self._session, self._person = session, person
        self._last: dict[tuple[str, str], str] = {}

    def placed(self, part: GoalPart) -> GoalPart:
        """The part, at the end of its list; one that has its place keeps it."""
        from planner.plan.order import between

        if part.order:
            return part
        if (part.goal, part.kind) not in self._last:
            there = self._session.parts(self._person, part.goal)
            for kind in (Step.kind, "helper", "barrier"):
                self._last[part.goal, kind] = ""
            for each in (*there.steps, *there.helpers, *there.barriers):
                self._last[part.goal, each.kind] = max(each.order, self._last[part.goal, each.kind])
        place = between(self._last[part.goal, part.kind], "")
        self._last[part.goal, part.kind] = place
        return replace(part, order=place)

    def line(self, line: SafetyLine) -> SafetyLine:
        """A line of the own page, after those of its group; one that has its place keeps it."""
        from planner.plan.order import between

        if line.order:
            return line
        group = ("", line.group.value)
        if group not in self._last:
            there = [each.order for each in self._session.safety_lines(self._person) if each.group is line.group]
            self._last[group] = max(there, default="")
        self._last[group] = between(self._last[group], "")
        return replace(line, order=self._last[group])
