"""Whom a card is about: somebody who is here already, somebody of the same file, or somebody new.

Nothing here writes. What is found is only offered; she chooses, field by field.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from planner.exchange.cards_phone import same_as
from planner.exchange.cards_read import Card, CardFile, LeftOut, NotUnderstood
from planner.plan.records import Ring, SupportContact
from planner.words import _

Progress = Callable[[int, int], None]
_ASK_EVERY = 16

FIELDS = ("name", "organisation", "role", "phones", "email", "languages", "note")
"""What a card can bring, in the order in which it is shown."""


class By(StrEnum):
    """By what a card is like somebody."""

    UID = "uid"
    PHONE = "phone"
    EMAIL = "email"
    NAME = "name"


class Keep(StrEnum):
    """Which of two values stays."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


class What(StrEnum):
    """What becomes of a card."""

    NEW = "new"
    MERGE = "merge"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class FieldPair:
    """One field in which a card has something else. ``offered`` are the choices, ``usual`` the one made for her."""

    name: str
    mine: Any
    theirs: Any
    offered: tuple[Keep, ...]
    usual: Keep


@dataclass(frozen=True, slots=True)
class Arriving:
    """One card, and the contact it would be. ``key`` names it among the cards of its file."""

    key: str
    card: Card
    contact: SupportContact


@dataclass(frozen=True, slots=True)
class Alike:
    """A card and whom it is like. ``usual`` is what becomes of it unless she says otherwise.

    ``earlier`` is the key of an earlier card of the file where it is like that one; then ``existing`` is the contact
    which that card would be.
    """

    arriving: Arriving
    existing: SupportContact
    by: tuple[By, ...]
    fields: tuple[FieldPair, ...] = ()
    usual: What = What.MERGE
    earlier: str = ""


@dataclass(frozen=True, slots=True)
class CardsPreview:
    """What a file would bring to the people of ``person``.

    ``same`` are here with all that their card says; ``careful`` are like somebody she keeps away from; ``twice``
    counts cards that say nothing beyond an earlier one of the file.
    """

    person: str
    new: tuple[Arriving, ...] = ()
    same: tuple[Alike, ...] = ()
    alike: tuple[Alike, ...] = ()
    careful: tuple[Alike, ...] = ()
    twice: int = 0
    not_understood: tuple[NotUnderstood, ...] = ()
    left_out: Mapping[LeftOut, int] = field(default_factory=dict)


def as_contact(card: Card) -> SupportContact:
    """The contact that a card would be. It has one e-mail address; others go into the note."""
    more = [_("E-mail: {address}").format(address=each) for each in card.emails[1:]]
    return SupportContact(
        name=card.name,
        organisation=card.organisation,
        role=card.role,
        phones=tuple({"number": each.number, "label": each.label} for each in card.phones),
        email=card.emails[0] if card.emails else "",
        languages=card.languages,
        note="\n".join(filter(None, (card.note, *more))),
        uid=card.uid,
        ring=Ring.AROUND,
    )


def bare(text: str) -> str:
    """Letters and numbers without accents, in small letters, to compare names by."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(" " if not (sign.isalnum() or unicodedata.combining(sign)) else sign for sign in plain)
    return " ".join("".join(sign for sign in kept if not unicodedata.combining(sign)).split())


def compare(
    person: str, found: CardFile, contacts: Sequence[SupportContact], region: str, progress: Progress
) -> CardsPreview:
    """Sort the cards of a file by whom they are about; ``contacts`` is everybody who is here already.

    ``progress(done, total)`` counts cards and may raise to stop.
    """
    work = _Comparing(contacts, found.cards, region)
    for number, card in enumerate(found.cards):
        if number % _ASK_EVERY == 0:
            progress(number, len(found.cards))
        work.take(card)
    return CardsPreview(
        person,
        tuple(work.new),
        tuple(work.same),
        tuple(work.alike),
        tuple(work.careful),
        work.twice,
        found.not_understood,
        found.left_out,
    )


def _signs(contact: SupportContact, emails: Iterable[str], region: str) -> list[tuple[By, str]]:
    """Everything by which somebody can be known again."""
    signs = [(By.UID, contact.uid.lower()), (By.NAME, bare(contact.name))]
    signs += [(By.PHONE, same_as(each.get("number", ""), region)) for each in contact.phones]
    signs += [(By.EMAIL, each.strip().casefold()) for each in emails]
    return [(by, sign) for by, sign in dict.fromkeys(signs) if sign]


def careful_signs(contacts: Iterable[SupportContact], region: str) -> frozenset[tuple[By, str]]:
    """Everything by which these people can be known again."""
    return frozenset(sign for each in contacts for sign in _signs(each, (each.email,), region))


def is_like(arriving: Arriving, signs: frozenset[tuple[By, str]], region: str) -> bool:
    """Whether a card has one of these signs."""
    return bool(signs) and not signs.isdisjoint(_signs(arriving.contact, arriving.card.emails, region))


class _Comparing:
    def __init__(self, contacts: Sequence[SupportContact], cards: Sequence[Card], region: str) -> None:
        self._region = region
        self._known: dict[tuple[By, str], list[SupportContact]] = {}
        self._earlier: dict[tuple[By, str], list[Arriving]] = {}
        self._shared: Counter[str] = Counter()
        self.new: list[Arriving] = []
        self.same: list[Alike] = []
        self.alike: list[Alike] = []
        self.careful: list[Alike] = []
        self.twice = 0
        for each in contacts:
            for sign in _signs(each, (each.email,), region):
                self._known.setdefault(sign, []).append(each)
        # A number with several names behind it is that of an office or a home.
        names: dict[str, set[str]] = {}
        for name, numbers in (
            *((each.name, [one.get("number", "") for one in each.phones]) for each in contacts),
            *((each.name, [one.number for one in each.phones]) for each in cards),
        ):
            for number in numbers:
                names.setdefault(same_as(number, region), set()).add(bare(name))
        self._shared.update({number: len(those) for number, those in names.items()})

    def take(self, card: Card) -> None:
        """Find out whom one card is about."""
        arriving = Arriving(str(card.number), card, as_contact(card))
        signs = _signs(arriving.contact, card.emails, self._region)
        if not self._like_somebody(arriving, signs) and not self._like_earlier(arriving, signs):
            self.new.append(arriving)
        for sign in signs:
            self._earlier.setdefault(sign, []).append(arriving)

    def _like_somebody(self, arriving: Arriving, signs: list[tuple[By, str]]) -> bool:
        by: dict[str, list[By]] = {}
        people: dict[str, SupportContact] = {}
        for sign in signs:
            for each in self._known.get(sign, ()):
                people[each.id] = each
                by.setdefault(each.id, []).append(sign[0])
        if not people:
            return False
        # Somebody she keeps away from is never hidden behind somebody else whom the card is also like.
        order = sorted(people.values(), key=lambda each: (not each.to_be_careful_with, -len(set(by[each.id])), each.id))
        best = order[0]
        reasons = tuple(kind for kind in By if kind in by[best.id])
        fields = pairs(best, arriving.contact, self._region)
        if best.to_be_careful_with:
            self.careful.append(Alike(arriving, best, reasons, (), What.LEAVE))
        elif not fields:
            self.same.append(Alike(arriving, best, reasons, (), What.LEAVE))
        else:
            usual = self._usual(best, arriving.contact, reasons)
            self.alike.append(Alike(arriving, best, reasons, fields, usual))
        return True

    def _like_earlier(self, arriving: Arriving, signs: list[tuple[By, str]]) -> bool:
        """Two cards of one file are about one person when their names go together; an office shares a number."""
        by: dict[str, list[By]] = {}
        cards: dict[str, Arriving] = {}
        for sign in signs:
            for each in self._earlier.get(sign, ()):
                if sign[0] is By.UID or _go_together(each.contact.name, arriving.contact.name):
                    cards[each.key] = each
                    by.setdefault(each.key, []).append(sign[0])
        if not cards:
            return False
        first = min(cards.values(), key=lambda each: (-len(set(by[each.key])), int(each.key)))
        reasons = tuple(kind for kind in By if kind in by[first.key])
        fields = pairs(first.contact, arriving.contact, self._region)
        if not fields:
            self.twice += 1
            return True
        usual = self._usual(first.contact, arriving.contact, reasons)
        self.alike.append(Alike(arriving, first.contact, reasons, fields, usual, first.key))
        return True

    def _usual(self, mine: SupportContact, theirs: SupportContact, by: tuple[By, ...]) -> What:
        """One person, unless only a name says so and every way to reach them differs, or an office's number does."""
        if by == (By.NAME,):
            reachable = (mine.phones or mine.email) and (theirs.phones or theirs.email)
            return What.NEW if reachable else What.MERGE
        if by == (By.PHONE,) and not _go_together(mine.name, theirs.name):
            numbers = {same_as(each.get("number", ""), self._region) for each in mine.phones}
            common = numbers & {same_as(each.get("number", ""), self._region) for each in theirs.phones}
            return What.NEW if any(self._shared[each] > 2 for each in common) else What.MERGE
        return What.MERGE


def _go_together(first: str, second: str) -> bool:
    """Whether two names can be one person's: the same, or one with fewer words."""
    one, other = set(bare(first).split()), set(bare(second).split())
    return bool(one and other) and (one <= other or other <= one)


# ---------------------------------------------------------------- field by field


def pairs(mine: SupportContact, theirs: SupportContact, region: str) -> tuple[FieldPair, ...]:
    """The fields in which ``theirs`` says more than ``mine`` or something else; hers stay, what is missing is added."""
    found: list[FieldPair] = []
    offered: tuple[Keep, ...]
    for name in FIELDS:
        old, new = getattr(mine, name), getattr(theirs, name)
        if not new or not _says_more(name, old, new, region):
            continue
        if not old:
            offered, usual = (Keep.THEIRS, Keep.MINE), Keep.THEIRS
        elif name in {"phones", "languages", "note"}:
            offered, usual = (Keep.BOTH, Keep.MINE, Keep.THEIRS), Keep.BOTH
        else:
            offered, usual = (Keep.MINE, Keep.THEIRS), Keep.MINE
        found.append(FieldPair(name, old, new, offered, usual))
    return tuple(found)


def _says_more(name: str, old: Any, new: Any, region: str) -> bool:
    if name == "phones":
        return bool(more_phones(old, new, region))
    if name == "languages":
        return bool(set(new) - set(old))
    if name == "note":
        return bool(_more_lines(old, new))
    if name == "email":
        return str(old).strip().casefold() != str(new).casefold()
    return bare(old) != bare(new)


def more_phones(
    old: Sequence[Mapping[str, str]], new: Sequence[Mapping[str, str]], region: str
) -> tuple[Mapping[str, str], ...]:
    """The numbers of ``new`` that ``old`` does not have, however they are written."""
    known = {_number(each, region) for each in old}
    return tuple(each for each in new if _number(each, region) not in known)


def _number(phone: Mapping[str, str], region: str) -> str:
    number = phone.get("number", "")
    return same_as(number, region) or number


def _more_lines(old: str, new: str) -> list[str]:
    known = {bare(line) for line in old.splitlines()}
    return [line for line in new.splitlines() if bare(line) not in known and line.strip()]


def kept_value(name: str, mine: Any, theirs: Any, keep: Keep, region: str) -> Any:
    """What a field holds after the choice."""
    if keep is Keep.MINE:
        return mine
    if keep is Keep.THEIRS or not mine:
        return theirs
    if name == "phones":
        return (*mine, *more_phones(mine, theirs, region))
    if name == "languages":
        return (*mine, *(each for each in theirs if each not in mine))
    if name == "note":
        return "\n".join([mine, *_more_lines(mine, theirs)])
    return mine
