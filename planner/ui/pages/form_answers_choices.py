"""Choosing: cards in every layout that a form can ask for, lists that open, and lists to search in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from planner.ui.kit.layouts import column
from planner.ui.kit.text import Text
from planner.ui.pages.form_answers import Answer, Around, ChoicesAnswer
from planner.ui.pages.form_answers_choices_find import Finder, OpenList
from planner.ui.pages.form_answers_choices_grid import CardGrid
from planner.words import _

if TYPE_CHECKING:
    from planner.forms import Question
    from planner.ui.pages.form_answers import Group

SEARCHED = 60
"""Of more choices than this, a part is shown and the others are searched for, also where the form does not ask so."""

SEEN = 220
"""ms for which a choice is seen to be chosen before the form goes on by itself."""

_QUICK = frozenset({"quick", "quickcompact"})


def say_when_empty(answer: Answer) -> None:
    """Where an answer before leaves nothing to choose, say so instead of showing nothing at all."""
    layout = answer.layout()
    if not answer.question.choices and layout is not None:
        layout.addWidget(Text(_("There is nothing to choose from here. You can go on."), "body", "ink_soft"))


class CardsAnswer(ChoicesAnswer):
    """One of several cards, in columns, along a scale, with pictures; ``quick`` goes on when one is taken."""

    def __init__(self, question: Question, around: Around) -> None:
        super().__init__(question, around)
        if not self.many and question.appearance & _QUICK and isinstance(self.group, CardGrid | Finder):
            self.group.taken.connect(lambda: QTimer.singleShot(SEEN, self, self._go_on))
        if isinstance(self.group, Finder):
            self.group.renewed.connect(self._listen)
        say_when_empty(self)

    def make_group(self) -> Group:
        """The cards as the appearance asks for them."""
        question, files = self.question, self.around.form_files
        chosen = question.value.split()
        if self.searched():
            return Finder(question.choices, many=self.many, chosen=chosen, name=question.label, files=files)
        return CardGrid(
            question.choices, question.appearance, many=self.many, chosen=chosen, name=question.label, files=files
        )

    def searched(self) -> bool:
        """Whether there is a line to search in."""
        return len(self.question.choices) > SEARCHED

    def _listen(self) -> None:
        for card in self.group.cards:
            card.installEventFilter(self)

    def _go_on(self) -> None:
        # In the meantime she may have gone on, or back, herself.
        if self.isVisible():
            self.onward.emit()


class TickCardsAnswer(CardsAnswer):
    """Several of several cards."""

    many = True


class SearchAnswer(CardsAnswer):
    """One of several cards, with a line to search in."""

    def searched(self) -> bool:
        """Always."""
        return True

    def first(self) -> QWidget | None:
        """The line to search in."""
        return self.group.field if isinstance(self.group, Finder) else super().first()


class TickSearchAnswer(SearchAnswer):
    """Several of several, with a line to search in."""

    many = True


class MinimalAnswer(Answer):
    """One of several behind a line that opens."""

    many = False

    def __init__(self, question: Question, around: Around) -> None:
        super().__init__(question, around)
        self.list = OpenList(
            question.choices,
            many=self.many,
            chosen=question.value.split(),
            name=question.label,
            files=around.form_files,
            search=bool(question.appearance & {"search", "autocomplete"}),
        )
        self.list.opener.setAccessibleDescription(question.hint)
        self.list.changed.connect(self.given)
        if not self.many and question.appearance & _QUICK:
            self.list.changed.connect(lambda: QTimer.singleShot(SEEN, self, self._go_on))
        self.setLayout(column(self.list))
        say_when_empty(self)

    def value(self) -> object:
        return self.list.values()

    def first(self) -> QWidget | None:
        return self.list.opener

    def pick(self, number: int) -> bool:
        choices = self.question.choices
        if not 1 <= number <= len(choices):
            return False
        value = choices[number - 1].value
        chosen = self.list.values()
        self.list.opener.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self.many:
            self.list.take((value,))
        else:
            self.list.take([each for each in chosen if each != value] if value in chosen else [*chosen, value])
        return True

    def _go_on(self) -> None:
        if self.isVisible() and self.list.values():
            self.onward.emit()


class TickMinimalAnswer(MinimalAnswer):
    """Several of several behind a line that opens."""

    many = True
