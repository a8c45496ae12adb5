"""The table of ODK functions; adding one is one decorated function here or in a module beside this one.

Names, arguments and results: ODK XForms specification, section "XPath Functions". A signature has a letter for each
argument: ``s`` text, ``n`` number, ``b`` truth, ``N`` nodes, ``a`` anything as it is. ``?`` after a letter makes it and
all that follow optional, ``*`` lets the last one repeat. Arguments are converted before the function sees them.
"""

from __future__ import annotations

import functools
import math
import secrets
import string
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal, InvalidOperation
from typing import Any, TypeVar

import regex

from planner.forms.trouble import ExpressionTrouble
from planner.forms.xpath.convert import Value, child_text, node_text, to_boolean, to_number, to_text
from planner.forms.xpath.surroundings import Surroundings

PATTERN_SECONDS = 0.05
LONGEST_PATTERN = 2_000
LONGEST_TEXT = 100_000
"""Letters that may be put together; forty calculations that each double the one before would fill any memory."""

Body = Callable[..., Value]
B = TypeVar("B", bound=Body)


@dataclass(frozen=True, slots=True)
class Function:
    """One function: its conversions, what it gives (``num``, ``str``, ``bool``, ``set``, ``any``), what it hangs on.

    ``speaks``: its result changes with the language. ``whole``: it looks at all nodes of a set, so an absolute path
    given to it is not narrowed to the repeat in which the expression stands.
    """

    name: str
    converters: tuple[Callable[[Value], Value], ...]
    least: int
    repeats: bool
    gives: str
    body: Body
    speaks: bool = False
    whole: bool = False

    def call(self, around: Surroundings, args: tuple[Value, ...]) -> Value:
        """Convert the arguments and call."""
        converters = self.converters
        last = len(converters) - 1
        made = [converters[min(last, i)](arg) for i, arg in enumerate(args)]
        return self.body(around, *made)

    def accepts(self, count: int) -> bool:
        """Whether so many arguments are allowed."""
        return count >= self.least and (self.repeats or count <= len(self.converters))


def _as_nodes(value: Value) -> list[Any]:
    if isinstance(value, list):
        return value
    raise ExpressionTrouble("a function was given a value where it needs nodes")


def _as_is(value: Value) -> Value:
    return value


_CONVERTERS: dict[str, Callable[[Value], Value]] = {
    "s": to_text,
    "n": to_number,
    "b": to_boolean,
    "N": _as_nodes,
    "a": _as_is,
}

FUNCTIONS: dict[str, Function] = {}


def function(name: str, signature: str, gives: str, *, speaks: bool = False, whole: bool = False) -> Callable[[B], B]:
    """Put a function into the table. Its first parameter is the :class:`Surroundings` of the call."""
    letters = signature.replace("?", "").replace("*", "")
    least = len(signature.split("?", 1)[0].rstrip("*")) - (1 if "?" in signature else 0)
    if signature.endswith("*"):
        least = min(least, len(letters) - 1)

    def put(body: B) -> B:
        converters = tuple(_CONVERTERS[letter] for letter in letters)
        FUNCTIONS[name] = Function(
            name, converters, least, signature.endswith("*"), gives, body, speaks=speaks, whole=whole
        )
        return body

    return put


def present(around: Surroundings, nodes: list[Any]) -> list[Any]:
    """The nodes that count: those in a question or group that does not apply are left out."""
    hidden = around.hidden
    return [node for node in nodes if node not in hidden] if hidden else nodes


def _pieces(around: Surroundings, value: Value) -> list[str]:
    if isinstance(value, list):
        return [node_text(node) for node in present(around, value)]
    return [to_text(value)]


@function("string", "a", "str")
def _string(_around: Surroundings, value: Value) -> str:
    return to_text(value)


@function("concat", "a*", "str", whole=True)
def _concat(around: Surroundings, *values: Value) -> str:
    return _together("", [piece for value in values for piece in _pieces(around, value)])


@function("join", "sa*", "str", whole=True)
def _join(around: Surroundings, separator: str, *values: Value) -> str:
    return _together(separator, [piece for value in values for piece in _pieces(around, value)])


def _together(separator: str, pieces: list[str]) -> str:
    if sum(map(len, pieces)) + len(separator) * len(pieces) > LONGEST_TEXT:
        raise ExpressionTrouble("too long a text")
    return separator.join(pieces)


@function("substr", "snn?", "str")
def _substr(_around: Surroundings, text: str, start: float, end: float = math.inf) -> str:
    if math.isnan(start) or math.isnan(end):
        return ""
    return text[_index(start, len(text)) : _index(end, len(text))]


def _index(value: float, length: int) -> int:
    return int(max(-length, min(length, value)))


@function("ends-with", "ss", "bool")
def _ends_with(_around: Surroundings, text: str, end: str) -> bool:
    return text.endswith(end)


@function("uuid", "n?", "str")
def _uuid(_around: Surroundings, length: float | None = None) -> str:
    if length is None:
        return str(uuid.uuid4())
    if math.isnan(length) or length < 1:
        return ""
    letters = string.ascii_letters + string.digits
    return "".join(secrets.choice(letters) for _ in range(int(min(length, 1_000))))


@functools.lru_cache(maxsize=256)
def _pattern(expression: str) -> Any:
    try:
        return regex.compile(expression)
    except (regex.error, OverflowError, MemoryError, RecursionError, ValueError):
        return None


@function("regex", "ss", "bool")
def _regex(_around: Surroundings, text: str, expression: str) -> bool:
    """Search, as the specification's ``'[0-9]+'`` becomes ``/[0-9]+/``; after 50 ms the answer is no."""
    pattern = _pattern(expression) if len(expression) <= LONGEST_PATTERN else None
    if pattern is None:
        raise ExpressionTrouble("a pattern is not understood")
    try:
        return pattern.search(text, timeout=PATTERN_SECONDS) is not None
    except TimeoutError:
        return False


@function("if", "baa", "any")
def _if(_around: Surroundings, condition: bool, then: Value, otherwise: Value) -> Value:
    return then if condition else otherwise


@function("coalesce", "a*", "str")
def _coalesce(_around: Surroundings, *values: Value) -> str:
    return next((text for text in map(to_text, values) if text), "")


@function("once", "a", "str")
def _once(around: Surroundings, value: Value) -> str:
    return around.current_text() or to_text(value)


@function("boolean-from-string", "s", "bool")
def _boolean_from_string(_around: Surroundings, text: str) -> bool:
    return text in {"true", "1"}


@function("number", "a", "num")
def _number(_around: Surroundings, value: Value) -> float:
    return to_number(value)


@function("int", "n", "num")
def _int(_around: Surroundings, value: float) -> float:
    return float(math.trunc(value)) if math.isfinite(value) else value


@function("round", "nn?", "num")
def _round(_around: Surroundings, value: float, decimals: float = 0.0) -> float:
    """Halves go up, towards positive infinity (XPath 1.0, 4.4), counted in decimal figures."""
    if not math.isfinite(value) or not math.isfinite(decimals):
        return value
    places = int(max(-300, min(300, decimals)))
    try:
        unit = Decimal(1).scaleb(-places)
        counted = (Decimal(repr(value)) / unit + Decimal("0.5")).to_integral_value(ROUND_FLOOR)
        return float(counted * unit)
    except (InvalidOperation, OverflowError):
        return value


def _numbers(around: Surroundings, values: tuple[Value, ...]) -> list[float]:
    out: list[float] = []
    for value in values:
        if isinstance(value, list):
            out.extend(to_number(node_text(node)) for node in present(around, value))
        else:
            out.append(to_number(value))
    return out


@function("sum", "N", "num", whole=True)
def _sum(around: Surroundings, nodes: list[Any]) -> float:
    return math.fsum(_numbers(around, (nodes,)))


@function("max", "a*", "num", whole=True)
def _max(around: Surroundings, *values: Value) -> float:
    numbers = _numbers(around, values)
    return max(numbers) if numbers and not any(map(math.isnan, numbers)) else math.nan


@function("min", "a*", "num", whole=True)
def _min(around: Surroundings, *values: Value) -> float:
    numbers = _numbers(around, values)
    return min(numbers) if numbers and not any(map(math.isnan, numbers)) else math.nan


@function("pow", "nn", "num")
def _pow(_around: Surroundings, base: float, power: float) -> float:
    try:
        return math.pow(base, power)
    except OverflowError:
        return math.inf
    except ValueError:
        return math.nan


@function("abs", "n", "num")
def _abs(_around: Surroundings, value: float) -> float:
    return abs(value)


@function("sqrt", "n", "num")
def _sqrt(_around: Surroundings, value: float) -> float:
    return math.nan if value < 0 else math.sqrt(value)


@function("pi", "", "num")
def _pi(_around: Surroundings) -> float:
    return math.pi


@function("random", "", "num")
def _random(_around: Surroundings) -> float:
    return secrets.randbelow(2**53) / 2**53


@function("count", "N", "num", whole=True)
def _count(around: Surroundings, nodes: list[Any]) -> float:
    return float(len(present(around, nodes)))


@function("count-non-empty", "N", "num", whole=True)
def _count_non_empty(around: Surroundings, nodes: list[Any]) -> float:
    return float(sum(1 for node in present(around, nodes) if node_text(node)))


@function("position-of", "N", "num")
def _position_of(_around: Surroundings, nodes: list[Any]) -> float:
    """``position(node)``: among its siblings of the same name, counted from 1."""
    if not nodes or isinstance(nodes[0], str):
        return math.nan
    return float(sum(1 for _ in nodes[0].itersiblings(nodes[0].tag, preceding=True)) + 1)


@function("selected", "ss", "bool")
def _selected(_around: Surroundings, chosen: str, value: str) -> bool:
    return value.strip() in chosen.split()


@function("selected-at", "sn", "str")
def _selected_at(_around: Surroundings, chosen: str, index: float) -> str:
    items = chosen.split()
    if not math.isfinite(index) or not 0 <= int(index) < len(items) or index < 0:
        return ""
    return items[int(index)]


@function("count-selected", "s", "num")
def _count_selected(_around: Surroundings, chosen: str) -> float:
    return float(len(chosen.split()))


@function("jr:choice-name", "ss", "str", speaks=True)
def _choice_name(around: Surroundings, value: str, path: str) -> str:
    return around.choice_name(value, path.strip())


@function("jr:itext", "s", "str", speaks=True)
def _itext(around: Surroundings, text_id: str) -> str:
    return around.itext(text_id)


@function("instance", "s", "set")
def _instance(around: Surroundings, instance_id: str) -> list[Any]:
    return around.instance(instance_id)


@function("current", "", "set")
def _current(around: Surroundings) -> list[Any]:
    return [] if around.current is None else [around.current]


@function("pulldata", "ssss", "str")
def _pulldata(around: Surroundings, instance_id: str, wanted: str, key: str, value: str) -> str:
    for instance in around.instance(instance_id):
        for item in instance.iterfind("root/item"):
            if (child_text(item, key) or "") == value:
                return child_text(item, wanted) or ""
    return ""


@function("indexed-repeat", "NNna*", "str", whole=True)
def _indexed_repeat(_around: Surroundings, nodes: list[Any], *places: Value) -> str:
    """The value inside the repeat with the given place, up to three levels deep."""
    for i in range(0, len(places) - 1, 2):
        repeats, place = places[i], to_number(places[i + 1])
        if not isinstance(repeats, list) or not repeats or math.isnan(place):
            return ""
        seen: dict[Any, list[Any]] = {}
        for node in nodes:
            above = next(iter(node.iterancestors(repeats[0].tag)), None)
            if above is not None:
                seen.setdefault(above, []).append(node)
        groups = list(seen.values())
        if not 1 <= place <= len(groups):
            return ""
        nodes = groups[int(place) - 1]
    return node_text(nodes[0]) if nodes else ""
