"""The program under ``strace``: it opens no socket but those that never leave the machine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

STRACE = shutil.which("strace")
SOCKET = re.compile(r"\b(?:socket|socketpair)\((AF_\w+|PF_\w+|0x[0-9a-f]+|\d+)")
LOCAL = frozenset({"AF_UNIX", "AF_LOCAL"})
ASKING = "import socket; socket.socket(socket.AF_INET, socket.SOCK_STREAM).close()"
ONE_VARIANT = """
import sys
from pathlib import Path
from planner.tour.walk import VARIANTS, walk
sys.exit(walk(Path(sys.argv[1]), VARIANTS[:1]))
"""

pytestmark = pytest.mark.skipif(STRACE is None, reason="strace is not installed: nobody looked for sockets")


def sockets(words: list[str], folder: Path) -> list[str]:
    """Run Python with these words under strace; the families of all sockets opened, also by its children."""
    assert STRACE is not None
    log = folder / "calls"
    surroundings = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(Path(__file__).parents[2])}
    # No interpreter option keeps modules of the current folder out as -P does.
    command = [STRACE, "-f", "-qq", "-e", "trace=network", "-o", str(log), sys.executable, "-P", *words]
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=600, check=False)
    if "ptrace" in done.stderr and not log.exists():
        pytest.skip("this machine lets nobody trace a process: nobody looked for sockets")
    assert done.returncode == 0, done.stderr
    return SOCKET.findall(log.read_text(errors="replace"))


def test_a_socket_of_a_child_would_be_seen(tmp_path: Path) -> None:
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {ASKING!r}], check=True)"
    assert "AF_INET" in sockets(["-c", child], tmp_path)


def test_the_tour_opens_none_that_leaves_the_machine(tmp_path: Path) -> None:
    out = tmp_path / "out"
    found = sockets(["-c", ONE_VARIANT, str(out)], tmp_path)
    assert set(found) <= LOCAL
    assert (out / "plan.pdf").exists(), "the whole way was walked"
