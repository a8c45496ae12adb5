"""A disk that fails once, and whose power goes: a process under ``strace``, and what its calls left behind.

``strace`` lets one chosen call fail without doing it, and writes down every call that changes a file, with its bytes.
From that record :class:`Disk` makes the folder again as it may stand after the power went at any moment: what was
flushed is there (POSIX fsync of the file for its bytes, of the folder for its names); of the rest nothing, all of it,
or, sector by sector, some.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

STRACE = shutil.which("strace")
ROOT = Path(__file__).resolve().parents[2]
AT_WORK = Path(__file__).with_name("at_work.py")
SECTOR = 512
CHANGING = "write,pwrite64,ftruncate,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir"
TRACED = f"{CHANGING},openat,close,writev"
UNKNOWN = "pwritev,pwritev2,fallocate,copy_file_range,sendfile,link,linkat,truncate,mmap"
_LINE = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+|\?)(.*)$")
_BESIDE = re.compile(r'(AT_FDCWD|\d+), "')
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True)
class Call:
    """One call: its name, its arguments as ``strace`` wrote them, its texts as bytes, and what it returned."""

    name: str
    arguments: str
    texts: tuple[bytes, ...]
    result: int
    injected: bool

    def number(self, place: int) -> int:
        """The plain number at one place among the arguments, from the end when ``place`` is negative."""
        return int(_TEXT.sub("", self.arguments).split(", ")[place])

    def path(self, place: int = -1) -> Path:
        return Path(os.fsdecode(self.texts[place]))

    def beside(self, place: int = -1) -> int:
        """The open folder from which a path is meant, or -1 for the current one."""
        found = _BESIDE.findall(self.arguments)
        return int(found[place]) if found and found[place] != "AT_FDCWD" else -1


@dataclass
class Ran:
    """A run: its calls, and how it ended."""

    calls: list[Call]
    status: int
    errors: str


def run(data: Path, secret: str, log: Path, fault: tuple[str, str, int] | None = None) -> Ran:
    """Let the work be done under ``strace``; ``fault`` is (call, error, which one of these calls)."""
    assert STRACE is not None
    words = [STRACE, "-f", "--seccomp-bpf", "-xx", "-s", "10000000", "-e", f"trace={TRACED}", "-o", str(log)]
    if fault is not None:
        words += ["-e", f"inject={fault[0]}:error={fault[1]}:when={fault[2]}"]
    done = subprocess.run(
        [*words, sys.executable, "-B", str(AT_WORK), str(data)],
        input=secret + "\n",
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"},
        timeout=120,
        check=False,
    )
    return Ran(list(read(log)), done.returncode, done.stderr)


def read(log: Path) -> Iterator[Call]:
    """The calls of a record, in order."""
    for line in log.read_text("ascii").splitlines():
        found = _LINE.match(line)
        if found is None:
            assert "unfinished" not in line, "two threads at once: the record would have to be put together"
            continue
        name, arguments, result, rest = found.groups()
        texts = tuple(bytes.fromhex(text.replace("\\x", "")) for text in _TEXT.findall(arguments))
        yield Call(name, arguments, texts, -1 if result == "?" else int(result), "INJECTED" in rest)


def said(call: Call) -> dict[str, Any] | None:
    """What the process said with this call, if it said anything."""
    if call.name != "writev" or call.result <= 0:
        return None
    words: dict[str, Any] = json.loads(b"".join(call.texts))
    return words


class Power(Enum):
    """What of the unflushed is there after the power went."""

    NOTHING = "nothing"
    SOME = "some"
    ALL = "all"


@dataclass
class File:
    """The bytes of a file: what is flushed, and what was written since, as (offset, bytes) or (size, None)."""

    flushed: bytes = b""
    since: list[tuple[int, bytes | None]] = field(default_factory=list)

    def at(self, power: Power, dice: random.Random) -> bytes:
        content = bytearray(self.flushed)
        for offset, written in self.since if power is not Power.NOTHING else ():
            if written is None:
                if power is Power.ALL or dice.random() < 0.5:
                    content = content[:offset] + bytes(max(0, offset - len(content)))
                continue
            for start in range(0, len(written), SECTOR):
                if power is Power.ALL or dice.random() < 0.5:
                    piece, place = written[start : start + SECTOR], offset + start
                    content += bytes(max(0, place + len(piece) - len(content)))
                    content[place : place + len(piece)] = piece
        return bytes(content)

    def flush(self) -> None:
        self.flushed, self.since = self.at(Power.ALL, random.Random(0)), []


@dataclass
class Folder:
    """The names in a folder: those flushed, and what was done to them since, as (name, what it names now or None)."""

    flushed: dict[str, File | Folder] = field(default_factory=dict)
    since: list[tuple[tuple[str, File | Folder | None], ...]] = field(default_factory=list)

    def at(self, power: Power, dice: random.Random) -> dict[str, File | Folder]:
        names = dict(self.flushed)
        kept = {Power.NOTHING: 0, Power.ALL: len(self.since)}.get(power, dice.randint(0, len(self.since)))
        for step in self.since[:kept]:
            for name, node in step:
                if node is None:
                    names.pop(name, None)
                else:
                    names[name] = node
        return names

    def now(self) -> dict[str, File | Folder]:
        return self.at(Power.ALL, random.Random(0))

    def flush(self) -> None:
        self.flushed, self.since = self.now(), []


class Disk:
    """The folder at ``root``, followed call by call. One that is not ``honest`` flushes nothing and says it did."""

    def __init__(self, root: Path, *, honest: bool = True) -> None:
        self.root = root
        self.honest = honest
        self.top = _taken_in(root)
        self._open: dict[int, tuple[File | Folder, int]] = {}
        self._folders: dict[int, Path] = {}

    def follow(self, call: Call) -> bool:
        """Take one call over; whether it was one of those that change a file under ``root``."""
        if call.name == "openat":
            return self._opened(call)
        if call.name == "close":
            self._open.pop(call.number(0), None)
            self._folders.pop(call.number(0), None)
            return False
        if call.name in ("write", "pwrite64", "ftruncate", "fsync", "fdatasync"):
            return self._on_open(call)
        if call.name == "writev":
            return False
        return self._on_names(call)

    def would_touch(self, call: Call) -> bool:
        """Whether a call concerns this folder, also when it was not carried out."""
        if call.name in ("write", "pwrite64", "ftruncate", "fsync", "fdatasync"):
            return call.number(0) in self._open
        return call.name in CHANGING.split(",") and self._place(self._path(call)) is not None

    def _path(self, call: Call, place: int = -1) -> Path:
        path = call.path(place)
        return self._folders.get(call.beside(place), Path()) / path if not path.is_absolute() else path

    def _place(self, path: Path) -> tuple[Folder, str] | None:
        if not path.is_relative_to(self.root) or path == self.root:
            return None
        folder: File | Folder = self.top
        for part in path.relative_to(self.root).parent.parts:
            assert isinstance(folder, Folder)
            folder = folder.now()[part]
        assert isinstance(folder, Folder)
        return folder, path.name

    def _opened(self, call: Call) -> bool:
        if call.result < 0:
            return False
        self._open.pop(call.result, None)
        self._folders.pop(call.result, None)
        path = self._path(call)
        if path == self.root:
            self._open[call.result] = (self.top, 0)
            self._folders[call.result] = path
            return False
        place = self._place(path)
        if place is None:
            return False
        folder, name = place
        node = folder.now().get(name)
        made = node is None
        if node is None:
            node = File()
            folder.since.append(((name, node),))
        if isinstance(node, File) and "O_TRUNC" in call.arguments:
            node.since.append((0, None))
        self._open[call.result] = (node, 0)
        if isinstance(node, Folder):
            self._folders[call.result] = path
        return made

    def _on_open(self, call: Call) -> bool:
        number = call.number(0)
        if number not in self._open:
            return False
        node, place = self._open[number]
        if call.result < 0:
            return True
        if call.name in ("fsync", "fdatasync"):
            if self.honest:
                node.flush()
            return True
        assert isinstance(node, File)
        if call.name == "ftruncate":
            node.since.append((call.number(1), None))
        elif call.name == "pwrite64":
            node.since.append((call.number(-1), call.texts[0][: call.result]))
        else:
            node.since.append((place, call.texts[0][: call.result]))
            self._open[number] = (node, place + call.result)
        return True

    def _on_names(self, call: Call) -> bool:
        assert call.name in CHANGING.split(","), call.name
        place = self._place(self._path(call))
        if place is None or call.result < 0:
            return place is not None
        folder, name = place
        if call.name.startswith("rename"):
            source = self._place(self._path(call, 0))
            assert source is not None
            node = source[0].now()[source[1]]
            if source[0] is folder:
                folder.since.append(((source[1], None), (name, node)))
            else:
                source[0].since.append(((source[1], None),))
                folder.since.append(((name, node),))
        elif call.name.startswith("mkdir"):
            folder.since.append(((name, Folder()),))
        else:
            folder.since.append(((name, None),))
        return True

    def power_off(self, target: Path, power: Power, dice: random.Random) -> None:
        """Put the folder, as it may stand after the power went now, to ``target``, which is made anew."""
        shutil.rmtree(target, ignore_errors=True)
        _put(self.top, target, power, dice)


def _taken_in(path: Path) -> Folder:
    folder = Folder()
    for each in path.iterdir():
        folder.flushed[each.name] = _taken_in(each) if each.is_dir() else File(each.read_bytes())
    return folder


def _put(folder: Folder, target: Path, power: Power, dice: random.Random) -> None:
    target.mkdir(mode=0o700)
    for name, node in folder.at(power, dice).items():
        if isinstance(node, Folder):
            _put(node, target / name, power, dice)
        else:
            (target / name).write_bytes(node.at(power, dice))
            (target / name).chmod(0o600)
