"""The ``keys`` file: what turns a passphrase, a spare key or shares into the data key of a notebook.

Layout, all numbers big-endian::

    magic 8 | version 2 | store id 16 | KiB 4 | passes 4 | salt 16        the header
    slot table: count 2, then 192 bytes a slot
        slot id 16 | nonce 24 | slot secret, sealed 48 | public 32 | nonce 24 | data key, sealed 48
    length 4 | nonce 24 | list of slots, sealed under the data key
    tag 32        keyed BLAKE2b under the data key over everything above
    checksum 32   BLAKE2b over everything above, for files damaged by chance

* One Argon2id run gives a root key; the slot's subkey is ``BLAKE2b(key=root, person="planner-slot", salt=slot id)``.
* A slot holds an X25519 secret, sealed by that subkey; the data key is sealed to its public half. So a new data key can
  be given to every slot that stays without knowing its passphrase, while somebody who kept an old data key, an old
  passphrase and an old file learns nothing that opens the new one. (Were the slots' own subkeys kept under the data
  key, as is simpler, an old passphrase would open everything written since.) The public halves are themselves kept
  under the data key only.
* Every sealed piece (XChaCha20-Poly1305, libsodium's IETF construction) has a fresh random nonce and binds the header,
  the slot id and its purpose as associated data.
* Labels, kinds and times stand in the sealed list, and the table is filled up with slots that nobody can open, so that
  the file does not tell how many people may open the notebook, who they are, or whether there is a spare key.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import struct
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import nacl.bindings as sodium
from nacl.exceptions import CryptoError

from planner.keys.cost import Cost, fresh_salt, root_key
from planner.keys.errors import KeysDamaged, KeysMissing, KeysTooNew, WrongPassphrase
from planner.keys.shares import no_way_in
from planner.places import KEYS
from planner.system.files import disk_trouble, make_private, remove_unfinished, write_private

_MAGIC = b"\x8fPlnKey\n"
_VERSION = 1
_HEADER = struct.Struct(">8sH16sII16s")
_SLOT = struct.Struct(">16s24s48s32s24s48s")
_COUNT = struct.Struct(">H")
_LENGTH = struct.Struct(">I")
_NONCE = sodium.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
_ID = 16
_HASH = 32
_KEY = 32
# The slot table grows in such steps; so does the sealed list.
_SLOTS_STEP = 8
_LIST_STEP = 4096
_MOST_SLOTS = 64
_MOST_BYTES = 256 * 1024
_LABEL_LETTERS = 80


class SlotKind(StrEnum):
    """What opens a slot."""

    PASSPHRASE = "passphrase"
    SPARE = "spare"
    SHARES = "shares"


@dataclass(frozen=True, slots=True)
class DataKey:
    """The 32 random bytes under which the database is kept. Shown nowhere, not even by ``repr``."""

    raw: bytes

    def __post_init__(self) -> None:
        if len(self.raw) != _KEY:
            raise ValueError("a data key has 32 bytes")

    def __repr__(self) -> str:
        return "DataKey(…)"

    @classmethod
    def new(cls) -> DataKey:
        """A fresh random data key."""
        return cls(secrets.token_bytes(_KEY))


@dataclass(frozen=True, slots=True)
class SlotInfo:
    """One way to open the notebook. ``made`` is a day such as ``2026-03-12``; ``id`` is 32 hexadecimal digits."""

    id: str
    kind: SlotKind
    label: str
    made: str


@dataclass(frozen=True, slots=True)
class Unlocked:
    """What a secret opened: the data key, and through which slot."""

    data_key: DataKey
    slot: str


@dataclass(frozen=True, slots=True)
class _Member:
    info: SlotInfo
    public: bytes


@dataclass(frozen=True, slots=True)
class _Slot:
    id: bytes
    secret_nonce: bytes
    sealed_secret: bytes
    public: bytes
    key_nonce: bytes
    sealed_key: bytes

    def packed(self) -> bytes:
        return _SLOT.pack(self.id, self.secret_nonce, self.sealed_secret, self.public, self.key_nonce, self.sealed_key)


@dataclass(frozen=True, slots=True)
class KeyFile:
    """The parsed ``keys`` file. Immutable: every change makes a new one, which counts once it is written."""

    store_id: bytes
    cost: Cost
    salt: bytes
    _slots: tuple[_Slot, ...]
    _list_nonce: bytes
    _sealed_list: bytes
    _tag: bytes

    # ------------------------------------------------------------ making and reading

    @classmethod
    def create(cls, passphrase: str, made: str, label: str = "", cost: Cost | None = None) -> tuple[KeyFile, DataKey]:
        """A key file with one passphrase slot, and its new data key. ``made`` is today as an ISO day.

        Raises:
            ValueError: the passphrase is empty.
            NotEnoughMemory: the key derivation found no room.
        """
        empty = cls(secrets.token_bytes(_ID), cost or Cost(), fresh_salt(), (), b"", b"", b"")
        data_key = DataKey.new()
        return empty._with(passphrase, SlotKind.PASSPHRASE, label, made, (), data_key), data_key

    @classmethod
    def parse(cls, content: bytes) -> KeyFile:
        """Read the bytes of a key file.

        Raises:
            KeysDamaged: cut short, changed by chance, or not ours.
            KeysTooNew: of a newer version.
            KeysDowngraded, KeysTooCostly: someone changed how much work a passphrase is.
        """
        if not _HEADER.size + _HASH <= len(content) <= _MOST_BYTES or not content.startswith(_MAGIC):
            raise KeysDamaged
        # The checksum stands at the end in every version, so that damage is not taken for a newer version.
        body, checksum = content[:-_HASH], content[-_HASH:]
        if not hmac.compare_digest(_hash(body), checksum):
            raise KeysDamaged
        _magic, version, store_id, kib, passes, salt = _HEADER.unpack_from(body)
        if version > _VERSION:
            raise KeysTooNew
        if version != _VERSION:
            raise KeysDamaged
        cost = Cost(kib, passes)
        cost.check()
        try:
            return cls._parse_rest(store_id, cost, salt, body)
        except struct.error:
            raise KeysDamaged from None

    @classmethod
    def _parse_rest(cls, store_id: bytes, cost: Cost, salt: bytes, body: bytes) -> KeyFile:
        at = _HEADER.size
        (count,) = _COUNT.unpack_from(body, at)
        at += _COUNT.size
        if not 1 <= count <= _MOST_SLOTS:
            raise KeysDamaged
        slots = []
        for _number in range(count):
            slots.append(_Slot(*_SLOT.unpack_from(body, at)))
            at += _SLOT.size
        (length,) = _LENGTH.unpack_from(body, at)
        at += _LENGTH.size
        if len(body) != at + _NONCE + length + _HASH:
            raise KeysDamaged
        nonce, sealed, tag = body[at : at + _NONCE], body[at + _NONCE : -_HASH], body[-_HASH:]
        return cls(store_id, cost, salt, tuple(slots), nonce, sealed, tag)

    @classmethod
    def read(cls, folder: Path, name: str = KEYS) -> KeyFile:
        """Read ``keys`` in a folder. Raises KeysMissing, what :meth:`parse` raises, and DiskTrouble."""
        try:
            with disk_trouble(), (folder / name).open("rb") as stream:
                return cls.parse(stream.read(_MOST_BYTES + 1))
        except FileNotFoundError:
            raise KeysMissing from None

    def write(self, folder: Path, name: str = KEYS) -> None:
        """Replace ``keys`` as a whole, durably. Raises DiskFull, FolderReadOnly, DiskTrouble."""
        remove_unfinished(folder, name)
        write_private(folder / name, self.to_bytes())
        make_private(folder / name)

    def to_bytes(self) -> bytes:
        """The whole file, with tag and checksum."""
        body = self._tagged() + self._tag
        return body + _hash(body)

    # ------------------------------------------------------------ opening

    def open(self, secret: str) -> DataKey:
        """The data key, by a passphrase or a spare key; takes about half a second.

        Raises:
            WrongPassphrase: no slot opens; SharesOpenNothing where the secret came from shares.
            KeysDamaged: a slot opens, but something in the file was changed.
            KeysDowngraded, KeysTooCostly, NotEnoughMemory: see :func:`~planner.keys.cost.root_key`.
        """
        return self.unlock(secret).data_key

    def unlock(self, secret: str) -> Unlocked:
        """As :meth:`open`, and tells which slot opened."""
        try:
            return self._unlock_with(root_key(secret, self.salt, self.cost))
        except WrongPassphrase:
            raise no_way_in(secret) from None

    def _unlock_with(self, root: bytes) -> Unlocked:
        for slot in self._slots:
            slot_secret = self._open(_subkey(root, slot.id), slot.secret_nonce, slot.sealed_secret, b"secret", slot.id)
            if slot_secret is None:
                continue
            public = sodium.crypto_scalarmult_base(slot_secret)
            try:
                shared = _shared(slot_secret, slot.public, slot.public, public)
            except CryptoError:
                raise KeysDamaged from None
            raw = self._open(shared, slot.key_nonce, slot.sealed_key, b"data", slot.id)
            if raw is None or len(raw) != _KEY:
                raise KeysDamaged
            data_key = DataKey(raw)
            self._check_tag(data_key)
            return Unlocked(data_key, slot.id.hex())
        raise WrongPassphrase

    def slots(self, data_key: DataKey) -> tuple[SlotInfo, ...]:
        """Who and what can open this notebook, oldest first. Raises KeysDamaged."""
        return tuple(each.info for each in self._members(data_key))

    # ------------------------------------------------------------ changing

    def with_passphrase(self, passphrase: str, data_key: DataKey, made: str, label: str = "") -> KeyFile:
        """One more passphrase, for one more person. Raises ValueError when it is empty, KeysDamaged."""
        members = self._members(data_key)
        return self._with(passphrase, SlotKind.PASSPHRASE, label, made, members, data_key)

    def with_spare_key(self, spare_key: str, data_key: DataKey, made: str, label: str = "") -> KeyFile:
        """A spare key beside the passphrases. Raises KeysDamaged."""
        return self._with(spare_key, SlotKind.SPARE, label, made, self._members(data_key), data_key)

    def with_shares(self, secret: str, data_key: DataKey, made: str, label: str) -> KeyFile:
        """What shares open with together, beside the passphrases; ``label`` is as ``2/3``. Raises KeysDamaged."""
        return self._with(secret, SlotKind.SHARES, label, made, self._members(data_key), data_key)

    def with_changed_passphrase(self, slot: str, passphrase: str, data_key: DataKey, made: str) -> KeyFile:
        """Another passphrase in place of the one of this slot, under the same data key.

        The old passphrase opens old copies of the file as before; only :meth:`rotated` ends that.
        """
        members = self._members(data_key)
        old = next((each for each in members if each.info.id == slot), None)
        if old is None:
            raise ValueError("no such slot")
        rest = tuple(each for each in members if each is not old)
        return self._with(passphrase, old.info.kind, old.info.label, made, rest, data_key)

    def without_slot(self, slot: str, data_key: DataKey) -> KeyFile:
        """Without one way to open it. Raises ValueError for an unknown slot, or when no passphrase would be left."""
        members = self._members(data_key)
        rest = tuple(each for each in members if each.info.id != slot)
        if len(rest) == len(members) or not any(each.info.kind is SlotKind.PASSPHRASE for each in rest):
            raise ValueError("no such slot, or it is the last passphrase")
        slots = tuple(each for each in self._slots if each.id.hex() in {member.info.id for member in rest})
        return self._sealed(slots, rest, data_key)

    def rotated(self, old: DataKey, new: DataKey) -> KeyFile:
        """The same slots around another data key; no secret of any slot is needed. Raises KeysDamaged."""
        members = self._members(old)
        by_id = {each.id.hex(): each for each in self._slots}
        slots = tuple(
            replace(by_id[member.info.id], **self._give(by_id[member.info.id].id, member.public, new))
            for member in members
        )
        return self._sealed(slots, members, new)

    # ------------------------------------------------------------ inside

    def _header(self) -> bytes:
        return _HEADER.pack(_MAGIC, _VERSION, self.store_id, self.cost.kib, self.cost.passes, self.salt)

    def _tagged(self) -> bytes:
        table = _COUNT.pack(len(self._slots)) + b"".join(slot.packed() for slot in self._slots)
        return self._header() + table + _LENGTH.pack(len(self._sealed_list)) + self._list_nonce + self._sealed_list

    def _right_tag(self, data_key: DataKey) -> bytes:
        return hashlib.blake2b(self._tagged(), key=_purpose_key(data_key, b"tag"), digest_size=_HASH).digest()

    def _check_tag(self, data_key: DataKey) -> None:
        if not hmac.compare_digest(self._right_tag(data_key), self._tag):
            raise KeysDamaged

    def _members(self, data_key: DataKey) -> tuple[_Member, ...]:
        self._check_tag(data_key)
        plain = self._open(_purpose_key(data_key, b"list"), self._list_nonce, self._sealed_list, b"list", b"")
        if plain is None:
            raise KeysDamaged
        listed: list[dict[str, Any]] = json.loads(plain)
        return tuple(
            _Member(
                SlotInfo(each["id"], SlotKind(each["kind"]), each["label"], each["made"]), bytes.fromhex(each["public"])
            )
            for each in listed
        )

    def _with(
        self, secret: str, kind: SlotKind, label: str, made: str, members: tuple[_Member, ...], data_key: DataKey
    ) -> KeyFile:
        if not secret.strip():
            raise ValueError("an empty passphrase protects nothing")
        slot, public = self._new_slot(root_key(secret, self.salt, self.cost), data_key)
        member = _Member(SlotInfo(slot.id.hex(), kind, label[:_LABEL_LETTERS], made), public)
        kept = tuple(each for each in self._slots if each.id.hex() in {member.info.id for member in members})
        return self._sealed((*kept, slot), (*members, member), data_key)

    def _new_slot(self, root: bytes, data_key: DataKey) -> tuple[_Slot, bytes]:
        slot_id, nonce, slot_secret = (secrets.token_bytes(size) for size in (_ID, _NONCE, _KEY))
        public = sodium.crypto_scalarmult_base(slot_secret)
        sealed = self._seal(_subkey(root, slot_id), nonce, slot_secret, b"secret", slot_id)
        return _Slot(slot_id, nonce, sealed, **self._give(slot_id, public, data_key)), public

    def _give(self, slot_id: bytes, public: bytes, data_key: DataKey) -> dict[str, Any]:
        """The half of a slot that carries the data key, sealed to the slot's public key by a key used once."""
        once = secrets.token_bytes(_KEY)
        once_public = sodium.crypto_scalarmult_base(once)
        nonce = secrets.token_bytes(_NONCE)
        shared = _shared(once, public, once_public, public)
        sealed = self._seal(shared, nonce, data_key.raw, b"data", slot_id)
        return {"public": once_public, "key_nonce": nonce, "sealed_key": sealed}

    def _sealed(self, slots: tuple[_Slot, ...], members: tuple[_Member, ...], data_key: DataKey) -> KeyFile:
        if len(slots) > _MOST_SLOTS:
            raise ValueError("too many slots")
        fill = -len(slots) % _SLOTS_STEP
        unused = tuple(self._new_slot(secrets.token_bytes(_KEY), DataKey.new())[0] for _number in range(fill))
        listed = [
            {
                "id": each.info.id,
                "kind": each.info.kind.value,
                "label": each.info.label,
                "made": each.info.made,
                "public": each.public.hex(),
            }
            for each in members
        ]
        plain = json.dumps(listed).encode()
        plain += b" " * (-len(plain) % _LIST_STEP)
        nonce = secrets.token_bytes(_NONCE)
        sealed = self._seal(_purpose_key(data_key, b"list"), nonce, plain, b"list", b"")
        made = replace(self, _slots=slots + unused, _list_nonce=nonce, _sealed_list=sealed)
        return replace(made, _tag=made._right_tag(data_key))  # noqa: SLF001 - another of our own kind

    def _seal(self, key: bytes, nonce: bytes, plain: bytes, purpose: bytes, slot_id: bytes) -> bytes:
        bound = self._header() + slot_id + purpose
        return sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(plain, bound, nonce, key)

    def _open(self, key: bytes, nonce: bytes, sealed: bytes, purpose: bytes, slot_id: bytes) -> bytes | None:
        bound = self._header() + slot_id + purpose
        try:
            return sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(sealed, bound, nonce, key)
        except CryptoError:
            return None


def _hash(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_HASH).digest()


def _subkey(root: bytes, slot_id: bytes) -> bytes:
    return hashlib.blake2b(key=root, person=b"planner-slot", salt=slot_id, digest_size=_KEY).digest()


def _purpose_key(data_key: DataKey, purpose: bytes) -> bytes:
    return hashlib.blake2b(purpose, key=data_key.raw, person=b"planner-keyfile", digest_size=_KEY).digest()


def _shared(secret: bytes, their_public: bytes, once_public: bytes, slot_public: bytes) -> bytes:
    point = sodium.crypto_scalarmult(secret, their_public)
    return hashlib.blake2b(once_public + slot_public, key=point, person=b"planner-give", digest_size=_KEY).digest()
