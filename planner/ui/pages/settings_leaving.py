"""Settings of this device: the key that takes everything from the screen, and what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.ui.kit.fields import FieldRow
from planner.ui.kit.layouts import column
from planner.ui.kit.picker import Picker
from planner.ui.kit.text import Text
from planner.ui.sight import KEYS, key_words
from planner.words import _

if TYPE_CHECKING:
    from planner.ui.page import Desk


class LeavingPart(QWidget):
    """Which key hides. What follows is no choice: nothing begins by itself, so that nothing comes back by itself."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.key = Picker(
            [(name, key_words(name)) for name in KEYS], desk.local.leave_key, name=_("Key that hides everything")
        )
        self.key.changed.connect(self._chosen)
        self.row = FieldRow(
            _("Key that hides everything"),
            self.key,
            hint=_("It works everywhere, also before the notebook is open. Some keyboards need Fn with it."),
        )
        after = Text(
            _(
                "What you are typing is kept. Nothing starts again by itself: open the program when you are alone. "
                "Try the key once, so that you know how it is."
            ),
            "body",
            "ink_soft",
        )
        self.setLayout(column(self.row, 8, after))

    def _chosen(self) -> None:
        self._desk.change_look("leave_key", self.key.value())
        self._desk.say(_("{key} hides everything now.").format(key=key_words(self.key.value())))
