"""A page on which one thing of the library is read: what it says, what stands beside it, and where it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from planner.ui.kit.buttons import Button
from planner.ui.kit.layouts import Box, clear, column, columns, flow, hold
from planner.ui.kit.surfaces import EmptyPage
from planner.ui.kit.text import Rule, Text
from planner.ui.page import Page
from planner.ui.pages.library_parts import WhereFrom, standing_note
from planner.ui.theme import theme
from planner.words import _

if TYPE_CHECKING:
    from planner.packs.items import Standing
    from planner.ui.page import Desk


class ReadingPage(Page):
    """``place`` and ``beside`` are filled anew by each :meth:`begin`; what somebody reads is kept nowhere."""

    tab: ClassVar[str] = "library"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.back_button = Button(_("Back"), "quiet", icon="back", compact=True, on=desk.back)
        self.whole_title = Text("", "question")
        self.place = Box(True, 0, (0, 0, 0, 0))
        self.beside = Box(True, 20, (0, 0, 0, 0))
        self.where_from = WhereFrom(desk)
        to_library = Button(_("Open the library"), "main", icon="library", on=lambda: desk.go("library"))
        self.empty = EmptyPage("sheet", _("This is not here"), _("Choose something in the library."), [to_library])
        self.both = QWidget()
        self.foot: QWidget | None = None
        self.there = False

    def lay_out(self, *buttons: QWidget, above: QWidget | None = None) -> None:
        """Once, at the end of ``__init__``: ``buttons`` stay below while the rest scrolls."""
        head = column(flow(self.back_button), 4, self.whole_title)
        self.both = columns(column(head, self.place, 28, self.where_from), column(self.beside))
        if buttons:
            self.foot = hold(column(Rule(), 16, flow(*buttons, gap=12), margins=(40, 0, 40, 20)))
        self.set_body(column(above, self.both, (self.empty, 1)), foot=self.foot)
        self.begin(False)

    def begin(self, there: bool) -> None:
        """Empty the page; ``there``: something will be shown."""
        clear(self.place)
        clear(self.beside)
        self.there = there
        self.both.setVisible(there)
        self.empty.setVisible(not there)
        if self.foot is not None:
            self.foot.setVisible(there)
        self.whole_title.setText(self.title() if there else "")
        self._fit()
        if self.area is not None:
            self.area.verticalScrollBar().setValue(0)

    def end(self, standing: Standing, sources: tuple[str, ...]) -> None:
        """Say whose it is and where it was read."""
        note = standing_note(self.desk, standing)
        if note is not None:
            self.beside.put(note)
        self.where_from.show_sources(sources, standing)

    def title(self) -> str:
        """What it is called; the library while nothing is shown."""
        return _("Library")

    def first_focus(self) -> QWidget | None:
        """The way back."""
        return self.back_button if self.there else None

    def _fit(self) -> None:
        """In a narrow head a long title is cut: it then stands on the page as well."""
        self.whole_title.setVisible(self.there and theme.narrow(self.window().width()))

    def retheme(self) -> None:
        """Larger text makes it narrow."""
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """So does a smaller window."""
        super().resizeEvent(event)
        self._fit()
