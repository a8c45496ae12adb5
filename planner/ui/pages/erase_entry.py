"""The quiet way in to erasing one thing for good, the same wherever it stands; red comes only at the last step."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from planner.ui.kit.buttons import Button
from planner.words import _

if TYPE_CHECKING:
    from planner.ui.page import Desk


def erase_button(desk: Desk, record: Callable[[], str]) -> Button:
    """``record`` gives the id of what is open; "" for nothing."""

    def ask() -> None:
        from planner.ui.dialogs.erase import ask_to_erase

        person, found = desk.session.person, record()
        if person is not None and found:
            ask_to_erase(desk, button.window(), person.id, found)

    button = Button(_("Erase for good"), "quiet", on=ask)
    return button
