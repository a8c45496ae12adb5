"""Steps 6 and 7: people and how to reach them safely, Today, finding things, and a quiet moment."""

from __future__ import annotations

from planner.tour.hand import CONTROL, Key
from planner.tour.made_up import Said
from planner.tour.stage import Stage
from planner.ui.pages.people_parts import ReachField
from planner.words import _, c_

CALL, MESSAGE, TEXT = range(3)
"""The order in which the ways of reaching somebody are asked."""


def add_someone(stage: Stage, said: Said) -> None:
    """Who it is, which ways are safe, what they know."""
    hand = stage.hand
    hand.press(_("People"))
    hand.picture("people")
    hand.press(_("Add a person"))
    hand.press(_("A friend, a helper, anyone"))
    hand.type_into(_("Name"), said.contact)
    hand.type_into(_("Who is this?"), said.contact_role)
    if not hand.visible(ReachField):
        hand.press(_("How to reach them safely"))
    hand.press(_("Yes"), CALL)
    hand.press(_("No"), MESSAGE)
    hand.press(_("Yes"), TEXT)
    hand.type_into(_("When is a good time?"), said.contact_when)
    hand.type_into(_("Our word"), said.contact_word)
    hand.picture("people-fields")
    hand.press(_("Numbers and languages"))
    hand.type_into(_("Phone number {n}").format(n=1), said.contact_phone)
    hand.press(_("What they know"))
    hand.type_into(_("They know"), said.contact_knows)
    hand.key(Key.Key_Return)
    hand.scroll(1)
    hand.picture("people-fields-below")
    hand.press(c_("fields", "Done"))
    hand.hush()
    hand.scroll(0)
    hand.picture("people-card")


def careful(stage: Stage, said: Said) -> None:
    """Those to be careful with stand on a list of their own."""
    hand = stage.hand
    hand.press_beginning(_("People to be careful with"))
    hand.press(_("Add a name"))
    hand.type_into(_("Name"), said.careful)
    hand.picture("people-careful")
    hand.press(c_("fields", "Done"))
    hand.hush()


def today(stage: Stage) -> None:
    """What is on, this week, still open, one kind next step."""
    hand = stage.hand
    hand.press(_("Today"))
    hand.picture("today")


def search(stage: Stage, said: Said) -> None:
    """Find as you type."""
    hand = stage.hand
    hand.key(Key.Key_F, CONTROL)
    hand.type(said.search)
    hand.wait_for(lambda: stage.shell.current == "search", "the page of what was found")
    hand.wait_for(lambda: getattr(stage.shell.page("search"), "settled", False), "all that was found")
    hand.picture("search")
    hand.press(_("Today"))


def moment(stage: Stage) -> None:
    """A quiet moment, from every page."""
    hand = stage.hand
    hand.press(_("Take a moment"))
    hand.picture("moment")
    hand.press(_("Back to where I was"))
