"""Photos without what a camera wrote into them: where and when, with what, and a small picture of how it was before.

Nothing is encoded again: only the parts that make up the picture are copied, so every pixel stays as it is. Whatever is
not known to belong to the picture is left out. The way it is turned and its colours are kept.

- JPEG: ITU-T T.81, annex B; JFIF 1.02; Exif 2.32 (the orientation alone is written anew)
- PNG: W3C PNG, third edition, 11
- WebP: RFC 9649, 2.7
- JPEG 2000 boxes: ISO/IEC 15444-1, annex I
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from planner.exchange.clean_colours import clean_profile

JPEG, PNG, WEBP = "image/jpeg", "image/png", "image/webp"


class CannotClean(ValueError):
    """The file is not built as its kind asks for, so nobody can say what in it is the picture."""


def clean_image(media_type: str, data: bytes) -> bytes:
    """The same picture, with nothing beside it.

    Raises:
        CannotClean: broken, cut short, or of a kind that is not known here.
    """
    ways = {JPEG: clean_jpeg, PNG: clean_png, WEBP: clean_webp}
    if media_type not in ways:
        raise CannotClean
    try:
        return ways[media_type](data)
    except (struct.error, IndexError, zlib.error):
        raise CannotClean from None


# ---------------------------------------------------------------- how a picture is turned

_EXIF = b"Exif\x00\x00"
_ORIENTATION, _SHORT = 0x0112, 3


def orientation(exif: bytes) -> int:
    """How a picture is to be turned, 1 (not at all) to 8, from the TIFF part of its Exif; 1 where it cannot be read."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None:
        return 1
    try:
        answer, start = struct.unpack_from(f"{order}HI", exif, 2)
        if answer != 42:
            return 1
        (count,) = struct.unpack_from(f"{order}H", exif, start)
        for number in range(count):
            tag, kind, many = struct.unpack_from(f"{order}HHI", exif, start + 2 + number * 12)
            if (tag, kind, many) == (_ORIENTATION, _SHORT, 1):
                (turn,) = struct.unpack_from(f"{order}H", exif, start + 2 + number * 12 + 8)
                return int(turn) if 1 <= turn <= 8 else 1
    except struct.error:
        pass
    return 1


def _only_orientation(turn: int) -> bytes:
    """The TIFF part of an Exif that says how a picture is turned, and nothing else."""
    head = b"MM" + struct.pack(">HIH", 42, 8, 1)
    return head + struct.pack(">HHIHHI", _ORIENTATION, _SHORT, 1, turn, 0, 0)


# ---------------------------------------------------------------- JPEG

_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA
# Frames, tables and what belongs to them; F0 to FD and 02 to BF mean nothing that a reader knows.
_OF_THE_PICTURE = frozenset({*range(0xC0, 0xD0), *range(0xDB, 0xE0)}) - {0xC8}
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_BESIDE_IT = frozenset({*range(0xE0, 0xF0), 0xFE})
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD9)})
# Inside a scan FF 00 is a byte of it and D0 to D7 restart it.
_AFTER_SCAN = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_MARKER = re.compile(rb"\xff[^\x00\xff]")
_JFIF, _ICC, _ADOBE = b"JFIF\x00", b"ICC_PROFILE\x00", b"Adobe"
_ICC_PIECE = 65_500


@dataclass(frozen=True, slots=True)
class Part:
    """One segment of a JPEG: its marker, what stands in it, and the scan that follows a start of scan."""

    marker: int
    body: bytes
    scan: bytes = b""

    def written(self) -> bytes:
        """As it stands in the file."""
        return b"\xff" + bytes([self.marker]) + struct.pack(">H", len(self.body) + 2) + self.body + self.scan


def jpeg_parts(data: bytes) -> Iterator[Part]:
    """The segments up to the end of the image; what comes after it (another picture, a film) is not looked at.

    Raises:
        CannotClean: not a JPEG, or a segment that is cut short or unknown.
    """
    if data[:2] != b"\xff\xd8":
        raise CannotClean
    at = 2
    while True:
        found = _MARKER.search(data, at)
        if found is None:
            # Cut short: readers show what is there.
            return
        marker, at = found[0][1], found.end()
        if marker == _EOI:
            return
        if marker in _WITHOUT_LENGTH:
            continue
        if marker not in _OF_THE_PICTURE and marker not in _BESIDE_IT and marker != _SOS:
            raise CannotClean
        (length,) = struct.unpack_from(">H", data, at)
        if length < 2 or at + length > len(data):
            raise CannotClean
        body = data[at + 2 : at + length]
        at += length
        if marker == _SOS:
            ends = _AFTER_SCAN.search(data, at)
            end = ends.start() if ends else len(data)
            yield Part(marker, body, data[at:end])
            at = end
        else:
            yield Part(marker, body)


def clean_jpeg(data: bytes, *, turned: bool = True) -> bytes:
    """The same JPEG; ``turned`` keeps the way it is turned (a PDF does not look at it).

    Raises:
        CannotClean: it is not built like a JPEG, or has no picture in it.
    """
    parts = list(jpeg_parts(data))
    if not any(part.marker == _SOS for part in parts):
        raise CannotClean
    out = [b"\xff\xd8"]
    turn = _turn_of(parts) if turned else 1
    kept = [each for each in (_kept(part) for part in parts) if each is not None]
    if kept and kept[0].marker == 0xE0:
        # JFIF asks to be the first.
        out.append(kept.pop(0).written())
    if turn != 1:
        out.append(Part(0xE1, _EXIF + _only_orientation(turn)).written())
    out += [part.written() for part in _profile_parts(parts)]
    out += [part.written() for part in kept if part.marker != 0xE0]
    return b"".join(out) + b"\xff\xd9"


def _turn_of(parts: list[Part]) -> int:
    exif = next((part.body for part in parts if part.marker == 0xE1 and part.body.startswith(_EXIF)), b"")
    return orientation(exif[len(_EXIF) :])


def _profile_parts(parts: list[Part]) -> list[Part]:
    """The profile of the colours, cut as JPEG asks for it (ICC.1:2022, annex B.4)."""
    found = [part.body[len(_ICC) :] for part in parts if part.marker == 0xE2 and part.body.startswith(_ICC)]
    pieces = sorted((each for each in found if len(each) > 2), key=lambda each: each[0])
    profile = clean_profile(b"".join(each[2:] for each in pieces))
    cut = [profile[start : start + _ICC_PIECE] for start in range(0, len(profile), _ICC_PIECE)]
    if len(cut) > 255:
        return []
    return [Part(0xE2, _ICC + bytes([number, len(cut)]) + each) for number, each in enumerate(cut, 1)]


def _kept(part: Part) -> Part | None:
    if part.marker in _OF_THE_PICTURE or part.marker == _SOS:
        return part
    if part.marker == 0xE0 and part.body.startswith(_JFIF) and len(part.body) >= 14:
        # Version, unit and density; the small picture that may follow is left out.
        return Part(0xE0, part.body[:12] + b"\x00\x00")
    if part.marker == 0xEE and part.body.startswith(_ADOBE) and len(part.body) >= 12:
        # Says how the colours are stored.
        return Part(0xEE, part.body[:12])
    return None


@dataclass(frozen=True, slots=True)
class JpegShape:
    """Width and height in pixels as stored, colours (1, 3 or 4), how it is turned, whether CMYK is upside down."""

    width: int
    height: int
    colours: int
    turn: int
    inverted: bool


def jpeg_shape(data: bytes) -> JpegShape:
    """What a page needs to know to show a JPEG. Raises :class:`CannotClean` where that cannot be told."""
    parts = list(jpeg_parts(data))
    frame = next((part.body for part in parts if part.marker in _FRAMES), b"")
    if len(frame) < 6:
        raise CannotClean
    _bits, height, width, colours = struct.unpack_from(">BHHB", frame)
    if not width or not height or colours not in (1, 3, 4):
        raise CannotClean
    adobe = any(part.marker == 0xEE and part.body.startswith(_ADOBE) for part in parts)
    return JpegShape(width, height, colours, _turn_of(parts), adobe and colours == 4)


# ---------------------------------------------------------------- PNG

_PNG = b"\x89PNG\r\n\x1a\n"
_MOST_PROFILE = 8 * 1024 * 1024
_PNG_COLOURS = [b"PLTE", b"tRNS", b"cHRM", b"gAMA", b"sBIT", b"sRGB", b"cICP", b"mDCV", b"cLLI", b"bKGD"]
_PNG_KEPT = frozenset([b"IHDR", b"IDAT", b"IEND", b"pHYs", *_PNG_COLOURS])


def clean_png(data: bytes) -> bytes:
    """The same PNG; of a moving one the first picture, which is what is seen everywhere.

    Raises:
        CannotClean: cut short, or not built like a PNG.
    """
    if not data.startswith(_PNG):
        raise CannotClean
    out, at, kind = [_PNG], len(_PNG), b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + 8 + length]
        if len(body) < length or at + 12 + length > len(data) or (kind == b"IHDR") is not (len(out) == 1):
            raise CannotClean
        at += 12 + length
        if kind in _PNG_KEPT:
            out.append(_chunk(kind, body))
        elif kind == b"iCCP":
            # Its name may be anything.
            profile = _unpacked_profile(body.partition(b"\x00")[2])
            if profile:
                out.append(_chunk(kind, b"icc\x00\x00" + zlib.compress(profile, 9)))
        elif kind == b"eXIf" and orientation(body) != 1:
            out.append(_chunk(kind, _only_orientation(orientation(body))))
    return b"".join(out)


def _unpacked_profile(packed: bytes) -> bytes:
    if packed[:1] != b"\x00":
        return b""
    try:
        whole = zlib.decompressobj().decompress(packed[1:], _MOST_PROFILE)
    except zlib.error:
        return b""
    return clean_profile(whole)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


# ---------------------------------------------------------------- WebP

_WEBP_KEPT = frozenset([b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"])
_HAS_ICC, _HAS_EXIF, _HAS_XMP = 0x20, 0x08, 0x04
_FRAME_HEAD = 16


def clean_webp(data: bytes) -> bytes:
    """The same WebP.

    Raises:
        CannotClean: cut short, or not built like a WebP.
    """
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise CannotClean
    (size,) = struct.unpack_from("<I", data, 4)
    parts = list(_riff(data[12 : 8 + size], exact=len(data) >= 8 + size))
    exif = next((body for kind, body in parts if kind == b"EXIF"), b"")
    turn = orientation(exif.removeprefix(_EXIF))
    profile = clean_profile(next((body for kind, body in parts if kind == b"ICCP"), b""))
    told = (_HAS_ICC if profile else 0) | (_HAS_EXIF if turn != 1 else 0)
    kept: list[tuple[bytes, bytes]] = []
    for kind, body in parts:
        if kind == b"VP8X":
            flags = body[0] & ~(_HAS_ICC | _HAS_EXIF | _HAS_XMP) | told
            kept.append((kind, bytes([flags]) + body[1:10]))
        elif kind == b"ANMF":
            inside = [each for each in _riff(body[_FRAME_HEAD:], exact=True) if each[0] in _WEBP_KEPT]
            kept.append((kind, body[:_FRAME_HEAD] + b"".join(_riff_part(*each) for each in inside)))
        elif kind == b"ICCP":
            kept += [(kind, profile)] if profile else []
        elif kind in _WEBP_KEPT:
            kept.append((kind, body))
    if not any(kind in (b"VP8 ", b"VP8L", b"ANMF") for kind, _body in kept):
        raise CannotClean
    if turn != 1 and kept[0][0] == b"VP8X":
        kept.append((b"EXIF", _only_orientation(turn)))
    whole = b"WEBP" + b"".join(_riff_part(kind, body) for kind, body in kept)
    return b"RIFF" + struct.pack("<I", len(whole)) + whole


def _riff(data: bytes, *, exact: bool) -> Iterator[tuple[bytes, bytes]]:
    if not exact:
        raise CannotClean
    at = 0
    while at < len(data):
        kind, length = struct.unpack_from("<4sI", data, at)
        body = data[at + 8 : at + 8 + length]
        if len(body) < length:
            raise CannotClean
        yield kind, body
        at += 8 + length + length % 2


def _riff_part(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + b"\x00" * (len(body) % 2)


# ---------------------------------------------------------------- JPEG 2000, as it stands in a PDF

_JP2 = b"\x00\x00\x00\x0cjP  \r\n\x87\n"
_JP2_KEPT = frozenset([b"jP  ", b"ftyp", b"rreq", b"jp2h", b"jp2c"])


def clean_jp2(data: bytes) -> bytes:
    """The same JPEG 2000 without the boxes that describe it; a bare codestream stays as it is.

    Raises:
        CannotClean: a box is cut short.
    """
    if not data.startswith(_JP2):
        return data
    out, at = [], 0
    try:
        while at < len(data):
            length, kind = struct.unpack_from(">I4s", data, at)
            head = 8
            if length == 1:
                (length,) = struct.unpack_from(">Q", data, at + 8)
                head = 16
            elif length == 0:
                length = len(data) - at
            if length < head or at + length > len(data):
                raise CannotClean
            if kind in _JP2_KEPT:
                out.append(data[at : at + length])
            at += length
    except struct.error:
        raise CannotClean from None
    return b"".join(out)
