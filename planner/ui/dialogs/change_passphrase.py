"""Another passphrase in place of the one in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.keys import SlotKind, WrongPassphrase
from planner.ui.kit.buttons import Button
from planner.ui.kit.dialogs import Dialog
from planner.ui.kit.fields import FieldRow, PassphraseField
from planner.ui.kit.layouts import column, flow, hold
from planner.ui.kit.picker import Picker
from planner.ui.new_passphrase import NewPassphrase, warn_of_weak
from planner.words import _

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from planner.keys import SlotInfo
    from planner.store.notebooks import Notebook
    from planner.ui.page import Desk
    from planner.ui.work import Progress


def passphrase_slots(notebook: Notebook) -> list[SlotInfo]:
    """The passphrases that open this notebook, the oldest first."""
    return [each for each in notebook.slots() if each.kind is SlotKind.PASSPHRASE]


class WhichPassphrase(WrongPassphrase):
    """What was typed opens the notebook, but does not say which of several passphrases is to be replaced."""


class ChangePassphrase(Dialog):
    """Asks for the present passphrase and twice for the new one; the change runs beside the window.

    In its place shares, or a spare key, do as well: this is the way back in for whoever forgot the passphrase. Where
    there are several, it is then asked which one.
    """

    def __init__(self, parent: QWidget, desk: Desk, known: str = "") -> None:
        """``parent`` is what it lies on; ``known`` is what the notebook was just opened with, not to be asked again."""
        self._desk, self._known = desk, known
        self.present = PassphraseField(name=_("Passphrase you use now"), big=False)
        self.present_row = FieldRow(_("Passphrase you use now"), self.present)
        self.shares_button = Button(_("Use shares instead"), "quiet", on=self._ask_for_shares)
        self._present = hold(column(self.present_row, 4, flow(self.shares_button), 12))
        slots = passphrase_slots(desk.session.notebook)
        self.which = Picker([(each.id, label_words(each)) for each in slots], name=_("Which passphrase?"))
        self.which_row = FieldRow(_("Which passphrase?"), self.which)
        self._which = hold(column(self.which_row, 16))
        self._which.hide()
        self.new = NewPassphrase(_("New passphrase"), big=False)
        super().__init__(
            parent,
            _("Set a new passphrase") if known else _("Change the passphrase"),
            _(
                "After this, the old passphrase opens nothing any more, also not together with old files from this "
                "notebook’s folder. Only a whole copy that was made before still opens with it."
            ),
            column(self._present, self._which, self.new),
            icon="key",
        )
        self.present.changed.connect(lambda: self.present_row.ask(""))
        self.new.submitted.connect(self.change)
        self.yes = self.add_button(_("Set it") if known else _("Change it"), "main", self.change, closes=False)
        self.add_button(_("Not now"))
        if known:
            self._know(known)

    def _know(self, secret: str) -> None:
        self._known = secret
        self._present.hide()
        self._which.setVisible(len(passphrase_slots(self._desk.session.notebook)) > 1)
        self.new.setFocus()

    def _ask_for_shares(self) -> None:
        from planner.ui.dialogs.open_with_shares import OpenWithShares

        OpenWithShares(self, self._know).open()

    def change(self) -> None:
        """Look at what was typed, then change the passphrase."""
        if not self._known and not self.present.text():
            self.present_row.ask(_("Type the passphrase you use now."))
            self.present.setFocus()
            return
        if not self.new.complete():
            return
        if self.new.needs_warning():
            warn_of_weak(self.window(), self.new, self.change)
            return
        notebook = self._desk.session.notebook
        old, new = self._known or self.present.text(), self.new.secret
        slot = self.which.value() if self._which.isVisibleTo(self) else None

        def work(progress: Progress) -> WrongPassphrase | None:
            try:
                by = notebook.slot_of(old)
                if slot is None and by.kind is not SlotKind.PASSPHRASE and len(passphrase_slots(notebook)) > 1:
                    return WhichPassphrase()
                notebook.change_passphrase(old, new, progress.step, slot)
            except WrongPassphrase as wrong:
                return wrong
            return None

        self._desk.busy(_("Changing the passphrase"), work, self._changed)

    def _changed(self, wrong: WrongPassphrase | None) -> None:
        if isinstance(wrong, WhichPassphrase):
            self._which.show()
            self.which_row.ask(_("There are several. Choose the one that gets a new passphrase."))
            self.which.setFocus()
            return
        if wrong is not None and self._known:
            # The shares were of another notebook, or newer ones took their place.
            self._known = ""
            self._present.show()
            self._which.hide()
            self.present_row.ask(f"{wrong.sentence} {wrong.what_next}")
            self.present.setFocus()
            return
        if wrong is not None:
            self.present_row.ask(_("That is not the passphrase you use now. Nothing was changed."))
            self.present.setFocus()
            return
        self._known = ""
        self.present.clear()
        self.new.forget()
        self.accept()
        self._desk.say(_("The passphrase is changed. The old one opens nothing any more."))


def label_words(slot: SlotInfo) -> str:
    """What a passphrase is called inside the notebook."""
    return slot.label or _("The first passphrase")
