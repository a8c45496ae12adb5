"""Papers that are kept track of, as a list: where each stands, those that run out soon first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.plan.paper_days import in_order, runs_out_soon
from planner.plan.records import TrackedPaper
from planner.ui.kit.buttons import Button
from planner.ui.kit.layouts import column, flow
from planner.ui.kit.lists import Line, ListView
from planner.ui.kit.text import Section, Text
from planner.ui.pages.papers_words import paper_second
from planner.words import _

if TYPE_CHECKING:
    from planner.ui.page import Desk


class TrackedList(QWidget):
    """The papers, and a way to add one."""

    def __init__(self, desk: Desk, opened: Callable[[str], object], add: Callable[[], object]) -> None:
        """``opened`` is called with the id of a paper."""
        super().__init__()
        self._desk = desk
        self.list = ListView(_("Papers to keep track of"), chevron=True)
        self.list.opened.connect(opened)
        self.nothing = Text(
            _("Which papers you have, which you asked for, and when they run out can be written down here."),
            "body",
            "ink_soft",
        )
        self.add_button = Button(_("Write down a paper"), icon="plus", on=add)
        head = Section(_("Papers to keep track of"))
        self.setLayout(column(head, 4, self.list, self.nothing, 12, flow(self.add_button)))

    def show_papers(self, papers: Sequence[TrackedPaper]) -> None:
        """Show these, in their order."""
        desk, today = self._desk, self._desk.session.today()
        lines = [
            Line(
                each.id,
                each.title or _("No name yet"),
                paper_second(each, desk.formats, today),
                icon="later" if runs_out_soon(each, today) else "papers",
            )
            for each in in_order(papers, today)
        ]
        self.list.set_lines(lines)
        self.list.setVisible(bool(lines))
        self.nothing.setVisible(not lines)
