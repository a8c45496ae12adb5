"""Functions of numbers (ODK XForms, "Number Functions").

Most are those of XPath 3.0 ("Functions and Operators 3.0", sections 4.4 and 4.8): what lies outside a function's domain
is NaN, what is too large is infinite; nothing is raised.
"""

from __future__ import annotations

import math
import secrets
from collections.abc import Callable
from decimal import ROUND_FLOOR, Context, Decimal, InvalidOperation
from typing import Any

from planner.forms.xpath.convert import Value, node_text, to_number
from planner.forms.xpath.functions import function, present
from planner.forms.xpath.surroundings import Surroundings

_WIDE = Context(prec=700)
"""Figures enough for the largest and the smallest number at once."""


@function("number", "v", "num")
def _number(_around: Surroundings, value: Value) -> float:
    return to_number(value)


@function("int", "n", "num")
def _int(_around: Surroundings, value: float) -> float:
    return float(math.trunc(value)) if math.isfinite(value) else value


@function("round", "nn?", "num")
def _round(_around: Surroundings, value: float, decimals: float = 0.0) -> float:
    """Halves go up, towards positive infinity (XPath 1.0, 4.4), counted in decimal figures."""
    if math.isnan(decimals):
        return math.nan
    if not math.isfinite(value):
        return value
    places = int(max(-400, min(400, decimals)))
    try:
        shifted = Decimal(repr(value)).scaleb(places, _WIDE)
        counted = _WIDE.add(shifted, Decimal("0.5")).to_integral_value(ROUND_FLOOR, _WIDE)
        return float(counted.scaleb(-places, _WIDE))
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
    numbers = _numbers(around, (nodes,))
    try:
        return math.fsum(numbers)
    except (OverflowError, ValueError):  # beyond the largest number, or both infinities
        return sum(numbers)


@function("max", "aa*", "num", whole=True)
def _max(around: Surroundings, *values: Value) -> float:
    numbers = _numbers(around, values)
    return max(numbers) if numbers and not any(map(math.isnan, numbers)) else math.nan


@function("min", "aa*", "num", whole=True)
def _min(around: Surroundings, *values: Value) -> float:
    numbers = _numbers(around, values)
    return min(numbers) if numbers and not any(map(math.isnan, numbers)) else math.nan


@function("pow", "nn", "num")
def _pow(_around: Surroundings, base: float, power: float) -> float:
    odd = power.is_integer() and power % 2 == 1
    try:
        return math.pow(base, power)
    except OverflowError:
        return -math.inf if base < 0 and odd else math.inf
    except ValueError:
        if base != 0:
            return math.nan
        return math.copysign(math.inf, base) if odd else math.inf


@function("abs", "n", "num")
def _abs(_around: Surroundings, value: float) -> float:
    return abs(value)


@function("log", "n", "num")
def _log(_around: Surroundings, value: float) -> float:
    return -math.inf if value == 0 else _guarded(math.log, value)


@function("log10", "n", "num")
def _log10(_around: Surroundings, value: float) -> float:
    return -math.inf if value == 0 else _guarded(math.log10, value)


@function("atan2", "nn", "num")
def _atan2(_around: Surroundings, y: float, x: float) -> float:
    return math.atan2(y, x)


def _ten_to(value: float) -> float:
    return math.pow(10.0, value)


def _guarded(of: Callable[[float], float], value: float) -> float:
    try:
        return of(value)
    except OverflowError:
        return math.inf
    except ValueError:
        return math.nan


def _plain(name: str, of: Callable[[float], float]) -> None:
    @function(name, "n", "num")
    def run(_around: Surroundings, value: float) -> float:
        return _guarded(of, value)


for _name, _of in (
    ("sqrt", math.sqrt),
    ("exp", math.exp),
    ("exp10", _ten_to),
    ("sin", math.sin),
    ("cos", math.cos),
    ("tan", math.tan),
    ("asin", math.asin),
    ("acos", math.acos),
    ("atan", math.atan),
):
    _plain(_name, _of)


@function("pi", "", "num")
def _pi(_around: Surroundings) -> float:
    return math.pi


@function("random", "", "num")
def _random(_around: Surroundings) -> float:
    return secrets.randbelow(2**53) / 2**53
