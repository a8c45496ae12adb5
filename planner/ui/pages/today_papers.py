"""Beside Today and the calendar, in quiet lines: papers that run out soon, and when a day was last written down."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.plan.paper_days import in_order, runs_out_soon
from planner.ui.kit.layouts import Box, clear, column
from planner.ui.kit.rows import ListRow
from planner.ui.kit.text import Section
from planner.ui.pages.papers_words import runs_out_words
from planner.words import _

if TYPE_CHECKING:
    from planner.session import Person
    from planner.ui.page import Desk

MOST = 4


class PaperLines(QWidget):
    """Hidden while there is nothing to say; nothing of what a check-in says is shown here."""

    def __init__(self, desk: Desk, *, days: bool = True) -> None:
        """``days`` also tells when it was last written down how a day was."""
        super().__init__()
        self._desk, self._with_days = desk, days
        self._shown: tuple[tuple[str, str, str], ...] = ()
        self.rows: list[ListRow] = []
        self._lines = Box(True, 0, (0, 0, 0, 0))
        self.setLayout(column(24, Section(_("To keep in mind")), self._lines))
        self.hide()

    def refresh(self, person: Person | None) -> None:
        """Show those of one person; among several people nothing is said here."""
        found = [*self._papers(person), *self._days(person)] if person is not None else []
        self.setVisible(bool(found))
        if tuple(found) == self._shown:
            return
        self._shown = tuple(found)
        clear(self._lines)
        self.rows = [self._row(*each) for each in found]
        for row in self.rows:
            self._lines.put(row)

    def _papers(self, person: Person) -> list[tuple[str, str, str]]:
        session, formats = self._desk.session, self._desk.formats
        today = session.today()
        soon = [each for each in session.tracked_papers(person.id) if runs_out_soon(each, today)]
        return [
            (each.id, each.title or _("A paper"), runs_out_words(each, formats, today))
            for each in in_order(soon, today)[:MOST]
        ]

    def _days(self, person: Person) -> list[tuple[str, str, str]]:
        last = next(iter(self._desk.session.check_ins(person.id)), None) if self._with_days else None
        if last is None:
            return []
        try:
            day = self._desk.formats.near(date.fromisoformat(last.day))
        except ValueError:
            return [("", _("How it has been"), "")]
        return [("", _("How it has been"), _("Last written down: {day}").format(day=day))]

    def _row(self, paper: str, first: str, second: str) -> ListRow:
        go = partial(self._desk.go, "papers", tracked=paper) if paper else partial(self._desk.go, "check-ins")
        return ListRow(first, second, icon="later" if paper else "sun", first_step="label", on=go)
