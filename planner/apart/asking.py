"""Asking a child: what goes in and what comes back is bounded, and so is how long anybody waits for it.

One thread for each child starts it, gives it the question and takes the answer, so that whoever asks can look every
few hundredths of a second whether the answer is wanted any more. When it is not (Stop, a lock, too long), the child is
killed, whatever it is doing. When this process ends first, the system ends the child (Linux), or the child reads the
end of its pipe.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from queue import Empty, SimpleQueue
from time import monotonic
from typing import IO, Any, Protocol

from planner.apart.frames import ANSWER, BROKEN, HEAD, PROGRESS, QUESTION, READ, STEP, WRONG
from planner.apart.kinds import KINDS, Kind, named
from planner.apart.plain import NotPlain, read_one_of, written
from planner.apart.questions import Wrong
from planner.apart.running import under_way
from planner.system.relaunch import clean_environment, safe_folder
from planner.words import is_ours, language

LOOK_EVERY = 0.03
"""Seconds between two looks whether the answer is still wanted."""

LONGEST_WAIT = 5.0
"""Seconds that a child has to end by itself after its answer."""

LONGEST_SENTENCE = 1_000
LONGEST_PLACE = 200
"""Letters: a sentence about one place in a file, and the name of such a place."""

THREAD = "reading"
"""The name of the thread that a child has here."""

_PIPE = 1 << 20
_PIECE = 1 << 18

Progress = Callable[[int, int], None]

# A window, a bus and a home folder are nothing to somebody who reads one file.
_NOT_FOR_READING = ("DISPLAY", "WAYLAND", "XAUTHORITY", "DBUS_", "AT_SPI", "XDG_", "QT_", "GTK_", "XMODIFIERS", "HOME")


class CouldNotAsk(Exception):
    """No answer: the child died, took too long, or said what is no answer. Holds nothing of the file."""


class Gone(CouldNotAsk):
    """The child is no more; whoever has another question asks another one."""


class ItSays(Exception):
    """The reader in the child says that this file cannot be taken, and why."""

    def __init__(self, wrong: Wrong) -> None:
        super().__init__(wrong.kind)
        self.wrong = wrong


class Asks(Protocol):
    """Something that answers questions; :class:`Child` is the real one."""

    def ask(self, question: object, progress: Progress | None = None) -> Any:
        """The answer. Raises CouldNotAsk and ItSays, and whatever ``progress`` raises."""

    def close(self) -> None:
        """No more questions."""


def command(kind: Kind) -> list[str]:
    """The words that start a child of this process, without the current folder in the path of its modules."""
    return [sys.executable, "-P", "-B", "-m", "planner.apart", kind.name, language(), str(os.getpid())]


def environment(surroundings: Mapping[str, str]) -> dict[str, str]:
    """What a child may know of the surroundings."""
    kept = clean_environment(surroundings)
    return {name: value for name, value in kept.items() if not name.startswith(_NOT_FOR_READING)}


class Child:
    """One child. It is started by the first question, or by :meth:`start`."""

    def __init__(self, kind: Kind, words: list[str] | None = None) -> None:
        """``words`` start another program than the usual one."""
        self._kind, self._words = kind, words or command(kind)
        self._questions: SimpleQueue[list[bytes] | None] = SimpleQueue()
        self._said: SimpleQueue[tuple[bytes, bytes | bytearray]] = SimpleQueue()
        self._process: subprocess.Popen[bytes] | None = None
        self._unwanted = False
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Start it now, so that it is ready when it is asked."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name=THREAD, daemon=True)
            self._thread.start()

    @property
    def process_id(self) -> int:
        """The number of its process; 0 where there is none."""
        return self._process.pid if self._process is not None else 0

    def ask(self, question: object, progress: Progress | None = None) -> Any:
        """The answer to one question.

        Raises:
            CouldNotAsk: there is none; the child is gone.
            ItSays: this file cannot be taken.
        """
        whole = written(question)
        if sum(map(len, whole)) > self._kind.most_in:
            raise CouldNotAsk("too much to ask")
        self.start()
        answered = False
        try:
            self._questions.put(whole)
            answer = self._wait(progress)
            answered = True
        finally:
            if not answered or not self._kind.stays:
                self.close(kill=not answered)
        return self._taken(answer)

    def close(self, *, kill: bool = True) -> None:
        """No more questions: the child ends, at once where it is killed. Does not wait for it."""
        with self._lock:
            self._unwanted = self._unwanted or kill
            if kill and self._process is not None:
                with suppress(OSError):
                    self._process.kill()
        self._questions.put(None)

    def _wait(self, progress: Progress | None) -> bytes | bytearray:
        until = monotonic() + self._kind.seconds
        done, of = 0, 0
        while True:
            letter: bytes = b""
            content: bytes | bytearray = b""
            with suppress(Empty):
                letter, content = self._said.get(timeout=LOOK_EVERY)
            if letter == ANSWER:
                return content
            if letter == PROGRESS:
                done, of = STEP.unpack(content)
            elif letter:
                raise Gone("it died")
            if monotonic() > until:
                raise Gone("too long")
            if progress is not None:
                progress(min(done, of), of)

    def _taken(self, answer: bytes | bytearray) -> Any:
        kinds = {READ: named(self._kind.answers), WRONG: Wrong, BROKEN: type(None)}
        try:
            name, value = read_one_of(kinds, answer)
        except NotPlain:
            self.close()
            raise Gone("no answer") from None
        if name == BROKEN:
            raise CouldNotAsk("broken")
        if name == WRONG:
            raise ItSays(in_our_words(value))
        return value

    # ---------------------------------------------------------------- its own thread

    def _run(self) -> None:
        under_way.add(self)
        try:
            self._serve()
        except (OSError, ValueError, CouldNotAsk):
            pass
        finally:
            self._end()
            under_way.discard(self)
            self._said.put((b"!", b""))

    def _serve(self) -> None:
        if sys.platform == "win32":
            flags = subprocess.CREATE_NO_WINDOW
        else:
            flags = 0
        process = subprocess.Popen(
            self._words,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            pipesize=_PIPE,
            close_fds=True,
            cwd=safe_folder(),
            env=environment(os.environ),
            start_new_session=True,
            creationflags=flags,
        )
        with self._lock:
            self._process = process
            unwanted = self._unwanted
        if unwanted:
            return
        assert process.stdin is not None
        assert process.stdout is not None
        while (question := self._questions.get()) is not None:
            for piece in (HEAD.pack(QUESTION, sum(map(len, question))), *question):
                _give(process.stdin.fileno(), piece)
            del piece, question
            self._listen(process.stdout)

    def _listen(self, pipe: IO[bytes]) -> None:
        """Hand on how far it is, and the answer."""
        while True:
            letter, length = HEAD.unpack(_take(pipe, HEAD.size))
            if letter == PROGRESS and length == STEP.size:
                self._said.put((PROGRESS, _take(pipe, length)))
                continue
            if letter != ANSWER or length > self._kind.most_out:
                raise CouldNotAsk("no answer")
            self._said.put((ANSWER, _take(pipe, length)))
            return

    def _end(self) -> None:
        process = self._process
        if process is None:
            return
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        with self._lock:
            if self._unwanted:
                process.kill()
        try:
            process.wait(LONGEST_WAIT)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _give(pipe: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(pipe, left[:_PIECE]) :]


def _take(pipe: IO[bytes], length: int) -> bytearray:
    found = bytearray(length)  # memory is only taken up as it is filled
    left = memoryview(found)
    while left:
        count = pipe.readinto(left)  # type: ignore[attr-defined] # it has no buffer, so it has this
        if not count:
            raise CouldNotAsk("cut")
        left = left[count:]
    return found


def in_our_words(wrong: Wrong) -> Wrong:
    """What a child may tell her: sentences of this program alone, and beside them short text without hidden signs.

    Raises:
        CouldNotAsk: the sentence is none of ours.
    """
    if not is_ours(wrong.sentence):
        raise CouldNotAsk("not our words")

    def plain(text: str, most: int = LONGEST_SENTENCE) -> str:
        return "".join(each if each.isprintable() else " " for each in text[:most])

    problems = tuple(
        (plain(sheet, LONGEST_PLACE), row, plain(what), plain(instead)) for sheet, row, what, instead in wrong.problems
    )
    return replace(
        wrong,
        what_next=wrong.what_next if is_ours(wrong.what_next) else "",
        where=plain(wrong.where, LONGEST_PLACE),
        detail=plain(wrong.detail),
        problems=problems,
    )


def ask(kind: str, question: object, progress: Progress | None = None) -> Any:
    """Ask one question of a child of its own.

    Raises:
        CouldNotAsk: there is no answer.
        ItSays: this file cannot be taken.
    """
    return start(KINDS[kind]).ask(question, progress)


def start(kind: Kind) -> Asks:
    """A child that is asked later."""
    return Child(kind)
