"""A fresh process in place of this one, so that what was in memory is gone (DESIGN, "The way of a lock").

The new process is started the same way on every system and shares nothing with this one: no open file, no terminal, no
variable that it does not need. It is never ``exec``, which keeps open files and leaves the old memory to chance.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from planner.system.surroundings import only_own_code

# What a window, a language and a clock need from the surroundings; everything else stays behind.
_KEPT_NAMES = frozenset(
    {
        *("HOME", "USER", "LOGNAME", "LANG", "LANGUAGE", "TZ", "PATH", "TMPDIR", "LD_LIBRARY_PATH"),
        *("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS", "AT_SPI_BUS_ADDRESS"),
        *("DBUS_SYSTEM_BUS_ADDRESS", "PYTHONDONTWRITEBYTECODE"),
        *("GTK_IM_MODULE", "QT_IM_MODULE", "XMODIFIERS", "QT_ACCESSIBILITY", "QT_QPA_PLATFORM", "QT_QPA_PLATFORMTHEME"),
        *("SYSTEMROOT", "WINDIR", "SYSTEMDRIVE", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "TEMP", "TMP", "USERNAME"),
    }
)
_KEPT_BEGINNINGS = ("LC_", "XDG_", "QT_SCALE", "QT_SCREEN_SCALE", "QT_FONT_DPI", "QT_LINUX_ACCESSIBILITY")


class Relaunch(Protocol):
    """How the program ends itself and begins anew. Injected, so that a test can watch instead."""

    def __call__(self, data_dir: Path) -> None:
        """Begin anew at the lock screen of the notebooks in ``data_dir``. The real one never returns."""


class DetachedRelaunch:
    """The real thing: starts a process that outlives this one, then ends this one at once."""

    def __init__(self, *more: str) -> None:
        """``more`` words follow on the command line of the new process."""
        self._more = more

    def __call__(self, data_dir: Path) -> None:
        """Start the new process and end this one, without running anything that is still registered here.

        This process ends also when the new one cannot be started: locked means gone, whatever follows.
        """
        started = False
        try:
            start_detached(data_dir, *self._more)
            started = True
        finally:
            os._exit(0 if started else 1)


class RecordedRelaunch:
    """For tests and the tour: keeps what was asked for and goes on."""

    def __init__(self) -> None:
        self.asked: list[Path] = []

    def __call__(self, data_dir: Path) -> None:
        """Note the folder and return."""
        self.asked.append(data_dir)


def start_detached(data_dir: Path, *more: str) -> int:
    """Start the program anew, on its own.

    Returns:
        The number of the new process.

    Raises:
        OSError: the system would not start it.
    """
    import subprocess

    if sys.platform == "win32":
        flags = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
    else:
        flags = 0
    process = subprocess.Popen(
        command(data_dir, *more),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        close_fds=True,
        cwd=safe_folder(),
        env=clean_environment(os.environ),
        start_new_session=True,
        creationflags=flags,
    )
    # Nobody here waits for it, and Python would warn that nobody does.
    process.returncode = 0
    return process.pid


def command(data_dir: Path, *more: str) -> list[str]:
    """The words that start the program on a data folder, without the current folder in the path of its modules."""
    return [sys.executable, "-P", "-m", "planner", "--data", str(data_dir.absolute()), *more]


def clean_environment(surroundings: Mapping[str, str]) -> dict[str, str]:
    """What the new process may know of ``surroundings``, the variables of this one.

    A program that runs from a checkout is not on Python's own path, so that folder is named; an installed one is.
    """
    kept = {
        name: value
        for name, value in surroundings.items()
        if name.upper() in _KEPT_NAMES or name.startswith(_KEPT_BEGINNINGS)
    }
    only_own_code(kept)
    home = Path(__file__).resolve().parents[2]
    if home.name not in ("site-packages", "dist-packages"):
        kept["PYTHONPATH"] = str(home)
    return kept


def safe_folder() -> str:
    """A folder in which nobody without the system's own rights can put a library, and which keeps no stick busy."""
    return os.environ.get("SYSTEMROOT", "C:\\Windows") if sys.platform == "win32" else "/"
