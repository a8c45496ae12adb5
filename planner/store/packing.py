"""What stands packed or as JSON in a column, and is read with care: a copy from somebody else may hold anything."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from typing import Any

from planner.store.errors import StoreDamaged

LARGEST = 64_000_000
"""Bytes that a form or a pack may unpack to, with all its files."""


def unpacked(content: bytes, room: int) -> bytes:
    """The bytes that were packed, at most ``room`` of them.

    Raises:
        StoreDamaged: they cannot be unpacked, or are more.
    """
    unpacker = zlib.decompressobj()
    try:
        whole = unpacker.decompress(content, room + 1)
    except zlib.error:
        raise StoreDamaged from None
    if not unpacker.eof or len(whole) > room:
        raise StoreDamaged
    return whole


def unpacked_files(packed: Iterable[tuple[str, bytes]], room: int) -> dict[str, bytes]:
    """Files by name, at most ``room`` bytes all together.

    Raises:
        StoreDamaged: one cannot be unpacked, or they are more.
    """
    files: dict[str, bytes] = {}
    for name, content in packed:
        files[name] = unpacked(content, room)
        room -= len(files[name])
    return files


def as_column(value: Any) -> Any:
    """A value as SQLite takes it: a table of words as JSON, yes and no as 1 and 0."""
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return int(value) if isinstance(value, bool) else value


def words_of(column: str, most: int, longest: int) -> dict[str, str]:
    """A table of words from JSON: the first ``most`` entries, cut to ``longest`` letters; empty where it is none."""
    try:
        found = json.loads(column)
    except ValueError:
        return {}
    pairs = list(found.items())[:most] if isinstance(found, dict) else []
    return {str(key)[:longest]: str(value)[:longest] for key, value in pairs}
