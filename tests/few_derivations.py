"""Half of all the time that the tests took went into Argon2id, with the same few passphrases again and again.

Key files are as real as any, also for other processes: only their salts are of two.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import cycle

import pytest

from planner.keys import cost, keyfile

_SALTS = (b"the first of two", b"the other of two")
_derived = lru_cache(maxsize=1024)(cost.argon2id)


def use(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on, until this test ends."""
    salts = cycle(_SALTS)
    monkeypatch.setattr(keyfile, "fresh_salt", lambda: next(salts))
    monkeypatch.setattr(cost, "argon2id", _derived)
