"""Plain data between two processes that do not trust each other: written out, and read strictly by type.

A value is of the type that the reader asks for, or it is refused as a whole. There is nothing in it that could name a
class, a function or a place: texts, whole numbers, yes and no, bytes, nothing, members of an enumeration, tuples,
mappings and dataclasses of these. The text is JSON; bytes stand behind it as they are.

This is our own hundred lines because what reads answers runs beside the open store: Python's own JSON and these lines
are less than any library that would be loaded for it.
"""

from __future__ import annotations

import json
import struct
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Value = TypeVar("Value")
Bytes = bytes | bytearray

LARGEST_NUMBER = 2**53
_LENGTH = struct.Struct(">Q")
_UNREADABLE = (ValueError, TypeError, KeyError, RecursionError, struct.error, OverflowError)
_Read = Callable[[Any, Sequence[bytes]], Any]


class NotPlain(ValueError):
    """What was answered is not of the type that was asked for. Says nothing of what it was."""


def written(value: object) -> list[bytes]:
    """Any value of the types that can be read back, in pieces, because bytes are not copied for it."""
    blobs: list[bytes] = []
    plain = _plain(value, blobs)
    text = json.dumps([plain, [len(each) for each in blobs]], ensure_ascii=True, separators=(",", ":")).encode()
    return [_LENGTH.pack(len(text)), text, *blobs]


def read(kind: type[Value], data: Bytes) -> Value:
    """What was written, as a value of this type.

    Raises:
        NotPlain: it is anything else.
    """
    try:
        raw, blobs = _apart(data)
        return _reader(kind)(raw, blobs)  # type: ignore[no-any-return, arg-type]
    except _UNREADABLE:
        raise NotPlain("not what was asked for") from None


def read_one_of(kinds: Mapping[str, Any], data: Bytes) -> tuple[str, Any]:
    """What was written: a pair of a name and a value of the type that belongs to this name.

    Raises:
        NotPlain: it is anything else.
    """
    try:
        raw, blobs = _apart(data)
        name, value = _pair(raw)
        return name, _reader(kinds[name])(value, blobs)
    except _UNREADABLE:
        raise NotPlain("not what was asked for") from None


def _apart(data: Bytes) -> tuple[Any, list[bytes]]:
    """What stands before the bytes, and the bytes."""
    (length,) = _LENGTH.unpack_from(data)
    end = _LENGTH.size + length
    if end > len(data):
        raise NotPlain("cut")
    raw, lengths = _pair(json.loads(bytes(data[_LENGTH.size : end]).decode("ascii")))
    return raw, _blobs(data, end, lengths)


def _pair(raw: Any) -> tuple[Any, Any]:
    if not isinstance(raw, list) or len(raw) != 2:
        raise NotPlain("no pair")
    return raw[0], raw[1]


def _blobs(data: Bytes, start: int, lengths: Any) -> list[bytes]:
    if not isinstance(lengths, list):
        raise NotPlain("no lengths")
    found = []
    whole = memoryview(data)
    for each in lengths:
        if type(each) is not int or not 0 <= each <= len(data) - start:
            raise NotPlain("a length")
        found.append(bytes(whole[start : start + each]))
        start += each
    if start != len(data):
        raise NotPlain("something is left")
    return found


# ---------------------------------------------------------------- writing


def _plain(value: Any, blobs: list[bytes]) -> Any:
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        # Half a letter (a lone surrogate) can be kept nowhere, and a zero ends a text where C reads it.
        whole = value if value.isascii() else value.encode("utf-8", "replace").decode()
        return whole.replace("\0", "\ufffd")
    if isinstance(value, bytes | bytearray | memoryview):
        blobs.append(value if isinstance(value, bytes) else bytes(value))
        return len(blobs) - 1
    if is_dataclass(value):
        return [_plain(getattr(value, each.name), blobs) for each in fields(value)]
    if isinstance(value, Mapping):
        return [[_plain(key, blobs), _plain(each, blobs)] for key, each in value.items()]
    if isinstance(value, list | tuple | frozenset):
        return [_plain(each, blobs) for each in value]
    raise TypeError(f"{type(value).__name__} is no plain data")


# ---------------------------------------------------------------- reading


@cache
def _reader(kind: Any) -> _Read:
    origin, inner = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:
        others = [each for each in inner if each is not type(None)]
        if len(others) != 1 or len(inner) != 2:
            raise TypeError(f"{kind} cannot be told apart")
        return _or_nothing(_reader(others[0]))
    if origin is tuple:
        return _many(_reader(inner[0])) if inner[1:] == (...,) else _each([_reader(each) for each in inner])
    if origin is not None and issubclass(origin, Mapping):
        return _mapping(_reader(inner[0]), _reader(inner[1]))
    if kind in _SIMPLE:
        return _SIMPLE[kind]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _member(kind)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        return _record(kind, [_reader(hints[each.name]) for each in fields(kind)])
    raise TypeError(f"{kind} is no plain data")


def _text(raw: Any, _blobs: Sequence[bytes]) -> str:
    if type(raw) is not str:
        raise NotPlain("no text")
    if "\0" in raw:
        raise NotPlain("no letter")
    if not raw.isascii():
        raw.encode()  # half a letter raises
    return raw


def _number(raw: Any, _blobs: Sequence[bytes]) -> int:
    if type(raw) is not int or abs(raw) > LARGEST_NUMBER:
        raise NotPlain("no number")
    return raw


def _yes_or_no(raw: Any, _blobs: Sequence[bytes]) -> bool:
    if type(raw) is not bool:
        raise NotPlain("neither yes nor no")
    return raw


def _nothing(raw: Any, _blobs: Sequence[bytes]) -> None:
    if raw is not None:
        raise NotPlain("something")


def _bytes(raw: Any, blobs: Sequence[bytes]) -> bytes:
    if type(raw) is not int or not 0 <= raw < len(blobs):
        raise NotPlain("no bytes")
    return blobs[raw]


_SIMPLE: dict[Any, _Read] = {str: _text, int: _number, bool: _yes_or_no, type(None): _nothing, bytes: _bytes}


def _or_nothing(one: _Read) -> _Read:
    return lambda raw, blobs: None if raw is None else one(raw, blobs)


def _member(kind: type[Enum]) -> _Read:
    def member(raw: Any, _blobs: Sequence[bytes]) -> Enum:
        if type(raw) not in {str, int}:
            raise NotPlain("no member")
        return kind(raw)

    return member


def _list(raw: Any) -> list[Any]:
    if type(raw) is not list:
        raise NotPlain("no list")
    return raw


def _many(one: _Read) -> _Read:
    return lambda raw, blobs: tuple([one(each, blobs) for each in _list(raw)])


def _each(parts: Sequence[_Read]) -> _Read:
    def each(raw: Any, blobs: Sequence[bytes]) -> tuple[Any, ...]:
        if len(_list(raw)) != len(parts):
            raise NotPlain("more or less")
        return tuple([part(one, blobs) for part, one in zip(parts, raw, strict=True)])

    return each


def _mapping(key: _Read, value: _Read) -> _Read:
    def mapping(raw: Any, blobs: Sequence[bytes]) -> dict[Any, Any]:
        pairs = [_pair(each) for each in _list(raw)]
        found = {key(one, blobs): value(other, blobs) for one, other in pairs}
        if len(found) != len(pairs):
            raise NotPlain("twice")
        return found

    return mapping


def _record(kind: type[Any], parts: Sequence[_Read]) -> _Read:
    names = [each.name for each in fields(kind)]

    def record(raw: Any, blobs: Sequence[bytes]) -> Any:
        if len(_list(raw)) != len(parts):
            raise NotPlain("more or less")
        return kind(**{name: part(one, blobs) for name, part, one in zip(names, parts, raw, strict=True)})

    return record
