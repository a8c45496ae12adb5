"""The grammar of XPath as ODK forms use it; loaded when the first expression is parsed, for lark takes its time.

Grammar: XPath 1.0, section 3 "Expressions", without variables. A name that follows an operand is an operator and a
``*`` there is multiplication (section 3.7): the contextual lexer knows this from the state of the parser.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import LarkError

from planner.forms.trouble import ExpressionTrouble
from planner.forms.xpath.tree import ANYWHERE, Call, Chain, Expr, Filtered, Negative, Number, Path, Step, Text

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


def grow(source: str) -> Expr:
    """The tree of one expression.

    Raises:
        ExpressionTrouble: it is no XPath 1.0, or too deep for the parser.
    """
    try:
        grown: Any = _parser().parse(source)
    except (LarkError, RecursionError) as trouble:
        raise ExpressionTrouble("the expression is not understood") from trouble
    return grown  # type: ignore[no-any-return]
