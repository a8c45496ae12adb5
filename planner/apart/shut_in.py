"""What the child gives up before it reads what a stranger wrote; nothing of it can be taken back.

Bounds of time hold on Linux and macOS; those of memory, and of what may be opened (Landlock) and called (seccomp), on
Linux alone. The hook that refuses in Python binds Python code alone, on every system; it is the least.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import planner
from planner.resources import resource
from planner.system.bounds import keep_within

MOST_OPEN = 64
"""Files open at once."""

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_REFUSED = (
    *("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "os.startfile"),
    *("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.kill"),
    *("shutil.", "tempfile.", "winreg.", "pty.", "ftplib.", "urllib.", "webbrowser.", "sqlite3."),
)


class Refused(RuntimeError):
    """Code of this process asked for what it gave up. Not an ``OSError``: nothing may shrug at it."""


def shut_in(memory: int, seconds: int) -> None:
    """Give up every right that reading does not need.

    Args:
        memory: bytes that this process may have mapped.
        seconds: of work, after which the system ends it.
    """
    keep_within(memory, seconds, MOST_OPEN)
    if sys.platform == "linux":
        from planner.system.landlock import only_reading_below
        from planner.system.seccomp_reading import only_reading

        only_reading_below(list(_needed()))
        only_reading()
    sys.addaudithook(_refuse)


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
