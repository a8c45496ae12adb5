"""The real lock, in real processes: what was on the screen is in no process of ours afterwards, and on no disk."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from planner.keys import Cost
from planner.session import Mode, Session
from planner.store.notebooks import Notebook
from tests.lock.scan import Scanner

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads memory through /proc")

MARK = "grayheronwater"
PASSPHRASE = "quiet grayheronwater carries boats"
ROOT = Path(__file__).resolve().parents[2]
WORDS = 200
PATIENCE = 60.0


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home folder of its own, with a notebook in it."""
    data_dir = tmp_path / "home" / "data"
    notebook = Notebook.create(data_dir, PASSPHRASE, "", Cost())
    session = Session(notebook, zone="America/New_York")
    session.set_up(Mode.FOR_ME, "Ana")
    session.lock()
    return tmp_path / "home"


@pytest.fixture
def shown(home: Path) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """A process that has shown and typed two hundred words, and the words."""
    words = [f"{secrets.token_hex(5)}{MARK}{secrets.token_hex(5)}" for _ in range(WORDS)]
    environment = {
        **{name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "LD_LIBRARY_PATH")},
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "TMPDIR": str(home),
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": "offscreen",
    }
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("shown.py")), str(home / "data")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(json.dumps({"passphrase": PASSPHRASE, "words": words}) + "\n")
        process.stdin.flush()
        assert process.stdout.readline().strip() == "shown"
        yield process, words
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()
        for other in children_on(home):
            other.kill()


def children_on(home: Path) -> list[psutil.Process]:
    """The processes that were started on this home's notebooks by a lock."""
    found = []
    for process in psutil.process_iter():
        try:
            line = process.cmdline()
        except psutil.Error:
            continue
        if str(home / "data") in line and any("unhardened.py" in part for part in line):
            found.append(process)
    return found


def wait_until_idle(process: psutil.Process) -> None:
    """Wait until a process has worked and then not worked for a while: its window stands there."""
    until = time.monotonic() + PATIENCE
    still, spent = 0, 0.0
    while still < 5 and time.monotonic() < until:
        time.sleep(0.2)
        now = sum(process.cpu_times()[:2])
        still = still + 1 if now == spent and now > 0.05 else 0
        spent = now


def test_after_the_lock_the_words_are_in_no_process_and_on_no_disk(
    shown: tuple[subprocess.Popen[str], list[str]], home: Path
) -> None:
    process, words = shown
    scanner = Scanner([*words, PASSPHRASE], MARK)
    before = scanner.in_process(process.pid)
    assert set(words) <= before, "the scanner must see what is there"
    assert PASSPHRASE in before

    assert process.stdin is not None
    process.stdin.write("lock\n")
    process.stdin.flush()
    assert process.wait(PATIENCE) == 0
    until = time.monotonic() + PATIENCE
    while not (fresh := children_on(home)) and time.monotonic() < until:
        time.sleep(0.1)
    (after,) = fresh
    wait_until_idle(after)
    assert scanner.in_process(after.pid) == set()

    control = home / "control"
    control.write_text(f"a line with {words[0]} in it", encoding="utf-16-le")
    assert scanner.in_folder(home) == {words[0]}
    control.unlink()
    assert scanner.in_folder(home) == set()


def test_the_words_are_there_after_unlocking_again(shown: tuple[subprocess.Popen[str], list[str]], home: Path) -> None:
    process, words = shown
    assert process.stdin is not None
    process.stdin.write("lock\n")
    process.stdin.flush()
    assert process.wait(PATIENCE) == 0
    (folder,) = (home / "data").glob("store-*")
    notebook = Notebook.open(folder, PASSPHRASE)
    session = Session(notebook, zone="America/New_York")
    assert session.person is not None
    assert {goal.title for goal in session.goals(session.person.id)} <= set(words)
    assert len(session.goals(session.person.id)) == 30
    assert notebook.store.verify() == []
    notebook.close()
