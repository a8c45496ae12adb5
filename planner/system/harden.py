"""What every process of the program does to itself before anything else.

Nothing here needs rights beyond the person's own, and nothing can be undone by code that runs later. Some of it exists
on Linux alone; elsewhere the step is left out, and :func:`harden` says which steps are in force, so that nothing is
claimed that was not done. A later process starts without any of this (the kernel forgets it at ``exec``), so every new
process calls :func:`harden` again.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from enum import StrEnum
from functools import cache
from pathlib import Path

_PR_GET_DUMPABLE = 3
_PR_SET_DUMPABLE = 4
_AF_UNIX = 1  # the same number on every system; written here because importing socket costs 3 ms of every start
_LOOK_UPS = frozenset(
    {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo", "socket.sethostname"}
)


class Measure(StrEnum):
    """One thing that :func:`harden` can put in force."""

    PRIVATE_FILES = "private-files"
    NO_CORE_DUMPS = "no-core-dumps"
    NOT_TRACEABLE = "not-traceable"
    NO_CURRENT_FOLDER = "no-current-folder"
    LOCAL_SOCKETS_ONLY = "local-sockets-only"
    NO_NETWORK_IN_PYTHON = "no-network-in-python"


class NetworkRefused(RuntimeError):
    """Code of this process asked for the network. There is no such code of ours, so this is a mistake or an intruder.

    Not an ``OSError`` on purpose: code that shrugs at a network that is down must not shrug at this.
    """


@cache
def harden() -> frozenset[Measure]:
    """Put every measure in force that this system knows; calling again changes nothing.

    Returns:
        The measures in force.
    """
    steps: dict[Measure, Callable[[], bool]] = {
        Measure.PRIVATE_FILES: _private_files,
        Measure.NO_CORE_DUMPS: _no_core_dumps,
        Measure.NOT_TRACEABLE: _not_traceable,
        Measure.NO_CURRENT_FOLDER: _no_current_folder,
        Measure.LOCAL_SOCKETS_ONLY: _local_sockets_only,
        Measure.NO_NETWORK_IN_PYTHON: _no_network_in_python,
    }
    return frozenset(measure for measure, step in steps.items() if step())


def _private_files() -> bool:
    """New files are for this person alone. Windows has no such mask; there the folder's own rights decide."""
    os.umask(0o077)
    return sys.platform != "win32"


def _no_core_dumps() -> bool:
    """A crash writes no memory to disk. Windows and its error reports have no such limit."""
    if sys.platform == "win32":
        return False
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)


def _not_traceable() -> bool:
    """Other processes of the same person may not read this one's memory. Linux alone."""
    if sys.platform != "linux":
        return False
    import ctypes

    library = ctypes.CDLL(None, use_errno=True)
    library.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    return bool(library.prctl(_PR_GET_DUMPABLE, 0, 0, 0, 0) == 0)


def _no_current_folder() -> bool:
    """Forget every place for modules that depends on the folder one happens to be in.

    The folder that ``python -m`` names in full is left out by ``__main__``, before it looks for anything.
    """
    sys.path[:] = [entry for entry in sys.path if Path(entry).is_absolute()]
    return True


def _local_sockets_only() -> bool:
    """The kernel lets only local sockets through, for libraries written in C and for children too. Linux alone."""
    if sys.platform != "linux":
        return False
    from planner.system.seccomp import keep_local

    return keep_local()


def _no_network_in_python() -> bool:
    """Python code of this process opens no socket but local ones, and looks up no name.

    Weaker than the filter in the kernel: libraries written in C are not bound by it. It is there on every system, and
    tells a mistake of ours apart from a network that is down.
    """

    def refuse(event: str, details: tuple[object, ...]) -> None:
        if not event.startswith("socket."):
            return
        # A family of -1 means "find out later" and is refused too: what it will be is not known here.
        if (event == "socket.__new__" and details[1] != _AF_UNIX) or event in _LOOK_UPS:
            raise NetworkRefused("This program does not use the network.")

    sys.addaudithook(refuse)
    return True
