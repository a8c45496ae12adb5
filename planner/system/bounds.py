"""What this process may take up, and how long it lives: bounds that it sets itself and cannot widen again."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

_PR_SET_PDEATHSIG = 1
_SIGKILL = 9


def keep_within(memory: int, seconds: int, files: int) -> None:
    """Write no file, have at most ``files`` open, work ``seconds`` and map ``memory`` bytes.

    Nothing of it holds on Windows, and macOS has no bound of memory.
    """
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def end_with(parent: int) -> bool:
    """End when the process ``parent``, which started this one, does, whatever this one is doing then. Linux alone.

    Returns:
        False where it has ended already, before this could be asked of the kernel.
    """
    if sys.platform != "linux":
        return True
    import ctypes

    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
    return os.getppid() == parent
