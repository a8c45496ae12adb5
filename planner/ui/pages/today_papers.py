"""Beside Today and the calendar, in quiet lines: time limits, papers that run out, when a day was last written down."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.plan import limits
from planner.plan.paper_days import in_order, runs_out_soon
from planner.ui.kit.layouts import Box, clear, column
from planner.ui.kit.rows import ListRow
from planner.ui.kit.text import Section
from planner.ui.pages.clocks_words import limit_second, shown_title
from planner.ui.pages.papers_words import runs_out_words
from planner.words import _

if TYPE_CHECKING:
    from planner.session import Person
    from planner.ui.page import Desk

MOST = 4

Told = tuple[str, str, str, str]
"""The page, the id of what it is opened with, and the two lines of a row."""


class PaperLines(QWidget):
    """Hidden while there is nothing to say; nothing of what a check-in says is shown here."""

    def __init__(self, desk: Desk, *, days: bool = True) -> None:
        """``days``: beside Today, which tells of close time limits itself; also when a day was last written down."""
        super().__init__()
        self._desk, self._with_days = desk, days
        self._shown: tuple[Told, ...] = ()
        self.rows: list[ListRow] = []
        self._lines = Box(True, 0, (0, 0, 0, 0))
        self.setLayout(column(24, Section(_("To keep in mind")), self._lines))
        self.hide()

    def refresh(self, person: Person | None) -> None:
        """Show those of one person; among several people nothing is said here."""
        found = [*self._limits(person), *self._papers(person), *self._days(person)] if person is not None else []
        self.setVisible(bool(found))
        if tuple(found) == self._shown:
            return
        self._shown = tuple(found)
        clear(self._lines)
        self.rows = [self._row(*each) for each in found]
        for row in self.rows:
            self._lines.put(row)

    def _limits(self, person: Person) -> list[Told]:
        session, formats = self._desk.session, self._desk.formats
        now = session.now()
        today = now.date()
        told = [each for each in limits.in_order(session.time_limits(person.id)) if limits.is_told(each, today)]
        if self._with_days:
            told = [each for each in told if not limits.is_close(each, today)]
        return [("clocks", each.id, shown_title(each), limit_second(each, formats, now)) for each in told[:MOST]]

    def _papers(self, person: Person) -> list[Told]:
        session, formats = self._desk.session, self._desk.formats
        today = session.today()
        soon = [each for each in session.tracked_papers(person.id) if runs_out_soon(each, today)]
        return [
            ("papers", each.id, each.title or _("A paper"), runs_out_words(each, formats, today))
            for each in in_order(soon, today)[:MOST]
        ]

    def _days(self, person: Person) -> list[Told]:
        last = next(iter(self._desk.session.check_ins(person.id)), None) if self._with_days else None
        if last is None:
            return []
        try:
            day = self._desk.formats.near(date.fromisoformat(last.day))
        except ValueError:
            return [("check-ins", "", _("How it has been"), "")]
        return [("check-ins", "", _("How it has been"), _("Last written down: {day}").format(day=day))]

    def _row(self, page: str, record: str, first: str, second: str) -> ListRow:
        name, icon = {"clocks": ("limit", "bell"), "papers": ("tracked", "later")}.get(page, ("", "sun"))
        go = partial(self._desk.go, page, **({name: record} if record else {}))
        return ListRow(first, second, icon=icon, first_step="label", on=go)
