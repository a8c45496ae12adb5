"""Made-up words, each only once in the world, for everything that a notebook holds or that passes through it."""

from __future__ import annotations

import secrets

MARK = "grayheronwater"

SHOWN = {
    "name of a person": 10,
    "code of a person": 5,
    "goal": 35,
    "why of a goal": 35,
    "step": 40,
    "when and with whom": 20,
    "what is in the way": 20,
    "way round": 20,
    "helper": 10,
    "appointment": 20,
    "place": 20,
    "way there": 10,
    "bring and ask": 20,
    "note of an appointment": 10,
    "somebody": 20,
    "who it is": 19,
    "safe way": 30,
    "our word": 10,
    "what they know": 15,
    "to be careful with": 10,
    "if near": 5,
    "somebody looked after": 5,
    "paper that is tracked": 10,
    "time limit": 10,
    "title of a paper": 6,
    "words in a paper": 6,
    "line of the own page": 12,
    "line of the card": 6,
    "note of a day": 10,
    "note of the worker": 20,
    "own place": 10,
    "shelter line": 1,
    "taken back": 5,
    "before a change": 5,
    "draft brought back": 1,
}
"""How many of each kind lie in the store and are shown."""

TYPED = {
    "answer in a form": 4,
    "goal typed": 1,
    "goal half typed": 1,
    "note half typed": 1,
    "searched": 1,
    "copied": 1,
}
"""How many of each kind are typed on real pages, letter by letter."""


def canaries() -> dict[str, list[str]]:
    """Five hundred words by their kinds."""
    return {
        kind: [f"{secrets.token_hex(5)}{MARK}{secrets.token_hex(5)}" for _ in range(count)]
        for kind, count in {**SHOWN, **TYPED}.items()
    }
