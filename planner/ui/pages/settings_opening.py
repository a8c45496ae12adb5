"""Other ways to open this notebook: shares for people who are trusted, and the passphrases of a team."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.session import Mode
from planner.ui.dialogs.change_passphrase import passphrase_slots
from planner.ui.dialogs.make_shares import MakeShares, RemoveShares, share_slots, split_words
from planner.ui.kit.buttons import Button
from planner.ui.kit.layouts import column
from planner.ui.kit.rows import ListRow
from planner.ui.kit.text import Rule, Text
from planner.words import _, n_

if TYPE_CHECKING:
    from planner.ui.page import Desk


class OpeningPart(QWidget):
    """Rows below the spare key. Several passphrases are offered where people work together, or where there are some."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shares_words = Text("", "row")
        self.shares_row = ListRow(self._shares_words, " ", icon="together", on=self._make)
        self.remove_shares = Button(_("Remove the shares"), "quiet", icon="no", on=self._remove)
        self.people_row = ListRow(_("Passphrases of a team"), " ", icon="people", on=self._people)
        self._people_rule = Rule(start=8)
        self.setLayout(column(self.shares_row, self.remove_shares, Rule(start=8), self.people_row, self._people_rule))

    def refresh(self) -> None:
        """Say which ways there are."""
        notebook = self._desk.session.notebook
        slots = share_slots(notebook)
        if slots:
            made = self._desk.formats.day(date.fromisoformat(slots[-1].made))
            head = _("Make new shares")
            words = split_words(slots[-1].label) + " " + _("Made on {day}.").format(day=made)
        else:
            head = _("Shares for people you trust")
            words = _("There are none. Two of three people together could open it; one alone could not.")
        self._shares_words.setText(head)
        self.shares_row.second.setText(words)
        self.shares_row.set_spoken(f"{head}, {words}")
        self.remove_shares.setVisible(bool(slots))
        count = len(passphrase_slots(notebook))
        said = n_("{n} passphrase opens this notebook.", "{n} passphrases open this notebook.", count).format(n=count)
        self.people_row.second.setText(said)
        self.people_row.set_spoken(f"{_('Passphrases of a team')}, {said}")
        for each in (self.people_row, self._people_rule):
            each.setVisible(count > 1 or self._desk.session.mode is not Mode.FOR_ME)

    def _make(self) -> None:
        self._desk.ask(MakeShares(self.window(), self._desk, self._told))

    def _remove(self) -> None:
        self._desk.ask(RemoveShares(self.window(), self._desk, self._told))

    def _people(self) -> None:
        from planner.ui.dialogs.passphrases import Passphrases

        self._desk.ask(Passphrases(self.window(), self._desk, self._told))

    def _told(self) -> None:
        # The page may have been built anew while the work was under way.
        if self.isVisible():
            self.refresh()
