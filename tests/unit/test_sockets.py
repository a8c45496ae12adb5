"""The run that looks for sockets of all tests would see one."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

import sockets
from sockets import Opened

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed: nobody looks")

FAR = "import socket; socket.socket(socket.AF_INET, socket.SOCK_STREAM).close(); socket.socketpair()[0].close()"
NEAR = "import socket; socket.socket(socket.AF_UNIX).close()"
BY_CHILD = f"import subprocess, sys; subprocess.run([sys.executable, '-I', '-c', {FAR!r}], check=True)"
BY_THREAD = f"import threading; t = threading.Thread(target=exec, args=({FAR!r},)); t.start(); t.join()"


def look(code: str, folder: Path) -> tuple[int, set[tuple[str, bool]]]:
    answer, opened = sockets.look([sys.executable, "-c", code], os.environ, folder)
    return answer, {(each.family, each.got) for each in opened}


@pytest.mark.parametrize("code", [FAR, BY_CHILD, BY_THREAD])
def test_a_far_socket_is_seen(code: str, tmp_path: Path) -> None:
    assert look(code, tmp_path) == (0, {("AF_INET", True)})


def test_a_local_one_is_told_apart(tmp_path: Path) -> None:
    assert look(NEAR, tmp_path) == (0, {("AF_UNIX", True)})
    assert not Opened("AF_UNIX", True, "").leaves
    assert Opened("AF_INET", True, "").leaves
    assert not Opened("AF_INET", False, "").leaves
    assert not Opened("AF_INET6", True, '"python", ["python", "-m", "pip", "wheel"]').leaves
    assert Opened("AF_INET6", True, '"python", ["python", "-m", "planner"]').leaves


@pytest.mark.parametrize(("code", "answer"), [(FAR, 1), (NEAR, 0), ("pass", 1)])
def test_the_run_ends_well_only_when_it_saw_something_and_all_of_it_was_local(
    code: str, answer: int, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "test_one.py").write_text(f"def test_one():\n    {code}\n")
    words = ["-p", "no:cacheprovider", "-q", "test_one.py"]
    # The plug-ins of the real run take longer to load than all of this.
    plain = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    assert sockets.main(Path(sys.executable), words, plain, tmp_path) == answer
    assert "1 passed" in capfd.readouterr().out


def test_what_is_left_out_is_there() -> None:
    assert all((ROOT / each).exists() for each in sockets.LEFT_OUT)
