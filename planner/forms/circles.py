"""An order in which everything can be worked out, and the circles in which nothing can (Tarjan, 1972)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class Components(Generic[T]):
    """Strongly connected components of a graph, found without recursion.

    ``groups`` come in topological order: whatever ``after`` leads to comes later than where it leads from.
    """

    def __init__(self, vertices: Iterable[T], after: Callable[[T], Iterable[T]]) -> None:
        self._after = after
        self._index: dict[T, int] = {}
        self._low: dict[T, int] = {}
        self._stack: list[T] = []
        self._on_stack: set[T] = set()
        self.groups: list[list[T]] = []
        for vertex in vertices:
            if vertex not in self._index:
                self._explore(vertex)
        self.groups.reverse()

    def _enter(self, vertex: T) -> tuple[T, Iterator[T]]:
        self._index[vertex] = self._low[vertex] = len(self._index)
        self._stack.append(vertex)
        self._on_stack.add(vertex)
        return vertex, iter(self._after(vertex))

    def _explore(self, start: T) -> None:
        work = [self._enter(start)]
        while work:
            vertex, following = work[-1]
            fresh = self._next_fresh(vertex, following)
            if fresh is not None:
                work.append(self._enter(fresh))
                continue
            work.pop()
            if work:
                above = work[-1][0]
                self._low[above] = min(self._low[above], self._low[vertex])
            if self._low[vertex] == self._index[vertex]:
                self._close(vertex)

    def _next_fresh(self, vertex: T, following: Iterator[T]) -> T | None:
        for each in following:
            if each not in self._index:
                return each
            if each in self._on_stack:
                self._low[vertex] = min(self._low[vertex], self._index[each])
        return None

    def _close(self, vertex: T) -> None:
        group: list[T] = []
        while not group or group[-1] != vertex:
            group.append(self._stack.pop())
        self._on_stack.difference_update(group)
        self.groups.append(group)
