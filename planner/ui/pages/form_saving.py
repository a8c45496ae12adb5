"""Saving a filling as it is answered, and saying when it was saved."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from planner.words import _

if TYPE_CHECKING:
    from planner.session.filling_desk import FillingDesk
    from planner.ui.page import Desk
    from planner.ui.pages.form_foot import Foot


class Saving:
    """While the machine cannot save, one save waits; it takes the newest answers."""

    def __init__(self, desk: Desk, foot: Foot) -> None:
        self._desk, self._foot = desk, foot
        self._waiting = False
        self._table: FillingDesk | None = None

    def take(self, table: FillingDesk | None) -> None:
        """Another filling is on the screen, or none."""
        self._table = table

    def save(self) -> None:
        """After each answer."""
        table = self._table
        if table is None:
            return

        def work() -> None:
            table.save()
            self._waiting = False
            if self._table is table:
                self.say()

        if not self._waiting:
            self._waiting = True
            if not self._desk.keep(work):
                self.say()

    def save_place(self) -> None:
        """Keep where she is; looking again at finished answers is no beginning."""
        if self._table is not None and (self._table.stored or not self._table.again):
            self.save()

    def say(self) -> None:
        """Say when it was saved last."""
        table = self._table
        if table is None or not table.saved_at:
            self._foot.say("")
        elif self._waiting:
            self._foot.say(_("Not saved yet. It is tried again."), saved=False)
        else:
            at = datetime.fromisoformat(table.saved_at).astimezone(self._desk.session.now().tzinfo)
            self._foot.say(_("Saved at {time}").format(time=self._desk.formats.time(at.time())))
