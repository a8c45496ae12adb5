"""Her own page: lines written, a name that tells nothing, the page on paper, and the card for the wallet."""

from __future__ import annotations

from planner.plan.safety import SafetyGroup, group_words
from planner.tour.hand import Key
from planner.tour.stage import Stage
from planner.ui.paper.preview import Preview
from planner.words import _, language

SAID = {
    "en": {
        "name": "Recipes",
        SafetyGroup.CALM: "Cold water on my hands",
        SafetyGroup.SIGN: "My sleep gets short",
        SafetyGroup.PERSON: "Rosa from the library",
        SafetyGroup.PLACE: "The library",
        SafetyGroup.WAY_OUT: "Bus 12",
        "card": "Aunt Rosa",
    },
    "es": {
        "name": "Recetas",
        SafetyGroup.CALM: "Agua en las manos",
        SafetyGroup.SIGN: "Duermo poco",
        SafetyGroup.PERSON: "Rosa, de la biblioteca",
        SafetyGroup.PLACE: "La biblioteca",
        SafetyGroup.WAY_OUT: "El bus 12",
        "card": "Rosa",
    },
}


def own_page(stage: Stage) -> None:
    """From the empty page to the look at the card."""
    hand, said = stage.hand, SAID.get(language(), SAID["en"])
    stage.shell.go("safety")
    hand.picture("own-page-empty")
    hand.press(_("Write a line"))
    hand.type_into(_("The line"), said[SafetyGroup.CALM])
    hand.press(_("That is right"))
    for group in (SafetyGroup.SIGN, SafetyGroup.PLACE, SafetyGroup.WAY_OUT, SafetyGroup.PERSON):
        hand.press(_("Write a line: {group}").format(group=group_words(group)))
        hand.type_into(_("The line"), said[group])
        if group is SafetyGroup.PERSON:
            hand.type_into(_("Phone"), "555 0142")
            hand.press(_("On the card for my wallet"))
            hand.type_into(_("What the card says instead"), said["card"])
            hand.picture("own-page-line")
        hand.press(_("That is right"))
    hand.hush()
    hand.type_anew(_("What this page is called"), said["name"])
    hand.key(Key.Key_Tab)
    hand.picture("own-page")
    hand.press(_("Put the page on paper"))
    hand.picture("own-page-on-paper")
    hand.press(_("Not now"))
    card(stage)


def card(stage: Stage) -> None:
    """One line more is chosen; what the card tells is read before it is looked at."""
    hand, said = stage.hand, SAID.get(language(), SAID["en"])
    hand.press(_("Card for my wallet"))
    hand.press(said[SafetyGroup.PLACE])
    hand.hush()
    hand.picture("card")
    hand.press(_("Look at the card"))
    hand.wait_for(lambda: bool(hand.visible(Preview)), "the look at the card")
    hand.picture("card-look")
    # The page below has a way back of its own.
    hand.key(Key.Key_Escape)
