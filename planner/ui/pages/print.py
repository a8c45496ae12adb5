"""Print and share: choose what goes onto the pages, see in words what they will tell, then look at them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from planner.exchange.parts import PlanPaper, PlanParts
from planner.plan import limits
from planner.plan.life import Section as PlanSection
from planner.plan.paper_days import in_order
from planner.plan.records import Appointment, Goal, TimeLimit, TrackedPaper, WhatHappened
from planner.session.types import Mode
from planner.ui.kit.buttons import Button
from planner.ui.kit.disclosure import Disclosure
from planner.ui.kit.fields import Field, FieldRow
from planner.ui.kit.layouts import column, columns, flow, fold, hold
from planner.ui.kit.picker import Picker
from planner.ui.kit.surfaces import EmptyPage, Note
from planner.ui.kit.text import Rule, Section, Text
from planner.ui.page import Page
from planner.ui.pages.print_parts import OneByOne, Parts, PartTick, Single
from planner.ui.pages.print_told import Told
from planner.words import _

if TYPE_CHECKING:
    from planner.session import Changed
    from planner.ui.page import Desk

GONE = frozenset({WhatHappened.THEY_CANCELLED, WhatHappened.NOT_THIS_TIME, WhatHappened.WENT})
"""What became of dates that stand on no page of next dates."""

DAYS = "28"
TITLE_MOST = 80
"""Letters of a title at most; what is longer is no title."""

DAYS_BACK = 12
"""How many of the days that were written down can stand on the pages, the newest first."""

KINDS = frozenset({"goal", "step", "helper", "barrier", "appointment", "outcome", "contact", "dependent"}) | {
    *("tracked-paper", "check-in", "clock")
}


class PrintPage(Page):
    """The plan of one person, on its way to paper."""

    name: ClassVar[str] = "print"
    searchable: ClassVar[bool] = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        from planner.ui.printing import usual_paper_size

        self._plan = PlanPaper()
        self._usual_size = usual_paper_size()
        self.heading = Field(placeholder=_("My plan"))
        self.heading.setMaxLength(TITLE_MOST)
        self.heading.textChanged.connect(lambda _text: self._say())
        self.days = Picker(
            [("14", _("The next two weeks")), ("28", _("The next four weeks")), ("91", _("The next three months"))],
            DAYS,
        )
        self.days.changed.connect(lambda: self.refresh(None))
        self.parts_ticks = Parts(FieldRow(_("How far ahead"), self.days))
        self.parts_ticks.changed.connect(self._ticked)
        self.chosen_alone = OneByOne(on_at_first=False)
        self.chosen_alone.changed.connect(self._ticked)
        self.alone_section = hold(
            column(
                28,
                Section(_("Only one by one")),
                12,
                Text(_("These stay out of every print, unless you tick them here."), "body", "ink_soft"),
                12,
                self.chosen_alone,
            )
        )
        self.kept_in = OneByOne(on_at_first=True)
        self.kept_in.changed.connect(self._ticked)
        self.some_out = Disclosure(_("Leave some of them out"), _("Hide the single ones"), self.kept_in)
        self.paper_size = Picker([("a4", _("A4")), ("us-letter", _("US Letter"))], self._usual_size)
        self.day_made = PartTick(_("The day it was made"))
        self.day_made.clicked.connect(lambda _on=False: self._ticked())
        self.lines = PartTick(_("Lines for writing by hand"))
        self.told = Told()
        self.look_button = Button(_("Look at the pages"), "main", icon="show", on=self.look)
        self.left_button = Button(_("What was looked at and what left"), "quiet", on=lambda: self.desk.go("activity"))
        self.cards_button = Button(_("Cards of people as a file"), "quiet", on=self._cards)
        self._build()
        self.refresh(None)

    def _build(self) -> None:
        worker = self.desk.session.mode is Mode.WITH_OTHERS
        self.release_note = Note(
            _(
                "Before pages go to anyone else: is there a yes in writing, for these pages, for this reader, "
                "and until which day? A person’s own copy never has to wait."
            ),
            icon="why",
            title=_("A question to check"),
        )
        main = column(
            column(self.release_note, 24) if worker else None,
            FieldRow(_("Words at the top"), self.heading, hint=_("Words that tell nothing to others are safest.")),
            28,
            self.parts_ticks,
            12,
            self.some_out,
            self.alone_section,
            28,
            Section(_("Paper")),
            12,
            fold(FieldRow(_("Size"), self.paper_size)),
            12,
            fold(self.day_made, self.lines),
            24,
            flow(self.left_button, self.cards_button),
            16,
        )
        both = columns(main, self.told)
        foot = column(Rule(), 16, flow(self.look_button), margins=(40, 0, 40, 20))
        self._foot = hold(foot)
        self.empty = EmptyPage(
            "sheet",
            _("Your pages will be here"),
            _("Once something stands in the plan, you can print it here. You choose what goes onto the paper."),
            [Button(_("Open the plan"), "main", icon="plan", on=lambda: self.desk.go("plan"))],
            _("Nothing leaves this notebook by itself."),
        )
        self._both = both
        self.set_body(column((both, 1), (self.empty, 1)), foot=self._foot)
        assert self.area is not None
        self.told.follow(self.area.verticalScrollBar())

    # -- what a page is ----------------------------------------------------------------------------------------------
    def title(self) -> str:
        """The page's name."""
        return _("Print and share")

    def refresh(self, changed: Changed | None) -> None:
        """Read the plan again; what was ticked stays."""
        session = self.desk.session
        person = session.person
        if person is None or (changed is not None and (changed.person != person.id or not changed.kinds & KINDS)):
            return
        parts = session.all_parts(person.id).values()
        dates = session.agenda(session.today(), int(self.days.value()), person.id)
        self._plan = PlanPaper(
            goals=session.goals(person.id),
            steps=[each for part in parts for each in part.steps],
            helpers=[each for part in parts for each in part.helpers],
            barriers=[each for part in parts for each in part.barriers],
            dates=[each for each in dates if each.outcome not in GONE],
            contacts=session.contacts(person.id),
            dependents=session.dependents(person.id),
            limits=limits.in_order(session.time_limits(person.id)),
            papers=in_order(session.tracked_papers(person.id), session.today()),
            check_ins=session.check_ins(person.id)[:DAYS_BACK],
        )
        self._offer()
        self._say()

    def draft(self) -> dict[str, Any] | None:
        """Words at the top and ticks, where they are other than at first. No single ones: those are chosen anew."""
        flags = self.parts_ticks.changed_flags()
        heading = self.heading.text()
        return {"heading": heading, "flags": flags} if heading or flags else None

    def take_draft(self, data: dict[str, Any]) -> None:
        """Put them back."""
        self.heading.setText(str(data.get("heading", "")))
        flags = data.get("flags")
        self.parts_ticks.take(flags if isinstance(flags, dict) else {})
        self._say()

    # -- what goes onto the pages ------------------------------------------------------------------------------------
    def _offer(self) -> None:
        plan = self._plan
        dates = {each.appointment.id: each.appointment for each in plan.dates}.values()
        singles: list[Single] = []
        alone: list[Single] = []
        for goal in plan.goals:
            (alone if _hers(goal) else singles).append(Single(goal.id, goal.title or _("No name yet"), _("Goals")))
        for date in dates:
            (alone if _hers(date) else singles).append(
                Single(date.id, date.title or _("Appointment"), _("Appointments"))
            )
        for contact in plan.contacts:
            group = _("People I keep away from") if contact.to_be_careful_with else _("People")
            name = contact.name or _("No name yet")
            (alone if contact.to_be_careful_with else singles).append(Single(contact.id, name, group))
        singles += [
            Single(each.id, each.name or _("No name yet"), _("People I look after")) for each in plan.dependents
        ]
        for limit in plan.limits:
            single = Single(limit.id, limit.title or _("No name yet"), _("Days that count"))
            (alone if _hers(limit) else singles).append(single)
        for paper in plan.papers:
            single = Single(paper.id, paper.title or _("No name yet"), _("Papers"))
            (alone if _hers(paper) else singles).append(single)
        self.chosen_alone.set_singles(alone)
        self.alone_section.setVisible(bool(alone))
        self.kept_in.set_singles(singles)
        self.some_out.setVisible(bool(singles))
        there = bool(alone or singles or plan.check_ins)
        self._both.setVisible(there)
        self._foot.setVisible(there)
        self.empty.setVisible(not there)

    def parts(self) -> PlanParts:
        """What is chosen now."""
        alone = self.chosen_alone.on()
        away = frozenset(each.id for each in self._plan.contacts if each.to_be_careful_with)
        flags: dict[str, Any] = dict(self.parts_ticks.flags())
        return PlanParts(
            **flags,
            mine_alone=alone - away,
            kept_away=alone & away,
            left_out=self.kept_in.off(),
        )

    def paper(self) -> PlanPaper:
        """The plan as it would be printed now."""
        return replace(
            self._plan,
            parts=self.parts(),
            title=self.heading.text().strip(),
            printed_on=self.desk.session.today() if self.day_made.isChecked() else None,
            size=self.paper_size.value(),
            room=self.lines.isChecked(),
        )

    def _ticked(self) -> None:
        self._say(aloud=True)

    def _say(self, *, aloud: bool = False) -> None:
        from planner.exchange.gate import reveals

        paper = self.paper()
        self.told.say(reveals(paper.parts, paper), aloud=aloud)

    def _cards(self) -> None:
        from planner.ui.dialogs.card_export import export_cards

        export_cards(self.desk)

    def look(self) -> None:
        """Make the pages and show them."""
        from planner.exchange.gate import Leaving, Left, PaperKind
        from planner.ui.printing import preview_and_print

        person = self.desk.session.person
        if person is None:
            return
        self._say()
        paper, formats = self.paper(), self.desk.formats

        def render() -> Any:
            from planner.exchange.paper import plan_sheet

            return plan_sheet(paper, formats)

        leaving = Leaving(what=Left.PRINTED, paper=PaperKind.PLAN, parts=paper.parts.names(), person=person.id)
        preview_and_print(self.desk, _("The pages"), render, self.told.sentences, leaving)


def _hers(record: Goal | Appointment | TrackedPaper | TimeLimit) -> bool:
    return record.home() is PlanSection.MINE_ALONE
