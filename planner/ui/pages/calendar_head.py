"""The line above a month or a week: what is shown, the way back and on, and what can be done with a calendar."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from planner.ui.kit.buttons import Button
from planner.ui.kit.floats import Menu, MenuItem
from planner.ui.kit.layouts import MIDDLE, apart, hold, row
from planner.ui.kit.text import Text
from planner.words import _

if TYPE_CHECKING:
    from planner.ui.page import Desk


class CalendarActions:
    """What can be done with somebody's calendar as a whole: bring one in, save it as a file, print the next days."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        """``parent`` is the page that dialogs lie on."""
        self._desk, self._parent = desk, parent

    def bring_in(self) -> None:
        """Read a calendar file."""
        self._desk.go("calendar-import")

    def save_file(self) -> None:
        """Write a calendar file."""
        from planner.ui.dialogs.calendar_export import export_range

        export_range(self._desk)

    def print_next(self) -> None:
        """A small slip with days and hours."""
        from planner.ui.dialogs.next_dates import NextDates

        self._desk.ask(NextDates(self._parent, self._desk))

    def items(self) -> list[tuple[str, str, Callable[[], object]]]:
        """Words, icon and what to do, of each."""
        return [
            (_("Bring in a calendar"), "folder", self.bring_in),
            (_("Save as a calendar file"), "sharing", self.save_file),
            (_("Print next appointments"), "print", self.print_next),
        ]


class TurnHead(QWidget):
    """Back, the name of what is shown, on; at the end Today, more, and perhaps one button."""

    turned = Signal(int)
    today_asked = Signal()

    def __init__(self, actions: CalendarActions, before: str, after: str, end: QWidget | None = None) -> None:
        """``before`` and ``after`` are what the two arrows are called."""
        super().__init__()
        self._actions = actions
        self.back = Button("", "quiet", icon="back", compact=True, name=before, on=lambda: self.turned.emit(-1))
        self.on = Button("", "quiet", icon="next", compact=True, name=after, on=lambda: self.turned.emit(1))
        self.title = Text("", "card")
        self.today = Button(_("Today"), "quiet", compact=True, name=_("Go to today"), on=self.today_asked.emit)
        self.more = Button("", "quiet", icon="more", compact=True, name=_("More for this calendar"), on=self._open)
        start = hold(row((self.back, MIDDLE), (self.on, MIDDLE), 8, (self.title, 1, MIDDLE)))
        self.setLayout(apart(start, *(each for each in (self.today, self.more, end) if each is not None), gap=4))

    def _open(self) -> None:
        Menu(self.more, [MenuItem(words, icon, on) for words, icon, on in self._actions.items()]).open()
