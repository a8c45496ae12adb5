"""Words that calm: the lines that stand under "What calms me" on her own page, one at a time, large."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from planner.plan.records import new_id
from planner.plan.safety import SafetyGroup, SafetyLine
from planner.ui.kit.buttons import Button
from planner.ui.kit.fields import FieldRow, TextArea
from planner.ui.kit.layouts import CENTRE, STRETCH, column, flow, hold, row
from planner.ui.kit.said import announce
from planner.ui.kit.text import Text
from planner.ui.pages.plan_words import Hand, at_the_end
from planner.ui.theme import theme
from planner.words import _

if TYPE_CHECKING:
    from planner.ui.page import Desk


class WordsView(QWidget):
    """Her own words, and a field for more of them; nothing is shown that she did not write."""

    arranged = Signal()

    def __init__(self, desk: Desk, stop: str) -> None:
        """``stop`` is the soft sentence that stands below every exercise."""
        super().__init__()
        self._desk, self._stop = desk, stop
        self._hand = Hand(desk)
        self._lines: list[SafetyLine] = []
        self._place = 0
        self.words = Text("", "question", align=CENTRE)
        self.soft = Text("", "body", "ink_soft", align=CENTRE, balance=True)
        self.next_button = Button(_("Next words"), "main", on=self._next)
        self.write_button = Button(_("Write words"), icon="edit", on=self._write)
        self.field = TextArea(name=_("Words that calm me"), lines=2, most=6)
        self.keep_button = Button(_("Keep these words"), "main", icon="check", on=self._keep)
        self.not_now = Button(_("Not now"), "quiet", on=self.begin)
        where = _("They stand on your own page, under “What calms me”. Only you choose what is there.")
        self._writing = hold(
            column(
                FieldRow(_("Words that calm me"), self.field, hint=where),
                16,
                flow(self.keep_button, self.not_now, gap=12),
            )
        )
        self._writing.setMaximumWidth(theme.px(560))
        spoken = hold(column(self.words, 8, self.soft))
        spoken.setMaximumWidth(theme.px(560))
        self._looking = hold(row(STRETCH, flow(self.next_button, self.write_button, gap=12), STRETCH))
        self.setLayout(
            column(
                *(row(STRETCH, (spoken, 1000), STRETCH), 24),
                *(row(STRETCH, (self._writing, 1000), STRETCH), self._looking),
            )
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def begin(self) -> None:
        """The first of her words, or a field for some."""
        person = self._hand.person
        found = self._desk.session.safety_lines(person) if person else []
        self._lines = [each for each in found if each.group is SafetyGroup.CALM and each.line.strip()]
        self._place = 0
        self._arrange(writing=False)
        self._show()

    def go_on_with(self, words: str) -> None:
        """What was half written stands in its field."""
        self.field.set_text(words)
        self._arrange(writing=True)

    def forget(self) -> None:
        """Let go of the words; a half-written line stays in its field until the page is opened anew."""
        self._lines = []
        self.words.setText("")

    def _show(self) -> None:
        if self._lines:
            self._say(self._lines[self._place].line, self._stop)
        else:
            self._say(_("There are no words here yet."), _("A line of a song, a prayer, something kind to say to me."))
        self.next_button.setVisible(len(self._lines) > 1)

    def _say(self, words: str, soft: str) -> None:
        self.words.setText(words)
        self.soft.setText(soft)
        announce(self, words)

    def _next(self) -> None:
        self._place = (self._place + 1) % len(self._lines)
        self._show()

    def _write(self) -> None:
        self._arrange(writing=True)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self, *, writing: bool) -> None:
        had_keyboard = self.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
        self._writing.setVisible(writing)
        self._looking.setVisible(not writing)
        if had_keyboard and not writing:
            self.write_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.arranged.emit()

    def _keep(self) -> None:
        typed = self.field.text().strip()
        if not typed:
            self.begin()
            return
        order = at_the_end([each.order for each in self._lines])
        line = SafetyLine(id=new_id(), group=SafetyGroup.CALM, line=typed, order=order)
        if not self._hand.write(_("Write words that calm"), lambda edit: edit.add(line)):
            return
        self.field.set_text("")
        self.begin()
        self._place = next(place for place, each in enumerate(self._lines) if each.id == line.id)
        self._show()
