"""Every kind of question to a child: what it is asked, what it answers, who reads in it, and its limits.

The names of modules stand here as text, because the two sides load different ones: the child what reads, the other
side only what the answer is made of.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind. ``asks``, ``answers`` and ``reader`` are "module:name".

    ``most_in`` and ``most_out`` in bytes; ``seconds`` that one question may take; ``memory`` in bytes that the child
    may have mapped, its own libraries among it. ``stays``: one child answers many questions.
    """

    name: str
    asks: str
    answers: str
    reader: str
    most_in: int
    most_out: int
    seconds: int = 120
    memory: int = 1_500 * MEGABYTE
    stays: bool = False
    working: int = 0
    """Seconds that the child may work in all, where that is not ``seconds``."""

    loads: tuple[str, ...] = ()
    """Modules that look for something on this computer while they are loaded, so that has to be before."""


def named(where: str) -> Any:
    """What "module:name" stands for."""
    module, _colon, name = where.partition(":")
    return getattr(importlib.import_module(module), name)


def reader_of(kind: Kind) -> Callable[..., Any]:
    """What reads in the child; a class where something is kept from one question to the next."""
    found = named(kind.reader)
    return found() if isinstance(found, type) else found  # type: ignore[no-any-return]


_READ = "planner.apart.reading"
_TABLES = ("pyxform.xls2json_backends",)
_PAPERS = "planner.apart.paper_reading"
_ASK = "planner.apart.questions"

KINDS: dict[str, Kind] = {
    each.name: each
    for each in (
        Kind(
            "calendar",
            f"{_ASK}:CalendarAsked",
            "planner.exchange.calendar_read:CalendarFile",
            f"{_READ}:calendar",
            most_in=21 * MEGABYTE,
            most_out=64 * MEGABYTE,
        ),
        Kind(
            "cards",
            f"{_ASK}:CardsAsked",
            "planner.exchange.cards_read:CardFile",
            f"{_READ}:cards",
            most_in=68 * MEGABYTE,
            most_out=64 * MEGABYTE,
        ),
        Kind(
            "services",
            f"{_ASK}:ServicesAsked",
            "planner.exchange.services_read:ServiceFile",
            f"{_READ}:services",
            most_in=17 * MEGABYTE,
            most_out=64 * MEGABYTE,
        ),
        Kind(
            "form",
            f"{_ASK}:FormAsked",
            f"{_ASK}:FormMade",
            f"{_READ}:form",
            most_in=125 * MEGABYTE,
            most_out=250 * MEGABYTE,
            loads=_TABLES,
        ),
        Kind(
            "pack",
            f"{_ASK}:PackAsked",
            f"{_ASK}:PackMade",
            f"{_READ}:pack",
            most_in=41 * MEGABYTE,
            most_out=250 * MEGABYTE,
            seconds=300,
            loads=_TABLES,
        ),
        Kind(
            "picture",
            f"{_ASK}:PictureAsked",
            f"{_ASK}:Picture",
            f"{_PAPERS}:picture",
            loads=("PySide6.QtGui",),
            most_in=27 * MEGABYTE,
            most_out=80 * MEGABYTE,
            seconds=20,
            working=600,
            # A picture of 120 million pixels whole, made smaller, and Qt.
            memory=2_500 * MEGABYTE,
            stays=True,
        ),
        Kind(
            "pages",
            f"{_ASK}:PageAsked",
            f"{_ASK}:Page",
            f"{_PAPERS}:Pages",
            loads=("pypdfium2",),
            # A cleaned PDF may be larger than what came.
            most_in=120 * MEGABYTE,
            most_out=80 * MEGABYTE,
            seconds=20,
            working=1200,
            memory=2_500 * MEGABYTE,
            stays=True,
        ),
        Kind(
            "clean",
            f"{_ASK}:CleanAsked",
            f"{_ASK}:Cleaned",
            f"{_PAPERS}:clean",
            most_in=27 * MEGABYTE,
            most_out=110 * MEGABYTE,
            seconds=300,
        ),
    )
}
