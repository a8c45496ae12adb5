"""The loop of every fuzzing script: change a seed, read it, keep what made trouble.

    python -m tests.fuzz.fuzz_calendar SECONDS [FOLDER FOR FINDS] [FIRST RANDOM NUMBER]

A find is an exception that is no answer, or more than two seconds of the processor's time.
"""

from __future__ import annotations

import hashlib
import signal
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from types import FrameType

from tests.fuzz.mutate import CHANGES, Change, mutate

TOO_LONG = 2.0


class TooLong(BaseException):
    """Not an Exception, so that no reader takes it for bad input."""


def _ring(_signal: int, _frame: FrameType | None) -> None:
    raise TooLong


def one(read: Callable[[bytes], object], data: bytes, too_long: float = TOO_LONG) -> str:
    """Read once; what went wrong as text, or an empty text. POSIX only: the time is that of the processor."""
    before = signal.signal(signal.SIGPROF, _ring)
    signal.setitimer(signal.ITIMER_PROF, too_long)
    try:
        read(data)
    except KeyboardInterrupt:
        raise
    except BaseException:  # noqa: BLE001 - whatever comes out is the find
        return traceback.format_exc(limit=-6)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    return ""


def run(
    read: Callable[[bytes], object],
    seeds: Path,
    seconds: float,
    finds: Path | None,
    first: int,
    changes: Sequence[Change] = CHANGES,
) -> int:
    """Go on for ``seconds``; returns how many different kinds of trouble were met. Finds are kept with their trace."""
    files = [path.read_bytes() for path in sorted(seeds.iterdir()) if path.is_file()]
    kinds: dict[str, int] = {}
    began = said = time.monotonic()
    count = 0
    for data in files:
        _keep(one(read, data), data, kinds, finds)
    pool = list(files)
    while time.monotonic() - began < seconds:
        rng = Random(first + count)
        data = mutate(rng.choice(pool), rng, files, changes)
        _keep(one(read, data), data, kinds, finds)
        # Some of what was made is changed further, so that changes add up.
        if rng.random() < 0.02:
            pool[len(files) :] = [*pool[len(files) :], data][-200:]
        count += 1
        if time.monotonic() - said > 30:
            said = time.monotonic()
            print(f"{count:,} read, {len(kinds)} kinds of trouble", flush=True)
    print(f"{count:,} read in {seconds:.0f} s, from {first}: {len(kinds)} kinds of trouble")
    return len(kinds)


def _keep(trace: str, data: bytes, kinds: dict[str, int], finds: Path | None) -> None:
    if not trace:
        return
    lines = [line.strip() for line in trace.splitlines()]
    where = [line for line in lines if line.startswith("File ")]
    kind = f"{lines[-1].split(':')[0]} {where[-1] if where else ''}"
    kinds[kind] = kinds.get(kind, 0) + 1
    if kinds[kind] > 3:
        return
    print(kind, flush=True)
    if finds is not None:
        finds.mkdir(parents=True, exist_ok=True)
        name = hashlib.sha256(data).hexdigest()[:12]
        (finds / name).write_bytes(data)
        (finds / f"{name}.txt").write_text(trace)


def main(
    read: Callable[[bytes], object], seeds: Path, arguments: Sequence[str], changes: Sequence[Change] = CHANGES
) -> None:
    """The command line of a script; ends with 1 where trouble was met."""
    seconds = float(arguments[0]) if arguments else 60.0
    finds = Path(arguments[1]) if len(arguments) > 1 else None
    first = int(arguments[2]) if len(arguments) > 2 else 1
    sys.exit(1 if run(read, seeds, seconds, finds, first, changes) else 0)
