"""Several passphrases for one notebook: who has one, one more, and taking one away."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from planner.keys import WrongPassphrase
from planner.ui.dialogs.change_passphrase import label_words, passphrase_slots
from planner.ui.kit.buttons import Button
from planner.ui.kit.dialogs import Dialog
from planner.ui.kit.fields import Field, FieldRow, PassphraseField
from planner.ui.kit.layouts import apart, column, hold
from planner.ui.kit.text import Rule, Text
from planner.ui.new_passphrase import NewPassphrase, warn_of_weak
from planner.words import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from planner.keys import SlotInfo
    from planner.ui.page import Desk
    from planner.ui.work import Progress

ADD_PASSPHRASE = "add a passphrase"
"""The name under which it is open again after a lock; see :mod:`planner.ui.dialogs.again`."""

LABEL_LETTERS = 40
MOST = 24
"""How many passphrases one notebook has at most."""


class Passphrases(Dialog):
    """The passphrases of a notebook by their labels; opened anew after each change."""

    def __init__(self, parent: QWidget, desk: Desk, done: Callable[[], object]) -> None:
        """``done`` is called when something was changed."""
        self._desk, self._done, self._parent = desk, done, parent
        slots = passphrase_slots(desk.session.notebook)
        self.remove_buttons: dict[str, Button] = {}
        lines: list[QWidget] = []
        for slot in slots:
            made = _("Made on {day}.").format(day=desk.formats.day(date.fromisoformat(slot.made)))
            words = column(Text(label_words(slot), "row"), Text(made, "body", "ink_soft"))
            remove = None
            if len(slots) > 1:
                remove = Button(
                    _("Remove"),
                    "quiet",
                    name=_("Remove the passphrase “{label}”").format(label=label_words(slot)),
                    on=self._remover(slot),
                )
                self.remove_buttons[slot.label] = remove
            lines += [hold(apart(words, remove) if remove is not None else words), Rule()]
        super().__init__(
            parent,
            _("Passphrases"),
            _("Each person who works with this notebook can have one of their own. Each opens all of it."),
            column(*lines, gap=8),
            icon="key",
        )
        self.add = self.add_button(_("Add a passphrase"), "main", self._add, closes=False)
        self.add.setVisible(len(slots) < MOST)
        self.close_button = self.add_button(_("Close"))

    def first_focus(self) -> QWidget | None:
        """Not what takes something away."""
        return self.add if self.add.isVisibleTo(self) else self.close_button

    def _add(self) -> None:
        self.accept()
        self._desk.ask(AddPassphrase(self._parent, self._desk, self._again))

    def _remover(self, slot: SlotInfo) -> Callable[[], None]:
        def remove() -> None:
            self.accept()
            self._desk.ask(RemovePassphrase(self._parent, self._desk, slot, self._again))

        return remove

    def _again(self) -> None:
        self._done()
        self._desk.ask(Passphrases(self._parent, self._desk, self._done))


class AddPassphrase(Dialog):
    """A label, somebody's present passphrase, and twice the new one."""

    def __init__(self, parent: QWidget, desk: Desk, done: Callable[[], object]) -> None:
        """``done`` is called when there is one more."""
        self._desk, self._done = desk, done
        self.label = Field()
        self.label.setMaxLength(LABEL_LETTERS)
        self.label_row = FieldRow(
            _("What shall it be called?"),
            self.label,
            hint=_("For example initials, or “Front desk”. This stands only inside the notebook."),
        )
        self.present = PassphraseField(name=_("Passphrase you use now"), big=False)
        self.present_row = FieldRow(_("Passphrase you use now"), self.present)
        self.new = NewPassphrase(_("New passphrase"), big=False)
        super().__init__(
            parent,
            _("Add a passphrase"),
            _("Whoever has it can open all of this notebook. Let that person type it, so that nobody else knows it."),
            column(self.label_row, 20, self.present_row, 20, self.new),
            icon="key",
        )
        self.reopens = (ADD_PASSPHRASE, "")
        self.label.textEdited.connect(lambda _text: self.label_row.ask(""))
        self.present.changed.connect(lambda: self.present_row.ask(""))
        self.new.submitted.connect(self.make)
        self.yes = self.add_button(_("Add it"), "main", self.make, closes=False)
        self.add_button(_("Not now"))

    def make(self) -> None:
        """Look at what was typed, then add the passphrase."""
        label = " ".join(self.label.text().split())
        if not label:
            self.label_row.ask(_("Give it a label first, so that it can be taken away one day."))
            self.label.setFocus()
            return
        if label in {label_words(each) for each in passphrase_slots(self._desk.session.notebook)}:
            self.label_row.ask(_("There is one with this label already. Choose another."))
            self.label.setFocus()
            return
        if not self.present.text():
            self.present_row.ask(_("Type the passphrase you use now."))
            self.present.setFocus()
            return
        if not self.new.complete():
            return
        if self.new.needs_warning():
            warn_of_weak(self.window(), self.new, self.make)
            return
        notebook, present, new = self._desk.session.notebook, self.present.text(), self.new.secret

        def work(_progress: Progress) -> str:
            try:
                notebook.check(present)
            except WrongPassphrase:
                return "present"
            try:
                notebook.check(new)
            except WrongPassphrase:
                notebook.add_passphrase(new, label)
                return ""
            return "new"

        self._desk.busy(_("Adding the passphrase"), work, self._made)

    def _made(self, wrong: str) -> None:
        if wrong == "present":
            self.present_row.ask(_("That is not the passphrase you use now. Nothing was changed."))
            self.present.setFocus()
            return
        if wrong:
            self.new.first_row.ask(_("Choose other words for the new one. Nothing was changed."))
            self.new.first.setFocus()
            return
        self.present.clear()
        self.new.forget()
        self.accept()
        self._desk.say(_("There is one more passphrase."))
        self._done()


class RemovePassphrase(Dialog):
    """Takes one passphrase away, after another one was typed: so whoever does it still has a way in."""

    def __init__(self, parent: QWidget, desk: Desk, slot: SlotInfo, done: Callable[[], object]) -> None:
        """``slot`` is what is taken away; ``done`` is called after that."""
        self._desk, self._slot, self._done = desk, slot, done
        self.present = PassphraseField(name=_("Passphrase you use now"), big=False)
        self.row = FieldRow(_("Passphrase you use now"), self.present)
        super().__init__(
            parent,
            _("Remove the passphrase “{label}”?").format(label=label_words(slot)),
            _(
                "After this it opens nothing any more, also not together with old files from this notebook’s folder. "
                "Only a whole copy that was made before still opens with it."
            ),
            self.row,
            icon="key",
        )
        self.present.changed.connect(lambda: self.row.ask(""))
        self.present.returnPressed.connect(self.remove)
        self.yes = self.add_button(_("Remove it"), "plain", self.remove, closes=False)
        self.add_button(_("Keep it"))

    def remove(self) -> None:
        """Check what was typed, then take the other one away."""
        typed = self.present.text()
        if not typed:
            self.row.ask(_("Type the passphrase you use now."))
            self.present.setFocus()
            return
        notebook, slot = self._desk.session.notebook, self._slot.id

        def work(progress: Progress) -> str:
            try:
                by = notebook.slot_of(typed)
            except WrongPassphrase:
                return _("That is not the passphrase you use now. Nothing was changed.")
            if by.id == slot:
                return _("This is the one that would go. Type another one that stays.")
            notebook.remove_slot(slot, progress.step)
            return ""

        self._desk.busy(_("Removing the passphrase"), work, self._removed)

    def _removed(self, problem: str) -> None:
        if problem:
            self.row.ask(problem)
            self.present.setFocus()
            return
        self.present.clear()
        self.accept()
        self._desk.say(_("The passphrase is removed. It opens nothing any more."))
        self._done()
