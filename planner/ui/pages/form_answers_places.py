"""Places as answers: typed, or left open. This computer is never asked where it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QBoxLayout

from planner.ui.kit.text import Text
from planner.ui.pages.form_answers import AreaAnswer, LineAnswer
from planner.ui.pages.form_words import places_as_typed
from planner.words import _

if TYPE_CHECKING:
    from planner.forms import Question
    from planner.ui.pages.form_answers import Around


class PlaceAnswer(LineAnswer):
    """One place."""

    def __init__(self, question: Question, around: Around) -> None:
        super().__init__(replace(question, value="; ".join(places_as_typed(question.value))), around)
        self.question = question
        words = _("Two numbers from a map: first north, then east. Like this: 19.4326, -99.1332.")
        self.field.setAccessibleDescription(" ".join(filter(None, (question.hint, words, never_asked()))))
        _put_below(self, words)


class PlacesAnswer(AreaAnswer):
    """A way, or the edge of an area: one place a line."""

    def __init__(self, question: Question, around: Around) -> None:
        typed = places_as_typed(question.value)
        if question.kind == "geoshape" and len(typed) > 3 and typed[0] == typed[-1]:
            typed.pop()  # an area ends where it begins by itself
        super().__init__(replace(question, value="\n".join(typed)), around)
        self.question = question
        words = _("One place on each line: two numbers from a map. Like this: 19.4326, -99.1332.")
        self.area.set_described(" ".join(filter(None, (question.hint, words, never_asked()))))
        _put_below(self, words)


def never_asked() -> str:
    """What is said below every place."""
    return _("This computer is never asked where it is. You can leave this open.")


def _put_below(answer: LineAnswer | AreaAnswer, words: str) -> None:
    layout = answer.layout()
    assert isinstance(layout, QBoxLayout)
    layout.addSpacing(8)
    layout.addWidget(Text(f"{words} {never_asked()}", "body", "ink_soft"))
