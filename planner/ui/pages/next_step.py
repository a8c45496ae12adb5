"""One next step, offered kindly: it can be done, put off for today, or another one shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.plan.suggest import NextStep, next_steps
from planner.ui.kit.buttons import Button
from planner.ui.kit.layouts import Box, Item, clear, flow, row
from planner.ui.kit.surfaces import Sheet
from planner.ui.kit.text import Icon, Text
from planner.words import _, c_

if TYPE_CHECKING:
    from planner.session import Person
    from planner.ui.page import Desk

FIRST_STEPS = "first-steps"


class NextStepCard(Sheet):
    """The one raised card of Today."""

    def __init__(self, desk: Desk) -> None:
        self._box = Box(True, 0, (24, 20, 24, 24))
        super().__init__(self._box, name=_("One next step"))
        self._desk = desk
        self._person = ""
        self._turn = 0
        self._offered: NextStep | None = None

    def refresh(self, person: Person) -> None:
        """Offer what fits now: first steps at the very beginning, then one step, or nothing."""
        self._person = person.id
        session = self._desk.session
        clear(self._box)
        self.show()
        begun = session.forms.begun(person.id) if not session.everyday else {FIRST_STEPS}
        if FIRST_STEPS not in begun and not session.is_set_aside(person.id, FIRST_STEPS):
            self._offer_first_steps()
            return
        goals = session.goals(person.id)
        parts = {goal: found.steps for goal, found in session.all_parts(person.id).items()}
        steps = next_steps(goals, parts, session.not_today(person.id))
        if steps:
            self._offer(steps[self._turn % len(steps)], len(steps) > 1)
        elif not goals:
            self._offer_a_goal()
        else:
            self.hide()

    def _head(self, icon: str, words: str) -> Item:
        return row(Icon(icon, "accent"), (Text(words, "strong", "accent_ink"), 1), gap=12)

    def _offer_first_steps(self) -> None:
        self._box.put(
            self._head("forms", _("If you like")),
            12,
            Text(_("First steps"), "question"),
            4,
            Text(
                _("A few calm questions about what would help most now. You can stop at any one, and skip any one."),
                "body",
                "ink_soft",
            ),
            20,
            flow(
                Button(_("Begin"), "main", after="next", on=lambda: self._desk.go("form", form=FIRST_STEPS)),
                Button(_("Not now"), on=self._put_first_steps_off),
                gap=12,
            ),
        )

    def _put_first_steps_off(self) -> None:
        self._desk.keep(lambda: self._desk.session.set_aside(self._person, FIRST_STEPS))
        self._desk.say(_("It waits for you under “Guided forms”."))

    def _offer_a_goal(self) -> None:
        self._box.put(
            self._head("plan", _("If you like")),
            12,
            Text(_("Something you would like"), "question"),
            4,
            Text(
                _("Small or big, for now or for later. It stands in your plan, in your own words."), "body", "ink_soft"
            ),
            20,
            flow(Button(_("Write it down"), "main", on=lambda: self._desk.go("plan", add="yes"))),
        )

    def _offer(self, offered: NextStep, more: bool) -> None:
        self._offered = offered
        step = offered.step
        told = [step.when, step.with_whom]
        self._box.put(
            self._head("step", _("One next step")),
            12,
            Text(step.title, "question"),
            4,
            Text(_("It is part of “{goal}”.").format(goal=offered.goal.title), "body", "ink_soft"),
            Text(
                self._desk.formats.sentence(", ".join(part for part in told if part)), "body", "ink_soft"
            ).hide_empty(),
            20,
            flow(
                Button(c_("step", "It is done"), "main", icon="check", on=self._done),
                Button(_("Not today"), on=self._not_today),
                *([Button(_("Show me another"), "quiet", on=self._another)] if more else []),
                Button(_("Open the goal"), "quiet", on=self._open),
                gap=12,
            ),
        )

    def _done(self) -> None:
        offered, desk = self._offered, self._desk
        if offered is None:
            return
        day = desk.session.today().isoformat()

        def save() -> None:
            with desk.session.edit(self._person, _("Finish a step")) as edit:
                edit.change(offered.step.id, done_on=day)

        if desk.keep(save):
            desk.say(_("Step done."), undo=True)

    def _not_today(self) -> None:
        offered = self._offered
        if offered is not None:
            self._desk.keep(lambda: self._desk.session.put_off(self._person, offered.step.id))

    def _another(self) -> None:
        self._turn += 1
        person = self._desk.session.person
        if person is not None:
            self.refresh(person)

    def _open(self) -> None:
        if self._offered is not None:
            self._desk.go("plan", goal=self._offered.goal.id)
