"""The library: found by typing, a guide, a kit on its way to paper, and an idea that goes into the plan."""

from __future__ import annotations

from planner.session.library import Shelf
from planner.tour.hand import Key
from planner.tour.stage import Stage
from planner.ui.pages.library import LibraryPage
from planner.ui.paper.preview import Preview
from planner.words import _, language


def library(stage: Stage) -> None:
    """Everything is read once; the idea stays in the plan only until it is undone."""
    hand, content, spoken = stage.hand, stage.session.content, language()
    hand.press(_("Library"))
    hand.picture("library")
    page = stage.shell.page("library")
    assert isinstance(page, LibraryPage)
    page.find_field.setFocus()
    hand.type({"es": "corte"}.get(spoken, "court"))
    hand.picture("library-typed")
    kit = content.kit("court")
    assert kit is not None
    hand.open_line(kit.title.get(spoken))
    hand.picture("kit")
    hand.press(_("Where this comes from"))
    hand.scroll(1)
    hand.picture("kit-sources")
    hand.press(_("Print one page"))
    hand.wait_for(lambda: bool(hand.visible(Preview)), "the look at the page")
    hand.picture("kit-look")
    # The page below has a way back of its own.
    hand.key(Key.Key_Escape)
    stage.shell.go("library", group=Shelf.READ.value)
    hand.picture("library-to-read")
    guide = content.guides()[0]
    stage.shell.go("guide", guide=guide.id)
    hand.picture("guide")
    stage.shell.go("library", group=Shelf.IDEAS.value)
    hand.picture("library-ideas")
    stage.shell.go("goal-idea", idea=content.goal_ideas()[0].id)
    hand.picture("idea")
    hand.press(_("Put into my plan"))
    hand.picture("idea-in-the-plan")
    stage.shell.undo()
    hand.hush()
