"""While the lock screen is shown nothing on the stick is held, so that the system lets it be taken out."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("only Linux shows what a process holds", allow_module_level=True)

from planner.keys import Cost
from planner.store.notebooks import Notebook
from planner.system.relaunch import safe_folder

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0
# Not hardened: nobody but the administrator may look at what a hardened process holds.
AT_THE_LOCK_SCREEN = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from planner import app
from planner.__main__ import _open_window
class Shown(app.Program):
    def settle_down(self):
        super().settle_down()
        assert self.lock_screen is not None
        QTimer.singleShot(1000, lambda: print("shown", flush=True))
app.Program = Shown
_open_window(Path(sys.argv[1]))
"""
HOLDING = """
import os, sys, time
os.chdir(sys.argv[1])
kept = open("local.json", "w")
print("shown", flush=True)
time.sleep(600)
"""


def held(pid: int, folder: Path) -> set[str]:
    """What a process holds below a folder: open files, code in memory, the folder it is in.

    Raises:
        PermissionError: it may not be looked at.
    """
    at = Path("/proc", str(pid))
    found = {str(each.readlink()) for each in (*(at / "fd").iterdir(), at / "cwd", at / "root", at / "exe")}
    found |= {line.split(maxsplit=5)[5] for line in (at / "maps").read_text().splitlines() if "/" in line}
    return {each for each in found if Path(each).is_relative_to(folder)}


def looked_at(code: str, folder: Path, look: Callable[[int], set[str]]) -> set[str]:
    """What is held by a process that runs this code."""
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    surroundings |= {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-P", "-c", code, str(folder)]
    process = subprocess.Popen(command, env=surroundings, cwd=folder, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "shown\n"
        until = time.monotonic() + PATIENCE
        found = look(process.pid)
        while found and code is AT_THE_LOCK_SCREEN and time.monotonic() < until:
            time.sleep(0.2)
            found = look(process.pid)
        return found
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    Notebook.create(tmp_path / "data", "paper boat on a quiet river", "", Cost()).close()
    return tmp_path / "data"


def test_what_is_held_would_be_seen(data_dir: Path) -> None:
    found = looked_at(HOLDING, data_dir, lambda pid: held(pid, data_dir))
    assert found == {str(data_dir), str(data_dir / "local.json")}


def test_the_lock_screen_holds_nothing(data_dir: Path) -> None:
    assert looked_at(AT_THE_LOCK_SCREEN, data_dir, lambda pid: held(pid, data_dir)) == set()
    assert not Path(safe_folder()).is_relative_to(data_dir)
