"""Changing good bytes into odd ones: the same random numbers always make the same bytes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

MOST = 1_000_000
"""Bytes beyond which nothing grows."""

NUMBERS = (
    *(b"0", b"-1", b"1", b"00", b"99", b"255", b"256", b"32767", b"65536", b"2147483647", b"-2147483648"),
    *(b"4294967296", b"9223372036854775807", b"18446744073709551616", b"1e309", b"9" * 40, b"0" * 60, b"9" * 5000),
    "\u0663\u0664".encode(),
)
WORDS = (
    *(b"", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3", b"\xf0\x9f\x98", b"\xed\xa0\x80", b"\r", b"\n", b"\r\n"),
    *(b"\r\n ", b"\n\t", b"=\r\n", b"\\n", b"\\,", b"\\", b'"', b'"";', b":", b";", b";;;", b",", b"=", b"%00"),
    *("\u2028".encode(), "\u202e".encode(), b"\x0b", b"\x1c", b"\x85", b"(" * 200, b"a" * 3000, b";X=Y" * 300),
)

Change = Callable[[bytes, Random, Sequence[bytes]], bytes]


def flip(data: bytes, rng: Random, _others: Sequence[bytes]) -> bytes:
    """Some bits turned round."""
    out = bytearray(data)
    for _time in range(rng.choice((1, 1, 1, 2, 4, 16))):
        if out:
            out[rng.randrange(len(out))] ^= 1 << rng.randrange(8)
    return bytes(out)


def other_bytes(data: bytes, rng: Random, _others: Sequence[bytes]) -> bytes:
    """A few bytes replaced by any others."""
    at = rng.randrange(len(data) + 1)
    count = rng.choice((1, 1, 2, 4, 32))
    return data[:at] + rng.randbytes(count) + data[at + count :]


def cut(data: bytes, rng: Random, _others: Sequence[bytes]) -> bytes:
    """A stretch left out, or everything from one place on."""
    if rng.random() < 0.3:
        return data[: rng.randrange(len(data) + 1)]
    low, high = sorted((rng.randrange(len(data) + 1), rng.randrange(len(data) + 1)))
    return data[:low] + data[min(high, low + rng.choice((1, 8, 64, 4096))) :]


def again(data: bytes, rng: Random, _others: Sequence[bytes]) -> bytes:
    """A stretch that comes many times."""
    low = rng.randrange(len(data) + 1)
    part = data[low : low + rng.choice((1, 4, 40, 400))]
    return data[:low] + part * rng.choice((2, 3, 10, 200)) + data[low:]


def word(data: bytes, rng: Random, _others: Sequence[bytes]) -> bytes:
    """Something that formats often stumble over, put in anywhere."""
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice(WORDS) + data[at:]


def number(data: bytes, rng: Random, _others: Sequence[bytes]) -> bytes:
    """A number replaced by one at the edge of something."""
    found = list(re.finditer(rb"-?\d+", data))
    if not found:
        return data
    where = rng.choice(found)
    return data[: where.start()] + rng.choice(NUMBERS) + data[where.end() :]


def lines(data: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """A line doubled, dropped, moved, or taken from another file."""
    out = data.split(b"\n")
    at = rng.randrange(len(out))
    what = rng.randrange(5)
    if what == 0:
        out.insert(at, out[rng.randrange(len(out))])
    elif what == 1:
        del out[at]
    elif what == 2:
        out[at : at + 1] = [out[at]] * rng.choice((2, 5, 50))
    elif what == 3:
        other = rng.randrange(len(out))
        out[at], out[other] = out[other], out[at]
    elif others:
        theirs = rng.choice(others).split(b"\n")
        low = rng.randrange(len(theirs))
        out[at:at] = theirs[low : low + rng.choice((1, 1, 3, 10))]
    return b"\n".join(out)


def folding(data: bytes, rng: Random, _others: Sequence[bytes]) -> bytes:
    """Lines broken where none should be, joined where one should be, or ended in another way."""
    what = rng.randrange(4)
    if what == 0:
        at = rng.randrange(len(data) + 1)
        return data[:at] + rng.choice((b"\r\n ", b"\n ", b"\r\n\t", b"\r ", b"\r\n  ")) + data[at:]
    if what == 1:
        return data.replace(b"\r\n", rng.choice((b"\n", b"\r", b"\n\r", b"\r\r\n")))
    if what == 2:
        return re.sub(rb"\r?\n[ \t]", b"", data)
    ends = [found.start() for found in re.finditer(rb"\r?\n", data)]
    if not ends:
        return data
    at = rng.choice(ends)
    return data[:at] + b" " * rng.choice((0, 1, 80)) + data[at + 2 :]


def splice(data: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """The beginning of one file and the end of another."""
    other = rng.choice(others) if others else data
    return data[: rng.randrange(len(data) + 1)] + other[rng.randrange(len(other) + 1) :]


CHANGES: tuple[Change, ...] = (flip, other_bytes, cut, again, word, number, lines, folding, splice)
BYTES: tuple[Change, ...] = (flip, other_bytes, cut, again, splice)
"""For formats that are no text."""


def mutate(data: bytes, rng: Random, others: Sequence[bytes] = (), changes: Sequence[Change] = CHANGES) -> bytes:
    """One to eight changes, one after the other; ``others`` are files from which parts are taken."""
    for _time in range(rng.choice((1, 1, 2, 3, 5, 8))):
        data = rng.choice(changes)(data, rng, others)[:MOST]
    return data
