"""The way from the lock screen into a notebook: opening it, and what can be done where it will not open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from planner.errors import MachineTrouble
from planner.ui.labels import new_label
from planner.ui.lock_screen import LockScreen, Shown, look_at
from planner.ui.theme import theme
from planner.words import _

if TYPE_CHECKING:
    from planner.session import Session
    from planner.store.backups import Backup
    from planner.store.notebooks import Notebook
    from planner.ui.window import Window
    from planner.ui.work import Progress

CARD_AFTER = 1500
"""ms before a card tells how far the opening is: a passphrase alone takes about half a second, and that is no news."""


class Door(QObject):
    """Shows the lock screen of a window and opens what is chosen there, beside the window.

    ``begun`` is sent when a notebook is being opened: half a second in which the window has nothing to do. ``another``
    is sent when one more notebook is to be made; ``restored`` carries the name of one that was made of a safety copy.
    """

    begun = Signal()
    another = Signal()
    restored = Signal(str)

    def __init__(
        self,
        window: Window,
        data_dir: Path,
        make_session: Callable[[Notebook, Callable[[int, int], None] | None], Session],
        entered: Callable[[Session], object],
        change_look: Callable[[str, object], object],
    ) -> None:
        """``make_session`` is called in another thread; ``entered`` in the window's, when the screen is forgotten.

        ``data_dir`` is where the notebooks are.
        """
        super().__init__(window)
        self._window, self._data_dir, self._make_session = window, data_dir, make_session
        self._entered, self._change_look = entered, change_look
        self._shown: list[Shown] = []
        self._help_line: tuple[str, str] | None = None
        self._opening = False
        self._looked_for: set[Path] = set()
        self.screen: LockScreen | None = None

    def show(
        self, shown: Sequence[Shown], help_line: tuple[str, str] | None = None, chosen: Path | None = None
    ) -> LockScreen:
        """Show the lock screen of these notebooks, with ``chosen`` offered first."""
        self._shown, self._help_line = list(shown), help_line
        self.screen = screen = LockScreen(shown, help_line, chosen)
        screen.opening.connect(self.open)
        screen.mending.connect(lambda folder, secret: self.open(folder, secret, mend=True))
        screen.restoring.connect(self.restore)
        screen.look_changed.connect(self._change_look)
        screen.another.connect(self._make_another)
        self._window.show_screen(screen)
        self._looked_for.clear()
        self._look_for_copies()
        return screen

    def forget(self) -> None:
        """The notebook is open: let go of the screen and of what was typed there."""
        if self.screen is not None:
            self.screen.opened()
            self.screen = None

    def _make_another(self) -> None:
        """Leave the lock screen, unless something is being opened just now."""
        if not self._opening:
            self.forget()
            self.another.emit()

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

        opened = partial(self._opened_with, secret)
        self._begin(_("Opening"), work, opened, lambda problem: self._refused(problem, folder, secret))

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
        self.begun.emit()
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

    def _opened_with(self, secret: str, session: Session) -> None:
        """Whoever came in with shares most likely forgot the passphrase: a new one is offered at once."""
        from planner.keys.shares import from_shares

        self._opened(session)
        if not from_shares(secret):
            return
        from planner.ui.dialogs.change_passphrase import ChangePassphrase
        from planner.ui.open_notebook import OpenNotebook

        for desk in self._window.findChildren(OpenNotebook):
            if desk.session is session:
                desk.ask(ChangePassphrase(self._window, desk, secret))

    def _stopped(self) -> None:
        """Stop was pressed while the notebook was being got ready: it is closed again, and the screen as before."""
        if self.screen is not None:
            self.screen.stays_closed()

    def _refused(self, problem: MachineTrouble, folder: Path, secret: str) -> None:
        screen = self.screen
        if screen is None:
            return
        again = self._after(problem, folder, screen.chosen)
        if again is None:
            screen.could_not_open(problem.sentence, problem.what_next)
            self._look_for_copies()
            return
        shown = [again if each.folder == folder else each for each in self._shown]
        self.show(shown, self._help_line, folder).type_again(secret)

    def _after(self, problem: MachineTrouble, folder: Path, before: Shown) -> Shown | None:
        """What is to be said of a notebook that turned out to be damaged; None where the problem is another."""
        from planner.keys import KeysDamaged, KeysMissing
        from planner.keys.errors import KeysDowngraded, KeysTooCostly
        from planner.store.backups import list_backups
        from planner.store.errors import CopyDoesNotFit, StoreDamaged, StoreMissing
        from planner.store.notebooks import Notebook

        if isinstance(problem, (KeysDamaged, KeysMissing)) and Notebook.can_mend_keys(folder):
            # First the way that loses nothing.
            return None if before.can_mend else look_at(folder, before.label)
        damage = (KeysDamaged, KeysMissing, KeysDowngraded, KeysTooCostly, StoreDamaged, StoreMissing, CopyDoesNotFit)
        if isinstance(problem, damage) and list_backups(folder):
            return Shown(folder, before.label, problem.sentence, problem.what_next, copy=None)
        return None

    # -- the last safety copy ------------------------------------------------------------------------------------------
    def _look_for_copies(self) -> None:
        """Of every damaged notebook; what opening another one stopped is looked for again."""
        for each in self._shown:
            if each.missing and not each.can_mend and each.folder not in self._looked_for:
                self._look_for_copy(each.folder)

    def _look_for_copy(self, folder: Path) -> None:
        """Find the newest copy of a damaged notebook that is whole, beside the window, and offer it."""
        from planner.store.backups import last_good_backup
        from planner.ui.work import Work

        def found(backup: Backup | None) -> None:
            self._looked_for.add(folder)
            if backup is None or self.screen is None:
                return
            self._shown = [
                replace(each, copy=backup.folder, copy_from=self._made(backup)) if each.folder == folder else each
                for each in self._shown
            ]
            self.screen.take(self._shown)

        def work(progress: Progress) -> Backup | None:
            return last_good_backup(folder, progress.step)

        Work(self._window, "", work, found, quiet=True)

    def _made(self, backup: Backup) -> str:
        from planner.ui.copies_words import made_words
        from planner.ui.formats import Formats

        return made_words(Formats(theme.language), backup.made)

    def restore(self, folder: Path, secret: str) -> None:
        """Make a notebook of the last good copy of a damaged one, beside it, and open that."""
        shown = next(each for each in self._shown if each.folder == folder)
        copy = shown.copy
        if copy is None:
            return
        label = new_label([each.label for each in self._shown])

        def work(progress: Progress) -> Session:
            from planner.store.backups_open import restore
            from planner.store.notebooks import Notebook

            # From here on there is a new notebook, whatever comes.
            made = restore(copy, secret, self._data_dir, label, progress.step)
            notebook = Notebook.open(made, secret)
            try:
                return self._make_session(notebook, None)
            except BaseException:
                notebook.close()
                raise

        def could_not(problem: MachineTrouble) -> None:
            if self.screen is not None:
                self.screen.could_not_open(problem.sentence, problem.what_next)

        self._begin(
            _("Bringing back the safety copy"), work, partial(self._restored, shown.copy_from, label), could_not
        )

    def _restored(self, made: str, label: str, session: Session) -> None:
        from planner.ui.kit.dialogs import Dialog

        self.restored.emit(session.notebook.name)
        self._opened(session)
        dialog = Dialog(
            self._window,
            _("The safety copy is open."),
            _(
                "This is how it was: {when}. From now on it is a notebook of its own, “{label}” on the lock screen. "
                "The damaged one was left as it is."
            ).format(when=made, label=label),
            icon="check",
        )
        dialog.add_button(_("All right"), "main", default=True)
        dialog.open()
