"""The stricter filter, in real processes: each deed is done without it, and refused with it."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has such a filter")

ROOT = Path(__file__).resolve().parents[2]
# What the deeds need is there before; "done" alone says that nothing refused.
BEFORE = """
import ctypes, fcntl, os, socket, subprocess, sys, threading, time
here, mine = sys.argv[1], sys.argv[2]
kept = os.open(mine, os.O_RDONLY)
given = os.open(mine, os.O_RDWR)
"""
SHUT = "from planner.system.seccomp_reading import only_reading\nassert only_reading() and only_reading()\n"
TRY = """
try:
    {deed}
except OSError as refusal:
    print(refusal.errno)
else:
    print("done")
"""

REFUSED = {
    "local socket": "socket.socket(socket.AF_UNIX)",
    "pair": "socket.socketpair()",
    "far socket": "socket.socket(socket.AF_INET)",
    "fork": "os.fork() or os._exit(0)",
    "child": "subprocess.run(['true'], check=True)",
    "program": "os.posix_spawn('/bin/true', ['true'], {})",
    "new file": "os.close(os.open(here + '/new', os.O_WRONLY | os.O_CREAT))",
    "to write": "os.close(os.open(mine, os.O_WRONLY))",
    "to add": "open(mine, 'a').close()",
    "nameless": "os.close(os.open(here, os.O_RDWR | os.O_TMPFILE))",
    "rename": "os.rename(mine, mine + '2')",
    "remove": "os.unlink(mine)",
    "folder": "os.mkdir(here + '/folder')",
    "link": "os.link(mine, mine + '2')",
    "pointer": "os.symlink(mine, mine + '2')",
    "rights": "os.chmod(mine, 0o777)",
    "rights of what is open": "os.fchmod(kept, 0o777)",
    "times": "os.utime(mine)",
    "shorter": "os.truncate(mine, 0)",
    "shorter by what is open": "os.ftruncate(given, 0)",
    "memory file": "os.memfd_create('x')",
    "signal": "os.kill(os.getppid(), 0)",
    "signal by file": "fcntl.fcntl(kept, fcntl.F_SETOWN, os.getppid())",
    "handle": "os.pidfd_open(os.getppid())",
    "limits": "__import__('resource').prlimit(0, 7, (64, 64))",
    "pace": "os.setpriority(os.PRIO_PROCESS, 0, 5)",
}
ALLOWED = {
    "read": "open(mine).read()",
    "list": "os.listdir(here)",
    "look": "os.stat(mine)",
    "answer": "os.write(1, b'')",
    "thread": "(t := threading.Thread(target=time.sleep, args=(0.01,))).start() or t.join()",
    "signal itself": "os.kill(os.getpid(), 0)",
    "memory": "bytearray(50_000_000)",
    "module": "__import__('csv')",
}


def run(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    mine = folder / "mine"
    mine.write_text("words")
    return subprocess.run(
        [sys.executable, "-P", "-B", "-c", code, str(folder), str(mine)],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]},
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("deed", REFUSED.values(), ids=REFUSED.keys())
def test_what_a_reader_does_not_need_is_refused(deed: str, tmp_path: Path) -> None:
    code = TRY.format(deed=deed)
    plain, shut = tmp_path / "plain", tmp_path / "shut"
    plain.mkdir()
    shut.mkdir()
    control = run(BEFORE + code, plain)
    assert control.stdout.strip() == "done", control.stderr
    bound = run(BEFORE + SHUT + code, shut)
    assert bound.stdout.strip() == "1", bound.stderr
    assert [each.name for each in shut.iterdir()] == ["mine"]
    assert (shut / "mine").read_text() == "words"


@pytest.mark.parametrize("deed", ALLOWED.values(), ids=ALLOWED.keys())
def test_what_it_needs_is_left(deed: str, tmp_path: Path) -> None:
    done = run(BEFORE + SHUT + TRY.format(deed=deed), tmp_path)
    assert done.stdout.strip() == "done", done.stderr


def test_it_can_end_itself(tmp_path: Path) -> None:
    assert run(SHUT + "import os; os.abort()", tmp_path).returncode == -6


@pytest.mark.skipif(platform.machine() != "x86_64", reason="only x86_64 has a second set of numbers")
def test_a_call_by_other_numbers_ends_it(tmp_path: Path) -> None:
    call = "import ctypes; print(ctypes.CDLL(None).syscall(ctypes.c_long(0x40000000 | 39)))"
    assert run(call, tmp_path).stdout.strip()
    assert run(SHUT + call, tmp_path).returncode == -31
