"""A parsed ODK expression becomes an expression for libxml2.

Comparisons and arithmetic are wrapped where ODK converts differently (texts of dates), ODK functions become extension
functions. Inside a form the primary instance and the secondary ones share one document, below ``/all``: so absolute
paths keep meaning the primary instance even inside a predicate on a secondary one (specification, ``instance()``).
"""

from __future__ import annotations

from dataclasses import dataclass

from planner.forms.trouble import ExpressionTrouble
from planner.forms.xpath.functions import FUNCTIONS
from planner.forms.xpath.tree import ANYWHERE, Call, Chain, Expr, Filtered, Negative, Number, Path, Step, Text

NAMESPACE = "urn:planner:forms:functions"
PREFIX = "planner-fn"

_UP = Step("parent", "node()")
_HERE = Step("self", "node()")

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
}
_NUMBER_ARGS = {"floor", "ceiling", "substring"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a form an expression stands.

    ``names`` are the steps from the document to the context node, ``repeats`` how many of them lead to each repeat on
    the way, ``attribute`` the name of the attribute when the context is one (then ``names`` leads to its element).
    """

    names: tuple[str, ...] = ()
    repeats: tuple[int, ...] = ()
    attribute: str = ""


def settle(expr: Expr, place: Place) -> Expr:
    """Bring an expression to where it stands.

    A path from an attribute becomes one from its element. An absolute path into a repeat that also holds the context
    means that very repeat (as clients do for forms written by hand), except inside functions over whole sets.
    """
    return _Settling(place).expr(expr, inside=False, whole=False)


class _Settling:
    def __init__(self, place: Place) -> None:
        self._place = place

    def expr(self, expr: Expr, *, inside: bool, whole: bool) -> Expr:
        match expr:
            case Chain(first, rest):
                return Chain(
                    self.expr(first, inside=inside, whole=whole),
                    tuple((op, self.expr(each, inside=inside, whole=whole)) for op, each in rest),
                )
            case Negative(inner, times):
                return Negative(self.expr(inner, inside=inside, whole=whole), times)
            case Call(name, args):
                known = FUNCTIONS.get(name)
                wide = known is not None and known.whole
                return Call(name, tuple(self.expr(arg, inside=inside, whole=wide) for arg in args))
            case Path():
                return self._path(expr, inside=inside, whole=whole)
            case Filtered(inner, predicates, steps):
                made = self._steps(steps)
                if isinstance(inner, Call) and inner.name == "current":
                    made = self._from_attribute(made)
                return Filtered(
                    self.expr(inner, inside=inside, whole=whole),
                    tuple(self.expr(each, inside=True, whole=False) for each in predicates),
                    made,
                )
            case _:
                return expr

    def _steps(self, steps: tuple[Step, ...]) -> tuple[Step, ...]:
        return tuple(
            Step(each.axis, each.test, tuple(self.expr(p, inside=True, whole=False) for p in each.predicates))
            if each.predicates
            else each
            for each in steps
        )

    def _from_attribute(self, steps: tuple[Step, ...]) -> tuple[Step, ...]:
        if not self._place.attribute or not steps:
            return steps
        if steps[0].axis == "parent":
            return steps[1:] or (_HERE,)
        if steps[0].axis == "self":
            return (Step("attribute", self._place.attribute), *steps[1:])
        return steps

    def _path(self, path: Path, *, inside: bool, whole: bool) -> Expr:
        steps = self._steps(path.steps)
        if not path.absolute:
            return Path(False, steps if inside else self._from_attribute(steps))
        near = None if whole else self._near(steps)
        if near is None:
            return Path(True, steps)
        return Filtered(Call("current", ()), (), near) if inside else Path(False, near)

    def _near(self, steps: tuple[Step, ...]) -> tuple[Step, ...] | None:
        names = self._place.names
        for depth in reversed(self._place.repeats):
            shared = steps[:depth]
            if len(shared) == depth and all(
                step.axis == "child" and not step.predicates and step.test == name
                for step, name in zip(shared, names, strict=False)
            ):
                return (_UP,) * (len(names) - depth) + steps[depth:] or (_HERE,)
        return None


class _Writer:
    """Writes the expression for libxml2 and knows what kind of value each part gives."""

    def __init__(self, *, in_form: bool) -> None:
        self._in_form = in_form
        self.speaks = False

    def write(self, expr: Expr) -> tuple[str, str]:
        match expr:
            case Number(value):
                return value, "num"
            case Text(value):
                return (f'"{value}"' if "'" in value else f"'{value}'"), "str"
            case Negative(inner, times):
                text = self._number(inner)
                return (f"-({text})" if times % 2 else f"({text})"), "num"
            case Chain(first, rest):
                return self._chain(first, rest)
            case Call():
                return self._call(expr)
            case Path(absolute, steps):
                return self._path(absolute, steps), "set"
            case Filtered(inner, predicates, steps):
                text, kind = self.write(inner)
                if not isinstance(inner, Call):
                    text = f"({text})"
                text += self._predicates(predicates)
                if steps:
                    text += "/" + self._steps(steps)
                return text, "set" if steps or predicates else kind

    def _number(self, expr: Expr) -> str:
        text, kind = self.write(expr)
        return text if kind == "num" else f"{PREFIX}:number({text})"

    def _chain(self, first: Expr, rest: tuple[tuple[str, Expr], ...]) -> tuple[str, str]:
        operator = rest[0][0]
        if operator in {"or", "and"}:
            return "(" + f" {operator} ".join(
                self.write(each)[0] for each in (first, *(e for _, e in rest))
            ) + ")", "bool"
        if operator == "|":
            return "(" + " | ".join(self.write(each)[0] for each in (first, *(e for _, e in rest))) + ")", "set"
        if operator in {"=", "!=", "<", "<=", ">", ">="}:
            text, kind = self.write(first)
            for sign, each in rest:
                text, kind = self._compared(sign, (text, kind), self.write(each)), "bool"
            return text, kind
        text = self._number(first)
        for sign, each in rest:
            text += f" {sign} {self._number(each)}"
        return f"({text})", "num"

    def _compared(self, sign: str, left: tuple[str, str], right: tuple[str, str]) -> str:
        kinds = {left[1], right[1]}
        if sign in {"=", "!="} and ("num" not in kinds or kinds <= {"num", "bool"}):
            return f"({left[0]} {sign} {right[0]})"
        if kinds & {"set", "any"}:
            return f"{PREFIX}:compare('{sign}', {left[0]}, {right[0]})"
        sides = (text if kind == "num" else f"{PREFIX}:number({text})" for text, kind in (left, right))
        return "(" + f" {sign} ".join(sides) + ")"

    def _call(self, call: Call) -> tuple[str, str]:
        name, args = call.name, call.args
        if name == "position" and not args:
            return "position()", "num"
        if name == "instance" and self._in_form and len(args) == 1 and isinstance(args[0], Text):
            return f"/all/instances/instance[@id={self.write(args[0])[0]}]", "set"
        if name in NATIVE:
            least, most, gives = NATIVE[name]
            if not least <= len(args) <= most:
                raise ExpressionTrouble(f"{name}() has the wrong number of parts")
            written = (
                self._number(a) if name in _NUMBER_ARGS and (i or gives == "num") else self.write(a)[0]
                for i, a in enumerate(args)
            )
            return f"{name}({', '.join(written)})", gives
        known = FUNCTIONS.get("position-of" if name == "position" else name)
        if known is None:
            raise ExpressionTrouble(f"{name}() is not known here")
        if not known.accepts(len(args)):
            raise ExpressionTrouble(f"{name}() has the wrong number of parts")
        self.speaks = self.speaks or known.speaks
        inner = ", ".join(self.write(arg)[0] for arg in args)
        return f"{PREFIX}:{known.name.replace(':', '-')}({inner})", known.gives

    def _predicates(self, predicates: tuple[Expr, ...]) -> str:
        return "".join(f"[{self.write(each)[0]}]" for each in predicates)

    def _steps(self, steps: tuple[Step, ...]) -> str:
        return "/".join(self._step(step) for step in steps)

    def _step(self, step: Step) -> str:
        if step == _HERE:
            return "."
        if step == _UP:
            return ".."
        return f"{step.axis}::{step.test}{self._predicates(step.predicates)}"

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


def write(expr: Expr, *, in_form: bool) -> tuple[str, str, bool]:
    """The expression for libxml2, what it gives, and whether it changes with the language.

    Raises:
        ExpressionTrouble: a function is not known or is given the wrong number of parts.
    """
    writer = _Writer(in_form=in_form)
    text, gives = writer.write(expr)
    return text, gives, writer.speaks
