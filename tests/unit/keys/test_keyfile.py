"""The keys file: what opens it, what is noticed, what is refused."""

from __future__ import annotations

import hashlib
import struct
from pathlib import Path

import pytest

from planner.keys import (
    Cost,
    DataKey,
    KeyFile,
    KeysDamaged,
    KeysDowngraded,
    KeysMissing,
    KeysTooCostly,
    KeysTooNew,
    NotEnoughMemory,
    SlotKind,
    WrongPassphrase,
    calibrate,
    cost,
    keyfile,
)
from planner.keys.cost import argon2id, plain_form, root_key

TODAY = "2026-03-12"
_HASH = 32


def with_right_checksum(content: bytes) -> bytes:
    """What somebody does who changes the file on purpose."""
    body = content[:-_HASH]
    return body + hashlib.blake2b(body, digest_size=_HASH).digest()


@pytest.fixture(scope="module")
def made() -> tuple[KeyFile, DataKey]:
    return KeyFile.create("river stone lamp", TODAY, label="Ana's own")


@pytest.fixture(scope="module")
def root(made: tuple[KeyFile, DataKey]) -> bytes:
    return root_key("river stone lamp", made[0].salt, made[0].cost)


def test_opens_with_its_passphrase_only(made: tuple[KeyFile, DataKey]) -> None:
    keys, data_key = made
    assert keys.open("river stone lamp") == data_key
    with pytest.raises(WrongPassphrase) as told:
        keys.open("river stone lamb")
    assert "river" not in str(told.value)
    assert told.value.sentence
    assert told.value.what_next


def test_the_data_key_shows_itself_nowhere(made: tuple[KeyFile, DataKey]) -> None:
    assert made[1].raw.hex() not in repr(made[1])
    assert repr(made[1].raw) not in repr(made[1])
    with pytest.raises(ValueError, match="32"):
        DataKey(b"short")


def test_the_same_words_from_another_keyboard() -> None:
    assert plain_form("  cafe\u0301   ﬁn ") == plain_form("café fin") == "café fin"
    assert plain_form("a\ud800b")


def test_everything_in_the_header_counts_in_the_derivation(made: tuple[KeyFile, DataKey]) -> None:
    salt = made[0].salt
    roots = {
        root_key("a", salt, Cost()),
        root_key("b", salt, Cost()),
        root_key("a", bytes(16), Cost()),
        root_key("a", salt, Cost(passes=4)),
    }
    assert len(roots) == 4


def test_read_and_written_alike(made: tuple[KeyFile, DataKey], tmp_path: Path) -> None:
    keys, _ = made
    keys.write(tmp_path)
    assert KeyFile.read(tmp_path) == keys
    assert [each.name for each in tmp_path.iterdir()] == ["keys"]
    with pytest.raises(KeysMissing):
        KeyFile.read(tmp_path / "elsewhere")


def test_the_file_tells_nobody_who_opens_it(made: tuple[KeyFile, DataKey]) -> None:
    keys, data_key = made
    more = keys.with_spare_key("2222A-2222A", data_key, TODAY, label="In the blue box")
    assert len(more.to_bytes()) == len(keys.to_bytes())
    for word in (b"Ana", b"blue box", b"spare", b"passphrase", TODAY.encode()):
        assert word not in more.to_bytes()
    assert [(each.kind, each.label) for each in more.slots(data_key)] == [
        (SlotKind.PASSPHRASE, "Ana's own"),
        (SlotKind.SPARE, "In the blue box"),
    ]


def test_no_nonce_and_no_subkey_twice(made: tuple[KeyFile, DataKey]) -> None:
    keys, data_key = made
    for number in range(3):
        keys = keys.with_passphrase(f"words {number}", data_key, TODAY)
    rotated = keys.rotated(data_key, DataKey.new())
    nonces = [keys._list_nonce, rotated._list_nonce]
    for slot in keys._slots:
        nonces += [slot.secret_nonce, slot.key_nonce]
    # A slot that stays keeps its sealed secret; all that is sealed anew has a new nonce.
    nonces += [slot.key_nonce for slot in rotated._slots]
    assert len(set(nonces)) == len(nonces)
    assert len({slot.id for slot in keys._slots}) == len(keys._slots)
    assert len({slot.public for slot in keys._slots}) == len(keys._slots)


def test_every_flip_by_chance_is_noticed_before_anything_is_derived(made: tuple[KeyFile, DataKey]) -> None:
    content = made[0].to_bytes()
    for at in range(len(content)):
        flipped = bytearray(content)
        flipped[at] ^= 1 << (at % 8)
        with pytest.raises(KeysDamaged):
            KeyFile.parse(bytes(flipped))
    for length in range(0, len(content), 7):
        with pytest.raises(KeysDamaged):
            KeyFile.parse(content[:length])
    with pytest.raises(KeysDamaged):
        KeyFile.parse(content + b"\0")


def test_every_flip_on_purpose_is_noticed(made: tuple[KeyFile, DataKey], root: bytes) -> None:
    """As above, by somebody who makes the checksum right again: refused, or seen once the root key is there.

    The root is derived once: only flips of salt, memory and passes change it, and those are told apart below.
    """
    keys, data_key = made
    content = keys.to_bytes()
    derived_from = range(8 + 2 + 16, keyfile._HEADER.size)
    noticed = dict.fromkeys((KeysDamaged, KeysTooNew, KeysDowngraded, KeysTooCostly, WrongPassphrase), 0)
    for at in range(len(content) - _HASH):
        flipped = bytearray(content)
        flipped[at] ^= 1 << (at % 8)
        with pytest.raises(tuple(noticed)) as told:
            # Even with the right root, as if the derivation had not noticed: the header is bound into every slot.
            KeyFile.parse(with_right_checksum(bytes(flipped)))._unlock_with(root)
        noticed[told.type] += 1
        if at in derived_from:
            assert told.type is not KeysDamaged
    assert noticed[KeysTooNew]
    assert noticed[KeysDowngraded]
    assert noticed[KeysTooCostly]
    assert noticed[WrongPassphrase]
    assert noticed[KeysDamaged] > 3000
    assert keys._unlock_with(root).data_key == data_key


def test_another_salt_or_cost_gives_another_root(made: tuple[KeyFile, DataKey]) -> None:
    content = made[0].to_bytes()
    for at in (8 + 2 + 16 + 7, keyfile._HEADER.size - 1):
        changed = bytearray(content)
        changed[at] ^= 4
        with pytest.raises(WrongPassphrase):
            KeyFile.parse(with_right_checksum(bytes(changed))).open("river stone lamp")


@pytest.mark.parametrize(
    ("kib", "passes", "refused"),
    [
        (64 * 1024 - 1, 3, KeysDowngraded),
        (64 * 1024, 2, KeysDowngraded),
        (0, 0, KeysDowngraded),
        (1024 * 1024 + 1, 3, KeysTooCostly),
        (64 * 1024, 65, KeysTooCostly),
        (2**32 - 1, 2**32 - 1, KeysTooCostly),
    ],
)
def test_weak_and_absurd_parameters_are_refused(
    made: tuple[KeyFile, DataKey], kib: int, passes: int, refused: type[Exception]
) -> None:
    content = bytearray(made[0].to_bytes())
    struct.pack_into(">II", content, 8 + 2 + 16, kib, passes)
    with pytest.raises(refused):
        KeyFile.parse(with_right_checksum(bytes(content)))
    with pytest.raises(refused):
        root_key("a", bytes(16), Cost(kib, passes))


def test_a_newer_version_is_told_apart_from_damage(made: tuple[KeyFile, DataKey]) -> None:
    content = bytearray(made[0].to_bytes())
    struct.pack_into(">H", content, 8, 2)
    with pytest.raises(KeysTooNew) as told:
        KeyFile.parse(with_right_checksum(bytes(content)))
    assert "do not delete" in told.value.what_next
    struct.pack_into(">H", content, 8, 0)
    with pytest.raises(KeysDamaged):
        KeyFile.parse(with_right_checksum(bytes(content)))


def test_a_new_data_key_reaches_every_slot_that_stays(made: tuple[KeyFile, DataKey]) -> None:
    keys, old = made
    keys = keys.with_passphrase("the worker's words", old, TODAY, "Worker")
    mine = keys.slots(old)[0].id
    new = DataKey.new()
    changed = keys.with_changed_passphrase(mine, "quiet green hill", old, TODAY).rotated(old, new)
    assert changed.open("quiet green hill") == new
    assert changed.open("the worker's words") == new
    with pytest.raises(WrongPassphrase):
        changed.open("river stone lamp")
    assert {each.label for each in changed.slots(new)} == {"Ana's own", "Worker"}
    with pytest.raises(KeysDamaged):
        changed.slots(old)


def test_what_an_old_passphrase_and_an_old_file_hold_opens_no_new_file(made: tuple[KeyFile, DataKey]) -> None:
    """Somebody kept the old file and knows the old passphrase: nothing in it is a key to a slot of the new file."""
    keys, old = made
    keys = keys.with_passphrase("the worker's words", old, TODAY)
    new = DataKey.new()
    changed = keys.without_slot(keys.slots(old)[0].id, old).rotated(old, new)
    held = {old.raw, root_key("river stone lamp", keys.salt, keys.cost)}
    held |= {member.public for member in keys._members(old)}
    for slot in changed._slots:
        for key in held:
            for derived in (key, keyfile._subkey(key, slot.id)):
                assert changed._open(derived, slot.secret_nonce, slot.sealed_secret, b"secret", slot.id) is None
                assert changed._open(derived, slot.key_nonce, slot.sealed_key, b"data", slot.id) is None


def test_the_last_passphrase_stays(made: tuple[KeyFile, DataKey]) -> None:
    keys, data_key = made
    keys = keys.with_spare_key("2222A-2222A", data_key, TODAY)
    passphrase, spare = keys.slots(data_key)
    with pytest.raises(ValueError, match="last passphrase"):
        keys.without_slot(passphrase.id, data_key)
    assert [each.id for each in keys.without_slot(spare.id, data_key).slots(data_key)] == [passphrase.id]
    with pytest.raises(ValueError, match="no such slot"):
        keys.with_changed_passphrase("00", "a", data_key, TODAY)
    for empty in ("", "  "):
        with pytest.raises(ValueError, match="empty"):
            keys.with_passphrase(empty, data_key, TODAY)


def test_more_slots_than_one_step(made: tuple[KeyFile, DataKey], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        keyfile, "root_key", lambda secret, salt, _cost: hashlib.sha256(secret.encode() + salt).digest()
    )
    keys, data_key = made
    for number in range(12):
        keys = keys.with_passphrase(f"words {number}", data_key, TODAY)
    assert KeyFile.parse(keys.to_bytes()).open("words 11") == data_key
    assert len(keys.slots(data_key)) == 13
    for number in range(51):
        keys = keys.with_passphrase(f"more {number}", data_key, TODAY)
    with pytest.raises(ValueError, match="too many"):
        keys.with_passphrase("one more", data_key, TODAY)


def test_calibration_keeps_the_floor_and_the_ceiling(monkeypatch: pytest.MonkeyPatch) -> None:
    assert calibrate(seconds=0.0) == Cost()
    monkeypatch.setattr(cost, "_time", lambda _cost: 1e-9)
    assert calibrate() == Cost(cost.MOST_CHOSEN_KIB, cost.MOST_CHOSEN_PASSES)
    calibrate().check()
    monkeypatch.setattr(cost, "_time", lambda tried: tried.kib / 65536 * 0.1)
    # 0.1 s at 64 MiB: doubled twice (0.4 s at 256 MiB), then a pass more.
    assert calibrate(0.5) == Cost(256 * 1024, 4)


def test_calibration_stays_within_the_memory_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def time(tried: Cost) -> float:
        if tried.kib > 128 * 1024:
            raise NotEnoughMemory
        return 0.05

    monkeypatch.setattr(cost, "_time", time)
    assert calibrate(0.5).kib == 128 * 1024


def test_no_memory_is_trouble_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> bytes:
        raise MemoryError

    monkeypatch.setattr("nacl.bindings.crypto_pwhash_alg", refuse)
    with pytest.raises(NotEnoughMemory):
        argon2id(b"a", bytes(16), Cost())
