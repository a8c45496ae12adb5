"""Which next dates a slip of paper shows, before it is looked at and printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.plan.life import Section
from planner.plan.limits import days_left, is_open
from planner.plan.records import WhatHappened
from planner.ui.kit.choices import TickChoice
from planner.ui.kit.dialogs import Dialog
from planner.ui.kit.fields import FieldRow
from planner.ui.kit.layouts import column
from planner.ui.kit.picker import Picker
from planner.ui.kit.text import Text
from planner.words import _

if TYPE_CHECKING:
    from planner.plan.records import TimeLimit
    from planner.session import AgendaItem
    from planner.ui.page import Desk

PARTS = ("appointments", "places")
"""What the activity log calls the parts of a slip."""


class NextDates(Dialog):
    """How far ahead, and whether with the places; what it reveals stands below and follows the choice."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        """The person whose pages are open."""
        self._desk = desk
        self.days = Picker(
            [("14", _("The next two weeks")), ("28", _("The next four weeks")), ("91", _("The next three months"))],
            "28",
        )
        self.places = TickChoice(_("Show the places too"), _("Whoever finds the slip then knows where you will be."))
        self.limits = TickChoice(_("Days that count too"), _("Only “Last day”, not what it is about."))
        self.limits.setVisible(bool(self._last_days(366)))
        self.reveals = Text("", "body")
        body = column(
            FieldRow(_("How far ahead"), self.days),
            12,
            self.places,
            8,
            self.limits,
            16,
            Text(_("Whoever reads it learns"), "strong"),
            self.reveals,
        )
        super().__init__(
            parent,
            _("Print next appointments"),
            _("The slip says only “Appointment”, with the day and the hour. What is yours alone stays out."),
            body,
            icon="print",
        )
        self.add_button(_("Look at it"), "main", self._look, default=True)
        self.add_button(_("Not now"), "quiet")
        self.days.changed.connect(self._say)
        self.places.clicked.connect(lambda _on=False: self._say())
        self.limits.clicked.connect(lambda _on=False: self._say())
        self._say()

    def dates(self) -> list[AgendaItem]:
        """The dates on the slip: coming ones that still stand, without what is hers alone."""
        session = self._desk.session
        person = session.person
        if person is None:
            return []
        gone = (WhatHappened.THEY_CANCELLED, WhatHappened.NOT_THIS_TIME, WhatHappened.WENT)
        found = session.agenda(session.today(), int(self.days.value()), person.id)
        return [
            each for each in found if each.appointment.home() is not Section.MINE_ALONE and each.outcome not in gone
        ]

    def last_days(self) -> list[TimeLimit]:
        """The open time limits on the slip, where they are wanted; without those that are hers alone."""
        return self._last_days(int(self.days.value())) if self.limits.isChecked() else []

    def _last_days(self, days: int) -> list[TimeLimit]:
        session = self._desk.session
        person = session.person
        if person is None:
            return []
        left = ((each, days_left(each, session.today())) for each in session.time_limits(person.id) if is_open(each))
        return [
            each
            for each, away in left
            if away is not None and 0 <= away < days and each.home() is not Section.MINE_ALONE
        ]

    def _say(self) -> None:
        from planner.exchange.gate import slip_reveals

        said = slip_reveals(self.dates(), places=self.places.isChecked(), limits=len(self.last_days()))
        self.reveals.setText("\n".join(said))

    def _look(self) -> None:
        from planner.exchange.gate import Leaving, Left, PaperKind, slip_reveals
        from planner.exchange.paper import slip_pdf
        from planner.ui.printing import preview_and_print

        desk, dates, places, limits = self._desk, self.dates(), self.places.isChecked(), self.last_days()
        person = desk.session.person
        leaving = Leaving(
            what=Left.PRINTED,
            paper=PaperKind.SLIP,
            parts=(*(PARTS if places else PARTS[:1]), *(("limits",) if limits else ())),
            person=person.id if person is not None else "",
        )
        preview_and_print(
            desk,
            _("Next appointments"),
            lambda: slip_pdf(dates, desk.formats, places=places, limits=limits),
            slip_reveals(dates, places=places, limits=len(limits)),
            leaving,
        )
