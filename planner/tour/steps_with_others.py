"""Step 8: a notebook for the people somebody works with."""

from __future__ import annotations

from planner.sample import SAMPLE_PASSPHRASE
from planner.tour.hand import CONTROL, SHIFT, Key, NotThere
from planner.tour.made_up import Said
from planner.tour.stage import Stage
from planner.words import _

WITH = "Lin"
BESIDE = "Ana"


def everyone(stage: Stage) -> None:
    """Today with everyone, the switcher, the list of people."""
    hand = stage.hand
    hand.picture("others-today")
    hand.key(Key.Key_K, CONTROL)
    hand.picture("others-switcher")
    hand.type(WITH[0].lower())
    hand.picture("others-switcher-found")
    hand.key(Key.Key_Escape)
    hand.press(_("Calendar"))
    hand.picture("others-calendar")
    hand.press(_("People I work with"))
    hand.picture("others-people")


def one_of_them(stage: Stage) -> None:
    """The pages of one person."""
    hand = stage.hand
    _turn_to(stage, BESIDE)
    hand.press(_("Today"))
    hand.picture("others-one-today")
    hand.press(_("The plan"))
    hand.picture("others-one-plan")


def _turn_to(stage: Stage, name: str) -> None:
    hand = stage.hand
    hand.key(Key.Key_K, CONTROL)
    hand.type(name)
    hand.key(Key.Key_Return)
    if stage.session.person is None or stage.session.person.shown != name:
        raise NotThere(f"the pages of {name}")


def notes(stage: Stage, said: Said) -> None:
    """A contact note, and what is added to it later."""
    hand = stage.hand
    hand.press(_("Notes"))
    hand.picture("notes")
    hand.press(_("Write a note"))
    hand.type_into(_("Minutes"), "20")
    hand.type_into(_("Facts"), said.facts)
    hand.type_into(_("What was agreed"), said.agreed)
    hand.picture("note-written")
    hand.press(_("Keep this note"))
    hand.hush()
    hand.press_beginning(_("Add to the note of {day}").partition("{")[0])
    hand.type_into(_("Facts"), said.amendment)
    hand.picture("note-added-to")
    hand.press(_("Keep this addition"))
    hand.hush()
    hand.picture("notes-kept")


def with_someone(stage: Stage) -> None:
    """One key leaves only her pages; the passphrase opens the others."""
    hand = stage.hand
    hand.key(Key.Key_W, CONTROL | SHIFT)
    if stage.session.only is None:
        raise NotThere("only one person's pages")
    hand.picture("with-someone")
    hand.hush()
    hand.key(Key.Key_K, CONTROL)
    hand.picture("with-someone-switcher")
    hand.press(_("Open the others"))
    hand.wait_to_see(_("Everyone’s names and pages can be seen again after this."))
    hand.picture("open-the-others")
    hand.type_into(_("Passphrase"), SAMPLE_PASSPHRASE)
    hand.key(Key.Key_Return)
    hand.wait_for(lambda: stage.session.only is None, "everyone's pages")
    hand.hush()


def under_18(stage: Stage, said: Said) -> None:
    """Somebody new; before the first question it is said what may have to be reported."""
    hand = stage.hand
    hand.key(Key.Key_K, CONTROL)
    hand.press(_("Add a person"))
    hand.type_into(_("Chosen name"), said.person)
    hand.picture("add-a-person")
    hand.press(_("Add"))
    hand.hush()
    hand.press(_("Guided forms"))
    hand.press(_("Begin"))
    hand.picture("under-18-asked")
    hand.press(_("Yes"))
    hand.press(_("Next"))
    hand.picture("under-18-said")
    hand.scroll(1)
    hand.picture("under-18-said-below")
    hand.scroll(0)
    hand.press(_("We talked about it"))
    hand.picture("under-18-first-page")
