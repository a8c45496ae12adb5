"""What it costs that every process of ours hardens itself before anything else."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from benches.start import locked_notebook, start
from benches.table import Measured, in_turn, milliseconds, ratio, row

PROGRAM = Path(__file__).resolve().parents[2]

# What every start imports anyway is not counted.
ALONE = """
import enum, functools, pathlib
from time import process_time
begun = process_time()
from planner.system.harden import harden
harden()
print(process_time() - begun)
"""
EMPTY = "from time import process_time; print(process_time())"


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


# Half of it is reading in what calls the kernel (ctypes). Beyond half of an empty Python it would show in every start.
@row("cost of hardening: by itself", "the start of an empty Python, in time of the processor", "0.5 ×")
def cost_alone() -> Measured:
    """Seconds of work that the measures take in a fresh process, with what is read in for them alone."""

    def work(code: str) -> float:
        words = [sys.executable, "-P", "-c", code]
        done = subprocess.run(words, cwd=PROGRAM, env={"PYTHONPATH": str(PROGRAM)}, capture_output=True, check=True)
        return float(done.stdout)

    ours, python = in_turn(lambda: work(ALONE), lambda: work(EMPTY), repeats=21)
    return ratio(ours, python, 0.5, milliseconds)
