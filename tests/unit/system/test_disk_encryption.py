"""Made-up machines: what their kernels would say, and what is made of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from planner.system import disk_encryption, disk_macos, disk_windows
from planner.system.disk_encryption import DeviceDisk, Encrypted, look, weakest

YES, NO, NOT_TOLD = Encrypted.YES, Encrypted.NO, Encrypted.NOT_TOLD
linux_alone = pytest.mark.skipif(sys.platform == "win32", reason="the made-up trees have links and colons")

HOME = Path("/nowhere/at/home")


class MadeUp:
    """A ``/proc`` and a ``/sys``, built line by line."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.mounts: list[str] = []
        self.swaps = ["Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority"]
        for each in ("proc/self", "sys/dev/block", "sys/class/block", "sys/power"):
            (root / each).mkdir(parents=True)

    def mount(self, place: str, device: str, kind: str = "ext4", source: str = "/dev/x", options: str = "rw") -> None:
        number = 20 + len(self.mounts)
        self.mounts.append(f"{number} 1 {device} / {place} rw,relatime shared:1 - {kind} {source} {options}")

    def swap(self, name: str, kind: str = "partition") -> None:
        self.swaps.append(f"{name}\t{kind}\t1024\t0\t-2")

    def device(self, path: str, number: str, slaves: tuple[Path, ...] = (), **said: str) -> Path:
        place = self.root / "sys/devices" / path
        place.mkdir(parents=True)
        (place / "dev").write_text(number + "\n")
        for name, words in said.items():
            file = place / name.replace("__", "/")
            file.parent.mkdir(exist_ok=True)
            file.write_text(words + "\n")
        (place / "slaves").mkdir()
        for each in slaves:
            (place / "slaves" / each.name).symlink_to(each)
        (self.root / "sys/dev/block" / number).symlink_to(place)
        (self.root / "sys/class/block" / place.name).symlink_to(place)
        return place

    def power(self, **said: str) -> None:
        for name, words in said.items():
            (self.root / "sys/power" / name).write_text(words + "\n")

    def look(self, folder: Path = HOME) -> DeviceDisk:
        from planner.system.disk_linux import LinuxDisks

        (self.root / "proc/self/mountinfo").write_text("\n".join(self.mounts) + "\n")
        (self.root / "proc/swaps").write_text("\n".join(self.swaps) + "\n")
        return LinuxDisks(self.root).look(folder)


@pytest.fixture
def machine(tmp_path: Path) -> MadeUp:
    return MadeUp(tmp_path)


def disk(machine: MadeUp, name: str = "sda", number: str = "8:0") -> Path:
    return machine.device(f"pci0/ata1/block/{name}", number, device__vendor="ATA", device__model="Some Disk 500")


def part(machine: MadeUp, name: str = "sda/sda2", number: str = "8:2") -> Path:
    return machine.device(f"pci0/ata1/block/{name}", number, partition=name[-1])


def mapped(machine: MadeUp, below: Path, number: int = 0, uuid: str = "CRYPT-LUKS2-0123-luks", name: str = "") -> Path:
    where, said = f"virtual/block/dm-{number}", {"dm__uuid": uuid, "dm__name": name or f"luks-{number}"}
    return machine.device(where, f"253:{number}", (below,), **said)


@linux_alone
def test_a_plain_disk_is_said_to_be_one(machine: MadeUp) -> None:
    disk(machine)
    part(machine)
    machine.mount("/", "8:2")
    assert machine.look() == DeviceDisk(NO, YES)


@linux_alone
@pytest.mark.parametrize(
    ("uuid", "answer"),
    [
        ("CRYPT-LUKS1-01-x", YES),
        ("CRYPT-LUKS2-01-x", YES),
        ("CRYPT-PLAIN-x", YES),
        ("CRYPT-BITLK-01-x", YES),
        ("CRYPT-VERITY-01-x", NO),
        ("CRYPT-INTEGRITY-01-x", NO),
        ("LVM-abcdef", NO),
    ],
)
def test_a_mapped_device_is_encrypted_by_its_kind(machine: MadeUp, uuid: str, answer: Encrypted) -> None:
    disk(machine)
    mapped(machine, part(machine), uuid=uuid)
    machine.mount("/", "253:0")
    assert machine.look().folder is answer


@linux_alone
def test_a_volume_on_something_encrypted_is_encrypted(machine: MadeUp) -> None:
    disk(machine)
    below = mapped(machine, part(machine))
    mapped(machine, below, 1, "LVM-abc")
    machine.mount("/", "253:1")
    machine.mount("/boot", "8:2")
    assert machine.look().folder is YES
    assert machine.look(Path("/boot/x")).folder is NO


@linux_alone
def test_of_two_disks_in_one_both_count(machine: MadeUp) -> None:
    disk(machine)
    one = mapped(machine, part(machine))
    machine.device("virtual/block/md0", "9:0", (one, disk(machine, "sdb", "8:16")))
    machine.mount("/", "9:0")
    assert machine.look().folder is NO


@linux_alone
def test_btrfs_has_a_number_of_its_own_and_maybe_several_disks(machine: MadeUp) -> None:
    disk(machine)
    one = mapped(machine, part(machine), name="luks-home")
    machine.mount("/", "0:31", "btrfs", "/dev/mapper/luks-home", "rw,subvol=/@home")
    assert machine.look().folder is YES
    devices = machine.root / "sys/fs/btrfs/0000-1111/devices"
    devices.mkdir(parents=True)
    (devices / "dm-0").symlink_to(one)
    assert machine.look().folder is YES
    (devices / "sdb").symlink_to(disk(machine, "sdb", "8:16"))
    assert machine.look().folder is NO


@linux_alone
def test_a_file_in_a_loop_lies_where_the_file_lies(machine: MadeUp) -> None:
    disk(machine)
    mapped(machine, part(machine))
    machine.device("virtual/block/loop0", "7:0", loop__backing_file="/safe/place/image")
    machine.mount("/", "8:2")
    machine.mount("/safe", "253:0")
    machine.mount("/nowhere", "7:0")
    assert machine.look().folder is YES
    assert machine.look(Path("/else")).folder is NO


@linux_alone
@pytest.mark.parametrize(
    ("kind", "source", "answer"),
    [
        ("fuse.gocryptfs", "/x", YES),
        ("ecryptfs", "/home/.ecryptfs/x", YES),
        ("zfs", "pool/home", NOT_TOLD),
        ("nfs4", "server:/home", NOT_TOLD),
        ("9p", "host", NOT_TOLD),
        ("fuse.sshfs", "a@b:", NOT_TOLD),
        ("bcachefs", "/dev/gone", NOT_TOLD),
        ("overlay", "overlay", NOT_TOLD),
        ("tmpfs", "tmpfs", YES),
    ],
)
def test_file_systems_that_are_on_no_disk_of_this_machine(
    machine: MadeUp, kind: str, source: str, answer: Encrypted
) -> None:
    machine.mount("/", "0:40", kind, source)
    assert machine.look().folder is answer


@linux_alone
def test_an_overlay_lies_where_what_is_written_lies(machine: MadeUp) -> None:
    disk(machine)
    machine.mount("/", "0:40", "overlay", "overlay", "rw,lowerdir=/l,upperdir=/upper/one,workdir=/w")
    machine.mount("/upper", "8:0")
    assert machine.look().folder is NO
    mapped(machine, part(machine))
    machine.mount("/upper", "253:0")
    assert machine.look().folder is YES


@linux_alone
def test_an_overlay_on_itself_ends(machine: MadeUp) -> None:
    machine.mount("/", "0:40", "overlay", "overlay", "rw,upperdir=/upper")
    assert machine.look().folder is NOT_TOLD


@linux_alone
@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("pci0/virtio1/block/vda", {}),
        ("vbd-51712/block/xvda", {}),
        ("pci0/ata1/block/sdx", {"device__vendor": "ATA", "device__model": "QEMU HARDDISK"}),
        ("pci0/hv/block/sdy", {"device__vendor": "Msft", "device__model": "Virtual Disk"}),
        ("platform/host1/session2/block/sdz", {"device__vendor": "X"}),
        ("virtual/block/nbd0", {}),
    ],
)
def test_the_disk_of_a_virtual_machine_or_of_another_is_not_told(
    machine: MadeUp, path: str, said: dict[str, str]
) -> None:
    machine.device(path, "254:0", (), **said)
    machine.mount("/", "254:0")
    assert machine.look().folder is NOT_TOLD


@linux_alone
def test_a_disk_with_several_ways_to_it_is_a_disk(machine: MadeUp) -> None:
    machine.device("virtual/nvme-subsystem/nvme-subsys0/nvme0n1", "259:0")
    machine.mount("/", "259:0")
    assert machine.look().folder is NO


@linux_alone
def test_the_nearest_and_latest_mount_counts_and_names_may_have_blanks(machine: MadeUp) -> None:
    disk(machine)
    mapped(machine, part(machine))
    machine.mount("/", "8:2")
    machine.mount(r"/media/my\040stick", "253:0")
    assert machine.look(Path("/media/my stick/notebook")).folder is YES
    assert machine.look(Path("/media/my sticks")).folder is NO
    machine.mount(r"/media/my\040stick", "8:2")
    assert machine.look(Path("/media/my stick/notebook")).folder is NO


@linux_alone
def test_swap_is_asked_about_by_itself(machine: MadeUp) -> None:
    disk(machine)
    below = part(machine)
    mapped(machine, below)
    mapped(machine, below, 1, "CRYPT-PLAIN-swap", "swap")
    machine.device("virtual/block/zram0", "252:0")
    machine.mount("/", "253:0")
    assert machine.look() == DeviceDisk(YES, YES)
    machine.swap("/dev/zram0")
    machine.swap("/dev/mapper/swap")
    machine.swap("/swap\\040file", "file")
    assert machine.look() == DeviceDisk(YES, YES)
    machine.swap("/dev/sda2")
    assert machine.look() == DeviceDisk(YES, NO)


@linux_alone
def test_a_swap_that_cannot_be_followed_is_not_told(machine: MadeUp) -> None:
    machine.mount("/", "0:40", "zfs", "pool")
    machine.swap("/dev/gone")
    assert machine.look().swap is NOT_TOLD


@linux_alone
def test_memory_is_written_whole_only_where_there_is_room_for_it(machine: MadeUp) -> None:
    disk(machine)
    machine.mount("/", "8:0")
    machine.power(state="freeze mem disk", disk="[platform] shutdown")
    assert not machine.look().hibernates
    machine.swap("/dev/zram0")
    assert not machine.look().hibernates
    machine.swap("/dev/sda")
    assert machine.look().hibernates
    machine.power(disk="[disabled]")
    assert not machine.look().hibernates
    machine.power(state="freeze mem", disk="[platform]")
    assert not machine.look().hibernates


@pytest.mark.skipif(sys.platform != "linux", reason="this machine is another")
def test_this_machine_answers(tmp_path: Path) -> None:
    found = look(tmp_path)
    assert {found.folder, found.swap} <= set(Encrypted)
    assert look(Path("/proc")).folder is NOT_TOLD
    memory = Path("/dev/shm")  # what lies there is in memory, and goes where memory goes
    if memory.is_mount() and os.access(memory, os.R_OK):
        assert look(memory).folder is found.swap


def test_a_fault_while_asking_is_no_answer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def broken(*_words: object) -> object:
        raise OSError("gone")

    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(disk_macos, "look", broken)
    assert disk_encryption.look(tmp_path) == DeviceDisk(NOT_TOLD, NOT_TOLD)
    monkeypatch.setattr(sys, "platform", "plan9")
    assert disk_encryption.look(tmp_path) == DeviceDisk(NOT_TOLD, NOT_TOLD)


def test_the_weakest_of_several_counts() -> None:
    assert weakest([]) is weakest([YES]) is YES
    assert weakest([YES, NOT_TOLD]) is NOT_TOLD
    assert weakest([YES, NOT_TOLD, NO]) is NO


# other systems, recorded -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("said", "answer"),
    [("FileVault is On.\n", YES), ("FileVault is Off.\n", NO), ("FileVault is On.\nEncryption in progress\n", YES)],
)
def test_macos_says_it_in_a_sentence(said: str, answer: Encrypted) -> None:
    home = Path("/Users/x")
    assert disk_macos.look(home, lambda: said) == DeviceDisk(answer, YES)
    assert disk_macos.look(home, lambda: "") == DeviceDisk(NOT_TOLD, YES)
    assert disk_macos.look(Path("/Volumes/Stick/x"), lambda: said) == DeviceDisk(NOT_TOLD, YES)

    def late() -> str:
        raise subprocess.TimeoutExpired("fdesetup", 5)

    assert disk_macos.look(home, late) == DeviceDisk(NOT_TOLD, YES)


@pytest.mark.parametrize(
    ("number", "answer"), [(1, YES), (6, YES), (2, NO), (3, NOT_TOLD), (5, NOT_TOLD), (None, NOT_TOLD)]
)
def test_windows_says_it_in_a_number(number: int | None, answer: Encrypted) -> None:
    asked: list[str] = []

    def ask(drive: str) -> int | None:
        asked.append(drive)
        return number

    assert disk_windows.look(Path("C:/Users/x"), ask) == DeviceDisk(answer, answer)
    assert len(asked) == 2
    assert all(drive.endswith("\\") for drive in asked)
