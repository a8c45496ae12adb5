"""The spare key: made after the passphrase was typed, shown once, or taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.keys import SlotKind
from planner.ui.dialogs.new_way_in import NewWayIn, RemoveWayIn, point, slots_of
from planner.ui.kit.dialogs import Dialog
from planner.ui.kit.layouts import column
from planner.ui.kit.surfaces import Note, Sheet
from planner.ui.spare_key_text import SpareKeyText
from planner.words import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from planner.keys import SlotInfo
    from planner.store.notebooks import Notebook
    from planner.ui.page import Desk


def spare_slots(notebook: Notebook) -> list[SlotInfo]:
    """The spare keys that open this notebook."""
    return slots_of(notebook, SlotKind.SPARE)


class MakeSpareKey(NewWayIn[str]):
    """A spare key, shown once after it was made."""

    def __init__(self, parent: QWidget, desk: Desk, done: Callable[[], object]) -> None:
        """``done`` is called when there is a new key."""
        self._done, self._parent = done, parent.window()
        replaces = bool(spare_slots(desk.session.notebook))
        points = [
            point("why", _("Who could find it? Whoever finds this key can open the notebook.")),
            point("together", _("A good place is with someone you trust, or somewhere only you go.")),
        ]
        if replaces:
            points.append(point("key", _("The spare key you have now opens nothing any more after this.")))
        super().__init__(
            parent,
            desk,
            _("Make a new spare key") if replaces else _("Make a spare key"),
            _("It opens this notebook if you forget the passphrase. It is shown once."),
            points,
            _("Make it"),
            icon="key",
        )

    def make(self) -> None:
        """Check the passphrase and make the key."""
        notebook = self._desk.session.notebook
        self.make_beside(_("Making the spare key"), lambda progress: notebook.new_spare_key(progress.step))

    def take(self, made: str) -> None:
        """Show it."""
        self._done()
        SpareKeyShown(self._parent, made).open()


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


class RemoveSpareKey(RemoveWayIn):
    """Takes the spare key away, after saying what that means."""

    def __init__(self, parent: QWidget, desk: Desk, done: Callable[[], object]) -> None:
        """``done`` is called when it is gone."""
        self._done = done
        notebook = desk.session.notebook
        others = len(notebook.slots()) - len(spare_slots(notebook))
        alone = _("It opens nothing any more after this. Then only your passphrase opens the notebook.")
        super().__init__(
            parent,
            desk,
            SlotKind.SPARE,
            _("Remove the spare key?"),
            alone if others == 1 else _("It opens nothing any more after this."),
            (_("Remove it"), _("Removing the spare key"), _("The spare key is removed. It opens nothing any more.")),
        )

    def take(self, made: None) -> None:
        """Say so."""
        self._done()
        super().take(made)
