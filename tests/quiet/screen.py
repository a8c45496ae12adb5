"""A screen of X11 that nobody sees, with real programs on it and one that looks from outside."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from benches.x_screen import start_server

ROOT = Path(__file__).resolve().parents[2]

needs_x11 = pytest.mark.skipif(sys.platform != "linux", reason="X11 is a thing of Linux")


def tool(name: str, package: str) -> str:
    """Where a program of the system lies; ``dev.py test`` installs it where it may."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed (package: {package}): nobody looked at a real screen")
    return found


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    """Start a screen of its own; gives the surroundings of programs that show themselves on it."""
    tool("Xvfb", "xvfb")
    with start_server() as display:
        yield {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}


class Talker:
    """A process that does what it is told, a line at a time, and answers each with a line."""

    def __init__(self, script: Path, *words: str | Path, surroundings: Mapping[str, str]) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
        self.process = subprocess.Popen(
            [sys.executable, "-P", str(script), *map(str, words)],
            env=kept | {"PYTHONPATH": str(ROOT)} | dict(surroundings),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        try:
            assert self.answer() == "ready"
        except AssertionError:
            self.end()
            raise

    def answer(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "the process ended"
        return line.rstrip("\n")

    def ask(self, words: str) -> str:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{words}\n")
        self.process.stdin.flush()
        return self.answer()

    def end(self) -> None:
        self.process.kill()
        self.process.communicate()
