"""A new goal: her own words first, or an idea that she can take and change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from planner.plan.life import DOMAIN_ICONS, LifeDomain
from planner.plan.records import Goal, GoalTime, new_id
from planner.ui.everyday import leave_out
from planner.ui.kit.buttons import Button
from planner.ui.kit.fields import FieldRow, TextArea
from planner.ui.kit.layouts import column, flow
from planner.ui.kit.lists import Line, ListView
from planner.ui.kit.surfaces import Sheet
from planner.ui.kit.text import Rule, Text
from planner.ui.pages.plan_details import PartPicker, time_picker
from planner.ui.pages.plan_layouts import Pair
from planner.ui.pages.plan_words import Hand, one_line, parts_of_life, same_part, who_writes
from planner.words import _, language


class NewGoal(Sheet):
    """The sheet on which a goal begins. ``added`` is called with the id of the new goal."""

    def __init__(
        self,
        hand: Hand,
        added: Callable[[str, bool], object],
        away: Callable[[], object],
        next_order: Callable[[], str],
    ) -> None:
        """``added`` also gets whether the goal came with steps; ``away`` is called when it is put off."""
        super().__init__()
        self._hand, self._added, self._next_order = hand, added, next_order
        self._id = new_id()
        self._shown: object = None
        self.words = TextArea(lines=1, most=4)
        self.words.paper.installEventFilter(self)
        self.words_row = FieldRow(
            _("What do you want?"), self.words, hint=_("In your own words. You can change them at any time.")
        )
        self.part = PartPicker()
        self.time = time_picker()
        pair, part_row = Pair(16), FieldRow(_("Part of life"), self.part)
        pair.add(FieldRow(_("When"), self.time), part_row)
        self.add_button = Button(_("Add to my plan"), "main", icon="plus", on=self.add)
        self.ideas = ListView(_("Ideas"), chevron=True)
        self.ideas.opened.connect(self._look_at)
        body = column(
            Text(_("A new goal"), "question"),
            16,
            self.words_row,
            12,
            pair,
            20,
            flow(self.add_button, Button(_("Not now"), on=away), gap=12),
            28,
            *(offered := self._ideas_below()),
            margins=(28, 24, 28, 20),
        )
        self.setLayout(body)
        leave_out(hand.desk, part_row, *(each for each in offered if isinstance(each, QWidget)))

    def _ideas_below(self) -> list[QWidget | int]:
        return [
            Text(_("Or begin with an idea"), "strong"),
            Text(_("Read one over, take what fits, then change whatever you like."), "body", "ink_soft"),
            4,
            Rule(below=4),
            self.ideas,
        ]

    # ---------------------------------------------------------------- what is typed

    def open(self, ideas: bool = False) -> None:
        """Show the ideas, and give the keyboard to the words or to the ideas."""
        session = self._hand.desk.session
        if not session.everyday and self._shown is not session.content.goal_ideas():
            self._show_ideas()
        (self.ideas if ideas else self.words).setFocus(Qt.FocusReason.OtherFocusReason)

    def typed(self) -> str:
        """The words so far."""
        return one_line(self.words.text())

    def pending(self) -> str:
        """The id the goal will have."""
        return self._id

    def clear(self) -> None:
        """Begin anew."""
        self._id = new_id()
        self.words.set_text("")
        self.words_row.ask("")
        self.part.choose(LifeDomain.BASIC_NEEDS.value)
        self.time.choose(GoalTime.NOW.value)

    def draft(self) -> dict[str, Any] | None:
        """What is typed and not a goal yet."""
        if not self.typed():
            return None
        return {"words": self.words.text(), "part": self.part.value(), "time": self.time.value()}

    def take_draft(self, data: dict[str, Any]) -> None:
        """Put back what was typed."""
        self.words.set_text(str(data.get("words", "")))
        self.part.choose(str(data.get("part", "")))
        self.time.choose(str(data.get("time", "")))

    def add(self) -> None:
        """Put the goal into the plan."""
        words = self.typed()
        if not words:
            self.words_row.ask(_("A few words are enough to begin."))
            self.words.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        goal = self._goal(words, self.part.part(), GoalTime(self.time.value()))
        if self._hand.write(_("Add a goal"), lambda edit: edit.add(goal), _("The goal is in your plan.")):
            self.clear()
            self._added(goal.id, False)

    def _goal(self, words: str, domain: LifeDomain, time: GoalTime) -> Goal:
        by = who_writes(self._hand.desk)
        return Goal(id=self._id, title=words, domain=domain, time=time, written_by=by, order=self._next_order())

    # ---------------------------------------------------------------- ideas

    def _show_ideas(self) -> None:
        """A line for each idea; it is read over as a whole before anything of it goes into the plan."""
        spoken = language()
        found = self._hand.desk.session.content.goal_ideas()
        lines: list[Line] = []
        for domain, words, _icon in parts_of_life():
            mine = [each for each in found if same_part(each.domain, domain)]
            if mine:
                lines.append(Line(f"head:{domain.value}", words, section=True))
            lines += [
                Line(each.id, each.title.get(spoken), each.why.get(spoken), icon=DOMAIN_ICONS[each.domain])
                for each in mine
            ]
        self.ideas.set_lines(lines)
        self._shown = found

    def _look_at(self, idea: str) -> None:
        self._hand.desk.go("goal-idea", idea=idea)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter adds the goal."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.add()
            return True
        return super().eventFilter(watched, event)
