"""The words that tell what the program is for, and what looks for them in files, names and texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

TELLING = (
    *("traffick", "victim", "survivor", "exploit", "abus", "shelter", "safe house", "violen", "coerc", "prostitut"),
    *("sex work", "sexual", "assault", "slavery", "hotline", "caseworker", "perpetrat", "stalk", "restraining order"),
    *("protective order", "t visa", "u visa", "t-status", "u-status", "trauma", "subpoena", "advocate", "immigra"),
    *("tratante", "trata de", "víctima", "sobrevivient", "supervivient", "explota", "refugio", "albergue", "coacc"),
    *("agresi", "esclavi", "línea de ayuda", "acoso", "maltrat", "orden de protección"),
)
"""Beginnings of words, small, in English and Spanish. Ordinary ones (lawyer, police, doctor, safe) are left out."""


def that_begin(beginnings: Iterable[str]) -> re.Pattern[str]:
    """What finds words that begin so."""
    return re.compile("|".join(rf"\b{re.escape(each)}" for each in beginnings), re.IGNORECASE)


_TELLS = that_begin(TELLING)
# In bytes there are no words: the letters themselves, in the two writings that systems use.
_TELLING_BYTES = re.compile(
    b"|".join(re.escape(word.encode(code)) for word in TELLING for code in ("utf-8", "utf-16-le")), re.IGNORECASE
)


def telling_in(text: str) -> list[str]:
    """The telling words of a text; a name is read as words too."""
    return [found.group() for found in _TELLS.finditer(text.replace("_", " ").replace("/", " "))] + [
        found.group() for found in _TELLS.finditer(text)
    ]


def telling_in_bytes(data: bytes) -> list[bytes]:
    """The telling words as they would be found in a file by whoever searches for them."""
    return [found.group() for found in _TELLING_BYTES.finditer(data)]


def telling_files(folder: Path) -> Iterator[tuple[str, object]]:
    """Each file or folder below that tells, by its name or by what is in it, with what was found."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if found := telling_in(name):
            yield name, found
        if path.is_file() and (inside := telling_in_bytes(path.read_bytes())):
            yield name, inside
