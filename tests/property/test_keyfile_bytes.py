"""Whatever lies in the place of the keys file, reading it ends in a keys file or in one calm sentence."""

from __future__ import annotations

import hashlib
import struct
from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from planner.errors import MachineTrouble
from planner.keys import Cost, KeyFile, KeysDamaged
from planner.keys.cost import plain_form
from planner.keys.keyfile import _HEADER, _MAGIC


@given(st.binary(max_size=9000))
def test_any_bytes(content: bytes) -> None:
    with suppress(KeysDamaged):
        assert KeyFile.parse(content).to_bytes() == content


@given(
    version=st.integers(0, 2),
    kib=st.integers(0, 2**32 - 1) | st.just(Cost().kib),
    passes=st.integers(0, 2**32 - 1) | st.just(3),
    rest=st.binary(max_size=6000),
    root=st.binary(min_size=32, max_size=32),
)
def test_any_bytes_behind_a_right_header_and_checksum(
    version: int, kib: int, passes: int, rest: bytes, root: bytes
) -> None:
    body = _HEADER.pack(_MAGIC, version, bytes(16), kib, passes, bytes(16)) + rest
    content = body + hashlib.blake2b(body, digest_size=32).digest()
    with suppress(MachineTrouble):
        found = KeyFile.parse(content)
        assert found.to_bytes() == content
        found._unlock_with(root)


@given(count=st.integers(0, 70), length=st.integers(0, 5000), fill=st.integers(0, 255), more=st.integers(-2, 2))
def test_tables_of_any_size(count: int, length: int, fill: int, more: int) -> None:
    table = struct.pack(">H", count) + bytes([fill]) * (192 * count)
    listed = struct.pack(">I", length) + bytes([fill]) * (24 + length + 32 + more)
    body = _HEADER.pack(_MAGIC, 1, bytes(16), Cost().kib, 3, bytes(16)) + table + listed
    content = body + hashlib.blake2b(body, digest_size=32).digest()
    if more == 0 and 1 <= count <= 64:
        assert KeyFile.parse(content).to_bytes() == content
    else:
        with suppress(KeysDamaged):
            assert KeyFile.parse(content).to_bytes() == content


@given(st.text(max_size=60))
def test_the_plain_form_is_its_own_plain_form(text: str) -> None:
    assert plain_form(plain_form(text)) == plain_form(text)
