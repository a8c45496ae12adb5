"""Out of sight: from the key to the server's own word that no window of ours is left on the screen."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from time import sleep

from benches.notebook import PACKAGING, SECRET, make_crowd
from benches.table import Measured, NotMeasured, milliseconds, row
from benches.x_screen import Screen, start_screen, surroundings, why_not

LIMIT_MS = 100
PEOPLE = 1_000
PRESSES = ("today", "plan", "plan+typing", "people", "calendar", "calendar+menu", "settings+dialog")
PRESSES_MANY = ("everyone", "everyone+typing", "today", "everyone+menu")
ROUNDS = 3
BETWEEN_KEYS = 0.08
"""Seconds from key to key of somebody who types fast."""


def press(screen: Screen, folder: Path, opened: str) -> float:
    """Seconds from the key to no window left; keys that type stand before it where there is typing.

    Raises:
        NotMeasured: the window did not come up.
    """
    with tempfile.TemporaryDirectory(prefix="planner-bench-") as home:
        process = subprocess.Popen(
            [sys.executable, "-m", "benches.sight_window", str(folder), opened],
            cwd=PACKAGING,
            env={**surroundings(screen, Path(home)), "PYTHONPATH": f"{PACKAGING.parent}:{PACKAGING}"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(f"{SECRET}\n")
            process.stdin.close()
            screen.give_keyboard(screen.comes_up())
            if process.stdout.readline().strip() != "ready":
                raise NotMeasured("the window did not come up")
            for letter in "hello" if opened.endswith("+typing") else "":
                sleep(BETWEEN_KEYS)
                screen.press(letter)
            # With the last letter still on its way.
            screen.press("F12")
            took = screen.until_gone()
            process.wait(60)
        finally:
            process.kill()
            process.wait()
            process.stdout.close()
    return took


def worst(folder: Path, places: tuple[str, ...], rounds: int = ROUNDS) -> tuple[float, str]:
    """The longest of all presses, and where it was."""
    if reason := why_not():
        raise NotMeasured(reason)
    with start_screen() as screen:
        return max((press(screen, folder, each), each) for _ in range(rounds) for each in places)


def _measured(folder: Path, places: tuple[str, ...]) -> Measured:
    took, where = worst(folder, places)
    words = f"{milliseconds(took)} (the longest of {ROUNDS * len(places)} presses, {where})"
    return Measured(words, took * 1000 <= LIMIT_MS)


@row("key press to no window on the screen (Xvfb)", "–", "100 ms")
def hidden() -> Measured:
    """On several pages, while typing, above a menu and above a dialog; the longest of all counts."""
    with tempfile.TemporaryDirectory(prefix="planner-bench-") as name:
        return _measured(make_crowd(Path(name), 1), PRESSES)


@row("key press to no window on the screen, 1,000 people open (Xvfb)", "–", "100 ms")
def hidden_many() -> Measured:
    """The same with the list of a thousand people."""
    with tempfile.TemporaryDirectory(prefix="planner-bench-") as name:
        return _measured(make_crowd(Path(name), PEOPLE), PRESSES_MANY)
