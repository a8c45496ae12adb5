"""What is about to go, looked at: the log, and each person whose pages were kept long enough."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.ui.kit.buttons import Button
from planner.ui.kit.dialogs import Dialog
from planner.ui.kit.layouts import Box, clear, flow, hold
from planner.ui.kit.rows import ListRow
from planner.ui.kit.text import Person as Disc
from planner.ui.kit.text import Rule
from planner.ui.pages.today_kept import going_now, going_words
from planner.ui.people_words import tone_of
from planner.words import _

if TYPE_CHECKING:
    from planner.session.retention import Going
    from planner.ui.page import Desk


class AboutToGo(Dialog):
    """Each person can be kept as long again; the times for all are in Settings."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        self._desk = desk
        self._lines = Box(True, 0, (0, 0, 0, 0))
        self.buttons: dict[str, Button] = {}
        super().__init__(parent, _("What is about to go"), "", hold(self._lines), width=560)
        self.add_button(_("All right"), "main", default=True)
        self._fill()

    def _fill(self) -> None:
        going = going_now(self._desk.session)
        clear(self._lines)
        self.buttons = {}
        if going is None:
            self.words.setText(_("Nothing is about to go now."))
            return
        self.words.setText(going_words(going, self._desk.formats))
        self._fill_people(going)
        if going.lines:
            log = ListRow(
                _("What was looked at and what left"),
                _("Days and hours, without a word of what stood there."),
                icon="later",
                on=self._to_log,
            )
            self._lines.put(log, Rule(start=8))

    def _fill_people(self, going: Going) -> None:
        session, formats = self._desk.session, self._desk.formats
        people = {each.id: each for each in session.people()}
        for each in going.people:
            person = people[each.id]
            changed = _("Last change: {day}").format(day=formats.day_full(each.changed))
            keep = Button(
                _("Keep as long again"),
                "quiet",
                compact=True,
                name=_("Keep the pages of {name} as long again").format(name=person.shown),
                on=partial(self._keep, each.id),
            )
            self.buttons[each.id] = keep
            line = ListRow(person.shown, changed, trail=None, person=Disc(person.initial, tone_of(person.id)))
            self._lines.put(line, flow(keep), Rule(start=8))

    def _keep(self, person: str) -> None:
        if self._desk.keep(lambda: self._desk.session.retention.keep(person)):
            self._fill()

    def _to_log(self) -> None:
        self.accept()
        self._desk.go("activity")
