"""Half of all the time that the tests took went into Argon2id, with the same few passphrases again and again.

Everywhere but where keys are what is tested, the same is derived once (:func:`use`): key files are as real as any, also
for other processes, only their salts are of two. Where many processes open one notebook, each of which would derive
anew, a hash stands in for it in all of them (:func:`hashing`, and :func:`quick` in the others).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import cycle
from typing import TYPE_CHECKING

from planner.keys import cost, keyfile
from planner.keys.cost import ROOT_BYTES, Cost

if TYPE_CHECKING:
    import pytest

_SALTS = (b"the first of two", b"the other of two")
_itself = cost.argon2id
_derived = lru_cache(maxsize=1024)(_itself)


def use(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on, until this test ends; where a hash stands in, it stays."""
    if cost.argon2id is _itself:
        salts = cycle(_SALTS)
        monkeypatch.setattr(keyfile, "fresh_salt", lambda: next(salts))
        monkeypatch.setattr(cost, "argon2id", _derived)


def quick(secret: bytes, salt: bytes, cost: Cost, size: int = ROOT_BYTES) -> bytes:
    """In the place of Argon2id; tells two costs apart as it does."""
    return hashlib.blake2b(secret + salt + repr(cost).encode(), digest_size=size).digest()


@contextmanager
def hashing() -> Iterator[None]:
    """Meanwhile a hash stands in for Argon2id."""
    before, cost.argon2id = cost.argon2id, quick
    try:
        yield
    finally:
        cost.argon2id = before
