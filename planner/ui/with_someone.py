"""With someone: only the chosen person's pages can be reached until the passphrase is entered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.words import _

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from planner.session import Person
    from planner.ui.open_notebook import OpenNotebook
    from planner.ui.page import Desk


def only_words() -> str:
    """The soft line below the name of the person beside the worker."""
    return _("Only these pages")


def stay_with(desk: Desk, person: Person) -> None:
    """Leave only this person's pages open; what is half typed is committed first."""
    if not desk.leave():
        return
    desk.session.stay_with(person.id)
    desk.say(_("Only {name}’s pages are open now. Your passphrase opens the others.").format(name=person.shown))


def turn_to(desk: Desk, person_id: str | None) -> None:
    """Open another person's pages, or everyone's; what is half typed is committed first."""
    if desk.leave():
        desk.session.choose(person_id)


def close_overlays(window: QWidget) -> None:
    """Close every dialog, menu and drawer above a window, but for work that is under way."""
    from planner.ui.kit.dialogs import ProgressCard
    from planner.ui.kit.floats import Overlay

    for overlay in reversed(window.window().findChildren(Overlay)):
        if overlay.isVisible() and not isinstance(overlay, ProgressCard):
            overlay.reject()


def ask_to_open_others(desk: OpenNotebook) -> None:
    """Ask for the passphrase; when it opens the notebook, the others' pages can be reached again."""
    from planner.ui.dialogs.open_others import OpenOthers
    from planner.ui.kit.floats import overlay_open

    if not overlay_open(desk.window()):
        desk.ask(OpenOthers(desk, desk))
