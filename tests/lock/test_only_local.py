"""The filter in the kernel, in real processes: whoever asks for more than a local socket is refused.

Every attempt is made twice: in a process without the filter, where it must succeed, and in one with it.
"""

from __future__ import annotations

import os
import platform
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has such a filter")

ROOT = Path(__file__).resolve().parents[2]
FILTER = "from planner.system.seccomp import keep_local\nassert keep_local()\n"
WHOLE = "from planner.system.harden import harden\nharden()\n"


def run(code: str, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-P", "-W", "error", "-c", code, *words],
        capture_output=True,
        text=True,
        cwd="/",
        env={"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"], "QT_QPA_PLATFORM": "offscreen"},
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def port() -> Iterator[str]:
    """A server of this machine that takes up every call."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield str(server.getsockname()[1])


IN_PYTHON = """
import socket
try:
    socket.socket(socket.{family}, socket.{kind}).close()
except OSError as refusal:
    print(refusal.errno == 97)
else:
    print("opened")
"""
FAMILIES = [
    ("AF_INET", "SOCK_STREAM"),
    ("AF_INET", "SOCK_DGRAM"),
    ("AF_INET6", "SOCK_STREAM"),
    ("AF_NETLINK", "SOCK_RAW"),
]


@pytest.mark.parametrize(("family", "kind"), FAMILIES)
def test_a_python_socket_is_refused(family: str, kind: str) -> None:
    code = IN_PYTHON.format(family=family, kind=kind)
    assert run(code) == "opened"
    assert run(FILTER + code) == "True"


BY_QT = """
import sys
from PySide6.QtCore import QCoreApplication
from PySide6.QtNetwork import QTcpSocket
app = QCoreApplication([])
socket = QTcpSocket()
socket.connectToHost("127.0.0.1", int(sys.argv[1]))
print("connected" if socket.waitForConnected(10_000) else "refused")
"""


def test_a_socket_of_qt_is_refused(port: str) -> None:
    assert run(BY_QT, port) == "connected"
    assert run(FILTER + BY_QT, port) == "refused"


# A library in C asks nobody in Python; neither does a child, whatever it is written in.
IN_C = "import ctypes; print(ctypes.CDLL(None).socket(2, 1, 0) >= 0)"
BY_CHILD = f"import subprocess, sys; subprocess.run([sys.executable, '-I', '-S', '-c', {IN_C!r}], check=True)"
BY_GRANDCHILD = f"import subprocess, sys; subprocess.run([sys.executable, '-I', '-S', '-c', {BY_CHILD!r}], check=True)"
BY_SHELL = """
import subprocess, sys
ended = subprocess.run(["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/" + sys.argv[1]], capture_output=True)
print(ended.returncode == 0)
"""


@pytest.mark.parametrize("code", [IN_C, BY_CHILD, BY_GRANDCHILD, BY_SHELL], ids=["c", "child", "grandchild", "shell"])
def test_a_socket_of_a_library_or_a_child_is_refused(code: str, port: str) -> None:
    assert run(code, port) == "True"
    assert run(FILTER + code, port) == "False"


BY_EARLIER_THREAD = """
import ctypes, threading
go, found = threading.Event(), []
def later():
    go.wait()
    found.append(ctypes.CDLL(None).socket(2, 1, 0) >= 0)
thread = threading.Thread(target=later)
thread.start()
{between}
go.set()
thread.join()
print(found[0])
"""


def test_a_thread_that_was_there_before_is_bound_too() -> None:
    assert run(BY_EARLIER_THREAD.format(between="")) == "True"
    assert run(BY_EARLIER_THREAD.format(between=FILTER)) == "False"


BY_RING = """
import ctypes
library = ctypes.CDLL(None, use_errno=True)
given = ctypes.create_string_buffer(120)
ring = library.syscall(ctypes.c_long(425), ctypes.c_uint(4), given)
print(ring >= 0 or ctypes.get_errno())
"""


def test_a_ring_that_opens_sockets_past_the_filter_is_not_there() -> None:
    # A machine may forbid it to everybody (EPERM); its kernel knows the call all the same.
    assert run(BY_RING) in {"True", "1"}
    assert run(FILTER + BY_RING) == "38"


# The numbers of 32-bit programs: "socket" is 359 there. push rbx; eax, ebx, ecx, edx = 359, 2, 1, 0; int 0x80; pop; ret
BY_OLD_NUMBERS = """
import ctypes, mmap
code = bytes.fromhex("53 b867010000 bb02000000 b901000000 31d2 cd80 5b c3")
page = mmap.mmap(-1, 4096, prot=7)
page.write(code)
call = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))
print(call())
"""


@pytest.mark.skipif(platform.machine() != "x86_64", reason="only x86_64 has a second set of numbers")
def test_a_socket_by_the_numbers_of_another_machine_is_not_there() -> None:
    words = [sys.executable, "-P", "-c", BY_OLD_NUMBERS]
    plain = subprocess.run(words, capture_output=True, text=True, check=False)
    if plain.returncode == -11:
        return  # this kernel was built without them: whoever asks is ended
    assert int(plain.stdout) > 2
    assert run(FILTER + BY_OLD_NUMBERS) == "-38"


STILL_WORKS = """
import socket, subprocess, sys, threading
a, b = socket.socketpair()
a.sendall(b"here")
assert b.recv(4) == b"here"
with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
    server.bind(sys.argv[1])
    server.listen()
    client.connect(sys.argv[1])
    server.accept()[0].close()
thread = threading.Thread(target=lambda: print("thread", flush=True))
thread.start()
thread.join()
subprocess.run(["sh", "-c", "echo child"], check=True)
from PySide6.QtCore import QCoreApplication, QThread
app = QCoreApplication([])
class Work(QThread):
    def run(self):
        print("work", flush=True)
work = Work()
work.start()
work.wait()
"""


def test_what_stays_on_the_machine_still_works(tmp_path: Path) -> None:
    assert run(WHOLE + STILL_WORKS, str(tmp_path / "here.sock")).split() == ["thread", "child", "work"]


STATE = """
from pathlib import Path
print([line.split()[1] for line in Path("/proc/self/status").read_text().splitlines()
       if line.startswith(("NoNewPrivs:", "Seccomp:", "Seccomp_filters:"))])
"""


def test_every_new_process_has_it_and_a_hundred_do_not_pile_up() -> None:
    # Where the tests run in a container, it may have a filter of its own below ours.
    below = int(run(STATE).split("'")[5])
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {(WHOLE + STATE)!r}], check=True)"
    assert run(WHOLE + STATE) == run(WHOLE + child) == f"['1', '2', '{below + 1}']"


# The program itself: asked for an option that it does not have, it ends before a window; what it is by then, it says.
AS_THE_PROGRAM = """
import argparse, runpy, sys
def told(parser, words):
    exec({state!r}, {{}})
    raise SystemExit(0)
argparse.ArgumentParser.parse_args = told
argparse.ArgumentParser.parse_known_args = told
sys.argv = ["planner", "--nonsense"]
runpy.run_module("planner", run_name="__main__")
"""


def test_the_program_has_it_before_it_reads_its_first_word() -> None:
    assert run(AS_THE_PROGRAM.format(state=STATE)) == run(WHOLE + STATE)
