"""The way from the lock screen into a notebook: opening it, and what can be done where it will not open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from planner.errors import MachineTrouble
from planner.ui.lock_screen import LockScreen, Shown, look_at
from planner.words import _

if TYPE_CHECKING:
    from planner.session import Session
    from planner.store.notebooks import Notebook
    from planner.ui.window import Window
    from planner.ui.work import Progress

CARD_AFTER = 1500
"""ms before a card tells how far the opening is: a passphrase alone takes about half a second, and that is no news."""


class Door(QObject):
    """Shows the lock screen of a window and opens what is chosen there, beside the window."""

    def __init__(
        self,
        window: Window,
        make_session: Callable[[Notebook, Callable[[int, int], None] | None], Session],
        entered: Callable[[Session], object],
        change_look: Callable[[str, object], object],
    ) -> None:
        """``make_session`` is called in another thread; ``entered`` in the window's, when the screen is forgotten."""
        super().__init__(window)
        self._window, self._make_session = window, make_session
        self._entered, self._change_look = entered, change_look
        self._shown: Sequence[Shown] = ()
        self._help_line: tuple[str, str] | None = None
        self._opening = False
        self.screen: LockScreen | None = None

    def show(
        self, shown: Sequence[Shown], help_line: tuple[str, str] | None = None, chosen: Path | None = None
    ) -> LockScreen:
        """Show the lock screen of these notebooks, with ``chosen`` offered first."""
        self._shown, self._help_line = shown, help_line
        self.screen = screen = LockScreen(shown, help_line, chosen)
        screen.opening.connect(self.open)
        screen.mending.connect(lambda folder, secret: self.open(folder, secret, mend=True))
        screen.look_changed.connect(self._change_look)
        self._window.show_screen(screen)
        return screen

    def forget(self) -> None:
        """The notebook is open: let go of the screen and of what was typed there."""
        if self.screen is not None:
            self.screen.opened()
            self.screen = None

    def open(self, folder: Path, secret: str, *, mend: bool = False) -> None:
        """Open a notebook beside the window; with ``mend`` the second copy of its key file first takes its place."""

        def work(progress: Progress) -> Session:
            from planner.store.notebooks import Notebook

            if mend:
                Notebook.mend_keys(folder, secret)
            notebook = Notebook.open(folder, secret)
            try:
                return self._make_session(notebook, progress.step)
            except BaseException:
                notebook.close()
                raise

        self._begin(_("Opening"), work, self._opened, lambda problem: self._refused(problem, folder, secret))

    def _begin(
        self,
        words: str,
        work: Callable[[Progress], Session],
        done: Callable[[Session], object],
        failed: Callable[[MachineTrouble], object],
    ) -> None:
        from planner.ui.work import Work

        if self._opening:
            return  # Enter was pressed twice
        self._opening = True
        Work(
            self._window,
            words,
            work,
            done,
            failed=failed,
            stopped=self._stopped,
            late=lambda session: session.notebook.close(),
            patience=CARD_AFTER,
        ).over.connect(self._over)

    def _over(self) -> None:
        self._opening = False

    def _opened(self, session: Session) -> None:
        self.forget()
        self._entered(session)

    def _stopped(self) -> None:
        """Stop was pressed while the notebook was being got ready: it is closed again, and the screen as before."""
        if self.screen is not None:
            self.screen.stays_closed()

    def _refused(self, problem: MachineTrouble, folder: Path, secret: str) -> None:
        from planner.keys import KeysDamaged, KeysMissing
        from planner.store.notebooks import Notebook

        screen = self.screen
        if screen is None:
            return
        damaged = isinstance(problem, (KeysDamaged, KeysMissing))
        if damaged and Notebook.can_mend_keys(folder) and not screen.chosen.can_mend:
            again = [look_at(each.folder, each.label) if each.folder == folder else each for each in self._shown]
            self.show(again, self._help_line, folder).type_again(secret)
        else:
            screen.could_not_open(problem.sentence, problem.what_next)
