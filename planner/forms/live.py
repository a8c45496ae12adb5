"""The nodes of a filling: one for each element or attribute there is now, a repeat having as many as were added."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from planner.forms.schema import Node

if TYPE_CHECKING:
    from planner.forms.pages import FormPage


class Live:
    """One node of a filling. ``value`` is kept while the node does not apply; what expressions see is in ``element``.

    ``own`` is what its relevance says, ``on`` whether it and everything above it applies. ``laid`` are the pages of an
    instance of a repeat and the ref under which they were laid out; None once anything about them may be different.
    """

    __slots__ = ("children", "element", "laid", "node", "on", "own", "parent", "value")

    def __init__(self, node: Node, element: Any, parent: Live | None) -> None:
        self.node = node
        self.element = element
        self.parent = parent
        self.children: list[Live] = []
        self.value = ""
        self.own = True
        self.on = True
        self.laid: tuple[str, list[FormPage]] | None = None

    def walk(self) -> Iterator[Live]:
        """This node and all below it, in document order."""
        stack = [self]
        while stack:
            here = stack.pop()
            yield here
            stack.extend(reversed(here.children))

    def place(self) -> int:
        """Its place among its siblings of the same node, from 1."""
        if self.parent is None:
            return 1
        return 1 + [each for each in self.parent.children if each.node is self.node].index(self)

    def ref(self) -> str:
        """The path with places where there are repeats: ``/data/person[2]/name``."""
        own = f"/{self.node.name}" + (f"[{self.place()}]" if self.node.repeat else "")
        return (self.parent.ref() if self.parent else "") + own

    def show(self, text: str) -> None:
        """Put a text where expressions see it."""
        if self.node.attribute:
            self.element.set(self.node.tag, text)
        else:
            self.element.text = text or None

    def is_there(self) -> bool:
        """Whether it and everything above it was not taken away."""
        here = self
        while here.parent is not None:
            if not any(each is here for each in here.parent.children):
                return False
            here = here.parent
        return True

    def reshaped(self) -> None:
        """Forget the pages of everything this is inside of."""
        here: Live | None = self
        while here is not None:
            here.laid = None
            here = here.parent

    def is_leaf(self) -> bool:
        """Whether it can hold a value."""
        return self.node.attribute or not any(not each.attribute for each in self.node.children)

    def above(self, depth: int) -> Live:
        """The node above at a depth."""
        here = self
        while here.node.depth > depth and here.parent is not None:
            here = here.parent
        return here

    def below(self, node: Node) -> list[Live]:
        """All there are of a node inside this one."""
        if node.parent is self.node:
            return [child for child in self.children if child.node is node]
        chain: list[Node] = []
        for each in node.up():
            if each is self.node:
                break
            chain.append(each)
        else:
            return []
        found = [self]
        for each in reversed(chain):
            found = [child for here in found for child in here.children if child.node is each]
        return found


class Refs:
    """The refs of many nodes at once, as things stand now: the instances of a repeat are counted only once."""

    def __init__(self) -> None:
        self._known: dict[Live, str] = {}

    def of(self, live: Live) -> str:
        """As :meth:`Live.ref`."""
        known = self._known.get(live)
        if known is not None:
            return known
        above = self.of(live.parent) if live.parent is not None else ""
        ref = f"{above}/{live.node.name}"
        if not live.node.repeat or live.parent is None:
            self._known[live] = ref
            return ref
        same = (each for each in live.parent.children if each.node is live.node)
        self._known.update((each, f"{ref}[{place}]") for place, each in enumerate(same, 1))
        return self._known[live]


def grow(node: Node, element: Any, parent: Live | None) -> Live:
    """Make the nodes for an element and all it holds."""
    return _grow(node, element, parent, {})


def _grow(node: Node, element: Any, parent: Live | None, known: dict[Node, dict[str, Node]]) -> Live:
    made = Live(node, element, parent)
    if not node.children:
        made.value = element.text or ""
        return made
    inside = known.get(node)
    if inside is None:
        # The first of two with one tag counts.
        inside = known[node] = {each.tag: each for each in reversed(node.children) if not each.attribute}
    if len(inside) < len(node.children):
        for child_node in node.children:
            if child_node.attribute and child_node.tag in element.attrib:
                attribute = Live(child_node, element, made)
                attribute.value = element.get(child_node.tag)
                made.children.append(attribute)
    if inside:
        for child in element:
            child_node_found = inside.get(child.tag)
            if child_node_found is not None:
                made.children.append(_grow(child_node_found, child, made, known))
    else:
        made.value = element.text or ""
    return made
