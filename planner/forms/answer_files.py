"""Files given as answers: pictures, recordings, drawings. The text of the answer is a name for what is kept."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import PurePath
from typing import Protocol

Progress = Callable[[int, int], None]


def _no_progress(_done: int, _total: int) -> None:
    """Nobody looks."""


class AnswerFiles(Protocol):
    """Where the files of one filling are kept; never in a folder of the computer."""

    def keep(self, name: str, media_type: str, content: bytes, progress: Progress = ..., /) -> str:
        """Keep a file called ``name``; gives the text that is the answer, a name that no other file has.

        ``progress(done, total)`` counts bytes. May be called from any thread.

        Raises:
            MachineTrouble, whatever ``progress`` raises: nothing is kept.
        """
        ...

    def content(self, value: str) -> bytes | None:
        """The content of a file by its answer; None when it is not there any more."""
        ...

    def media_type(self, value: str) -> str:
        """The media type of a file by its answer, such as ``image/png``; empty when it is not known."""
        ...

    def name(self, value: str) -> str:
        """What a file was called when it came in, by its answer; empty when it is not there."""
        ...

    def size(self, value: str) -> int:
        """How many bytes a file has, by its answer; 0 when it is not there."""
        ...

    def discard(self, value: str) -> None:
        """Forget a file that was kept and is no answer after all; nothing happens when there is none.

        What was an answer is left alone: undo may bring it back.
        """
        ...


class MemoryFiles:
    """Files kept in memory only: gone when the program ends."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, str, bytes]] = {}

    def keep(self, name: str, media_type: str, content: bytes, _progress: Progress = _no_progress, /) -> str:
        """Keep a file under a name of its own with the ending of ``name``."""
        made = f"{secrets.token_hex(8)}{PurePath(name).suffix.lower()}"
        self._kept[made] = (name, media_type, content)
        return made

    def content(self, value: str) -> bytes | None:
        """The content, None when there is none."""
        return self._kept[value][2] if value in self._kept else None

    def media_type(self, value: str) -> str:
        """The media type, empty when there is no such file."""
        return self._kept[value][1] if value in self._kept else ""

    def name(self, value: str) -> str:
        """What it was called, empty when there is no such file."""
        return self._kept[value][0] if value in self._kept else ""

    def size(self, value: str) -> int:
        """How large it is, 0 when there is no such file."""
        return len(self._kept[value][2]) if value in self._kept else 0

    def discard(self, value: str) -> None:
        """Forget a file."""
        self._kept.pop(value, None)
