"""Variables through which somebody else could have code of theirs loaded into a process of ours."""

from __future__ import annotations

import os
from collections.abc import MutableMapping

LEFT_OUT = frozenset(
    {
        # Where Qt looks for plug-ins besides its own, and which ones it loads unasked.
        *("QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH", "QML_IMPORT_PATH", "QML2_IMPORT_PATH"),
        *("QT_QPA_GENERIC_PLUGINS", "QT_STYLE_OVERRIDE", "QT_LOAD_TESTABILITY", "QT_VULKAN_LIB"),
        # What names libraries to the OpenSSL that the notebook's own database is built with, and to those of the
        # system: its settings, and the ways to draw and to translate letters.
        *("OPENSSL_CONF", "OPENSSL_MODULES", "OPENSSL_ENGINES", "GCONV_PATH", "LIBGL_DRIVERS_PATH"),
        *("GBM_BACKENDS_PATH", "__EGL_VENDOR_LIBRARY_FILENAMES", "__EGL_VENDOR_LIBRARY_DIRS"),
        # What Qt would tell of the keys that are pressed.
        *("QT_LOGGING_RULES", "QT_LOGGING_CONF", "QT_MESSAGE_PATTERN", "QT_DEBUG_PLUGINS"),
        # What the loader and Python would load into programs that are started from here.
        *("LD_PRELOAD", "LD_AUDIT", "PYTHONSTARTUP", "PYTHONINSPECT", "PYTHONHOME", "PYTHONBREAKPOINT"),
    }
)
LISTS_OF_FOLDERS = ("PATH", "LD_LIBRARY_PATH", "GTK_PATH", "GTK_MODULES", "GIO_EXTRA_MODULES", "GIO_MODULE_DIR")
"""Kept, without the entries that mean whatever folder one happens to be in; modules may be named without a folder."""


def only_own_code(surroundings: MutableMapping[str, str]) -> None:
    """Take out what would have foreign code loaded, for this process (what it loads later) and those it starts.

    What the system's own loader was told when this process began, it does not forget: for that, see
    :func:`planner.system.relaunch.clean_environment`.
    """
    for name in LEFT_OUT.intersection(surroundings):
        del surroundings[name]
    for name in LISTS_OF_FOLDERS:
        value = surroundings.get(name)
        if value is None:
            continue
        kept = absolute_only(value, names=name == "GTK_MODULES")
        if kept:
            surroundings[name] = kept
        else:
            del surroundings[name]


def absolute_only(folders: str, *, names: bool = False) -> str:
    """A list of folders without those that depend on the current one; an empty entry stands for the current one.

    With ``names`` an entry that names no folder at all is kept.
    """
    entries = folders.split(os.pathsep)
    return os.pathsep.join(
        each
        for each in entries
        if each and (os.path.isabs(each) or (names and os.path.basename(each) == each))  # noqa: PTH117, PTH119
    )
