"""Safety copies that are made by themselves, at a quiet moment, without a word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from planner.session import Changed
from planner.ui.work import Work, under_way

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from planner.errors import MachineTrouble
    from planner.session import Session
    from planner.ui.work import Progress

TRY_AGAIN_AFTER = timedelta(hours=1)
"""After trouble, for example a full disk, nothing is tried for so long."""

COPIES = "copies"
"""The kind of change that tells the pages of a new safety copy."""


class AutomaticCopies:
    """Makes the copy of the day beside the window. Trouble is told on the page of the copies, never by a dialog."""

    def __init__(self, window: QWidget, session: Session, later: Callable[[], object] = lambda: None) -> None:
        """``window`` outlives every page; ``later`` is called where a copy gave way to other work."""
        self._window, self._session, self._later = window, session, later
        self._not_before: datetime | None = None

    def look(self) -> None:
        """Begin a copy where one is due and nothing else is going on."""
        backups = self._session.backups
        waits = self._not_before is not None and self._session.clock() < self._not_before
        if waits or under_way() or not backups.due():
            return

        def work(progress: Progress) -> None:
            backups.make(progress.step)

        Work(
            self._window,
            "",
            work,
            lambda _none: self._made(),
            failed=self._could_not,
            stopped=self._later,
            quiet=True,
        )

    def _made(self) -> None:
        self._not_before = None
        self._session.backups.trouble = None
        self._session.editor.tell(Changed("", frozenset({COPIES})))

    def _could_not(self, problem: MachineTrouble) -> None:
        self._not_before = self._session.clock() + TRY_AGAIN_AFTER
        self._session.backups.trouble = problem
        self._session.editor.tell(Changed("", frozenset({COPIES})))
