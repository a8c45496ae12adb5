"""What of a result matched: the piece of text in which the words stand, and the words as they are written there."""

from __future__ import annotations

from planner.plan.folded import matches, may_match

NO_BREAK = "\u00a0"

PIECE = 90
"""Longer pieces are cut round what matched."""

_LOOKED_AT = 600
"""Letters of a piece that are looked at closely at a time, so that long notes keep nobody waiting."""


def matched_words(text: str, query: str) -> tuple[str, ...]:
    """The words of ``text``, as they are written, that begin like a word of ``query``, or the number it is part of."""
    return tuple(dict.fromkeys(text[start:end] for start, end in matches(text, query)))


def matched_piece(pieces: str, title: str, query: str) -> str:
    """The line of ``pieces`` other than the title in which most of the words match, the first of several.

    Empty when only the title has them. Cut round the first match where it is long. Of an answer, which has its question
    and a tab before it, the answer counts more.
    """
    best, most = "", (0, False)
    for piece in pieces.split("\n"):
        question, _tab, answer = piece.partition("\t")
        near, words = _near(f"{question} {answer}".strip(), query) if piece != title else ("", 0)
        found = (words, bool(words and answer) and may_match(answer, query))
        if found > most:
            best, most = near, found
    return best


def covered(number: str, query: str) -> tuple[str, tuple[str, ...]]:
    """A phone number with dots in the place of what was not typed, and the part that was; as on a person's card.

    Whoever looks over a shoulder is not shown nine numbers for three digits. What is no number stays as it is.
    """
    places = [at for at, sign in enumerate(number) if sign.isdigit()]
    if not places or any(sign.isalpha() for sign in number):
        return number, matched_words(number, query)
    wanted = "".join(sign for sign in query if sign.isdigit())
    begin = "".join(number[at] for at in places).find(wanted)
    shown = places[begin : begin + len(wanted)] if wanted and begin >= 0 else []
    kept = set(shown)
    dotted = "".join("•" if sign.isdigit() and at not in kept else sign for at, sign in enumerate(number))
    return dotted, (dotted[shown[0] : shown[-1] + 1],) if shown else ()


def _near(piece: str, query: str) -> tuple[str, int]:
    """A piece, cut where it is long, and how many different words in it match."""
    for begin in range(0, max(len(piece), 1), _LOOKED_AT):
        part = piece[begin : begin + _LOOKED_AT + PIECE]
        spans = matches(part, query) if may_match(part, query) else []
        if spans:
            words = {part[start:end].casefold() for start, end in spans}
            return _short(piece, begin + spans[0][0], begin + spans[0][1]), len(words)
    return "", 0


def _short(piece: str, first: int, after: int) -> str:
    if len(piece) <= PIECE:
        return piece
    start = max(0, first - PIECE // 3)
    if start:
        start = min(piece.find(" ", start) + 1 or start, first)
    end = min(len(piece), max(start + PIECE, after))
    if end < len(piece):
        end = max(piece.rfind(" ", start, end), after)
    return f"{'…' + NO_BREAK if start else ''}{piece[start:end]}{NO_BREAK + '…' if end < len(piece) else ''}"
