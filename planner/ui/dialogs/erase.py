"""Erasing for good: says what goes, what stays and which safety copies still hold it, before anything is done."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.errors import MachineTrouble
from planner.keys import WrongPassphrase
from planner.session.erasing import Account, OnHold
from planner.ui.everyday import leave_out
from planner.ui.kit.choices import TickChoice
from planner.ui.kit.dialogs import Dialog, trouble
from planner.ui.kit.fields import FieldRow, PassphraseField
from planner.ui.kit.layouts import TOP, Item, column, hold, row
from planner.ui.kit.surfaces import Note
from planner.ui.kit.text import Icon, Text
from planner.words import _, n_

if TYPE_CHECKING:
    from planner.session import Changed
    from planner.store.backups import Backup
    from planner.ui.page import Desk
    from planner.ui.work import Progress


class EraseDialog(Dialog):
    """What erasing would do; the way back has the keyboard, and Enter presses it."""

    def __init__(self, parent: QWidget, desk: Desk, title: str, account: Account, yes: str, *more: QWidget) -> None:
        """``more`` stands below the account; :meth:`erase` of a subclass does it."""
        self.desk, self.account, self.beneath = desk, account, parent
        self._known = {each.folder for each in desk.session.backups.list()}
        self._with_copies = self._with_answers = False
        self.answers = TickChoice(
            _("Also erase the answers in that form"), _("All of them, also those about something else.")
        )
        self.copies = TickChoice(*_copies_words(desk, account.backups))
        note = Note(_("If papers from a court or a lawyer have come, do not delete. Call your lawyer."), icon="law")
        caution = hold(column(note, 16))
        body = column(
            caution,
            Text(_("This goes, at once and for good"), "strong"),
            8,
            *_lines(account.goes, "close"),
            16,
            Text(_("This stays"), "strong"),
            8,
            *_lines(account.stays, "bookmark"),
            16 if account.forms else None,
            self.answers if account.forms else None,
            16 if account.backups and not more else None,
            self.copies if account.backups and not more else None,
            *(each for widget in more for each in (20, widget)),
        )
        super().__init__(parent, title, "", body, width=560)
        leave_out(desk, caution)
        self.keep = self.add_button(_("Do not erase"), "main", default=True)
        self.yes = self.add_button(yes, "erase", self.erase, closes=False)

    def first_focus(self) -> QWidget | None:
        """The safe way out."""
        return self.keep

    def erase(self) -> None:
        """Do it."""
        raise NotImplementedError

    def agree(self) -> None:
        """It is to be done: remember what was ticked, and go away."""
        self._with_copies, self._with_answers = self.copies.isChecked(), self.answers.isChecked()
        self.accept()

    def clear_copies(self, said: str) -> None:
        """Say that it is done; where it was asked for, make a fresh safety copy and delete those that still hold it."""
        desk, session = self.desk, self.desk.session
        backups = self._to_clear()
        if not backups:
            desk.say(said)
            return
        try:
            session.backups.prepare()
        except MachineTrouble as problem:
            trouble(self.beneath, problem)
            return

        def work(progress: Progress) -> None:
            session.erasing.clear_copies(backups, progress.step)

        desk.say(said)
        desk.busy(
            _("Making a new safety copy"),
            work,
            lambda _nothing: desk.say(_("It is gone from the safety copies here, too.")),
        )

    def _to_clear(self) -> tuple[Backup, ...]:
        """The copies that go: those that were ticked, and with them those that made themselves while she was asked."""
        session, told = self.desk.session, self.account.backups
        if (told and not self._with_copies) or session.erasing.anyone_held():
            return ()
        since = [each for each in session.backups.list() if each.folder not in self._known]
        return (*told, *since)


class EraseRecord(EraseDialog):
    """One goal, appointment or person in her life."""

    def __init__(self, parent: QWidget, desk: Desk, person: str, record: str, account: Account) -> None:
        self._person, self._record = person, record
        title = _("Erase {what} for good?").format(what=account.title)
        super().__init__(parent, desk, title, account, _("Erase for good"))

    def erase(self) -> None:
        """At once; its parts and papers go with it."""
        session = self.desk.session
        self.agree()
        try:
            session.erasing.erase_record(self._person, self._record, answers=self._with_answers)
        except KeyError:
            return  # gone meanwhile
        except MachineTrouble as problem:
            trouble(self.beneath, problem)
            return
        self.clear_copies(_("Erased for good."))


class ErasePerson(EraseDialog):
    """Somebody with whom a worker works, with everything written about them."""

    def __init__(self, parent: QWidget, desk: Desk, person: str, account: Account) -> None:
        self._person = person
        title = _("Erase everything about {name}?").format(name=account.title)
        super().__init__(parent, desk, title, account, _("Erase for good"))

    def erase(self) -> None:
        """Beside the window, because papers may be large."""
        desk, session, person = self.desk, self.desk.session, self._person
        self.agree()
        if session.person is not None and session.person.id == person:
            session.choose(None)

        def work(_progress: Progress) -> Changed:
            return session.erasing.erase_person(person, tell=False)

        def done(changed: Changed) -> None:
            session.tell(changed)
            self.clear_copies(_("Erased for good."))

        desk.busy(_("Erasing"), work, done, cancel=False)


class EraseNotebook(EraseDialog):
    """The whole notebook, after the passphrase was typed once more."""

    def __init__(self, parent: QWidget, desk: Desk, account: Account) -> None:
        self.secret = PassphraseField(name=_("Passphrase of this notebook"), big=False)
        self.secret_row = FieldRow(
            _("Passphrase of this notebook"), self.secret, hint=_("So that nobody else can do this.")
        )
        super().__init__(parent, desk, _("Erase this notebook?"), account, _("Erase this notebook"), self.secret_row)
        self.secret.changed.connect(lambda: self.secret_row.ask(""))

    def erase(self) -> None:
        """Look at the passphrase, then close the notebook and erase it; a fresh lock screen follows."""
        desk, session, secret = self.desk, self.desk.session, self.secret.text()
        if not secret:
            self.secret_row.ask(_("Type the passphrase first. Nothing was erased."))
            self.secret.setFocus()
            return

        def work(_progress: Progress) -> WrongPassphrase | None:
            try:
                session.erasing.allow_notebook(secret)
            except WrongPassphrase as wrong:
                return wrong
            return None

        desk.busy(_("Looking at the passphrase"), work, self._looked_at, cancel=False)

    def _looked_at(self, wrong: WrongPassphrase | None) -> None:
        if wrong is not None:
            self.secret_row.ask(_("That is not the passphrase of this notebook. Nothing was erased."))
            self.secret.setFocus()
            return
        self.secret.clear()
        self.accept()
        self.desk.erase_notebook()


# ---------------------------------------------------------------- the ways in


def ask_to_erase(desk: Desk, parent: QWidget, person: str, record: str) -> None:
    """Ask whether to erase one record; nothing is asked while a hold is on: that is said instead."""
    if not _may(desk, parent, person):
        return

    def ask(backups: Collection[Backup]) -> None:
        try:
            account = desk.session.erasing.look_at_record(person, record, backups)
        except KeyError:
            return  # gone meanwhile
        desk.ask(EraseRecord(parent, desk, person, record, account))

    _look(desk, person, record, ask)


def ask_to_erase_person(desk: Desk, parent: QWidget, person: str) -> None:
    """Ask whether to erase somebody."""
    if not _may(desk, parent, person):
        return

    def ask(backups: Collection[Backup]) -> None:
        desk.ask(ErasePerson(parent, desk, person, desk.session.erasing.look_at_person(person, backups)))

    _look(desk, person, None, ask)


def ask_to_erase_notebook(desk: Desk, parent: QWidget) -> None:
    """Ask whether to erase the notebook that is open."""
    if desk.session.erasing.anyone_held():
        trouble(parent, OnHold())
        return
    if desk.leave():
        desk.ask(EraseNotebook(parent, desk, desk.session.erasing.look_at_notebook()))


def _may(desk: Desk, parent: QWidget, person: str) -> bool:
    if desk.session.erasing.is_held(person):
        trouble(parent, OnHold())
        return False
    return desk.leave()


def _look(desk: Desk, person: str, record: str | None, ask: Callable[[Collection[Backup]], object]) -> None:
    """Look into the safety copies beside the window; without any there is nothing to wait for."""
    session = desk.session
    if not session.backups.list():
        ask(())
        return

    def work(progress: Progress) -> tuple[Backup, ...]:
        return session.erasing.holding(person, record, progress.step)

    desk.busy(_("Looking into the safety copies"), work, ask)


def _lines(sentences: Collection[str], icon: str) -> list[Item]:
    return [
        row(
            (Icon(icon, "ink_soft", size=20, box_height=24), TOP), (Text(each, "body"), 1), gap=12, margins=(0, 0, 0, 6)
        )
        for each in sentences
    ]


def _copies_words(desk: Desk, backups: Collection[Backup]) -> tuple[str, str]:
    if not backups:
        return "", ""
    zone = desk.session.now().tzinfo
    newest = desk.formats.day(max(each.made for each in backups).astimezone(zone).date())
    words = n_(
        "Also erase the safety copy that still holds it",
        "Also erase the {n} safety copies that still hold it",
        len(backups),
    )
    hint = n_(
        "It is from {day}. A new copy without it is made first. If you keep it, it goes by itself within 30 days.",
        "The newest is from {day}. A new copy without it is made first. "
        "If you keep them, they go by themselves within 30 days.",
        len(backups),
    )
    return words.format(n=len(backups)), hint.format(day=newest)
