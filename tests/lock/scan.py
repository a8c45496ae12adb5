"""Looks for words in the memory of a process and in the files of a folder.

Run as a program (``-m tests.lock.scan PID``) it reads what to look for from standard input, as one line of JSON, and
writes what it found, or ``null`` where it must not read.
"""

from __future__ import annotations

import base64
import json
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

PIECE = 1 << 20
OVERLAP = 1024


def shapes(word: str) -> list[bytes]:
    """How a word may lie in memory or on disk: UTF-8, UTF-16, UTF-32, and base64 at its three alignments."""
    plain = word.encode()
    found = [plain, *(word.encode(each) for each in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"))]
    for shift in range(3):
        coded = base64.b64encode(b"\0" * shift + plain)
        # The first and last characters also hold bits of the neighbours.
        found.append(coded[4:-4] if shift else coded[:-4])
    return found


def shapes_of_bytes(secret: bytes) -> list[bytes]:
    """How a key may lie there: as it is, in hexadecimal digits of both kinds and any width, and in base64."""
    found = [secret]
    for shift in range(3):
        coded = base64.b64encode(b"\0" * shift + secret)
        found.append(coded[4:-4] if shift else coded[:-4])
    for digits in (secret.hex(), secret.hex().upper()):
        found += [digits.encode(), digits.encode("utf-16-le"), digits.encode("utf-32-le")]
    return found


class Scanner:
    """Finds which of many words are in bytes that come in pieces.

    Looking for thousands of shapes in hundreds of megabytes is slow, so all words share a ``mark``, and only where that
    stands (in any shape) is looked for the words themselves, at the places where a word around it would begin.
    """

    def __init__(self, words: Iterable[str], mark: str, secrets: Mapping[str, str | bytes] | None = None) -> None:
        """``mark`` stands in every one of ``words`` and is long enough for all shapes; ValueError when it is not.

        ``secrets`` have no mark (keys are random); each is reported by the name it has here.
        """
        kept = list(words)
        if min(map(len, shapes(mark))) < 8 or not all(mark in word for word in kept):
            raise ValueError(mark)
        self._by_shape = {shape: word for word in kept for shape in shapes(word)}
        self._begins: dict[bytes, set[tuple[int, int]]] = {each: set() for each in shapes(mark)}
        for shape, word in self._by_shape.items():
            within = [(each, shape.find(each)) for each in self._begins if each in shape]
            if not within:
                raise ValueError(word)
            for each, at in within:
                self._begins[each].add((at, len(shape)))
        self._secrets = {
            shape: name
            for name, secret in (secrets or {}).items()
            for shape in (shapes_of_bytes(secret) if isinstance(secret, bytes) else shapes(secret))
        }

    def words_in(self, content: bytes) -> set[str]:
        """The words that are in ``content``."""
        found = {name for shape, name in self._secrets.items() if shape in content}
        for mark, begins in self._begins.items():
            at = content.find(mark)
            while at >= 0:
                for before, length in begins:
                    word = self._by_shape.get(content[max(0, at - before) : at - before + length])
                    if word is not None:
                        found.add(word)
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
                    if content != bytes(len(content)):
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


def main() -> None:
    told = json.loads(sys.stdin.readline())
    secrets = {name: bytes.fromhex(digits) for name, digits in told["keys"].items()} | told["secrets"]
    scanner = Scanner(told["words"], told["mark"], secrets)
    try:
        print(json.dumps(sorted(scanner.in_process(int(sys.argv[1])))))
    except PermissionError:
        print(json.dumps(None))


if __name__ == "__main__":
    main()
