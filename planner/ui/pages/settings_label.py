"""What this notebook is called on the lock screen, where everybody can read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.ui.kit.fields import Field, FieldRow
from planner.ui.kit.layouts import column
from planner.ui.labels import MOST_LETTERS, clean_label, is_taken, labelled, labels_in, tells
from planner.words import _

if TYPE_CHECKING:
    from planner.ui.page import Desk


class LabelPart(QWidget):
    """Kept when the field is left. Of other notebooks nothing is said but that a name is taken."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.label = Field()
        self.label.setMaxLength(MOST_LETTERS)
        self.label.done.connect(self._done)
        self.row = FieldRow(
            _("Name on the lock screen"), self.label, hint=_("Everyone who sees the lock screen can read it.")
        )
        self.setLayout(column(self.row))

    def refresh(self) -> None:
        """Show what it is called, but not over what is being typed."""
        if not self.label.hasFocus():
            self.label.setText(self._kept())

    def _kept(self) -> str:
        from planner.store.folders import find_stores

        notebook = self._desk.session.notebook
        stores = labelled(find_stores(notebook.folder.parent))
        return next((each.label for each in stores if each.folder.name == notebook.name), "")

    def _done(self) -> None:
        notebook = self._desk.session.notebook
        kept, label = self._kept(), clean_label(self.label.text())
        self.row.ask("")
        if not label or label == kept:
            self.label.setText(kept)
        elif is_taken(label, labels_in(notebook.folder.parent, without=notebook.name)):
            self.row.ask(_("Another notebook has this name. Choose a different one."))
        elif self._desk.keep(lambda: notebook.name_it(label)):
            self.label.setText(label)
            if tells(label):
                self.row.ask(_("It is kept. It may tell something to whoever reads it; you can choose another one."))
            else:
                self._desk.say(_("The lock screen shows this name now."))
