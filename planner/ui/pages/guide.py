"""A guide: one screen to read, the doors it opens, and where it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from planner.plan.life import DOMAIN_WORDS
from planner.ui.kit.text import Section, Text
from planner.ui.pages.library_parts import doors, points
from planner.ui.pages.library_reading import ReadingPage
from planner.words import _, language

if TYPE_CHECKING:
    from planner.packs.guides import Guide
    from planner.ui.page import Desk


class GuidePage(ReadingPage):
    """Opened with ``guide=id``."""

    name: ClassVar[str] = "guide"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.guide: Guide | None = None
        self.lay_out()

    def title(self) -> str:
        return self.guide.title.get(language()) if self.guide is not None else super().title()

    def over_title(self) -> str:
        guide = self.guide
        return _(DOMAIN_WORDS[guide.domain]) if guide is not None and guide.domain is not None else ""

    def show_for(self, **where: str) -> None:
        guide, spoken = self.desk.session.content.guide(where.get("guide", "")), language()
        self.guide = guide
        self.begin(guide is not None)
        if guide is None:
            return
        self.place.put(Text(guide.about.get(spoken), "lead", "ink_soft"))
        for number, part in enumerate(guide.parts):
            self.place.put(20 if part.title is None and number else 24)
            if part.title is not None:
                self.place.put(Section(part.title.get(spoken), rule=False), 8)
            if part.text is not None:
                self.place.put(Text(part.text.get(spoken), "body"))
            if part.points:
                self.place.put(10 if part.text is not None else None)
                self.place.put(points(each.get(spoken) for each in part.points))
        on = doors(self.desk, guide.doors, _("From here"))
        if on is not None:
            self.beside.put(on)
        self.end(guide.standing, guide.sources)
