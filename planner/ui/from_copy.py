"""A notebook out of a safety copy where there is none yet: on a new computer, after the old one broke or was lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.errors import MachineTrouble
from planner.keys import WrongPassphrase
from planner.ui.copies_words import made_words
from planner.ui.dialogs.copy_secret import CopySecret, not_this_copy
from planner.ui.dialogs.which_copy import NoCopyThere, WhichCopy, copies_at
from planner.ui.formats import Formats
from planner.ui.kit.dialogs import trouble
from planner.ui.paper.choose_file import ChooseFolder
from planner.ui.theme import theme
from planner.ui.work import Work
from planner.words import _

if TYPE_CHECKING:
    from planner.session import Session
    from planner.store.backups import Backup
    from planner.store.notebooks import Notebook
    from planner.ui.work import Progress


class FromCopy:
    """Asks where the copy is, which one, and for its passphrase; then makes a notebook of it and opens that."""

    def __init__(
        self,
        window: QWidget,
        data_dir: Path,
        make_session: Callable[[Notebook], Session],
        entered: Callable[[Session], object],
    ) -> None:
        """``make_session`` is called in another thread, ``entered`` in the window's. Nothing is kept before that."""
        self._window, self._data_dir = window, data_dir
        self._make_session, self._entered = make_session, entered
        self._formats = Formats(theme.language)

    def ask(self) -> None:
        """Ask where the copy lies."""
        ChooseFolder(
            self._window,
            self._formats,
            self.look_in,
            title=_("Where is the safety copy?"),
            words=_("Choose the folder it was put in. Looking changes nothing."),
            use=_("Look in this folder"),
        ).open()

    def look_in(self, folder: Path) -> None:
        """Take the copy in a folder; where there are several, ask which."""
        found = copies_at(folder)
        if not found:
            trouble(self._window, NoCopyThere())
        elif len(found) == 1:
            self.ask_secret(found[0])
        else:
            WhichCopy(self._window, found, self._words, self.ask_secret).open()

    def _words(self, made: datetime) -> str:
        return made_words(self._formats, made, hour=True)

    def ask_secret(self, copy: Backup) -> None:
        """Ask for the passphrase that the copy was made under."""
        dialog = CopySecret(
            self._window,
            _("Safety copy: {when}").format(when=self._words(copy.made)),
            _("It opens with the passphrase that the notebook had then. The copy stays as it is."),
            _("Open it"),
            lambda secret: self._open(dialog, copy, secret),
        )
        dialog.open()

    def _open(self, dialog: CopySecret, copy: Backup, secret: str) -> None:
        def work(progress: Progress) -> Session:
            from planner.store.backups_open import restore
            from planner.store.notebooks import Notebook

            made = restore(copy.folder, secret, self._data_dir, "", progress.step)
            notebook = Notebook.open(made, secret)
            try:
                return self._make_session(notebook)
            except BaseException:
                notebook.close()
                raise

        def done(session: Session) -> None:
            dialog.taken()
            self._entered(session)

        def could_not(problem: MachineTrouble) -> None:
            if isinstance(problem, WrongPassphrase):
                dialog.refuse(not_this_copy())
            else:
                dialog.taken()
                trouble(self._window, problem)

        Work(
            self._window,
            _("Bringing back the safety copy"),
            work,
            done,
            failed=could_not,
            late=lambda session: session.notebook.close(),
        )
