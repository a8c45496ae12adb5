"""How much work it is to try one passphrase.

Argon2id, version 1.3 (RFC 9106), one lane, as libsodium does it. The floor of 64 MiB and 3 passes is RFC 9106's second
recommended choice, with one lane instead of four.
"""

from __future__ import annotations

import secrets
import time
import unicodedata
from dataclasses import dataclass

import nacl.bindings as sodium
from nacl.exceptions import CryptoError

from planner.keys.errors import KeysDowngraded, KeysTooCostly, NotEnoughMemory
from planner.keys.spare import spare_key_form

SALT_BYTES = 16
ROOT_BYTES = 32
LEAST_KIB = 64 * 1024
LEAST_PASSES = 3
# What calibration may choose at most: a store that travels on a stick must open on a small machine too.
MOST_CHOSEN_KIB = 256 * 1024
MOST_CHOSEN_PASSES = 24
# What a file may ask for at most; no machine this program runs on takes longer than a minute or two for it.
MOST_KIB = 1024 * 1024
MOST_PASSES = 64
_WANTED_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Cost:
    """What one Argon2id run takes: ``kib`` kibibytes of memory, gone over ``passes`` times."""

    kib: int = LEAST_KIB
    passes: int = LEAST_PASSES

    def check(self) -> None:
        """Refuse what this program would never have written.

        Raises:
            KeysDowngraded: less than 64 MiB or 3 passes.
            KeysTooCostly: more than 1 GiB or 64 passes.
        """
        if self.kib < LEAST_KIB or self.passes < LEAST_PASSES:
            raise KeysDowngraded
        if self.kib > MOST_KIB or self.passes > MOST_PASSES:
            raise KeysTooCostly


def fresh_salt() -> bytes:
    """The salt of a new key file, 16 random bytes."""
    return secrets.token_bytes(SALT_BYTES)


def argon2id(secret: bytes, salt: bytes, cost: Cost, size: int = ROOT_BYTES) -> bytes:
    """The bare key derivation: ``size`` bytes from a secret and a salt of 16 bytes. Raises NotEnoughMemory."""
    try:
        return sodium.crypto_pwhash_alg(
            size, secret, salt, cost.passes, cost.kib * 1024, sodium.crypto_pwhash_ALG_ARGON2ID13
        )
    except (CryptoError, MemoryError) as trouble:
        # libsodium has only one way to fail here once lengths and limits are right: no memory.
        raise NotEnoughMemory from trouble


def root_key(secret: str, salt: bytes, cost: Cost) -> bytes:
    """The key from which the subkeys of all slots come.

    The secret is brought into one form first: Unicode NFKC, without space at its ends and with single spaces inside,
    so that the same words typed on another keyboard or by a tired hand open the same notebook.

    Raises:
        KeysDowngraded, KeysTooCostly: see :meth:`Cost.check`.
        NotEnoughMemory: the machine has no room for the derivation.
    """
    cost.check()
    return argon2id(plain_form(secret).encode("utf-8", "surrogatepass"), salt, cost)


def plain_form(secret: str) -> str:
    """The one form of a secret that is derived from: NFKC, single spaces, none at the ends; a spare key has its own."""
    plain = " ".join(unicodedata.normalize("NFKC", secret).split())
    return spare_key_form(plain) or plain


def calibrate(seconds: float = _WANTED_SECONDS) -> Cost:
    """The cost that takes about this long here: first more memory, then more passes, never below the floor."""
    cost = Cost()
    taken = _time(cost)
    while cost.kib < MOST_CHOSEN_KIB and taken * 2 <= seconds:
        bigger = Cost(cost.kib * 2, cost.passes)
        try:
            taken = _time(bigger)
        except NotEnoughMemory:
            break
        cost = bigger
    passes = round(cost.passes * seconds / max(taken, 1e-6))
    return Cost(cost.kib, min(max(passes, LEAST_PASSES), MOST_CHOSEN_PASSES))


def _time(cost: Cost) -> float:
    start = time.perf_counter()
    argon2id(b"calibration", bytes(SALT_BYTES), cost)
    return time.perf_counter() - start
