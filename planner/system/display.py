"""What was asked of the display server reaches it now, not when the window has nothing else to do."""

from __future__ import annotations

import sys
from contextlib import suppress

from PySide6.QtGui import QGuiApplication


def hand_over(application: QGuiApplication) -> None:
    """Send what waits in the buffer of the connection; returns without waiting for an answer.

    Under X11, Windows and macOS a hidden window was told to the system already. Under Wayland it waits in a buffer
    until the program is idle, and putting a notebook away takes longer than a window may stay.
    """
    if sys.platform == "linux" and application.platformName().startswith("wayland"):
        _flush_wayland(application)


def _flush_wayland(application: QGuiApplication) -> None:
    import ctypes

    display = getattr(application.nativeInterface(), "display", None)
    if display is None:
        return
    with suppress(OSError, AttributeError):  # without the library, as before: when the window is idle
        flush = ctypes.CDLL("libwayland-client.so.0").wl_display_flush
        flush.argtypes, flush.restype = [ctypes.c_void_p], ctypes.c_int
        flush(int(display()))
