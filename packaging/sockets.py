"""Which sockets the tests open, as strace sees it: ``python3 packaging/dev.py test --sockets [PYTEST ARGUMENTS]``.

The whole normal run takes little more than its usual time. Every process is looked at, also those that a test starts.
Left out are the tests that open a far socket on purpose, to show that it would be seen or would have worked, and those
that trace a process themselves, which only one can do at a time.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

LEFT_OUT = (
    "tests/faults",
    "tests/forms/test_hostile.py",
    "tests/lock/test_no_sockets.py",
    "tests/lock/test_not_readable.py",
    "tests/lock/test_only_local.py",
    "tests/lock/test_reading_filter.py",
    "tests/unit/system/test_harden.py",
    "tests/unit/system/test_seccomp.py",
    "tests/unit/test_sockets.py",
)
# pip, with which a test makes the wheel, tries by a socket that it never uses whether this machine has IPv6.
# A real message bus that a test starts asks the kernel by a socket who is at the other end.
TOOLS = ('"-m", "pip"', '/dbus-daemon"')
LOCAL = frozenset({"AF_UNIX", "AF_LOCAL"})
# Only the calls that are named stop a process, so that it runs nearly as fast as by itself.
STRACE = ("strace", "-ff", "-qq", "--seccomp-bpf", "-e", "trace=socket,io_uring_setup,execve", "-e", "signal=none")

_CALL = re.compile(r"^(?:socket\((\w+)|(io_uring_setup)\().* = (-?\d+)", re.MULTILINE)
_PROGRAM = re.compile(r"^execve\((.*)\) = 0$", re.MULTILINE)


@dataclass(frozen=True)
class Opened:
    """One kind of socket that a program asked for, and whether it got it."""

    family: str
    got: bool
    program: str

    @property
    def leaves(self) -> bool:
        """Whether what it got can leave the machine."""
        return self.got and self.family not in LOCAL and not any(tool in self.program for tool in TOOLS)


def look(command: Sequence[str], env: Mapping[str, str], cwd: Path) -> tuple[int, Counter[Opened]]:
    """Run a command under strace.

    Returns:
        Its answer, and what it and everything that it started opened.

    Raises:
        FileNotFoundError: there is no strace.
    """
    with tempfile.TemporaryDirectory(prefix="planner-sockets-") as folder:
        words = [*STRACE, "-o", str(Path(folder, "calls")), *command]
        answer = subprocess.run(words, env=dict(env), cwd=cwd, check=False).returncode
        return answer, Counter(
            each for log in Path(folder).iterdir() for each in _read(log.read_text("utf-8", "replace"))
        )


def _read(log: str) -> Iterator[Opened]:
    programs = _PROGRAM.findall(log)
    for family, ring, result in _CALL.findall(log):
        yield Opened(family or ring, int(result) >= 0, programs[-1][:200] if programs else "a part of a test")


def main(python: Path, words: Sequence[str], env: Mapping[str, str], cwd: Path) -> int:
    """Run pytest with these words; 0 where the tests pass, something was seen, and nothing seen leaves the machine."""
    left_out = [f"--ignore={each}" for each in LEFT_OUT]
    try:
        answer, opened = look([str(python), "-m", "pytest", *left_out, *words], env, cwd)
    except FileNotFoundError:
        print("strace is not installed: nobody looked for sockets.")
        return 1
    for each, times in sorted(opened.items(), key=lambda pair: (pair[0].leaves, pair[0].family)):
        print(f"{times:6} {each.family} {'opened' if each.got else 'refused'} by {each.program}")
    far = [each for each in opened if each.leaves]
    print(f"{sum(opened.values())} sockets asked for, {sum(opened[each] for each in far)} of them leave the machine")
    if not opened:
        print("Not one was seen, which cannot be: strace did not look.")
    return answer or int(bool(far) or not opened)
