"""Another passphrase in place of the one in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.keys import WrongPassphrase
from planner.ui.kit.dialogs import Dialog
from planner.ui.kit.fields import FieldRow, PassphraseField
from planner.ui.kit.layouts import column
from planner.ui.new_passphrase import NewPassphrase, warn_of_weak
from planner.words import _

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from planner.ui.page import Desk
    from planner.ui.work import Progress


class ChangePassphrase(Dialog):
    """Asks for the present passphrase and twice for the new one; the change runs beside the window."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        """``parent`` is what it lies on."""
        self._desk = desk
        self.present = PassphraseField(name=_("Passphrase you use now"), big=False)
        self.present_row = FieldRow(_("Passphrase you use now"), self.present)
        self.new = NewPassphrase(_("New passphrase"), big=False)
        super().__init__(
            parent,
            _("Change the passphrase"),
            _(
                "After this, the old passphrase opens nothing any more, also not together with old files from this "
                "notebook’s folder. Only a whole copy that was made before still opens with it."
            ),
            column(self.present_row, 20, self.new),
            icon="key",
        )
        self.present.changed.connect(lambda: self.present_row.ask(""))
        self.new.submitted.connect(self.change)
        self.yes = self.add_button(_("Change it"), "main", self.change, closes=False)
        self.add_button(_("Not now"))

    def change(self) -> None:
        """Look at what was typed, then change the passphrase."""
        if not self.present.text():
            self.present_row.ask(_("Type the passphrase you use now."))
            self.present.setFocus()
            return
        if not self.new.complete():
            return
        if self.new.needs_warning():
            warn_of_weak(self.window(), self.new, self.change)
            return
        notebook = self._desk.session.notebook
        old, new = self.present.text(), self.new.secret

        def work(progress: Progress) -> WrongPassphrase | None:
            try:
                notebook.change_passphrase(old, new, progress.step)
            except WrongPassphrase as wrong:
                return wrong
            return None

        self._desk.busy(_("Changing the passphrase"), work, self._changed)

    def _changed(self, wrong: WrongPassphrase | None) -> None:
        if wrong is not None:
            self.present_row.ask(_("That is not the passphrase you use now. Nothing was changed."))
            self.present.setFocus()
            return
        self.present.clear()
        self.new.forget()
        self.accept()
        self._desk.say(_("The passphrase is changed. The old one opens nothing any more."))
