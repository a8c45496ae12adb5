"""A mistake of ours: said calmly, and told on standard error by its place alone, because its words may be hers."""

from __future__ import annotations

import sys
import threading
from types import TracebackType

from PySide6.QtCore import QThread
from PySide6.QtWidgets import QWidget

from planner.errors import MachineTrouble
from planner.words import _


class Mishap:
    """Stands in for ``sys.excepthook`` while a window is open.

    Trouble of the machine that nobody took is shown with its own sentence. For anything else the type and the places in
    our code are written to standard error, never the text of the exception nor any value.
    """

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._showing = False

    def __call__(self, kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
        """Show it, unless one is being shown already."""
        if isinstance(problem, KeyboardInterrupt):
            self._window.close()
            return
        if not isinstance(problem, MachineTrouble):
            if sys.stderr is not None:  # none where there is no console
                sys.stderr.write(f"{told(kind, trace)}\n")
            problem = MachineTrouble(
                _("Something went wrong inside this program."),
                _("What was saved is safe. If it happens again, lock the notebook and open it anew."),
            )
        if not self._showing and QThread.currentThread() is self._window.thread():
            from planner.ui.kit.dialogs import trouble

            self._showing = True
            try:
                trouble(self._window, problem)
            finally:
                self._showing = False


def tell_places_alone(window: QWidget | None = None) -> None:
    """From now on no mistake of ours writes any words; with a window it says them calmly there.

    Without one a mistake ends what it came up in, as Python has it.
    """
    sys.excepthook = Mishap(window) if window is not None else no_window_yet
    sys.unraisablehook = nobody_took
    threading.excepthook = beside_the_window


def no_window_yet(kind: type[BaseException], _problem: BaseException, trace: TracebackType | None) -> None:
    """Stands in for ``sys.excepthook`` before there is a window."""
    if sys.stderr is not None:
        sys.stderr.write(f"{told(kind, trace)}\n")


def beside_the_window(left: threading.ExceptHookArgs) -> None:
    """Stands in for ``threading.excepthook``, which would print the text of the exception."""
    if sys.stderr is not None:
        sys.stderr.write(f"{told(left.exc_type, left.exc_traceback)}\n")


def nobody_took(left: sys.UnraisableHookArgs) -> None:
    """Stands in for ``sys.unraisablehook``, which would print the exception and the object with all its words."""
    if sys.stderr is not None:
        sys.stderr.write(f"{told(left.exc_type, left.exc_traceback)}\n")


def told(kind: type[BaseException], trace: TracebackType | None) -> str:
    """The type of an exception and where it went through, a place a line."""
    import traceback

    places = [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
    return "\n".join([kind.__name__, *places])
