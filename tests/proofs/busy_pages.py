"""Run in a process of its own: writes words on real pages, one thing after the other, until it is killed.

``busy_pages.py DATA SEED`` reads the passphrase and words from standard input, turned round. Lines on standard output
are JSON: ``{"try": what, "words": [numbers]}`` before, ``{"done": n}`` once it was reported saved. It is the real
program, hardened as usual; a hash stands in for Argon2, which writes nothing.
"""

from __future__ import annotations

import json
import os
import random
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton

from planner.app import Program, application
from planner.keys import cost as derivation
from planner.session import Session
from planner.system.harden import harden
from planner.tour import hand as hands
from planner.tour.hand import CONTROL, Hand, Key, words_on
from planner.tour.made_up_paper import made_up_photo
from planner.ui.mishap import Mishap, nobody_took
from planner.ui.open_notebook import OpenNotebook
from planner.ui.paper.preview import Preview
from tests.few_derivations import quick
from tests.proofs.filled import turned

hands.PATIENCE = 90.0
LOCKED, HIDDEN = 3, 4
"""How it ends by itself."""


class Mistake(Exception):
    """With somebody's words in it."""


class Busy:
    """One process at work; every random choice follows from the seed."""

    def __init__(self, program: Program, hand: Hand, secret: str, words: list[str], seed: int) -> None:
        self.program, self.hand, self.secret = program, hand, secret
        self.dice = random.Random(seed)
        self._words, self._at, self.said = words, 0, 0

    @property
    def shell(self) -> OpenNotebook:
        assert self.program.shell is not None
        return self.program.shell

    @property
    def session(self) -> Session:
        return self.shell.session

    @property
    def person(self) -> str:
        assert self.session.person is not None
        return self.session.person.id

    def word(self) -> str:
        self._at += 1
        return turned(self._words[self._at - 1])

    def telling(self, what: str, act: Callable[[], object], words: int) -> None:
        """Say what will be written, do it, and say that it was reported saved."""
        numbers = list(range(self._at, self._at + words))
        print(json.dumps({"try": what, "words": numbers}), flush=True)
        act()
        self.said += 1
        print(json.dumps({"done": self.said}), flush=True)

    def work(self) -> None:
        acts: dict[str, tuple[Callable[[], object], int, int]] = {
            # how often among 100, and how many words
            "goal": (self.goal, 20, 1),
            "note": (self.note, 14, 2),
            "paper": (self.paper, 10, 2),
            "half typed": (self.half_typed, 14, 3),
            "copied": (self.copied, 6, 1),
            "copy": (self.copy, 8, 0),
            "secret": (self.change_passphrase, 6, 1),
            "print": (self.look_at_print, 6, 0),
            "quiet": (self.session.settle, 6, 0),
            "mistake": (self.mistake, 10, 2),
        }
        weights = [weight for _act, weight, _words in acts.values()]
        while self._at + 4 < len(self._words):
            (what,) = self.dice.choices(list(acts), weights)
            act, _weight, words = acts[what]
            self.telling(what, act, words)
        how = self.dice.choice(("lock", "hide", "abort"))
        print(json.dumps({"try": how, "words": list(range(self._at, self._at + 2))}), flush=True)
        self.half_typed(words=2)
        getattr(self, how)()

    def begin_goal(self) -> None:
        self.shell.go("plan")
        page: Any = self.shell.page("plan")
        page.begin()
        self.hand.type_anew("What do you want?", self.word())

    def begin_note(self) -> None:
        self.shell.go("notes")
        for write in ("Write a note", "Write the first note"):
            if any(write in words_on(each) for each in self.hand.visible(QAbstractButton)):
                self.hand.press(write)
        self.hand.type_anew("Facts", self.word())

    # what is done ---------------------------------------------------------------------------------------------------
    def goal(self) -> None:
        self.begin_goal()
        self.hand.key(Key.Key_Return)
        self.hand.key(Key.Key_Escape)
        self.hand.hush()

    def note(self) -> None:
        self.begin_note()
        self.hand.type_anew("What was agreed", self.word())
        self.hand.press("Keep this note")
        self.hand.hush()

    def paper(self) -> None:
        """A photo with words in it, called by words."""
        remark = self.word().encode()
        photo = made_up_photo()
        copied = QMimeData()
        copied.setData("image/jpeg", photo[:2] + b"\xff\xfe" + struct.pack(">H", len(remark) + 2) + remark + photo[2:])
        QGuiApplication.clipboard().setMimeData(copied)
        self.shell.go("papers")
        before = len(self.session.papers.of(self.person))
        self.hand.press("Paste a picture")
        page: Any = self.shell.page("papers")
        self.hand.wait_for(lambda: len(self.session.papers.of(self.person)) > before, "the paper")
        self.hand.wait_for(lambda: page.one.viewer.has_picture, "the picture")
        QGuiApplication.clipboard().clear()
        self.hand.type_anew("What it is", self.word())
        self.hand.press("Back to the papers")
        self.hand.hush()

    def half_typed(self, words: int = 3) -> None:
        """Begun in several places, and left."""
        self.begin_goal()
        if words > 2:
            self.hand.key(Key.Key_F, CONTROL)
            self.hand.type(self.word())
            self.hand.wait_for(lambda: self.shell.current == "search", "what was found")
        self.begin_note()

    def copied(self) -> None:
        self.begin_note()
        field = self.hand.field("Facts")
        field.selectAll()
        self.hand.key(Key.Key_C, CONTROL)

    def copy(self) -> None:
        self.session.backups.prepare()
        self.shell.go("copies")
        self.hand.press("Make a copy now")
        self.hand.wait_to_see("The safety copy is made. It is whole.")
        self.hand.hush()

    def change_passphrase(self) -> None:
        following = self.word()
        self.shell.go("settings")
        self.hand.press_beginning("Change the passphrase")
        self.hand.wait_to_see("Change it")
        self.hand.type_into("Passphrase you use now", self.secret)
        self.hand.type_into("New passphrase", following)
        self.hand.type_into("Once more", following)
        self.hand.press("Change it")
        done = "The passphrase is changed. The old one opens nothing any more."
        self.hand.wait_for(lambda: done in self.hand.reads() or self.hand.sees(done), done)
        self.hand.hush()
        self.secret = following

    def look_at_print(self) -> None:
        self.shell.go("print")
        self.hand.press("Look at the pages")
        self.hand.wait_for(lambda: bool(self.hand.visible(Preview)), "the pages")
        self.hand.press("Back")

    def mistake(self) -> None:
        """Of ours: with words in the exception and beside it, once where Qt calls and once where nobody can take it."""
        kept, told = self.word(), self.word()

        class Left:
            def __del__(self) -> None:
                raise Mistake(kept)

        def slip() -> None:
            beside = [kept, told]
            raise Mistake(*beside)

        QTimer.singleShot(0, slip)
        self.hand.settle()
        Left()
        self.hand.key(Key.Key_Escape)
        self.hand.settle()

    # how it ends ----------------------------------------------------------------------------------------------------
    def lock(self) -> None:
        self.hand.key(Key.Key_L, CONTROL)

    def hide(self) -> None:
        self.program.lock(hide=True)
        os._exit(HIDDEN)

    def abort(self) -> None:
        """As where a library of another language goes wrong."""
        os.abort()


def locked(data_dir: Path) -> None:
    """In the place of a fresh process, which whoever started this one is."""
    os._exit(LOCKED)


def main() -> None:
    harden()
    derivation.argon2id = quick
    told = json.loads(sys.stdin.readline())
    program = Program(application(), Path(sys.argv[1]), locked, zone="UTC")
    sys.excepthook = Mishap(program.window)
    sys.unraisablehook = nobody_took
    program.window.show()
    program.settle_down()
    hand = Hand(program.app, program.window)
    secret = turned(told["passphrase"])
    hand.type_into("Passphrase", secret)
    hand.key(Key.Key_Return)
    hand.wait_for(lambda: program.session is not None, "the open notebook")
    session = program.session
    assert session is not None
    session.choose(session.people()[0].id)
    print(json.dumps({"open": True}), flush=True)
    Busy(program, hand, secret, told["words"], int(sys.argv[2])).work()


if __name__ == "__main__":
    main()
