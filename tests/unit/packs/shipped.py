"""Shipped forms answered in the real runtime: what they ask then, and what they propose."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from planner.forms import EntityDraft, Filling, Form
from planner.resources import resource


@cache
def form(name: str) -> Form:
    return Form.load(resource("forms", f"{name}.md"))


def asked(filling: Filling) -> list[str]:
    """The names of everything that is shown now, in its order."""
    return [item.ref.rsplit("/", 1)[-1] for page in filling.pages() for item in page.items]


def place(filling: Filling, name: str) -> str:
    """Where a question of this name is shown now."""
    return next(item.ref for page in filling.pages() for item in page.items if item.ref.endswith(f"/{name}"))


def answer(filling: Filling, answers: Mapping[str, str]) -> Filling:
    """Answer questions by their names, one after the other; each has to be shown by then."""
    for question, value in answers.items():
        filling.answer(place(filling, question), value)
    return filling


def filled(name: str, language: str = "en", **answers: str) -> Filling:
    return answer(form(name).start(language_code=language), answers)


def proposed(filling: Filling) -> dict[str, EntityDraft]:
    return {each.list_name: each for each in filling.entities()}
