"""Words as they are looked for: without case, without accents, in any script, each one found by its beginning.

Both sides go through here, what is kept in the index and what is typed, so that they are cut alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

# Letters that no normalisation takes apart, as people type them who lack the key; Arabic letters that stand for others.
_SPECIAL = dict(
    (
        *(("ł", "l"), ("ø", "o"), ("đ", "d"), ("ħ", "h"), ("ŧ", "t"), ("ı", "i"), ("ð", "d"), ("þ", "th")),
        *(("æ", "ae"), ("œ", "oe"), ("ŋ", "n")),
        *(("ى", "ي"), ("ة", "ه"), ("ک", "ك"), ("ی", "ي"), ("ہ", "ه"), ("ھ", "ه"), ("ـ", "")),
        *((each, " ") for each in "ʹʺʻʼʽʾʿˈ\u200b"),
    )
)
# Scripts written without spaces: each character is a word, and what is typed is looked for as characters in a row.
_UNSPACED = (
    (0x0E01, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Burmese
    (0x1780, 0x17FF),  # Khmer
    (0x3005, 0x3007),
    (0x3031, 0x30FF),  # kana
    (0x31F0, 0x31FF),
    (0x3400, 0x9FFF),  # Han
    (0x20000, 0x3FFFF),
)
# The vowel marks of the scripts above have a class below this one, or none; accents and points have a higher one.
_ACCENT = 10
# Parts with an apostrophe or a hyphen between them are also found as one word; a number has other ways.
_JOINS = "'’ʼʻ-"
_JOINED = re.compile(rf"(?![\d{_JOINS}]+(?![^\W\d]))[^\W_]+(?:[{_JOINS}][^\W_]+)+")
_NUMBER = re.compile(r"\+?\(?\d[\d\s()./-]{4,22}\d")
_PART_OF_NUMBER = re.compile(r"[\d\s()+./-]+")
_ARTICLE = "ال"
_MOST_CHARACTERS = 40
FEWEST_DIGITS = 3
"""Fewer digits would be a part of nearly every number."""
_MOST_DIGITS = 20


class _Folds(dict[int, str]):
    """What a character becomes, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        found = self[code] = "".join(_fold(each) for each in _apart(chr(code)))
        return found


def _apart(letter: str) -> str:
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", letter).casefold())


def _fold(letter: str) -> str:
    if letter in _SPECIAL:
        return _SPECIAL[letter]
    if unicodedata.combining(letter) >= _ACCENT:
        return ""
    category = unicodedata.category(letter)
    if category == "Nd":
        return str(unicodedata.digit(letter))
    code = ord(letter)
    if category == "Cf" or 0xFE00 <= code <= 0xFE0F:
        return ""
    if category[0] not in "LMN":
        return " "
    return f" {letter} " if any(first <= code <= last for first, last in _UNSPACED) else letter


_FOLDS = _Folds()


def folded(text: str) -> list[str]:
    """The words of ``text``, in their order; characters of a script without spaces are words of their own."""
    return text.translate(_FOLDS).split()


def kept_words(text: str) -> list[str]:
    """The words by which ``text`` is kept: its own, and after them other ways in which people write some of them."""
    words = folded(text)
    joined = ["".join(folded(each)) for each in _JOINED.findall(text)] if any(each in text for each in _JOINS) else []
    bare = [each[len(_ARTICLE) :] for each in words if each.startswith(_ARTICLE) and len(each) > len(_ARTICLE) + 1]
    return words + joined + bare


def asked_words(text: str, most: int) -> list[list[str]]:
    """What is looked for, at most so many words, each as the words that have to stand in a row; the last may go on."""
    asked = [folded(each) for each in re.split(r"\s+", text)]
    apart: list[list[str]] = []
    for words in asked:
        row: list[str] = []
        for word in words[:_MOST_CHARACTERS]:
            if _unspaced(word):
                row.append(word)
                continue
            apart += [row] if row else []
            apart.append([word])
            row = []
        apart += [row] if row else []
    return apart[:most]


def _unspaced(word: str) -> bool:
    return len(word) == 1 and any(first <= ord(word) <= last for first, last in _UNSPACED)


def digits_of(text: str) -> str:
    """The digits of ``text`` alone, in any script."""
    return "".join(str(unicodedata.digit(each)) for each in text if unicodedata.category(each) == "Nd")


def number_parts(texts: Iterable[str]) -> list[str]:
    """All ends of the numbers in ``texts`` that may be telephones, so that any part of one begins one of them."""
    numbers = {digits_of(found)[:_MOST_DIGITS] for text in texts for found in _NUMBER.findall(text)}
    return [each[start:] for each in sorted(numbers) for start in range(len(each) - FEWEST_DIGITS + 1)]


def asked_digits(text: str) -> str:
    """The digits that are looked for, when ``text`` may be part of a telephone number; else empty."""
    digits = digits_of(text)
    return digits if len(digits) >= FEWEST_DIGITS and _PART_OF_NUMBER.fullmatch(text.strip()) else ""


def may_match(text: str, query: str) -> bool:
    """Whether :func:`matches` can find anything; a quick look that passes over most of a long text."""
    solid = "".join(folded(text))
    wanted = ["".join(row) for row in asked_words(query, len(query))]
    digits = asked_digits(query)
    return any(each in solid for each in wanted) or bool(digits and digits in solid)


def matches(text: str, query: str) -> list[tuple[int, int]]:
    """Where ``text`` has what ``query`` looks for: the words that begin like it, and the numbers it is a part of."""
    found = set()
    places = list(word_places(text))
    for row in asked_words(query, len(query)):
        for first in range(len(places) - len(row) + 1):
            words = [word for word, _start, _end in places[first : first + len(row)]]
            if words[:-1] == row[:-1] and _begins(words[-1], row[-1]):
                found.add((places[first][1], places[first + len(row) - 1][2]))
        if len(row) == 1:
            joined = ((each, "".join(folded(each[0]))) for each in _JOINED.finditer(text))
            found |= {each.span() for each, word in joined if len(row[0]) > 1 and word.startswith(row[0])}
    digits = asked_digits(query)
    if digits:
        found |= {each.span() for each in _NUMBER.finditer(text) if digits in digits_of(each[0])}
    return sorted(_apart_from_others(found))


def _begins(word: str, start: str) -> bool:
    return word.startswith(start) or (word.startswith(_ARTICLE) and word[len(_ARTICLE) :].startswith(start))


def _apart_from_others(spans: set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans that lie in no longer one."""
    for start, end in spans:
        if not any(a <= start and end <= b and (a, b) != (start, end) for a, b in spans):
            yield start, end


def word_places(text: str) -> Iterator[tuple[str, int, int]]:
    """Each word of ``text`` with where it begins and ends there."""
    word, start, end = "", 0, 0
    for place, letter in enumerate(text):
        became = _FOLDS[ord(letter)]
        pieces = became.split()
        if became[:1] == " " or (became == "" and not word):
            if word:
                yield word, start, end
            word = ""
        for number, piece in enumerate(pieces):
            if number and word:
                yield word, start, end
                word = ""
            if not word:
                start = place
            word, end = word + piece, place + 1
        if not pieces and word and became == "":
            end = place + 1
        if became[-1:] == " " and word:
            yield word, start, end
            word = ""
    if word:
        yield word, start, end
