"""Functions of texts and of truth (ODK XForms, "String Functions", "Boolean Functions", "Translation Functions")."""

from __future__ import annotations

import base64
import binascii
import functools
import hashlib
import math
import secrets
import string
import uuid
from typing import Any

import regex

from planner.forms.xpath.convert import Value, node_text, to_text
from planner.forms.xpath.functions import function, present
from planner.forms.xpath.surroundings import Surroundings
from planner.forms.xpath.trouble import BadPattern, TooMuch, WrongArguments

_ENDS = regex.compile(r"((?:\\.|\[(?:\\.|[^\]\\])*\]|[^\\\[$])*+)\$", regex.DOTALL)
"""A ``$`` outside of brackets: it means the very end, as in the specification's ``/…/``, not before a line break."""

PATTERN_SECONDS = 0.05
LONGEST_PATTERN = 2_000
LONGEST_TEXT = 100_000
"""Letters that may be put together; forty calculations that each double the one before would fill any memory."""


def _pieces(around: Surroundings, value: Value) -> list[str]:
    if isinstance(value, list):
        return [node_text(node) for node in present(around, value)]
    return [to_text(value)]


@function("string", "v", "str")
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
        raise TooMuch("too long a text")
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
        return regex.compile(_ENDS.sub(r"\g<1>\\Z", expression))
    except (regex.error, OverflowError, MemoryError, RecursionError, ValueError):
        return None


def check_pattern(expression: str) -> Any:
    """The pattern, ready to search with.

    Raises:
        BadPattern: it is none, or longer than any should be.
    """
    pattern = _pattern(expression) if len(expression) <= LONGEST_PATTERN else None
    if pattern is None:
        raise BadPattern
    return pattern


@function("regex", "ss", "bool")
def _regex(_around: Surroundings, text: str, expression: str) -> bool:
    """Search, as the specification's ``'[0-9]+'`` becomes ``/[0-9]+/``; after 50 ms the answer is no."""
    pattern = check_pattern(expression)
    try:
        return pattern.search(text, timeout=PATTERN_SECONDS) is not None
    except TimeoutError:
        return False


@function("if", "baa", "any")
def _if(_around: Surroundings, condition: bool, then: Value, otherwise: Value) -> Value:
    return then if condition else otherwise


@function("coalesce", "vv*", "str")
def _coalesce(_around: Surroundings, *values: Value) -> str:
    return next((text for text in map(to_text, values) if text), "")


@function("once", "v", "str")
def _once(around: Surroundings, value: Value) -> str:
    return around.current_text() or to_text(value)


@function("boolean-from-string", "s", "bool")
def _boolean_from_string(_around: Surroundings, text: str) -> bool:
    return text in {"true", "1"}


@function("digest", "sss?", "str")
def _digest(_around: Surroundings, text: str, algorithm: str, encoding: str = "base64") -> str:
    """The digest of the text's UTF-8 bytes (XForms 1.1, 7.8.2), in base64 or in small hexadecimal figures."""
    of = _DIGESTS.get(algorithm.strip().upper().replace("-", ""))
    if of is None or encoding.strip().lower() not in {"base64", "hex"}:
        raise WrongArguments("digest")
    made = hashlib.new(of, text.encode("utf-8", "surrogatepass"), usedforsecurity=False)
    return made.hexdigest() if encoding.strip().lower() == "hex" else base64.b64encode(made.digest()).decode("ascii")


_DIGESTS = {"MD5": "md5", "SHA1": "sha1", "SHA256": "sha256", "SHA384": "sha384", "SHA512": "sha512"}


@function("base64-decode", "s", "str")
def _base64_decode(_around: Surroundings, text: str) -> str:
    """The text whose UTF-8 bytes were written in base64; empty for what is not base64."""
    bare = "".join(text.split())
    try:
        made = base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""
    return "".join(sign if sign in "\t\n\r" or sign >= " " else "\ufffd" for sign in made)


@function("jr:choice-name", "ss", "str", speaks=True)
def _choice_name(around: Surroundings, value: str, path: str) -> str:
    return around.choice_name(value, path.strip())


@function("jr:itext", "s", "str", speaks=True)
def _itext(around: Surroundings, text_id: str) -> str:
    return around.itext(text_id)


@function("version", "", "str")
def _version(around: Surroundings) -> str:
    """What the settings of the form say; not in the specification's table, but the clients have it."""
    return around.form_version()


@function("property", "s", "str")
def _property(_around: Surroundings, _name: str) -> str:
    """Empty on purpose, whatever is asked of a device or a person: an answer never says more than was typed."""
    return ""
