"""What of a result matched: the piece of text in which the words stand, and the words as they are written there."""

from __future__ import annotations

import unicodedata

PIECE = 90
"""Longer pieces are cut round what matched."""


def folded(text: str) -> str:
    """``text`` without accents and case, letter for letter as long as before."""
    return "".join(_fold(each) for each in text)


def _fold(letter: str) -> str:
    plain = "".join(each for each in unicodedata.normalize("NFD", letter) if not unicodedata.combining(each))
    lower = plain.casefold()
    # A letter that turns into several would move all that follow.
    return lower[0] if lower else letter


def matched_words(text: str, query: str) -> tuple[str, ...]:
    """The words of ``text``, as they are written, that begin like a word of ``query``, or the digits of a number."""
    wanted = _cut(folded(query))
    found = []
    plain = folded(text)
    for start, end in _spans(plain):
        if any(plain[start:end].startswith(each) for each in wanted):
            found.append(text[start:end])
    if not found and _has_number(text, query):
        found.append(text)
    return tuple(dict.fromkeys(found))


def matched_piece(pieces: str, title: str, query: str) -> str:
    """The first line of ``pieces`` other than the title in which a word matches; "" when only the title does."""
    for piece in pieces.split("\n"):
        if piece != title and matched_words(piece, query):
            return _short(piece, query)
    return ""


def _short(piece: str, query: str) -> str:
    if len(piece) <= PIECE:
        return piece
    first = piece.find(matched_words(piece, query)[0])
    start = max(0, first - PIECE // 3)
    if start:
        start = piece.find(" ", start) + 1 or start
    end = min(len(piece), start + PIECE)
    if end < len(piece):
        end = max(piece.rfind(" ", start, end), first + 1)
    return f"{'… ' if start else ''}{piece[start:end]}{' …' if end < len(piece) else ''}"


def _cut(text: str) -> list[str]:
    return [text[start:end] for start, end in _spans(text)]


def _spans(text: str) -> list[tuple[int, int]]:
    """Where words begin and end."""
    spans = []
    start = -1
    for place, each in enumerate(f"{text} "):
        letter = unicodedata.category(each)[0] in "LNM"
        if letter and start < 0:
            start = place
        elif not letter and start >= 0:
            spans.append((start, place))
            start = -1
    return spans


def _has_number(text: str, query: str) -> bool:
    wanted = "".join(each for each in query if each.isdigit())
    return len(wanted) >= 3 and wanted in "".join(each for each in text if each.isdigit())
