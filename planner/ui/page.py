"""What every page is, and what every page is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QApplication, QLayout, QWidget

from planner.ui.kit.layouts import Box, Margins, column, hold, topped
from planner.ui.kit.scroll import Scroll

if TYPE_CHECKING:
    from planner.session import Changed, Session
    from planner.store.local import Local
    from planner.ui.formats import Formats
    from planner.ui.kit.dialogs import Dialog
    from planner.ui.work import Progress


class Desk(Protocol):
    """What a page is given: the session, words for days and times, and ways to move on and to speak."""

    session: Session
    formats: Formats
    local: Local

    def go(self, page: str, **where: str) -> None:
        """Open a page; ``where`` is handed to its ``show_for``."""

    def back(self) -> None:
        """Open the page that was open before."""

    def leave(self) -> bool:
        """Let the open page commit what is half typed, before other pages take its place; False: stay here."""

    def lock(self) -> None:
        """Keep what is half typed and close the notebook."""

    def erase_notebook(self) -> None:
        """Close the notebook, whose passphrase was just asked for, and erase it from the disk."""

    def change_look(self, name: str, value: object) -> None:
        """Change a setting of this device; other languages, sizes and colours are shown at once."""

    def say(self, words: str, undo: bool = False) -> None:
        """Say what was just done, with Undo when it can be taken back."""

    def ask(self, dialog: Dialog) -> None:
        """Open a dialog above the page."""

    def keep(self, work: Callable[[], object]) -> bool:
        """Save something now; False where the machine could not: then it has been said, and is tried again."""

    def busy(
        self, words: str, work: Callable[[Progress], Any], done: Callable[[Any], object], cancel: bool = True
    ) -> None:
        """Do ``work`` beside the window, with a card after half a second; ``done`` gets its result in the window."""


EDGES: Margins = (40, 20, 40, 28)
"""Edge of what scrolls to content (start, top, end, bottom), px at 100 %."""

UNDER_HEAD = 8
"""Air above what scrolls, so that words on their way out do not touch the title; px at 100 %."""


class Page(QWidget):
    """One page of the notebook. Build everything once in ``__init__`` and end it with :meth:`set_body`."""

    name: ClassVar[str] = ""
    searchable: ClassVar[bool] = True
    """Whether the search field stands in the head."""
    tab: ClassVar[str] = ""
    """The tab that is joined to a page which has none of its own; "" for none."""

    head_changed = Signal()
    """To be emitted when title, line above it or extras are others now."""

    def __init__(self, desk: Desk) -> None:
        """Keep the desk; a subclass builds its widgets."""
        super().__init__()
        self.desk = desk
        self.area: Scroll | None = None
        self.below: QWidget | None = None

    # ---------------------------------------------------------------- the head

    def title(self) -> str:
        """The page's name; "" for none."""
        return ""

    def over_title(self) -> str:
        """A soft line above the title; alone, it stands in the title's place."""
        return ""

    def head_extras(self) -> list[QWidget]:
        """What stands in the head beside the search field, for example a tray; made once."""
        return []

    def outline(self) -> QWidget | None:
        """What takes the navigation's place, for example the sections of a form; made once."""
        return None

    # ---------------------------------------------------------------- its life

    def show_for(self, **where: str) -> None:
        """The page is opened, for example with ``goal="id"``."""

    def refresh(self, changed: Changed | None) -> None:
        """Show what is there now; None: everything may be another. Scroll and focus are kept by the caller."""

    def leave(self) -> bool:
        """Commit what is half typed; called before another page opens and before a lock. False: stay here."""
        return True

    def draft(self) -> dict[str, Any] | None:
        """What is half typed and cannot be committed yet, kept in the store over a lock; JSON values only."""
        return None

    def take_draft(self, data: dict[str, Any]) -> None:
        """Put back what :meth:`draft` gave."""

    def undo_here(self) -> str | None:
        """Take back the last change that only this page knows of; the words to say, or None: the session undoes."""
        return None

    def redo_here(self) -> str | None:
        """Make it again; as :meth:`undo_here`."""
        return None

    def own_undo_words(self) -> str | None:
        """What :meth:`undo_here` would take back, in words; None: the session undoes."""
        return None

    def opened_again_with(self, where: dict[str, str]) -> dict[str, str]:
        """What brings back what is on the page now; ``where`` is what it was opened with."""
        return where

    def has_open(self, where: Mapping[str, str]) -> bool:
        """Whether the page shows what it would be opened with; asked after something on it was taken back."""
        return True

    def first_focus(self) -> QWidget | None:
        """What takes the keyboard when the page opens; None: nothing yet."""
        return None

    # ---------------------------------------------------------------- help for subclasses

    def set_body(
        self,
        body: QWidget | QLayout,
        *,
        scroll: bool = True,
        foot: QWidget | None = None,
        margins: bool | Margins = True,
    ) -> None:
        """Put the content in. ``foot`` stays below while the rest scrolls; ``margins`` True: the page's own edges."""
        held = hold(topped(body)) if isinstance(body, QLayout) else body
        inner = column(held, margins=EDGES if margins is True else margins or (0, 0, 0, 0))
        if scroll:
            inner.setStretch(0, 1)
        whole = Box(True, 0, (0, UNDER_HEAD if margins is True else 0, 0, 0))
        if scroll:
            self.area = Scroll(inner)
            self.area.keep_end_edge(inner)
            whole.put((self.area, 1))
        else:
            whole.put((hold(inner), 1))
        whole.put(foot)
        self.below = foot
        self.setLayout(whole)

    def refresh_in_place(self, changed: Changed | None) -> None:
        """Refresh, and put scroll and keyboard back where they were."""
        bar = self.area.verticalScrollBar() if self.area is not None else None
        value = bar.value() if bar is not None else 0
        focus = QApplication.focusWidget()
        inside = focus is not None and self.isAncestorOf(focus)
        spot = focus.mapTo(self, QPoint(0, 0)) if inside and focus is not None else None
        self.refresh(changed)
        if bar is not None:
            bar.setValue(value)
        now = QApplication.focusWidget()
        if spot is not None and (now is None or not self.isAncestorOf(now)):
            self._focus_near(spot)

    def _focus_near(self, spot: QPoint) -> None:
        """What had the keyboard is gone: give it to the nearest thing that can have it."""
        from planner.ui.kit.floats import reached_by_tab

        near = [child for child in self.findChildren(QWidget) if reached_by_tab(child)]
        if near:
            near.sort(key=lambda child: (child.mapTo(self, QPoint(0, 0)) - spot).manhattanLength())
            near[0].setFocus()
