"""Signatures of givers, and the six words by which people know a key."""

from __future__ import annotations

import hashlib

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.keys.givers import SIX, is_signed_by, make_seed, public_of, sign, six_words
from planner.keys.passphrase import word_list

SEED, DIGEST = bytes(32), b"d" * 32


def test_only_the_giver_signs_and_only_this_digest() -> None:
    public, signature = public_of(SEED), sign(SEED, DIGEST)
    assert is_signed_by(public, signature, DIGEST)
    assert not is_signed_by(public, signature, b"e" * 32)
    assert not is_signed_by(public_of(make_seed()), signature, DIGEST)


@given(st.binary(max_size=80), st.binary(max_size=80))
def test_anything_else_is_no_signature(public: bytes, signature: bytes) -> None:
    assert not is_signed_by(public, signature, DIGEST)


@given(st.integers(0, 64 * 8 - 1))
def test_a_signature_with_one_bit_turned_is_none(bit: int) -> None:
    turned = bytearray(sign(SEED, DIGEST))
    turned[bit // 8] ^= 1 << bit % 8
    assert not is_signed_by(public_of(SEED), bytes(turned), DIGEST)


@settings(max_examples=10, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.sampled_from(["en", "es", "xx"]))
def test_six_words_are_those_of_the_key_and_of_no_other(seed: bytes, language: str) -> None:
    words = six_words(public_of(seed), language)
    assert len(words) == SIX
    assert set(words) <= set(word_list(language if language != "xx" else "en"))
    assert six_words(public_of(seed), language) == words
    assert six_words(public_of(make_seed()), language) != words


def test_the_words_of_a_key_stay_the_same() -> None:
    """When this fails, everybody's six words have changed: somebody touched a list of words."""
    lists = {language: hashlib.sha256("\n".join(word_list(language)).encode()).hexdigest() for language in ("en", "es")}
    assert {language: each[:16] for language, each in lists.items()} == {
        "en": "6c88e84cad286f6a",
        "es": "0c21905266be2e7f",
    }
    assert six_words(public_of(bytes(range(32))), "en") == ("locket", "ready", "pinafore", "guitar", "aspen", "saffron")
    spanish = ("repisa", "costura", "filtro", "clavel", "hortensia", "carroza")
    assert six_words(public_of(bytes(range(32))), "es") == spanish
