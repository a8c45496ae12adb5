"""Whether a notebook for oneself shows all pages, or only those for every day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QWidget

from planner import __version__
from planner.session import Changed
from planner.settings import EVERYDAY
from planner.ui.everyday import CONTENTS
from planner.ui.kit.choices import TickChoice
from planner.ui.kit.layouts import column, hold
from planner.ui.kit.text import Section, Text
from planner.words import _

if TYPE_CHECKING:
    from planner.ui.page import Desk


class ContentsPart(QWidget):
    """One tick, the same words in every notebook for oneself."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.tick = TickChoice(
            _("More pages"), _("On: all pages that this program has. Off: only those for every day.")
        )
        self.tick.toggled.connect(self._toggled)
        self.setLayout(column(self.tick))

    def refresh(self) -> None:
        """Show what is kept."""
        blocker = QSignalBlocker(self.tick)
        self.tick.setChecked(not self._desk.session.everyday)
        blocker.unblock()

    def _toggled(self, on: bool) -> None:
        session = self._desk.session
        if self._desk.keep(lambda: session.set_setting("contents", "whole" if on else EVERYDAY)):
            session.editor.tell(Changed("", frozenset({"settings", CONTENTS})))


def plain_about() -> QWidget:
    """What this is, where no more is to be said."""
    return hold(
        column(
            Section(_("About")),
            12,
            Text(_("Planner {version}").format(version=__version__), "strong"),
            Text(
                _("Free software, under the GNU General Public License, version 3 or later. No warranty."),
                "body",
                "ink_soft",
            ),
        )
    )
