"""The program on a memory stick: its packages, a file that starts it, and an empty folder for notebooks.

    <FOLDER>/Planner/start.py        python3 start.py
    <FOLDER>/Planner/program/        the program, and the packages it needs
    <FOLDER>/Planner/PlannerData/    the notebooks; because it is there, nothing is kept anywhere else

The stick brings no Python: the machine it is put into needs the version it was made with, and the same system. A file
system of sticks knows neither links nor rights, so none are used.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

NAME, PROGRAM, DATA, START = "Planner", "program", "PlannerData", "start.py"

STARTING = '''\
"""Starts the program on this stick. Nothing is written on the machine it runs on."""

import os
import sys

sys.dont_write_bytecode = True
os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
if sys.version_info[:2] != {version}:
    sys.exit("This stick was made with Python {words}. This is Python " + sys.version.split()[0] + ".")
sys.path[0] = os.path.join(os.path.dirname(os.path.abspath(__file__)), "{program}")

from planner.__main__ import main  # noqa: E402

sys.exit(main())
'''


class NotPut(Exception):
    """Why nothing was put onto the stick."""


def put_onto(
    folder: Path, root: Path, python: Path, version: tuple[int, int], run: Callable[[Sequence[str | Path]], int]
) -> Path:
    """Put the program onto a stick, in place of the one that is there; notebooks stay as they are.

    ``python`` is the one with the packages for building, of ``version``; ``run`` runs a command and gives its answer.

    Returns:
        The file that starts it.

    Raises:
        NotPut: there is no such folder, or the packages could not be installed.
    """
    if not folder.is_dir():
        raise NotPut(f"There is no folder {folder}.")
    home = folder / NAME
    program = home / PROGRAM
    shutil.rmtree(program, ignore_errors=True)
    program.mkdir(parents=True)
    install: list[str | Path] = [
        python,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-compile",
        "--upgrade",
        "--target",
        program,
    ]
    lock = root / "packaging" / "requirements" / "run.txt"
    steps: list[list[str | Path]] = [
        [*install, "--require-hashes", "--requirement", lock],
        [*install, "--no-deps", "--no-build-isolation", root],
    ]
    for step in steps:
        if run(step) != 0:
            raise NotPut("The packages could not be put onto the stick; the reason stands above.")
    # Compiled here once for all, whatever times the stick gives its files: nothing is compiled on it later. Some
    # packages bring pieces for other versions of Python, which cannot be compiled and are never loaded.
    run([python, "-m", "compileall", "-qq", "-j", "0", "--invalidation-mode", "unchecked-hash", program])
    (home / DATA).mkdir(exist_ok=True)
    start = home / START
    words = STARTING.format(version=version, words=".".join(map(str, version)), program=PROGRAM)
    start.write_text(words, "utf-8")
    return start


def told(start: Path) -> str:
    """What a person is told when it is done."""
    how = "py" if sys.platform == "win32" else "python3"
    return (
        f"It is started with\n\n    {how} {start}\n\non a machine with the same system and Python as here."
        f"\nNotebooks are kept in {start.parent / DATA}."
        "\nTo bring one along, lock it and copy its folder (store-...) there."
        "\nHide or close the program before the stick is taken out."
    )
