"""Papers: brought in from what was copied, named, seen large, let out; kept track of; and how a day was."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from planner.tour.hand import Key
from planner.tour.made_up_paper import SAID, made_up_photo
from planner.tour.stage import TODAY, Stage
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
    written_down(stage)
    a_day(stage)


def written_down(stage: Stage) -> None:
    """A paper that is here and runs out soon; then its line beside Today."""
    hand = stage.hand
    hand.press(_("Write down a paper"))
    hand.type_anew(_("Which paper is it?"), SAID.get(language(), SAID["en"])[1])
    hand.pick(_("Where it stands"), _("It is here"))
    runs_out = TODAY + timedelta(days=12)
    hand.type_anew(_("The day it runs out"), stage.shell.formats.day_full(runs_out))
    hand.key(Key.Key_Tab)
    hand.picture("paper-written-down")
    hand.press(_("That is right"))
    hand.picture("papers-written-down")
    stage.shell.go("today")
    hand.picture("today-paper")


def a_day(stage: Stage) -> None:
    """How today is, line by line, and the list of days."""
    hand = stage.hand
    stage.shell.go("check-ins")
    hand.picture("days-empty")
    hand.press(_("Write down how today is"))
    for scale, words in ((_("Sleep"), _("hard")), (_("Mood"), _("in between")), (_("Hope"), _("good"))):
        hand.pick(scale, words[:1].upper() + words[1:])
    hand.picture("day-written-down")
    hand.press(_("That is right"))
    hand.picture("days")
