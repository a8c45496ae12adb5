"""The open goal: the one raised sheet of the plan."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from planner.plan.life import DOMAIN_ICONS
from planner.plan.records import Goal
from planner.ui.kit.buttons import Button
from planner.ui.kit.layouts import MIDDLE, Item, column, row
from planner.ui.kit.surfaces import Sheet
from planner.ui.kit.text import Icon, Rule, Text
from planner.ui.pages.plan_details import Details, Rivals, Standing
from planner.ui.pages.plan_help import Barriers, Helpers
from planner.ui.pages.plan_layouts import Pair
from planner.ui.pages.plan_steps import Steps
from planner.ui.pages.plan_typing import InPlace
from planner.ui.pages.plan_words import Hand, by_words, part_and_time, why_words
from planner.words import _, c_

if TYPE_CHECKING:
    from planner.plan.records import SupportContact
    from planner.session.types import GoalParts


class GoalCard(Sheet):
    """One goal with everything that belongs to it; every piece is changed where it stands."""

    def __init__(self, hand: Hand, remove: Callable[[str], object]) -> None:
        """``remove`` is called with the id of the goal that is to go."""
        super().__init__()
        self._hand = hand
        self.goal: Goal | None = None
        self._icon = Icon("plan", "accent")
        self._about = Text("", "body", "ink_soft")
        self._by = Text("", "body", "ink_soft")
        self._alone = Icon("lock", "ink_soft", size=20)
        self.pencil = Button(
            "", "quiet", icon="edit", compact=True, name=_("Part of life, time and more"), on=self.toggle_details
        )
        self.rivals = Rivals(hand)
        self.title = InPlace(_("My goal"), "question", save=self._save_title)
        self.why = InPlace(
            _("Why"),
            "lead",
            "ink_soft",
            invite=_("Why do you want this? So that …"),
            shown=why_words,
            save=self._save_why,
            may_be_empty=True,
        )
        self.details = Details(hand, self.toggle_details, lambda: remove(self.goal.id) if self.goal else None)
        self.details.hide()
        self.steps = Steps(hand)
        self._count = Text("", "body", "ink_soft", wrap=False)
        self.helpers = Helpers(hand)
        self.barriers = Barriers(hand)
        self.standing = Standing(hand)
        pair = Pair(24)
        pair.add(self.helpers, self.barriers)
        self.setLayout(column(*self._parts(pair), margins=(20, 20, 20, 24)))

    def _parts(self, pair: Pair) -> list[Item]:
        head = row(
            self._icon,
            (self._about, 1, MIDDLE),
            (self._alone, MIDDLE),
            (self._by, MIDDLE),
            self.pencil,
            gap=12,
            margins=(8, 0, 0, 0),
        )
        steps_head = row((Text(_("Steps"), "strong"), 1), self._count, gap=12)
        steps = column(
            8,
            self.details,
            self.rivals,
            12,
            steps_head,
            4,
            Rule(below=4),
            self.steps,
            8,
            Rule(),
            margins=(8, 0, 8, 0),
        )
        # The grounds of words that are pressed reach 8 px further out than the words.
        helped = column(pair, margins=(0, 20, 8, 20))
        return [head, self.title, self.why, steps, helped, column(Rule(below=12), self.standing, margins=(8, 0, 8, 0))]

    def toggle_details(self) -> None:
        """Open or close what the pencil opens."""
        opened = self.details.isHidden()
        self.details.setVisible(opened)
        (self.details.time if opened else self.pencil).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_goal(self, goal: Goal, parts: GoalParts, contacts: list[SupportContact]) -> None:
        """Show a goal; where it is the same one, fields that are being typed in stay as they are."""
        if self.goal is None or self.goal.id != goal.id:
            # Whoever opens another goal has saved what was typed here; what is left belongs to a goal that is gone.
            self.details.hide()
            for words in (self.title, self.why):
                words.pen.drop()
                words.close_field(keep_focus=False)
        self.goal = goal
        self.setAccessibleName(goal.title)
        self._icon.set(DOMAIN_ICONS[goal.domain])
        self._about.setText(part_and_time(goal))
        self._by.setText(by_words(self._hand.desk)[goal.written_by])
        self._alone.setVisible(goal.mine_alone)
        self.title.set(goal.title)
        self.why.set(goal.why)
        self.details.show_goal(goal)
        self.rivals.show_goal(goal, parts)
        count = len(parts.steps)
        self._count.setText(c_("steps", "{n} of {all} done").format(n=parts.done, all=count) if count else "")
        self.steps.show_steps(goal.id, parts.steps)
        self.helpers.show_helpers(goal.id, parts.helpers, contacts)
        self.barriers.show_barriers(goal.id, parts.barriers)
        self.standing.show_goal(goal)

    def flush(self) -> None:
        """Save everything that is typed on the sheet."""
        if self.goal is None:
            return
        for part in (self.title, self.why, self.steps, self.helpers, self.barriers):
            part.flush()

    def _save_title(self, text: str) -> bool:
        return self._change("title", text)

    def _save_why(self, text: str) -> bool:
        return self._change("why", text)

    def _change(self, name: str, text: str) -> bool:
        goal = self.goal
        if goal is None:
            return True
        return self._hand.write(_("Change a goal"), lambda edit: edit.change(goal.id, **{name: text}))
