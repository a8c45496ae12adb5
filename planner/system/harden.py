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

_PR_GET_DUMPABLE = 3
_PR_SET_DUMPABLE = 4


class Measure(StrEnum):
    """One thing that :func:`harden` can put in force."""

    PRIVATE_FILES = "private-files"
    NO_CORE_DUMPS = "no-core-dumps"
    NOT_TRACEABLE = "not-traceable"
    NO_CURRENT_FOLDER = "no-current-folder"
    LOCAL_SOCKETS_ONLY = "local-sockets-only"
    NO_NETWORK_IN_PYTHON = "no-network-in-python"
    OWN_PLUG_INS = "own-plug-ins"


_in_force: frozenset[Measure] = frozenset()


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
        Measure.OWN_PLUG_INS: _own_plug_ins,
        Measure.LOCAL_SOCKETS_ONLY: _local_sockets_only,
        Measure.NO_NETWORK_IN_PYTHON: _no_network_in_python,
    }
    global _in_force  # noqa: PLW0603 - one process, one answer
    _in_force = frozenset(measure for measure, step in steps.items() if step())
    return _in_force


def in_force() -> frozenset[Measure]:
    """What :func:`harden` put in force; nothing, where it was not called."""
    return _in_force


def _private_files() -> bool:
    """New files are for this person alone. Windows has no such mask; there the folder's own rights decide."""
    os.umask(0o077)
    return sys.platform != "win32"


def _no_core_dumps() -> bool:
    """A crash writes no memory to disk. On Windows a report may still hold a stack, so that is not claimed."""
    if sys.platform == "win32":
        import ctypes

        from planner.system.harden_elsewhere import no_memory_in_reports

        no_memory_in_reports(ctypes.windll.kernel32)
        return False
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)


def _not_traceable() -> bool:
    """Other processes of the same person may not read this one's memory; nor is it handed to who collects crashes.

    On macOS no debugger attaches; Windows has nothing as simple.
    """
    if sys.platform == "win32":
        return False
    import ctypes

    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin":
        from planner.system.harden_elsewhere import no_debugger

        return no_debugger(library)
    library.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    return bool(library.prctl(_PR_GET_DUMPABLE, 0, 0, 0, 0) == 0)


def _no_current_folder() -> bool:
    """Forget every place for modules and libraries that depends on the folder one happens to be in.

    ``__main__`` has done so for modules, before it looked for anything.
    """
    from planner.system.module_path import forget_current_folder

    forget_current_folder()
    if sys.platform == "win32":
        import ctypes

        from planner.system.harden_elsewhere import own_folders_only

        return own_folders_only(ctypes.windll.kernel32)
    return True


def _own_plug_ins() -> bool:
    """No variable names plug-ins or libraries of somebody else's."""
    from planner.system.surroundings import only_own_code

    only_own_code(os.environ)
    return True


def _local_sockets_only() -> bool:
    """The kernel lets only local sockets through, for libraries written in C and for children too. Linux alone."""
    if sys.platform != "linux":
        return False
    from planner.system.seccomp import keep_local

    return keep_local()


def _no_network_in_python() -> bool:
    """Python code opens no socket but local ones, looks up no name and imports no module made for a network.

    Weaker than the filter in the kernel, which binds libraries written in C as well; but it is there on every system,
    and tells a mistake of ours apart from a network that is down.
    """
    from planner.system.network_refused import refuse_network

    refuse_network()
    return True
