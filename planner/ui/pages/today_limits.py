"""On Today, above all else: time limits that are due within a week, or whose day has gone by."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.plan.limits import in_order, is_close
from planner.plan.records import TimeLimit
from planner.session.types import OutOfReach
from planner.ui.kit.layouts import Box, clear, column
from planner.ui.kit.rows import ListRow
from planner.ui.kit.text import Person as Disc
from planner.ui.kit.text import Section, Text
from planner.ui.pages.clocks_words import limit_second, shown_title
from planner.ui.people_words import tone_of
from planner.ui.with_someone import turn_to
from planner.words import _, n_

if TYPE_CHECKING:
    from planner.session import Person
    from planner.ui.page import Desk

MOST = 5


class LimitLines(QWidget):
    """Hidden while nothing is close. Among several people only an initial tells whose it is."""

    def __init__(self, desk: Desk) -> None:
        """Begins hidden."""
        super().__init__()
        self._desk = desk
        self._shown: tuple[object, ...] = ()
        self.rows: list[ListRow] = []
        self._lines = Box(True, 0, (0, 0, 0, 0))
        self._more = Text("", "body", "ink_soft").hide_empty()
        self.setLayout(column(Section(_("Days that count")), 4, self._lines, self._more, 24))
        self.hide()

    def refresh(self, person: Person | None) -> None:
        """Show those of one person, or of everyone."""
        found = self._found(person)
        now, formats = self._desk.session.now(), self._desk.formats
        told = tuple((whose, each, limit_second(each, formats, now)) for whose, each in found)
        self.setVisible(bool(told))
        if told == self._shown:
            return
        self._shown = told
        clear(self._lines)
        self.rows = [self._row(person is None, *each) for each in told[:MOST]]
        for row in self.rows:
            self._lines.put(row)
        left = len(told) - len(self.rows)
        self._more.setText(n_("and {n} more", "and {n} more", left).format(n=left) if left else "")

    def _found(self, person: Person | None) -> list[tuple[str, TimeLimit]]:
        session = self._desk.session
        today = session.today()
        if person is not None:
            return [(person.id, each) for each in in_order(session.time_limits(person.id)) if is_close(each, today)]
        from planner.session.agenda_limits import close_limits

        try:
            return close_limits(session, today)
        except OutOfReach:
            return []

    def _row(self, several: bool, whose: str, limit: TimeLimit, second: str) -> ListRow:
        disc = None
        if several:
            found = self._desk.session.find_person(whose)
            disc = Disc(found.initial, tone_of(whose))
        return ListRow(
            shown_title(limit),
            second,
            icon="" if several else "bell",
            person=disc,
            on=partial(self._open, whose, limit),
        )

    def _open(self, whose: str, limit: TimeLimit) -> None:
        if self._desk.session.person is None:
            turn_to(self._desk, whose)
        self._desk.go("clocks", limit=limit.id)
