"""The words of our own short ratings: six things, five steps each. They are nobody's instrument and give no score."""

from __future__ import annotations

from planner.plan.life import DOMAIN_WORDS, SECTION_OF, LifeDomain, Section
from planner.words import N_, _

SCALES: dict[str, str] = {
    "mood": N_("Mood"),
    "sleep": N_("Sleep"),
    "safety": N_("Feeling safe"),
    "closeness": N_("Close to others"),
    "hope": N_("Hope"),
    "body": N_("Body"),
}
"""The scales of our own check-in by name, in the order in which they are shown."""

LIFE_SCALES: dict[str, str] = {
    **{
        f"life_{domain.value.replace('-', '_')}": DOMAIN_WORDS[domain]
        for domain in LifeDomain
        if SECTION_OF[domain] is not Section.LAW
    },
    "life_law": DOMAIN_WORDS[LifeDomain.VICTIM_RIGHTS],
}
"""How a part of life is, by the name of its scale; the form "What matters to me" asks for these. All law is one."""

STEPS: dict[int, str] = {
    1: N_("very hard"),
    2: N_("hard"),
    3: N_("in between"),
    4: N_("good"),
    5: N_("very good"),
}


def scale_words(name: str) -> str:
    """What a scale is called; one that a form brought along goes by its own name."""
    known = SCALES.get(name) or LIFE_SCALES.get(name)
    if known:
        return _(known)
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def step_words(value: int) -> str:
    """A rating from 1 to 5 in words."""
    return _(STEPS[value])


def in_order(ratings: dict[str, int]) -> dict[str, int]:
    """Ours first, in their order, then those that a form brought along."""
    known = [name for name in SCALES if name in ratings]
    return {name: ratings[name] for name in (*known, *(each for each in ratings if each not in SCALES))}
