"""What a form would save into lists that no plan has, told row by row before anybody answers.

How lists and properties are named stands in :mod:`planner.forms.entities`. A shelter's form may save into lists of its
own server; such a list has another name and stays in the answers.
"""

from __future__ import annotations

import re

from planner.forms.definition import Definition
from planner.forms.trouble import Problem
from planner.words import _

_GOAL = "why domain time mine_alone step_# step_#_when step_#_with barrier_# barrier_#_way helper_# helper_#_how"
_APPOINTMENT = (
    "starts minutes place way_there who_comes child_care interpreter contact note domain repeat remind_minutes"
    " mine_alone bring_# ask_#"
)
_CONTACT = (
    "role organisation phone phone_label phone_# phone_#_label email languages call call_when message message_note"
    " text text_note our_word knows_# knows_not_# ring keep_away if_near note"
)
_PAPER = "state where_to_ask cost fee_waiver safe_address expires note domain mine_alone"
PROPERTIES: dict[str, tuple[str, ...]] = {
    "goal": tuple(_GOAL.split()),
    "appointment": tuple(_APPOINTMENT.split()),
    "contact": tuple(_CONTACT.split()),
    "dependent": ("relation", "born", "day_place", "may_collect_#", "needs", "note"),
    "paper": tuple(_PAPER.split()),
    "clock": ("due", "rule", "template", "warn_days", "note", "domain", "mine_alone"),
    "check-in": ("day", "scale_*", "note"),
    "safety-line": ("group", "phone"),
    "step": ("goal", "when", "with"),
}
"""What each kind of list takes: ``#`` stands for a number, ``*`` for a name."""


def entity_problems(definition: Definition) -> list[Problem]:
    """Lists of no kind that a plan has, and properties that go nowhere; the latter by the rows of the survey sheet."""
    found: list[Problem] = []
    for rule in definition.entities:
        kind = rule.dataset.split("_", maxsplit=1)[0]
        if kind not in PROPERTIES:
            what = _("The list “{name}” is of no kind that a plan has.").format(name=rule.dataset)
            found.append(Problem("entities", 0, what, _("What it would save stays among the answers.")))
            continue
        for name, node in rule.properties.items():
            if not _takes(kind, name):
                what = _("“{list}” has no place for “{name}”.").format(list=rule.dataset, name=name)
                instead = _("The answer is kept, and does not go into the plan.")
                found.append(Problem("survey", definition.row_of(node), what, instead))
    return found


def _takes(kind: str, name: str) -> bool:
    patterns = (re.escape(each).replace("\\#", "[0-9]{1,3}").replace("\\*", ".+") for each in PROPERTIES[kind])
    return any(re.fullmatch(each, name) for each in patterns)
