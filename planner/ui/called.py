"""What the program is called on this device, and its picture: title, task bar, lock screen, a printer's list."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from planner.store.local import MARKS
from planner.system.quiet import NEUTRAL_NAME, call_it
from planner.words import N_

PROPOSED = (N_("Notes"), N_("Lists"), N_("Recipes"), N_("Calendar"), N_("Budget"))
"""Names under which nobody looks for anything."""

MARK_WORDS = {
    "notebook": N_("A notebook"),
    "notes": N_("A sheet of paper"),
    "list": N_("A list"),
    "pot": N_("A pot"),
    "calendar": N_("A calendar"),
    "money": N_("A purse"),
    "leaf": N_("A leaf"),
}
"""The pictures in words. Each but the first is the icon of the same name."""


class Called(QObject):
    """One for the whole process, as the theme is."""

    changed = Signal()

    def __init__(self) -> None:
        """As it comes: nothing was chosen."""
        super().__init__()
        self.chosen = ""
        self.mark = MARKS[0]
        self.usual = NEUTRAL_NAME

    @property
    def name(self) -> str:
        """What was chosen, else the neutral name that it comes with."""
        return self.chosen or self.usual

    def become(self, chosen: str, mark: str) -> None:
        """Take another name ("" for the one it comes with) and another picture."""
        if (chosen, mark) == (self.chosen, self.mark):
            return
        self.chosen, self.mark = chosen, mark
        call_it(self.name)
        self.changed.emit()


called = Called()
