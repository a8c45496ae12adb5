"""Keeps the libraries below the window from writing anything on a machine that only lends its screen. Linux alone.

Before the application object exists. What each of these would write was seen by tracing the program on a desktop that
nobody had used before (tests/portable). On Windows and macOS nothing of the kind is known; what those systems note down
by themselves no program can stop.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import MutableMapping
from contextlib import suppress
from pathlib import Path

NOWHERE = str(Path(os.devnull, "nowhere"))
"""A folder below the null device: it cannot be made, so nothing is ever written there."""

NO_TRACES = {
    # Mesa, NVIDIA's driver and Qt keep compiled shaders; the window is painted without any.
    "XDG_CACHE_HOME": NOWHERE,
    "MESA_SHADER_CACHE_DISABLE": "true",
    "__GL_SHADER_DISK_CACHE": "0",
    "QT_DISABLE_SHADER_DISK_CACHE": "1",
    # The theme of GNOME would load all of GTK, which keeps settings, themes, and a file of dconf's in the run folder.
    "QT_QPA_PLATFORMTHEME": "generic",
    # Python, when it is the machine's own and lies in the person's home.
    "PYTHONDONTWRITEBYTECODE": "1",
}

FONTS = Path("/etc/fonts/fonts.conf")
_OF_THE_PERSON = r'<(?:cache)?dir(?:\s+prefix="(?:xdg|default)"\s*>[^<]*|[^>]*>\s*~[^<]*)</(?:cache)?dir>'


def no_bus_of_our_own(surroundings: MutableMapping[str, str] = os.environ) -> None:
    """Where nobody started a message bus for the person, none is started: that would leave a file in her home."""
    folder = surroundings.get("XDG_RUNTIME_DIR", "")
    if sys.platform == "linux" and not (folder and Path(folder, "bus").exists()):
        surroundings.setdefault("DBUS_SESSION_BUS_ADDRESS", "disabled:")


def leave_no_traces(surroundings: MutableMapping[str, str] = os.environ, fonts: Path = FONTS) -> None:
    """Let nothing of this process, nor of those it starts, write into the home of whoever owns the machine."""
    sys.dont_write_bytecode = True
    if sys.platform != "linux":
        return
    surroundings.update(NO_TRACES)
    with suppress(OSError, AttributeError):  # no fontconfig here, or one from before 2013, which reads no memory
        _read_fonts(without_the_person(fonts.read_text("utf-8", "surrogateescape")))


def _read_fonts(told: str) -> None:
    """Let fontconfig begin with this in place of what it would read; Qt then finds that it has begun."""
    import ctypes

    library = ctypes.CDLL("libfontconfig.so.1")
    library.FcConfigCreate.restype = ctypes.c_void_p
    kept = ctypes.c_void_p(library.FcConfigCreate())
    if library.FcConfigParseAndLoadFromMemory(kept, told.encode("utf-8", "surrogateescape"), 0):
        library.FcConfigSetCurrent(kept)


def without_the_person(told: str) -> str:
    """What fontconfig is told on this machine (fonts-conf(5)), without the fonts and caches in the person's home.

    A font of hers would be written into a cache there; ours come with the program, and the machine's own stay.
    """
    return re.sub(_OF_THE_PERSON, "", told)
