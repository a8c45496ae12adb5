"""Looks for words in the memory of a process and in the files of a folder."""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Iterable
from pathlib import Path

PIECE = 1 << 20
OVERLAP = 256


def shapes(word: str) -> list[bytes]:
    """How a word may lie in memory or on disk: UTF-8, UTF-16, UTF-32, and base64 at its three alignments."""
    plain = word.encode()
    found = [plain, word.encode("utf-16-le"), word.encode("utf-32-le")]
    for shift in range(3):
        coded = base64.b64encode(b"\0" * shift + plain)
        # The first and last characters also hold bits of the neighbours.
        found.append(coded[4:-4] if shift else coded[:-4])
    return found


class Scanner:
    """Finds which of many words are in bytes that come in pieces.

    Looking for a thousand shapes in hundreds of megabytes is slow, so all words share a ``mark``, and only where that
    stands (in any shape) is looked for the words themselves.
    """

    def __init__(self, words: Iterable[str], mark: str) -> None:
        """``mark`` stands in every one of ``words`` and is long enough for all shapes; ValueError when it is not."""
        kept = list(words)
        if min(map(len, shapes(mark))) < 8 or not all(mark in word for word in kept):
            raise ValueError(mark)
        self._by_shape = {shape: word for word in kept for shape in shapes(word)}
        self._every = re.compile(b"|".join(re.escape(shape) for shape in self._by_shape))
        self._marks = shapes(mark)
        self._reach = max(map(len, self._by_shape))

    def words_in(self, content: bytes) -> set[str]:
        """The words that are in ``content``."""
        found: set[str] = set()
        for mark in self._marks:
            at = content.find(mark)
            while at >= 0:
                around = content[max(0, at - self._reach) : at + self._reach]
                found |= {self._by_shape[each] for each in self._every.findall(around)}
                at = content.find(mark, at + 1)
        return found

    def in_process(self, pid: int) -> set[str]:
        """The words in any memory of a process that it could have written to.

        Raises:
            PermissionError: its memory must not be read; never taken for "nothing found".
        """
        found: set[str] = set()
        read = 0
        with Path(f"/proc/{pid}/maps").open() as maps, Path(f"/proc/{pid}/mem").open("rb", 0) as memory:
            for line in maps:
                place, rights = line.split()[:2]
                if not rights.startswith("rw"):
                    continue
                low, high = (int(part, 16) for part in place.split("-"))
                for begin in range(low, high, PIECE):
                    try:
                        memory.seek(begin)
                        content = memory.read(min(PIECE + OVERLAP, high - begin))
                    except OSError:
                        continue  # a page of a device, or one that is gone since the map was read
                    read += len(content)
                    found |= self.words_in(content)
        if read < PIECE:
            raise PermissionError(f"only {read} bytes of the memory of {pid} could be read")
        return found

    def in_folder(self, folder: Path) -> set[str]:
        """The words in any file below a folder, and in the names of files."""
        found: set[str] = set()
        for where, _folders, files in os.walk(folder):
            for name in files:
                found |= self.words_in(os.fsencode(name))
                path = Path(where, name)
                if path.is_file():
                    found |= self.words_in(path.read_bytes())
        return found
