"""Who gives content to others: a key of their own that signs a pack, and six words by which people know the key.

A signature is Ed25519 (libsodium). The secret half stands in the giver's own notebook and nowhere else. Six words stand
for the public half: two people who read them to each other know that they mean the same key. Six of about 1,300 words
are 62 bits; the slow step before them (Argon2id, 8 MiB) makes a key that ends in the same words dearer to look for.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

import nacl.bindings as sodium
from nacl.exceptions import CryptoError
from nacl.pwhash import argon2id
from nacl.signing import SigningKey, VerifyKey

from planner.keys.passphrase import LIST_LANGUAGES, word_list

PUBLIC_BYTES = sodium.crypto_sign_PUBLICKEYBYTES
SIGNATURE_BYTES = sodium.crypto_sign_BYTES
SEED_BYTES = sodium.crypto_sign_SEEDBYTES
SIX = 6

_PURPOSE = b"planner pack, first form\0"
_SALT = hashlib.blake2b(b"planner: six words of a giver", digest_size=argon2id.SALTBYTES).digest()
_PASSES, _BYTES = 2, 8 * 1024 * 1024


def make_seed() -> bytes:
    """A new secret for a giver, 32 random bytes."""
    return bytes(SigningKey.generate())


def public_of(seed: bytes) -> bytes:
    """The public half of a giver's secret, 32 bytes."""
    return bytes(SigningKey(seed).verify_key)


def sign(seed: bytes, digest: bytes) -> bytes:
    """The signature of a giver under the digest of a pack, 64 bytes."""
    return bytes(SigningKey(seed).sign(_PURPOSE + digest).signature)


def is_signed_by(public: bytes, signature: bytes, digest: bytes) -> bool:
    """Whether the giver with this public half signed this digest; false for anything of a wrong length too."""
    if len(public) != PUBLIC_BYTES or len(signature) != SIGNATURE_BYTES:
        return False
    try:
        VerifyKey(public).verify(_PURPOSE + digest, signature)
    except (CryptoError, ValueError):
        return False
    return True


@lru_cache(maxsize=64)
def six_words(public: bytes, language: str) -> tuple[str, ...]:
    """The six words of a giver, from our list of a language (English where there is none). Takes a few milliseconds.

    The words of two languages stand for the same key and are other words: both sides have to look at one language.
    """
    slow = argon2id.kdf(16, public, _SALT, opslimit=_PASSES, memlimit=_BYTES)
    number = int.from_bytes(slow, "big")
    listed = word_list(language if language in LIST_LANGUAGES else "en")
    chosen = []
    for _place in range(SIX):
        number, which = divmod(number, len(listed))
        chosen.append(listed[which])
    return tuple(chosen)
