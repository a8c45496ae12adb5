"""When the answers to a form go into the index: not at every answer, but always before anybody searches.

With thousands of answers their words take longer than a key press may. So saving an answer only notes, in the same
transaction, that the words of this filling are behind; they are brought up to date before a search, when the page of
the form is left, when the notebook is locked, and at once where an answer was put off or refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.session.filling_words import beside_row
from planner.store.rows import FillingRow

if TYPE_CHECKING:
    from planner.forms import Filling
    from planner.session.core import Session

_BEHIND = "fillings_behind"


class FillingIndex:
    """The words of fillings of an open notebook."""

    def __init__(self, session: Session) -> None:
        self._session = session
        # Known without asking the store, so that no key of a search has to wait for it.
        self._any = bool(self._behind())

    def put_off(self, row: FillingRow) -> None:
        """The words of a filling are behind from now on; belongs into the transaction that saves it."""
        behind = self._behind()
        self._any = True
        if row.id not in behind:
            self._session.store.set(_BEHIND, sorted({*behind, row.id}))

    def put(self, row: FillingRow, title: str, filling: Filling) -> None:
        """Bring the words of a filling up to date; belongs into the transaction that saves it."""
        self._session.store.put_beside(beside_row(row, title, filling))
        behind = self._behind()
        if row.id in behind:
            self._session.store.set(_BEHIND, sorted(behind - {row.id}))

    def settle(self) -> None:
        """Bring up to date whatever is behind.

        Raises:
            MachineTrouble: it could not be kept; it is tried again the next time.
        """
        if not self._any:
            return
        store = self._session.store
        with store.transaction():
            for each in sorted(self._behind()):
                row = store.filling(each)
                if row is not None:
                    self._session.forms.index_row(row)
            store.set(_BEHIND, [])
        self._any = False

    def _behind(self) -> set[str]:
        kept = self._session.store.get(_BEHIND, [])
        return {str(each) for each in kept} if isinstance(kept, list) else set()
