"""Which nodes of a form an expression looks at, and how far up it reaches for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from planner.forms.schema import Node
from planner.forms.xpath.tree import Call, Chain, Expr, Filtered, Negative, Path, Step

Reach = tuple[Node, int]
"""A node looked at, and the depth of the highest node the path passes (0: the document)."""


def references(tree: Expr, node: Node, root: Node, namespaces: Mapping[str, str]) -> set[Reach]:
    """What an expression standing at ``node`` hangs on.

    A path that steps down into a repeat, or ends at one, also hangs on how many instances there are and in which order.
    """
    owner = node.parent if node.attribute and node.parent is not None else node
    reader = _Reader(owner, root, namespaces)
    reader.read(tree, frozenset({owner}), owner.depth)
    return reader.found


class _Reader:
    def __init__(self, node: Node, root: Node, namespaces: Mapping[str, str]) -> None:
        self._node = node
        self._root = root
        self._document = Node("", "", None, 0, -1, children=[root])
        self._namespaces = namespaces
        self.found: set[Reach] = set()

    def read(self, expr: Expr, here: frozenset[Node], pivot: int) -> tuple[frozenset[Node], int]:
        match expr:
            case Chain(first, rest):
                self.read(first, here, pivot)
                for _, each in rest:
                    self.read(each, here, pivot)
            case Negative(inner, _):
                self.read(inner, here, pivot)
            case Call("current", _):
                return frozenset({self._node}), min(pivot, self._node.depth)
            case Call(_, args):
                for arg in args:
                    self.read(arg, here, pivot)
            case Path(absolute, steps):
                start = frozenset({self._document}) if absolute else here
                self._walk(start, 0 if absolute else pivot, steps)
            case Filtered(inner, predicates, steps):
                start, reached = self.read(inner, here, pivot)
                if isinstance(inner, Call) and inner.name == "instance":
                    start = frozenset()
                elif not (isinstance(inner, Call) and inner.name == "current"):
                    start = frozenset(self._root.walk())
                for each in predicates:
                    self.read(each, start, reached)
                self._walk(start, reached, steps)
            case _:
                pass
        return frozenset(), 0

    def _walk(self, start: frozenset[Node], pivot: int, steps: tuple[Step, ...]) -> None:
        outer, self.found = self.found, set()
        here = start
        for step in steps:
            came_from, here = here, frozenset(self._step(here, step))
            pivot = min([pivot, *(each.depth for each in here)])
            downwards = step.axis not in {"parent", "self", "ancestor"}
            for each in here if downwards else ():
                if each.repeat and each not in came_from:
                    self.found.add((each, each.depth - 1))
            for predicate in step.predicates:
                self.read(predicate, here, pivot)
        self.found.update((each, each.depth - 1 if each.repeat else each.depth) for each in here)
        lowest = min([pivot, *(depth for _, depth in self.found)])
        self.found = outer | {(each, lowest) for each, _ in self.found if each.order >= 0}

    def _step(self, here: Iterable[Node], step: Step) -> set[Node]:
        out: set[Node] = set()
        for node in here:
            out.update(each for each in self._along(node, step.axis) if self._fits(each, step))
        return out

    def _along(self, node: Node, axis: str) -> Iterable[Node]:
        match axis:
            case "self":
                return (node,)
            case "child" | "attribute":
                return node.children
            case "parent":
                return (node.parent or self._document,)
            case "descendant":
                return (each for each in node.walk() if each is not node)
            case "descendant-or-self":
                return node.walk()
            case "ancestor":
                return (each for each in node.up() if each is not node)
            case "ancestor-or-self":
                return node.up()
            case "following-sibling" | "preceding-sibling":
                return node.parent.children if node.parent else ()
            case _:
                return self._root.walk()

    def _fits(self, node: Node, step: Step) -> bool:
        if node.attribute != (step.axis == "attribute") and step.axis != "self":
            return False
        if step.test in {"*", "node()"}:
            return True
        if step.test == "text()":
            return False
        prefix, _, name = step.test.rpartition(":")
        if name == "*":
            return True
        return node.tag == (f"{{{self._namespaces.get(prefix, '')}}}{name}" if prefix else name)
