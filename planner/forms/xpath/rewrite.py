"""A parsed ODK expression is brought to where it stands in a form.

Inside a form the primary instance and the secondary ones share one document, below ``/all``: so absolute
paths keep meaning the primary instance even inside a predicate on a secondary one (specification, ``instance()``).
"""

from __future__ import annotations

from dataclasses import dataclass

from planner.forms.xpath.functions import FUNCTIONS
from planner.forms.xpath.tree import HERE, UP, Call, Chain, Expr, Filtered, Negative, Path, Step
from planner.forms.xpath.write import NAMESPACE, PREFIX, write

__all__ = ["NAMESPACE", "PREFIX", "Place", "settle", "write"]


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


def _side_by_side(name: str, args: tuple[Expr, ...]) -> bool:
    """Whether the arguments of a function over sets stand for single values side by side, such as two names.

    Forms whose paths are all absolute write ``concat(/data/person/first, ' ', /data/person/last)`` inside the repeat.
    """
    paths = sum(isinstance(each, Path) for each in args)
    match name:
        case "concat":
            return len(args) > 1
        case "weighted-checklist":
            return (len(args), paths) != (4, 2)
        case "join" | "max" | "min" | "checklist" | "distance":
            return paths > 1
    return False


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
                wide = known is not None and known.whole and not _side_by_side(name, args)
                # The places given to indexed-repeat() are single values of where the expression stands.
                return Call(
                    name,
                    tuple(
                        self.expr(arg, inside=inside, whole=wide and not (name == "indexed-repeat" and i in {2, 4, 6}))
                        for i, arg in enumerate(args)
                    ),
                )
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
            return steps[1:] or (HERE,)
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
                return (UP,) * (len(names) - depth) + steps[depth:] or (HERE,)
        return None
