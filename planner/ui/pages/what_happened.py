"""What became of an appointment: four answers of equal rank, none of them a fault; for the law, the plain truth."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSizePolicy, QWidget

from planner.plan.records import WhatHappened
from planner.session.types import Mode
from planner.ui.kit.buttons import Button, PressChip
from planner.ui.kit.dates import DateField, TimeField
from planner.ui.kit.fields import Field, FieldRow
from planner.ui.kit.layouts import column, flow, hold
from planner.ui.kit.surfaces import Sheet
from planner.ui.kit.text import Text
from planner.ui.pages.appointment_saving import Told, day_and_hour
from planner.ui.pages.appointment_words import happened_words
from planner.words import _

if TYPE_CHECKING:
    from planner.plan.agenda import Occurrence
    from planner.plan.records import Appointment
    from planner.ui.page import Desk


class WhatHappenedSheet(QWidget):
    """The answers, the new day, and one line about it."""

    def __init__(
        self,
        desk: Desk,
        say: Callable[[WhatHappened], object],
        new_day: Callable[[str], object],
        note: Callable[[str], object],
    ) -> None:
        """What is told: an answer (said again, it is taken back), a new ``starts``, a line about it."""
        super().__init__()
        self._desk, self._say, self._new_day, self._note = desk, say, new_day, note
        self._asks_day = False
        self._told_note = ""
        self.head = Text("", "card")
        self.soft = Text("", "body", "ink_soft").hide_empty()
        self.answers = {what: PressChip("", checkable=True) for what in WhatHappened}
        for what, chip in self.answers.items():
            chip.clicked.connect(lambda _on=False, what=what: self._pressed(what))
        self.day = DateField(desk.formats)
        self.hour = TimeField(desk.formats)
        self.day_row = FieldRow(_("New day"), self.day)
        self.hour_row = FieldRow(_("New time"), self.hour)
        self.day.changed.connect(self._day_given)
        self.hour.changed.connect(self._day_given)
        self._days = hold(column(self.day_row, 12, self.hour_row, margins=(0, 12, 0, 0)))
        self.line = Field()
        self.line.done.connect(self.flush)
        self._line = hold(column(FieldRow(_("A line about it"), self.line, optional=True), margins=(0, 12, 0, 0)))
        self.law = _Law(desk)
        self.sheet = Sheet(
            column(self.head, self.soft, 12, flow(*self.answers.values(), gap=8), self._days, self._line,
                   margins=(20, 16, 20, 20))
        )  # fmt: skip
        self.setLayout(column(self.law, self.sheet))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_time(self, record: Appointment, time: Occurrence, known: Told, *, past: bool, law: bool) -> None:
        """Show what is known of one time."""
        mine = self._desk.session.mode is Mode.FOR_ME or self._desk.session.only is not None
        what = known.what
        self.head.setText(_("What happened?") if past else _("Has something changed?"))
        self.soft.setText(_("Every answer is fine. You can also leave it open.") if past else "")
        for each, chip in self.answers.items():
            words = happened_words(each, mine)
            if chip.text() != words:
                chip.setText(words)
                chip.setAccessibleName(words)
                chip.retheme()
            chip.setVisible(past or each is not WhatHappened.WENT)
            chip.setChecked(each is what or (self._asks_day and each is WhatHappened.MOVED))
        if not self._days.isAncestorOf(_focused(self)):
            day, hour = day_and_hour(known.moved.new_starts if known.moved is not None else "")
            self.day.set_value(day)
            self.hour.set_value(hour)
        self._days.setVisible(self._asks_day or what is WhatHappened.MOVED)
        outcome = known.said or known.moved
        self._told_note = outcome.note if outcome is not None else ""
        self._line.setVisible(outcome is not None)
        if not self.line.hasFocus():
            self.line.setText(self._told_note)
        self.law.show_law(record, what, past=past, law=law)

    def flush(self) -> None:
        """Keep the line as it stands."""
        text = " ".join(self.line.text().split())
        if text != self._told_note and not self._line.isHidden():
            self._told_note = text
            self._note(text)

    def forget(self) -> None:
        """Another time is shown next."""
        self._asks_day = False
        self.line.setText("")

    def _pressed(self, what: WhatHappened) -> None:
        if what is WhatHappened.MOVED:
            self._asks_day = True
            self.answers[what].setChecked(True)
            self._days.show()
            self.day.setFocus()
            return
        self._asks_day = False
        self._say(what)

    def _day_given(self) -> None:
        self.day_row.ask(self.day.problem())
        self.hour_row.ask(self.hour.problem())
        day, hour = self.day.value(), self.hour.value()
        if day is not None and not self.hour.problem():
            self._asks_day = False
            self._new_day(f"{day.isoformat()}T{hour:%H:%M}" if hour is not None else day.isoformat())


class _Law(QWidget):
    """What missing this can do in law, said plainly, with the next door beside it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._contact = ""
        self.title = Text("", "strong")
        self.words = Text("", "body")
        self.help = Button(_("Numbers that help"), "note", on=lambda: desk.go("help"))
        self.person = Button(_("Who it is with"), "note", on=lambda: desk.go("people", contact=self._contact))
        inner = column(self.title, 4, self.words, 12, flow(self.help, self.person, gap=8), margins=(20, 16, 20, 16))
        self.setLayout(column(Sheet(inner, "sand"), 16))

    def show_law(self, record: Appointment, what: WhatHappened | None, *, past: bool, law: bool) -> None:
        """Say what fits; nothing where it does not matter to the law, or where all went as it should."""
        self.setVisible(law and what in (None, WhatHappened.NOT_THIS_TIME, WhatHappened.THEY_CANCELLED))
        self._contact = record.contact
        self.person.setVisible(bool(record.contact))
        if what is WhatHappened.THEY_CANCELLED:
            self.title.setText(_("Make sure of it"))
            self.words.setText(_("Ask for it in writing, and ask for the new day. A lawyer can check it for you."))
        elif what is WhatHappened.NOT_THIS_TIME or past:
            missed = what is WhatHappened.NOT_THIS_TIME
            self.title.setText(_("What to do now") if missed else _("If you could not be there"))
            self.words.setText(
                _(
                    "If it was a hearing, the judge may have decided without you or given an order. "
                    "Call your lawyer today; there may still be a way."
                )
            )
        else:
            self.title.setText(_("If you cannot be there"))
            self.words.setText(
                _(
                    "If it is a hearing, the judge may decide without you. Call your lawyer before that day; "
                    "it can often be moved."
                )
            )


def _focused(widget: QWidget) -> QWidget:
    from PySide6.QtWidgets import QApplication

    return QApplication.focusWidget() or widget.window()
