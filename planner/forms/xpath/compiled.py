"""Expressions ready to be evaluated, many times, by libxml2."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from planner.forms.safe_xml import parse_xml, xml_bytes
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
from planner.forms.xpath.write import FIRST_MARK, IN_ORDER, IN_TIME, NAMESPACE, PASSED, PREFIX, SHUFFLE, Written, write

MOST_SECONDS = 1.0
"""How long one evaluation may take where an expression walks the document again for each node (see ``rewrite``)."""


MOST_SHUFFLED = 10_000
MOST_JOINED = 30_000
"""Nodes in a set that is made or joined node by node: the time that takes grows with the square of their number."""


@dataclass(slots=True)
class _Running:
    """One evaluation: what it sees, when it has to be over, the order of the sets it has shuffled, by their mark.

    ``run`` is what is worked out, ``within`` the evaluation in the middle of which this one was asked for.
    """

    around: Surroundings
    until: float
    run: Any
    within: _Running | None
    ranks: dict[str, dict[Any, int]] | None = None

    def is_within_itself(self) -> bool:
        """Whether the same expression is being worked out already: libxml2 would wait for itself for ever."""
        outer = self.within
        while outer is not None:
            if outer.run is self.run:
                return True
            outer = outer.within
        return False

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
    if len(nodes) > MOST_SHUFFLED:
        raise TooMuch
    running.ranks = running.ranks or {}
    running.ranks[mark] = {node: rank for rank, node in enumerate(nodes)}
    return nodes


def _in_time(_context: object, count: float = 0.0) -> bool:
    if count > MOST_JOINED or time.perf_counter() > _running.get().until:
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
    if numbers:
        lefts, rights = list(map(to_number, lefts)), list(map(to_number, rights))
    if len(lefts) == 1 and len(rights) == 1:
        return _SIGNS[sign](lefts[0], rights[0])
    return _of_many(sign, lefts, rights)


def _of_many(sign: str, lefts: list[Value], rights: list[Value]) -> bool:
    """Whether it is true for any pair, without trying all of them."""
    if not lefts or not rights:
        return False
    if sign == "=":
        return not set(_ordered(lefts)).isdisjoint(rights)
    if sign == "!=":
        both = {*lefts, *rights}
        return len(both) > 1 or not _ordered(both)
    lefts, rights = _ordered(lefts), _ordered(rights)
    if not lefts or not rights:
        return False
    least, most = (min, max) if sign in {"<", "<="} else (max, min)
    return _SIGNS[sign](least(lefts), most(rights))


def _ordered(values: Iterable[Value]) -> list[Value]:
    """Without NaN, which is equal to nothing and neither more nor less."""
    return [each for each in values if isinstance(each, str) or not math.isnan(each)]


_SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


_TABLE: dict[str, Callable[..., Value]] = {
    **{known.name.replace(":", "-"): _exposed(known) for known in FUNCTIONS.values()},
    "compare": _compare,
    IN_ORDER: _in_order,
    SHUFFLE: _shuffle,
    IN_TIME: _in_time,
    PASSED: _passed,
}
_USED = re.compile(re.escape(PREFIX) + r":([\w.-]+)\(")


def runner(text: Written, namespaces: Mapping[str, str]) -> Any:
    """A written expression compiled by libxml2, to be called with a node.

    It is given only the functions it uses: lxml announces every function it was given anew at each evaluation, and all
    of them would take ten times as long as the expression.

    Raises:
        ExpressionTrouble: libxml2 does not understand it.
    """
    if not isinstance(text, str):
        condition, then, otherwise = (runner(each, namespaces) for each in text)
        return lambda node: (then if to_boolean(condition(node)) else otherwise)(node)
    used = {(NAMESPACE, name): _TABLE[name] for name in _USED.findall(text) if name in _TABLE}
    try:
        return etree.XPath(
            text, namespaces={**namespaces, PREFIX: NAMESPACE}, extensions=used or None, smart_strings=False
        )
    except (etree.XPathError, ValueError) as trouble:
        raise ExpressionTrouble("the expression is not understood") from trouble


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
        running = _Running(around, time.perf_counter() + MOST_SECONDS, self._run, _running.get(None))
        if running.is_within_itself():
            raise ExpressionTrouble("the expression asks for itself")
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
    except RecursionError as trouble:
        raise TooMuch from trouble
    run = runner(text, namespaces or {})
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
    or a path to it, or what such a path gave (else the root element). ``namespaces`` are the prefixes of the
    expression, else those that the document declares. Gives a bool, float, str or list of nodes; the nodes of
    attributes and texts are texts.

    Raises:
        ExpressionTrouble: the expression is not understood or cannot be worked out.
        FormUnreadable: a text that is no XML, or a hostile one.
        TypeError: the document is none of these.
    """
    if isinstance(document, str | bytes):
        document = parse_xml(xml_bytes(document))
    root = document.getroot() if hasattr(document, "getroot") else document
    if not etree.iselement(root):
        raise TypeError("a document is an lxml tree or element, or the text of one")
    if namespaces is None:
        namespaces = _prefixes(expression, root)
    if around is None:
        around = Surroundings()
    node = root if context is None else context
    if isinstance(node, str):
        around.current = root
        node = compile_expression(node, None, namespaces).value(root, around)
    if isinstance(node, list):
        node = node[0] if node else None
    if not etree.iselement(node):
        raise ExpressionTrouble("the context is no element of the document")
    around.current = node
    return compile_expression(expression, None, namespaces).value(node, around)
