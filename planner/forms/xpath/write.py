"""A settled expression becomes one for libxml2.

Comparisons and arithmetic are wrapped where ODK converts differently (texts of dates), ODK functions become extension
functions. Where an expression would walk the document again for each of many nodes, it is made to look at the clock on
the way: libxml2 itself cannot be stopped.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from planner.forms.xpath.functions import FUNCTIONS, SINGLE, Function
from planner.forms.xpath.functions_texts import check_pattern
from planner.forms.xpath.tree import (
    ANYWHERE,
    HERE,
    UP,
    Call,
    Chain,
    Expr,
    Filtered,
    Negative,
    Number,
    Path,
    Step,
    Text,
    calls,
)
from planner.forms.xpath.trouble import UnknownFunction, WrongArguments

NAMESPACE = "urn:planner:forms:functions"
PREFIX = "planner-fn"

SHUFFLE, IN_ORDER, IN_TIME, PASSED = "shuffle", "in-order", "in-time", "passed"
"""Functions of our own: ``randomize`` with a mark, a call that takes shuffled sets as they were shuffled, a look at the
clock, and one that hands a value on."""
FIRST_MARK = "0"
"""The mark of the outermost shuffle: the one whose order the whole expression has."""

NATIVE: dict[str, tuple[int, int, str]] = {
    "not": (1, 1, "bool"),
    "boolean": (1, 1, "bool"),
    "true": (0, 0, "bool"),
    "false": (0, 0, "bool"),
    "contains": (2, 2, "bool"),
    "starts-with": (2, 2, "bool"),
    "substring-before": (2, 2, "str"),
    "substring-after": (2, 2, "str"),
    "substring": (2, 3, "str"),
    "translate": (3, 3, "str"),
    "normalize-space": (0, 1, "str"),
    "string-length": (1, 1, "num"),
    "floor": (1, 1, "num"),
    "ceiling": (1, 1, "num"),
    "last": (0, 0, "num"),
    "name": (0, 1, "str"),
    "local-name": (0, 1, "str"),
    "namespace-uri": (0, 1, "str"),
    "lang": (1, 1, "bool"),
    "id": (1, 1, "set"),
}
_NUMBER_ARGS = {"floor", "ceiling", "substring"}
_TEXT_ARGS = {
    "contains", "starts-with", "substring-before", "substring-after", "substring", "translate", "normalize-space",
    "string-length", "lang",
}  # fmt: skip

_FAR = {
    "ancestor", "ancestor-or-self", "descendant", "descendant-or-self", "following", "following-sibling", "preceding",
    "preceding-sibling",
}  # fmt: skip
"""Axes that may lead from one node to very many."""
_NOW_AND_THEN = f"position() mod 64 != 1 or {PREFIX}:{IN_TIME}()"
_FEW = f"[position() mod 64 != 1 or {PREFIX}:{IN_TIME}(last())]"
"""For sets that libxml2 will join with others, node by node."""


def _quoted(text: str) -> str:
    return f'"{text}"' if "'" in text else f"'{text}'"


def _literal(value: str) -> str:
    """A number so that libxml2 reads it exactly: it adds figures after the point one by one, and is often a bit off."""
    before, _, after = value.partition(".")
    after = after.rstrip("0")
    figures = (before + after).lstrip("0") or "0"
    if len(figures) > 15 or len(after) > 22:
        return f"{PREFIX}:number('{value}')"
    return f"({figures} div 1{'0' * len(after)})" if after else figures


def _wanders(expr: Expr) -> bool:
    """Whether evaluating this once may mean walking through much of the document, or long waiting for a pattern."""
    match expr:
        case Chain(first, rest):
            return _wanders(first) or any(_wanders(each) for _sign, each in rest)
        case Negative(inner, _):
            return _wanders(inner)
        case Call(name, args):
            return name in {"regex", "id", "pulldata"} or any(map(_wanders, args))
        case Path(absolute, steps):
            return absolute or _wander(steps)
        case Filtered(Call("current", ()), predicates, steps):
            return any(map(_wanders, predicates)) or any(_far(each) for each in steps)
        case Filtered(inner, predicates, steps):
            away = isinstance(inner, Call) and inner.name == "instance"
            return away or _wanders(inner) or _wander(steps) or any(map(_wanders, predicates))
        case _:
            return False


def _far(step: Step) -> bool:
    return step.axis in _FAR or any(map(_wanders, step.predicates))


def _wander(steps: Iterable[Step]) -> bool:
    up = False
    for step in steps:
        if _far(step) or (up and step.axis == "child"):
            return True
        up = up or step.axis == "parent"
    return False


class _Writer:
    """Writes the expression for libxml2 and knows what kind of value each part gives."""

    def __init__(self, *, in_form: bool) -> None:
        self._in_form = in_form
        self._marks = 0
        self._mark = ""
        self.speaks = False

    def write(self, expr: Expr) -> tuple[str, str]:
        """The text and the kind: ``num``, ``str``, ``bool``, ``set``, ``any``."""
        text, kind = self.write_row(expr)
        return text, "set" if kind == "row" else kind

    def write_row(self, expr: Expr) -> tuple[str, str]:
        """The same; a set that was shuffled is a ``row``, and its mark is kept until the next is written."""
        match expr:
            case Number(value):
                return _literal(value), "num"
            case Text(value):
                return _quoted(value), "str"
            case Negative(inner, times):
                text = self._number(inner)
                return (f"-({text})" if times % 2 else f"({text})"), "num"
            case Chain(first, rest):
                return self._chain(first, rest)
            case Call():
                return self._call(expr)
            case Path(absolute, steps):
                return self._path(absolute, steps), "set"
            case Filtered():
                return self._filtered(expr)

    def _filtered(self, expr: Filtered) -> tuple[str, str]:
        text, kind = self.write_row(expr.inner)
        mark = self._mark
        if not isinstance(expr.inner, Call):
            text = f"({text})"
        text += self._predicates(expr.predicates)
        if expr.steps:
            return f"{text}/{self._steps(expr.steps, many=True)}", "set"
        self._mark = mark
        return text, kind if kind == "row" or not expr.predicates else "set"

    def _number(self, expr: Expr) -> str:
        text, kind = self.write(expr)
        if kind == "set":
            text = f"string({text})"
        return text if kind == "num" else f"{PREFIX}:number({text})"

    def _text(self, expr: Expr) -> str:
        text, kind = self.write(expr)
        return f"{PREFIX}:string({text})" if kind in {"num", "any"} else text

    def _chain(self, first: Expr, rest: tuple[tuple[str, Expr], ...]) -> tuple[str, str]:
        operator = rest[0][0]
        if operator in {"or", "and"}:
            return "(" + f" {operator} ".join(
                self.write(each)[0] for each in (first, *(e for _, e in rest))
            ) + ")", "bool"
        if operator == "|":
            return "(" + " | ".join(self._joined(each) for each in (first, *(e for _, e in rest))) + ")", "set"
        if operator in {"=", "!=", "<", "<=", ">", ">="}:
            text, kind = self.write(first)
            for sign, each in rest:
                text, kind = self._compared(sign, (text, kind), self.write(each)), "bool"
            return text, kind
        text = self._number(first)
        for sign, each in rest:
            text += f" {sign} {self._number(each)}"
        return f"({text})", "num"

    def _joined(self, expr: Expr) -> str:
        text = self.write(expr)[0]
        return f"({text}){_FEW}" if _wanders(expr) else text

    def _compared(self, sign: str, left: tuple[str, str], right: tuple[str, str]) -> str:
        kinds = {left[1], right[1]}
        if sign in {"=", "!="} and "any" not in kinds and ("num" not in kinds or kinds <= {"num", "bool"}):
            return f"({left[0]} {sign} {right[0]})"
        if kinds & {"set", "any"}:
            return f"{PREFIX}:compare('{sign}', {left[0]}, {right[0]})"
        sides = (text if kind == "num" else f"{PREFIX}:number({text})" for text, kind in (left, right))
        return "(" + f" {sign} ".join(sides) + ")"

    def _call(self, call: Call) -> tuple[str, str]:
        name, args = call.name, call.args
        if name == "position" and not args:
            return "position()", "num"
        if name in {"string", "number"} and not args:
            args = (Path(False, (HERE,)),)
        if name == "instance" and self._in_form and len(args) == 1 and isinstance(args[0], Text):
            return f"/all/instances/instance[@id={self.write(args[0])[0]}]", "set"
        if name in NATIVE:
            return self._native(name, args)
        known = FUNCTIONS.get("position-of" if name == "position" else name)
        if known is None:
            raise UnknownFunction(name)
        if not known.accepts(len(args)):
            raise WrongArguments(name)
        self.speaks = self.speaks or known.speaks
        if name == "randomize":
            mark = str(self._marks)
            self._marks += 1
            text = f"{PREFIX}:{SHUFFLE}('{mark}', {', '.join(self.write(arg)[0] for arg in args)})"
            self._mark = mark
            return text, "row"
        return self._ours(known, args)

    def _native(self, name: str, args: tuple[Expr, ...]) -> tuple[str, str]:
        least, most, gives = NATIVE[name]
        if not least <= len(args) <= most:
            raise WrongArguments(name)
        written = (
            self._number(arg)
            if name in _NUMBER_ARGS and (i or gives == "num")
            else self._text(arg)
            if name in _TEXT_ARGS
            else self.write(arg)[0]
            for i, arg in enumerate(args)
        )
        return f"{name}({', '.join(written)})", gives

    def _ours(self, known: Function, args: tuple[Expr, ...]) -> tuple[str, str]:
        # A pattern that is written out is looked at now, so that the form's report can tell of it.
        if known.name == "regex" and isinstance(args[-1], Text):
            check_pattern(args[-1].value)
        texts: list[str] = []
        kinds: list[str] = []
        marks: list[str] = []
        for arg in args:
            text, kind = self.write_row(arg)
            # A text is handed over much faster than a set of nodes.
            texts.append(f"string({text})" if kind == "set" and known.converter(len(texts)) in SINGLE else text)
            kinds.append(kind)
            marks.append(self._mark if kind == "row" else "")
        gives = known.gives
        if known.name == "if" and kinds[1] == kinds[2] != "row":
            gives = kinds[1]
        if any(marks):
            before = f"{PREFIX}:{IN_ORDER}('{known.name}', '{','.join(marks)}', "
        else:
            before = f"{PREFIX}:{known.name.replace(':', '-')}("
        return f"{before}{', '.join(texts)})", gives

    def _predicates(self, predicates: tuple[Expr, ...]) -> str:
        return "".join(f"[{self._predicate(each)}]" for each in predicates)

    def _predicate(self, expr: Expr) -> str:
        text, kind = self.write(expr)
        if not _wanders(expr):
            return text
        if kind in {"num", "any"}:
            return f"{PREFIX}:{PASSED}({text})"
        waits = any(call.name == "regex" for call in calls(expr))
        return f"({f'{PREFIX}:{IN_TIME}()' if waits else _NOW_AND_THEN}) and ({text})"

    def _steps(self, steps: tuple[Step, ...], *, many: bool = False) -> str:
        out: list[str] = []
        for step in steps:
            out.append(self._step(step, watched=many and step.axis in _FAR))
            many = many or step.axis in _FAR or (step.axis == "child" and step.test != "node()")
        return "/".join(out)

    def _step(self, step: Step, *, watched: bool) -> str:
        if step == HERE:
            return "."
        if step == UP:
            return ".."
        watch = _FEW if watched else ""
        return f"{step.axis}::{step.test}{watch}{self._predicates(step.predicates)}"

    def _path(self, absolute: bool, steps: tuple[Step, ...]) -> str:
        if not absolute:
            return self._steps(steps)
        if not self._in_form:
            return "/" + self._steps(steps)
        if not steps:
            return "/all"
        if steps[0] == ANYWHERE:
            return "/all/*[1]/" + self._steps(steps)
        return "/all/" + self._steps(steps)


Written = str | list[Any]
"""An expression for libxml2, or three of them: a condition, and what counts where it holds and where it does not."""


def write(expr: Expr, *, in_form: bool) -> tuple[Written, str, bool]:
    """The expression for libxml2, what it gives (see :class:`Expression`), and whether it changes with the language.

    Raises:
        UnknownFunction: a function is not known.
        WrongArguments: a function is given the wrong number of values.
        BadPattern: a pattern that is written out is none.
    """
    writer = _Writer(in_form=in_form)
    text, gives = _branches(writer, expr)
    return text, gives, writer.speaks


def _branches(writer: _Writer, expr: Expr) -> tuple[Written, str]:
    """An ``if()`` that is a whole expression is parted, so that only the branch that counts is worked out."""
    match expr:
        case Call("if", (condition, then, otherwise)) if not any(each.name == "randomize" for each in calls(expr)):
            asked = writer.write(condition)[0]
            first, second = _branches(writer, then), _branches(writer, otherwise)
            return [asked, first[0], second[0]], first[1] if first[1] == second[1] else "any"
    return writer.write_row(expr)
