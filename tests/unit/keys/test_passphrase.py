"""Made passphrases, spare keys, and how hard a passphrase is to guess."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import combinations

import pytest

from planner.keys import make_passphrase, make_spare_key, passphrase_strength, wrong_groups
from planner.keys.cost import plain_form
from planner.keys.passphrase import LIST_LANGUAGES, word_list
from planner.keys.spare import _ALPHABET, spare_key_form

# Words that must not stand in front of someone who is choosing a passphrase, in either language.
NEVER = {
    "en": """bed belt bride cage cell chain client collar customer daddy doll drug escort gun handcuff hotel hunter john
        knife master motel mule needle owner pimp police prey princess prison rope secret slave street trade trick truck
        victim whip""",
    "es": """cadena cama cliente cuerda cuchillo esclavo finca frontera hotel policia preso princesa secreto concha paja
        perra polla polvo pito raja verga zorra""",
}


def neighbours(word: str) -> set[str]:
    """The word with one letter gone, or one letter open (a dot), or two neighbours swapped."""
    parts = [(word[:at], word[at:]) for at in range(len(word))]
    gone = {head + tail[1:] for head, tail in parts}
    other = {f"{head}.{tail[1:]}" for head, tail in parts}
    swapped = {head + tail[1] + tail[0] + tail[2:] for head, tail in parts if len(tail) > 1 and tail[0] != tail[1]}
    return gone | other | swapped


@pytest.mark.parametrize("language", LIST_LANGUAGES)
def test_the_word_lists(language: str) -> None:
    words = word_list(language)
    assert len(words) >= 1296
    assert len(set(words)) == len(words)
    assert not [word for word in words if not re.fullmatch("[a-z]{4,10}", word)]
    assert not set(NEVER[language].split()).intersection(words)
    forms: dict[str, list[str]] = {}
    for word in words:
        for form in {word, *neighbours(word)}:
            forms.setdefault(form, []).append(word)
    # Two words may share a form with a letter gone without being near: then they are two letters apart.
    together = {pair for each in forms.values() for pair in combinations(each, 2)}
    assert not [pair for pair in together if distance(*pair) < 2]


def distance(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for at, left in enumerate(one, 1):
        row, before = [at], row
        for to, right in enumerate(other, 1):
            row.append(min(before[to] + 1, row[-1] + 1, before[to - 1] + (left != right)))
    return row[-1]


def test_the_check_for_near_words_would_see_them() -> None:
    assert distance("garden", "garde") == distance("stone", "store") == 1
    assert neighbours("stone") & neighbours("store")
    assert "garde" in neighbours("garden")


def test_made_passphrases_use_the_language_and_differ() -> None:
    for language in LIST_LANGUAGES:
        made = {make_passphrase(language) for _number in range(50)}
        assert len(made) == 50
        assert all(len(each.split()) == 5 and set(each.split()) <= set(word_list(language)) for each in made)
    assert set(make_passphrase("xx").split()) <= set(word_list("en"))


def test_all_words_of_the_list_can_be_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    words = iter(word_list("en"))
    monkeypatch.setattr("planner.keys.passphrase.secrets.choice", lambda _chosen: next(words))
    drawn = make_passphrase("en", len(word_list("en"))).split()
    assert tuple(drawn) == word_list("en")


def test_a_spare_key_is_easy_to_copy() -> None:
    key = make_spare_key()
    assert re.fullmatch(r"([2-9A-HJ-NP-Z]{5}-){6}[2-9A-HJ-NP-Z]{5}", key)
    assert len(_ALPHABET) == 32
    assert not set("01IO") & set(_ALPHABET)
    assert plain_form(key) == plain_form(f"  {key.lower().replace('-', ' ')} ") == plain_form(key.replace("-", ""))
    assert len({make_spare_key() for _number in range(100)}) == 100


def test_a_slip_in_a_spare_key_is_shown_where_it_is() -> None:
    key = spare_key_form(make_spare_key())
    assert key is not None
    for at, letter in enumerate(key):
        wrong = key[:at] + _ALPHABET[(_ALPHABET.index(letter) + 1 + at % 31) % 32] + key[at + 1 :]
        assert wrong_groups(wrong) == (at // 5 + 1,)
        assert spare_key_form(wrong) is None
    swapped = key[5:10] + key[:5] + key[10:]
    assert wrong_groups(swapped) == ((1, 2) if key[:5] != key[5:10] else ())
    assert wrong_groups("river stone lamp") == ()
    assert wrong_groups(key) == ()


def test_strength_rises_with_the_words() -> None:
    levels = [passphrase_strength(" ".join(word_list("es")[100 : 100 + count])).level for count in range(6)]
    assert levels == sorted(levels)
    assert levels[0] == 0
    assert levels[1] <= 1
    assert levels[5] == 4
    assert passphrase_strength("password1").weak
    assert passphrase_strength(make_passphrase("en")).level == 4


def test_strength_knows_what_someone_near_would_try() -> None:
    assert passphrase_strength("Marisolita", ["Marisolita"]).level < passphrase_strength("Marisolita").level


def test_strength_never_quotes_and_always_says_something() -> None:
    for text in ("", " ", "tuesday", "x" * 5000, "a\ud800b", "كلمة السر", make_passphrase("es")):
        found = passphrase_strength(text)
        assert found.sentence
        assert 0 <= found.level <= 4
        assert len(text.strip()) < 3 or text not in found.sentence


def test_zxcvbn_is_loaded_when_needed_only() -> None:
    script = (
        "import sys, planner.keys\nassert 'zxcvbn' not in sys.modules\n"
        "planner.keys.passphrase_strength('abc')\nassert 'zxcvbn' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
