"""A new passphrase, typed twice; how hard it is to guess stands below in words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from planner.ui.kit.buttons import Button
from planner.ui.kit.dialogs import Dialog
from planner.ui.kit.fields import FieldRow, PassphraseField
from planner.ui.kit.layouts import MIDDLE, column, flow, hold
from planner.ui.kit.surfaces import Sheet
from planner.ui.kit.text import Text
from planner.words import _, language

STRONG_ENOUGH = 3
"""The level (0 to 4) of :class:`planner.keys.Strength` from which a passphrase is used without a warning."""


class NewPassphrase(QWidget):
    """Two fields, words for the strength, and five words made on request.

    ``submitted`` is told when Enter is pressed in the second field.
    """

    submitted = Signal()

    def __init__(self, label: str = "", *, big: bool = True) -> None:
        """``label`` names the first field, "Passphrase" without one."""
        super().__init__()
        named = label or _("Passphrase")
        self.first = PassphraseField(name=named, big=big)
        self.second = PassphraseField(name=_("Once more"), big=big, hint=False)
        self.first_row = FieldRow(named, self.first, hint=_("A few words are better than one. Spaces are fine."))
        self.second_row = FieldRow(_("Once more"), self.second)
        self.made = Text("", "card", align=MIDDLE)
        self.made.setAccessibleName(_("A passphrase made for you"))
        sheet = Sheet(
            column(
                Text(_("Write it down, or say it until you know it. Then type it below."), "body", "ink_soft"),
                8,
                self.made,
                margins=(16, 16, 16, 16),
            ),
            kind="well",
        )
        self.made_sheet = hold(column(sheet, 16))
        self.made_sheet.hide()
        self.accepted_weak = False
        self.first.changed.connect(self._typed)
        self.second.changed.connect(lambda: self.second_row.ask(""))
        self.second.returnPressed.connect(self.submitted)
        self.make_button = Button(_("Make one for me"), "quiet", icon="key", on=self.make_one)
        self.setLayout(column(self.made_sheet, self.first_row, 4, flow(self.make_button), 12, self.second_row))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setFocusProxy(self.first)

    def make_one(self) -> None:
        """Show five words; she types them herself, so that they are known before they are needed."""
        from planner import keys

        words = keys.make_passphrase(language())
        self.made.setText(words)
        self.made.setAccessibleDescription(words)
        self.made_sheet.show()
        self.first.clear()
        self.second.clear()
        self.first.setFocus()

    @property
    def secret(self) -> str:
        """What is typed in the first field."""
        return self.first.text()

    def _typed(self) -> None:
        from planner import keys

        self.accepted_weak = False
        self.first_row.ask("")
        typed = self.first.text()
        self.first_row.set_hint(keys.passphrase_strength(typed, ["planner"]).sentence if typed else "")

    def complete(self) -> bool:
        """Whether both fields hold the same words; where not, it is said beside the field."""
        if not self.first.text():
            self.first_row.ask(_("Type a passphrase first."))
            self.first.setFocus()
            return False
        if self.first.text() != self.second.text():
            self.second_row.ask(_("The two are not the same yet. Type it once more."))
            self.second.setFocus()
            return False
        return True

    def needs_warning(self) -> bool:
        """Whether it is easy to guess, and that was not yet accepted."""
        from planner import keys

        if self.accepted_weak:
            return False
        return keys.passphrase_strength(self.first.text(), ["planner"]).level < STRONG_ENOUGH

    def forget(self) -> None:
        """Empty both fields, and the words that were made."""
        self.first.clear()
        self.second.clear()
        self.made.setText("")
        self.made.setAccessibleDescription("")
        self.made_sheet.hide()


def warn_of_weak(parent: QWidget, new: NewPassphrase, go_on: Callable[[], object]) -> None:
    """Say plainly that a passphrase is easy to guess; it is used only when she says so."""

    def use_it() -> None:
        new.accepted_weak = True
        go_on()

    dialog = Dialog(
        parent,
        _("This one is easy to guess"),
        _("Someone with this device could find it out. A few words that do not belong together are much safer."),
    )
    dialog.add_button(_("Choose another"), "main", default=True)
    dialog.add_button(_("Use it all the same"), "plain", use_it)
    dialog.open()
