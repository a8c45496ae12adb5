"""Every place on a Linux machine where somebody could leave something, and what of it is somebody's."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

# What the kernel makes up; /dev/shm lies below one of them and is looked at by itself.
MADE_UP = frozenset({"/proc", "/sys", "/dev"})
ROOTS = ("/", "/dev/shm", "/dev/mqueue")
SYSTEM_V = tuple(Path("/proc/sysvipc", kind) for kind in ("shm", "sem", "msg"))


@dataclass(frozen=True)
class Place:
    """One file, folder, link or socket, and by what one sees that something was done to it."""

    path: str
    kind: int
    size: int
    changed: int
    inode: int


class Survey:
    """What is somebody's on the whole machine, and where they could put more.

    Nobody puts anything into a folder, or takes it out, who may not write there: so after one walk through everything
    it is enough to look again into the folders that could be written to, and into what is new in them.
    """

    def __init__(self, owners: Iterable[int], but: Iterable[str]) -> None:
        """``owners``: whose. ``but``: folders that are not looked into."""
        self._owners = frozenset(owners)
        self._but = MADE_UP | set(but)
        self._folders: set[str] = {each for each in ROOTS if os.path.isdir(each)}  # noqa: PTH112
        self._before: dict[str, tuple[int | None, Place]] = {}
        for path, found in self._below([*self._folders], everywhere=True):
            place = self._place(path, found)
            if place is not None:
                self._before[path] = place
            writable = found.st_uid in self._owners or found.st_mode & stat.S_IWOTH
            if stat.S_ISDIR(found.st_mode) and writable and path not in self._but:
                self._folders.add(path)
        self.before = self._by_owner(self._before)

    def again(self) -> dict[int, dict[str, Place]]:
        """By owner, and by path, all that is theirs now; what anybody may change is everybody's."""
        now: dict[str, tuple[int | None, Place]] = {}
        for path in self._before:
            with suppress(FileNotFoundError, NotADirectoryError):
                self._keep(now, path, os.lstat(path))
        for path, found in self._below([*self._folders], everywhere=False):
            self._keep(now, path, found)
        return self._by_owner(now)

    def _keep(self, now: dict[str, tuple[int | None, Place]], path: str, found: os.stat_result) -> None:
        place = self._place(path, found)
        if place is not None:
            now[path] = place

    def _place(self, path: str, found: os.stat_result) -> tuple[int | None, Place] | None:
        owner = found.st_uid if found.st_uid in self._owners else None
        if owner is None and not _open_to_all(found):
            return None
        return owner, Place(path, stat.S_IFMT(found.st_mode), found.st_size, found.st_ctime_ns, found.st_ino)

    def _below(self, waiting: list[str], everywhere: bool) -> Iterator[tuple[str, os.stat_result]]:
        """What lies in these folders, and in those below them: in all, or in the new ones of these owners.

        Raises:
            PermissionError: a folder may not be looked into; never taken for "nothing found".
        """
        while waiting:
            folder = waiting.pop()
            try:
                inside = list(os.scandir(folder))
            except (FileNotFoundError, NotADirectoryError):
                continue  # it went meanwhile
            for each in inside:
                try:
                    found = each.stat(follow_symlinks=False)
                except FileNotFoundError:
                    continue
                yield each.path, found
                if not stat.S_ISDIR(found.st_mode) or each.path in self._but:
                    continue
                if everywhere or (found.st_uid in self._owners and each.path not in self._folders):
                    waiting.append(each.path)

    def _by_owner(self, found: dict[str, tuple[int | None, Place]]) -> dict[int, dict[str, Place]]:
        by_owner: dict[int, dict[str, Place]] = {owner: {} for owner in self._owners}
        for path, (owner, place) in found.items():
            for each in self._owners if owner is None else (owner,):
                by_owner[each][path] = place
        for each, theirs in by_owner.items():
            theirs |= {path: Place(path, 0, 0, 0, 0) for path in _in_memory(each)}
        return by_owner


def _open_to_all(found: os.stat_result) -> bool:
    """Whether anybody could change this without becoming its owner: not a folder where each has only what is theirs."""
    if stat.S_ISDIR(found.st_mode):
        return bool(found.st_mode & stat.S_IWOTH) and not found.st_mode & stat.S_ISVTX
    return stat.S_ISREG(found.st_mode) and bool(found.st_mode & stat.S_IWOTH)


def _in_memory(owner: int) -> Iterator[str]:
    """Pieces of shared memory and the like that outlast the process that made them (sysvipc(7))."""
    for kind in SYSTEM_V:
        lines = kind.read_text().splitlines()
        column = lines[0].split().index("uid")
        for line in lines[1:]:
            if line.split()[column] == str(owner):
                yield f"{kind}/{line.split()[1]}"


def processes_of(owner: int) -> list[str]:
    """The command lines of all processes that somebody has running."""
    found = []
    for each in Path("/proc").iterdir():
        if not each.name.isdigit():
            continue
        try:
            status = (each / "status").read_text()
            words = (each / "cmdline").read_bytes()
        except OSError:
            continue  # it ended meanwhile
        lines = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
        if lines["Uid"].split()[0] == str(owner) and not lines["State"].startswith("Z"):
            found.append(words.replace(b"\0", b" ").decode(errors="replace"))
    return found
