"""Run in a process of its own: an hour of use, as the tour walks it, with a watch on how long the window stands still.

A pass of the event loop, a key or a press of the mouse is one moment in which the window answers to nothing else.
Prints one line of JSON: the seconds of the longest moments, each with what was being done.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from planner.app import Program, application
from planner.tour import hand, walk
from planner.tour.made_up import SAID
from planner.tour.stage import Stage

TOLD = 12
BREATH = 2.0
"""Seconds between unlocking and the first press."""


class Watch:
    """Keeps every moment by what was being done."""

    moments: ClassVar[list[tuple[float, str]]] = []
    doing: ClassVar[str] = ""
    rested: ClassVar[float] = 0.0

    @classmethod
    def timed(cls, work: Callable[..., Any]) -> Callable[..., Any]:
        """The same work, watched."""

        def watched(*arguments: Any, **named: Any) -> Any:
            begun, rested = time.perf_counter(), cls.rested
            try:
                return work(*arguments, **named)
            finally:
                # What somebody waited for on purpose in between is no standing still.
                cls.moments.append((time.perf_counter() - begun - (cls.rested - rested), cls.doing))

        return watched


class WatchedTest:
    """The keys and the mouse of Qt's own test hand; waiting is done in short passes, each watched by itself."""

    mouseClick = staticmethod(Watch.timed(QTest.mouseClick))  # noqa: N815 - Qt's name
    keyClick = staticmethod(Watch.timed(QTest.keyClick))  # noqa: N815 - Qt's name
    keyClicks = staticmethod(Watch.timed(QTest.keyClicks))  # noqa: N815 - Qt's name
    mousePress = staticmethod(Watch.timed(QTest.mousePress))  # noqa: N815 - Qt's name
    mouseMove = staticmethod(Watch.timed(QTest.mouseMove))  # noqa: N815 - Qt's name
    mouseRelease = staticmethod(Watch.timed(QTest.mouseRelease))  # noqa: N815 - Qt's name

    @staticmethod
    def qWait(milliseconds: int) -> None:  # noqa: N802 - Qt's name
        """Sleep, then let the window work for one pass."""
        time.sleep(milliseconds / 1000)
        Watch.timed(QApplication.processEvents)()


class WatchedApp:
    """The application as the hand uses it."""

    processEvents = staticmethod(Watch.timed(QApplication.processEvents))  # noqa: N815 - Qt's name


def watch_steps() -> None:
    """Name every step of the tour while it is done."""
    for name, module in vars(walk).items():
        if not name.startswith("steps_"):
            continue
        for step, work in list(vars(module).items()):
            if callable(work) and getattr(work, "__module__", "") == module.__name__:
                setattr(module, step, named(f"{name.removeprefix('steps_')}.{step}", work))
    plain = hand.Hand.picture

    def told(self: hand.Hand, name: str) -> None:
        plain(self, name)
        Watch.doing = f"{Watch.doing.partition(' ')[0]} after {name}"

    hand.Hand.picture = told  # type: ignore[method-assign]


def named(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
    """The same step, by name."""

    def step(*arguments: Any, **more: Any) -> Any:
        Watch.doing = name
        return work(*arguments, **more)

    return step


def main(folder: Path) -> None:
    """Walk through the day of one person and of somebody who works with several."""
    app = application()
    setattr(hand, "QTest", WatchedTest)  # noqa: B010
    plain = hand.Hand.__init__

    def watched(self: hand.Hand, _app: QApplication, *more: Any) -> None:
        plain(self, WatchedApp(), *more)  # type: ignore[arg-type]

    setattr(hand.Hand, "__init__", watched)  # noqa: B010 - mypy does not follow what is put in a place of another
    plain_entering = Program._enter  # noqa: SLF001 - the bench looks where nobody else may

    def entered(self: Program, *given: Any) -> None:
        # As a started program, and as slow as a person who has just unlocked it.
        self.settle_down()
        plain_entering(self, *given)
        begun = time.perf_counter()
        while time.perf_counter() < begun + BREATH:
            WatchedTest.qWait(5)
        Watch.rested += time.perf_counter() - begun

    setattr(Program, "_enter", entered)  # noqa: B010
    watch_steps()
    variant, said = walk.VARIANTS[0], SAID["en"]
    plays: tuple[Callable[[Stage], object], ...] = (
        lambda stage: walk.for_me(stage, said, variant, folder),
        lambda stage: walk.with_others(stage, said, variant),
        lambda stage: walk.look_round(stage, said, variant),
    )
    for place, play in enumerate(plays):
        stage = Stage(app, folder / f"data{place}")
        play(stage)
        stage.end()
    print(json.dumps(sorted(Watch.moments, reverse=True)[:TOLD]), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
    os._exit(0)
