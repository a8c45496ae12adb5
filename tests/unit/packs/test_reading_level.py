"""Survivor-facing words are short and common: Flesch-Kincaid grade 6 or below, Fernández Huerta 70 or above.

The syllables are counted by rules of our own. The formulas are those of Kincaid and others (1975) and of Fernández
Huerta (1959) as corrected: 206.84 - 60 * syllables a word - 1.02 * words a sentence.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

import pytest

from tests.unit.packs.content import Shown, all_texts

# Names of laws, services and papers that must be said as they are; they count as words of two syllables.
REQUIRED_WORDS = {
    "emergency", "contraception", "hiv", "pep", "immigration", "consulate", "interpreter", "security", "anticoncepción",
    "emergencia", "emergencias", "vih", "inmigración", "identificación", "intérprete", "consulado",
}  # fmt: skip
MOST_WORDS_IN_A_SENTENCE = 22


def sentences(text: str) -> list[list[str]]:
    found = [re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", part.lower()) for part in re.split(r"[.!?:;…]+", text)]
    return [each for each in found if each]


def english_syllables(word: str) -> int:
    word = re.sub(r"['’].*", "", word)
    count = len(re.findall(r"[aeiouy]+", word))
    if re.search(r"[^aeiouyl]e$|[^aeiou]es$|[^td]ed$", word) and not re.search(r"(?:[sxzcg]|ch|sh)es$", word):
        count -= 1
    return max(count, 1)


def spanish_syllables(word: str) -> int:
    # Strong vowels stand alone; a weak one joins its neighbour unless it bears an accent; "qu" and "gu" are silent.
    word = re.sub(r"(?<=[qg])u(?=[eiéí])", "", word)
    return max(len(re.findall(r"[iuü]?[aeoáéó][iuyü]?|[íú]|[iuü]{1,2}|y$", word)), 1)


def english_grade(parts: list[list[str]]) -> float:
    words = [word for part in parts for word in part]
    syllables = sum(2 if word in REQUIRED_WORDS else english_syllables(word) for word in words)
    return 0.39 * len(words) / len(parts) + 11.8 * syllables / len(words) - 15.59


def spanish_ease(parts: list[list[str]]) -> float:
    words = [word for part in parts for word in part]
    syllables = sum(2 if word in REQUIRED_WORDS else spanish_syllables(word) for word in words)
    return 206.84 - 60 * syllables / len(words) - 1.02 * len(words) / len(parts)


@cache
@cache
def pages(language: str) -> dict[str, list[list[str]]]:
    """Words by the place they are read together: a question with its hints, a line with its claims."""
    found: dict[str, list[list[str]]] = defaultdict(list)
    for each in all_texts():
        if each.language == language:
            found[_page(each)].extend(sentences(each.text))
    return found


def _page(each: Shown) -> str:
    return "/".join(each.place.split("/")[:2])


def test_the_counters_know_common_words() -> None:
    known = {"safe": 1, "today": 2, "paper": 2, "needed": 2, "called": 1, "places": 2, "little": 2, "interpreter": 4}
    assert {word: english_syllables(word) for word in known} == known
    conocidas = {"hoy": 1, "día": 2, "quiero": 2, "policía": 4, "ciudad": 2, "papeles": 3, "ayuda": 3, "leer": 2}
    assert {word: spanish_syllables(word) for word in conocidas} == conocidas


def test_the_measures_would_notice_hard_text() -> None:
    hard = "Notwithstanding determinations, beneficiaries must subsequently demonstrate continuing eligibility."
    difficult = "No obstante las determinaciones, las personas beneficiarias deberán acreditar su elegibilidad."
    assert english_grade(sentences(hard)) > 12
    assert spanish_ease(sentences(difficult)) < 50


@pytest.mark.parametrize("place", sorted({_page(each) for each in all_texts()}))
def test_each_page_is_easy_to_read(place: str) -> None:
    english, spanish = pages("en")[place], pages("es")[place]
    # A page of a few words has no grade worth the name: three words of three syllables would already be "grade 20".
    if sum(map(len, english)) >= 12:
        assert english_grade(english) <= 6.0, " ".join(word for part in english for word in part)
    if sum(map(len, spanish)) >= 12:
        assert spanish_ease(spanish) >= 70.0, " ".join(word for part in spanish for word in part)


def test_everything_together_is_easy_to_read() -> None:
    assert english_grade([part for each in pages("en").values() for part in each]) <= 5.0
    assert spanish_ease([part for each in pages("es").values() for part in each]) >= 75.0


def test_no_long_sentence() -> None:
    long = [each for each in all_texts() if any(len(part) > MOST_WORDS_IN_A_SENTENCE for part in sentences(each.text))]
    assert not long
