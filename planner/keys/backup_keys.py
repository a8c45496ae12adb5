"""The ``keys`` file of a backup: what turns a passphrase of the notebook into the key of one copy of its data.

A backup lies under a random key of its own, sealed under the data key of the notebook beside the key file that leads to
it. So whatever opens the notebook opens its backups, and a key change has to write these few thousand bytes anew and
not the whole copy. Layout, all numbers big-endian::

    magic 8 | version 2 | made 8 | size 8 | BLAKE2b of the data 32        the header
    count 1, then for each way in
        length 4 | a whole key file (:mod:`planner.keys.keyfile`) | nonce 24 | backup key, sealed 48
    checksum 32   BLAKE2b over everything above, for files damaged by chance

* ``made`` is in seconds since 1970, in UTC; ``size`` in bytes. With the digest they tell without any key whether the
  copy is as it was made, so that a damaged notebook can offer its last good backup by date.
* The header is bound to every sealed key as associated data: whoever changes it is noticed after unlocking.
* While a key is changed a backup has two ways in, one for each side of the decisive step; afterwards one.
"""

from __future__ import annotations

import hashlib
import hmac
import struct
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import nacl.bindings as sodium
from nacl.exceptions import CryptoError

from planner.keys.errors import KeysDamaged, KeysMissing, KeysTooNew, WrongPassphrase
from planner.keys.keyfile import DataKey, KeyFile
from planner.keys.shares import no_way_in
from planner.places import KEYS
from planner.system.files import disk_trouble, make_private, remove_unfinished, write_private

_MAGIC = b"\x8fPlnCop\n"
_VERSION = 1
_HEADER = struct.Struct(">8sHQQ32s")
_LENGTH = struct.Struct(">I")
_NONCE = sodium.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
_SEALED = 48
_HASH = 32
_MOST_WAYS = 8
_MOST_BYTES = 2 * 1024 * 1024
# Up to the year 9999, so that a date can be made of it.
_LAST_SECOND = 253402300799


@dataclass(frozen=True, slots=True)
class WayIn:
    """One key file, and the backup key sealed under the data key that it leads to."""

    keys: KeyFile
    nonce: bytes
    sealed: bytes


@dataclass(frozen=True, slots=True)
class OpenedBackup:
    """What a secret opened: the key of the copy, the key file that belonged to it, and the data key of that file."""

    backup_key: DataKey
    keys: KeyFile
    data_key: DataKey


@dataclass(frozen=True, slots=True)
class BackupKeys:
    """The parsed ``keys`` file of a backup.

    ``made`` is in seconds since 1970 (UTC); ``size`` and ``digest`` are those of its data.
    """

    made: int
    size: int
    digest: bytes
    ways: tuple[WayIn, ...] = ()

    # ------------------------------------------------------------ reading and writing

    @classmethod
    def parse(cls, content: bytes) -> BackupKeys:
        """Read the bytes of such a file.

        Raises:
            KeysDamaged: cut short, changed by chance, or not ours.
            KeysTooNew: of a newer version.
            KeysDowngraded, KeysTooCostly: someone changed how much work a passphrase is.
        """
        if not _HEADER.size + _HASH < len(content) <= _MOST_BYTES or not content.startswith(_MAGIC):
            raise KeysDamaged
        body, checksum = content[:-_HASH], content[-_HASH:]
        if not hmac.compare_digest(_hash(body), checksum):
            raise KeysDamaged
        _magic, version, made, size, digest = _HEADER.unpack_from(body)
        if version > _VERSION:
            raise KeysTooNew
        if version != _VERSION or made > _LAST_SECOND:
            raise KeysDamaged
        return cls(made, size, digest, _parse_ways(body, _HEADER.size))

    @classmethod
    def read(cls, folder: Path) -> BackupKeys:
        """Read ``keys`` in the folder of a backup. Raises KeysMissing, what :meth:`parse` raises, and DiskTrouble."""
        try:
            with disk_trouble(), (folder / KEYS).open("rb") as stream:
                return cls.parse(stream.read(_MOST_BYTES + 1))
        except FileNotFoundError:
            raise KeysMissing from None

    def write(self, folder: Path) -> None:
        """Replace ``keys`` as a whole, durably. Raises DiskFull, FolderReadOnly, DiskTrouble."""
        remove_unfinished(folder, KEYS)
        write_private(folder / KEYS, self.to_bytes())
        make_private(folder / KEYS)

    def to_bytes(self) -> bytes:
        """The whole file, with its checksum."""
        body = self._header() + bytes((len(self.ways),))
        for way in self.ways:
            keys = way.keys.to_bytes()
            body += _LENGTH.pack(len(keys)) + keys + way.nonce + way.sealed
        return body + _hash(body)

    # ------------------------------------------------------------ opening and sealing

    def open(self, secret: str) -> OpenedBackup:
        """The key of the copy, by a passphrase or a spare key; half a second for each way in that does not open.

        Raises:
            WrongPassphrase: no way in opens.
            KeysDamaged: one opens, but something in the file was changed.
            NotEnoughMemory: the key derivation found no room.
        """
        for way in self.ways:
            try:
                data_key = way.keys.open(secret)
            except WrongPassphrase:
                continue
            raw = self._open(way, data_key)
            if raw is None:
                raise KeysDamaged
            return OpenedBackup(DataKey(raw), way.keys, data_key)
        raise no_way_in(secret)

    def unsealed(self, data_key: DataKey) -> DataKey | None:
        """The key of the copy by the data key of the notebook, or None where no way in is under it."""
        for way in self.ways:
            raw = self._open(way, data_key)
            if raw is not None:
                return DataKey(raw)
        return None

    def sealed(self, backup_key: DataKey, under: Iterable[tuple[KeyFile, DataKey]]) -> BackupKeys:
        """With these ways in and no others, each a key file and the data key that it leads to."""
        made = []
        for keys, data_key in under:
            nonce = sodium.randombytes(_NONCE)
            made.append(WayIn(keys, nonce, self._seal(nonce, backup_key, data_key)))
        return replace(self, ways=tuple(made))

    def only_way(self, keys: KeyFile) -> bool:
        """Whether this key file is the one way in."""
        return len(self.ways) == 1 and self.ways[0].keys == keys

    # ------------------------------------------------------------ inside

    def _header(self) -> bytes:
        return _HEADER.pack(_MAGIC, _VERSION, self.made, self.size, self.digest)

    def _seal(self, nonce: bytes, backup_key: DataKey, data_key: DataKey) -> bytes:
        return sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(
            backup_key.raw, self._header(), nonce, _sealing_key(data_key)
        )

    def _open(self, way: WayIn, data_key: DataKey) -> bytes | None:
        try:
            return sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
                way.sealed, self._header(), way.nonce, _sealing_key(data_key)
            )
        except CryptoError:
            return None


def _parse_ways(body: bytes, at: int) -> tuple[WayIn, ...]:
    count, at = body[at], at + 1
    if not 1 <= count <= _MOST_WAYS:
        raise KeysDamaged
    ways = []
    for _number in range(count):
        try:
            (length,) = _LENGTH.unpack_from(body, at)
        except struct.error:
            raise KeysDamaged from None
        start = at + _LENGTH.size
        at = start + length + _NONCE + _SEALED
        if at > len(body):
            raise KeysDamaged
        keys = KeyFile.parse(body[start : start + length])
        nonce = body[start + length : start + length + _NONCE]
        ways.append(WayIn(keys, nonce, body[start + length + _NONCE : at]))
    if at != len(body):
        raise KeysDamaged
    return tuple(ways)


def _hash(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_HASH).digest()


def _sealing_key(data_key: DataKey) -> bytes:
    return hashlib.blake2b(b"backup", key=data_key.raw, person=b"planner-backup", digest_size=_HASH).digest()
