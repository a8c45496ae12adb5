"""Looks for words in files as somebody does who copied the disk: also packed, encoded, and one inside the other.

What is undone: hexadecimal digits, percent signs, quoted-printable, base64 (also in lines, also of something packed),
and every stream of zlib, gzip, raw deflate, bzip2, xz and lzma, wherever it begins in a file; so also what lies in ZIP,
PDF and PNG files. Zstandard is not read: Python 3.11 has nothing that unpacks it, and neither has the program.
"""

from __future__ import annotations

import base64
import binascii
import bz2
import lzma
import os
import quopri
import re
import stat
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote_to_bytes

from tests.lock.scan import Scanner

MOST = 8 * 1024 * 1024
"""Bytes of one stream that are unpacked."""

DEPTH = 2
FEW = 2 * 1024
"""Up to this size raw deflate is tried from every byte, also when it is not asked for."""

_FIRST = 192
_HEX = re.compile(rb"[0-9A-Fa-f]{32,}")
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{24,}={0,2}")
_LINES = re.compile(rb"(?<=[A-Za-z0-9+/_-])\r?\n(?=[A-Za-z0-9+/_=-])")
_PERCENT = re.compile(rb"(?:%[0-9A-Fa-f]{2}|[!-$&-~]){16,}")
_PRINTABLE = re.compile(rb"(?:=[0-9A-F]{2}|=\r?\n|[ -<>-~]){16,}")
_ZLIB = re.compile(rb"[\x08\x18\x28\x38\x48\x58\x68\x78][\x00-\xff]")
_GZIP = re.compile(rb"\x1f\x8b\x08")
_BZIP2 = re.compile(rb"BZh[1-9]1AY&SY")
_XZ = re.compile(rb"\xfd7zXZ\x00")
_LZMA = re.compile(rb"\x5d\x00\x00[\x00-\xff]{2}")
_ZIP = re.compile(rb"PK\x03\x04")


def views(content: bytes, *, every_byte: bool = False, depth: int = DEPTH) -> Iterator[bytes]:
    """A content as it is, and all that can be made of it. ``every_byte`` tries raw deflate from each byte; slow."""
    yield content
    if depth == 0:
        return
    for part in (*_decoded(content), *_streams(content, every_byte=every_byte)):
        yield from views(part, every_byte=every_byte, depth=depth - 1)


def _decoded(content: bytes) -> Iterator[bytes]:
    for found in _HEX.finditer(content):
        digits = found.group()
        for begin in (0, 1):
            even = digits[begin : begin + (len(digits) - begin) // 2 * 2]
            yield binascii.unhexlify(even)
    for found in _PERCENT.finditer(content):
        if found.group().count(b"%") > 3:
            yield unquote_to_bytes(found.group())
    for found in _PRINTABLE.finditer(content):
        if b"=" in found.group():
            yield quopri.decodestring(found.group())
    joined = _LINES.sub(b"", content)
    for found in _BASE64.finditer(joined):
        letters = found.group().rstrip(b"=").translate(bytes.maketrans(b"-_", b"+/"))
        for begin in range(4):  # a letter before it may belong to something else
            part = letters[begin:]
            yield base64.b64decode(part[: len(part) // 4 * 4] if len(part) % 4 == 1 else part + b"=" * (-len(part) % 4))


def _streams(content: bytes, *, every_byte: bool) -> Iterator[bytes]:
    for found in _ZLIB.finditer(content):
        if int.from_bytes(found.group(), "big") % 31 == 0:
            yield from _unpacked(content, found.start(), zlib.decompressobj)
    for found in _GZIP.finditer(content):
        yield from _unpacked(content, found.start(), lambda: zlib.decompressobj(31))
    for found in _BZIP2.finditer(content):
        yield from _unpacked(content, found.start(), bz2.BZ2Decompressor)
    for found in _XZ.finditer(content):
        yield from _unpacked(content, found.start(), lzma.LZMADecompressor)
    for found in _LZMA.finditer(content):
        yield from _unpacked(content, found.start(), lambda: lzma.LZMADecompressor(lzma.FORMAT_ALONE))
    for found in _ZIP.finditer(content):
        yield from _zipped(content, found.start())
    if every_byte or len(content) <= FEW:
        for at in range(len(content)):
            yield from _unpacked(content, at, lambda: zlib.decompressobj(-15), content[at : at + _FIRST])


def _unpacked(content: bytes, at: int, make: Callable[[], object], first: bytes | None = None) -> Iterator[bytes]:
    """What a stream that begins here gives, as far as it goes; ``first`` are bytes by which most that is none ends."""
    unpack: Callable[..., bytes]
    if first is not None:
        try:
            unpack = make().decompress  # type: ignore[attr-defined]
            if len(unpack(first, MOST)) < 24:
                return
        except zlib.error:
            return
    unpack = make().decompress  # type: ignore[attr-defined]
    made, view = b"", memoryview(content)[at:]
    try:
        for begin in range(0, len(view), 4096):
            made += unpack(view[begin : begin + 4096])
            if len(made) > MOST:
                break
    except (zlib.error, OSError, EOFError, lzma.LZMAError):
        pass
    if made:
        yield made


def _zipped(content: bytes, at: int) -> Iterator[bytes]:
    """One member of a ZIP file, however it is packed."""
    method = int.from_bytes(content[at + 8 : at + 10], "little")
    lengths = [int.from_bytes(content[place : place + 2], "little") for place in (at + 26, at + 28)]
    begin = at + 30 + sum(lengths)
    if method == 8:
        yield from _unpacked(content, begin, lambda: zlib.decompressobj(-15))
    elif method == 12:
        yield from _unpacked(content, begin, bz2.BZ2Decompressor)
    elif method == 14:
        size = int.from_bytes(content[begin + 2 : begin + 4], "little")
        told = content[begin + 4 : begin + 4 + size]
        with suppress(lzma.LZMAError, IndexError):
            chain = [{"id": lzma.FILTER_LZMA1, **_lzma_numbers(told)}]
            packed = content[begin + 4 + size :]
            yield from _unpacked(packed, 0, lambda: lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=chain))


def _lzma_numbers(told: bytes) -> dict[str, int]:
    first = told[0]
    return {"lc": first % 9, "lp": first // 9 % 5, "pb": first // 45, "dict_size": int.from_bytes(told[1:5], "little")}


def words_in_file(scanner: Scanner, path: Path, *, every_byte: bool = False) -> set[str]:
    """The words in a file and in its name, however they are packed."""
    found: set[str] = set()
    for content in (os.fsencode(path.name), path.read_bytes()):
        for view in views(content, every_byte=every_byte):
            found |= scanner.words_in(view)
    return found


def words_below(
    scanner: Scanner,
    folder: Path,
    *,
    mine: Callable[[os.stat_result], bool] = lambda _about: True,
    without: Path | None = None,
    every_byte: bool = False,
) -> set[str]:
    """The words in any file below a folder, and in the names of files and folders.

    Where others work in the same folder, ``mine`` tells what is looked at; what is gone meanwhile is passed over.
    """
    found: set[str] = set()
    for where, folders, files in os.walk(folder):
        folders[:] = [each for each in folders if Path(where, each) != without]
        for name in (*folders, *files):
            found |= scanner.words_in(os.fsencode(name))
        for name in files:
            path = Path(where, name)
            with suppress(FileNotFoundError):
                about = path.stat(follow_symlinks=False)
                if stat.S_ISREG(about.st_mode) and mine(about):
                    found |= words_in_file(scanner, path, every_byte=every_byte)
    return found
