"""What a child is asked: the bytes of one file, and the little that has to be known to read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CalendarAsked:
    """``zone`` is the viewer's (IANA)."""

    content: bytes
    zone: str


@dataclass(frozen=True, slots=True)
class CardsAsked:
    """``region`` (two letters) is where numbers without a country are from."""

    content: bytes
    region: str


@dataclass(frozen=True, slots=True)
class ServicesAsked:
    """``region`` as for cards."""

    content: bytes
    region: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """What one file's reader says where it cannot: the sentences of one of our own troubles, named by ``kind``.

    ``where``, ``detail`` and ``problems`` (sheet, row, what, instead) as far as that trouble knows them.
    """

    kind: str
    sentence: str
    what_next: str = ""
    where: str = ""
    detail: str = ""
    problems: tuple[tuple[str, int, str, str], ...] = ()


NO_FILES: Mapping[str, bytes] = {}
