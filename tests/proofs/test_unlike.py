"""No two slots share a nonce, a salt, an id or a key, however many are made; and every flip in a file is noticed."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nacl.bindings
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import MachineTrouble
from planner.keys import Cost, DataKey, KeyFile
from planner.keys.backup_keys import BackupKeys, WayIn
from planner.places import DATA
from planner.store.backups import is_whole, list_backups, make_backup
from planner.store.connection import PAGE_BYTES
from planner.store.errors import StoreDamaged
from planner.store.notebooks import Notebook
from planner.store.store import Store
from tests.few_derivations import hashing
from tests.store.copies import NOW

WORDS, DAY = "river stone lamp", "2026-03-12"
HASH = 32


@pytest.fixture(scope="module", autouse=True)
def _quick() -> Iterator[None]:
    with hashing():
        yield


# ---------------------------------------------------------------- nothing twice


def many_key_files(count: int) -> Iterator[KeyFile]:
    """Made, given more ways in, changed and rotated."""
    for number in range(count):
        keys, data_key = KeyFile.create(f"{WORDS} {number % 3}", DAY)  # the same words more than once, too
        yield keys
        keys = keys.with_passphrase(WORDS, data_key, DAY, "Team")
        keys = keys.with_spare_key("2222A-2222A", data_key, DAY)
        yield keys
        new = DataKey.new()
        keys = keys.with_changed_passphrase(keys.slots(data_key)[0].id, WORDS, data_key, DAY).rotated(data_key, new)
        yield keys
        yield keys.without_slot(keys.slots(new)[0].id, new).rotated(new, DataKey.new())


def test_nothing_is_used_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    used: list[bytes] = []
    drawn: set[bytes] = set()
    seal: Any = nacl.bindings.crypto_aead_xchacha20poly1305_ietf_encrypt
    draw = secrets.token_bytes

    def noted(plain: bytes, bound: bytes, nonce: bytes, key: bytes) -> bytes:
        used.append(nonce)
        return bytes(seal(plain, bound, nonce, key))

    def drawing(size: int) -> bytes:
        made = draw(size)
        drawn.add(made)
        return made

    monkeypatch.setattr(nacl.bindings, "crypto_aead_xchacha20poly1305_ietf_encrypt", noted)
    monkeypatch.setattr(secrets, "token_bytes", drawing)
    files = list(many_key_files(40))
    assert len(used) > 40 * 4 * 10
    assert len(set(used)) == len(used), "by what was done: no nonce sealed two things"
    assert set(used) <= drawn, "by construction: each was drawn for it"
    assert len({each.salt for each in files}) == len({each.store_id for each in files}) == 40
    by_id: dict[bytes, set[tuple[bytes, bytes]]] = {}
    for keys in files:
        slots = keys._slots
        for name in ("id", "secret_nonce", "key_nonce", "public", "sealed_secret", "sealed_key"):
            assert len({getattr(slot, name) for slot in slots}) == len(slots), name
        for slot in slots:
            by_id.setdefault(slot.id, set()).add((slot.secret_nonce, slot.sealed_secret))
    assert all(len(each) == 1 for each in by_id.values()), "a slot that stays keeps its sealed secret as it is"
    looks_random(used)


def looks_random(nonces: list[bytes]) -> None:
    """Each bit of the nonces is set about half the time; by chance this fails once in a million runs."""
    bits = len(nonces) * 8 * len(nonces[0])
    ones = sum(int.from_bytes(each, "big").bit_count() for each in nonces)
    assert abs(ones - bits / 2) < 5 * (bits / 4) ** 0.5
    for place in range(len(nonces[0])):
        assert len({each[place] for each in nonces}) > 200, "every byte of a nonce takes nearly every value"


def test_copies_share_nothing_either(tmp_path: Path) -> None:
    notebook = Notebook.create(tmp_path, WORDS, "Notes", Cost())
    ways: list[WayIn] = []
    for number in range(3):
        make_backup(notebook, now=NOW.replace(hour=NOW.hour + number))
        notebook.change_passphrase(WORDS, WORDS)
        ways += [way for each in list_backups(notebook.folder) for way in BackupKeys.read(each.folder).ways]
    notebook.close()
    sealed = {(way.nonce, way.sealed) for way in ways}
    assert len({nonce for nonce, _sealed in sealed}) == len(sealed) >= 3
    assert len({way.sealed for way in ways}) == len(sealed)


# ---------------------------------------------------------------- every flip


def right(body: bytes) -> bytes:
    """The checksum that somebody makes right who changes a file on purpose."""
    return body + hashlib.blake2b(body, digest_size=HASH).digest()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes, Path, bytes]:
    """The bytes of ``keys`` and of those of a copy, the folder of the notebook, and its data key."""
    notebook = Notebook.create(tmp_path_factory.mktemp("made"), WORDS, "Notes", Cost())
    notebook.store.set("words", "z" * 40_000)
    copy = make_backup(notebook, now=NOW)
    raw = notebook._data_key.raw
    notebook.close()
    return (notebook.folder / "keys").read_bytes(), (copy.folder / "keys").read_bytes(), notebook.folder, raw


def opened(content: bytes, of_copy: bool) -> Any:
    """What the words open in such a file."""
    return BackupKeys.parse(content).open(WORDS) if of_copy else KeyFile.parse(content).open(WORDS)


@given(st.data(), st.booleans(), st.booleans())
def test_any_change_of_keys_is_noticed(
    files: tuple[bytes, bytes, Path, bytes], data: st.DataObject, of_copy: bool, on_purpose: bool
) -> None:
    """Of any bytes, by chance, or by somebody who makes the checksum at the end right again."""
    whole = files[1] if of_copy else files[0]
    assert opened(whole, of_copy)
    changed = bytearray(whole)
    last = len(whole) - (HASH if on_purpose else 0)
    for at, by in data.draw(st.dictionaries(st.integers(0, last - 1), st.integers(1, 255), min_size=1)).items():
        changed[at] ^= by
    content = right(bytes(changed[:-HASH])) if on_purpose else bytes(changed)
    with pytest.raises(MachineTrouble):
        opened(content, of_copy)


def inner_made_right(content: bytes) -> bytes:
    """Of the keys of a copy: with the checksum of the key file inside made right, too."""
    begin = 58 + 1 + 4
    length = int.from_bytes(content[begin - 4 : begin], "big")
    inner = content[begin : begin + length]
    return right(content[:begin] + right(inner[:-HASH]) + content[begin + length : -HASH])


@pytest.mark.parametrize("of_copy", [False, True], ids=["keys", "keys of a copy"])
def test_every_byte_of_keys_on_purpose(files: tuple[bytes, bytes, Path, bytes], of_copy: bool) -> None:
    whole = files[1] if of_copy else files[0]
    begin, inner = 63, len(files[0])
    for at in range(len(whole) - HASH):
        if of_copy and begin + inner - HASH <= at < begin + inner:
            continue  # the checksum inside, which is made right again
        changed = bytearray(whole)
        changed[at] ^= 1 << at % 8
        content = inner_made_right(bytes(changed)) if of_copy and at >= begin else right(bytes(changed[:-HASH]))
        assert content != whole
        with pytest.raises(MachineTrouble):
            opened(content, of_copy)


def flip_page(folder: Path, key: bytes, page: int, step: int) -> None:
    """Every ``step``-th byte of one page of the data, one bit each: noticed as soon as the page is read."""
    with (folder / DATA).open("r+b") as file:
        for at in range(page * PAGE_BYTES, (page + 1) * PAGE_BYTES, step):
            file.seek(at)
            (before,) = file.read(1)
            for value in (before ^ (1 << at // step % 8), before):
                file.seek(at)
                file.write(bytes([value]))
                file.flush()
                assert noticed(folder, key) == (value != before), at


def noticed(folder: Path, key: bytes) -> bool:
    try:
        store = Store.open(folder, key)
    except StoreDamaged:
        return True
    try:
        return bool(store.verify())
    finally:
        store.close()


@pytest.mark.parametrize("page", [0, 7])
def test_bytes_of_a_page(files: tuple[bytes, bytes, Path, bytes], page: int) -> None:
    flip_page(files[2], files[3], page, 61)


@pytest.mark.slow
@pytest.mark.parametrize("page", [0, 1, 7])
def test_every_byte_of_a_page(files: tuple[bytes, bytes, Path, bytes], page: int) -> None:
    flip_page(files[2], files[3], page, 1)


@pytest.mark.parametrize("step", [61, pytest.param(1, marks=pytest.mark.slow)])
def test_bytes_of_a_page_of_a_copy(files: tuple[bytes, bytes, Path, bytes], step: int) -> None:
    (copy,) = list_backups(files[2])
    path = copy.folder / DATA
    whole = path.read_bytes()
    for at in range(PAGE_BYTES, 2 * PAGE_BYTES, step):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ (1 << at % 8)]) + whole[at + 1 :])
        assert not is_whole(copy), at
    path.write_bytes(whole)
    assert is_whole(copy)
