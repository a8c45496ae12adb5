"""The child: shuts itself in, then answers what it is asked through the two pipes that it was given.

Nothing else is ever written anywhere, whatever goes wrong.
"""

from __future__ import annotations

import gc
import importlib
import os
from collections.abc import Callable
from time import monotonic
from typing import Any

from planner.apart.frames import ANSWER, BROKEN, HEAD, PROGRESS, QUESTION, READ, STEP, WRONG
from planner.apart.kinds import KINDS, Kind, named, reader_of
from planner.apart.plain import read, written
from planner.apart.questions import Wrong
from planner.apart.shut_in import shut_in
from planner.errors import MachineTrouble
from planner.system.bounds import end_with

TELL_EVERY = 0.05
"""Seconds between two tellings how far it is."""


Progress = Callable[[int, int], None]
Reader = Callable[[Any, Progress], object]


def main(words: list[str]) -> int:
    """``words`` are the name of a kind, of a language, and the number of the process that asks.

    Returns the exit status.
    """
    from planner.words import use_language

    if not end_with(int(words[2])):
        return 1
    kind = KINDS[words[0]]
    use_language(words[1])
    return serve(kind, reader_of(kind))


def serve(kind: Kind, reader: Reader) -> int:
    """Answer until nobody asks any more, or once."""
    # Loaded now: what belongs to the answer, and with it what reads.
    asks, _answers = named(kind.asks), named(kind.answers)
    for each in kind.loads:
        importlib.import_module(each)
    shut_in(kind.memory, kind.working or kind.seconds)
    # Nothing lives long here, and looking for circles costs a third of the time.
    gc.disable()
    while True:
        question = _asked(kind.most_in)
        if question is None:
            return 0
        try:
            answer = answer_to(reader, asks, question, _Steps())
        except BaseException:  # noqa: BLE001 - what it was could tell what was read
            answer = written([BROKEN, None])
        _say(ANSWER, *answer)
        if not kind.stays:
            return 0


def answer_to(reader: Reader, asks: Any, question: bytes | bytearray, progress: Progress) -> list[bytes]:
    """What a reader says to one question that was written out; ``progress`` may raise what is no trouble of ours."""
    try:
        return written([READ, reader(read(asks, question), progress)])
    except MachineTrouble as trouble:
        return written([WRONG, wrong_of(trouble)])


def wrong_of(trouble: MachineTrouble) -> Wrong:
    """One of our own troubles as plain data."""
    problems = [(each.sheet, each.row, each.what, each.instead) for each in getattr(trouble, "problems", ())]
    return Wrong(
        type(trouble).__name__,
        trouble.sentence,
        trouble.what_next,
        getattr(trouble, "where", ""),
        getattr(trouble, "detail", ""),
        tuple(problems),
    )


class _Steps:
    """Tells how far it is, but not more often than somebody can see."""

    def __init__(self) -> None:
        self._told = 0.0

    def __call__(self, done: int, of: int) -> None:
        now = monotonic()
        if now - self._told >= TELL_EVERY:
            self._told = now
            _say(PROGRESS, STEP.pack(max(0, done), max(0, of)))


def _asked(most: int) -> bytearray | None:
    head = _taken(HEAD.size)
    if head is None:
        return None
    letter, length = HEAD.unpack(head)
    return _taken(length) if letter == QUESTION and length <= most else None


def _taken(length: int) -> bytearray | None:
    found = bytearray(length)
    left = memoryview(found)
    with open(0, "rb", buffering=0, closefd=False) as pipe:
        while left:
            count = pipe.readinto(left)
            if not count:
                return None
            left = left[count:]
    return found


def _say(letter: bytes, *content: bytes) -> None:
    for piece in (HEAD.pack(letter, sum(map(len, content))), *content):
        left = memoryview(piece)
        while left:
            left = left[os.write(1, left) :]
