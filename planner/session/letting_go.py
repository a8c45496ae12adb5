"""What was put off, refused or left for later in a form leaves no trace after thirty days, the form closed or open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from planner.forms.ways import without_old_marks

if TYPE_CHECKING:
    from planner.session.core import Session
    from planner.store.rows import FillingRow


class LettingGo:
    """Looks once a day at everything that is unfinished; of somebody held nothing goes."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._looked: date | None = None

    def look(self) -> None:
        """Take old marks out of every unfinished filling, also of people whose pages are out of reach.

        Raises:
            MachineTrouble: it could not be written; it is tried again at the next quiet moment.
        """
        today = self._session.today()
        if self._looked == today:
            return
        for row in self._session.store.unfinished_fillings():
            self.without_old(row)
        self._looked = today

    def without_old(self, row: FillingRow) -> FillingRow:
        """A filling without its old marks, as it is in the store now; when it was saved last stays as it was.

        Raises:
            MachineTrouble: it could not be written.
        """
        session = self._session
        if row.finished or session.erasing.is_held(row.person):
            return row
        state = without_old_marks(row.state, session.today(), row.updated[:10])
        if state is None:
            return row
        fresh = replace(row, state=state)
        with session.store.transaction():
            session.store.save_filling(fresh)
        session.forms.marks_went(fresh)
        return fresh
