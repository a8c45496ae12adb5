"""Step 5: the calendar, an appointment that comes again, what happened to one of them, and the slip."""

from __future__ import annotations

from planner.tour.hand import Key
from planner.tour.made_up import Said
from planner.tour.stage import Stage
from planner.words import _


def add_repeating(stage: Stage, said: Said) -> None:
    """Every week, with place, way there, who comes along, what to bring and to ask."""
    hand = stage.hand
    hand.press(_("Calendar"))
    hand.picture("calendar")
    hand.press(_("Add an appointment"))
    hand.type_into(_("What is it?"), said.visit)
    hand.type_anew(_("Day"), said.visit_day)
    hand.type_anew(_("Time"), said.visit_hour)
    hand.key(Key.Key_Tab)
    hand.type_into(_("Where"), said.visit_place)
    hand.picture("appointment")
    hand.press(_("Does it come again?"))
    hand.pick(_("How often"), _("Every week"))
    hand.scroll(0.4)
    hand.picture("appointment-every-week")
    hand.press(_("Getting there"))
    hand.type_into(_("The way there"), said.visit_way)
    hand.press(_("Who comes along"))
    hand.type_into(_("Who"), said.friend)
    hand.press(_("Bring and ask"))
    hand.type_into(_("Papers and things to bring"), said.visit_bring)
    hand.type_into(_("What to ask"), said.visit_ask)
    hand.press(_("Reminder"))
    hand.scroll(0.75)
    hand.picture("appointment-with-help")
    hand.press(_("Done"))
    hand.hush()
    hand.picture("calendar-filled")


def new_day(stage: Stage, said: Said) -> None:
    """One of them has a new day; nobody is to blame."""
    hand = stage.hand
    hand.open_line(said.visit)
    hand.picture("appointment-again-and-again")
    hand.press(_("It has a new day"))
    hand.type_anew(_("New day"), said.new_day)
    hand.key(Key.Key_Tab)
    hand.type_anew(_("New time"), said.new_hour)
    hand.key(Key.Key_Tab)
    hand.hush()
    hand.picture("appointment-new-day")
    hand.press(_("Done"))
    hand.hush()
    hand.picture("calendar-new-day")


def slip(stage: Stage) -> None:
    """The next appointments on a small piece of paper, in neutral words."""
    hand = stage.hand
    hand.press(_("Print next appointments"))
    hand.wait_to_see(_("Look at it"))
    hand.picture("slip-what-it-tells")
    hand.press(_("Look at it"))
    hand.wait_to_see(_("What these pages tell"))
    hand.wait_to_see(_("Save a PDF"))
    hand.picture("slip")
    hand.press(_("Back"))
