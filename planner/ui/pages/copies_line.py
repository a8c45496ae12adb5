"""On Today: a quiet line about the safety copies, on the few days on which there is something to say."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.ui.kit.buttons import Button
from planner.ui.kit.layouts import TOP, column, flow, row
from planner.ui.kit.surfaces import Sheet
from planner.ui.kit.text import Icon, Text
from planner.ui.pages.settings_values import put_settings
from planner.words import _

if TYPE_CHECKING:
    from planner.session import Session
    from planner.ui.page import Desk

LATER = 7
"""Days after which it is asked again when she said "in a week"."""


def reminder_words(session: Session) -> str:
    """Her own words, or a sentence that tells nothing of what is in the notebook."""
    return str(session.setting("second_copy_words")).strip() or _("Make a safety copy on another device.")


def is_due(session: Session) -> bool:
    """Whether the reminder of the second device stands on Today; never with somebody beside a worker."""
    days = session.setting("second_copy_days")
    if not days or session.only is not None:
        return False
    known = [text for text in (session.setting("second_copy_made"), session.setting("second_copy_since")) if text]
    return not known or session.today() >= date.fromisoformat(max(known)) + timedelta(days=days)


def say_later(desk: Desk) -> None:
    """Ask again in a week."""
    days = desk.session.setting("second_copy_days")
    since = desk.session.today() - timedelta(days=days - LATER)
    put_settings(desk, second_copy_since=since.isoformat())


class CopyLine(QWidget):
    """The reminder, or that the copy of the day could not be made; hidden on most days."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.words = Text("", "body")
        self.look = Button(_("Safety copies"), "quiet", compact=True, on=lambda: desk.go("copies"))
        self.later = Button(_("In a week"), "quiet", compact=True, on=self._later)
        words = column(self.words, 4, flow(self.look, self.later, gap=4))
        inner = row((Icon("copies", "ink_soft"), TOP), (words, 1), gap=12, margins=(20, 12, 12, 8))
        self.setLayout(column(24, Sheet(inner, "sand", name=_("Safety copies"))))
        self.refresh()

    def refresh(self) -> None:
        """Say what is to be said today; nothing to say, nothing shown."""
        session = self._desk.session
        due = is_due(session)
        # Asked only where the copies were needed already, so that Today loads nothing for them.
        known = session.__dict__.get("backups")
        failed = session.only is None and known is not None and known.trouble is not None
        self.words.setText(reminder_words(session) if due else _("Today’s safety copy could not be made yet."))
        self.later.setVisible(due)
        self.setVisible(due or failed)

    def _later(self) -> None:
        say_later(self._desk)
        self.refresh()
