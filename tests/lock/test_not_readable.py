"""Another process of the same person cannot read ours, and a crash of ours leaves nothing on the disk.

The superuser may read everything, so where the tests run as one, both processes give their rights up first.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from planner.apart.asking import command, environment
from planner.apart.kinds import KINDS, Kind
from planner.system.relaunch import start_detached

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the kernel's own switches are Linux's")

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0
NOBODY = 65534

# A process that was started by an ordinary person may be looked into by that person's others: the kernel's own default,
# which giving up rights changes.
AS_A_PERSON = f"""
import ctypes, os, resource, sys, time
from planner.system import harden, network_refused, seccomp, surroundings
if os.geteuid() == 0:
    os.setgroups([])
    os.setresgid({NOBODY}, {NOBODY}, {NOBODY})
    os.setresuid({NOBODY}, {NOBODY}, {NOBODY})
    assert ctypes.CDLL(None).prctl(4, 1, 0, 0, 0) == 0
"""
# The looker has forked the other, which every setting of the kernel allows to look, if anybody is.
LOOKING = (
    AS_A_PERSON
    + """
words = ctypes.create_string_buffer(b"grayheronwater")
address = ctypes.addressof(words)
said, say = os.pipe()
other = os.fork()
if other == 0:
    if sys.argv[1] == "hardened":
        harden.harden()
    os.write(say, b"ready")
    time.sleep(60)
    os._exit(0)
os.read(said, 5)
library = ctypes.CDLL(None, use_errno=True)
def by_file():
    with open(f"/proc/{other}/mem", "rb") as memory:
        memory.seek(address)
        return memory.read(14)
class Piece(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]
def by_call():
    found = ctypes.create_string_buffer(14)
    mine, theirs = Piece(ctypes.addressof(found), 14), Piece(address, 14)
    call = library.process_vm_readv
    call.argtypes = [ctypes.c_int, ctypes.c_void_p, ctypes.c_ulong, ctypes.c_void_p, ctypes.c_ulong, ctypes.c_ulong]
    call(other, ctypes.addressof(mine), 1, ctypes.addressof(theirs), 1, 0)
    return found.raw
def by_tracing():
    if library.ptrace(ctypes.c_long(16), ctypes.c_long(other), ctypes.c_long(0), ctypes.c_long(0)) != 0:
        return b""
    os.waitpid(other, 0)
    library.ptrace(ctypes.c_long(17), ctypes.c_long(other), ctypes.c_long(0), ctypes.c_long(0))
    return words.raw[:14]
def by_open_files():
    return words.raw[:14] if os.listdir(f"/proc/{other}/fd") else b""
def by_surroundings():
    return words.raw[:14] if open(f"/proc/{other}/environ", "rb").read() else b""
for way in (by_file, by_call, by_tracing, by_open_files, by_surroundings):
    try:
        print(way() == b"grayheronwater")
    except OSError:
        print(False)
os.kill(other, 9)
"""
)


def run(code: str, *words: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, *words],
        capture_output=True,
        text=True,
        cwd="/",
        env={"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]},
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_another_process_of_the_same_person_reads_nothing() -> None:
    assert run(LOOKING, "plain") == ["True"] * 5
    assert run(LOOKING, "hardened") == ["False"] * 5


FROM_INSIDE = (
    AS_A_PERSON
    + """
words = ctypes.create_string_buffer(b"grayheronwater")
other = os.fork()
if other == 0:
    time.sleep(60)
    os._exit(0)
if sys.argv[1] == "filtered":
    assert seccomp.keep_local()
library = ctypes.CDLL(None, use_errno=True)
found = library.ptrace(ctypes.c_long(16), ctypes.c_long(other), ctypes.c_long(0), ctypes.c_long(0))
print(found == 0)
os.kill(other, 9)
"""
)


def test_nor_does_ours_look_into_others() -> None:
    assert run(FROM_INSIDE, "plain") == ["True"]
    assert run(FROM_INSIDE, "filtered") == ["False"]


# The limit is lifted again after hardening, as far as this user may, so that the other switch is tried by itself.
CRASHING = """
import ctypes, os, resource, sys
from planner.system.harden import harden
def lift():
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    except (OSError, ValueError):
        limit = resource.getrlimit(resource.RLIMIT_CORE)[1]
        resource.setrlimit(resource.RLIMIT_CORE, (limit, limit))
crashing = os.fork()
if crashing == 0:
    os.chdir(sys.argv[2])
    lift()
    if sys.argv[1] != "plain":
        harden()
    if sys.argv[1] == "lifted":
        lift()
    os.abort()
_, status = os.waitpid(crashing, 0)
print(os.WCOREDUMP(status), os.WTERMSIG(status), crashing)
"""


def crash(how: str, folder: Path) -> bool:
    """Let a process crash in a folder; whether it left its memory somewhere, which the kernel tells."""
    dumped, signal, process = run(CRASHING, how, str(folder))
    assert signal == "6"
    pattern = Path("/proc/sys/kernel/core_pattern").read_text().strip()
    if pattern.startswith("/") and pattern.count("%") == pattern.count("%p"):
        Path(pattern.replace("%p", process)).unlink(missing_ok=True)
    return dumped == "True"


def test_a_crash_leaves_no_memory_behind(tmp_path: Path) -> None:
    assert crash("plain", tmp_path), "this machine keeps nothing of any crash, so nobody can tell"
    for each in tmp_path.iterdir():
        each.unlink()
    assert not crash("hardened", tmp_path)
    assert not crash("lifted", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_process_that_comes_after_a_lock_has_all_of_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    number = start_detached(tmp_path)
    try:
        wait_for_state(number, 1)
    finally:
        process = psutil.Process(number)
        process.kill()
        process.wait(PATIENCE)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_a_child_that_reads_has_all_of_it_and_the_stricter_filter(kind: Kind) -> None:
    with subprocess.Popen(
        command(kind), stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd="/", env=environment(os.environ)
    ) as process:
        wait_for_state(process.pid, 2)
        process.kill()


def wait_for_state(number: int, filters: int) -> None:
    """Wait until so many filters lie on those of the tests, and all the rest holds too."""
    until = time.monotonic() + PATIENCE
    # Where the tests run in a container, it may have a filter of its own below ours.
    wanted = (filters_of(os.getpid()) + filters, "2", "1", "0", "0")
    while (found := (filters_of(number), *state(number))) != wanted and time.monotonic() < until:
        time.sleep(0.05)
    assert found == wanted


def filters_of(number: int) -> int:
    """How many filters lie on each other."""
    told = Path("/proc", str(number), "status").read_text().splitlines()
    return next(int(line.split()[1]) for line in told if line.startswith("Seccomp_filters:"))


def state(number: int) -> tuple[str, ...]:
    """The filter, rights that cannot be gained, and both limits of what a crash may leave, as the kernel says."""
    folder = Path("/proc", str(number))
    told = dict(line.split(":", 1) for line in (folder / "status").read_text().splitlines())
    limits = next(line for line in (folder / "limits").read_text().splitlines() if line.startswith("Max core file"))
    return (told["Seccomp"].strip(), told["NoNewPrivs"].strip(), *limits.split()[4:6])
