"""A child whose reader does something that no reader may do: ``hostile.py [free] DEED [PLACE]``.

It is started in the place of ``python -m planner.apart`` and shuts itself in as that does, but for the word ``free``,
which leaves that out: so a test sees that the same deed works where nobody hinders it.
"""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from planner.apart import child, frames, kinds
from planner.exchange.calendar_read import CalendarFile, Left
from planner.system.bounds import end_with
from planner.system.harden import harden


def hang(_place: str) -> str:
    while True:
        pass


def hang_in_c(_place: str) -> str:
    """Nothing of Python runs meanwhile, so nothing in Python could end it."""
    ctypes.PyDLL(None).pause()
    return "woke"


def sleep(_place: str) -> str:
    time.sleep(600)
    return "woke"


def eat(_place: str) -> str:
    """Two thousand million bytes."""
    held = [bytearray(100_000_000) for _ in range(20)]
    return f"ate {sum(map(len, held))}"


def fork(_place: str) -> str:
    number = ctypes.CDLL(None).fork()
    if number == 0:
        os._exit(0)
    if number < 0:
        raise OSError("no fork")
    os.waitpid(number, 0)
    return "forked"


def run(_place: str) -> str:
    return f"ran {subprocess.run(['/bin/true'], check=True).returncode}"


def connect(place: str) -> str:
    """A local socket, past every hook of Python."""
    with socket.socket(socket.AF_UNIX) as ours:
        ours.connect(place)
    return "connected"


def connect_in_c(_place: str) -> str:
    number = ctypes.CDLL(None).socket(socket.AF_UNIX, socket.SOCK_STREAM, 0)
    if number < 0:
        raise OSError("no socket")
    return "socket"


def write(place: str) -> str:
    Path(place).write_text("left behind")
    return "wrote"


def write_in_c(place: str) -> str:
    libc = ctypes.CDLL(None)
    number = libc.open(place.encode(), os.O_CREAT | os.O_WRONLY, 0o600)
    if number < 0 or libc.write(number, b"left behind", 11) != 11:
        raise OSError("not written")
    return "wrote"


def remove_in_c(place: str) -> str:
    if ctypes.CDLL(None).unlink(place.encode()) != 0:
        raise OSError("not removed")
    return "removed"


def look(place: str) -> str:
    return f"read {Path(place).read_text()}"


def look_at_the_other(_place: str) -> str:
    """The memory of who started it."""
    return f"read {len(Path(f'/proc/{os.getppid()}/maps').read_text('utf-8'))}"


def end_the_other(place: str) -> str:
    if ctypes.CDLL(None).kill(int(place), signal.SIGTERM) != 0:
        raise OSError("not ended")
    return "ended"


def say_much(_place: str) -> str:
    """A thousand million bytes that claim to be one answer."""
    os.write(1, frames.HEAD.pack(frames.ANSWER, 1_000_000_000))
    for _ in range(1000):
        os.write(1, bytes(1_000_000))
    return "said"


def say_more_than_it_claims(_place: str) -> str:
    os.write(1, frames.HEAD.pack(frames.ANSWER, 10_000_000) + bytes(1000))
    os._exit(0)


def say_rubbish(_place: str) -> str:
    os.write(1, bytes(range(256)) * 100)
    os._exit(0)


def say_rubbish_as_an_answer(_place: str) -> str:
    os.write(1, frames.HEAD.pack(frames.ANSWER, 100) + bytes(100))
    os._exit(0)


def tell_for_ever(_place: str) -> str:
    while True:
        os.write(1, frames.HEAD.pack(frames.PROGRESS, frames.STEP.size) + frames.STEP.pack(1, 2))


def be_killed(_place: str) -> str:
    os.kill(os.getpid(), signal.SIGKILL)
    return "lived"


def crash(_place: str) -> str:
    return str(ctypes.string_at(8))


def raise_with_content(place: str) -> str:
    print(place, file=sys.stderr, flush=True)
    raise ValueError(place)


def be_well(_place: str) -> str:
    return "well"


def be_wrong(_place: str) -> Any:
    """Another kind of answer than was asked for."""
    return [1, 2, 3]


DEEDS: dict[str, Callable[[str], Any]] = {
    each.__name__: each
    for each in (
        *(hang, hang_in_c, sleep, eat, fork, run, connect, connect_in_c, write, write_in_c, remove_in_c, look),
        *(look_at_the_other, end_the_other, say_much, say_more_than_it_claims, say_rubbish),
        *(say_rubbish_as_an_answer, tell_for_ever, be_killed, crash, raise_with_content, be_well, be_wrong),
    )
}


def main(words: list[str]) -> int:
    if words[0] == "free":
        words = words[1:]
        setattr(child, "shut_in", lambda _memory, _seconds: None)  # noqa: B010
    else:
        harden()
        end_with(os.getppid())
    deed, place = DEEDS[words[0]], (*words, "")[1]

    def reader(_asked: Any, _progress: Any) -> Any:
        said = deed(place)
        return CalendarFile((), (Left(said, "", ""),)) if isinstance(said, str) else said

    return child.serve(kinds.KINDS["calendar"], reader)


if __name__ == "__main__":
    os._exit(main(sys.argv[1:]))
