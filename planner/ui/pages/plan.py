"""My plan: goals by time or by part of life, and the one that is open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from planner.plan.records import Goal, GoalState, GoalTime
from planner.session.types import GoalParts, Mode
from planner.ui.everyday import leave_out
from planner.ui.kit.buttons import Button, Segment
from planner.ui.kit.layouts import STRETCH, Margins, column, flow, hold, row
from planner.ui.kit.scroll import Scroll
from planner.ui.kit.surfaces import EmptyPage
from planner.ui.kit.text import Rule
from planner.ui.navigation import PAGES, exists
from planner.ui.page import Page
from planner.ui.pages.plan_card import GoalCard
from planner.ui.pages.plan_layouts import Halves
from planner.ui.pages.plan_list import HEAD, GoalList, lines_by_part, lines_by_time
from planner.ui.pages.plan_new import NewGoal
from planner.ui.pages.plan_words import Hand, at_the_end, put_between
from planner.ui.pages.since_last import SinceLast
from planner.ui.theme import theme
from planner.words import _

if TYPE_CHECKING:
    from planner.session import Changed
    from planner.session.editing import Edit
    from planner.ui.page import Desk

SHOWN = frozenset({"goal", "step", "helper", "barrier", "contact", "chosen", "person"})
VIEWS = ("time", "part")
BESIDE: tuple[Margins, Margins] = ((40, 20, 2, 16), (16, 20, 26, 28))
"""Air round the list and round the sheet when they stand side by side; the bar that scrolls takes 14 px more."""
FOOT: Margins = (40, 0, 16, 16)
"""Air round what can be done, which stays below a list of any length; in one column it scrolls with the list."""
ALONE: Margins = (40, 20, 26, 28)
"""Air round either of them when it has the page for itself."""


class PlanPage(Page):
    """The list at the start, the open goal at the end; in a narrow window one of them, with a way back."""

    name: ClassVar[str] = "plan"

    def __init__(self, desk: Desk) -> None:
        """Build it; :meth:`refresh` fills it."""
        super().__init__(desk)
        self.hand = Hand(desk)
        self.goals: list[Goal] = []
        self._parts: dict[str, GoalParts] = {}
        self._person = ""
        self.open_goal = ""
        self.adding = False
        self._arrangeable = True
        self.by = Segment([_("By time"), _("By part of life")], self._stored_view(), _("Arrange by"))
        self.by.chosen_changed.connect(self._arranged)
        self.list = GoalList()
        self.list.opened.connect(self.open)
        self.list.placed.connect(self._placed)
        self.add_button = Button(_("Add a goal"), "quiet", icon="plus", on=self.begin)
        self.print_button = Button(_("Print the plan"), "quiet", icon="print", on=lambda: desk.go("print"))
        actions = flow(self.add_button, *([self.print_button] if exists("print", PAGES) else []))
        self.since = SinceLast(desk, foot=16)
        self._listed = column(self.since, self.list, STRETCH, margins=BESIDE[0])
        self._foot = hold(column(Rule(), 8, actions))
        self._below = column(self._foot, margins=FOOT)
        self.back_button = Button(_("Back to my plan"), "quiet", icon="back", compact=True, on=self.show_list)
        self.card = GoalCard(self.hand, self.remove)
        self.new = NewGoal(self.hand, self._added, self.show_list, self._next_order)
        self._head = QWidget()
        self._head.setLayout(row(self.back_button, STRETCH, margins=(0, 0, 0, 8)))
        alone = row((self.new, 1000), STRETCH)
        self._sheet = column(self._head, self.card, alone, STRETCH, margins=BESIDE[1])
        self.list_scroll, self.sheet_scroll = Scroll(self._listed), Scroll(self._sheet)
        for area in (self.list_scroll, self.sheet_scroll):
            # The bar has its own room, whether there is something to scroll or not, so that nothing jumps.
            area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.halves = Halves(hold(column((self.list_scroll, 1), self._below)), self.sheet_scroll)
        self.first_button = Button(_("Add the first goal"), "main", icon="plus", on=self.begin)
        self.ideas_button = Button(_("Look at ideas"), on=lambda: self.begin(ideas=True))
        empty = EmptyPage(
            "path",
            _("Your plan will be here"),
            _("Write down what you want, in your own words. One goal is enough to begin. There is no hurry."),
            [self.first_button, self.ideas_button],
            self._seen_by(),
        )
        self.empty = Scroll(column((empty, 1)))
        self.set_body(column((self.empty, 1), (self.halves, 1)), scroll=False, margins=False)
        leave_out(desk, self.print_button, self.ideas_button)
        self.retheme()
        self.refresh(None)

    # ---------------------------------------------------------------- what a page tells

    def title(self) -> str:
        """Hers, or the plan of the person beside the worker."""
        return _("My plan") if self.desk.session.mode is Mode.FOR_ME else _("The plan")

    def _seen_by(self) -> str:
        if self.desk.session.mode is Mode.FOR_ME:
            return _("Only you and those you choose can see this.")
        return _("Only those who can open this notebook can see this.")

    def head_extras(self) -> list[QWidget]:
        """By time, or by part of life; only where the list is to be seen."""
        return [self.by] if self._arrangeable and not self.desk.session.everyday else []

    def first_focus(self) -> QWidget | None:
        """The words of a goal being added, or the list."""
        if self.adding:
            return self.new.words
        return self.list if self.goals else self.first_button

    def show_for(self, **where: str) -> None:
        """``goal`` opens one, with ``writing`` a step of it; ``step`` opens its goal; ``add`` begins a new one."""
        goal = where.get("goal", "")
        step = where.get("step", "")
        if goal or step:
            self.refresh(None)
        if step:
            owners = (owner for owner, parts in self._parts.items() if any(each.id == step for each in parts.steps))
            goal = next(owners, goal)
        if where.get("add"):
            self.begin()
        elif any(each.id == goal for each in self.goals):
            self.open(goal)
            if any(each.id == where.get("writing") for each in self._parts.get(goal, GoalParts()).steps):
                self.card.steps.row(where["writing"]).open()

    def has_open(self, where: Mapping[str, str]) -> bool:
        """Whether that goal is the one on the sheet."""
        return where.get("goal", self.open_goal) == self.open_goal

    def leave(self) -> bool:
        """Save what is typed."""
        self.card.flush()
        return True

    def opened_again_with(self, where: dict[str, str]) -> dict[str, str]:
        """The goal on the sheet."""
        if self.adding or not self.open_goal:
            return {}
        writing = self.card.steps.being_written()
        return {"goal": self.open_goal, **({"writing": writing} if writing else {})}

    def draft(self) -> dict[str, Any] | None:
        """A goal that was being added."""
        return self.new.draft()

    def take_draft(self, data: dict[str, Any]) -> None:
        """Go on adding it."""
        self.new.take_draft(data)
        self.begin()

    # ---------------------------------------------------------------- what is shown

    def refresh(self, changed: Changed | None) -> None:
        """Show the plan as it is stored."""
        person = self.hand.person
        if changed is not None and not changed.concerns(person, SHOWN):
            return
        if person != self._person:
            self._person, self.open_goal, self.adding = person, "", False
            self.new.clear()
            self.halves.show_second(False)
        session = self.desk.session
        self.goals = session.goals(person) if person else []
        self._parts = session.all_parts(person) if person else {}
        ids = [goal.id for goal in self.goals]
        if self.adding and self.new.pending() in ids:
            self.new.clear()
            self.adding = False
        if self.open_goal not in ids:
            if self.open_goal:
                self.halves.show_second(False)
            self.open_goal = self._usual()
        self.by.choose(self._stored_view())
        self.since.refresh(person)
        self._show()

    def _usual(self) -> str:
        """The goal that is open when nobody has chosen one: the first for now, else the first of all."""
        opened = [goal for goal in self.goals if goal.state is GoalState.OPEN]
        for time in GoalTime:
            for goal in opened:
                if goal.time is time:
                    return goal.id
        return self.goals[0].id if self.goals else ""

    def _show(self) -> None:
        nothing = not self.goals
        self.empty.setVisible(nothing and not self.adding)
        self.halves.setVisible(not nothing or self.adding)
        self.halves.use_alone(True if nothing else None)
        lines = lines_by_part if self._stored_view() else lines_by_time
        self.list.set_lines(lines(self.goals, self._parts))
        self.list.choose("" if self.adding else self.open_goal)
        self.card.setVisible(not self.adding)
        self.new.setVisible(self.adding)
        goal = next((each for each in self.goals if each.id == self.open_goal), None)
        if goal is not None:
            contacts = self.desk.session.contacts(self._person, keep_away=False)
            self.card.show_goal(goal, self._parts.get(goal.id, GoalParts()), contacts)
        self._fit()

    def _fit(self) -> None:
        """What depends on the room there is: air, the way back, and whether there is a list to arrange."""
        together = self.halves.together
        beside = together and bool(self.goals)
        self._listed.set_margins(BESIDE[0] if beside else ALONE)
        self._sheet.set_margins(BESIDE[1] if beside else ALONE)
        self._head.setVisible(bool(self.goals) and not together)
        if together is not (self._below.indexOf(self._foot) >= 0):
            if together:
                self._below.insertWidget(0, self._foot)
            else:
                self._listed.insertWidget(2, self._foot)
        self._below.set_margins(FOOT if together else (0, 0, 0, 0))
        arrangeable = bool(self.goals) and (together or self.halves.first.isVisibleTo(self.halves))
        if arrangeable is not self._arrangeable:
            self._arrangeable = arrangeable
            self.head_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another window, other room."""
        super().resizeEvent(event)
        self._fit()

    def retheme(self) -> None:
        """So it is with larger text."""
        self.new.setMaximumWidth(theme.px(720))
        self._fit()

    # ---------------------------------------------------------------- moving about

    def open(self, goal: str) -> None:
        """Open a goal on the sheet."""
        self.card.flush()
        self.open_goal, self.adding = goal, False
        self.halves.show_second(True)
        self._show()
        self.sheet_scroll.verticalScrollBar().setValue(0)
        if not self.halves.together:
            self.back_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_list(self) -> None:
        """Back to the list; a goal that was being added is put off, its words stay."""
        self.card.flush()
        self.adding = False
        self.halves.show_second(False)
        self._show()
        (self.list if self.goals else self.first_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def begin(self, ideas: bool = False) -> None:
        """Begin a new goal."""
        self.card.flush()
        self.adding = True
        self.halves.show_second(True)
        self._show()
        self.sheet_scroll.verticalScrollBar().setValue(0)
        self.new.open(ideas)

    def _added(self, goal: str, with_steps: bool) -> None:
        self.open(goal)
        if not with_steps:
            self.card.steps.adding.begin()

    def _stored_view(self) -> int:
        return VIEWS.index(self.desk.session.setting("plan_by"))

    def _arranged(self, view: int) -> None:
        self.desk.keep(lambda: self.desk.session.set_setting("plan_by", VIEWS[view]))
        self._show()

    # ---------------------------------------------------------------- writing

    def _next_order(self) -> str:
        return at_the_end([goal.order for goal in self.goals])

    def _placed(self, moved: str, head: str, order: list[str]) -> None:
        orders = {goal.id: goal.order for goal in self.goals}
        goal = next(each for each in self.goals if each.id == moved)
        named = head.removeprefix(HEAD)
        time = GoalTime(named) if goal.state is GoalState.OPEN and named in list(GoalTime) else goal.time

        def put(edit: Edit) -> None:
            if time is not goal.time:
                edit.change(moved, time=time)
            put_between(edit, moved, order, orders)

        self.hand.write(_("Move a goal"), put)

    def remove(self, goal: str) -> None:
        """Take a goal out of the plan, with Undo."""
        self.card.flush()
        if self.hand.write(_("Remove a goal"), lambda edit: edit.remove(goal), _("The goal is removed.")):
            (self.list if self.goals else self.first_button).setFocus(Qt.FocusReason.OtherFocusReason)
