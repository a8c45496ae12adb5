"""What reads files from others within the tests' own process, through the same writing and reading of answers.

A child for each of hundreds of tests would take minutes. What is different is only where the reading happens; that it
happens in a child is tested beside this file, for each kind.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from planner.apart.asking import Child, Progress
from planner.apart.child import answer_to
from planner.apart.frames import BROKEN
from planner.apart.kinds import Kind, named, reader_of
from planner.apart.plain import written


class InProcess(Child):
    """Asks nobody else."""

    def __init__(self, kind: Kind) -> None:
        super().__init__(kind)
        self._reader: Callable[..., Any] = reader_of(kind)

    def start(self) -> None:
        """There is nothing to start."""

    def ask(self, question: object, progress: Progress | None = None) -> Any:
        """The answer, as a child would give it."""
        stopped: list[BaseException] = []

        def tell(done: int, of: int) -> None:
            try:
                if progress is not None:
                    progress(done, of)
            except BaseException as stop:
                stopped.append(stop)
                raise

        try:
            answer = answer_to(self._reader, named(self._kind.asks), b"".join(written(question)), tell)
        except BaseException:
            if stopped:
                raise
            answer = written([BROKEN, None])
        return self._taken(b"".join(answer))

    def close(self, *, kill: bool = True) -> None:
        """Whatever it kept from one question to the next is gone, and there are no more."""
        self._reader = _nobody


def _nobody(_asked: object, _progress: object) -> None:
    raise RuntimeError("it was closed")
