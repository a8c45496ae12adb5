"""XPath as ODK forms use it, parsed once into a small tree.

Grammar: XPath 1.0, section 3 "Expressions", without variables. A name that follows an operand is an operator and a
``*`` there is multiplication (section 3.7): the contextual lexer knows this from the state of the parser.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import LarkError

from planner.forms.trouble import ExpressionTrouble
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

_GRAMMAR = r"""
start: expr
expr: conj (OR conj)*
conj: equal (AND equal)*
equal: order (EQUAL order)*
order: sum (ORDER sum)*
sum: product (PLUS product)*
product: unary (TIMES unary)*
unary: MINUS* union
union: path (PIPE path)*
?path: location | filtered
location: SLASH relative -> from_root
        | DSLASH relative -> from_anywhere
        | relative
        | SLASH -> root
relative: step ((SLASH | DSLASH) step)*
step: DOT -> here
    | DOTDOT -> above
    | AT nodetest predicate* -> attribute
    | AXIS nodetest predicate* -> on_axis
    | nodetest predicate* -> child
nodetest: NAME | WILD | NODETYPE OPEN CLOSE | INSTRUCTION OPEN LITERAL? CLOSE
predicate: "[" expr "]"
filtered: primary predicate* ((SLASH | DSLASH) relative)?
?primary: call | literal | number | OPEN expr CLOSE -> bracketed
call: FUNCTION OPEN (expr ("," expr)*)? CLOSE
literal: LITERAL
number: NUMBER

OPEN: "("
CLOSE: ")"
OR: /or(?![\w.\-])/
AND: /and(?![\w.\-])/
EQUAL: "=" | "!="
ORDER: "<=" | ">=" | "<" | ">"
PLUS: "+" | "-"
MINUS: "-"
TIMES: "*" | /div(?![\w.\-])/ | /mod(?![\w.\-])/
PIPE: "|"
SLASH: "/"
DSLASH.2: "//"
DOTDOT.3: ".."
DOT: "."
AT: "@"
WILD.2: "*"
NUMBER.2: /\d+(\.\d*)?|\.\d+/
LITERAL: /"[^"]*"|'[^']*'/
AXIS.4: /[^\W\d][\w.\-]*\s*::/
NODETYPE.4: /(node|text|comment)(?=\s*\()/
INSTRUCTION.4: /processing-instruction(?=\s*\()/
FUNCTION.3: /[^\W\d][\w.\-]*(:[^\W\d][\w.\-]*)?(?=\s*\()/
NAME.2: /[^\W\d][\w.\-]*(:(?!:)([^\W\d][\w.\-]*|\*))?/
%import common.WS
%ignore WS
"""


@dataclass(frozen=True, slots=True)
class _Predicate:
    inner: Expr


def _bare(predicates: list[_Predicate]) -> tuple[Expr, ...]:
    return tuple(each.inner for each in predicates)


def _chain(parts: list[Any]) -> Expr:
    if len(parts) == 1:
        return parts[0]  # type: ignore[no-any-return]
    rest = tuple((str(parts[i]).strip(), parts[i + 1]) for i in range(1, len(parts), 2))
    return Chain(parts[0], rest)


def _steps(parts: list[Any]) -> tuple[Step, ...]:
    steps: list[Step] = []
    for part in parts:
        if isinstance(part, Token):
            if part.type == "DSLASH":
                steps.append(ANYWHERE)
        else:
            steps.append(part)
    return tuple(steps)


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


class _Grow(Transformer[Token, Expr]):
    """Builds the tree while parsing, so that nothing recurses over what a file brought."""

    expr = conj = equal = order = sum = product = staticmethod(_chain)
    relative = staticmethod(_steps)

    def start(self, parts: list[Any]) -> Expr:
        return parts[0]  # type: ignore[no-any-return]

    def unary(self, parts: list[Any]) -> Expr:
        times = len(parts) - 1
        return Negative(parts[-1], times) if times else parts[-1]

    def union(self, parts: list[Any]) -> Expr:
        return _chain(parts)

    def from_root(self, parts: list[Any]) -> Expr:
        return Path(True, parts[1])

    def from_anywhere(self, parts: list[Any]) -> Expr:
        return Path(True, (ANYWHERE, *parts[1]))

    def location(self, parts: list[Any]) -> Expr:
        return Path(False, parts[0])

    def root(self, _parts: list[Any]) -> Expr:
        return Path(True, ())

    def here(self, _parts: list[Any]) -> Step:
        return Step("self", "node()")

    def above(self, _parts: list[Any]) -> Step:
        return Step("parent", "node()")

    def attribute(self, parts: list[Any]) -> Step:
        return Step("attribute", parts[1], _bare(parts[2:]))

    def on_axis(self, parts: list[Any]) -> Step:
        return Step(str(parts[0])[:-2].strip(), parts[1], _bare(parts[2:]))

    def child(self, parts: list[Any]) -> Step:
        return Step("child", parts[0], _bare(parts[1:]))

    def nodetest(self, parts: list[Any]) -> str:
        return str(parts[0]) if len(parts) == 1 else f"{parts[0]}({''.join(map(str, parts[2:-1]))})"

    @v_args(inline=True)
    def predicate(self, inner: Expr) -> _Predicate:
        return _Predicate(inner)

    def filtered(self, parts: list[Any]) -> Expr:
        inner = parts[0]
        predicates = _bare([p for p in parts[1:] if isinstance(p, _Predicate)])
        tail = [p for p in parts[1:] if not isinstance(p, _Predicate)]
        if not tail:
            return Filtered(inner, predicates, ()) if predicates else inner
        steps = (ANYWHERE, *tail[1]) if tail[0].type == "DSLASH" else tail[1]
        return Filtered(inner, predicates, steps)

    def bracketed(self, parts: list[Any]) -> Expr:
        return parts[1]  # type: ignore[no-any-return]

    def call(self, parts: list[Any]) -> Expr:
        return Call(str(parts[0]), tuple(parts[2:-1]))

    def literal(self, parts: list[Any]) -> Expr:
        return Text(str(parts[0])[1:-1])

    def number(self, parts: list[Any]) -> Expr:
        return Number(str(parts[0]))


@functools.cache
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", lexer="contextual", transformer=_Grow(), maybe_placeholders=False)


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
    try:
        grown: Any = _parser().parse(source)
    except (LarkError, RecursionError) as trouble:
        raise ExpressionTrouble("the expression is not understood") from trouble
    return grown  # type: ignore[no-any-return]
