"""A goal idea read over as a whole: what stays ticked goes into the plan, in one edit."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent

from planner.plan.life import DOMAIN_WORDS
from planner.session.library import goal_of, take_idea
from planner.ui.kit.buttons import Button
from planner.ui.kit.choices import TickChoice
from planner.ui.kit.layouts import column, hold
from planner.ui.kit.paint import across, painter, rounded
from planner.ui.kit.rows import ListRow
from planner.ui.kit.surfaces import Note
from planner.ui.kit.text import Rule, Section, Text
from planner.ui.pages.library_parts import points
from planner.ui.pages.library_reading import ReadingPage
from planner.ui.pages.plan_words import TIME_WORDS, Hand, who_writes, why_words
from planner.ui.theme import theme
from planner.words import _, language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.packs.goal_ideas import GoalIdea
    from planner.packs.texts import Words
    from planner.plan.records import Goal
    from planner.session import Changed
    from planner.session.editing import Edit
    from planner.ui.page import Desk


class Part(TickChoice):
    """A step, a helper or a barrier, to be left in or out: a ruled line with its tick, as wide as the column."""

    def sizeHint(self) -> QSize:
        """Half a line at least."""
        return QSize(theme.px(280), super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The tick and the words; softer when left out."""
        face, over = self.face, self.underMouse() or self.isDown()
        p = painter(self)
        if over:
            rounded(p, QRectF(self.rect()), theme.radius("control"), theme.colour("press" if self.isDown() else "well"))
        room = face.room(self.width())
        high = face.words.height(room) + (face.hint.height(room) if face.hint_text else 0)
        top, left = (self.height() - high) / 2, across(self, face.lead(), room)
        face.paint_mark(p, top + face.words.line_height / 2, self.isChecked())
        colour = "ink" if self.isChecked() else "ink_soft"
        face.words.paint(p, QRectF(left, top, room, high), colour)
        if face.hint_text:
            face.hint.paint(p, QRectF(left, top + face.words.height(room), room, high), "ink_soft")
        p.end()


class GoalIdeaPage(ReadingPage):
    """Opened with ``idea=id``. Every line is ticked at first."""

    name: ClassVar[str] = "goal-idea"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.idea: GoalIdea | None = None
        self._hand = Hand(desk)
        self._there: Goal | None = None
        self.parts: dict[tuple[str, int], Part] = {}
        self.there_note = Note("", "check", action=Button(_("Look at it"), "quiet", compact=True, on=self._look_at_it))
        self.put_button = Button(_("Put into my plan"), "main", icon="plan", on=self.put)
        self.person_words = Text(_("To put it into a plan, choose a person first."), "body", "ink_soft")
        self.lay_out(self.put_button, self.person_words, above=self.there_note)
        self._say_whether_there()

    # ---------------------------------------------------------------- what a page tells

    def title(self) -> str:
        return self.idea.title.get(language()) if self.idea is not None else super().title()

    def over_title(self) -> str:
        idea = self.idea
        if idea is None:
            return ""
        when = _(TIME_WORDS[idea.time])
        return _("{part}, {time}").format(part=_(DOMAIN_WORDS[idea.domain]), time=when[:1].lower() + when[1:])

    def show_for(self, **where: str) -> None:
        idea, spoken = self.desk.session.content.goal_idea(where.get("idea", "")), language()
        self.idea = idea
        self.parts.clear()
        self.begin(idea is not None)
        self._say_whether_there()
        if idea is None:
            return
        self.place.put(Text(why_words(idea.why.get(spoken)), "lead", "ink_soft"), 8)
        self.place.put(Text(_("Untick what does not fit. You can change every word later."), "body", "ink_soft"))
        self._ticks(_("Steps"), "step", [(each.words, each.when) for each in idea.steps])
        self._ticks(_("Who can help"), "helper", [(each.words, each.how) for each in idea.helpers])
        self._ticks(_("What may be in the way, and a way round"), "barrier", [(e.words, e.way) for e in idea.barriers])
        self._points(_("Papers to bring"), [each.words for each in idea.bring])
        self._appointments(idea)
        self._points(_("Good to know"), [each.words for each in idea.facts])
        self.end(idea.standing, idea.sources)

    def refresh(self, changed: Changed | None) -> None:
        if changed is None or changed.kinds & {"goal", "chosen"}:
            self._say_whether_there()

    # ---------------------------------------------------------------- showing

    def _ticks(self, head: str, kind: str, lines: Sequence[tuple[Words, Words | None]]) -> None:
        if not lines:
            return
        spoken = language()
        self.place.put(28, Section(head), 4)
        for place, (words, more) in enumerate(lines):
            tick = Part(words.get(spoken), more.get(spoken) if more is not None else "", chosen=True)
            self.parts[kind, place] = tick
            self.place.put(Rule(start=48) if place else None, tick)

    def _points(self, head: str, said: Sequence[Words]) -> None:
        if said:
            lines = points(each.get(language()) for each in said)
            self.beside.put(hold(column(Section(head), 12, lines)))

    def _appointments(self, idea: GoalIdea) -> None:
        if not idea.appointments:
            return
        rows = column(Section(_("Appointments that often follow")))
        content, spoken = self.desk.session.content, language()
        for each in idea.appointments:
            kit = content.kit(each.kit) if each.kit else None
            words = each.words.get(spoken)
            if kit is None:
                rows.put(12, points([words], icon="calendar"))
            else:
                go = partial(self.desk.go, "kit", kit=kit.id)
                rows.put(ListRow(words, _("How to get ready"), icon="calendar", on=go))
        self.beside.put(hold(rows))

    def _say_whether_there(self) -> None:
        """A goal of the same words may stand in the plan already."""
        idea, person = self.idea, self.desk.session.person
        self._there = None
        if idea is not None and person is not None:
            titles = {words.casefold() for words in idea.title.by_language.values()}
            goals = self.desk.session.goals(person.id)
            self._there = next((each for each in goals if each.title.casefold() in titles), None)
        self.there_note.set_text(_("This goal stands in the plan already."))
        self.there_note.setVisible(self._there is not None)
        self.put_button.setVisible(person is not None)
        self.person_words.setVisible(person is None)

    def _look_at_it(self) -> None:
        if self._there is not None:
            self.desk.go("plan", goal=self._there.id)

    # ---------------------------------------------------------------- into the plan

    def left_out(self) -> frozenset[tuple[str, int]]:
        """What is not ticked: its kind and its place in the idea."""
        return frozenset(key for key, tick in self.parts.items() if not tick.isChecked())

    def put(self) -> None:
        """Put what is ticked into the plan, and show it there."""
        idea, person = self.idea, self.desk.session.person
        if idea is None or person is None:
            return
        orders = [each.order for each in self.desk.session.goals(person.id)]
        goal = goal_of(idea, language(), who_writes(self.desk), orders)
        out = self.left_out()

        def take(edit: Edit) -> None:
            take_idea(edit, idea, language(), goal, left_out=out)

        if self._hand.write(_("Add a goal"), take):
            self.desk.go("plan", goal=goal.id)
            self.desk.say(_("It is in your plan. Change whatever you like."), undo=True)
