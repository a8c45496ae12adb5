from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from planner.system.relaunch import (
    RecordedRelaunch,
    Relaunch,
    clean_environment,
    command,
    safe_folder,
    start_detached,
)

ROOT = Path(__file__).resolve().parents[3]

# A program that stands in for ours, so that the start itself is tested without a window: the first run (no arguments)
# locks, the second (started by the first) writes down what it finds around itself.
STAND_IN = """
import json, os, sys
from pathlib import Path
data = Path(sys.argv[sys.argv.index("--data") + 1])
found = {
    "arguments": sys.argv[1:], "safe_path": sys.flags.safe_path, "cwd": os.getcwd(), "pid": os.getpid(),
    "session": os.getsid(0) if hasattr(os, "getsid") else 0,
    "environment": dict(os.environ), "terminal": [os.isatty(n) for n in (0, 1, 2)],
    "open": sorted(os.readlink(f"/proc/self/fd/{n}") for n in os.listdir("/proc/self/fd")
                   if os.path.exists(f"/proc/self/fd/{n}")) if os.path.isdir("/proc/self/fd") else [],
}
(data / "writing").write_text(json.dumps(found))
os.replace(data / "writing", data / "found")
"""
LOCKER = """
import atexit, os, sys
from pathlib import Path
sys.path.insert(0, {root!r})
import planner.system.relaunch as relaunch
home = Path({home!r})
private = open(home / "private", "w")
os.set_inheritable(private.fileno(), True)
atexit.register(lambda: (home / "farewell").touch())
true_command = relaunch.command
relaunch.command = lambda data: [sys.executable, "-P", str(home / "stand_in.py"), *true_command(data)[4:]]
{spoil}
relaunch.DetachedRelaunch()(home)
"""


def lock(home: Path, spoil: str = "") -> subprocess.CompletedProcess[str]:
    (home / "stand_in.py").write_text(STAND_IN)
    return subprocess.run(
        [sys.executable, "-c", LOCKER.format(root=str(ROOT), home=str(home), spoil=spoil)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "WORDS_OF_MINE": "canary", "PYTHONSTARTUP": "x.py"},
        timeout=60,
    )


def wait_for(path: Path) -> str:
    until = time.monotonic() + 30
    while not path.exists():
        assert time.monotonic() < until, f"{path.name} never came"
        time.sleep(0.02)
    return path.read_text()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


def test_the_new_process_stands_alone(home: Path) -> None:
    import json

    ended = lock(home)
    assert ended.returncode == 0, ended.stderr
    found = json.loads(wait_for(home / "found"))
    assert found["arguments"] == ["--data", str(home)]
    assert found["safe_path"] == 1
    assert found["terminal"] == [False, False, False]
    assert "WORDS_OF_MINE" not in found["environment"]
    assert "PYTHONSTARTUP" not in found["environment"]
    assert not [name for name in found["open"] if str(home) in name]
    if sys.platform != "win32":
        assert found["cwd"] == "/"
        assert found["session"] == found["pid"]


def test_nothing_registered_runs_in_the_old_process(home: Path) -> None:
    assert lock(home).returncode == 0
    wait_for(home / "found")
    assert not (home / "farewell").exists()


def test_locked_means_gone_even_when_nothing_can_be_started(home: Path) -> None:
    ended = lock(home, spoil="relaunch.command = lambda data: ['/nowhere/at/all']")
    assert ended.returncode == 1
    assert not (home / "farewell").exists()


def test_the_real_command_finds_the_program_from_anywhere(tmp_path: Path) -> None:
    words = command(tmp_path)
    assert words[-4:] == ["-m", "planner", "--data", str(tmp_path)]
    asked = [*words[:-4], "-c", "import planner.system.harden, sys; print(sys.path[0])"]
    done = subprocess.run(
        asked, cwd=safe_folder(), env=clean_environment(os.environ), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_folder_named_from_here_is_found_from_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert command(Path("mine"))[-1] == str(tmp_path / "mine")


def test_only_what_a_window_needs_is_handed_on() -> None:
    kept = clean_environment(
        {"HOME": "/h", "LC_ALL": "es", "DISPLAY": ":0", "PYTHONINSPECT": "1", "LD_PRELOAD": "x", "SECRET": "s"}
    )
    kept.pop("PYTHONPATH", None)
    assert kept == {"HOME": "/h", "LC_ALL": "es", "DISPLAY": ":0"}


def test_an_error_of_the_system_reaches_the_caller(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "not-there"))
    with pytest.raises(OSError, match="not-there"):
        start_detached(tmp_path)


def test_the_recorder_only_notes(tmp_path: Path) -> None:
    recorder = RecordedRelaunch()
    relaunch: Relaunch = recorder
    relaunch(tmp_path)
    assert recorder.asked == [tmp_path]
