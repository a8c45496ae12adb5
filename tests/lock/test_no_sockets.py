"""The program under ``strace``: it opens no socket but those that never leave the machine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.lock.buses import SENDER, needs_buses, start_buses

STRACE = shutil.which("strace")
SOCKET = re.compile(r"\b(?:socket|socketpair)\((AF_\w+|PF_\w+|0x[0-9a-f]+|\d+)")
LOCAL = frozenset({"AF_UNIX", "AF_LOCAL"})
ASKING = "import socket; socket.socket(socket.AF_INET, socket.SOCK_STREAM).close()"
# As the program itself is: whatever the hardening refuses that a page needs, the way is not walked to its end.
ONE_VARIANT = """
from planner.system.harden import harden
harden()
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
    # Under strace a process is slow enough; what measures the tests need not run in it as well.
    plain = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    surroundings = plain | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(Path(__file__).parents[2])}
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


LISTENING = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer
from planner.system.away import Gone, watch_system
app = QCoreApplication([])
heard = []
watch = watch_system()
watch.gone.connect(lambda reason: (heard.append(reason), app.quit()))
watch.start()
QTimer.singleShot(30_000, app.quit)
if sys.argv[1] == "far":
    QTimer.singleShot(200, app.quit)
else:
    import subprocess
    words = [sys.argv[1], "--bus=" + sys.argv[2], "--type=signal", "/org/gnome/ScreenSaver"]
    words += ["org.gnome.ScreenSaver.ActiveChanged", "boolean:true"]
    QTimer.singleShot(200, lambda: subprocess.run(words, check=True))
app.exec()
watch.close()
assert heard == ([] if sys.argv[1] == "far" else [Gone.SCREEN_LOCKED]), heard
"""


@needs_buses
def test_listening_to_the_buses_opens_none_that_leaves_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert SENDER is not None
    with start_buses() as buses:
        for name, value in buses.surroundings.items():
            monkeypatch.setenv(name, value)
        found = sockets(["-c", LISTENING, SENDER, buses.session], tmp_path)
    assert found
    assert set(found) <= LOCAL


def test_a_bus_beyond_the_machine_is_not_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DBUS_SYSTEM_BUS_ADDRESS", "DBUS_SESSION_BUS_ADDRESS"):
        monkeypatch.setenv(name, "tcp:host=127.0.0.1,port=1")
    assert sockets(["-c", LISTENING, "far"], tmp_path) == []


def test_the_tour_opens_none_that_leaves_the_machine(tmp_path: Path) -> None:
    out = tmp_path / "out"
    found = sockets(["-c", ONE_VARIANT, str(out)], tmp_path)
    assert set(found) <= LOCAL
    assert (out / "plan.pdf").exists(), "the whole way was walked"
