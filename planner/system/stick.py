"""Hears that the folder of the notebooks is gone: the stick it lay on was pulled out, or the disk was taken away.

Twice a second it is looked whether the folder is still the same one, on the same device. That costs a few millionths
of a second, works the same on every system, and needs nobody who tells. It is done wherever the folder lies: a disk
that seems built in may hang on a cable, and where the folder of an open notebook vanishes nothing can be kept anyway.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path

from PySide6.QtCore import QTimer

from planner.system.away import AwayWatch, Gone

LOOK_EVERY = 500
"""ms between two looks."""

GONE = frozenset(
    getattr(errno, name)
    for name in ("EIO", "ENODEV", "ENXIO", "ENOTCONN", "ESTALE", "ENOMEDIUM", "ESHUTDOWN", "ENOENT", "ENOTDIR")
    if hasattr(errno, name)
)
"""What a system answers where there is nothing any more; what is only forbidden, or busy, is still there."""

GONE_ON_WINDOWS = frozenset({2, 3, 15, 21, 55, 433, 1006, 1110, 1112, 1167})
"""The same in Windows' own numbers (System Error Codes): most of them have none of errno's that says as much."""

DEVICES = Path("/sys/dev/block")
MOUNTED = Path("/proc/self/mountinfo")


class StickWatch(AwayWatch):
    """Watches one folder, from :meth:`start` on; a folder that is not there then is not watched."""

    def __init__(self, folder: Path, devices: Path = DEVICES, mounted: Path = MOUNTED) -> None:
        """``devices`` and ``mounted`` are where Linux tells of devices and of what is mounted."""
        super().__init__()
        self._folder = folder
        self._told_by = (devices, mounted)
        self._device: int | None = None
        self._below: frozenset[str] = frozenset()
        self._timer = QTimer(self, interval=LOOK_EVERY)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Remember which device the folder is on, and look after it from now on."""
        try:
            self._device = self._folder.stat().st_dev
        except OSError:
            return
        self._below = devices_below(self._device, *self._told_by)
        self._awake = True
        self._timer.start()

    def stop(self) -> None:
        """Tell nothing more."""
        super().stop()
        self._timer.stop()

    def look(self) -> None:
        """Whether it is still there."""
        if is_gone(self._folder, self._device, self._below):
            self._timer.stop()
            self.tell(Gone.STICK)


def is_gone(folder: Path, device: int | None, below: frozenset[str]) -> bool:
    """Whether a folder is no longer on ``device``, or one of the devices ``below`` it is gone.

    The device is asked first: of one that was pulled out the system may still have the folder in its memory.
    """
    if not all(os.path.exists(each) for each in below):  # noqa: PTH110 - half as long as with a Path, twice a second
        return True
    try:
        return folder.stat().st_dev != device
    except OSError as trouble:
        return trouble.errno in GONE or getattr(trouble, "winerror", None) in GONE_ON_WINDOWS


def devices_below(device: int, devices: Path = DEVICES, mounted: Path = MOUNTED) -> frozenset[str]:
    """Where Linux shows the block devices that a file system lies on, each in the place of the plug it sits in.

    An encrypted stick is a device upon a device, and goes on being shown when the one below is pulled out. A file
    system of several disks has a number of its own; which device it was mounted from stands in ``mounted``. Elsewhere,
    and for what lies on no device, nothing is known.
    """
    numbers = {f"{os.major(device)}:{os.minor(device)}"} if hasattr(os, "major") else set()
    numbers |= {found for each in numbers for found in _mounted_from(each, mounted)}
    below: set[str] = set()
    waiting = [devices / each for each in numbers]
    while waiting:
        place = os.path.realpath(waiting.pop())
        if place in below or not os.path.isdir(place):  # noqa: PTH112
            continue
        below.add(place)
        slaves = Path(place, "slaves")
        waiting += slaves.iterdir() if slaves.is_dir() else ()
    return frozenset(below)


def _mounted_from(number: str, mounted: Path) -> set[str]:
    """The numbers of the devices from which the file systems of this number were mounted (proc(5), mountinfo)."""
    found = set()
    try:
        lines = mounted.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return set()
    for line in lines:
        fields, _, source = line.partition(" - ")
        if fields.split()[2:3] != [number] or not source.partition(" ")[2].startswith("/dev/"):
            continue
        try:
            device = Path(source.split()[1]).stat().st_rdev
        except OSError:
            continue
        found.add(f"{os.major(device)}:{os.minor(device)}")
    return found
