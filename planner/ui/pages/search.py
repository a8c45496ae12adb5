"""Find: what has words that begin like those typed in the head, by kind, with what matched; then the library."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from planner.session.finding import MOST, Answer
from planner.ui.kit.layouts import column, columns
from planner.ui.kit.lists import ListView
from planner.ui.kit.said import announce
from planner.ui.kit.surfaces import EmptyPage, Note
from planner.ui.kit.text import Text
from planner.ui.page import Page
from planner.ui.pages.search_library import OWNER, LibraryFound, open_found
from planner.ui.pages.search_lines import Matched, all_lines, line_id, matched
from planner.ui.pages.search_places import OWNER as PLACES
from planner.ui.pages.search_places import open_place, place_lines
from planner.words import _, n_

if TYPE_CHECKING:
    from planner.session import Changed, Found
    from planner.ui.page import Desk

QUIET = 700
"""ms without another key after which a screen reader says how much was found."""


class _Told(QObject):
    """Carries answers from the thread of a search into that of the window."""

    told = Signal(int, object, object)


class SearchPage(Page):
    """Answers each key; with several people only initials tell whose a thing is."""

    name: ClassVar[str] = "search"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.text = ""
        self.answer: Answer | None = None
        """What is shown; None while nothing was asked yet."""
        self._number = 0
        self._open_first = False
        self._found: dict[str, Found] = {}
        self._library = LibraryFound()
        self._told = _Told(self)
        self._told.told.connect(self._take)
        self._quiet = QTimer(self, singleShot=True, interval=QUIET)
        self._quiet.timeout.connect(self._announce)
        self.list = ListView(_("What was found"), chevron=True)
        self.list.opened.connect(self.open)
        self.more = Text("", "body", "ink_soft").hide_empty()
        self.note = Note(_("One letter is enough to begin. Part of a phone number works too."), "search")
        self.results = columns(column(self.list, 12, self.more), column(self.note))
        self.empty = EmptyPage("search", "", "")
        self.set_body(column(self.results, (self.empty, 1)))
        self._show(Answer(""), {})

    def title(self) -> str:
        return _("Find")

    # ---------------------------------------------------------------- asking

    def show_for(self, **where: str) -> None:
        """``text`` is what to look for."""
        text = where.get("text", "").strip()
        if text != self.text:
            self._open_first = False
        self.text = text

    def refresh(self, changed: Changed | None) -> None:
        finding = self.desk.session.finding
        self._number += 1
        self._quiet.stop()
        if not self.text:
            finding.stop()
            self._show(Answer(""), {})
            return
        finding.look(self.text, partial(self._tell, self._number))

    def _tell(self, number: int, answer: Answer) -> None:
        """In the thread of the search; the page may be gone by now."""
        with suppress(RuntimeError):
            self._told.told.emit(number, answer, matched(answer))

    def _take(self, number: int, answer: Answer, words: dict[str, Matched]) -> None:
        if answer.mistake is not None:
            raise answer.mistake
        if number != self._number:
            return
        if answer.trouble is not None:
            self.desk.say(answer.trouble.sentence)
            return
        self._show(answer, words)
        if answer.last:
            self._quiet.start()
            if self._open_first:
                self._open_first = False
                self._enter()

    def leave(self) -> bool:
        self._open_first = False
        return True

    @property
    def settled(self) -> bool:
        """Whether all that there is for the words in the field is shown."""
        return self.answer is not None and self.answer.text == self.text and self.answer.last

    # ---------------------------------------------------------------- keys of the field in the head

    def search_key(self, key: Qt.Key) -> bool:
        """Down goes into the list, Enter opens the first result as soon as it is known; True: the key was taken."""
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.settled:
                self._enter()
            else:
                self._open_first = True
        elif key == Qt.Key.Key_Down:
            if self.list.isVisible():
                self.list.setFocus(Qt.FocusReason.TabFocusReason)
                self.list.show_current()
        else:
            return False
        return True

    def _enter(self) -> None:
        first = next((line for line in self.list.lines() if not line.section), None)
        if first is not None:
            self.open(first.id)

    # ---------------------------------------------------------------- showing

    def _show(self, answer: Answer, words: dict[str, Matched]) -> None:
        before = self.answer if self.answer is not None and self.answer.text == answer.text else None
        if before is not None and before.last and not answer.last:
            # Something changed meanwhile: what is shown is better than a quick answer.
            return
        lines = all_lines(self.desk.session, self.desk.formats, answer, words) if answer.text else []
        if answer.last and not self.desk.session.everyday:
            lines += self._library.lines(self.desk.session, answer.text)
            lines += place_lines(self.desk.session, answer.text)
        current = self.list.current_id() if before is not None and not before.last and self.list.hasFocus() else ""
        if before is not None and current and current not in {line.id for line in lines}:
            # She is on a line of the first results, which the better ones no longer have: these stay.
            answer = replace(before, last=answer.last)
            lines = list(self.list.lines())
        self.answer = answer
        self._found = {line_id(each): each for each in answer.found}
        self.list.set_lines(lines)
        self.results.setVisible(bool(lines))
        self.more.setText(
            _("These are the first {n}. Another word finds more closely.").format(n=self.desk.formats.number(MOST))
            if answer.more and answer.last
            else ""
        )
        if lines or answer.last:
            self.empty.setVisible(not lines)
        if not lines and answer.last:
            self._say_nothing(answer.text)

    def _say_nothing(self, text: str) -> None:
        if not text:
            self.empty.title.setText(_("What are you looking for?"))
            self.empty.words.setText(
                _("Type a word, a name or part of a phone number in the search field. One letter is enough to begin.")
            )
            return
        self.empty.title.setText(_("Nothing like “{text}” is here").format(text=text))
        self.empty.words.setText(
            _("Try the beginning of the word, or another one. What was removed is not looked through.")
        )

    def _announce(self) -> None:
        if self.answer is None or not self.answer.text:
            return
        count = sum(1 for line in self.list.lines() if not line.section)
        announce(self, n_("{n} found", "{n} found", count).format(n=count) if count else self.empty.title.text())

    # ---------------------------------------------------------------- where it leads

    def open(self, line: str) -> None:
        """Open what was found, with its person's pages around it."""
        session, desk = self.desk.session, self.desk
        # The keyboard goes along to the page that opens; the field would keep it, and the words.
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        owner, _slash, rest = line.partition("/")
        if owner == "person":
            session.choose(rest)
            desk.go("today")
            return
        if owner == OWNER:
            open_found(desk, rest)
            return
        if owner == PLACES:
            open_place(desk, rest)
            return
        found = self._found.get(line)
        if found is None:
            return
        page, where = where_of(found)
        if found.kind == "filling" and session.forms.only_read(found.id):
            page, where = "form-read", {"filling": found.id}
        if session.person is None:
            session.choose(found.person)
        desk.go(page, **where)


def where_of(found: Found) -> tuple[str, dict[str, str]]:
    """The page of a result, and what it is opened with to show that very thing."""
    if found.kind == "outcome":
        return "appointment", {"appointment": found.owner}
    if found.kind == "filling":
        # The page to read over has all answers.
        return "form", {"form": found.owner, "at": "summary"}
    if found.kind == "step":
        return "plan", {"step": found.id}
    if found.kind in ("helper", "barrier"):
        return "plan", {"goal": found.owner}
    page, name = {
        "goal": ("plan", "goal"),
        "appointment": ("appointment", "appointment"),
        "contact": ("people", "contact"),
        "dependent": ("people", "dependent"),
        "note": ("notes", "note"),
        "paper": ("papers", "paper"),
        "tracked-paper": ("papers", "tracked"),
        "check-in": ("check-ins", "day"),
        "clock": ("clocks", "limit"),
        "score": ("scores", "score"),
        "safety-line": ("safety", "line"),
    }[found.kind]
    return page, {name: found.owner if found.kind == "note" else found.id}
