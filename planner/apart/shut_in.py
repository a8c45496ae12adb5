"""What the child gives up before it reads what a stranger wrote; nothing of it can be taken back.

Everything but the sizes is asked of the system, and :func:`shut_in` says what is in force, so that nothing is claimed
that was not done. Limits of memory and time hold on Linux and macOS; what may be opened (Landlock) and called
(seccomp) on Linux alone. The hook that refuses in Python binds Python code alone, on every system; it is the least.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import planner
from planner.apart.landlock import only_reading_below
from planner.resources import resource

MOST_OPEN = 64
"""Files open at once."""

_PR_SET_PDEATHSIG = 1
_SIGKILL = 9
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_REFUSED = (
    *("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "os.startfile"),
    *("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.kill"),
    *("shutil.", "tempfile.", "winreg.", "pty.", "ftplib.", "urllib.", "webbrowser.", "sqlite3."),
)


class Given(StrEnum):
    """One right that is given up."""

    MEMORY = "memory"
    TIME = "time"
    WRITING = "writing"
    OTHER_FILES = "other-files"
    CALLS = "calls"
    OUTLIVING = "outliving"
    PYTHON = "python"


class Refused(RuntimeError):
    """Code of this process asked for what it gave up. Not an ``OSError``: nothing may shrug at it."""


def shut_in(memory: int, seconds: int) -> frozenset[Given]:
    """Give up every right that reading does not need.

    Args:
        memory: bytes that this process may have mapped.
        seconds: of work, after which the system ends it.

    Returns:
        What was given up.
    """
    given = set(_limits(memory, seconds))
    if sys.platform == "linux":
        from planner.system.seccomp_reading import only_reading

        given.update([Given.OUTLIVING] if _ends_with_the_other() else [])
        given.update([Given.OTHER_FILES, Given.WRITING] if only_reading_below(list(_needed())) else [])
        given.update([Given.CALLS] if only_reading() else [])
    sys.addaudithook(_refuse)
    return frozenset([*given, Given.PYTHON])


def _limits(memory: int, seconds: int) -> Iterator[Given]:
    if sys.platform == "win32":
        return
    import resource as limits

    limits.setrlimit(limits.RLIMIT_FSIZE, (0, 0))
    limits.setrlimit(limits.RLIMIT_NOFILE, (MOST_OPEN, MOST_OPEN))
    limits.setrlimit(limits.RLIMIT_CPU, (seconds, seconds))
    yield Given.TIME
    try:
        limits.setrlimit(limits.RLIMIT_AS, (memory, memory))
    except (ValueError, OSError):
        return  # macOS does not know it
    yield Given.MEMORY


def _ends_with_the_other() -> bool:
    """This process ends when the one that started it does, whatever it is doing then."""
    import ctypes

    return bool(ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0) == 0)


def _needed() -> Iterator[Path]:
    """The folders of the program, of Python and of the system's libraries; nothing of anybody's own."""
    package = Path(str(planner.__file__)).resolve().parent
    yield package
    yield resource()
    above = package.parent
    for each in sys.path:
        path = Path(each)
        # A checkout is on the path, and whoever works there may keep anything beside the program.
        if path.is_absolute() and path.exists() and not (path.resolve() == above and path.name != "site-packages"):
            yield path
    for name in ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/share/zoneinfo"):
        yield Path(name)
    for name in ("/etc/ld.so.cache", "/etc/localtime", "/dev/null", "/dev/urandom"):
        yield Path(name)
    for name in os.environ.get("LD_LIBRARY_PATH", "").split(":"):
        if name.startswith("/"):
            yield Path(name)


def _refuse(event: str, details: tuple[object, ...]) -> None:
    if event == "open":
        mode, flags = (*details, None, None)[1:3]
        writes = isinstance(mode, str) and bool(set(mode) & set("wax+"))
        if writes or (isinstance(flags, int) and flags & _WRITING):
            raise Refused(event)
    elif event.startswith(_REFUSED):
        raise Refused(event)
