"""The papers that belong to an appointment: a line for each, which opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.ui.kit.layouts import Box, clear, column
from planner.ui.kit.rows import ListRow
from planner.ui.kit.text import Rule, Section
from planner.words import _

if TYPE_CHECKING:
    from planner.ui.page import Desk


class PapersOf(QWidget):
    """Hidden while there is none."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shown: tuple[tuple[str, str], ...] = ()
        self.rows: list[ListRow] = []
        self._lines = Box(True, 0, (0, 0, 0, 0))
        self.setLayout(column(24, Section(_("Papers")), self._lines))
        self.hide()

    def show_papers(self, person: str, record: str) -> None:
        """Show those of one record; an empty id shows none."""
        papers = self._desk.session.papers.of_record(person, record) if person and record else []
        shown = tuple((each.id, each.title) for each in papers)
        if shown != self._shown:
            self._shown = shown
            clear(self._lines)
            self.rows = [self._row(paper, title) for paper, title in shown]
            for row in self.rows:
                self._lines.put(row, Rule())
        self.setVisible(bool(shown))

    def _row(self, paper: str, title: str) -> ListRow:
        return ListRow(title, icon="papers", on=lambda: self._desk.go("papers", paper=paper))
