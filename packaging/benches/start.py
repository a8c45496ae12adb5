"""From the start of the process to the lock screen: how long, and how much memory."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from statistics import median
from threading import Timer

import psutil

from benches.table import REPEATS, Measured, NotMeasured, megabytes, milliseconds, ratio, row

PACKAGING = Path(__file__).resolve().parent.parent
PATIENCE_S = 60


@dataclass(frozen=True)
class Start:
    """One start: seconds until the window was painted, and bytes in memory once it had settled."""

    seconds: float
    memory: float


def start(program: str, *arguments: str) -> Start:
    """Start a measured program, a module of ``benches``, and look at it.

    Raises:
        NotMeasured: no window of it was painted.
    """
    begun = time.perf_counter_ns()
    with subprocess.Popen(
        [sys.executable, "-m", f"benches.{program}", *arguments],
        cwd=PACKAGING,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        # A program that never paints a window must not hold the bench for ever.
        guard = Timer(PATIENCE_S, process.kill)
        guard.start()
        painted = process.stdout.readline().strip()
        settled = process.stdout.readline().strip()
        memory = psutil.Process(process.pid).memory_info().rss if settled else 0
        process.stdin.close()
        process.wait()
        guard.cancel()
    if not settled:
        raise NotMeasured("no window came up")
    return Start((int(painted) - begun) / 1e9, float(memory))


def locked_notebook(folder: Path) -> None:
    """Make a notebook to be locked out of; its key is as cheap as it may be, since nobody opens it here.

    Raises:
        NotMeasured: there is no store yet.
    """
    try:
        notebooks = import_module("planner.store.notebooks")
    except ModuleNotFoundError as error:
        raise NotMeasured("there is no store yet") from error
    notebooks.Notebook.create(folder, "five made up words here", "Notebook").close()


@cache
def starts() -> tuple[list[Start], list[Start]]:
    """Ours and the bare window, started in turn; both rows read the same starts.

    Raises:
        NotMeasured: one of them does not start.
    """
    with tempfile.TemporaryDirectory(prefix="planner-bench-") as folder:
        locked_notebook(Path(folder))
        ours: list[Start] = []
        bare: list[Start] = []
        # The first start of each only warms the disk.
        for _ in range(REPEATS + 1):
            ours.append(start("lock_screen", folder))
            bare.append(start("bare_window"))
    return ours[1:], bare[1:]


@row("process start to lock screen shown", "a bare PySide6 window, started in turn", "1.5 ×")
def time_to_lock_screen() -> Measured:
    """Seconds from the start of the process to the first painted window."""
    ours, bare = starts()
    return ratio(median(each.seconds for each in ours), median(each.seconds for each in bare), 1.5, milliseconds)


@row("memory at the lock screen", "the same bare window", "1.5 ×")
def memory_at_lock_screen() -> Measured:
    """Resident memory half a second after the window was painted."""
    ours, bare = starts()
    return ratio(median(each.memory for each in ours), median(each.memory for each in bare), 1.5, megabytes)
