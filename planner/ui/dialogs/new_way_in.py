"""Making or removing a spare key or shares: the passphrase first.

So nobody who finds the notebook open makes a way in, or takes hers away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from planner.errors import MachineTrouble
from planner.keys import SlotKind, WrongPassphrase
from planner.ui.kit.dialogs import Dialog
from planner.ui.kit.fields import FieldRow, PassphraseField
from planner.ui.kit.layouts import TOP, column, hold, row
from planner.ui.kit.text import Icon, Text
from planner.words import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QLayout, QWidget

    from planner.keys import SlotInfo
    from planner.store.notebooks import Notebook
    from planner.ui.page import Desk
    from planner.ui.work import Progress

Made = TypeVar("Made")


def slots_of(notebook: Notebook, kind: SlotKind) -> list[SlotInfo]:
    """The ways of one kind into this notebook."""
    return [each for each in notebook.slots() if each.kind is kind]


def remove_slots(notebook: Notebook, kind: SlotKind, progress: Progress) -> None:
    """Take all ways of one kind away."""
    for each in slots_of(notebook, kind):
        notebook.remove_slot(each.id, progress.step)


def point(icon: str, words: str) -> QWidget:
    """One thing to know before."""
    return hold(row((Icon(icon, "ink_soft"), TOP), (Text(words, "body"), 1), gap=12))


class NewWayIn(Dialog, Generic[Made]):
    """Says what it is and asks for the passphrase; a subclass says how it is made, and what follows."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        title: str,
        words: str,
        above: Sequence[QWidget | QLayout | int],
        yes: str,
        *,
        icon: str,
    ) -> None:
        """``above`` stands over the passphrase; ``yes`` are the words of the main button."""
        self._desk = desk
        self.secret = PassphraseField(name=_("Passphrase"), big=False)
        self.row = FieldRow(_("Passphrase"), self.secret)
        super().__init__(parent, title, words, column(*above, 8, self.row, gap=8), icon=icon)
        self.secret.changed.connect(lambda: self.row.ask(""))
        self.secret.returnPressed.connect(self.make)
        self.yes = self.add_button(yes, "main", self.make, closes=False)
        self.add_button(_("Not now"))

    def make(self) -> None:
        """Make it; a subclass says how, by :meth:`make_beside`."""
        raise NotImplementedError

    def take(self, made: Made) -> None:
        """What follows, once this dialog has closed."""
        raise NotImplementedError

    def look_at(self, notebook: Notebook, secret: str) -> None:
        """Whether this may do it; called beside the window. Raises WrongPassphrase."""
        notebook.check(secret)

    def make_beside(self, said: str, making: Callable[[Progress], Made]) -> None:
        """Check the passphrase and make it, beside the window; ``said`` is shown meanwhile."""
        secret, notebook = self.secret.text(), self._desk.session.notebook
        if not secret:
            self.row.ask(_("Type your passphrase first."))
            self.secret.setFocus()
            return

        def work(progress: Progress) -> Made | WrongPassphrase:
            try:
                self.look_at(notebook, secret)
            except WrongPassphrase as wrong:
                return wrong
            return making(progress)

        self._desk.busy(said, work, self._made)

    def _made(self, made: Made | WrongPassphrase) -> None:
        if isinstance(made, WrongPassphrase):
            self.row.ask(f"{made.sentence} {made.what_next}")
            self.secret.setFocus()
            return
        self.secret.clear()
        self.accept()
        self.take(made)


class ThisOneGoes(WrongPassphrase):
    """What was typed opens the notebook, and would be taken away."""

    def __init__(self) -> None:
        MachineTrouble.__init__(self, _("This is the one that would go. Type another one that stays."))


class RemoveWayIn(NewWayIn[None]):
    """Takes all ways of one kind away, after something was typed that stays."""

    def __init__(
        self, parent: QWidget, desk: Desk, kind: SlotKind, title: str, words: str, said: tuple[str, str, str]
    ) -> None:
        """``said`` is the main button, what is shown meanwhile, and what is said when they are gone."""
        self._kind = kind
        yes, self._meanwhile, self._after = said
        super().__init__(parent, desk, title, words, [], yes, icon="key")

    def look_at(self, notebook: Notebook, secret: str) -> None:
        """Not with what goes: whoever removes it still has a way in."""
        if notebook.slot_of(secret).kind is self._kind:
            raise ThisOneGoes

    def make(self) -> None:
        """Check what was typed, then take them away."""
        notebook = self._desk.session.notebook
        self.make_beside(self._meanwhile, lambda progress: remove_slots(notebook, self._kind, progress))

    def take(self, made: None) -> None:
        """Say so."""
        self._desk.say(self._after)
