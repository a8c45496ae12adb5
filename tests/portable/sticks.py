"""Places that can be pulled out under a running program, and put back: real file systems, and a folder moved away."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

# The number of FS_IOC_SHUTDOWN and its flag NOLOGFLUSH (linux/fs.h): as if the cable were cut, nothing more is written.
SHUTDOWN, NOLOGFLUSH = 0x8004587D, 2
MEGABYTES = 96
PATIENCE = 20.0


class Stick(Protocol):
    """A place for files. ``folder`` is where it is seen while it is plugged in."""

    folder: Path

    def pull(self) -> None:
        """Take it away, in the middle of whatever goes on."""

    def put_back(self) -> None:
        """Plug it in again."""

    def away(self) -> None:
        """Clear it away, plugged in or not."""


def _run(*words: str | Path) -> str:
    done = subprocess.run([str(each) for each in words], check=True, capture_output=True, timeout=60, text=True)
    return done.stdout


class Moved:
    """A folder that is renamed: every system can do that, for everyone. What is open in it goes on being writable."""

    def __init__(self, place: Path) -> None:
        self.folder = place / "stick"
        self._elsewhere = place / "elsewhere"
        self.folder.mkdir()

    def pull(self) -> None:
        self.folder.rename(self._elsewhere)

    def put_back(self) -> None:
        self._elsewhere.rename(self.folder)

    def away(self) -> None:
        """The folder of the test goes with all that is in it."""


class Image:
    """A file system in a file."""

    maker: tuple[str, ...]

    def __init__(self, place: Path) -> None:
        self.folder = place / "stick"
        self._image = place / "image"
        self.folder.mkdir()
        with self._image.open("wb") as stream:
            stream.truncate(MEGABYTES << 20)
        _run(*self.maker, self._image)
        self.put_back()

    def put_back(self) -> None:
        raise NotImplementedError

    def away(self) -> None:
        while os.path.ismount(self.folder):
            _run("umount", "-l", self.folder)


class Ext4(Image):
    """Linux' own: the kernel stops it as it does when the device is gone, and what was not flushed is lost."""

    maker = ("mkfs.ext4", "-q", "-F", "-m", "0")

    def pull(self) -> None:
        import fcntl

        handle = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.ioctl(handle, SHUTDOWN, struct.pack("I", NOLOGFLUSH))
        finally:
            os.close(handle)
        self.away()

    def put_back(self) -> None:
        # The kernel lets go of it a moment after the last process did; two at one device would write over each other.
        while _run("losetup", "-j", self._image):
            time.sleep(0.02)
        _run("mount", "-o", "loop", self._image, self.folder)


class ExFat(Image):
    """What sticks are sold with, by a driver in a process of its own. It ends: every file of it is gone at once."""

    maker = ("mkfs.exfat",)
    driver: subprocess.Popen[bytes] | None = None
    device = ""

    def put_back(self) -> None:
        subprocess.run(["umount", "-l", str(self.folder)], check=False, capture_output=True, timeout=60)
        if not self.device:
            self.device = _run("losetup", "-f", "--show", self._image).strip()
        words = ["mount.exfat-fuse", "-d", self.device, str(self.folder)]
        self.driver = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + PATIENCE
        while not os.path.ismount(self.folder):
            time.sleep(0.01)
            if self.driver.poll() is not None:  # the kernel lets go of the device a moment after the driver's end
                assert time.monotonic() < until, "what is on it cannot be mounted"
                self.driver = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def pull(self) -> None:
        assert self.driver is not None
        self.driver.kill()
        self.driver.wait()
        # Nobody answers any more, but the place itself stays until somebody takes it down.

    def away(self) -> None:
        if self.driver is not None:
            self.driver.kill()
            self.driver.wait()
            subprocess.run(["umount", "-l", str(self.folder)], check=False, capture_output=True, timeout=60)
        if self.device:
            _run("losetup", "-d", self.device)


def can_mount(*tools: str) -> str:
    """Why no file system of this kind can be mounted here; "" where it can."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "only the administrator of a Linux system mounts file systems"
    lacking = [each for each in ("mount", *tools) if shutil.which(each) is None]
    if lacking:
        return f"not installed: {', '.join(lacking)}"
    return "" if Path("/dev/loop-control").exists() and Path("/dev/fuse").exists() else "no loop devices here"


KINDS: dict[str, tuple[Callable[[Path], Stick], tuple[str, ...]]] = {
    "moved": (Moved, ()),
    "ext4": (Ext4, ("mkfs.ext4",)),
    "exfat": (ExFat, ("mkfs.exfat", "mount.exfat-fuse")),
}
