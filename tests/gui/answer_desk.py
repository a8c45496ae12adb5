"""One answer of a form in a window of its own, and a hand and keys on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from pytestqt.qtbot import QtBot

from planner.forms import Choice, Question
from planner.ui.formats import Formats
from planner.ui.pages.form_answers import Answer, Around
from planner.ui.pages.form_answers_table import answer_for
from planner.ui.window import Window
from tests.gui.kit_desk import shown

TODAY = date(2026, 3, 12)

ROOM = (
    Choice("bed", "A bed of my own"),
    Choice("door", "A door that locks"),
    Choice("bus", "A bus nearby"),
    Choice("quiet", "Quiet at night"),
)


def question(
    kind: str,
    appearance: str = "",
    *,
    value: str = "",
    choices: Sequence[Choice] = (),
    settings: Mapping[str, str] | None = None,
    data_type: str = "",
    label: str = "What matters?",
    ref: str = "/data/q",
    group: str = "",
) -> Question:
    """A question with nothing but what the test is about."""
    return Question(
        ref,
        kind,
        label,
        choices=tuple(choices),
        value=value,
        appearance=frozenset(appearance.split()),
        settings=dict(settings or {}),
        data_type=data_type,
        group_appearance=frozenset(group.split()),
    )


class Asked:
    """An answer on the screen, and what it told."""

    def __init__(self, answer: Answer, window: Window) -> None:
        self.answer, self.window = answer, window
        self.given: list[object] = []
        self.onward = 0
        answer.given.connect(lambda: self.given.append(answer.value()))
        answer.onward.connect(self._went_on)

    def _went_on(self) -> None:
        self.onward += 1


def ask(
    qtbot: QtBot,
    asked: Question,
    *,
    width: int = 700,
    files: Mapping[str, bytes] | None = None,
    language: str = "en",
) -> Asked:
    """The answer to a question, in a window."""
    around = Around(Formats(language, "12", TODAY), form_files=files or {})
    answer = answer_for(asked, around)
    assert answer is not None
    window = shown(qtbot, answer, width=width)
    first = answer.first()
    if first is not None:
        first.setFocus()
    return Asked(answer, window)
