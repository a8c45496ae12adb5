"""The program in a folder of its own, at an hour that does not move, with a hand at its window."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication

from planner.app import Program
from planner.keys import Cost
from planner.sample import SAMPLE_PASSPHRASE, fill_for_me, fill_with_others
from planner.session import Mode, Session
from planner.store.local import Local
from planner.store.notebooks import Notebook
from planner.system.relaunch import RecordedRelaunch
from planner.tour.hand import Hand
from planner.ui.open_notebook import OpenNotebook

ZONE = "America/New_York"
NOW = datetime(2026, 3, 12, 14, tzinfo=UTC)
"""Ten in the morning in New York, before the clocks of summer of most other places."""
TODAY = date(2026, 3, 12)
WIDTH, HEIGHT = 1366, 768


class Stage:
    """One window; what it keeps lies in ``folder``, pictures go into ``out`` (None: none are taken)."""

    def __init__(
        self, app: QApplication, folder: Path, out: Path | None = None, taken: list[str] | None = None
    ) -> None:
        """``taken`` are the names of the pictures that were taken before; the numbers go on from there."""
        self.app, self.folder, self.out = app, folder, out
        self._taken: list[str] = [] if taken is None else taken
        self.relaunch = RecordedRelaunch()
        self._program: Program | None = None
        self._hand: Hand | None = None

    # what is shown -------------------------------------------------------------------------------------------------
    @property
    def program(self) -> Program:
        """The program that is open."""
        assert self._program is not None
        return self._program

    @property
    def hand(self) -> Hand:
        """The hand at its window."""
        assert self._hand is not None
        return self._hand

    @property
    def shell(self) -> OpenNotebook:
        """The open notebook."""
        assert self.program.shell is not None
        return self.program.shell

    @property
    def session(self) -> Session:
        """What the open notebook keeps."""
        return self.shell.session

    @property
    def me(self) -> str:
        """The id of the person whose pages are shown."""
        assert self.session.person is not None
        return self.session.person.id

    # opening and closing -------------------------------------------------------------------------------------------
    def start(self, *, language: str = "en", theme: str = "light", text_size: int = 100) -> Hand:
        """Start the program as on a system of that language and those colours."""
        program = self._program = Program(
            self.app, self.folder, self.relaunch, clock=lambda: NOW, zone=ZONE, cost=Cost()
        )
        for name, value in (("language", language), ("theme", theme), ("text_size", text_size)):
            if getattr(program.local, name) != value:
                program.change_look(name, value)
        self._hand = Hand(self.app, program.window, self.out)
        self._hand.taken = self._taken
        program.window.resize(WIDTH, HEIGHT)
        program.window.show()
        program.window.activateWindow()
        self._hand.settle()
        return self._hand

    def start_again(self) -> Hand:
        """What the fresh process does after a lock: the window anew, on the same folder."""
        look = self.program.local
        self.end()
        return self.start(language=look.language, theme=look.theme, text_size=look.text_size)

    def start_with(self, what: str, *, language: str, theme: str, text_size: int = 100) -> Hand:
        """Start on a notebook that was filled before.

        ``what`` is "me" (Ana's, made up), "others" (five people, made up), "empty" (for me) or "nobody" (with others).
        """
        notebook = Notebook.create(self.folder, SAMPLE_PASSPHRASE, "", Cost())
        if what == "me":
            fill_for_me(notebook.store, language, TODAY, ZONE)
        elif what == "others":
            fill_with_others(notebook.store, language, TODAY, ZONE)
        else:
            mode = Mode.FOR_ME if what == "empty" else Mode.WITH_OTHERS
            Session(notebook, clock=lambda: NOW, zone=ZONE).set_up(mode, "Ana" if what == "empty" else "Miriam")
        Local(language=language, theme=theme, text_size=text_size).write(self.folder)
        hand = self.start(language=language, theme=theme, text_size=text_size)
        self.program.enter_notebook(notebook)
        hand.settle()
        return hand

    def end(self) -> None:
        """Close what is open and take the window down."""
        if self._program is None:
            return
        program, self._program = self._program, None
        program.window.close()
        program.window.deleteLater()
        program.deleteLater()
        if self._hand is not None:
            self._hand.settle()
