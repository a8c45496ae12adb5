"""The rules of the filters, call by call: as the kernel would follow them, and as strace names them."""

from __future__ import annotations

import errno
import os
import re
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from planner.system import seccomp, seccomp_reading
from planner.system.seccomp import ALLOW, Calls, Machine, Program

ROOT = Path(__file__).resolve().parents[3]
MACHINES = ["x86_64", "aarch64"]
OWN = 4711
ENDED = "ended"
linux_alone = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has such a filter")


def verdict(program: Program, word: int, number: int, *arguments: int) -> int | str:
    """What the kernel would do: 0 to let through, else the error."""
    six = [*arguments, 0, 0, 0, 0, 0, 0][:6]
    data = struct.pack("<IIQ6Q", number, word, 0, *six)
    value, place = 0, 0
    while True:
        code, met, unmet, given = program[place]
        place += 1
        if code == 0x20:
            (value,) = struct.unpack_from("<I", data, given)
        elif code == 0x06:
            if given == seccomp.END_PROCESS:
                return ENDED
            return 0 if given == ALLOW else given & 0xFFFF
        else:
            holds = {0x15: value == given, 0x35: value >= given, 0x45: bool(value & given)}[code]
            place += met if holds else unmet


class Followed:
    """A filter of one machine, asked by the names of calls."""

    def __init__(self, name: str, *, strict: bool = False) -> None:
        self.machine = Machine(name)
        local = seccomp.local_only(self.machine)
        self.program = seccomp_reading.reading(self.machine, OWN) if strict else local
        known = (seccomp.REFUSED, seccomp.NOT_THERE, seccomp.LOOKED_AT)
        stricter = (seccomp_reading.REFUSED, seccomp_reading.LOOKED_AT_TOO)
        self.calls: Calls = {name: pair for table in (*known, *stricter) for name, pair in table.items()}

    def __call__(self, name: str, *arguments: int) -> int | str:
        (number,) = self.machine.number(self.calls, name)
        return verdict(self.program, self.machine.word, number, *arguments)


@pytest.fixture(params=MACHINES)
def local(request: pytest.FixtureRequest) -> Followed:
    return Followed(request.param)


@pytest.fixture(params=MACHINES)
def reading(request: pytest.FixtureRequest) -> Followed:
    return Followed(request.param, strict=True)


def test_only_the_local_family_is_let_through(local: Followed) -> None:
    assert [family for family in range(64) if local("socket", family, 1) == 0] == [1]
    assert {local("socket", family, 1) for family in range(64)} == {0, errno.EAFNOSUPPORT}
    assert local("socketpair", 1, 1) == 0
    assert local("socketpair", 2, 1) == errno.EAFNOSUPPORT
    # The kernel takes the lower half alone, so nothing can be said by the upper.
    assert local("socket", (7 << 32) | 1, 1) == 0
    assert local("socket", (1 << 32) | 2, 1) == errno.EAFNOSUPPORT


def test_what_no_window_needs_is_refused(local: Followed) -> None:
    for table, error in ((seccomp.REFUSED, errno.EPERM), (seccomp.NOT_THERE, errno.ENOSYS)):
        found = {verdict(local.program, local.machine.word, number) for number in local.machine.numbers(table)}
        assert found == {error}


def test_nothing_else_is_refused(local: Followed) -> None:
    named = set(local.machine.numbers(local.calls))
    others = [number for number in range(1024) if number not in named]
    assert {verdict(local.program, local.machine.word, number) for number in others} == {0}


@pytest.mark.parametrize("name", MACHINES)
def test_the_numbers_of_another_machine_are_not_there(name: str) -> None:
    local, reading = Followed(name), Followed(name, strict=True)
    for word in (0x40000003, 0x40000028, 0xC000003E ^ 0xC00000B7 ^ local.machine.word, 0):
        assert {verdict(local.program, word, number) for number in range(512)} == {errno.ENOSYS}
        assert {verdict(reading.program, word, number) for number in range(512)} == {ENDED}
    assert verdict(local.program, local.machine.word, 0x40000000 | 39) == errno.ENOSYS
    assert verdict(reading.program, local.machine.word, 0x40000000 | 39) == ENDED


def test_calls_with_two_uses_keep_the_harmless_one(local: Followed) -> None:
    assert local("clone", 0x3D0F00) == 0, "a thread"
    assert local("clone", 0x01200011) == 0, "a child"
    assert local("clone", 0x10000000 | 17) == errno.EPERM, "a child with users of its own"
    assert local("ioctl", 0, 0x5401) == 0
    assert local("ioctl", 0, 0x5412) == errno.EPERM
    assert local("personality", 0xFFFFFFFF) == 0
    assert local("personality", 0x0040000) == errno.EPERM
    assert local("prctl", 4, 0) == 0
    assert local("prctl", 4, 1) == errno.EPERM
    assert local("prctl", 15) == 0
    assert local("prctl", 0x59616D61, 1) == errno.EPERM


def test_it_answers_a_knock_by_what_it_is_made_of(local: Followed) -> None:
    answer = local("prctl", seccomp.KNOCK)
    assert isinstance(answer, int)
    assert 133 < answer < 4096
    assert seccomp.mark(local.program) != seccomp.mark(local.program[:-1])
    assert Followed("x86_64")("prctl", seccomp.KNOCK) != Followed("aarch64")("prctl", seccomp.KNOCK)


def test_the_reading_filter_leaves_reading_and_threads(reading: Followed) -> None:
    read, write = 0o2000000, 0o1
    assert reading("openat", 0, 0, read) == 0
    for how in (write, 0o2, 0o100, 0o1000, 0o2000, 0o20200000):
        assert reading("openat", 0, 0, read | how) == errno.EPERM
    assert reading("clone", 0x3D0F00) == 0
    assert reading("clone", 0x01200011) == errno.EPERM
    assert reading("openat2") == errno.ENOSYS
    for name in ("kill", "tkill", "tgkill"):
        assert reading(name, OWN) == 0
        assert reading(name, OWN - 1) == reading(name, 0xFFFFFFFF) == errno.EPERM
    assert reading("fcntl", 0, 3) == 0
    assert reading("fcntl", 0, 8) == errno.EPERM
    assert reading("ioctl", 0, 0x40086602) == errno.EPERM
    assert reading("prctl", 15) == reading("prctl", seccomp.KNOCK) == 0
    assert reading("prctl", 1) == errno.EPERM
    assert reading("prlimit64", OWN, 7, 0) == 0, "to ask"
    assert reading("prlimit64", 0, 7, 1) == reading("prlimit64", 0, 7, 1 << 32) == errno.EPERM
    numbers = reading.machine.numbers(seccomp_reading.REFUSED)
    assert {verdict(reading.program, reading.machine.word, number) for number in numbers} == {errno.EPERM}
    named = {*reading.machine.numbers(reading.calls)}
    others = [number for number in range(1024) if number not in named]
    assert {verdict(reading.program, reading.machine.word, number) for number in others} == {0}


def test_the_old_way_to_open_is_looked_at_too() -> None:
    reading = Followed("x86_64", strict=True)
    assert reading("open", 0, 0) == 0
    assert reading("open", 0, 0o101) == errno.EPERM


def test_jumps_fit_the_machine_and_the_whole_is_short(local: Followed, reading: Followed) -> None:
    for program in (local.program, reading.program):
        assert len(program) < 400
        assert all(met < 256 and unmet < 256 for _, met, unmet, _ in program)


def test_other_machines_are_said_to_have_none(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(KeyError):
        Machine("mips")
    monkeypatch.setattr(seccomp, "here", lambda: None)
    monkeypatch.setattr(seccomp_reading, "here", lambda: None)
    assert not seccomp.keep_local()
    assert not seccomp_reading.only_reading()


@linux_alone
def test_what_the_kernel_did_not_take_is_not_claimed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seccomp, "install", lambda *_words, **_more: True)
    assert not seccomp.keep_local()


# the numbers ---------------------------------------------------------------------------------------------------------
STRACE = shutil.which("strace")
EVERY_REFUSED = """
import ctypes, os, sys
from planner.system import seccomp, seccomp_reading
strict = sys.argv[1] == "strict"
assert seccomp_reading.only_reading() if strict else seccomp.keep_local()
machine = seccomp.here()
refused = seccomp_reading.REFUSED if strict else {**seccomp.REFUSED, **seccomp.NOT_THERE}
library = ctypes.CDLL(None, use_errno=True)
names = []
os.write(1, b"")
for name, pair in refused.items():
    for number in machine.numbers({name: pair}):
        found = library.syscall(ctypes.c_long(number), *(ctypes.c_long(-1) for _ in range(6)))
        assert found == -1 and ctypes.get_errno() in (1, 38), name
"""


@linux_alone
@pytest.mark.skipif(STRACE is None, reason="strace is not installed: nobody named the calls")
@pytest.mark.parametrize("which", ["ordinary", "strict"])
def test_each_number_is_the_call_of_its_name(which: str, tmp_path: Path) -> None:
    assert STRACE is not None
    log = tmp_path / "calls"
    words = [STRACE, "-f", "-qq", "-e", "signal=none", "-o", str(log)]
    done = subprocess.run(
        [*words, sys.executable, "-P", "-c", EVERY_REFUSED, which],
        env={"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    _, _, after = log.read_text().partition('write(1, ""')
    named = set(re.findall(r"^\d+ +(\w+)\(", after, re.MULTILINE))
    machine = seccomp.here()
    assert machine is not None
    table = seccomp_reading.REFUSED if which == "strict" else {**seccomp.REFUSED, **seccomp.NOT_THERE}
    there = {name: machine.number(table, name) for name in table}
    # What is younger than this strace has no name there.
    unknown = {name for name, number in there.items() if number and f"syscall_{number[0]:#x}" in named}
    assert {name for name, number in there.items() if number} - named <= unknown
    assert len(unknown) <= 6


HEADERS = {"x86_64": "x86_64-linux-gnu/asm/unistd_64.h", "aarch64": "asm-generic/unistd.h"}


@pytest.mark.parametrize("name", MACHINES)
def test_the_numbers_are_those_of_the_kernels_own_headers(name: str) -> None:
    header = Path("/usr/include", HEADERS[name])
    if not header.exists():
        pytest.skip("the headers of the kernel are not installed")
    found = re.findall(r"^#define __NR(?:3264)?_(\w+)\s+(\d+)", header.read_text(), re.MULTILINE)
    theirs = {call: int(number) for call, number in found}
    followed = Followed(name)
    ours = {call: number for call in followed.calls for number in followed.machine.number(followed.calls, call)}
    known = ours.keys() & theirs.keys()
    assert {call: ours[call] for call in known} == {call: theirs[call] for call in known}
    assert len(known) > 100
    assert all(ours[call] > max(theirs.values()) for call in ours.keys() - known)
