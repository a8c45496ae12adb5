"""Expressions that were parsed and rewritten earlier: libxml2 compiles each when it is first asked for its value."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal

from planner.forms.schema import Node
from planner.forms.xpath import Expression, Place, Surroundings
from planner.forms.xpath.compiled import runner
from planner.forms.xpath.convert import Value
from planner.forms.xpath.rewrite import settle, write
from planner.forms.xpath.tree import Expr, Text, parse
from planner.forms.xpath.write import Written

_NO_TREE = Text("")


class Ready:
    """One expression, with the face of :class:`Expression`; its tree is parsed anew where somebody wants to see it."""

    __slots__ = ("_made", "_namespaces", "_node", "_text", "gives", "source", "speaks")

    def __init__(self, source: str, node: Node, kept: tuple[Written, str, bool], namespaces: Mapping[str, str]) -> None:
        """``kept`` is what :func:`written` gave."""
        self.source = source
        self._node = node
        self._text, self.gives, self.speaks = kept
        self._namespaces = namespaces
        self._made: Expression | None = None

    @property
    def tree(self) -> Expr:
        """The settled tree."""
        return settle(parse(self.source.strip()), self._node.place())

    def value(self, node: Any, around: Surroundings) -> Value:
        """Evaluate at a node: a bool, float, str or list of nodes.

        Raises:
            ExpressionTrouble: a function was given what it cannot work with, or libxml2 refuses.
        """
        if self._made is None:
            run = runner(self._text, self._namespaces)
            self._made = Expression(self.source, _NO_TREE, self.gives, self.speaks, run)
        return self._made.value(node, around)


def written(source: str, place: Place) -> tuple[Written, str, bool]:
    """What is kept of an expression that is understood: its text for libxml2, what it gives, whether it speaks."""
    return write(settle(parse(source.strip()), place), in_form=True)


class Kept:
    """The expressions of a form as they were written earlier, by where they stand; read when the first is needed."""

    def __init__(self, data: bytes, namespaces: Mapping[str, str]) -> None:
        self._data = data
        self._namespaces = namespaces
        self._known: dict[str, Any] | None = None

    @staticmethod
    def name(source: str, node: Node) -> str:
        """The key of an expression. A stand-in beside a repeat has no tag and may share the path of an attribute."""
        return f"{node.path}{'' if node.tag else '#'} {source}"

    def get(self, source: str, node: Node) -> Ready | Literal[False] | None:
        """The expression, None when it is known not to be understood, False when nothing is known of it."""
        if self._known is None:
            self._known = json.loads(self._data)
        name = self.name(source, node)
        if name not in self._known:
            return False
        kept = self._known[name]
        return None if kept is None else Ready(source, node, kept, self._namespaces)
