"""Where the files that travel with the program are found, from a checkout and from an installed program."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def _root() -> Path:
    if (_PACKAGE / "_packed.dat").is_file():
        from planner.packed import Inside

        return Inside(_PACKAGE / "_resources")
    return _PACKAGE.parent / "resources"


def resource(*parts: str) -> Path:
    """The path of a shipped file or folder, for example ``resource("icons", "lock.svg")``.

    In an installed program it leads into the packed file: it is read as any path, and the system does not know it.
    """
    return _root().joinpath(*parts)
