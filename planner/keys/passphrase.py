"""Passphrases: how hard one is to guess, and made ones of kind words."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import log10

from planner.keys.cost import plain_form
from planner.resources import resource
from planner.words import N_, _

LIST_LANGUAGES = ("en", "es")
# zxcvbn's time grows with the square of the length and more; what is past this only makes it harder to guess.
_LOOKED_AT = 48
# Guesses (as powers of ten) from which a level begins. One guess costs an attacker's graphics card about a
# millisecond here (Argon2id, 64 MiB and more), so 10**12 guesses are about thirty years of one such card.
_LEVELS = (4.0, 7.0, 9.5, 12.0)
_SENTENCES = (
    N_("This is among the first that someone would try."),
    N_("Someone who knows you could guess this."),
    N_("This is okay. One or two more words make it much safer."),
    N_("This is good."),
    N_("This is very good."),
)


@dataclass(frozen=True, slots=True)
class Strength:
    """How hard a passphrase is to guess: a level from 0 to 4 and one plain sentence, which never quotes it."""

    level: int
    sentence: str

    @property
    def weak(self) -> bool:
        """Whether it is worth a plain warning before it is taken."""
        return self.level < 2


def passphrase_strength(text: str, words_known: Iterable[str] = ()) -> Strength:
    """Estimate how many guesses a passphrase takes.

    Args:
        text: what was typed; only its first 48 characters are looked at.
        words_known: words that somebody near would try first (names, the notebook's label).
    """
    plain = plain_form(text)[:_LOOKED_AT]
    if not plain:
        return Strength(0, _("Type a few words."))
    from zxcvbn import zxcvbn  # 20 to 60 ms that the lock screen need not pay

    # Our own words come as known ones, for an attacker has this list: only the number of words counts.
    known = [each.lower() for each in words_known if each.strip()]
    for language in LIST_LANGUAGES:
        known.extend(word_list(language))
    guesses = float(zxcvbn(plain, user_inputs=known)["guesses_log10"])
    ours = {word for language in LIST_LANGUAGES for word in word_list(language)}
    parts = plain.lower().split()
    if ours.issuperset(parts):
        guesses = min(guesses, len(parts) * log10(len(ours)))
    level = sum(guesses >= least for least in _LEVELS)
    return Strength(level, _(_SENTENCES[level]))


def make_passphrase(language: str, words: int = 5) -> str:
    """Random words from our own list, divided by spaces: log2(1296) = 10.3 bits or more for each word."""
    chosen = word_list(language if language in LIST_LANGUAGES else "en")
    return " ".join(secrets.choice(chosen) for _number in range(words))


@lru_cache
def word_list(language: str) -> tuple[str, ...]:
    """The shipped words of a language: small letters a to z only, so that every keyboard can type them."""
    return tuple(resource("words", f"{language}.txt").read_text("utf-8").split())
