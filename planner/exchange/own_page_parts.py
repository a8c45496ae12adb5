"""What of her own page stands on paper and on the card for the wallet, and what a finder would learn from them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planner.exchange.gate import phone_like, stands_in
from planner.plan.safety import SafetyGroup, SafetyLine
from planner.words import _, n_

ROOM = 7
"""Lines on one card: an ID-1 card (ISO/IEC 7810, 85.6 by 54 mm) at the size of the text."""

LETTERS = 34
"""Letters that fit on one line of a card beside a number."""

_LONGEST = 200

MARKED = frozenset({SafetyGroup.WAY_OUT, SafetyGroup.CONTACTED, SafetyGroup.DEVICE, SafetyGroup.SIGN})
"""Groups whose lines say more than a name; on a card they stand only where each was chosen by itself."""

# What makes a stranger ask. Stems, because endings differ; whole beginnings of words, because "courtyard" is no court
# only to a person: better one question too many.
_TELLING = (
    *("shelter", "safe house", "safehouse", "advocate", "police", "officer", "detective", "hotline", "helpline"),
    *("traffick", "abus", "pimp", "victim", "survivor", "lawyer", "attorney", "court", "judge", "immigra", "visa"),
    *("therap", "counsel", "caseworker", "case worker", "social worker", "clinic", "crisis", "code word", "escape"),
    *("refugio", "albergue", "casa segura", "policía", "policia", "línea de ayuda", "linea de ayuda", "trata"),
    *("víctima", "victima", "sobreviviente", "abogad", "corte", "juez", "jueza", "migra", "terap", "consejer"),
    *("trabajadora social", "trabajador social", "clínica", "clinica", "palabra clave", "escap"),
)
_TELLING_PATTERN = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(each) for each in _TELLING)})\w*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPaper:
    """The lines that were chosen for a card, in their order. ``size`` is the paper on which it is printed."""

    lines: tuple[SafetyLine, ...] = ()
    careful: tuple[str, ...] = ()
    """Names of people she keeps away from: no card names them unnoticed."""
    size: str = "a4"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPagePaper:
    """The groups that were chosen. ``title`` stands at the top; empty: none does."""

    lines: tuple[SafetyLine, ...] = ()
    groups: frozenset[SafetyGroup] = frozenset(SafetyGroup)
    title: str = ""
    careful: tuple[str, ...] = ()
    size: str = "a4"

    def chosen(self) -> tuple[SafetyLine, ...]:
        """The lines that stand on the pages."""
        return tuple(each for each in self.lines if each.group in self.groups and not each.removed)


def card_words(line: SafetyLine) -> str:
    """What the card says of a line: the words for the card, or the line itself."""
    return " ".join((line.card_words.strip() or line.line).split())


def on_card(lines: Sequence[SafetyLine]) -> tuple[SafetyLine, ...]:
    """Those that were chosen for the card and are still there; people and places first."""
    there = [each for each in lines if each.on_card and not each.removed and (card_words(each) or each.phone)]
    return tuple(sorted(there, key=lambda each: each.group not in (SafetyGroup.PERSON, SafetyGroup.PLACE)))


def cards_of(paper: CardPaper) -> list[list[tuple[str, str]]]:
    """For each card that is needed its rows: words and number; not one word of ours stands on it."""
    cards: list[list[tuple[str, str]]] = [[]]
    room = ROOM
    for each in on_card(paper.lines):
        words = card_words(each)
        words = words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()} …"
        needed = max(1, -(-len(words) // LETTERS))
        if needed > room and cards[-1]:
            cards.append([])
            room = ROOM
        cards[-1].append((words, each.phone))
        room -= needed
    return [each for each in cards if each]


def card_reveals(paper: CardPaper) -> list[str]:
    """What someone who finds the card would learn, as plain sentences."""
    lines = on_card(paper.lines)
    if not lines:
        return [_("Nothing is on the card yet. Tick one line after the other.")]
    return [
        *_counted(lines, card=True),
        *_telling([card_words(each) for each in lines]),
        *_careful(paper.careful, [card_words(each) for each in lines]),
        *_cards(paper),
    ]


def _cards(paper: CardPaper) -> Iterator[str]:
    many = len(cards_of(paper))
    if many > 1:
        yield n_("It fills {n} card.", "It fills {n} cards.", many).format(n=many)
    yield _("No title, no name of this program and no day stand on it.")


def page_reveals(paper: OwnPagePaper) -> list[str]:
    """What someone who reads the pages would learn."""
    lines = paper.chosen()
    if not lines:
        return [_("Nothing of yours is on these pages yet.")]
    title = paper.title.strip()
    head = [_("At the top it says “{title}”.").format(title=" ".join(title.split()))] if title else []
    words = [each.line for each in lines]
    return [*_counted(lines, card=False), *head, *_telling(words), *_careful(paper.careful, words)]


def _counted(lines: Sequence[SafetyLine], *, card: bool) -> Iterator[str]:
    """By groups; what could lead to her or to others comes first."""

    def many(group: SafetyGroup) -> int:
        return sum(each.group is group for each in lines)

    numbers = sum(bool(each.phone.strip()) for each in lines)
    numbers += sum(phone_like(card_words(each) if card else each.line) for each in lines)
    if numbers:
        yield n_("It shows {n} phone number.", "It shows {n} phone numbers.", numbers).format(n=numbers)
    if n := many(SafetyGroup.PERSON):
        yield n_("It names {n} person you can turn to.", "It names {n} people you can turn to.", n).format(n=n)
    if n := many(SafetyGroup.PLACE):
        yield n_("It names {n} place where you may be.", "It names {n} places where you may be.", n).format(n=n)
    if n := many(SafetyGroup.WAY_OUT):
        yield n_("It tells {n} of your ways out.", "It tells {n} of your ways out.", n).format(n=n)
    if n := many(SafetyGroup.CONTACTED):
        yield n_(
            "It tells {n} thing you do when somebody writes or calls.",
            "It tells {n} things you do when somebody writes or calls.",
            n,
        ).format(n=n)
    if n := many(SafetyGroup.DEVICE):
        yield n_(
            "It tells {n} thing about your phone or accounts.", "It tells {n} things about your phone or accounts.", n
        ).format(n=n)
    if n := many(SafetyGroup.SIGN):
        yield n_("It tells {n} sign of a hard day.", "It tells {n} signs of a hard day.", n).format(n=n)
    if n := many(SafetyGroup.CALM):
        yield n_("It tells {n} thing that calms you.", "It tells {n} things that calm you.", n).format(n=n)


def telling_words(text: str) -> tuple[str, ...]:
    """The words of a line that would make a stranger ask, as they stand there, each once."""
    found = (each.group(0) for each in _TELLING_PATTERN.finditer(text))
    return tuple({each.casefold(): each for each in found}.values())


def _telling(texts: Sequence[str]) -> Iterator[str]:
    words = dict.fromkeys(word for each in texts for word in telling_words(each))
    if words:
        quoted = ", ".join(_("“{words}”").format(words=each) for each in words)
        yield _("These words tell a stranger a lot: {words}. A plain name may be safer.").format(words=quoted)


def _careful(names: Sequence[str], texts: Sequence[str]) -> Iterator[str]:
    away = sum(stands_in(each, texts) for each in names)
    if away:
        yield n_("It names {n} person you keep away from.", "It names {n} people you keep away from.", away).format(
            n=away
        )
