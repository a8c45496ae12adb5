"""The spare key: made after the passphrase was typed, shown once, or taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.keys import SlotKind, WrongPassphrase
from planner.ui.kit.dialogs import Dialog, ask_first
from planner.ui.kit.fields import FieldRow, PassphraseField
from planner.ui.kit.layouts import TOP, column, hold, row
from planner.ui.kit.surfaces import Note, Sheet
from planner.ui.kit.text import Icon, Text
from planner.ui.spare_key_text import SpareKeyText
from planner.words import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from planner.keys import SlotInfo
    from planner.store.notebooks import Notebook
    from planner.ui.page import Desk
    from planner.ui.work import Progress


def spare_slots(notebook: Notebook) -> list[SlotInfo]:
    """The spare keys that open this notebook."""
    return [each for each in notebook.slots() if each.kind is SlotKind.SPARE]


class MakeSpareKey(Dialog):
    """Asks for the passphrase, so that nobody who finds the notebook open can make a key for later."""

    def __init__(self, parent: QWidget, desk: Desk, done: Callable[[], object]) -> None:
        """``done`` is called when there is a new key."""
        self._desk, self._done = desk, done
        self._replaces = bool(spare_slots(desk.session.notebook))
        self.secret = PassphraseField(name=_("Passphrase"), big=False)
        self.row = FieldRow(_("Passphrase"), self.secret)
        points = [
            _point("why", _("Who could find it? Whoever finds this key can open the notebook.")),
            _point("together", _("A good place is with someone you trust, or somewhere only you go.")),
        ]
        if self._replaces:
            points.append(_point("key", _("The spare key you have now opens nothing any more after this.")))
        super().__init__(
            parent,
            _("Make a new spare key") if self._replaces else _("Make a spare key"),
            _("It opens this notebook if you forget the passphrase. It is shown once."),
            column(*points, 8, self.row, gap=8),
            icon="key",
        )
        self.secret.changed.connect(lambda: self.row.ask(""))
        self.secret.returnPressed.connect(self.make)
        self.yes = self.add_button(_("Make it"), "main", self.make, closes=False)
        self.add_button(_("Not now"))

    def make(self) -> None:
        """Check the passphrase and make the key."""
        secret = self.secret.text()
        if not secret:
            self.row.ask(_("Type your passphrase first."))
            self.secret.setFocus()
            return
        notebook = self._desk.session.notebook

        def work(progress: Progress) -> str | WrongPassphrase:
            try:
                notebook.check(secret)
            except WrongPassphrase as wrong:
                return wrong
            return notebook.new_spare_key(progress.step)

        self._desk.busy(_("Making the spare key"), work, self._made)

    def _made(self, made: str | WrongPassphrase) -> None:
        if isinstance(made, WrongPassphrase):
            self.row.ask(f"{made.sentence} {made.what_next}")
            self.secret.setFocus()
            return
        self.secret.clear()
        parent = self.window()
        self.accept()
        self._done()
        SpareKeyShown(parent, made).open()


class SpareKeyShown(Dialog):
    """The key, this once, to be written down or printed."""

    def __init__(self, parent: QWidget, spare_key: str) -> None:
        """``parent`` is what it lies on."""
        self.key = SpareKeyText(spare_key)
        super().__init__(
            parent,
            _("Your spare key"),
            _("It is shown only now. Write it on paper, or print it."),
            column(
                Sheet(column(self.key, margins=(20, 16, 20, 16)), kind="well"),
                16,
                Note(_("Keep it away from this device.")),
            ),
            icon="key",
        )

        def print_it() -> None:
            from planner.ui.printing import print_spare_key

            print_spare_key(parent, spare_key)

        self.print_button = self.add_button(_("Print it"), "plain", print_it, icon="print", closes=False)
        self.yes = self.add_button(_("I have it on paper"), "main")


def ask_to_remove(parent: QWidget, desk: Desk, done: Callable[[], object]) -> Dialog:
    """Take the spare key away, after saying what that means."""
    notebook = desk.session.notebook

    def work(progress: Progress) -> None:
        for each in spare_slots(notebook):
            notebook.remove_slot(each.id, progress.step)

    def removed(_nothing: None) -> None:
        done()
        desk.say(_("The spare key is removed. It opens nothing any more."))

    others = len(notebook.slots()) - len(spare_slots(notebook))
    alone = _("It opens nothing any more after this. Then only your passphrase opens the notebook.")
    return ask_first(
        parent,
        _("Remove the spare key?"),
        alone if others == 1 else _("It opens nothing any more after this."),
        _("Remove it"),
        lambda: desk.busy(_("Removing the spare key"), work, removed),
        kind="plain",
        no=_("Keep it"),
    )


def _point(icon: str, words: str) -> QWidget:
    return hold(row((Icon(icon, "ink_soft"), TOP), (Text(words, "body"), 1), gap=12))
