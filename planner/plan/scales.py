"""The words of our own short ratings: six things, five steps each. They are nobody's instrument and give no score."""

from __future__ import annotations

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

STEPS: dict[int, str] = {
    1: N_("very hard"),
    2: N_("hard"),
    3: N_("in between"),
    4: N_("good"),
    5: N_("very good"),
}


def scale_words(name: str) -> str:
    """What a scale is called; one that a form brought along goes by its own name."""
    if name in SCALES:
        return _(SCALES[name])
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def step_words(value: int) -> str:
    """A rating from 1 to 5 in words."""
    return _(STEPS[value])


def in_order(ratings: dict[str, int]) -> dict[str, int]:
    """Ours first, in their order, then those that a form brought along."""
    known = [name for name in SCALES if name in ratings]
    return {name: ratings[name] for name in (*known, *(each for each in ratings if each not in SCALES))}
