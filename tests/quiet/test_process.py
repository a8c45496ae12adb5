"""The real program as it is installed, on a real screen: nothing that the system shows of it tells what it is for."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from planner.store.local import Local
from tests.quiet.installed import install
from tests.quiet.looking import of_the_process, of_the_windows
from tests.quiet.screen import Talker, needs_x11
from tests.telling import telling_in

HERE = Path(__file__).parent
pytestmark = needs_x11


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return install(tmp_path_factory.mktemp("installed"))


def start(installed: Path, there: dict[str, str], data: Path, *words: str) -> subprocess.Popen[bytes]:
    kept = {name: os.environ[name] for name in ("HOME", "PATH", "XDG_RUNTIME_DIR", "LC_ALL") if name in os.environ}
    data.mkdir(exist_ok=True)
    where = words or ("--data", str(data))
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "planner", *where],
        env=kept | there | {"PYTHONPATH": str(installed), "TMPDIR": str(data)},
        cwd="/",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def windows_of(there: dict[str, str], name: str) -> dict[str, str]:
    """Once a window of this title stands there."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        found = of_the_windows(there)
        if any(f'WM_NAME = "{name}"' in each for each in found.values()):
            return found
        time.sleep(0.2)
    raise AssertionError(f"no window is called {name}: {found['tree']}")


def test_of_a_program_that_tells_everything_is_seen(there: dict[str, str], tmp_path: Path) -> None:
    loud = Talker(HERE / "loud.py", tmp_path / "hotline.txt", surroundings=there | {"NOTES": "caseworker"})
    try:
        process = of_the_process(loud.process.pid)
        assert {name for name, text in process.items() if telling_in(text)} == {
            *("cmdline", "comm", "environ", "open", "threads"),
        }
        windows = of_the_windows(there)
        told = " ".join(windows.values())
        for property_ in ("WM_NAME", "_NET_WM_NAME", "WM_CLASS"):
            assert any(property_ in line and telling_in(line) for line in told.splitlines())
    finally:
        loud.end()


@pytest.mark.parametrize("what", ["first start", "made-up notebook"])
def test_nothing_that_the_system_shows_tells(what: str, installed: Path, there: dict[str, str], tmp_path: Path) -> None:
    process = start(installed, there, tmp_path / "data", *(["--sample"] if "notebook" in what else []))
    try:
        windows = windows_of(there, "Planner")
        shown = of_the_process(process.pid)
        assert "-m planner" in shown["cmdline"]
        assert {name: found for name, text in shown.items() if (found := telling_in(text))} == {}
        assert {name: found for name, text in windows.items() if (found := telling_in(text))} == {}
        (own,) = [each for each in windows.values() if 'WM_NAME = "Planner"' in each and "_NET_WM_PID" in each]
        assert 'WM_CLASS = "' in own
        assert "SM_CLIENT_ID" not in own
    finally:
        process.kill()
        process.wait()


def test_the_name_that_was_chosen_is_the_only_one_on_the_screen(
    installed: Path, there: dict[str, str], tmp_path: Path
) -> None:
    Local(called="Recipes", mark="pot").write(tmp_path / "data")
    process = start(installed, there, tmp_path / "data")
    try:
        windows = windows_of(there, "Recipes")
        (own,) = [each for each in windows.values() if "_NET_WM_PID" in each and 'WM_NAME = "Recipes"' in each]
        assert 'WM_CLASS = "recipes", "Recipes"' in own
        assert '_KDE_NET_WM_DESKTOP_FILE = "recipes"' in own
        assert [each for each in windows.values() if "planner" in each.lower()] == []
    finally:
        process.kill()
        process.wait()
