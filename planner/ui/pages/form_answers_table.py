"""Which widget answers a question. A new type is one class and one line here; each is imported when first needed."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

from planner.ui.pages.form_answers import Answer, Around

if TYPE_CHECKING:
    from planner.forms import Question

_PAGES = "planner.ui.pages"

ANSWERS: dict[str, str] = {
    "text": "form_answers:LineAnswer",
    "text multiline": "form_answers:AreaAnswer",
    "integer": "form_answers:NumberAnswer",
    "decimal": "form_answers:NumberAnswer",
    "date": "form_answers:DateAnswer",
    "time": "form_answers:TimeAnswer",
    "dateTime": "form_answers:MomentAnswer",
    "select_one": "form_answers:ChoicesAnswer",
    "select_multiple": "form_answers:TicksAnswer",
    "acknowledge": "form_answers:AcknowledgeAnswer",
}
"""Module and class by kind; "kind appearance" goes before the kind alone."""


def answer_class(kind: str, appearance: frozenset[str] = frozenset()) -> type[Answer]:
    """The class that answers a kind of question; what is not known is answered as text."""
    named = (f"{kind} {each}" for each in sorted(appearance))
    found = next((ANSWERS[name] for name in named if name in ANSWERS), ANSWERS.get(kind, ANSWERS["text"]))
    module, _colon, name = found.partition(":")
    return cast("type[Answer]", getattr(import_module(f"{_PAGES}.{module}"), name))


def answer_for(question: Question, around: Around) -> Answer | None:
    """The widget for a question; None where there is nothing to answer."""
    if question.kind == "note":
        return None
    if question.readonly:
        from planner.ui.pages.form_answers import ReadonlyAnswer

        return ReadonlyAnswer(question, around)
    return answer_class(question.kind, question.appearance)(question, around)
