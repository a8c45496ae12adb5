"""Profiles of colours that say how colours look, and not which camera or screen they come from.

A profile (ICC.1:2022) is a table of parts. Those that reckon colours are kept; names, makers, dates and whatever else a
maker of devices adds are not. Pictures taken of a screen carry the profile of that very screen.
"""

from __future__ import annotations

import struct

_HEAD = 128
_MOST_PARTS = 100
_XYZ = [b"rXYZ", b"gXYZ", b"bXYZ", b"wtpt", b"bkpt", b"lumi", b"chad", b"cicp"]
_CURVES = [b"rTRC", b"gTRC", b"bTRC", b"kTRC"]
_TABLES = [name + digit for name in (b"A2B", b"B2A", b"D2B", b"B2D") for digit in (b"0", b"1", b"2", b"3")]
_KEPT = frozenset([*_XYZ, *_CURVES, *_TABLES, b"gamt"])
_NAME = "Colours"


def clean_profile(profile: bytes) -> bytes:
    """The same colours, without a name, a maker or a date; nothing where it is not built like a profile."""
    try:
        return _rebuilt(profile)
    except struct.error:
        return b""


def _rebuilt(profile: bytes) -> bytes:
    if len(profile) < _HEAD + 4 or profile[36:40] != b"acsp":
        return b""
    (count,) = struct.unpack_from(">I", profile, _HEAD)
    if count > _MOST_PARTS:
        return b""
    parts: list[tuple[bytes, bytes]] = [(b"desc", _text(profile[8])), (b"cprt", _text(profile[8], plain=True))]
    for number in range(count):
        name, start, size = struct.unpack_from(">4sII", profile, _HEAD + 4 + number * 12)
        if name in _KEPT:
            if start + size > len(profile) or size > len(profile):
                return b""
            parts.append((name, profile[start : start + size]))
    parts = list(dict(parts).items())
    at = _HEAD + 4 + 12 * len(parts)
    table, bodies, placed = b"", b"", dict[bytes, int]()
    for name, body in parts:
        if body not in placed:
            # Curves that are alike are written once, as they came.
            placed[body] = at + len(bodies)
            bodies += body + b"\x00" * (-len(body) % 4)
        table += struct.pack(">4sII", name, placed[body], len(body))
    head = bytearray(profile[:_HEAD])
    head[0:4] = struct.pack(">I", at + len(bodies))
    head[4:8] = bytes(4)
    head[24:36] = struct.pack(">6H", 2000, 1, 1, 0, 0, 0)
    # Platform; maker, model and kind of device; who made the profile, its sum, and what has no meaning yet.
    for start, end in ((40, 44), (48, 64), (80, 128)):
        head[start:end] = bytes(end - start)
    return bytes(head) + struct.pack(">I", len(parts)) + table + bodies


def _text(version: int, *, plain: bool = False) -> bytes:
    """A name as the version of the profile asks for it (ICC.1:2001-04, 6.5.17 and 6.5.18; ICC.1:2022, 10.15)."""
    if version >= 4:
        wide = _NAME.encode("utf-16-be")
        return b"mluc" + struct.pack(">III2s2sII", 0, 1, 12, b"en", b"US", len(wide), 28) + wide
    name = _NAME.encode("ascii") + b"\x00"
    if plain:
        return b"text" + bytes(4) + name
    return b"desc" + bytes(4) + struct.pack(">I", len(name)) + name + bytes(4 + 4 + 2 + 1 + 67)
