"""Undo and redo from every page: the menu in the head, the keys, and where it is told what was taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from planner.errors import MachineTrouble
from planner.ui.kit.dialogs import trouble
from planner.ui.kit.floats import Menu, MenuItem
from planner.ui.where import SHOWS, place_of, room_of, room_words
from planner.words import _

if TYPE_CHECKING:
    from planner.session.undoing import Undone
    from planner.ui.shell import Shell
    from planner.ui.work import Progress

SLOW = 1500
"""Fields from which on it is done beside the window, with a card that can stop it."""


class TakingBack(QObject):
    """What the shell does for undo and redo."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._busy = False
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
        self._watched = True

    def close_down(self) -> None:
        """Look at the keyboard no longer; doing so twice is the same as once."""
        app, watched = QApplication.instance(), self._watched
        self._watched = False
        if watched and isinstance(app, QApplication):
            app.focusChanged.disconnect(self._focus_moved)

    def _focus_moved(self, _before: QWidget | None, _now: QWidget | None) -> None:
        """A field was left, and what was typed there is saved by now: the next words are a step of their own."""
        self._shell.session.end_step()

    # ---------------------------------------------------------------- the menu

    def open_menu(self, anchor: QWidget) -> None:
        """What can be taken back or done again now, each by its words."""
        Menu(anchor, self.items()).open()

    def items(self) -> list[MenuItem]:
        """The lines of the menu."""
        session, page = self._shell.session, self._shell.open_page()
        undo, redo = session.undo_words(), session.redo_words()
        own = page.own_undo_words() if page is not None else None
        if own is not None:
            return [MenuItem(_("Undo: {what}").format(what=in_a_line(own)), "undo", self.undo)]
        found = []
        if undo is not None:
            found.append(MenuItem(_("Undo: {what}").format(what=in_a_line(undo)), "undo", self.undo))
        if redo is not None:
            found.append(MenuItem(_("Redo: {what}").format(what=in_a_line(redo)), "redo", self.redo))
        return found or [MenuItem(_("There is nothing to take back."), "check")]

    # ---------------------------------------------------------------- doing it

    def undo(self) -> None:
        """Take the last change back and say so."""
        page = self._shell.open_page()
        own = page.undo_here() if page is not None else None
        if own is not None:
            self._shell.say(own)
        elif self._shell.session.undo_words() is None:
            self._shell.say(_("There is nothing to take back."))
        else:
            self._turn(again=False)

    def redo(self) -> None:
        """Do again what was taken back."""
        page = self._shell.open_page()
        own = page.redo_here() if page is not None else None
        if own is not None:
            self._shell.say(own)
        elif self._shell.session.redo_words() is not None:
            self._turn(again=True)

    def _turn(self, *, again: bool) -> None:
        session = self._shell.session
        if self._busy:
            return
        if session.steps_in_last(again=again) >= SLOW:
            self._turn_beside(again)
            return
        try:
            undone = session.take_back(again=again)
        except MachineTrouble as problem:
            trouble(self._shell, problem)
            return
        self._tell(undone, again)

    def _turn_beside(self, again: bool) -> None:
        """Thousands of fields: beside the window, which is covered at once so that nobody writes meanwhile."""
        from planner.ui.work import Work

        session = self._shell.session

        def work(progress: Progress) -> Undone | None:
            return session.take_back(again=again, progress=progress.step)

        self._busy = True
        words = _("Doing it again") if again else _("Taking it back")
        beside = Work(self._shell, words, work, lambda undone: self._tell(undone, again), patience=0)
        beside.over.connect(self._no_longer_busy)

    def _no_longer_busy(self) -> None:
        self._busy = False

    # ---------------------------------------------------------------- telling it

    def _tell(self, undone: Undone | None, again: bool) -> None:
        if undone is None:
            return
        shell, session = self._shell, self._shell.session
        session.tell(undone.changed)
        what, where = in_a_line(undone.words), room_words(undone.kind)
        chosen = session.person
        person = undone.changed.person
        if chosen is None or chosen.id != person:
            name = session.find_person(person).shown
            words = _("Done again: {what}, for {name}") if again else _("Taken back: {what}, for {name}")
            shell.say_and_show(words.format(what=what, name=name), again, lambda: self._show(undone))
        elif shell.current in SHOWS.get(room_of(undone.kind), ()) or not where:
            words = _("Done again: {what}") if again else _("Taken back: {what}")
            shell.say(words.format(what=what), undo=again)
            self._bring_in_sight(undone)
        else:
            words = _("Done again: {what}, {where}") if again else _("Taken back: {what}, {where}")
            shell.say_and_show(words.format(what=what, where=where), again, lambda: self._show(undone))

    def _bring_in_sight(self, undone: Undone) -> None:
        """On the page that is open: what changed is opened, where something else is."""
        shell = self._shell
        page = shell.open_page()
        name, where = place_of(shell.session, undone.changed.person, undone.kind, undone.first)
        if page is not None and name == shell.current and not page.has_open(where):
            shell.go(name, **where)

    def _show(self, undone: Undone) -> None:
        session, person = self._shell.session, undone.changed.person
        if session.person is None or session.person.id != person:
            session.choose(person)
        page, where = place_of(session, person, undone.kind, undone.first)
        if page:
            self._shell.go(page, **where)


def in_a_line(words: str) -> str:
    """The words of an edit as they stand after a colon."""
    return words[:1].lower() + words[1:]
