"""What opens this notebook, and whether it is sound."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.session import Changed
from planner.ui.dialogs.spare_key import MakeSpareKey, RemoveSpareKey, spare_slots
from planner.ui.kit.buttons import Button
from planner.ui.kit.dialogs import Dialog
from planner.ui.kit.layouts import column
from planner.ui.kit.rows import ListRow
from planner.ui.kit.text import Rule, Text
from planner.ui.pages.settings_opening import OpeningPart
from planner.words import _

if TYPE_CHECKING:
    from planner.ui.page import Desk
    from planner.ui.work import Progress


class SafetyPart(QWidget):
    """The passphrase, the spare key, and a check of every page of the file."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.passphrase_row = ListRow(
            _("Change the passphrase"),
            _("The old one opens nothing any more after that."),
            icon="lock",
            on=self._change,
        )
        self._make_words = Text("", "row")
        self.make_row = ListRow(self._make_words, " ", icon="key", on=self._make)
        self.remove_button = Button(_("Remove the spare key"), "quiet", icon="no", on=self._remove)
        self.opening = OpeningPart(desk)
        self.check_row = ListRow(
            _("Check this notebook"),
            _("Looks at every page of its file. It changes nothing."),
            icon="check",
            on=self.check,
        )
        self.copies_row = ListRow(
            _("Safety copies"),
            _("They bring back what was lost. One is made by itself each day."),
            icon="copies",
            on=lambda: desk.go("copies"),
        )
        self.setLayout(
            column(
                Text(_("Passphrase and care"), "strong"),
                4,
                self.passphrase_row,
                Rule(start=8),
                self.make_row,
                self.remove_button,
                Rule(start=8),
                self.opening,
                self.copies_row,
                Rule(start=8),
                self.check_row,
                Rule(start=8),
            )
        )

    def refresh(self) -> None:
        """Say whether there is a spare key."""
        slots = spare_slots(self._desk.session.notebook)
        if slots:
            made = self._desk.formats.day(date.fromisoformat(slots[-1].made))
            head, words = _("Make a new spare key"), _("There is one, made on {day}.").format(day=made)
        else:
            only = len(self._desk.session.notebook.slots()) == 1
            head = _("Make a spare key")
            words = _("There is none. Only your passphrase opens the notebook.") if only else _("There is none.")
        self._make_words.setText(head)
        self.make_row.second.setText(words)
        self.make_row.set_spoken(f"{head}, {words}")
        self.remove_button.setVisible(bool(slots))
        self.opening.refresh()

    def _window(self) -> QWidget:
        return self.window()

    def _change(self) -> None:
        from planner.ui.dialogs.change_passphrase import ChangePassphrase

        self._desk.ask(ChangePassphrase(self._window(), self._desk))

    def _make(self) -> None:
        self._desk.ask(MakeSpareKey(self._window(), self._desk, self._told))

    def _remove(self) -> None:
        self._desk.ask(RemoveSpareKey(self._window(), self._desk, self._told))

    def _told(self) -> None:
        # The page may have been built anew while the work was under way.
        if self.isVisible():
            self.refresh()

    def check(self) -> None:
        """Look at everything that is kept, beside the window."""
        store = self._desk.session.store

        def work(progress: Progress) -> list[str]:
            return store.verify(progress.step)

        self._desk.busy(_("Checking the notebook"), work, self._checked)

    def _checked(self, found: list[str]) -> None:
        if not found:
            dialog = Dialog(
                self._window(), _("All is well"), _("Every page of the notebook is as it was saved."), icon="check"
            )
            dialog.add_button(_("All right"), "main", default=True)
            self._desk.ask(dialog)
            return
        if found == [_("The search does not fit the notebook. It can be built again without any loss.")]:
            dialog = Dialog(self._window(), _("Something is not as it should be"), found[0])
            dialog.add_button(_("Build the search again"), "main", self.build_again, default=True)
        else:
            keep = _("Nothing was changed. A safety copy from before may be whole: look at one before you go on.")
            dialog = Dialog(self._window(), _("Something is not as it should be"), " ".join([*found, keep]))
            dialog.add_button(_("Safety copies"), "main", lambda: self._desk.go("copies"), default=True)
        dialog.add_button(_("Not now"))
        self._desk.ask(dialog)

    def build_again(self) -> None:
        """Build the search and the lists again from what was written, beside the window."""
        session = self._desk.session

        def work(progress: Progress) -> None:
            from planner.session.rebuilding import build_again

            build_again(session, progress.step)

        def built(_nothing: None) -> None:
            session.editor.tell(Changed("", frozenset()))
            self._desk.say(_("The search is built again. Nothing was lost."))

        self._desk.busy(_("Building the search again"), work, built)
