"""Expressions ready to be evaluated, many times, by libxml2."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from planner.forms.safe_xml import parse_xml
from planner.forms.trouble import ExpressionTrouble
from planner.forms.xpath import (  # noqa: F401 - they fill the table
    functions_numbers,
    functions_places,
    functions_sets,
    functions_texts,
    functions_time,
)
from planner.forms.xpath.convert import Value, node_text, to_boolean, to_number
from planner.forms.xpath.functions import FUNCTIONS, Function
from planner.forms.xpath.rewrite import Place, settle
from planner.forms.xpath.surroundings import Surroundings
from planner.forms.xpath.tree import Expr, parse
from planner.forms.xpath.trouble import TooMuch
from planner.forms.xpath.write import FIRST_MARK, IN_ORDER, IN_TIME, NAMESPACE, PASSED, PREFIX, SHUFFLE, write

MOST_SECONDS = 1.0
"""How long one evaluation may take where an expression walks the document again for each node (see ``rewrite``)."""


@dataclass(slots=True)
class _Running:
    """One evaluation: what it sees, when it has to be over, the order of the sets it has shuffled, by their mark."""

    around: Surroundings
    until: float
    ranks: dict[str, dict[Any, int]] | None = None

    def in_order(self, nodes: Value, mark: str) -> Value:
        """A set as it was shuffled: libxml2 hands every set on in the order of the document."""
        ranks = self.ranks.get(mark) if self.ranks else None
        if ranks is None or not isinstance(nodes, list):
            return nodes
        return sorted(nodes, key=lambda node: ranks.get(node, 0))


_running: ContextVar[_Running] = ContextVar("planner_forms_running")


def _exposed(known: Function) -> Callable[..., Value]:
    def run(_context: object, *args: Value) -> Value:
        return known.call(_running.get().around, args)

    return run


def _in_order(_context: object, name: str, marks: str, *args: Value) -> Value:
    """Call a function with some arguments brought into the order in which they were shuffled."""
    running = _running.get()
    made = [running.in_order(arg, mark) if mark else arg for arg, mark in zip(args, marks.split(","), strict=True)]
    return FUNCTIONS[name].call(running.around, tuple(made))


def _shuffle(_context: object, mark: str, *args: Value) -> Value:
    running = _running.get()
    nodes = FUNCTIONS["randomize"].call(running.around, args)
    running.ranks = running.ranks or {}
    running.ranks[mark] = {node: rank for rank, node in enumerate(nodes)}
    return nodes


def _in_time(_context: object) -> bool:
    if time.perf_counter() > _running.get().until:
        raise TooMuch
    return True


def _passed(context: object, value: Value) -> Value:
    _in_time(context)
    return value


def _sides(value: Value) -> list[Value]:
    return [node_text(node) for node in value] if isinstance(value, list) else [value]


def _compare(_context: object, sign: str, left: Value, right: Value) -> bool:
    """XPath 1.0, 3.4: true if it is true for one node of a set; numbers are made ODK's way."""
    if isinstance(left, bool) or isinstance(right, bool):
        left, right = to_boolean(left), to_boolean(right)
    lefts, rights = _sides(left), _sides(right)
    numbers = sign not in {"=", "!="} or any(isinstance(each, int | float) for each in (left, right))
    compare = _SIGNS[sign]
    if not numbers:
        return any(compare(a, b) for a in lefts for b in rights)
    made = [to_number(each) for each in rights]
    return any(compare(a, b) for a in map(to_number, lefts) for b in made)


_SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def _register() -> None:
    table = etree.FunctionNamespace(NAMESPACE)
    for known in FUNCTIONS.values():
        table[known.name.replace(":", "-")] = _exposed(known)
    table["compare"] = _compare
    table[IN_ORDER] = _in_order
    table[SHUFFLE] = _shuffle
    table[IN_TIME] = _in_time
    table[PASSED] = _passed


_register()


@dataclass(frozen=True, slots=True)
class Expression:
    """One compiled expression. ``tree`` is the settled tree from which dependencies are read.

    ``gives`` is ``num``, ``str``, ``bool``, ``set``, ``any`` (as its values are), or ``row``: a set in its own order.
    """

    source: str
    tree: Expr
    gives: str
    speaks: bool
    _run: Any = field(repr=False, compare=False)

    def value(self, node: Any, around: Surroundings) -> Value:
        """Evaluate at a node: a bool, float, str or list of nodes.

        Raises:
            ExpressionTrouble: a function was given what it cannot work with, or libxml2 refuses.
        """
        running = _Running(around, time.perf_counter() + MOST_SECONDS)
        token = _running.set(running)
        try:
            found = self._run(node)
        except ExpressionTrouble:
            raise
        except (etree.XPathError, RecursionError, ValueError, OverflowError, TypeError) as trouble:
            raise ExpressionTrouble("the expression cannot be worked out") from trouble
        finally:
            _running.reset(token)
        return running.in_order(found, FIRST_MARK) if self.gives == "row" else found


def compile_expression(
    source: str, place: Place | None = None, namespaces: Mapping[str, str] | None = None
) -> Expression:
    """Parse, settle and compile; ``place`` is None for a document that is no form.

    Raises:
        ExpressionTrouble: the expression is not understood or uses an unknown function.
    """
    tree = parse(source.strip())
    if place is not None:
        tree = settle(tree, place)
    try:
        text, gives, speaks = write(tree, in_form=place is not None)
        run = etree.XPath(text, namespaces={**(namespaces or {}), PREFIX: NAMESPACE}, smart_strings=False)
    except (etree.XPathError, RecursionError, ValueError) as trouble:
        if isinstance(trouble, ExpressionTrouble):
            raise
        raise ExpressionTrouble("the expression is not understood") from trouble
    return Expression(source, tree, gives, speaks, run)


def _prefixes(expression: str, root: Any) -> dict[str, str]:
    """The prefixes that a document declares, the outermost of each; looked for only if the expression has a prefix."""
    if ":" not in expression:
        return {}
    found: dict[str, str] = {}
    for element in root.iter(etree.Element):
        for prefix, address in element.nsmap.items():
            if prefix and prefix != "xml":
                found.setdefault(prefix, address)
    return found


def evaluate(
    expression: str,
    document: Any,
    context: Any = None,
    *,
    around: Surroundings | None = None,
    namespaces: Mapping[str, str] | None = None,
) -> Value:
    """Try an ODK expression on any XML document.

    ``document`` is an lxml tree or element, or the text of a document; ``context`` the node at which it is evaluated,
    or a path to it (else the root element). ``namespaces`` are the prefixes of the expression, else those that the
    document declares. Gives a bool, float, str or list of nodes; the nodes of attributes and texts are texts.

    Raises:
        ExpressionTrouble: the expression is not understood or cannot be worked out.
        FormUnreadable: a text that is no XML, or a hostile one.
    """
    if isinstance(document, str | bytes):
        document = parse_xml(document.encode() if isinstance(document, str) else document)
    root = document.getroot() if hasattr(document, "getroot") else document
    if namespaces is None:
        namespaces = _prefixes(expression, root)
    if around is None:
        around = Surroundings()
    node = root if context is None else context
    if isinstance(node, str):
        around.current = root
        found = compile_expression(node, None, namespaces).value(root, around)
        node = found[0] if isinstance(found, list) and found else None
        if not etree.iselement(node):
            raise ExpressionTrouble("the context is no node of the document")
    around.current = node
    return compile_expression(expression, None, namespaces).value(node, around)
