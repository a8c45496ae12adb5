from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

# harden() changes a process for good, so every test runs it in one of its own.
BEFORE = "import socket, os, sys\n"
HARDENED = (
    BEFORE
    + "from planner.system.harden import Measure, harden\n"
    + "from planner.system.network_refused import NetworkRefused\nmeasures = harden()\n"
)
ROOT = Path(__file__).resolve().parents[3]


def run(code: str, cwd: Path = ROOT) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True,
        text=True,
        cwd=cwd,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


OPEN_THINGS = {
    "inet": "socket.socket(socket.AF_INET, socket.SOCK_STREAM)",
    "inet6": "socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)",
    "no family": "__import__('_socket').socket()",
    "name": "socket.getaddrinfo('localhost', 80)",
    "old name": "socket.gethostbyname('localhost')",
    "create_connection": "socket.create_connection(('127.0.0.1', 1))",
}


@pytest.mark.parametrize("opening", OPEN_THINGS.values(), ids=OPEN_THINGS.keys())
def test_the_network_is_refused_with_an_error_of_ours(opening: str) -> None:
    attempt = f"try:\n    {opening}\n    print('opened')\nexcept NetworkRefused:\n    print('refused')\n"
    assert run(HARDENED + attempt) == "refused"
    # Shows that the attempt is a real one: without the hook something other than our refusal happens.
    plain = attempt.replace("except NetworkRefused", "except ZeroDivisionError").replace(
        "    print('opened')", "    pass"
    )
    control = run(BEFORE + f"try:\n{_indented(plain)}\nexcept OSError:\n    pass\nprint('no refusal')")
    assert control == "no refusal"


def _indented(code: str) -> str:
    return "\n".join("    " + line for line in code.splitlines())


def test_local_sockets_still_work(tmp_path: Path) -> None:
    code = HARDENED + (
        "a, b = socket.socketpair()\n"
        "a.sendall(b'here'); print(b.recv(4).decode()); a.close(); b.close()\n"
        "s = socket.socket(socket.AF_UNIX); s.bind('local.sock'); s.close()\n"
    )
    assert run(code, tmp_path) == "here"


def test_a_refusal_is_no_oserror() -> None:
    assert run(HARDENED + "print(issubclass(NetworkRefused, OSError))") == "False"


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's own switches are Linux's")
def test_memory_is_kept_from_dumps_and_from_other_processes() -> None:
    look = (
        "import ctypes, resource\n"
        "print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), resource.getrlimit(resource.RLIMIT_CORE)[0] == 0)\n"
    )
    assert run(BEFORE + "import resource\nresource.setrlimit(resource.RLIMIT_CORE, (-1, -1))\n" + look) == "1 False"
    assert run(HARDENED + look) == "0 True"


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's own switches are Linux's")
def test_a_new_process_starts_without_and_hardens_itself_again() -> None:
    inner = "import ctypes; print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), end=' ', flush=True)"
    harder = "from planner.system.harden import harden; harden(); " + inner
    code = HARDENED + (
        "import subprocess\n"
        f"for inner in ({inner!r}, {harder!r}):\n"
        "    subprocess.run([sys.executable, '-c', inner], check=True)\n"
    )
    assert run(code) == "1 0"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such mask")
def test_new_files_are_for_one_person(tmp_path: Path) -> None:
    run(HARDENED + "os.mkdir('folder'); open('folder/file', 'w').close()", tmp_path)
    assert (tmp_path / "folder").stat().st_mode & 0o077 == 0
    assert (tmp_path / "folder" / "file").stat().st_mode & 0o077 == 0


def test_no_module_comes_from_the_current_folder(tmp_path: Path) -> None:
    (tmp_path / "intruder.py").write_text("print('intruder')")
    code = "try:\n    import intruder\nexcept ImportError:\n    print('not found')"
    assert run(code, tmp_path) == "intruder"
    assert run(HARDENED + code, tmp_path) == "not found"


@pytest.mark.parametrize("path", ["", f".{os.pathsep}", f"{os.pathsep}"])
def test_the_program_itself_looks_for_nothing_in_the_current_folder(path: str, tmp_path: Path) -> None:
    for name in ("enum", "pathlib", "argparse", "resource", "gettext"):
        (tmp_path / f"{name}.py").write_text("print('intruder')")
    environment = {"PYTHONPATH": f"{path}{ROOT}", "PATH": "/usr/bin:/bin"}
    words = [sys.executable, "-m", "planner", "--no-such-option"]
    done = subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert "intruder" not in done.stdout + done.stderr
    assert "--no-such-option" in done.stderr
    plain = [sys.executable, "-c", "import argparse"]
    control = subprocess.run(plain, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert "intruder" in control.stdout


def test_says_what_is_in_force_and_a_second_call_changes_nothing() -> None:
    code = HARDENED + "path = list(sys.path)\nprint(harden() == measures, sys.path == path, len(measures))"
    expected = len(("private", "dumps", "trace", "folder", "sockets")) if sys.platform == "linux" else 2
    same, path, count = run(code).split()
    assert (same, path) == ("True", "True")
    assert int(count) >= expected
