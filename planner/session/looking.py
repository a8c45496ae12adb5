"""Who was looked at, and when the notebook was opened before: noted without a word of what stands there."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from typing import TYPE_CHECKING

from planner.errors import MachineTrouble

if TYPE_CHECKING:
    from planner.session.core import Session

VIEWED = "viewed"
"""What the activity log calls looking at somebody's pages."""


class Looking:
    """Notes of one opening of a notebook."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._unwritten: list[tuple[str, str]] = []
        self._noted: set[tuple[date, str]] = set()
        self._before = ""

    # -- whose pages were opened -------------------------------------------------------------------------------------
    def viewed(self, person: str) -> None:
        """Note down whose pages were opened, once a day in one opening.

        A full disk keeps nobody from them; the line is written later.
        """
        each = (self._session.today(), person)
        if each in self._noted:
            return
        self._noted.add(each)
        self._unwritten.append((self._session.stamp(), person))
        with suppress(MachineTrouble):
            self.write()

    def forget(self, person: str) -> None:
        """Write no more lines about somebody who is erased."""
        self._unwritten = [each for each in self._unwritten if each[1] != person]
        self._noted = {each for each in self._noted if each[1] != person}

    def write(self) -> None:
        """Write the lines that wait. Raises MachineTrouble; they wait on then."""
        while self._unwritten:
            at, person = self._unwritten[0]
            self._session.store.log(at, VIEWED, person, {})
            self._unwritten.pop(0)

    # -- when it was opened before -----------------------------------------------------------------------------------
    def opened(self) -> None:
        """Note down that the notebook is open now, for whoever opens it next; where the disk is full, nothing is."""
        self._before = str(self._session.setting("last_opened"))
        with suppress(MachineTrouble):
            self._session.set_setting("last_opened", self._session.stamp())

    @property
    def last_opened(self) -> datetime | None:
        """When this notebook was opened before, at the viewer's clock; None at its first opening.

        In a notebook that was made of a safety copy: when it was open before that copy was made.
        """
        try:
            before = datetime.fromisoformat(self._before)
        except ValueError:
            return None
        return before.astimezone(self._session.now().tzinfo) if before.tzinfo is not None else None
