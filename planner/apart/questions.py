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


@dataclass(frozen=True, slots=True)
class FormAsked:
    """A form in a file of this name; ``files`` are those beside it, by plain name."""

    name: str
    data: bytes
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class FormMade:
    """An XForm in pieces (:mod:`planner.forms.anew`), and what was told while it was made.

    ``problems`` are sheet, row, what, instead; ``rows`` where each name stands. ``files`` are those beside it; a list
    that is XML is among ``lists`` instead, in pieces too.
    """

    pieces: tuple[str, ...]
    problems: tuple[tuple[str, int, str, str], ...]
    rows: Mapping[str, int]
    files: Mapping[str, bytes]
    lists: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class PackAsked:
    """A pack as one .zip, or else its files; ``today`` (ISO 8601) is a day after all that it may say of itself."""

    package: bytes
    files: Mapping[str, bytes]
    today: str


@dataclass(frozen=True, slots=True)
class PackMade:
    """The files of a pack, where it came as a .zip, and its forms by the names of their files."""

    files: Mapping[str, bytes]
    forms: Mapping[str, FormMade]


@dataclass(frozen=True, slots=True)
class PictureAsked:
    """A photo of one kind, with at most about ``most`` pixels, and no side longer than ``longest`` (0: any).

    ``seen_through``: what can be seen through stays so; else it lies on white. ``usual_colours``: turned into sRGB.
    """

    content: bytes
    media_type: str
    most: int
    longest: int = 0
    seen_through: bool = False
    usual_colours: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """Four bytes a pixel, blue first, row after row without a gap; the fourth counts where it can be seen through."""

    width: int
    height: int
    pixels: bytes
    seen_through: bool = False


@dataclass(frozen=True, slots=True)
class PageAsked:
    """``content`` is a PDF to be opened instead of the one before; without it, page ``number`` is asked, so wide."""

    content: bytes | None = None
    number: int = 0
    width: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """Of a PDF that was opened, the sizes in thousandths of a point and the words of each page; else one picture."""

    sizes: tuple[tuple[int, int], ...] = ()
    texts: tuple[str, ...] = ()
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class CleanAsked:
    """A paper that is to leave. ``on`` is a size of paper: then a photo becomes a PDF with one page."""

    media_type: str
    content: bytes
    on: str = ""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The same paper, without what was written into it beside what is seen."""

    content: bytes
