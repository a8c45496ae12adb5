"""What reads files from others within the tests' own process, through the same writing and reading of answers.

A child for each of hundreds of tests would take minutes. What is different is only where the reading happens; that it
happens in a child is tested beside this file, for each kind.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from planner.apart.asking import Child, Progress
from planner.apart.child import answer_to
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
        tell = progress or (lambda _done, _of: None)
        return self._taken(answer_to(self._reader, named(self._kind.asks), written(question), tell))

    def close(self, *, kill: bool = True) -> None:
        """There is nothing to close."""
