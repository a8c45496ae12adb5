"""A quiet moment in the middle of a form: what is on the screen waits, down to where the keyboard was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from planner.ui.pages.proposals import ProposalsView

if TYPE_CHECKING:
    from planner.ui.pages.form import FormPage


class Rest:
    """Whether a quiet moment is being taken from a page of a form."""

    def __init__(self, page: FormPage) -> None:
        self._page = page
        self._at: QWidget | None = None

    def begin(self) -> None:
        """It begins now."""
        focus = QApplication.focusWidget()
        inside = focus is not None and self._page.isAncestorOf(focus)
        self._at = focus if inside else self._page

    def end(self) -> None:
        """Something else is shown."""
        self._at = None

    def waited(self, form: str) -> bool:
        """Whether nothing is different from when it began; ``form`` is asked for now, empty for any."""
        page, session = self._page, self._page.desk.session
        table, person = page.table, session.person
        if self._at is None or table is None or person is None or person.id != table.person:
            return False
        # What could go into the plan hangs on the plan, too, and is worked out anew.
        same = form in {"", table.info.id} and not isinstance(page.view, ProposalsView)
        return same and session.forms.is_open(person.id, table.info.id)

    def take_focus(self) -> QWidget | None:
        """Where the keyboard was, asked once; None where it was nowhere in the form."""
        at, self._at = self._at, None
        there = at is not None and at is not self._page and isValid(at) and self._page.isAncestorOf(at)
        return at if there else None
