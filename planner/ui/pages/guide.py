"""A guide: one screen to read, the doors it opens, and where it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from planner.plan.life import DOMAIN_WORDS
from planner.ui.kit.layouts import Box, clear, column, columns, flow
from planner.ui.kit.text import Section, Text
from planner.ui.page import Page
from planner.ui.pages.library_parts import WhereFrom, back_button, doors, not_there, points, standing_note
from planner.words import _, language

if TYPE_CHECKING:
    from planner.packs.guides import Guide
    from planner.session import Changed
    from planner.ui.page import Desk


class GuidePage(Page):
    """Opened with ``guide=id``. What somebody reads is kept nowhere."""

    name: ClassVar[str] = "guide"
    tab: ClassVar[str] = "library"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.guide: Guide | None = None
        self.back_button = back_button(desk)
        self._place = Box(True, 0, (0, 0, 0, 0))
        self._side = Box(True, 20, (0, 0, 0, 0))
        self.where_from = WhereFrom(desk)
        self.empty = not_there(desk)
        self._both = columns(column(flow(self.back_button), 4, self._place, 28, self.where_from), column(self._side))
        self.set_body(column(self._both, (self.empty, 1)))
        self._show()

    def title(self) -> str:
        return self.guide.title.get(language()) if self.guide is not None else _("Library")

    def over_title(self) -> str:
        guide = self.guide
        return _(DOMAIN_WORDS[guide.domain]) if guide is not None and guide.domain is not None else ""

    def first_focus(self) -> QWidget | None:
        return self.back_button if self.guide is not None else None

    def show_for(self, **where: str) -> None:
        self.guide = self.desk.session.content.guide(where.get("guide", ""))
        self._show()
        if self.area is not None:
            self.area.verticalScrollBar().setValue(0)

    def refresh(self, changed: Changed | None) -> None:
        """Nothing on it changes by what happens in the notebook."""

    def _show(self) -> None:
        guide, spoken = self.guide, language()
        clear(self._place)
        clear(self._side)
        self._both.setVisible(guide is not None)
        self.empty.setVisible(guide is None)
        if guide is None:
            return
        self._place.put(Text(guide.about.get(spoken), "lead", "ink_soft"))
        for number, part in enumerate(guide.parts):
            self._place.put(20 if part.title is None and number else 24)
            if part.title is not None:
                self._place.put(Section(part.title.get(spoken), rule=False), 8)
            if part.text is not None:
                self._place.put(Text(part.text.get(spoken), "body"))
            if part.points:
                self._place.put(10 if part.text is not None else None)
                self._place.put(points(each.get(spoken) for each in part.points))
        for beside in (doors(self.desk, guide.doors, _("From here")), standing_note(self.desk, guide.standing)):
            if beside is not None:
                self._side.put(beside)
        self.where_from.show_sources(guide.sources, guide.standing)
