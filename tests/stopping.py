"""Stopping long work at each of its steps in turn."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from planner.plan import Cancelled

Result = TypeVar("Result")


def stop_at_each_step(
    work: Callable[[Callable[[int, int], None]], Result],
    stopped: Callable[[], object],
    further: Callable[[int], int] = lambda _steps: 1,
) -> tuple[Result, int]:
    """Stop ``work`` at its first step, its second and so on, each time calling ``stopped``, until it comes to its end.

    ``further`` tells by how many steps to go on, for work of which the steps in the middle are all alike. Gives what
    the work gave in the end, and how many steps it was let go.
    """
    steps = 0
    while True:
        left = steps

        def stop(_done: int, _total: int) -> None:
            nonlocal left
            if not left:
                raise Cancelled
            left -= 1

        try:
            return work(stop), steps
        except Cancelled:
            stopped()
            steps += further(steps)
