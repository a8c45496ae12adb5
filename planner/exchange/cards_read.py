"""Cards of people (.vcf: vCard 2.1, 3.0, 4.0) as this notebook can keep them.

Pictures and sounds are never decoded; what has no place here is counted, so that it can be said in words.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from planner.exchange.cards_phone import USUAL_REGION, from_uri, label_words, readable, same_as
from planner.exchange.cards_text import Progress, Property, RawCard, parts_of, raw_cards, unescaped

MOST_NAME = 200
MOST_NOTE = 4000
MOST_ENTRIES = 20
"""Numbers, addresses or languages of one card."""
_UNSEEN = frozenset({"Cf", "Cs", "Cn", "Co"})
"""Kinds of signs (Unicode) that turn others round, belong to one program alone, or are none."""
MOST_ALIKE = 100
"""Properties of one name that are looked at."""


class Why(StrEnum):
    """Why a card was not understood."""

    NOTHING = "nothing"
    NO_END = "no-end"
    TOO_LONG = "too-long"


class LeftOut(StrEnum):
    """What of a card has no place here."""

    PICTURES = "pictures"
    SOUNDS = "sounds"
    ADDRESSES = "addresses"
    BIRTHDAYS = "birthdays"
    OTHER = "other"
    GROUPS = "groups"
    TOO_LONG = "too-long"


LEFT_OUT: dict[str, LeftOut] = {
    **dict.fromkeys(("PHOTO", "LOGO"), LeftOut.PICTURES),
    "SOUND": LeftOut.SOUNDS,
    **dict.fromkeys(("ADR", "LABEL", "GEO"), LeftOut.ADDRESSES),
    **dict.fromkeys(("BDAY", "ANNIVERSARY", "DEATHDATE"), LeftOut.BIRTHDAYS),
    **dict.fromkeys(("URL", "IMPP", "RELATED", "CATEGORIES", "KEY", "GENDER", "X-SOCIALPROFILE"), LeftOut.OTHER),
}


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as it is read here, and the words about it."""

    number: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """Somebody, as one card says it. ``number`` counts the cards of the file from 1. ``emails`` has the best first."""

    number: int
    name: str = ""
    organisation: str = ""
    role: str = ""
    phones: tuple[Phone, ...] = ()
    emails: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    note: str = ""
    uid: str = ""


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A card that could not be used, with as much of its name as there was."""

    number: int
    why: Why
    name: str = ""


@dataclass(frozen=True, slots=True)
class CardFile:
    """Everything that stood in a file of cards."""

    cards: tuple[Card, ...] = ()
    not_understood: tuple[NotUnderstood, ...] = ()
    left_out: Mapping[LeftOut, int] = field(default_factory=dict)


def read_cards(data: bytes, progress: Progress, region: str = USUAL_REGION) -> CardFile:
    """Read every card of a file; ``region`` (two letters) is where numbers without a country are from.

    ``progress(done, total)`` counts bytes and may raise to stop.

    Raises:
        CardTrouble: there is no card in it, or there is too much.
    """
    cards: list[Card] = []
    odd: list[NotUnderstood] = []
    left: Counter[LeftOut] = Counter()
    for raw in raw_cards(data, progress):
        if _is_group(raw):
            left[LeftOut.GROUPS] += 1
            continue
        card = _card(raw, region)
        why = _why_not(raw, card)
        if why is not None:
            odd.append(NotUnderstood(raw.number, why, card.name or card.organisation))
            continue
        cards.append(card)
        left.update(kind for each in raw.properties if (kind := LEFT_OUT.get(each.name)) is not None)
        left[LeftOut.TOO_LONG] += sum(each.cut and each.name not in LEFT_OUT for each in raw.properties)
    return CardFile(tuple(cards), tuple(odd), {kind: left[kind] for kind in LeftOut if left[kind]})


def _is_group(raw: RawCard) -> bool:
    """A list of other cards (RFC 6350, section 6.1.4; Apple's own name for it before)."""
    kinds = {each.value.strip().lower() for each in raw.properties if each.name in {"KIND", "X-ADDRESSBOOKSERVER-KIND"}}
    return "group" in kinds


def _why_not(raw: RawCard, card: Card) -> Why | None:
    if not raw.ended:
        return Why.NO_END
    if raw.too_many:
        return Why.TOO_LONG
    return None if card.name or card.phones or card.emails else Why.NOTHING


def _card(raw: RawCard, region: str) -> Card:
    known: dict[str, list[Property]] = {}
    for each in raw.properties:
        if not each.cut and len(known.setdefault(each.name, [])) < MOST_ALIKE:
            known[each.name].append(each)
    for alike in known.values():
        alike.sort(key=lambda each: each.preference)
    phones = _phones(known, region)
    emails = _each_once(_email(each.value) for each in known.get("EMAIL", ()))
    organisation = ", ".join(filter(None, (one_line(unescaped(part)) for part in parts_of(_first(known, "ORG")))))
    name = _name(known) or organisation or (emails[0] if emails else "") or (phones[0].number if phones else "")
    company = organisation if organisation != name else ""
    return Card(
        number=raw.number,
        name=name[:MOST_NAME],
        organisation=company[:MOST_NAME],
        role=one_line(unescaped(_first(known, "TITLE") or _first(known, "ROLE"))),
        phones=phones,
        emails=emails,
        languages=_each_once(_language(each.value) for each in known.get("LANG", ())),
        note=many_lines("\n".join(unescaped(each.value) for each in known.get("NOTE", ()))),
        uid=one_line(unescaped(_first(known, "UID"))).removeprefix("urn:uuid:"),
    )


def _first(known: Mapping[str, list[Property]], name: str) -> str:
    return next((each.value for each in known.get(name, ()) if each.value.strip()), "")


def _name(known: Mapping[str, list[Property]]) -> str:
    """FN; else the parts of N in the order in which they are said; else a nickname."""
    shown = one_line(unescaped(_first(known, "FN")))
    if shown:
        return shown
    family, given, more, before, after, *_rest = [*parts_of(_first(known, "N")), "", "", "", "", ""]
    said = (" ".join(unescaped(each) for each in parts_of(part, ",")) for part in (before, given, more, family, after))
    return one_line(" ".join(said)) or one_line(unescaped(parts_of(_first(known, "NICKNAME"), ",")[0]))


def _phones(known: Mapping[str, list[Property]], region: str) -> tuple[Phone, ...]:
    labels = {each.group: each.value for each in known.get("X-ABLABEL", ()) if each.group}
    found: dict[str, Phone] = {}
    for each in known.get("TEL", ()):
        number = one_line(from_uri(unescaped(each.value)))
        if not any(sign.isdigit() for sign in number):
            continue
        shown = readable(number, region)
        label = one_line(label_words(each.types, unescaped(labels.get(each.group, ""))))
        found.setdefault(same_as(number, region) or shown, Phone(shown, label))
    return tuple(found.values())[:MOST_ENTRIES]


def _email(value: str) -> str:
    text = one_line(unescaped(value))
    return text[7:] if text.lower().startswith("mailto:") else text


def _language(value: str) -> str:
    """The language of a language tag (RFC 5646), without its region; words are kept as they are."""
    text = one_line(unescaped(value))
    tag = re.fullmatch(r"([A-Za-z]{2,3})([-_][A-Za-z0-9]{1,8})*", text)
    return tag.group(1).lower() if tag else text


def _each_once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, values)))[:MOST_ENTRIES]


def one_line(text: str, most: int = MOST_NAME) -> str:
    """Words on one line, without signs that cannot be seen or that turn the order of others round."""
    return " ".join(_seen(text[: most * 4]).split())[:most].rstrip()


def many_lines(text: str, most: int = MOST_NOTE) -> str:
    """The same, where lines may stand under each other."""
    lines = (" ".join(_seen(each).split()) for each in text[: most * 4].splitlines())
    return "\n".join(lines).strip()[:most].rstrip()


def _seen(text: str) -> str:
    """Letters, marks and spaces; joiners within words stay, they carry meaning in some scripts."""
    kept = []
    for sign in text:
        category = unicodedata.category(sign)
        if sign in "\u200c\u200d" or category not in _UNSEEN:
            kept.append(" " if category == "Cc" else sign)
    return unicodedata.normalize("NFC", "".join(kept))
