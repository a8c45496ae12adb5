"""A day among several people: one line a visit, with an initial alone to tell whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.session import AgendaItem, Person
from planner.ui.kit.layouts import column
from planner.ui.kit.lists import ListView
from planner.ui.kit.text import Text
from planner.ui.pages.appointment_words import item_key, item_line
from planner.ui.pages.today_words import open_occurrence
from planner.ui.people_words import tone_of
from planner.words import _, n_

if TYPE_CHECKING:
    from planner.ui.kit.lists import Line
    from planner.ui.page import Desk


class DayList(QWidget):
    """The visits of one day. Only what is seen is drawn, so a team's full day opens as fast as an empty one."""

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__()
        self._desk = desk
        self._items: dict[str, AgendaItem] = {}
        self._list = ListView(name, chevron=True)
        self._list.opened.connect(lambda key: open_occurrence(desk, self._items[key]))
        self._more = Text("", "body", "ink_soft").hide_empty()
        self.setLayout(column(self._list, 8, self._more))

    def show_items(self, items: list[AgendaItem], people: dict[str, Person], total: int) -> None:
        """Show ``items`` of the ``total`` that there are."""
        self._items = {item_key(item): item for item in items}
        self._list.set_lines([self._line(item, people[item.person]) for item in items])
        self._list.setVisible(bool(items))
        left = total - len(items)
        if not items:
            self._more.setText(_("Nothing is planned."))
        elif left > 0:
            words = n_("{n} more stands in the calendar.", "{n} more stand in the calendar.", left)
            self._more.setText(words.format(n=left))
        else:
            self._more.setText("")

    def _line(self, item: AgendaItem, person: Person) -> Line:
        return item_line(self._desk, item, person, tone_of(person.id))
