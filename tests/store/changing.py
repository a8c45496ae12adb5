"""Run as a program: changes the passphrase of a notebook, and is killed at the step it was told, or by somebody else.

``python -m tests.store.changing FOLDER STEP [quick]``; the steps are what reaches the disk: every flush, rename and
removal. ``quick``: a hash stands in for Argon2id, as it does where the notebook was made.

``python -m tests.store.changing MADE WORK every quick`` does so on copies of ``MADE`` in ``WORK``, each
a step later, until one is through; it says each step and how it ended. A process for each, but what they need is
loaded once.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Any

from planner.keys import cost as derivation
from planner.store.notebooks import Notebook
from tests.few_derivations import quick

OLD, NEW = "river stone lamp", "quiet green hill"


def unmeasured() -> dict[str, str]:
    """The surroundings in which this is started many times: its lines are counted where they run in the tests' own."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}


MOST_STEPS = 200


def main() -> None:
    if "quick" in sys.argv:
        derivation.argon2id = quick
    if "every" in sys.argv:
        every_step(Path(sys.argv[1]), Path(sys.argv[2]))
    else:
        change(Path(sys.argv[1]), int(sys.argv[2]))


def every_step(made: Path, work: Path) -> None:
    for step in range(1, MOST_STEPS):
        folder = work / f"store-{step}"
        shutil.copytree(made, folder)
        child = os.fork()
        if child == 0:
            try:
                sys.stdout = sys.stderr  # only what becomes of a step is said to whoever waits
                change(folder, step)
            finally:
                os._exit(1)  # it has ended by itself before, in one way or another
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        print(step, ended, flush=True)
        if ended != 9:
            return


def change(folder: Path, step: int) -> None:
    notebook = Notebook.open(folder, OLD)
    print("open", flush=True)
    count = 0

    def counted(work: Any) -> Any:
        def run(*arguments: Any, **named: Any) -> Any:
            nonlocal count
            count += 1
            if count == step:
                os._exit(9)
            return work(*arguments, **named)

        return run

    for place, name in ((os, "fsync"), (os, "open"), (os, "close"), (Path, "unlink"), (Path, "replace")):
        setattr(place, name, counted(getattr(place, name)))

    notebook.change_passphrase(OLD, NEW, counted(lambda _done, _total: None))
    print(f"changed {count}", flush=True)
    os._exit(0)


if __name__ == "__main__":
    main()
