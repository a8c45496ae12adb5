"""Saving pages as a PDF: with a passphrase unless she says otherwise, under a name that says nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QWidget

from planner.errors import MachineTrouble
from planner.system.files import DiskFull, DiskTrouble, FolderReadOnly, write_private
from planner.ui.kit.buttons import Button
from planner.ui.kit.dialogs import Dialog
from planner.ui.kit.fields import FieldRow, PassphraseField
from planner.ui.kit.layouts import column
from planner.ui.kit.text import Text
from planner.words import _, language

PAUSE = 500
"""ms of no typing after which a passphrase is weighed."""


class NotSaved(MachineTrouble):
    """A PDF could not be written; nothing of it is left where it was to go."""


def write_pdf(path: Path, content: bytes) -> None:
    """Write a PDF for this account only, whole or not at all. Raises :class:`NotSaved`."""
    try:
        write_private(path, content)
    except DiskFull:
        raise NotSaved(
            _("There is no room left there, so the PDF was not saved."), _("Choose another place, or make some room.")
        ) from None
    except FolderReadOnly:
        raise NotSaved(_("Nothing can be saved in that folder."), _("Choose another one.")) from None
    except (DiskTrouble, FileNotFoundError):
        raise NotSaved(
            _("The disk did not take the PDF."),
            _("If it was to go on a memory stick, put it back in. You can also choose another place."),
        ) from None


def viewer_words() -> str:
    """What a program that shows a PDF keeps by itself."""
    return _(
        "A program that shows the PDF may remember its name and place, and sometimes a small picture of its first page."
    )


class SealFirst(Dialog):
    """Asks for a passphrase, twice, or for none after one sentence on what that means."""

    def __init__(self, parent: QWidget, on_chosen: Callable[[str], object]) -> None:
        """``on_chosen`` gets the passphrase; empty means that anyone may open the PDF."""
        self._on_chosen = on_chosen
        self._window_of = parent
        self.first = PassphraseField(name=_("Passphrase for the PDF"))
        self.again = PassphraseField(name=_("The same again"), hint=False)
        self.first_row = FieldRow(_("Passphrase for the PDF"), self.first, hint=self._usual_hint())
        self.again_row = FieldRow(_("The same again"), self.again)
        self.make = Button(_("Make one for me"), "quiet", icon="key", compact=True, on=self._make)
        body = column(
            self.first_row,
            4,
            self.make,
            12,
            self.again_row,
            16,
            Text(viewer_words(), "body", "ink_soft"),
        )
        super().__init__(
            parent,
            _("Save a PDF"),
            _("With a passphrase, only those who know it can read the pages."),
            body,
            icon="lock",
            width=560,
        )
        self.save = self.add_button(_("Choose a place"), "main", self._seal, closes=False, default=True)
        self.open_one = self.add_button(_("Without a passphrase"), "plain", self._ask_open)
        self.add_button(_("Not now"), "quiet")
        self._weigh = QTimer(self, singleShot=True, interval=PAUSE)
        self._weigh.timeout.connect(self._say_strength)
        self.first.changed.connect(self._typed)
        self.again.changed.connect(lambda: self.again_row.ask(""))
        self.first.returnPressed.connect(self.again.setFocus)
        self.again.returnPressed.connect(self._seal)

    @staticmethod
    def _usual_hint() -> str:
        return _("Another one than for your notebook. Tell it to the reader in person or by phone.")

    def _make(self) -> None:
        from planner.keys import make_passphrase

        made = make_passphrase(language())
        self.first.field.setText(made)
        self.again.field.setText(made)
        if self.first.field.echoMode() is QLineEdit.EchoMode.Password:
            self.first.eye.click()
        self.first_row.set_hint(_("Write it down, and keep it apart from the PDF."))

    def _typed(self) -> None:
        self.first_row.ask("")
        self._weigh.start()

    def _say_strength(self) -> None:
        from planner.keys import passphrase_strength

        typed = self.first.text()
        self.first_row.set_hint(passphrase_strength(typed).sentence if typed else self._usual_hint())

    def _seal(self) -> None:
        typed = self.first.text()
        if not typed.strip():
            self.first_row.ask(_("Type a passphrase, or save without one."))
            self.first.setFocus()
            return
        if typed != self.again.text():
            self.again_row.ask(_("The two are not the same yet."))
            self.again.setFocus()
            return
        self.accept()
        self._on_chosen(typed)

    def _ask_open(self) -> None:
        parent, on_chosen = self._window_of, self._on_chosen
        asked = Dialog(
            parent,
            _("Save it without a passphrase?"),
            _("Then anyone who finds this file can read all of it, on any device."),
        )
        asked.add_button(_("Use a passphrase"), "main", lambda: SealFirst(parent, on_chosen).open())
        asked.add_button(_("Save without a passphrase"), "plain", lambda: on_chosen(""))
        asked.open()
