"""A folder that is gone is told from one that is only slow, forbidden or full."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from planner.system.away import Gone
from planner.system.stick import DEVICES, StickWatch, devices_below, is_gone

NOWHERE = frozenset[str]()


class Refusing(type(Path())):  # type: ignore[misc]
    """A folder of which the system says one thing only."""

    trouble: OSError

    def stat(self, *, follow_symlinks: bool = True) -> os.stat_result:
        raise self.trouble


def refusing(number: int, on_windows: int | None = None) -> Path:
    folder: Refusing = Refusing("stick")
    folder.trouble = OSError(number, "no words")
    if on_windows is not None:
        setattr(folder.trouble, "winerror", on_windows)  # noqa: B010 - an OSError has it on Windows alone
    return folder


@pytest.fixture
def heard(qtbot: object) -> list[Gone]:
    return []


def watching(folder: Path, heard: list[Gone]) -> StickWatch:
    watch = StickWatch(folder)
    watch.gone.connect(heard.append)
    watch.start()
    return watch


# ---------------------------------------------------------------- the watch


def test_a_folder_that_is_there_is_not_gone(tmp_path: Path, heard: list[Gone]) -> None:
    watching(tmp_path, heard).look()
    assert heard == []


def test_a_folder_that_was_moved_away_is_gone_and_that_is_told_once(tmp_path: Path, heard: list[Gone]) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    watch = watching(stick, heard)
    stick.rename(tmp_path / "elsewhere")
    watch.look()
    watch.look()
    assert heard == [Gone.STICK]


def test_it_looks_by_itself(tmp_path: Path, heard: list[Gone], qtbot: object) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    watch = watching(stick, heard)
    stick.rmdir()
    qtbot.waitUntil(lambda: heard == [Gone.STICK], timeout=20_000)  # type: ignore[attr-defined]
    assert not watch._timer.isActive()


def test_what_stopped_tells_nothing(tmp_path: Path, heard: list[Gone]) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    watch = watching(stick, heard)
    watch.stop()
    stick.rmdir()
    watch.look()
    assert heard == []


def test_a_folder_that_never_was_is_not_watched(tmp_path: Path, heard: list[Gone]) -> None:
    watch = watching(tmp_path / "none", heard)
    assert not watch._timer.isActive()
    watch.look()
    assert heard == []


# ---------------------------------------------------------------- what systems answer


@pytest.mark.parametrize("name", ["EIO", "ENODEV", "ENXIO", "ENOTCONN", "ESTALE", "ENOENT", "ENOTDIR"])
def test_what_says_that_nothing_is_there(name: str) -> None:
    assert is_gone(refusing(getattr(errno, name)), 1, NOWHERE)


@pytest.mark.parametrize("name", ["EACCES", "EPERM", "EINTR", "EMFILE", "ENOMEM", "EBUSY", "EAGAIN"])
def test_what_says_something_else(name: str) -> None:
    assert not is_gone(refusing(getattr(errno, name)), 1, NOWHERE)


@pytest.mark.parametrize(("number", "as_errno"), [(21, errno.EACCES), (1167, errno.EINVAL), (433, errno.EINVAL)])
def test_what_windows_says_of_a_stick_that_is_gone(number: int, as_errno: int) -> None:
    """ERROR_NOT_READY, ERROR_DEVICE_NOT_CONNECTED, ERROR_NO_SUCH_DEVICE, as Python hands them on."""
    assert is_gone(refusing(as_errno, number), 1, NOWHERE)


@pytest.mark.parametrize(("number", "as_errno"), [(5, errno.EACCES), (32, errno.EACCES), (33, errno.EACCES)])
def test_what_windows_says_of_one_that_is_only_held(number: int, as_errno: int) -> None:
    """ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION."""
    assert not is_gone(refusing(as_errno, number), 1, NOWHERE)


def test_another_device_in_its_place_is_not_it(tmp_path: Path) -> None:
    assert not is_gone(tmp_path, tmp_path.stat().st_dev, NOWHERE)
    assert is_gone(tmp_path, tmp_path.stat().st_dev + 1, NOWHERE)


# ---------------------------------------------------------------- the device below, as Linux shows it

pytestmark = pytest.mark.skipif(not hasattr(os, "major"), reason="this system has no such numbers")


@pytest.fixture
def devices(tmp_path: Path) -> Path:
    """A stick with a part of it (8:17), and a device upon that part which decrypts it (254:0)."""
    part = tmp_path / "devices" / "usb1" / "block" / "sdb" / "sdb1"
    opened = tmp_path / "devices" / "virtual" / "block" / "dm-0"
    for each in (part, opened / "slaves", tmp_path / "dev"):
        each.mkdir(parents=True)
    (opened / "slaves" / "sdb1").symlink_to(part)
    (tmp_path / "dev" / "8:17").symlink_to(part)
    (tmp_path / "dev" / "254:0").symlink_to(opened)
    return tmp_path / "dev"


def test_the_device_goes_though_the_folder_is_still_remembered(devices: Path, tmp_path: Path) -> None:
    here = tmp_path.stat().st_dev
    below = devices_below(os.makedev(8, 17), devices)
    assert [Path(each).name for each in below] == ["sdb1"]
    assert not is_gone(tmp_path, here, below)
    (devices / "8:17").resolve().rmdir()
    assert is_gone(tmp_path, here, below)


def test_the_stick_below_one_that_decrypts_it_goes(devices: Path, tmp_path: Path) -> None:
    below = devices_below(os.makedev(254, 0), devices)
    assert sorted(Path(each).name for each in below) == ["dm-0", "sdb1"]
    (devices / "8:17").resolve().rmdir()
    assert is_gone(tmp_path, tmp_path.stat().st_dev, below)


def test_what_was_mounted_under_a_number_of_its_own_is_found(tmp_path: Path) -> None:
    mounted = tmp_path / "mountinfo"
    mounted.write_text(
        "25 1 0:21 / /tmp rw - tmpfs tmpfs rw\n36 25 0:33 /sub /media/a\\040b rw,nosuid shared:1 - btrfs /dev/null rw\n"
    )
    null = os.stat("/dev/null").st_rdev  # noqa: PTH116
    devices = tmp_path / "dev"
    (devices / f"{os.major(null)}:{os.minor(null)}").mkdir(parents=True)
    assert devices_below(os.makedev(0, 33), devices, mounted) == {str(devices / f"{os.major(null)}:{os.minor(null)}")}
    assert devices_below(os.makedev(0, 21), devices, mounted) == NOWHERE
    assert devices_below(os.makedev(0, 33), devices, tmp_path / "none") == NOWHERE


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows its devices as files")
def test_the_devices_of_this_machine_are_found() -> None:
    on_devices = [each for each in DEVICES.iterdir() if each.name.partition(":")[0] != "0"]
    for each in on_devices:
        major, minor = each.name.split(":")
        assert str(each.resolve()) in devices_below(os.makedev(int(major), int(minor)))
