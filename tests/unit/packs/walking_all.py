"""Goes through one shipped form a thousand times: ``python -m tests.unit.packs.walking_all FORM.md``.

Prints as JSON how many walks came to their end, the names of all that was shown, and the lists of what was proposed. It
ends with a traceback where a walk has no end, a list has nothing to choose, or a proposal is none that a plan can hold.
"""

from __future__ import annotations

import json
import re
import sys
from enum import StrEnum

from planner.forms import EntityDraft, Form
from planner.plan.life import LifeDomain
from planner.plan.records import GoalTime, PaperState, Reach, Ring
from planner.plan.safety import SafetyGroup
from planner.resources import resource
from planner.session.proposals import proposal
from tests.unit.packs.walking import Walker

WALKS = 1000
VALUES: dict[tuple[str, str], type[StrEnum]] = {
    ("goal", "domain"): LifeDomain,
    ("goal", "time"): GoalTime,
    ("appointment", "domain"): LifeDomain,
    ("clock", "domain"): LifeDomain,
    ("paper", "domain"): LifeDomain,
    ("paper", "state"): PaperState,
    ("contact", "ring"): Ring,
    ("contact", "call"): Reach,
    ("contact", "message"): Reach,
    ("contact", "text"): Reach,
    ("safety-line", "group"): SafetyGroup,
}


def sound(draft: EntityDraft) -> None:
    """What would go into the plan is something that a plan can hold, and nothing of it is lost on the way."""
    assert draft.label.strip() or draft.dataset == "check-in" or draft.update, draft
    for (dataset, name), values in VALUES.items():
        if dataset == draft.dataset and draft.properties.get(name):
            value = draft.properties[name]
            assert value.replace("_", "-") in {each.value for each in values}, (draft.entity_id, name, value)
    if draft.dataset == "goal":
        assert draft.properties.get("domain"), draft.entity_id
        assert draft.properties.get("time"), draft.entity_id
    made = proposal(draft.entity_id, draft.dataset, draft.label, draft.properties, {}, frozenset(), None)
    assert made is not None, draft
    assert made.record.kind, draft
    for value in draft.properties.values():
        assert not re.search(r"NaN|jr:|\$\{|itext", value), draft


def main(name: str) -> None:
    """All walks through one form."""
    form = Form.load(resource("forms", name))
    seen: set[str] = set()
    proposed: set[str] = set()
    for seed in range(WALKS):
        walker = Walker(form, seed, whole=seed % 5 == 0)
        filling = walker.walk()
        seen |= {ref.rsplit("/", 1)[-1] for ref in walker.seen}
        assert not walker.empty, "a list with nothing in it to choose"
        for draft in filling.entities():
            proposed.add(draft.list_name)
            sound(draft)
        assert filling.pages()[-1].kind == "summary"
        if seed % 50 == 0:
            assert filling.finish()
    print(json.dumps({"walks": WALKS, "seen": sorted(seen), "proposed": sorted(proposed)}))


if __name__ == "__main__":
    main(sys.argv[1])
