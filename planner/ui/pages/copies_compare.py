"""What is in a safety copy, beside what is in the notebook: first looked at, then brought back or opened beside."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from planner.errors import MachineTrouble
from planner.keys import WrongPassphrase
from planner.session import Changed
from planner.session.comparing import Comparison, Fate, Item, Newer
from planner.ui.copies_words import made_words
from planner.ui.dialogs.copy_secret import CopySecret, not_this_copy
from planner.ui.dialogs.which_copy import copies_at
from planner.ui.kit.buttons import Button
from planner.ui.kit.dialogs import Dialog, trouble
from planner.ui.kit.layouts import column, columns, flow, hold
from planner.ui.kit.lists import ListView
from planner.ui.kit.surfaces import Note
from planner.ui.kit.text import Section, Text
from planner.ui.page import Page
from planner.ui.pages.copies_items import MOST, Lines, fate_words, missing, newer_words
from planner.ui.where import place_of
from planner.words import _, n_

if TYPE_CHECKING:
    from planner.session.merging import Brought
    from planner.store.backups import Backup
    from planner.ui.page import Desk
    from planner.ui.work import Progress


class _Part(QWidget):
    """One list of differences under its head; hidden while it is empty."""

    def __init__(self, head: str, words: str, *, pressed: bool = True) -> None:
        super().__init__()
        self.head = Section(head)
        self.list = ListView(head, chevron=pressed)
        self.more = Text("", "body", "ink_soft").hide_empty()
        self.setLayout(column(self.head, 8, Text(words, "body", "ink_soft"), 8, self.list, self.more, 28))

    def show_items(self, lines: list[object], count: int) -> None:
        """These lines, of so many."""
        self.list.set_lines(lines)  # type: ignore[arg-type]
        self.head.set_more(str(count))
        self.more.setText(_more(count - MOST) if count > MOST else "")
        self.setVisible(bool(count))


class CopyPage(Page):
    """One copy. Looking at it changes nothing."""

    name: ClassVar[str] = "copy"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.copy: Backup | None = None
        self.comparison: Comparison | None = None
        self._lines: Lines | None = None
        self._secret: str | None = None
        self.back = Button(_("Back"), "quiet", icon="back", on=lambda: desk.go("copies"))
        self.lead = Text("", "lead", "ink_soft")
        self.bring_button = Button(_("Bring back what is missing"), "main", icon="swap", on=self.bring_back)
        self.beside_button = Button(_("Open it as a notebook of its own"), on=self.ask_beside)
        self.there = _Part(
            _("Only in the copy"),
            _("It is not in the notebook now. Press a line to bring back that one thing."),
        )
        self.different = _Part(
            _("Different"),
            _("In both, but not the same. Press a line to put both side by side, and choose."),
        )
        self.here = _Part(_("Only in the notebook now"), _("Newer than the copy. It stays as it is."), pressed=False)
        self.there.list.opened.connect(self._open_line)
        self.different.list.opened.connect(self._open_line)
        buttons = flow(self.bring_button, self.beside_button, gap=12)
        self.lists = hold(column(self.there, self.different, self.here))
        main = column(flow(self.back), 12, self.lead, 20, buttons, 32, self.lists)
        side = Note(_("Looking changes nothing. The copy stays as it is, whatever you choose."), icon="copies")
        self.set_body(columns(main, column(side)))

    def title(self) -> str:
        if self.copy is None:
            return _("Safety copy")
        return _("Safety copy: {when}").format(when=self._when())

    def _when(self) -> str:
        assert self.copy is not None
        return made_words(self.desk.formats, self.copy.made, self.desk.session.now().tzinfo, hour=True)

    def show_for(self, **where: str) -> None:
        """``folder`` is that of the copy."""
        folder = Path(where.get("folder", ""))
        if self.copy is None or self.copy.folder != folder:
            self._secret = None
        found = [each for each in copies_at(folder) if each.folder == folder] if where.get("folder") else []
        self.copy = found[0] if found else None
        self._show(None)
        self.head_changed.emit()
        if self.copy is None:
            self.lead.setText(_("This safety copy is not there any more."))
        else:
            self.compare()

    def leave(self) -> bool:
        return True

    def refresh(self, changed: Changed | None) -> None:
        """What was found stays until it is looked at again."""

    # -- looking -----------------------------------------------------------------------------------------------------
    def compare(self) -> None:
        """Look at both sides beside the window; a copy from before another passphrase asks for that one."""
        self.lead.setText(_("Looking at both …"))
        self._look(self._secret, self._compared)

    def _look(self, secret: str | None, done: Callable[[Comparison | MachineTrouble], None]) -> None:
        copy, backups = self.copy, self.desk.session.backups
        assert copy is not None

        def work(progress: Progress) -> Comparison | MachineTrouble:
            try:
                return backups.compare(copy, progress.step, secret)
            except MachineTrouble as problem:
                return problem

        self.desk.busy(_("Looking at the safety copy"), work, done)

    def _compared(self, found: Comparison | MachineTrouble) -> None:
        if isinstance(found, Comparison):
            self._show(found)
            return
        if not isinstance(found, WrongPassphrase):
            self.lead.setText(f"{found.sentence} {found.what_next}")
            return
        self.lead.setText(_("This copy opens with the passphrase that the notebook had then."))
        CopySecret(
            self.window(),
            _("Which passphrase did it have?"),
            _("The notebook had another passphrase when this copy was made."),
            _("Look into the copy"),
            self._use,
        ).open()

    def _use(self, secret: str) -> None:
        dialog = next(each for each in self.window().findChildren(CopySecret) if each.isVisible())

        def done(found: Comparison | MachineTrouble) -> None:
            if isinstance(found, Comparison):
                self._secret = secret
                dialog.taken()
                self._show(found)
            else:
                dialog.refuse(not_this_copy() if isinstance(found, WrongPassphrase) else found.sentence)

        self._look(secret, done)

    def _show(self, found: Comparison | None) -> None:
        self.comparison = found
        self.lists.setVisible(found is not None and not found.same)
        lost = missing(found) if found is not None else ()
        self.beside_button.setVisible(self.copy is not None)
        self.bring_button.setVisible(bool(lost))
        if found is None:
            return
        self._lines = lines = Lines(self.desk.session, found)
        self.there.show_items([*lines.of(found.only_there, fate_words)], len(found.only_there))
        self.different.show_items([*lines.of(found.different, newer_words)], len(found.different))
        self.here.show_items([*lines.of(found.only_here, lambda _item: "")], len(found.only_here))
        self.lead.setText(_said(found, len(lost)))

    # -- bringing back -----------------------------------------------------------------------------------------------
    def bring_back(self) -> None:
        """Take back everything that was lost; nothing that is newer here changes."""
        if self.comparison is not None:
            self._bring(missing(self.comparison))

    def _open_line(self, line: str) -> None:
        item = self._lines.item(line) if self._lines is not None else None
        if item is None:
            return
        assert self._lines is not None
        if item in (self.comparison.different if self.comparison is not None else ()):
            words = _("What the copy says is put beside what stands there now. You choose there which one stays.")
            yes = _("Show both")
        elif item.fate is Fate.REMOVED:
            words, yes = _("You removed it. It comes back as it was in the copy."), _("Bring it back")
        else:
            words, yes = _("It comes back as it was in the copy."), _("Bring it back")
        dialog = Dialog(self.window(), self._lines.title(item), words)
        dialog.add_button(yes, "main", lambda: self._bring((item,)), default=True)
        dialog.add_button(_("Not now"))
        self.desk.ask(dialog)

    def _bring(self, items: tuple[Item, ...]) -> None:
        copy, secret, session = self.copy, self._secret, self.desk.session
        assert copy is not None

        def work(progress: Progress) -> Brought:
            return session.backups.bring_back(copy, items, progress.step, secret)

        def done(brought: Brought) -> None:
            session.backups.tell(brought)
            if brought.rivals and len(items) == 1:
                self._show_both(items[0])
                return
            if brought.nothing and items:
                words = _("The copy has nothing to put beside it. What is here stays as it is.")
            else:
                words = n_("{n} thing is back.", "{n} things are back.", len(items)).format(n=len(items))
            self.desk.say(words)
            self.compare()

        self.desk.busy(_("Bringing it back"), work, done)

    def _show_both(self, item: Item) -> None:
        """Go where both values stand, each to be chosen."""
        session = self.desk.session
        if session.person is None or session.person.id != item.person:
            session.choose(item.person)
        page, where = place_of(session, item.person, item.kind, item.id)
        self.desk.go(page, **where)
        self.desk.say(_("Both stand here now. You can choose which one stays."))

    # -- beside ------------------------------------------------------------------------------------------------------
    def ask_beside(self) -> None:
        """Ask for the passphrase of the copy, then make a notebook of it, beside this one."""
        dialog = CopySecret(
            self.window(),
            _("Open it as a notebook of its own"),
            _("It opens with the passphrase that the notebook had then. The notebook that is open now stays as it is."),
            _("Make the notebook"),
            lambda secret: self._restore(dialog, secret),
        )
        self.desk.ask(dialog)

    def _restore(self, dialog: CopySecret, secret: str) -> None:
        from planner.ui.labels import labels_in, new_label

        copy, data_dir = self.copy, self.desk.session.notebook.folder.parent
        assert copy is not None
        taken = labels_in(data_dir)
        label = new_label(taken)

        def work(progress: Progress) -> Path | MachineTrouble:
            from planner.store.backups_open import restore

            try:
                return restore(copy.folder, secret, data_dir, label, progress.step)
            except MachineTrouble as problem:
                return problem

        def done(made: Path | MachineTrouble) -> None:
            if isinstance(made, WrongPassphrase):
                dialog.refuse(not_this_copy())
            elif isinstance(made, MachineTrouble):
                dialog.taken()
                trouble(self.window(), made)
            else:
                dialog.taken()
                self._tell_of_new(made.name, label, taken[0] if len(taken) == 1 else "")

        self.desk.busy(_("Making a notebook of the copy"), work, done)

    def _tell_of_new(self, name: str, label: str, this: str) -> None:
        def go_there() -> None:
            self.desk.change_look("last", name)  # offered first on the lock screen
            self.desk.lock()

        words = _("You find it on the lock screen as “{label}”.").format(label=label)
        if this:
            words = f"{words} {_('The one that is open now is “{label}” there.').format(label=this)}"
        dialog = Dialog(self.window(), _("There is a new notebook."), words, icon="check")
        dialog.add_button(_("Stay here"), "main", default=True)
        dialog.add_button(_("Lock now and open it"), "plain", go_there, icon="lock")
        self.desk.ask(dialog)


def _more(left: int) -> str:
    return n_("And {n} more.", "And {n} more.", left).format(n=left)


def _said(found: Comparison, lost: int) -> str:
    """In one or two sentences, what it comes to."""
    if found.same:
        return _("The copy and the notebook hold the same. Nothing is missing.")
    if lost:
        return n_(
            "{n} thing in the copy is missing from the notebook. It can come back, and nothing newer is lost.",
            "{n} things in the copy are missing from the notebook. They can come back, and nothing newer is lost.",
            lost,
        ).format(n=lost)
    if found.only_there:
        return _("Nothing was lost. What is only in the copy was removed here.")
    if any(each.newer in (Newer.THERE, Newer.BOTH) for each in found.different):
        return _("Nothing is missing, but some words in the copy are others.")
    return _("Nothing is missing from the notebook. What is different here is newer than the copy.")
