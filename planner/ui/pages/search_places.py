"""Which places and services have words like those typed in the head: after everything of the notebook itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.ui.kit.lists import Line
from planner.ui.pages.search_words import matched_words
from planner.words import _

if TYPE_CHECKING:
    from planner.session import Session
    from planner.ui.page import Desk

OWNER = "places"
"""Stands before places in the names of lines."""

MOST = 6
FEWEST_LETTERS = 3
"""So that "a" and "of" do not find every place there is."""


def place_lines(session: Session, text: str) -> list[Line]:
    """The lines for what is typed, with their head; none for very little of it."""
    if len(text.strip()) < FEWEST_LETTERS:
        return []
    from planner.session.directory import Wanted
    from planner.ui.pages.directory_words import icon_of

    found = session.directory.find(Wanted(text=text)).found[:MOST]
    lines = [
        Line(
            f"{OWNER}/{each.id}",
            each.name,
            " ".join(each.purpose.split()),
            icon=icon_of(each),
            trail=next(iter(each.numbers), ""),
            bold=matched_words(f"{each.name}\n{each.purpose}", text) or (" ",),
        )
        for each in found
    ]
    return [Line(f"head-{OWNER}", _("Where to find help"), section=True), *lines] if lines else []


def open_place(desk: Desk, name: str) -> None:
    """Open the place that a line stands for, by its name without the owner."""
    desk.go("directory", place=name)
