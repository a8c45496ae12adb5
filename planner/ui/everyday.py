"""A notebook for every day shows a few plain pages; with all pages it is a notebook like every other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.ui.navigation import PAGES, Tab
from planner.words import N_

if TYPE_CHECKING:
    from planner.session import Session
    from planner.ui.page import Desk

CONTENTS = "contents"
"""The setting of what a notebook shows, and the kind of change after which it has other pages."""

PLAIN_PAGES = frozenset(
    {
        *("today", "plan", "calendar", "calendar-import", "appointment", "people", "cards-import", "papers"),
        *("copies", "copy", "search", "settings"),
    }
)
"""What can be opened in a notebook for every day."""

PLAIN_TABS = (
    Tab("today", N_("Today"), "today"),
    Tab("plan", N_("My plan"), "plan"),
    Tab("calendar", N_("Calendar"), "calendar"),
    Tab("people", N_("People"), "people"),
    Tab("papers", N_("My papers"), "papers"),
)


def pages_of(session: Session) -> dict[str, str]:
    """The pages that this notebook has."""
    return {name: place for name, place in PAGES.items() if name in PLAIN_PAGES} if session.everyday else PAGES


def leave_out(desk: Desk, *widgets: QWidget | None) -> None:
    """Take these off the page in a notebook for every day, wherever they stand, whatever shows them later."""
    if not desk.session.everyday:
        return
    for each in widgets:
        if each is None:
            continue
        nowhere = QWidget(each.parentWidget())
        nowhere.hide()
        each.setParent(nowhere)
