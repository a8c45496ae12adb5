"""Expressions ready to be evaluated, many times, by libxml2."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from planner.forms.trouble import ExpressionTrouble
from planner.forms.xpath import functions_time as _fills_the_table  # noqa: F401
from planner.forms.xpath.convert import Value, node_text, to_boolean, to_number
from planner.forms.xpath.functions import FUNCTIONS, Function
from planner.forms.xpath.rewrite import NAMESPACE, PREFIX, Place, settle, write
from planner.forms.xpath.surroundings import Surroundings
from planner.forms.xpath.tree import Expr, parse

_around: ContextVar[Surroundings] = ContextVar("planner_forms_around")


def _exposed(known: Function) -> Callable[..., Value]:
    def run(_context: object, *args: Value) -> Value:
        return known.call(_around.get(), args)

    return run


def _sides(value: Value) -> list[Value]:
    return [node_text(node) for node in value] if isinstance(value, list) else [value]


def _compare(_context: object, sign: str, left: Value, right: Value) -> bool:
    """Comparison with a set of nodes: true if it is true for one of them (XPath 1.0, 3.4), numbers made ODK's way."""
    if isinstance(left, bool) or isinstance(right, bool):
        left, right = to_boolean(left), to_boolean(right)
    lefts = [to_number(each) for each in _sides(left)]
    rights = [to_number(each) for each in _sides(right)]
    return any(_SIGNS[sign](a, b) for a in lefts for b in rights)


_SIGNS: dict[str, Callable[[float, float], bool]] = {
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


_register()


@dataclass(frozen=True, slots=True)
class Expression:
    """One compiled expression. ``tree`` is the settled tree from which dependencies are read."""

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
        token = _around.set(around)
        try:
            return self._run(node)
        except (etree.XPathError, RecursionError) as trouble:
            raise ExpressionTrouble("the expression cannot be worked out") from trouble
        finally:
            _around.reset(token)


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


def evaluate(
    expression: str,
    document: Any,
    context: Any = None,
    *,
    around: Surroundings | None = None,
    namespaces: Mapping[str, str] | None = None,
) -> Value:
    """Try an ODK expression on any XML document.

    ``document`` is an lxml tree or element, ``context`` the node at which it is evaluated (else the root element).
    Gives a bool, float, str or list of nodes.

    Raises:
        ExpressionTrouble: the expression is not understood.
    """
    node = context if context is not None else (document.getroot() if hasattr(document, "getroot") else document)
    if around is None:
        around = Surroundings()
    around.current = node
    return compile_expression(expression, None, namespaces).value(node, around)
