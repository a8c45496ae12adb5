"""Which files a form names, and taking those that stand beside it on a disk."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from html import unescape
from pathlib import Path

from planner.forms.trouble import Problem
from planner.words import _

LARGEST_BESIDE = 25_000_000
"""Bytes of one file."""
LARGEST_IN_ALL = 100_000_000
MOST_FILES = 500

_NAMED = re.compile(r"jr://(?:images|audio|video|file|file-csv)/([^\"<>]+)")
_LOOKED_UP = re.compile(r"\b(?:pulldata|search)\(\s*(?:['\"]|&quot;|&apos;)([\w .\-]+?)(?:['\"]|&quot;|&apos;)")


def named_files(xform: bytes) -> list[str]:
    """The plain names of the files a form names, in their order, each once."""
    text = xform.decode("utf-8", "replace")
    found = [unescape(each).strip().replace("\\", "/").rsplit("/", 1)[-1] for each in _NAMED.findall(text)]
    found.extend(each if each.lower().endswith(".csv") else f"{each}.csv" for each in _LOOKED_UP.findall(text))
    return [each for each in dict.fromkeys(found) if each not in {"", ".", ".."} and "\x00" not in each]


def files_beside(path: Path, xform: bytes) -> tuple[dict[str, bytes], list[Problem]]:
    """The files of a form at ``path``: all in the folder ``<stem>-media`` beside it, and those it names beside it.

    Nothing else in the folder is looked at, and no link leads out of it: a form that came in an archive must not bring
    in what lies elsewhere on this computer. What cannot be read is left out; what is too large is told.
    """
    found: dict[str, bytes] = {}
    problems: list[Problem] = []
    room = LARGEST_IN_ALL
    places = _folders(path)
    for each in _places(path, xform):
        if each.name in found:
            continue
        try:
            if not _lies_in(each, places):
                continue
            size = each.stat().st_size
            if size > min(LARGEST_BESIDE, room) or len(found) >= MOST_FILES:
                what = _("The file “{name}” is too large.").format(name=each.name)
                problems.append(Problem("", 0, what, _("It is left aside.")))
                continue
            content = read_plain(each, size + 1)
        except (OSError, RuntimeError):
            continue
        found[each.name] = content
        room -= len(content)
    return found, problems


def read_plain(path: Path, most: int) -> bytes:
    """The first ``most`` bytes of a file; never waits for what is no file, such as a pipe or a device.

    Raises:
        OSError: it cannot be opened, or is no file.
    """
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise OSError(errno.EINVAL, "no file")
    with open(number, "rb") as stream:  # noqa: PTH123 - a number has no path
        return stream.read(most)


def _folders(path: Path) -> tuple[Path, ...]:
    """The folder of a form, and that of its files if it really lies there."""
    try:
        folder = path.parent.resolve()
        media = path.with_name(f"{path.stem}-media").resolve()
    except (OSError, RuntimeError):
        return ()
    return (folder, media) if media.parent == folder else (folder,)


def _lies_in(each: Path, folders: tuple[Path, ...]) -> bool:
    return each.is_file() and each.resolve().parent in folders


def _places(path: Path, xform: bytes) -> Iterator[Path]:
    media = path.with_name(f"{path.stem}-media")
    try:
        if media.is_dir():
            for count, each in enumerate(sorted(media.iterdir())):
                if count >= MOST_FILES:
                    break
                yield each
    except OSError:
        pass
    for name in named_files(xform)[:MOST_FILES]:
        with suppress(ValueError):
            yield path.with_name(name)
