"""What texts say that somebody may act on: phone numbers and links, each with the sentence in which it stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

NUMBER = "number"
LINK = "link"

_LONGEST = 2_000
"""Letters of a piece that is looked at at once."""
_SENTENCES = re.compile(r"(?<=[.!?;])\s+|\n+")
_NUMBER = re.compile(r"\+?\(?\d(?:[\s().\-‐-―·]{0,3}\d)*(?:-?[A-Z]{3,9}\b)?")
# Digits that are kept apart, perhaps on purpose: three groups or more, whatever stands between.
_SCATTERED = re.compile(r"(?:(?<!\d)\d{1,4}\W{1,6}){2,}\d{1,4}(?!\d)")
_MANY = 7
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"']+|[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w@.-])(?:[\w-]{1,63}[.。])+[^\W\d_]{2,24}\b(?:/[^\s<>\"']*)?",
    re.IGNORECASE,
)
_FILE = re.compile(r"[\w-]+\.(?:csv|geojson|xml|xlsx?|md|png|jpe?g|gif|svg|webp|mp3|m4a|wav|mp4|pdf)", re.IGNORECASE)
_TAG = re.compile(
    r"<\s*[/!?A-Za-z]|&(?:#\d|#x|[a-z]{2,8};)|\]\s*\(|\b(?:javascript|vbscript|data|file)\s*:\S", re.IGNORECASE
)
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_JOINING = "\u200c\u200d"
"""Letters of many languages need these; what is looked for is looked for without them."""
_LANGUAGE = re.compile(r"[a-z]{2}")


@dataclass(frozen=True, slots=True)
class Said:
    """A number or a link. ``value`` is what it is compared by, ``shown`` how it stands there."""

    kind: str
    value: str
    shown: str
    sentence: str
    language: str = ""


def texts(raw: Any, language: str = "") -> Iterator[tuple[str, str]]:
    """Every text in parsed content, with the language in which it is written as far as its place tells, else ""."""
    if isinstance(raw, str):
        yield language, raw
    elif isinstance(raw, Mapping):
        for key, value in raw.items():
            yield from texts(value, key if _LANGUAGE.fullmatch(key) else language)
    elif isinstance(raw, list):
        for value in raw:
            yield from texts(value, language)


def is_plain(text: str) -> bool:
    """Whether a text is only words: no markup, nothing unseen that could turn letters round or hide some."""
    if any(unicodedata.category(each) in _UNSEEN and each not in "\n\t" + _JOINING for each in text):
        return False
    return _TAG.search(unicodedata.normalize("NFKC", text)) is None


def said_in(text: str, language: str = "") -> Iterator[Said]:
    """The numbers (of three digits or more) and links of a text, in order; last, numbers whose digits stand apart."""
    plain = unicodedata.normalize("NFKC", "".join(each for each in text if unicodedata.category(each) != "Cf"))
    seen: set[str] = set()
    for sentence in _pieces(plain):
        links = [each for each in _LINK.finditer(sentence) if not _FILE.fullmatch(each.group())]
        for each in links:
            shown = each.group().rstrip(".,;:)")
            yield Said(LINK, link_value(shown), shown, sentence, language)
        spans = [each.span() for each in links]
        for each in _NUMBER.finditer(sentence):
            value = number_value(each.group())
            inside = any(start <= each.start() < end for start, end in spans)
            if sum(letter.isdigit() for letter in value) >= 3 and not inside:
                seen.add(value)
                yield Said(NUMBER, value, each.group().strip(), sentence, language)
    for start in range(0, len(plain), _LONGEST):
        for each in _SCATTERED.finditer(plain[start : start + _LONGEST]):
            value = number_value(each.group())
            if len(value) >= _MANY and value not in seen:
                shown = " ".join(each.group().split())
                yield Said(NUMBER, value, shown, shown, language)


def _pieces(text: str) -> Iterator[str]:
    for sentence in _SENTENCES.split(text):
        for start in range(0, len(sentence), _LONGEST):
            yield sentence[start : start + _LONGEST].strip()


def number_value(shown: str) -> str:
    """What a number is compared by: its digits, in whatever script, and letters that stand for some.

    A leading 1 of eleven digits is the country's (North America) and counts for nothing.
    """
    plain = unicodedata.normalize("NFKC", shown)
    value = "".join(str(unicodedata.digit(each)) if each.isdigit() else each for each in plain if each.isalnum())
    return value[1:] if len(value) == 11 and value.startswith("1") else value


def link_value(shown: str) -> str:
    """What a link is compared by."""
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", shown.strip(), flags=re.IGNORECASE).rstrip("/").casefold()


def plain_name(name: str) -> str:
    """What names are compared by: letters and digits alone, without accents or capitals."""
    folded = unicodedata.normalize("NFKD", name).casefold()
    return "".join(each for each in folded if each.isalnum())
