"""Every place in which words can be typed, and a hand that goes there; used to see what a lock leaves of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QWidget

from planner.app import Program
from planner.keys import Cost
from planner.sample import fill_for_me, fill_with_others
from planner.store.local import Local
from planner.store.notebooks import Notebook
from planner.system.relaunch import RecordedRelaunch
from planner.ui.kit.floats import Overlay
from planner.ui.kit.text import Text
from tests.gui.notebooks import PASSPHRASE, TODAY

NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)
PATIENCE = 20.0
SENTENCE = "Words nobody finished"
NUMBER = "4815162342"
TextField = QLineEdit | QPlainTextEdit


@dataclass(frozen=True)
class Place:
    """A page, and what is pressed there one after the other; ``*`` begins words that stand somewhere in the name.

    ``others`` is the notebook of a worker, with somebody's pages open where ``person`` is set; ``where`` is what the
    page is opened with.
    """

    page: str
    presses: tuple[str, ...] = ()
    others: bool = False
    person: bool = False
    where: tuple[str, str] = ("", "")

    @property
    def name(self) -> str:
        """What a test is called by."""
        return " > ".join((self.page, *filter(None, self.where), *self.presses))[:60]


PLACES = (
    Place("plan", ("Add a goal",)),
    Place("plan", ("My goal: Sleep somewhere I can lock",)),
    Place("plan", ("Why: So that I can sleep through the night.",)),
    Place("plan", ("Add a step",)),
    Place("plan", ("Look at the room with Joan, Feb 10, done",)),
    Place("plan", ("*someone",)),
    Place("plan", ("*in the way",)),
    Place("appointment"),
    Place("appointment", ("Getting there", "Who comes along", "Bring and ask", "A note, and whose it is")),
    Place("appointment", where=("appointment", "First visit at the clinic")),
    Place("today", ("*Talk with Ruth",)),
    Place("search", where=("text", "Ruth")),
    Place("people", ("Add a person", "A friend, a helper, anyone")),
    Place("people", ("Add a person", "A child or someone to care for")),
    Place("people", ("Change what is written about Joan",)),
    Place("people", ("People to be careful with", "*Add")),
    Place("library"),
    Place("directory"),
    Place("directory", ("Add a place",)),
    Place("notes", ("Write the first note",)),
    Place("papers", ("Write down a paper",)),
    Place("check-ins", ("Write down how today is",)),
    Place("scores", ("Add a number",)),
    Place("safety", ("Write a line",)),
    Place("print"),
    Place("clocks", ("Add a time limit",)),
    Place("clocks", where=("add", "own")),
    Place("copies", ("Remind me to copy to another device",)),
    Place("settings"),
    Place("settings", ("Remind me of my appointments",)),
    Place("settings", ("*Passphrases of a team", "Add a passphrase"), others=True),
    Place("moment", ("My words", "Write words")),
    Place("everyone", others=True),
    Place("everyone", ("Add a person",), others=True),
    Place("everyone", ("*Change name",), others=True),
    Place("notes", ("*Write",), others=True, person=True),
)


def settle(rounds: int = 4) -> None:
    """Let the window do what waits."""
    for _round in range(rounds):
        QApplication.processEvents()


class Desk:
    """The whole program on a notebook, for a hand that goes to a place."""

    def __init__(self, app: QApplication, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.program = Program(app, data_dir, RecordedRelaunch(), clock=lambda: NOON, zone="UTC", cost=Cost())
        self.program.window.closing.disconnect()
        self.program.window.show()
        self.program.window.activateWindow()
        (folder,) = data_dir.glob("store-*")
        notebook = Notebook.open(folder, PASSPHRASE)
        self.held = everything_in(notebook)
        """What the notebook holds before anything on the screen takes from it."""
        self.program.enter_notebook(notebook)
        settle()

    @property
    def screen(self) -> QWidget:
        """What is on top."""
        above = [each for each in self.program.window.findChildren(Overlay) if each.isVisible()]
        assert self.program.shell is not None
        return above[-1] if above else self.program.shell

    def go(self, place: Place) -> None:
        """Open the page and press what leads to the place."""
        assert self.program.shell is not None
        assert self.program.session is not None
        if place.person:
            self.program.session.choose(self.program.session.people()[0].id)
        name, value = place.where
        person = self.program.session.person
        if name == "appointment" and person is not None:
            value = next(each.id for each in self.program.session.appointments(person.id) if each.title == value)
        self.program.shell.go(place.page, **({name: value} if name else {}))
        settle()
        for words in place.presses:
            self._press(words)

    def _press(self, words: str) -> None:
        fits: Callable[[str], bool] = words.__eq__
        if words.startswith("*"):
            fits = lambda name: words[1:].casefold() in name.casefold()  # noqa: E731
        until = monotonic() + PATIENCE
        while True:
            shown = [each for each in self.screen.findChildren(QAbstractButton) if each.isVisible()]
            found = [each for each in shown if fits(each.accessibleName() or each.text())]
            if found:
                break
            assert monotonic() < until, (words, [each.accessibleName() for each in shown])
            settle()
        found[0].click()
        settle()

    def fields(self) -> list[TextField]:
        """What can be typed in there now."""
        assert self.program.shell is not None
        found: list[TextField] = [*self.screen.findChildren(QLineEdit), *self.screen.findChildren(QPlainTextEdit)]
        search = self.program.shell.header.search if self.program.shell.current != "search" else None
        return [each for each in found if each.isVisible() and not each.isReadOnly() and each is not search]

    def seen(self) -> str:
        """All words on the screen."""
        window = self.program.window
        lines = [each.text() for each in window.findChildren(QLineEdit) if each.isVisible()]
        lines += [each.toPlainText() for each in window.findChildren(QPlainTextEdit) if each.isVisible()]
        lines += [each.text() for each in window.findChildren(QAbstractButton) if each.isVisible()]
        return "\n".join(lines + [each.text() for each in window.findChildren(Text) if each.isVisible()])

    def end(self) -> None:
        """Close everything that is still open."""
        self.program._put_away()
        self.program.window.hide()
        self.program.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def is_covered(field: TextField) -> bool:
    """Whether it hides what is typed."""
    return isinstance(field, QLineEdit) and field.echoMode() is not QLineEdit.EchoMode.Normal


def text_of(field: TextField) -> str:
    """What stands there."""
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def type_over(field: TextField, words: str) -> str:
    """Type in place of what stands there, or a number where words are not taken; what stands there then."""
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, words)
    settle(1)
    if words not in text_of(field):
        QTest.keyClicks(field, NUMBER)
    return text_of(field)


def everything_in(notebook: Notebook) -> bytes:
    """Every value in every table, once it is decrypted."""
    raw = notebook.store._raw
    tables = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
    found = b""
    for table in tables:
        for row in raw.execute(f'SELECT * FROM "{table}"').fetchall():
            found += b"|".join(each if isinstance(each, bytes) else str(each).encode() for each in row)
    return found


class Notebooks:
    """Two notebooks, made once; each round works on a copy."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._rounds = 0
        for name, fill in (("me", fill_for_me), ("others", fill_with_others)):
            notebook = Notebook.create(folder / name, PASSPHRASE, "Notes", Cost())
            fill(notebook.store, "en", TODAY, "UTC")
            notebook.close()
            Local(language="en", theme="light").write(folder / name)

    @contextmanager
    def copied(self, place: Place) -> Iterator[Path]:
        """A copy of the notebook that a place is in."""
        self._rounds += 1
        copy = self._folder / str(self._rounds)
        shutil.copytree(self._folder / ("others" if place.others else "me"), copy)
        yield copy
        shutil.rmtree(copy)
