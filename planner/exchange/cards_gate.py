"""The gate for cards of people: what of somebody can go onto a card, and what a reader of the file will learn.

A contact becomes a card here and nowhere else. Notes, rules for reaching somebody, what they know, circles and the word
between them have no way through: :class:`~planner.exchange.cards_write.CardOut` has no place for them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields

from planner.exchange.cards_phone import safe_types
from planner.exchange.cards_write import CardOut, Version
from planner.exchange.gate import Leaving, Left, PaperKind
from planner.plan.records import SupportContact
from planner.words import _, n_

_CODE = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True)
class CardParts:
    """What goes onto the cards beside the name."""

    phones: bool = True
    emails: bool = True
    organisations: bool = True
    roles: bool = True
    languages: bool = True

    def names(self) -> tuple[str, ...]:
        """The parts that are on, by the names of the activity log."""
        return tuple(each.name for each in fields(self) if getattr(self, each.name))


def cards_out(contacts: Sequence[SupportContact], parts: CardParts) -> list[CardOut]:
    """The cards of these people; somebody she keeps away from gets none, whoever asks."""
    return [_card(each, parts) for each in contacts if not each.to_be_careful_with and not each.removed]


def _card(contact: SupportContact, parts: CardParts) -> CardOut:
    name = contact.name.strip()
    organisation = contact.organisation.strip() if parts.organisations or not name else ""
    return CardOut(
        name=name or organisation,
        organisation=organisation,
        role=contact.role.strip() if parts.roles else "",
        phones=tuple(_phones(contact)) if parts.phones else (),
        email=contact.email.strip() if parts.emails else "",
        languages=tuple(each for each in contact.languages if _CODE.fullmatch(each)) if parts.languages else (),
    )


def _phones(contact: SupportContact) -> list[tuple[str, str]]:
    """The numbers; of a label only the words that are the same for everyone."""
    found = []
    for each in contact.phones:
        number, label = each.get("number", "").strip(), each.get("label", "")
        if number:
            found.append((number, ",".join(safe_types(label))))
    return found


def cards_reveal(cards: Sequence[CardOut], version: Version) -> list[str]:
    """What somebody who opens the file will learn, as plain sentences."""
    if not cards:
        return [_("No card is chosen yet.")]
    said = [n_("It names {n} person.", "It names {n} people.", len(cards)).format(n=len(cards))]
    numbers = sum(len(each.phones) for each in cards)
    if numbers:
        said.append(n_("It shows {n} phone number.", "It shows {n} phone numbers.", numbers).format(n=numbers))
    emails = sum(bool(each.email) for each in cards)
    if emails:
        said.append(n_("It shows {n} e-mail address.", "It shows {n} e-mail addresses.", emails).format(n=emails))
    places = {each.organisation.casefold() for each in cards if each.organisation}
    if places:
        said.append(
            n_("It names {n} office or group.", "It names {n} offices or groups.", len(places)).format(n=len(places))
        )
    roles = sum(bool(each.role) for each in cards)
    if roles and len(cards) == 1:
        said.append(_("It says who this is, in your words."))
    elif roles:
        said.append(
            n_(
                "It says who {n} of them is, in your words.", "It says who {n} of them are, in your words.", roles
            ).format(n=roles)
        )
    speak = sum(bool(each.languages) for each in cards) if version is Version.FOUR else 0
    if speak and len(cards) == 1:
        said.append(_("It says which languages they speak."))
    elif speak:
        said.append(
            n_(
                "It says which languages {n} of them speaks.", "It says which languages {n} of them speak.", speak
            ).format(n=speak)
        )
    return said


def never_on_cards() -> str:
    """What stays here in any case, in words."""
    return _(
        "Never on a card: your notes, how to reach somebody safely, what they know, how close they are. "
        "People you keep away from get no card."
    )


def cards_leaving(person: str, cards: Sequence[CardOut], version: Version) -> Leaving:
    """The line of the activity log: which parts were really on the cards, and nothing of what they say."""
    on = {
        "people": True,
        "phones": any(each.phones for each in cards),
        "emails": any(each.email for each in cards),
        "organisations": any(each.organisation for each in cards),
        "roles": any(each.role for each in cards),
        "languages": version is Version.FOUR and any(each.languages for each in cards),
    }
    return Leaving(
        what=Left.SAVED_OPEN,
        paper=PaperKind.CARDS,
        parts=tuple(name for name, there in on.items() if there),
        person=person,
    )
