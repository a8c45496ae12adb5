"""What it costs that every process of ours hardens itself before anything else."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from benches.start import locked_notebook, start
from benches.table import Measured, in_turn, milliseconds, ratio, row

PROGRAM = Path(__file__).resolve().parents[2]

# What every start imports anyway is not counted.
ALONE = """
import enum, functools, pathlib
from time import perf_counter
begun = perf_counter()
from planner.system.harden import harden
harden()
print(perf_counter() - begun)
"""


# It may cost what nobody notices: a twentieth of a start. More would tempt someone to put it later, or to leave it out.
@row("cost of hardening: process start to lock screen", "the same start without it, in turn", "1.05 ×")
def cost_at_the_start() -> Measured:
    """Seconds from the start of the process to the first painted window, hardened and not."""
    with tempfile.TemporaryDirectory(prefix="planner-bench-") as folder:
        locked_notebook(Path(folder))
        ours, plain = in_turn(
            lambda: start("lock_screen", folder).seconds,
            lambda: start("lock_screen", folder, "unhardened").seconds,
            repeats=21,
        )
    return ratio(ours, plain, 1.05, milliseconds)


# Mostly the reading in of what calls the kernel: less than a third of what an empty Python needs to start.
@row("cost of hardening: by itself", "the start of an empty Python", "0.3 ×")
def cost_alone() -> Measured:
    """Seconds that the measures take in a fresh process, with what is read in for them alone."""

    def alone() -> float:
        words = [sys.executable, "-P", "-c", ALONE]
        done = subprocess.run(words, cwd=PROGRAM, env={"PYTHONPATH": str(PROGRAM)}, capture_output=True, check=True)
        return float(done.stdout)

    def empty() -> float:
        begun = perf_counter()
        subprocess.run([sys.executable, "-c", "pass"], check=True)
        return perf_counter() - begun

    ours, python = in_turn(alone, empty)
    return ratio(ours, python, 0.3, milliseconds)
