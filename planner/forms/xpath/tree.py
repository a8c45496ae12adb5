"""XPath as ODK forms use it, parsed once into a small tree."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass

from planner.forms.xpath.trouble import TooMuch

LONGEST_EXPRESSION = 20_000
DEEPEST_EXPRESSION = 60


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written."""

    value: str


@dataclass(frozen=True, slots=True)
class Text:
    """A quoted text."""

    value: str


@dataclass(frozen=True, slots=True)
class Chain:
    """Operands joined by operators of one rank, from left to right."""

    first: Expr
    rest: tuple[tuple[str, Expr], ...]


@dataclass(frozen=True, slots=True)
class Negative:
    """Unary minus, ``times`` over."""

    inner: Expr
    times: int


@dataclass(frozen=True, slots=True)
class Call:
    """A function call; the name keeps its prefix."""

    name: str
    args: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path. ``test`` is a name, ``*`` or ``node()`` and its kind."""

    axis: str
    test: str
    predicates: tuple[Expr, ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """A location path. ``//`` stands as a step ``descendant-or-self::node()``."""

    absolute: bool
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Filtered:
    """An expression in the place of a path's beginning, with predicates and further steps."""

    inner: Expr
    predicates: tuple[Expr, ...]
    steps: tuple[Step, ...]


Expr = Number | Text | Chain | Negative | Call | Path | Filtered

UP = Step("parent", "node()")
HERE = Step("self", "node()")
ANYWHERE = Step("descendant-or-self", "node()")


def calls(expr: Expr) -> Iterator[Call]:
    """All function calls in an expression."""
    match expr:
        case Chain(first, rest):
            for each in (first, *(inner for _sign, inner in rest)):
                yield from calls(each)
        case Negative(inner, _):
            yield from calls(inner)
        case Call(_, args):
            yield expr
            for each in args:
                yield from calls(each)
        case Path(_, steps):
            yield from _calls_in_steps(steps)
        case Filtered(inner, predicates, steps):
            for each in (inner, *predicates):
                yield from calls(each)
            yield from _calls_in_steps(steps)
        case _:
            return


def _calls_in_steps(steps: tuple[Step, ...]) -> Iterator[Call]:
    for step in steps:
        for each in step.predicates:
            yield from calls(each)


def _too_deep(source: str) -> bool:
    depth = 0
    quote = ""
    for sign in source:
        if quote or sign in "'\"":
            quote = "" if sign == quote else quote or sign
        elif sign in "([":
            depth += 1
            if depth > DEEPEST_EXPRESSION:
                return True
        elif sign in ")]":
            depth -= 1
    return False


@functools.lru_cache(maxsize=4096)
def parse(source: str) -> Expr:
    """Parse one expression.

    Raises:
        ExpressionTrouble: the expression is not XPath 1.0, or is absurdly long or deep.
    """
    if len(source) > LONGEST_EXPRESSION or _too_deep(source):
        raise TooMuch("the expression is too long or too deep")
    from planner.forms.xpath.grammar import grow

    return grow(source)
