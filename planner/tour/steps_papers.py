"""A paper: brought in from what was copied, named, seen large, and let out without what the camera wrote."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from planner.tour.hand import Key
from planner.tour.made_up_paper import SAID, made_up_photo
from planner.tour.stage import Stage
from planner.ui.pages.papers import PapersPage
from planner.ui.paper.preview import Preview
from planner.words import _, language


def papers(stage: Stage) -> None:
    """From the empty page to the look at what would leave."""
    hand = stage.hand
    hand.press(_("My papers"))
    hand.picture("papers-empty")
    copied = QMimeData()
    copied.setData("image/jpeg", made_up_photo(language()))
    QGuiApplication.clipboard().setMimeData(copied)
    hand.press(_("Paste a picture"))
    page = stage.shell.page("papers")
    assert isinstance(page, PapersPage)
    hand.wait_for(lambda: page.one.viewer.has_picture, "the paper")
    QGuiApplication.clipboard().clear()
    hand.type_anew(_("What it is"), SAID.get(language(), SAID["en"])[1])
    hand.picture("paper-came-in")
    page.one.viewer.setFocus()
    for _time in range(2):
        hand.key(Key.Key_Plus)
    hand.picture("paper-larger")
    hand.key(Key.Key_0)
    hand.press(_("Save a copy"))
    hand.wait_to_see(_("Choose a place"))
    hand.picture("paper-copy")
    hand.press(_("Not now"))
    hand.press(_("Print or save a PDF"))
    hand.wait_for(lambda: bool(hand.visible(Preview)), "the look at the paper")
    hand.picture("paper-look")
    hand.press(_("Back"))
    hand.press(_("Back to the papers"))
    hand.wait_for(lambda: all(each.has_image for each in page.list.pictures.values()), "the small picture")
    hand.picture("papers")
