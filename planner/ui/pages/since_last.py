"""What changed in a plan since it was last looked at: shut until it is opened, each line a way there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.ui.kit.disclosure import Disclosure
from planner.ui.kit.layouts import Box, clear, column, hold
from planner.ui.kit.rows import ListRow
from planner.ui.kit.text import Text
from planner.ui.where import place_of, room_of
from planner.words import _, n_

if TYPE_CHECKING:
    from planner.session.since_words import Line
    from planner.ui.page import Desk

_ICONS = {
    **dict.fromkeys(("goal",), "plan"),
    **dict.fromkeys(("step",), "step"),
    **dict.fromkeys(("appointment", "outcome"), "calendar"),
    **dict.fromkeys(("contact",), "people"),
    **dict.fromkeys(("dependent",), "family"),
    "tracked-paper": "papers",
    "check-in": "sun",
    "clock": "later",
    "score": "health",
    "safety-line": "shield",
}


class SinceLast(QWidget):
    """Hidden while there is nothing to tell."""

    def __init__(self, desk: Desk, foot: int = 0) -> None:
        """``foot`` is the air below, so that nothing is left of it while it is hidden."""
        super().__init__()
        self._desk = desk
        self._lines: tuple[Line, ...] = ()
        self._more = 0
        self._rows = Box(True, 0, (0, 0, 0, 0))
        self.list = Disclosure("", "", hold(self._rows))
        self.setLayout(column(self.list, foot or None))
        self.hide()

    def refresh(self, person: str) -> None:
        """Show what changed in the plan of this person ("" for nobody)."""
        news = self._desk.session.since.news(person) if person else None
        if news is None or not news.lines or news.day is None:
            self._lines = ()
            self.hide()
            return
        day = self._desk.formats.day(news.day)
        self.list.set_words(
            _("What changed since {day}").format(day=day), _("What changed since {day}").format(day=day)
        )
        self.show()
        if (news.lines, news.more) != (self._lines, self._more):
            self._lines, self._more = news.lines, news.more
            self._fill(person)

    def _fill(self, person: str) -> None:
        clear(self._rows)
        for line in self._lines:
            leads = bool(room_of(line.kind))
            self._rows.put(
                ListRow(
                    line.words, icon=_ICONS.get(line.kind, ""), first_step="body", on=partial(self._go, person, line)
                )
                if leads
                else Text(line.words, "body", "ink_soft")
            )
        if self._more:
            words = n_("and {n} more", "and {n} more", self._more).format(n=self._more)
            self._rows.put(4, Text(words, "body", "ink_soft"))

    def _go(self, person: str, line: Line) -> None:
        page, where = place_of(self._desk.session, person, line.kind, line.id) if line.id else (room_of(line.kind), {})
        self._desk.go(page, **where)
