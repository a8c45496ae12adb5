"""The table of ODK functions; adding one is one decorated function here or in a module beside this one.

Names, arguments and results: ODK XForms specification, section "XPath Functions". A signature has a letter for each
argument: ``s`` text, ``n`` number, ``b`` truth, ``N`` nodes, ``v`` any single value, ``a`` anything as it is.
``?`` after a letter makes it and all that follow optional, ``*`` lets the last one repeat. Arguments are converted
before the function sees them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from planner.forms.xpath.convert import Value, to_boolean, to_number, to_text
from planner.forms.xpath.surroundings import Surroundings
from planner.forms.xpath.trouble import WrongArguments

Body = Callable[..., Value]
B = TypeVar("B", bound=Body)


@dataclass(frozen=True, slots=True)
class Function:
    """One function: its conversions, what it gives (``num``, ``str``, ``bool``, ``set``, ``any``), what it hangs on.

    ``speaks``: its result changes with the language. ``whole``: it looks at all nodes of a set, so an absolute path
    given to it is not narrowed to the repeat in which the expression stands. ``counts``: which numbers of arguments
    are allowed, where the converters alone do not say it.
    """

    name: str
    converters: tuple[Callable[[Value], Value], ...]
    least: int
    repeats: bool
    gives: str
    body: Body
    speaks: bool = False
    whole: bool = False
    counts: Callable[[int], bool] | None = None

    def call(self, around: Surroundings, args: tuple[Value, ...]) -> Value:
        """Convert the arguments and call.

        Raises:
            WrongArguments: a value where nodes are needed.
        """
        try:
            made = [self.converter(i)(arg) for i, arg in enumerate(args)]
        except TypeError as trouble:
            raise WrongArguments(self.name) from trouble
        return self.body(around, *made)

    def converter(self, place: int) -> Callable[[Value], Value]:
        """What converts the argument at a place, counted from 0."""
        return self.converters[min(place, len(self.converters) - 1)]

    def accepts(self, count: int) -> bool:
        """Whether so many arguments are allowed."""
        if self.counts is not None:
            return self.counts(count)
        return count >= self.least and (self.repeats or count <= len(self.converters))


def _as_nodes(value: Value) -> list[Any]:
    if isinstance(value, list):
        return value
    raise TypeError("no nodes")


def _as_value(value: Value) -> Value:
    return to_text(value) if isinstance(value, list) else value


def _as_is(value: Value) -> Value:
    return value


_CONVERTERS: dict[str, Callable[[Value], Value]] = {
    "s": to_text,
    "n": to_number,
    "b": to_boolean,
    "N": _as_nodes,
    "v": _as_value,
    "a": _as_is,
}

SINGLE: frozenset[Callable[[Value], Value]] = frozenset({to_text, to_number, _as_value})
"""Converters that see only the text of the first node of a set."""

FUNCTIONS: dict[str, Function] = {}


def function(
    name: str,
    signature: str,
    gives: str,
    *,
    speaks: bool = False,
    whole: bool = False,
    counts: Callable[[int], bool] | None = None,
) -> Callable[[B], B]:
    """Put a function into the table. Its first parameter is the :class:`Surroundings` of the call."""
    letters = signature.replace("?", "").replace("*", "")
    least = len(signature.split("?", 1)[0].rstrip("*")) - (1 if "?" in signature else 0)
    if signature.endswith("*"):
        least = min(least, len(letters) - 1)

    def put(body: B) -> B:
        converters = tuple(_CONVERTERS[letter] for letter in letters)
        FUNCTIONS[name] = Function(name, converters, least, signature.endswith("*"), gives, body, speaks, whole, counts)
        return body

    return put


def present(around: Surroundings, nodes: list[Any]) -> list[Any]:
    """The nodes that count: those in a question or group that does not apply are left out."""
    hidden = around.hidden
    return [node for node in nodes if node not in hidden] if hidden else nodes
