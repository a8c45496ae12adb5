"""A hold on a person: while it is on, nothing of theirs is erased."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QWidget

from planner.ui.kit.choices import TickChoice
from planner.ui.kit.dialogs import Dialog, ask_first
from planner.ui.kit.layouts import column
from planner.ui.kit.rows import ListRow
from planner.ui.kit.text import Text
from planner.words import _

if TYPE_CHECKING:
    from planner.session import Person
    from planner.ui.page import Desk


class HoldPart(QWidget):
    """One tick; taking it off asks first, because what was removed meanwhile goes then."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._person: Person | None = None
        self.tick = TickChoice(
            _("Keep everything: papers from a court or a lawyer have come"),
            _("While this is on, nothing can be erased, and what is removed stays in the notebook."),
        )
        self.tick.clicked.connect(lambda _on=False: self._pressed())
        self.since = Text("", "body", "ink_soft").hide_empty()
        self.setLayout(column(self.tick, 6, self.since))

    def show_person(self, person: Person) -> None:
        """Show whether there is a hold on this person."""
        self._person = person
        blocker = QSignalBlocker(self.tick)
        self.tick.setChecked(bool(person.held_since))
        blocker.unblock()
        words = ""
        if person.held_since:
            at = datetime.fromisoformat(person.held_since).astimezone(self._desk.session.now().tzinfo)
            words = _("On since {day}. Ask a lawyer before you turn it off.").format(
                day=self._desk.formats.day(at.date())
            )
        self.since.setText(words)

    def _pressed(self) -> None:
        person = self._person
        if person is None:
            return
        if self.tick.isChecked():
            self._keep(lambda: self._desk.session.erasing.hold(person.id))
            return
        self.tick.setChecked(True)  # until it is really off
        ask_first(
            self.window(),
            _("Turn off “Keep everything”?"),
            _(
                "What was removed while it was on is deleted for good then. If papers from a court or a lawyer have "
                "come, do not delete. Call your lawyer."
            ),
            _("Turn it off"),
            lambda: self._keep(lambda: self._desk.session.erasing.lift(person.id)),
            kind="erase",
            no=_("Leave it on"),
        )

    def _keep(self, work: Callable[[], object]) -> None:
        person = self._person
        if person is not None:
            self._desk.keep(work)
            self.show_person(self._desk.session.find_person(person.id))


class KeepOrErase(Dialog):
    """For a worker: a hold on somebody, and the way to erasing them."""

    def __init__(self, parent: QWidget, desk: Desk, person: Person) -> None:
        """``parent`` is what it lies on."""
        self._desk, self._beneath, self._person = desk, parent, person.id
        self.hold = HoldPart(desk)
        self.hold.show_person(person)
        self.erase_row = ListRow(
            _("Erase this person for good"), _("First you see what goes and what stays."), icon="no", on=self._erase
        )
        title = _("Keep or erase: {name}").format(name=person.shown)
        super().__init__(parent, title, "", column(self.hold, 12, self.erase_row), width=520)
        self.add_button(_("All right"), "main", default=True)

    def _erase(self) -> None:
        from planner.ui.dialogs.erase import ask_to_erase_person

        self.accept()
        ask_to_erase_person(self._desk, self._beneath, self._person)
