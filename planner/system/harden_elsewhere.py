"""What Windows and macOS offer of :mod:`planner.system.harden`. Written, never run there.

Read in Microsoft's pages on ``SetDefaultDllDirectories``, ``SetDllDirectoryW``, ``SetErrorMode`` and ``WerSetFlags``,
and in Apple's manual page of ``ptrace``. Each function takes the system's library, so that a recorded one can stand in.
"""

from __future__ import annotations

from typing import Any

DEFAULT_FOLDERS = 0x1000
"""LOAD_LIBRARY_SEARCH_DEFAULT_DIRS: the program's folder, the system's, and those that a library asked for by name."""
NO_WINDOWS_ABOUT_A_CRASH = 0x8003
"""SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX, SEM_NOOPENFILEERRORBOX."""
NO_HEAP_IN_A_REPORT, NO_UI = 0x1, 0x20
"""WER_FAULT_REPORTING_FLAG_NOHEAP and WER_FAULT_REPORTING_NO_UI."""
DENY_ATTACH = 31
"""PT_DENY_ATTACH."""


def own_folders_only(kernel: Any) -> bool:
    """Windows: look for no library in the current folder. ``kernel`` is ``kernel32``."""
    return bool(kernel.SetDefaultDllDirectories(DEFAULT_FOLDERS)) and bool(kernel.SetDllDirectoryW(""))


def no_memory_in_reports(kernel: Any) -> bool:
    """Windows: a report of a crash carries no heap, and no window asks what to do with it.

    A small dump with the stack may still be made, if whoever looks after the device has turned that on.
    """
    kernel.SetErrorMode(NO_WINDOWS_ABOUT_A_CRASH)
    return bool(kernel.WerSetFlags(NO_HEAP_IN_A_REPORT | NO_UI) == 0)


def no_debugger(system: Any) -> bool:
    """macOS: no debugger attaches from now on. ``system`` is the library of the system."""
    return bool(system.ptrace(DENY_ATTACH, 0, None, 0) == 0)
