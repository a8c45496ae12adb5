"""Steps 0 to 2: before anything is kept, the first start, and Help now."""

from __future__ import annotations

import re

from planner.tour.hand import NotThere
from planner.tour.made_up import FIRST_PASSPHRASE, WEAK, Said
from planner.tour.stage import Stage
from planner.ui.kit.text import Text
from planner.ui.new_passphrase import NewPassphrase
from planner.words import LANGUAGES, _, language

WORDS = 5
GROUP = re.compile("[A-Z0-9]{5}-?")


def before_anything(stage: Stage) -> None:
    """Step 0: one screen, and nothing on the disk."""
    hand = stage.hand
    hand.wait_to_see(_("Before you begin"))
    if hand.window.windowTitle() != "Planner":
        raise NotThere(f"a title of the window that says nothing; it is {hand.window.windowTitle()!r}")
    hand.picture("before")
    _nothing_kept(stage)
    hand.press(_("Go on"))


def _nothing_kept(stage: Stage) -> None:
    kept = sorted(str(each.relative_to(stage.folder)) for each in stage.folder.rglob("*"))
    if kept:
        raise NotThere(f"an empty folder before the notebook is made; there is {kept}")


def language_and_whose(stage: Stage) -> None:
    """Step 1: the language, and for whom."""
    hand = stage.hand
    hand.press(LANGUAGES[language()])
    hand.press(_("For me"))
    hand.picture("who")
    hand.press(_("Next"))


def name_and_number(stage: Stage, said: Said) -> None:
    """Step 1: a name, and a number of her own for help."""
    hand = stage.hand
    hand.type_into(_("What shall we call you here?"), said.name)
    hand.type_into(_("Whose number is it?"), said.line_name)
    hand.type_into(_("Phone number"), said.line_number)
    hand.picture("name-and-number")
    hand.press(_("Next"))


def passphrase(stage: Stage, said: Said) -> None:
    """Step 1: a weak one warns, five words can be made, a good one makes the notebook."""
    hand = stage.hand
    hand.type_into(_("Passphrase"), WEAK)
    hand.type_into(_("Once more"), WEAK)
    hand.picture("passphrase-weak")
    hand.press(_("Make the notebook"))
    hand.wait_to_see(_("This one is easy to guess"))
    hand.picture("passphrase-warning")
    _nothing_kept(stage)
    hand.press(_("Choose another"))
    hand.press(_("Make one for me"))
    made = hand.visible(NewPassphrase)[0].made
    if len(made.text().split()) != WORDS:
        raise NotThere("five words")
    words = made.text()
    made.setText(said.five_words)  # chance would draw other words into every picture
    hand.picture("passphrase-made")
    made.setText(words)
    hand.type_anew(_("Passphrase"), FIRST_PASSPHRASE)
    hand.type_anew(_("Once more"), FIRST_PASSPHRASE)
    _nothing_kept(stage)
    hand.press(_("Make the notebook"))
    hand.wait_to_see(_("Would you like a spare key?"))


def spare_key(stage: Stage) -> str:
    """Step 1: offered, with the question who could find it; shown once. Gives the key."""
    hand = stage.hand
    hand.picture("spare-key-offered")
    hand.press(_("Make a spare key"))
    hand.wait_to_see(_("It is shown only now. Write it on paper, or print it."))
    groups = [each for each in hand.visible(Text) if GROUP.fullmatch(each.text())]
    key = "".join(each.text() for each in groups)
    for place, each in enumerate(groups):  # another one at every run; the picture shows none that opens anything
        each.setText("7KQ4J" + "-" * (place < len(groups) - 1))
    hand.picture("spare-key")
    hand.press(_("I have it on paper"))
    hand.wait_for(lambda: stage.program.session is not None, "the open notebook")
    return key


def today_is_empty(stage: Stage) -> None:
    """Today, with First steps offered at once."""
    hand = stage.hand
    hand.wait_to_see(_("First steps"))
    hand.picture("today-first-steps")


def help_now(stage: Stage, said: Said) -> None:
    """Step 2: from any page, her own line first."""
    hand = stage.hand
    hand.press(_("Help now"))
    hand.wait_to_see(said.line_name)
    hand.picture("help-now")
    hand.scroll(0.5)
    hand.picture("help-now-below")
    hand.scroll(0)
    hand.press(_("Back to where I was"))
