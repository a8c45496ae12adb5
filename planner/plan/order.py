"""Places in a list that can be changed without renumbering the others.

A place is a word of digits and letters, compared as text; between any two there is room for more. The last letters of
a new place are random, so that two copies that put something at the same spot rarely choose the same word; where they
do, the id of the record decides. The idea: fractions written out digit by digit.
"""

from __future__ import annotations

import secrets

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_BASE = len(_DIGITS)
_TAIL = 3
_START = 4
_STEP = 64
_VALUE = {digit: value for value, digit in enumerate(_DIGITS)}


def between(before: str, after: str) -> str:
    """A place after ``before`` and before ``after``; an empty word stands for the end of the list on that side.

    A pair in the wrong order gives a place after ``before``; letters that are no digits of ours are passed over.
    """
    low = _read(before)
    high = _read(after) if after else None
    if high is not None and high <= low:
        high = None
    return _write(_after(low) if high is None else _middle(low, high))


def spread(count: int) -> list[str]:
    """``count`` places for a new list, in order."""
    places: list[str] = []
    last = ""
    for _each in range(count):
        last = between(last, "")
        places.append(last)
    return places


def _read(place: str) -> list[int]:
    digits = [_VALUE[digit] for digit in place if digit in _VALUE]
    while digits and digits[-1] == 0:
        digits.pop()
    return digits


def _after(low: list[int]) -> list[int]:
    """A little after ``low``, so that a list that grows at its end does not grow its words."""
    head = (low + [0] * _START)[:_START]
    value = 0
    for digit in head:
        value = value * _BASE + digit
    value += _STEP
    if value >= _BASE**_START:
        return _middle(low, None)
    digits: list[int] = []
    for _each in range(_START):
        value, digit = divmod(value, _BASE)
        digits.append(digit)
    return digits[::-1]


def _middle(low: list[int], high: list[int] | None) -> list[int]:
    """The digits halfway between two fractions, as few as will do."""
    out: list[int] = []
    open_above = high is None
    for at in range(max(len(low), len(high or ())) + 2):
        down = low[at] if at < len(low) else 0
        up = _BASE if open_above else (high[at] if high is not None and at < len(high) else 0)
        if up - down > 1:
            out.append((down + up) // 2)
            return out
        out.append(down)
        open_above = open_above or up > down
    return out


def _write(digits: list[int]) -> str:
    # The tail comes after a place that is already between, so it can be anything but must not end in a zero.
    tail = [secrets.randbelow(_BASE) for _each in range(_TAIL - 1)] + [1 + secrets.randbelow(_BASE - 1)]
    return "".join(_DIGITS[digit] for digit in (*digits, *tail))
