"""Cards of people on their way out: vCard 3.0 (RFC 2426) or 4.0 (RFC 6350), and only what a card may carry.

Nothing here knows notes, rules for reaching somebody, circles, or people she keeps away from: :class:`CardOut` has no
place for them. No program, day or place is named, and the UID is random each time, so that two files have nothing in
common that was not chosen.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from planner.exchange.cards_phone import safe_types

FOLD = 75
"""Octets of a line, without its end (RFC 6350, section 3.2)."""
_LANGUAGE = re.compile(r"[a-z]{2,3}")


class Version(StrEnum):
    """Which form of card."""

    THREE = "3.0"
    FOUR = "4.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardOut:
    """Everything of somebody that can stand on a card. ``phones`` are numbers, each with her label.

    Of a label only what is the same for everyone leaves (home, work, mobile, fax); of the languages those that are
    known by a code, and in 4.0 alone: 3.0 has no line for them.
    """

    name: str
    organisation: str = ""
    role: str = ""
    phones: tuple[tuple[str, str], ...] = ()
    email: str = ""
    languages: tuple[str, ...] = ()


def write_cards(cards: Sequence[CardOut], version: Version) -> bytes:
    """The file, in UTF-8 with CRLF."""
    return b"".join(folded(line) for card in cards for line in _lines(card, version))


def _lines(card: CardOut, version: Version) -> list[str]:
    four = version is Version.FOUR
    name = escaped(card.name)
    lines = ["BEGIN:VCARD", f"VERSION:{version}", f"UID:urn:uuid:{uuid.uuid4()}", f"FN:{name}"]
    # Which word is the family's name differs from place to place; nobody asked her.
    lines.append(f"N:;{name};;;")
    if card.organisation:
        lines.append(f"ORG:{escaped(card.organisation)}")
    if card.role:
        lines.append(f"TITLE:{escaped(card.role)}")
    for number, label in card.phones:
        types = "".join(f";TYPE={each}" for each in safe_types(label))
        lines.append(f"TEL{types}:{escaped(number)}")
    if card.email:
        lines.append(f"EMAIL{'' if four else ';TYPE=INTERNET'}:{escaped(card.email)}")
    if four:
        lines += [f"LANG:{each}" for each in card.languages if _LANGUAGE.fullmatch(each)]
    return [*lines, "END:VCARD"]


def escaped(text: str) -> str:
    """Text as it stands in a value (RFC 6350, section 3.4); no other sign below a space has a place there."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(sign for sign in text if sign in "\n\t" or (sign >= " " and sign != "\x7f"))
    for sign, written in (("\\", "\\\\"), (",", "\\,"), (";", "\\;"), ("\n", "\\n")):
        text = text.replace(sign, written)
    return text


def folded(line: str) -> bytes:
    """One line with its end, broken after :data:`FOLD` octets, never inside of a letter."""
    raw = line.encode("utf-8", "replace")
    parts: list[bytes] = []
    room = FOLD
    while len(raw) > room:
        at = room
        while raw[at] & 0xC0 == 0x80:
            at -= 1
        parts.append(raw[:at])
        raw = raw[at:]
        room = FOLD - 1  # the space before it counts
    return b"\r\n ".join([*parts, raw]) + b"\r\n"
