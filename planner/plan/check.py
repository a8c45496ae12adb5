"""A look at bytes from elsewhere before the documents' engine reads them.

The engine reads nested values by recursion without a limit, so that two megabytes of opening brackets end the whole
process (tried). This walk needs no recursion, reads the same format (Yjs update, version 1) and lets pass only what
our documents are made of: deleted stretches, gaps, and plain values no deeper than a record needs.
"""

from __future__ import annotations

from planner.plan.trouble import DocumentDamaged

MAX_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 8

_GONE, _DELETED, _VALUES, _GAP = 0, 1, 8, 10
_PLAIN = {127: 0, 126: 0, 121: 0, 120: 0, 124: 4, 123: 8, 122: 8}


def check(state: bytes) -> None:
    """Return quietly when the engine can read ``state`` without harm.

    Raises:
        DocumentDamaged: it is not such an update, holds what our documents never hold, or is larger than 64 MiB.
    """
    if len(state) > MAX_BYTES:
        raise DocumentDamaged
    try:
        at = _structs(state)
        end = _deletions(state, at)
    except IndexError:
        raise DocumentDamaged from None
    if end != len(state):
        raise DocumentDamaged


def _number(data: bytes, at: int) -> tuple[int, int]:
    value = data[at]
    at += 1
    if value < 128:
        return value, at
    value &= 127
    shift = 7
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7
        if shift > 63:
            raise DocumentDamaged


def _structs(data: bytes) -> int:
    clients, at = _number(data, 0)
    for _client in range(clients):
        structs, at = _number(data, at)
        _id, at = _number(data, at)
        _clock, at = _number(data, at)
        for _struct in range(structs):
            info = data[at]
            kind = info & 31
            if kind in (_GONE, _GAP):
                _length, at = _number(data, at + 1)
                continue
            at = _where(data, at + 1, info)
            if kind == _VALUES:
                at = _values(data, at)
            elif kind == _DELETED:
                _length, at = _number(data, at)
            else:
                raise DocumentDamaged
    return at


def _where(data: bytes, at: int, info: int) -> int:
    """Pass over what stands left and right of an item, or over the map and the key to which it belongs."""
    if info & 0x80:
        while data[at] > 127:
            at += 1
        _clock, at = _number(data, at + 1)
    if info & 0x40:
        while data[at] > 127:
            at += 1
        _clock, at = _number(data, at + 1)
    if not info & 0xC0:
        named = data[at]
        at += 1
        if named == 1:
            size, at = _number(data, at)
            at += size
        else:
            _client, at = _number(data, at)
            _clock, at = _number(data, at)
        if info & 0x20:
            size, at = _number(data, at)
            at += size
    return at


def _values(data: bytes, at: int) -> int:
    """Pass over a list of values; ``left`` counts what is still to come at each depth, ``keyed`` tells objects."""
    if data[at] == 1 and data[at + 1] == 117 and data[at + 2] in (4, 5):
        quick = _short_texts(data, at + 3, data[at + 2])
        if quick:
            return quick
    count, at = _number(data, at)
    left, keyed = [count], [False]
    while left:
        if not left[-1]:
            left.pop()
            keyed.pop()
            continue
        left[-1] -= 1
        if keyed[-1]:
            at = _text(data, at)
        tag = data[at]
        at += 1
        if tag in (117, 118):
            count, at = _number(data, at)
            left.append(count)
            keyed.append(tag == 118)
            if len(left) > MAX_DEPTH:
                raise DocumentDamaged
        else:
            at = _one_value(data, at, tag)
    return at


def _text(data: bytes, at: int) -> int:
    size, at = _number(data, at)
    return at + size


def _one_value(data: bytes, at: int, tag: int) -> int:
    if tag == 119:
        return _text(data, at)
    if tag in _PLAIN:
        return at + _PLAIN[tag]
    if tag != 125:
        raise DocumentDamaged
    while data[at] > 127:
        at += 1
    return at + 1


def _short_texts(data: bytes, at: int, count: int) -> int:
    """Pass over ``count`` short texts, which is what nearly every write is; 0 where something else stands."""
    for _each in range(count):
        if data[at] != 119 or data[at + 1] > 127:
            return 0
        at += 2 + data[at + 1]
    return at


def _deletions(data: bytes, at: int) -> int:
    clients, at = _number(data, at)
    for _client in range(clients):
        _id, at = _number(data, at)
        ranges, at = _number(data, at)
        for _range in range(ranges):
            _clock, at = _number(data, at)
            _length, at = _number(data, at)
    return at
