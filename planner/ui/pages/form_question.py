"""One question on a page: its words, its answer, and what is said softly below it."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from planner.ui.kit.layouts import TOP, column, hold, row
from planner.ui.kit.said import announce
from planner.ui.kit.text import Icon, Text
from planner.ui.pages.form_answers_table import answer_for
from planner.ui.pages.form_label import label_media, label_text, named_by
from planner.ui.theme import theme

if TYPE_CHECKING:
    from planner.forms import Question
    from planner.ui.pages.form_answers import Around


class Block(QWidget):
    """A question. ``answer`` is None for a note."""

    def __init__(self, question: Question, around: Around, *, single: bool) -> None:
        """``single``: it is alone on its page, so its words are the page's heading."""
        super().__init__()
        self.question = question
        self.same_as = self.sameness(question)
        self.answer = answer_for(question, around)
        self._ask = Text("")
        self._below = hold(row((Icon("why", "ink_soft", size=20, box=20, box_height=24), TOP), (self._ask, 1), gap=8))
        self._below.setVisible(False)
        words = ("question", None) if single or names_page(question) else ("label", 600)
        label = label_text(question.label, question.label_markup, words[0], weight=words[1])
        hint = self._hint(question, single=single)
        media = label_media(question, around)
        first, named = self.answer.first() if self.answer is not None else None, named_by(label)
        if first is not None and named is not None:
            named.setBuddy(first)
        gap = (8, 20) if single else (2, 8)
        if self.answer is not None and self.answer.says_label:
            self.setLayout(column(media, self.answer, self._below))
        else:
            self.setLayout(
                column(
                    label,
                    gap[0] if hint else None,
                    hint,
                    12 if media else None,
                    media,
                    gap[1] if self.answer else None,
                    self.answer,
                    8,
                    self._below,
                )
            )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    @staticmethod
    def _hint(question: Question, *, single: bool) -> QWidget | None:
        if not question.hint:
            return None
        if single and question.kind == "note":
            return label_text(question.hint, question.hint_markup, "lead")
        return label_text(question.hint, question.hint_markup, "body", "ink_soft")

    @staticmethod
    def sameness(question: Question) -> Hashable:
        """What of a question its widget is made for; when none of it changes, the widget stays."""
        made_for = (question.ref, question.kind, question.label, question.hint, question.choices, question.readonly)
        styled = (question.label_markup, question.hint_markup, tuple(question.media.items()))
        return (*made_for, *styled, question.appearance, question.value if question.readonly else "")

    @property
    def air_above(self) -> int | None:
        """How far it stays from the question above it, px at 100 %; the rows of a table touch."""
        return None if self.answer is not None and self.answer.joined else 28

    @property
    def asking(self) -> bool:
        """Whether something is said below."""
        return not self._below.isHidden()

    def show_what_is_asked(self) -> None:
        """Bring what is said below into sight."""
        above = self.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                above.ensureWidgetVisible(self._below, 0, theme.sp(16))
            above = above.parentWidget()

    def ask(self, words: str) -> None:
        """Say something softly; "" takes it back."""
        if words == self._ask.text():
            return
        self._ask.setText(words)
        self._below.setVisible(bool(words))
        first = self.answer.first() if self.answer is not None else None
        if first is not None:
            first.setAccessibleDescription(words or self.question.hint)
        announce(self, words)


def names_page(question: Question) -> bool:
    """Whether it is the note that a converted form (pyxform, ``table-list``) gives the name of a table in."""
    return question.kind == "note" and "/generated_table_list_label_" in question.ref
