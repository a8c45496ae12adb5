"""What can be read in memory before and after a lock, by another process of the same person without other rights.

The table of SECURITY.md is made by ``python -m tests.proofs.memory``.
"""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import psutil

from planner.keys import Cost
from planner.session import Mode, Session
from planner.store.notebooks import Notebook
from planner.ui.open_notebook import OPEN_PAGE
from tests.proofs.canaries import MARK, canaries
from tests.proofs.filled import turned

ROOT = Path(__file__).resolve().parents[2]
PASSPHRASE = f"quiet {MARK} carries boats"
WRONG = f"another {MARK} altogether"
PATIENCE = 120.0
_PR_CAPBSET_DROP = 24
_MOST_CAPABILITIES = 64


_library = ctypes.CDLL(None)


def without_rights() -> None:
    """Before a program begins: whoever is root here has none of root's rights in it, and is a person like any other."""
    if os.geteuid() == 0:
        for right in range(_MOST_CAPABILITIES):
            _library.prctl(_PR_CAPBSET_DROP, right, 0, 0, 0)


def begin(
    home: Path, *words: str, stderr: int | None = None, group: int | None = None, **names: str
) -> subprocess.Popen[str]:
    """Start a program of the tests as an ordinary person whose home folder this is; ``names`` are more variables.

    What it makes belongs to ``group``, where one is given.
    """
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "LD_LIBRARY_PATH")}
    folders = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("DATA", "CONFIG", "CACHE", "STATE")}
    surroundings = {
        **kept,
        **folders,
        "HOME": str(home),
        "TMPDIR": str(home),
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": "offscreen",
        **names,
    }
    return subprocess.Popen(
        [sys.executable, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
        env=surroundings,
        group=group,
        preexec_fn=without_rights,  # noqa: PLW1509 - it takes no lock that a thread could hold
    )


def pipes(process: subprocess.Popen[str]) -> tuple[IO[str], IO[str]]:
    assert process.stdin is not None
    assert process.stdout is not None
    return process.stdin, process.stdout


def say(process: subprocess.Popen[str], line: str) -> None:
    into, _out = pipes(process)
    into.write(line + "\n")
    into.flush()


def ended(process: subprocess.Popen[str]) -> None:
    """Not there any more, with its pipes."""
    process.kill()
    process.wait()
    for pipe in pipes(process):
        pipe.close()


@dataclass
class Sought:
    """What is looked for: words by their kinds, and secrets by their names."""

    words: dict[str, list[str]] = field(default_factory=canaries)
    secrets: dict[str, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)

    def every(self) -> set[str]:
        return {PASSPHRASE, WRONG, *self.plain(), *self.secrets, *self.keys}

    def plain(self) -> list[str]:
        return [word for each in self.words.values() for word in each]

    def seen_in(self, pid: int, home: Path) -> set[str] | None:
        """What another process of the same person reads in the memory of a process; None where it is refused."""
        told = {"mark": MARK, "secrets": self.secrets, "keys": self.keys, "words": [*self.plain(), PASSPHRASE, WRONG]}
        scanner = begin(home, "-m", "tests.lock.scan", str(pid))
        said, _none = scanner.communicate(json.dumps(told) + "\n", timeout=PATIENCE)
        assert scanner.returncode == 0
        found = json.loads(said)
        return None if found is None else set(found)


# ---------------------------------------------------------------- the program


def make_notebook(home: Path, sought: Sought) -> None:
    """A notebook for the people somebody works with, locked while a goal was half typed."""
    notebook = Notebook.create(home / "data", PASSPHRASE, "Notes", Cost())
    session = Session(notebook, zone="America/New_York")
    session.set_up(Mode.WITH_OTHERS, "Joan")
    person = session.add_person("Ana", under_18=False).id
    session.keep_draft("plan", {"words": sought.words["draft brought back"][0]}, person)
    session.keep_draft(OPEN_PAGE, {"page": "plan", "where": {}, "person": person}, "")
    session.lock()


@contextmanager
def shown(home: Path, sought: Sought, *more: str) -> Iterator[subprocess.Popen[str]]:
    """The real program, in which everything was shown and typed; what it made is added to ``sought``."""
    process = begin(home, str(Path(__file__).with_name("shown.py")), str(home / "data"), *more)
    try:
        words = {kind: [turned(each) for each in some] for kind, some in sought.words.items()}
        say(process, json.dumps({"passphrase": turned(PASSPHRASE), "wrong": turned(WRONG), "words": words}))
        line = pipes(process)[1].readline()
        assert line, "it ended by itself"
        made = {name: turned(each) for name, each in json.loads(line).items()}
        sought.keys["data key"] = made.pop("data key")
        sought.secrets |= made
        yield process
    finally:
        ended(process)
        for other in processes_of(home):
            other.kill()


def processes_of(home: Path) -> list[psutil.Process]:
    """All that run on this home folder, whoever started them."""
    found = []
    for process in psutil.process_iter():
        try:
            words, surroundings = process.cmdline(), _surroundings(process)
        except psutil.Error:
            continue
        if any(str(home) in word for word in words) or surroundings.get("HOME") == str(home):
            found.append(process)
    return found


def _surroundings(process: psutil.Process) -> Mapping[str, str]:
    try:
        return process.environ()
    except psutil.AccessDenied:
        return {}


def after_lock(process: subprocess.Popen[str], home: Path) -> psutil.Process:
    """Lock; gives the one process there is afterwards, once its window stands there."""
    # Whoever reads a file for the program knows nothing of the home folder, and is known as its child.
    readers = psutil.Process(process.pid).children(recursive=True)
    assert readers, "one was waiting for a file"
    before = {each.pid for each in processes_of(home)}
    assert process.pid in before
    say(process, "lock")
    assert process.wait(PATIENCE) == 0
    until = time.monotonic() + PATIENCE
    while not (fresh := [each for each in processes_of(home) if each.pid not in before]) and time.monotonic() < until:
        time.sleep(0.05)
    (after,) = fresh
    wait_until_idle(after)
    assert not [each for each in readers if each.is_running() and each.status() != psutil.STATUS_ZOMBIE]
    assert [each.pid for each in processes_of(home)] == [after.pid], "nothing else of ours is left running"
    return after


def wait_until_idle(process: psutil.Process) -> None:
    """Wait until a process has worked and then not worked for a while: its window stands there."""
    until = time.monotonic() + PATIENCE
    still, spent = 0, 0.0
    while still < 5 and time.monotonic() < until:
        time.sleep(0.2)
        now = sum(process.cpu_times()[:2])
        still = still + 1 if now == spent and now > 0.05 else 0
        spent = now


# ---------------------------------------------------------------- an ordinary window


def in_plain_window(home: Path, sought: Sought) -> tuple[set[str], set[str]]:
    """Which words are read in an ordinary window that shows them, and after it cleared and closed everything."""
    process = begin(home, str(Path(__file__).with_name("plain_window.py")))
    try:
        say(process, json.dumps([turned(each) for each in sought.plain()]))
        assert pipes(process)[1].readline() == "shown\n"
        before = sought.seen_in(process.pid, home)
        say(process, "clear")
        assert pipes(process)[1].readline() == "cleared\n"
        after = sought.seen_in(process.pid, home)
        assert before is not None
        assert after is not None
        return before, after
    finally:
        ended(process)


def table() -> Iterable[str]:
    """The rows for people to read."""
    with tempfile.TemporaryDirectory() as temporary:
        home, sought = Path(temporary), Sought()
        make_notebook(home, sought)
        _before, closed = in_plain_window(home, sought)
        with shown(home, sought) as process:
            before = sought.seen_in(process.pid, home) or set()
            every = len(sought.every())
            after = sought.seen_in(after_lock(process, home).pid, home) or set()
        yield "| where it was looked | what was found |"
        yield "| --- | --- |"
        yield f"| this program, before the lock | {len(before)} of {every} |"
        yield f"| an ordinary window, cleared and closed | {len(closed)} of {len(sought.plain())} |"
        yield "| KeePassXC after its own lock (measured elsewhere, entry titles) | 26 of 42 |"
        yield f"| this program, after the lock | {len(after)} of {every} |"


if __name__ == "__main__":
    for row in table():
        print(row, flush=True)
