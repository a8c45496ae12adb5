"""Shortcuts of Linux desktops: a ``.desktop`` file and its picture (Desktop Entry Specification 1.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from planner.system.files import disk_trouble, write_private
from planner.system.quiet import file_name

_NEEDS_QUOTES = re.compile(r"[^A-Za-z0-9_./:=@,+-]")


def string(text: str) -> str:
    """A value of the type string: on one line, backslashes doubled."""
    return " ".join(text.split()).replace("\\", "\\\\")


def exec_line(words: Sequence[str]) -> str:
    """The value of ``Exec``: each argument quoted where it must be, a % doubled, then the whole as a string.

    The name of a folder may hold the end of a line, after which another ``Exec`` could stand.
    """
    return " ".join(map(_argument, words)).replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")


def _argument(word: str) -> str:
    word = word.replace("%", "%%")
    if word and not _NEEDS_QUOTES.search(word.replace("%", "")):
        return word
    return '"{}"'.format(re.sub(r'(["`$\\])', r"\\\1", word))


def entry(name: str, picture: Path, words: Sequence[str]) -> str:
    """The whole file. It asks for no notices, no start by itself, and no kind of file."""
    lines = (
        ("Type", "Application"),
        ("Version", "1.5"),
        ("Name", string(name)),
        ("Icon", string(str(picture))),
        ("Exec", exec_line(words)),
        ("Terminal", "false"),
        ("Categories", "Utility;"),
        ("StartupNotify", "false"),
        ("StartupWMClass", string(name)),
    )
    return "\n".join(["[Desktop Entry]", *(f"{key}={value}" for key, value in lines), ""])


class LinuxShortcuts:
    """In the folder ``applications`` of this account."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, name: str, picture: bytes, words: Sequence[str]) -> str:
        """As :class:`~planner.system.shortcut.Shortcuts`; a file of somebody else is never replaced."""
        with disk_trouble():
            self.folder.mkdir(parents=True, exist_ok=True)
        file = next(each for each in _names(file_name(name)) if not (self.folder / each).exists())
        drawn = (self.folder / file).with_suffix(".png")
        try:
            write_private(drawn, picture)
            write_private(self.folder / file, entry(name, drawn, words).encode())
        except BaseException:
            with suppress(OSError):
                drawn.unlink(missing_ok=True)
            raise
        return file

    def is_there(self, file: str) -> bool:
        """As :class:`~planner.system.shortcut.Shortcuts`."""
        return bool(file) and (self.folder / file).is_file()

    def remove(self, file: str) -> None:
        """As :class:`~planner.system.shortcut.Shortcuts`; the folder goes too when nothing else is in it."""
        with disk_trouble():
            (self.folder / file).unlink(missing_ok=True)
            (self.folder / file).with_suffix(".png").unlink(missing_ok=True)
        with suppress(OSError):
            self.folder.rmdir()


def _names(beginning: str) -> Iterator[str]:
    yield f"{beginning}.desktop"
    number = 2
    while True:
        yield f"{beginning}-{number}.desktop"
        number += 1
