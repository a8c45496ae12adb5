"""What of the library has words like those typed in the head: after everything of the notebook itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.session.library import Entry, entries, matching
from planner.ui.kit.lists import Line
from planner.ui.pages.search_words import matched_words
from planner.words import _, language

if TYPE_CHECKING:
    from planner.session import Session
    from planner.ui.page import Desk

OWNER = "library"
"""Stands before what is of the library in the names of lines."""

MOST = 6
FEWEST_LETTERS = 2
"""One letter begins so much that it says nothing."""


class LibraryFound:
    """Reads the library when it is first looked for; a page that is opened without a search reads nothing."""

    def __init__(self) -> None:
        self._entries: tuple[Entry, ...] = ()
        self._of: tuple[object, ...] = ()

    def lines(self, session: Session, text: str) -> list[Line]:
        """The lines for what is typed, with their head; none for a single letter."""
        if len(text.strip()) < FEWEST_LETTERS:
            return []
        content = session.content
        there = (content.kits(), content.goal_ideas(), content.guides())
        if any(one is not other for one, other in zip(there, self._of or (None,) * 3, strict=True)):
            self._entries, self._of = entries(content, language()), there
        found = matching(self._entries, text)[:MOST]
        lines = [
            Line(
                f"{OWNER}/{each.page}:{each.id}",
                each.title,
                each.about,
                icon=each.icon,
                bold=matched_words(f"{each.title}\n{each.about}", text) or (" ",),
            )
            for each in found
        ]
        return [Line(f"head-{OWNER}", _("In the library"), section=True), *lines] if lines else []


def open_found(desk: Desk, name: str) -> None:
    """Open what a line of the library stands for, by its name without the owner."""
    page, _colon, found = name.partition(":")
    desk.go(page, **{{"goal-idea": "idea"}.get(page, page): found})
