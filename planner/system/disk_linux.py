"""What Linux tells of its disks, in ``/proc`` and ``/sys``, to everybody.

A folder lies in a mount, a mount on a device, a device on others: a part on its disk, a mapped one on its slaves, a
loop device in a file. Whatever lies on something that is encrypted is. What cannot be followed to its ground is not
told: another machine's disk, the disk of a virtual machine (which its host may encrypt), a file system that encrypts by
itself and does not say so here.
"""

from __future__ import annotations

import fcntl
import os
import re
import struct
from pathlib import Path
from typing import NamedTuple

from planner.system.disk_encryption import DeviceDisk, Encrypted, weakest

_IN_MEMORY = frozenset({"tmpfs", "ramfs"})
_ENCRYPTING = frozenset({"ecryptfs", "fuse.gocryptfs", "fuse.encfs", "fuse.cryfs", "fuse.securefs", "fuse.veracrypt"})
_MAPPED_AND_ENCRYPTED = re.compile(r"CRYPT-(?!VERITY|INTEGRITY)")
_OF_A_VIRTUAL_MACHINE = re.compile(r"virtual|qemu|vbox|vmware|msft", re.IGNORECASE)
_MANY_DEEP = 16
_POLICY_OF_FOLDER = 0xC0096616
"""FS_IOC_GET_ENCRYPTION_POLICY_EX: a single folder, as ext4 and f2fs can encrypt it."""


class Mount(NamedTuple):
    """One line of ``mountinfo``."""

    device: str
    place: str
    kind: str
    source: str
    options: str


class LinuxDisks:
    """The disks of a machine whose ``/proc`` and ``/sys`` lie below ``root``."""

    def __init__(self, root: Path = Path("/")) -> None:
        self._proc, self._sys = root / "proc", root / "sys"

    def look(self, folder: Path) -> DeviceDisk:
        """What is told of the place of a folder, and of swap."""
        swap = self.swap()
        return DeviceDisk(self.folder(folder), swap, self._hibernates())

    # folders ----------------------------------------------------------------------------------------------------------
    def folder(self, folder: Path, depth: int = 0) -> Encrypted:
        """Whether what is written below this folder reaches a disk only encrypted."""
        if depth > _MANY_DEEP:
            return Encrypted.NOT_TOLD
        whole = folder.resolve()
        if _encrypts_itself(whole):
            return Encrypted.YES
        mount = self._mount_of(str(whole))
        if mount is None:
            return Encrypted.NOT_TOLD
        if mount.kind in _ENCRYPTING:
            return Encrypted.YES
        if mount.kind in _IN_MEMORY:
            return self.swap(depth + 1)
        if mount.kind == "overlay":
            above = re.search(r"(?:^|,)upperdir=(/[^,]*)", mount.options)
            return self.folder(Path(above[1]), depth + 1) if above else Encrypted.NOT_TOLD
        device = mount.device if not mount.device.startswith("0:") else self._device_of(mount.source)
        return weakest([self._device(each, depth + 1) for each in self._all_of(device)]) if device else NOT_TOLD

    def _mount_of(self, folder: str) -> Mount | None:
        found = None
        for line in (self._proc / "self/mountinfo").read_text("utf-8", "surrogateescape").splitlines():
            before, _, after = line.partition(" - ")
            kind, source, options = after.split()[:3]
            mount = Mount(before.split()[2], _plain(before.split()[4]), kind, source, options)
            below = mount.place.rstrip("/") + "/"
            # The later of two mounts on the same place lies above.
            if (folder + "/").startswith(below) and (found is None or len(mount.place) >= len(found.place)):
                found = mount
        return found

    def _device_of(self, source: str) -> str | None:
        """The number of a device that is named by its path; mapped ones have a name of their own."""
        if not source.startswith("/dev/"):
            return None
        name = source.removeprefix("/dev/")
        if name.startswith("mapper/"):
            for each in (self._sys / "class/block").glob("dm-*"):
                if _said(each / "dm/name") == name.removeprefix("mapper/"):
                    return _said(each / "dev")
        return _said(self._sys / "class/block" / name.replace("/", "!") / "dev")

    def _all_of(self, device: str | None) -> list[str]:
        """All devices of a file system that may lie on several of them, as btrfs does."""
        for system in (self._sys / "fs/btrfs").glob("*/devices"):
            numbers = [number for each in system.iterdir() if (number := _said(each / "dev"))]
            if device in numbers:
                return numbers
        return [device] if device else []

    # devices ----------------------------------------------------------------------------------------------------------
    def _device(self, number: str, depth: int) -> Encrypted:
        place = self._sys / "dev/block" / number
        if depth > _MANY_DEEP or not place.exists():
            return Encrypted.NOT_TOLD
        place = place.resolve()
        if _MAPPED_AND_ENCRYPTED.match(_said(place / "dm/uuid") or ""):
            return Encrypted.YES
        if (place / "partition").exists():
            return self._device(_said(place.parent / "dev") or "", depth + 1)
        if place.name.startswith("zram"):
            return Encrypted.YES
        backing = _said(place / "loop/backing_file")
        if backing:
            return self.folder(Path(backing).parent, depth + 1)
        below = [_said(each / "dev") or "" for each in (place / "slaves").glob("*")]
        if below:
            return weakest([self._device(each, depth + 1) for each in below])
        return Encrypted.NO if self._is_a_disk(place) else Encrypted.NOT_TOLD

    def _is_a_disk(self, place: Path) -> bool:
        """Whether it is a thing one can take out, and not the picture of one."""
        path = str(place)
        if "/virtio" in path or "/vbd-" in path or "/devices/virtual/" in path:
            # A disk with several ways to it is counted among the virtual ones.
            return "/nvme-subsystem/" in path
        if "/session" in path:  # somewhere in a network
            return False
        said = f"{_said(place / 'device/vendor') or ''} {_said(place / 'device/model') or ''}"
        return not _OF_A_VIRTUAL_MACHINE.search(said)

    # memory that goes to a disk ---------------------------------------------------------------------------------------
    def _swaps(self) -> list[tuple[str, bool]]:
        lines = (self._proc / "swaps").read_text("utf-8", "surrogateescape").splitlines()[1:]
        return [(_plain(line.split()[0]), line.split()[1] == "file") for line in lines if line.strip()]

    def swap(self, depth: int = 0) -> Encrypted:
        """Whether everything that is moved out of memory is encrypted, or none is."""
        return weakest([self._swap(name, is_file, depth) for name, is_file in self._swaps()])

    def _swap(self, name: str, is_file: bool, depth: int) -> Encrypted:
        if is_file:
            return self.folder(Path(name).parent, depth + 1)
        device = self._device_of(name)
        return self._device(device, depth + 1) if device else Encrypted.NOT_TOLD

    def _hibernates(self) -> bool:
        """Whether the kernel can write the whole memory to a disk, and has a place for it that is not memory itself."""
        able = "disk" in (_said(self._sys / "power/state") or "").split()
        off = "[disabled]" in (_said(self._sys / "power/disk") or "")
        return able and not off and any("zram" not in name for name, _ in self._swaps())


NOT_TOLD = Encrypted.NOT_TOLD


def _said(file: Path) -> str | None:
    try:
        return file.read_text("utf-8", "surrogateescape").strip() or None
    except OSError:
        return None


def _plain(name: str) -> str:
    """A name as it is, where the kernel wrote blanks and the like as numbers."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), name)


def _encrypts_itself(folder: Path) -> bool:
    """Whether the file system says that it encrypts this very folder."""
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return False
    try:
        fcntl.ioctl(handle, _POLICY_OF_FOLDER, bytearray(struct.pack("<Q24x", 24)))
    except OSError:
        return False
    finally:
        os.close(handle)
    return True
