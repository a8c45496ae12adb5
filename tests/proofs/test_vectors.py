"""The numbers of those who made the methods, through the very functions that this program uses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nacl.bindings
import pytest

from planner.keys import KeyFile, NotEnoughMemory
from planner.keys.cost import Cost, argon2id, root_key

FOLDER = Path(__file__).with_name("vectors")
ARGON2ID: list[dict[str, Any]] = json.loads((FOLDER / "argon2id.json").read_text("utf-8"))
SEALED = {
    name: bytes.fromhex(digits)
    for name, digits in json.loads((FOLDER / "xchacha20poly1305.json").read_text("utf-8")).items()
}


def test_all_are_there() -> None:
    assert len(ARGON2ID) == 10
    assert sum(each["expected"] is not None for each in ARGON2ID) == 9
    slip39 = Path(__file__).parents[1] / "unit" / "keys" / "slip39" / "vectors.json"
    assert len(json.loads(slip39.read_text("utf-8"))) == 45  # tried in tests/unit/keys/test_shares.py


@pytest.mark.parametrize("vector", ARGON2ID, ids=range(len(ARGON2ID)))
def test_argon2id(vector: dict[str, Any]) -> None:
    secret, salt = bytes.fromhex(vector["password"]), bytes.fromhex(vector["salt"])
    cost = Cost(vector["memory"] // 1024, vector["passes"])
    if vector["expected"] is None:
        with pytest.raises((NotEnoughMemory, ValueError)):
            argon2id(secret, salt, cost, vector["bytes"])
        return
    assert argon2id(secret, salt, cost, vector["bytes"]).hex() == vector["expected"]
    other = bytes([secret[0] ^ 1]) + secret[1:]
    assert argon2id(other, salt, cost, vector["bytes"]).hex() != vector["expected"]


def test_the_key_of_a_notebook_comes_from_that_function(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def note(secret: bytes, salt: bytes, cost: Cost, size: int = 32) -> bytes:
        asked.append((secret, salt, cost, size))
        return bytes(size)

    monkeypatch.setattr("planner.keys.cost.argon2id", note)
    assert root_key("  café  lamp ", bytes(range(16)), Cost()) == bytes(32)
    KeyFile.create("river stone lamp", "2026-03-12")
    assert asked[0] == ("café lamp".encode(), bytes(range(16)), Cost(64 * 1024, 3), 32)
    assert asked[1][0] == b"river stone lamp"
    assert len(asked) == 2


def test_xchacha20_poly1305() -> None:
    seal = nacl.bindings.crypto_aead_xchacha20poly1305_ietf_encrypt
    assert seal(SEALED["plaintext"], SEALED["bound"], SEALED["nonce"], SEALED["key"]) == SEALED["sealed"]
    unseal = nacl.bindings.crypto_aead_xchacha20poly1305_ietf_decrypt
    assert unseal(SEALED["sealed"], SEALED["bound"], SEALED["nonce"], SEALED["key"]) == SEALED["plaintext"]


def test_a_key_file_seals_by_that_function(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the header of a file binds is put before the purpose; the rest is as in the example."""
    keys = KeyFile(bytes(16), Cost(), bytes(16), (), b"", b"", b"")
    monkeypatch.setattr(KeyFile, "_header", lambda _self: SEALED["bound"])
    sealed = keys._seal(SEALED["key"], SEALED["nonce"], SEALED["plaintext"], b"", b"")
    assert sealed == SEALED["sealed"]
    assert keys._open(SEALED["key"], SEALED["nonce"], sealed, b"", b"") == SEALED["plaintext"]
    for at in range(len(sealed)):
        flipped = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
        assert keys._open(SEALED["key"], SEALED["nonce"], flipped, b"", b"") is None
    assert keys._open(SEALED["key"], SEALED["nonce"], sealed, b"x", b"") is None
