"""Words about cards of people: whom a card is like and why, what it has, what was left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale

from planner.exchange.cards_read import LeftOut, NotUnderstood, Why
from planner.plan.records import SupportContact
from planner.session.card_files import By, CardsPreview, Keep
from planner.ui.pages.people_words import hers, joined, language_words, owner_name
from planner.words import N_, _, n_

if TYPE_CHECKING:
    from planner.ui.page import Desk

FIELD_WORDS: dict[str, str] = {
    "name": N_("Name"),
    "organisation": N_("Place or group"),
    "role": N_("Who is this?"),
    "phones": N_("Phone numbers"),
    "email": N_("E-mail"),
    "languages": N_("Languages"),
    "note": N_("Note"),
}
KEEP_WORDS: dict[Keep, str] = {
    Keep.MINE: N_("Here now"),
    Keep.THEIRS: N_("On the card"),
    Keep.BOTH: N_("Both together"),
}
LONG = 240
"""Letters of a note that are shown beside another one."""


def usual_region() -> str:
    """The two letters of the country that this computer is set to; "US" where it is set to none."""
    place = QLocale.system()
    if place.language() == QLocale.Language.C:
        return "US"
    return QLocale.territoryToCode(place.territory()) or "US"


def by_words(by: Sequence[By]) -> str:
    """What a card has in common with somebody."""
    words = {
        By.PHONE: _("the same number"),
        By.EMAIL: _("the same e-mail address"),
        By.NAME: _("the same name"),
    }
    said = joined([words[each] for each in by if each in words])
    return said[:1].upper() + said[1:] if said else _("The same card")


def careful_words(desk: Desk, name: str) -> str:
    """That a card is like somebody she keeps away from."""
    if hers(desk):
        return _("This card is like {name}, one of the people you keep away from.").format(name=name)
    return _("This card is like {name}, one of the people {person} keeps away from.").format(
        name=name, person=owner_name(desk)
    )


def about_card(contact: SupportContact) -> str:
    """A card in one line: who, where, and what it has."""
    count = len(contact.phones)
    has = [
        contact.role,
        contact.organisation,
        n_("{n} number", "{n} numbers", count).format(n=count) if count else "",
        _("e-mail") if contact.email else "",
    ]
    return ", ".join(each for each in has if each)


def value_words(name: str, value: Any) -> str:
    """What a field says, as it is compared."""
    if name == "phones":
        return "\n".join(_phone(each) for each in value)
    if name == "languages":
        return ", ".join(language_words(each) for each in value)
    text = str(value)
    return text if len(text) <= LONG else f"{text[:LONG].rstrip()}…"


def _phone(phone: Mapping[str, str]) -> str:
    number, label = phone.get("number", ""), phone.get("label", "")
    return f"\u2066{number}\u2069 ({label})" if label else f"\u2066{number}\u2069"


def not_understood_words(each: NotUnderstood) -> str:
    """Why a card cannot be used."""
    return {
        Why.NOTHING: _("It has no name and no number."),
        Why.NO_END: _("Its end is missing, so something may be lost."),
        Why.TOO_LONG: _("It has more lines than a card of a person has."),
    }[each.why]


def left_out_words(left: Mapping[LeftOut, int]) -> list[str]:
    """What of the cards has no place here, one sentence each."""
    words = {
        LeftOut.PICTURES: _("Pictures are left out."),
        LeftOut.SOUNDS: _("Sounds are left out."),
        LeftOut.ADDRESSES: _("Street addresses are left out."),
        LeftOut.BIRTHDAYS: _("Birthdays and other days are left out."),
        LeftOut.OTHER: _("Web pages and other details are left out."),
        LeftOut.GROUPS: _("Lists of people are left out; the people themselves are here."),
        LeftOut.TOO_LONG: _("Texts of many pages are left out."),
    }
    return [words[each] for each in LeftOut if left.get(each)]


def summary(preview: CardsPreview) -> str:
    """What is in the file, in one sentence for each kind."""
    new, alike, same, odd = (len(each) for each in (preview.new, preview.alike, preview.same, preview.not_understood))
    said = []
    careful = len(preview.careful)
    if careful:
        said.append(
            n_(
                "{n} card is like somebody to be careful with.",
                "{n} cards are like somebody to be careful with.",
                careful,
            ).format(n=careful)
        )
    if new:
        said.append(n_("{n} person is new.", "{n} people are new.", new).format(n=new))
    if alike:
        said.append(n_("{n} may be here already.", "{n} may be here already.", alike).format(n=alike))
    if same:
        said.append(n_("{n} is here with all of this.", "{n} are here with all of this.", same).format(n=same))
    if preview.twice:
        said.append(n_("{n} card comes twice.", "{n} cards come twice.", preview.twice).format(n=preview.twice))
    if odd:
        said.append(n_("{n} card was not understood.", "{n} cards were not understood.", odd).format(n=odd))
    return " ".join(said)


def more_words(count: int) -> str:
    """How many more there are."""
    return n_("Show {n} more", "Show {n} more", count).format(n=count)


def done_words(added: int, merged: int) -> str:
    """What was brought in."""
    said = []
    if added:
        said.append(n_("{n} person was brought in.", "{n} people were brought in.", added).format(n=added))
    if merged:
        said.append(
            n_("Something was added for {n} person.", "Something was added for {n} people.", merged).format(n=merged)
        )
    return " ".join(said) or _("Nothing was brought in.")
