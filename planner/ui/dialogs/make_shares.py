"""Shares for people who are trusted: how many, then each one shown, put on paper and typed back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.keys import SlotKind
from planner.keys.shares import SPLITS, NewShares, ShareRefused
from planner.ui.dialogs.new_way_in import NewWayIn, RemoveWayIn, point, slots_of
from planner.ui.kit.choices import ChoiceGroup, TickChoice
from planner.ui.kit.dialogs import Dialog
from planner.ui.kit.layouts import column, hold
from planner.ui.kit.said import announce
from planner.ui.kit.surfaces import Sheet
from planner.ui.kit.text import Text
from planner.ui.share_words import ShareEntry, ShareWords
from planner.words import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from planner.keys import SlotInfo
    from planner.store.notebooks import Notebook
    from planner.ui.page import Desk


def share_slots(notebook: Notebook) -> list[SlotInfo]:
    """The shares that open this notebook."""
    return slots_of(notebook, SlotKind.SHARES)


def split_words(label: str) -> str:
    """How many are needed of how many, from the label of a slot."""
    needed, _slash, of = label.partition("/")
    return _("Any {needed} of {all} open the notebook.").format(needed=needed, all=of)


class MakeShares(NewWayIn[NewShares]):
    """Says what shares are, and asks how many."""

    def __init__(self, parent: QWidget, desk: Desk, done: Callable[[], object]) -> None:
        """``done`` is called when new shares count."""
        self._done, self._parent = done, parent.window()
        replaces = bool(share_slots(desk.session.notebook))
        self.split = ChoiceGroup(
            [(f"{needed}/{of}", _("{needed} of {all}").format(needed=needed, all=of)) for needed, of in SPLITS],
            chosen=["/".join(map(str, SPLITS[0]))],
            name=_("How many are needed?"),
        )
        points = [
            point("together", _("You give each of them one page with 20 words. One page alone opens nothing.")),
            point("why", _("Choose people who would not join up against you, and who will still be there.")),
            point("edit", _("Each page is typed back once before it counts. Take your time for it.")),
        ]
        if replaces:
            points.append(point("key", _("The shares you have now open nothing any more after this.")))
        super().__init__(
            parent,
            desk,
            _("Make new shares") if replaces else _("Make shares"),
            _("If you forget the passphrase, people you trust can open the notebook with you."),
            [*points, 8, Text(_("How many are needed?"), "label", weight=600), self.split],
            _("Begin"),
            icon="together",
        )

    def make(self) -> None:
        """Check the passphrase, then show the first share."""
        needed, _slash, of = self.split.values()[0].partition("/")
        self.make_beside(_("Making the shares"), lambda _progress: NewShares.make(int(needed), int(of)))

    def take(self, made: NewShares) -> None:
        """Give them, one by one."""
        GiveShares(self._parent, self._desk, made, self._done).open()


class GiveShares(Dialog):
    """One share after the other: shown, put on paper, typed back. They count when all are through."""

    def __init__(self, parent: QWidget, desk: Desk, made: NewShares, done: Callable[[], object]) -> None:
        """``done`` is called when they count."""
        self._desk, self._shares, self._done = desk, made, done
        self._at = 0
        self._sheet: QWidget | None = None
        self.note = TickChoice(
            _("Print a few lines for whoever keeps it"),
            _("They ask to keep the page well. They do not say what it opens."),
        )
        self._place = column()
        self._shown = hold(column(self._place, 16, self.note))
        self.entry = ShareEntry()
        self.entry.complete.connect(self._typed_back)
        super().__init__(parent, " ", " ", column(self._shown, self.entry), icon="together", width=560)
        self.print_button = self.add_button(_("Print it"), "plain", self._print, icon="print", closes=False)
        self.yes = self.add_button(_("I have it on paper"), "main", self.type_back, closes=False)
        self.look_again = self.add_button(_("Look at it again"), "plain", self._show_share, closes=False)
        self.stop = self.add_button(_("Stop here"), "quiet", self.reject, closes=False)
        self._show_share()

    @property
    def share(self) -> tuple[str, ...]:
        """The words of the share that it is about now."""
        return self._shares.shares[self._at]

    def first_focus(self) -> QWidget | None:
        """What goes on."""
        return self.yes if self.yes.isVisibleTo(self) else self.entry.field

    def _head(self) -> str:
        return _("Share {n} of {all}").format(n=self._at + 1, all=len(self._shares.shares))

    def _turn(self, shown: bool, words: str) -> None:
        self.title.setText(self._head())
        self.words.setText(words)
        self.setAccessibleName(self._head())
        self.setAccessibleDescription(words)
        self._shown.setVisible(shown)
        self.entry.setVisible(not shown)
        for button in (self.print_button, self.yes):
            button.setVisible(shown)
        self.look_again.setVisible(not shown)
        if self.isVisible():
            announce(self, f"{self._head()}. {words}")

    def _show_share(self) -> None:
        if self._sheet is not None:
            self._sheet.setParent(None)
            self._sheet.deleteLater()
        self._sheet = Sheet(column(ShareWords(self.share, self._head()), margins=(20, 16, 20, 16)), kind="well")
        self._place.put(self._sheet)
        self._turn(True, _("Write these words on paper in this order, or print them. Give this page to one person."))
        if self.isVisible():
            self.yes.setFocus()

    def type_back(self) -> None:
        """Cover the words, and ask for them from the paper."""
        self._turn(False, _("Now type it back from the paper, so that you know the paper is right."))
        self.entry.clear()

    def _print(self) -> None:
        from planner.ui.printing_share import print_share

        print_share(self.window(), self.share, note=self.note.isChecked())

    def _typed_back(self) -> None:
        try:
            self._shares.try_one(self._at, self.entry.words)
        except ShareRefused as problem:
            self.entry.refuse(problem)
            return
        self.entry.clear()
        if self._at + 1 < len(self._shares.shares):
            self._at += 1
            self._show_share()
            return
        notebook, made = self._desk.session.notebook, self._shares
        self._desk.busy(_("Keeping the shares"), lambda progress: notebook.put_shares(made, progress.step), self._kept)

    def _kept(self, _nothing: None) -> None:
        parent = self.window()
        self.accept()
        self._done()
        dialog = Dialog(
            parent,
            _("The shares are ready"),
            split_words(self._shares.label)
            + " "
            + _("Give each page to another person, and keep none of them near this device."),
            icon="check",
        )
        dialog.add_button(_("All right"), "main", default=True)
        dialog.open()

    def reject(self) -> None:
        """Ask before what was done so far is given up."""

        def stop() -> None:
            super(GiveShares, self).reject()
            self._desk.say(_("No shares were made. Pages that are on paper already open nothing."))

        dialog = Dialog(self, _("Stop here?"), _("The pages so far will open nothing. You can begin anew at any time."))
        dialog.add_button(_("Go on"), "main", default=True)
        dialog.add_button(_("Stop"), "plain", stop)
        dialog.open()


class RemoveShares(RemoveWayIn):
    """Takes the shares away, after saying what that means."""

    def __init__(self, parent: QWidget, desk: Desk, done: Callable[[], object]) -> None:
        """``done`` is called when they are gone."""
        self._done = done
        super().__init__(
            parent,
            desk,
            SlotKind.SHARES,
            _("Remove the shares?"),
            _("They open nothing any more after this, however many there are together."),
            (_("Remove them"), _("Removing the shares"), _("The shares are removed. They open nothing any more.")),
        )

    def take(self, made: None) -> None:
        """Say so."""
        self._done()
        super().take(made)
