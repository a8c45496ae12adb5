"""A screen of our own under X11 (Xvfb), what its server says of the windows on it, and keys pressed as by a hand."""

from __future__ import annotations

import ctypes
import os
import select
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import POINTER, byref, c_char, c_char_p, c_int, c_long, c_uint, c_ulong, c_void_p
from pathlib import Path
from time import monotonic

XVFB = shutil.which("Xvfb")
LIBRARIES = ("libX11.so.6", "libXtst.so.6")
SIZE = "1366x768x24"
PATIENCE = 30.0

_SUBSTRUCTURE, _STRUCTURE = 1 << 19, 1 << 17
_UNMAP, _MAP = 18, 19
_VIEWABLE = 2


class _Attributes(ctypes.Structure):
    _fields_ = (  # XWindowAttributes of Xlib.h
        *((name, c_int) for name in ("x", "y", "width", "height", "border_width", "depth")),
        *(("visual", c_void_p), ("root", c_ulong), ("class_", c_int)),
        *((name, c_int) for name in ("bit_gravity", "win_gravity", "backing_store")),
        *(("backing_planes", c_ulong), ("backing_pixel", c_ulong), ("save_under", c_int), ("colormap", c_ulong)),
        *(("map_installed", c_int), ("map_state", c_int), ("masks", c_long * 3), ("override_redirect", c_int)),
        ("screen", c_void_p),
    )


class _Event(ctypes.Structure):
    _fields_ = (  # XMapEvent and XUnmapEvent; the server's own longest event is 24 longs
        *(("type", c_int), ("serial", c_ulong), ("send_event", c_int), ("display", c_void_p)),
        *(("event", c_ulong), ("window", c_ulong), ("rest", c_char * 192)),
    )


def _go_on(_display: int, _error: int) -> int:
    """A window that went between two questions is no mistake; Xlib would end the process."""
    return 0


_GO_ON = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p)(_go_on)


def why_not() -> str:
    """Why there is no such screen here; "" where there is one."""
    if XVFB is None:
        return "Xvfb is not installed (package: xvfb)"
    for library in LIBRARIES:
        try:
            ctypes.CDLL(library)
        except OSError:
            return f"{library} is not installed"
    return ""


class Screen:
    """A connection to the server of its own; it sees what the server has, not what a program has asked for."""

    def __init__(self, display: str) -> None:
        self.display = display
        self._x, self._test = (ctypes.CDLL(each) for each in LIBRARIES)
        self._x.XOpenDisplay.restype = c_void_p
        self._x.XDefaultRootWindow.restype = c_ulong
        self._x.XStringToKeysym.restype = c_ulong
        self._x.XSetErrorHandler(_GO_ON)
        opened = self._x.XOpenDisplay(c_char_p(display.encode()))
        assert opened, f"no connection to {display}"
        self._opened = c_void_p(opened)
        self._root = c_ulong(self._x.XDefaultRootWindow(self._opened))
        self._x.XSelectInput(self._opened, self._root, c_long(_SUBSTRUCTURE | _STRUCTURE))
        self._x.XSync(self._opened, 0)

    def close(self) -> None:
        """Close the connection."""
        self._x.XCloseDisplay(self._opened)

    def shown(self) -> set[int]:
        """The windows that can be seen now."""
        root, parent, children, count = c_ulong(), c_ulong(), POINTER(c_ulong)(), c_uint()
        asked = (byref(root), byref(parent), byref(children), byref(count))
        assert self._x.XQueryTree(self._opened, self._root, *asked)
        found = {int(children[place]) for place in range(count.value)}
        if count.value:
            self._x.XFree(children)
        return {each for each in found if self._is_shown(each)}

    def _is_shown(self, window: int) -> bool:
        known = _Attributes()
        answered = self._x.XGetWindowAttributes(self._opened, c_ulong(window), byref(known))
        return bool(answered) and known.map_state == _VIEWABLE and known.width > 1

    def give_keyboard(self, window: int) -> None:
        """As a window manager does when a window comes up."""
        self._x.XSetInputFocus(self._opened, c_ulong(window), 1, c_ulong(0))
        self._x.XSync(self._opened, 0)

    def press(self, *names: str) -> None:
        """Press and release keys, by the names of X, so that the server takes them for a keyboard's."""
        for name in names:
            code = self._code(name)
            for down in (1, 0):
                self._test.XTestFakeKeyEvent(self._opened, c_uint(code), down, c_ulong(0))
        self._x.XFlush(self._opened)

    def hold(self, held: str, name: str) -> None:
        """Press a key while another is held down."""
        for key, down in ((held, 1), (name, 1), (name, 0), (held, 0)):
            self._test.XTestFakeKeyEvent(self._opened, c_uint(self._code(key)), down, c_ulong(0))
        self._x.XFlush(self._opened)

    def _code(self, name: str) -> int:
        return int(self._x.XKeysymToKeycode(self._opened, c_ulong(self._x.XStringToKeysym(name.encode()))))

    def point_at(self, x: int, y: int) -> None:
        """Move the pointer."""
        self._test.XTestFakeMotionEvent(self._opened, -1, x, y, c_ulong(0))
        self._x.XFlush(self._opened)

    def button(self, number: int, down: bool) -> None:
        """Press or release a button of the mouse."""
        self._test.XTestFakeButtonEvent(self._opened, c_uint(number), int(down), c_ulong(0))
        self._x.XFlush(self._opened)

    def until_gone(self, patience: float = PATIENCE) -> float:
        """Seconds until no window is to be seen any more, from now; what comes up meanwhile has to go as well.

        Raises AssertionError when that does not happen within ``patience`` seconds.
        """
        begun = monotonic()
        left = self.shown()
        while left:
            self._wait(begun + patience)
            event = _Event()
            while self._x.XPending(self._opened):
                self._x.XNextEvent(self._opened, byref(event))
                if event.type == _UNMAP:
                    left.discard(event.window)
                elif event.type == _MAP:
                    left.add(event.window)
        return monotonic() - begun

    def _wait(self, until: float) -> None:
        rest = until - monotonic()
        assert rest > 0, "a window stayed on the screen"
        if not self._x.XPending(self._opened):
            select.select([self._x.XConnectionNumber(self._opened)], [], [], rest)

    def comes_up(self, patience: float = PATIENCE) -> int:
        """Wait until there is a window; its number."""
        until = monotonic() + patience
        while not (found := self.shown()):
            assert monotonic() < until, "no window came up"
            select.select([], [], [], 0.01)
        return max(found)


@contextmanager
def start_server() -> Iterator[str]:
    """A server of our own, without a window manager and without access from a network; gives its display."""
    assert XVFB is not None
    reads, writes = os.pipe()
    words = [XVFB, "-displayfd", str(writes), "-screen", "0", SIZE, "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(words, pass_fds=[writes], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(writes)
    try:
        with os.fdopen(reads) as told:
            number = told.readline().strip()
        assert number, "Xvfb did not start"
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


@contextmanager
def start_screen() -> Iterator[Screen]:
    """Such a server, and a connection to it."""
    with start_server() as display:
        screen = Screen(display)
        try:
            yield screen
        finally:
            screen.close()


def surroundings(screen: Screen, home: Path) -> dict[str, str]:
    """The environment of a program on that screen, with a home of its own."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "LD_LIBRARY_PATH", "PYTHONPATH"}}
    folders = {f"XDG_{kind}_HOME": str(home) for kind in ("DATA", "CONFIG", "CACHE", "STATE")}
    there = {"DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb", "LC_ALL": "C.UTF-8"}
    return kept | folders | there | {"HOME": str(home)}
