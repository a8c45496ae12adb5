"""The graph of what hangs on what: one answer re-evaluates only what depends on it.

Each node of the form has two vertices: whether it applies, and its value (for a repeat: its instances). An edge carries
how far up the depending expression reaches, so that inside repeats only the instances concerned are looked at again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from planner.forms.circles import Components
from planner.forms.definition import Compiled, Definition
from planner.forms.references import references
from planner.forms.schema import Node
from planner.forms.trouble import Problem
from planner.forms.xpath.tree import Text, calls
from planner.words import _

Vertex = tuple[Node, bool]
"""A node and whether its value is meant (True) or whether it applies (False)."""


@dataclass(slots=True)
class Graph:
    """``edges`` lead from a vertex to the vertices whose expressions look at it, with the depth of the common root."""

    calculates: dict[Node, Compiled] = field(default_factory=dict)
    relevants: dict[Node, Compiled] = field(default_factory=dict)
    edges: dict[Vertex, list[tuple[Vertex, int]]] = field(default_factory=dict)
    rank: dict[Vertex, int] = field(default_factory=dict)
    speaking: list[Vertex] = field(default_factory=list)
    rings: list[list[str]] = field(default_factory=list)
    """The names of the nodes in each circle."""


def build_graph(definition: Definition) -> Graph:
    """Read all expressions of calculations and relevance; circles are told as problems and cut."""
    graph = Graph()
    raw: dict[Vertex, set[tuple[Vertex, int]]] = defaultdict(set)
    for vertex, expression in read_expressions(definition, graph):
        node = vertex[0]
        for target, pivot in _references(definition, expression, node):
            raw[(target, True)].add((vertex, pivot))
        for target in _in_words(definition, expression, node) if expression.speaks else ():
            raw[(target, True)].add((vertex, 0))
    rank, circles = _ranked(definition, raw)
    graph.rank = rank
    for source_vertex, targets in raw.items():
        graph.edges[source_vertex] = [
            (vertex, pivot) for vertex, pivot in targets if not _cut(source_vertex, vertex, circles)
        ]
    _tell(definition, graph, raw, circles)
    return graph


def read_expressions(definition: Definition, graph: Graph) -> Iterator[tuple[Vertex, Compiled]]:
    """Put the expressions of all calculations and relevances into a graph, one by one."""
    for node in definition.nodes.values():
        for source, into, is_value in (
            (node.bind.calculate, graph.calculates, True),
            (node.bind.relevant, graph.relevants, False),
        ):
            expression = definition.compile(source, node) if source.strip() else None
            if expression is not None:
                into[node] = expression
                if expression.speaks:
                    graph.speaking.append((node, is_value))
                yield (node, is_value), expression


def _in_words(definition: Definition, expression: Compiled, node: Node) -> set[Node]:
    """What the words an expression asks for hang on: answers put into texts, and filters of choices."""
    found: set[Node] = set()
    for call in calls(expression.tree):
        words = call.args[-1] if call.args else None
        if not isinstance(words, Text):
            continue
        if call.name == "jr:itext":
            found |= _looked_at(definition, definition.outputs(words.value), node)
        elif call.name == "jr:choice-name":
            path = definition.compile(words.value.strip(), node)
            asked = {target for target, _pivot in _references(definition, path, node)} if path else set()
            for question in asked:
                if question.control is not None:
                    sources = [*definition.choice_outputs(question.control), question.control.itemset]
                    found |= _looked_at(definition, sources, question)
    return found


def _looked_at(definition: Definition, sources: Iterable[str], node: Node) -> set[Node]:
    expressions = (definition.compile(source, node) for source in sources if source.strip())
    return {target for each in expressions if each for target, _pivot in _references(definition, each, node)}


def _references(definition: Definition, expression: Compiled, node: Node) -> set[tuple[Node, int]]:
    return references(expression.tree, node, definition.root, definition.namespaces)


def _in_repeat(node: Node) -> bool:
    return any(each.repeat for each in node.up())


def _cut(source: Vertex, target: Vertex, circles: dict[Vertex, int]) -> bool:
    if source == target:
        return not _in_repeat(source[0])
    return source in circles and circles.get(source) == circles.get(target)


def _tell(
    definition: Definition, graph: Graph, raw: dict[Vertex, set[tuple[Vertex, int]]], circles: dict[Vertex, int]
) -> None:
    rings: dict[int, list[str]] = defaultdict(list)
    for (node, is_value), ring in circles.items():
        if node in (graph.calculates if is_value else graph.relevants) and node.name not in rings[ring]:
            rings[ring].append(node.name)
    for vertex, targets in raw.items():
        if any(target == vertex for target, _pivot in targets) and not _in_repeat(vertex[0]):
            rings[-1 - len(rings)].append(vertex[0].name)
    graph.rings = [sorted(names) for names in rings.values()]
    tell_circles(definition, graph)


def tell_circles(definition: Definition, graph: Graph) -> None:
    """Put the circles of a form among its problems."""
    definition.problems.extend(
        Problem(
            "survey",
            definition.rows.get(names[0], 0),
            _("These hang on each other in a circle: {names}.").format(names=", ".join(names)),
            _("Each is worked out once, in the order of the form."),
        )
        for names in graph.rings
    )


def _ranked(
    definition: Definition, raw: dict[Vertex, set[tuple[Vertex, int]]]
) -> tuple[dict[Vertex, int], dict[Vertex, int]]:
    """An order of evaluation by vertex, and for each vertex in a circle the number of that circle."""

    def after(vertex: Vertex) -> list[Vertex]:
        node, is_value = vertex
        # Whether an instance applies may hang on its place among the others: that is no circle.
        out = [
            target
            for target, _pivot in raw.get(vertex, ())
            if target[0] is not node or not (node.repeat or target == vertex)
        ]
        if not is_value:
            out.append((node, True))
            out.extend((child, False) for child in node.children)
        return sorted(out, key=_document_order, reverse=True)

    vertices = ((node, flag) for node in definition.nodes.values() for flag in (False, True))
    rank: dict[Vertex, int] = {}
    circles: dict[Vertex, int] = {}
    for number, group in enumerate(Components(vertices, after).groups):
        if len(group) > 1:
            circles.update(dict.fromkeys(group, number))
        for vertex in sorted(group, key=_document_order):
            rank[vertex] = len(rank)
    return rank, circles


def _document_order(vertex: Vertex) -> tuple[int, bool]:
    return vertex[0].order, vertex[1]
