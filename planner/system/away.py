"""Hears from the system that nobody is there any more: sleep, a locked screen, another user, a closed lid, the end.

One interface for every system; :func:`watch_system` gives the one that fits. What a system does not tell, nobody hears:
the idle watch (:mod:`planner.system.idle`) goes on beside it. Only local sockets are used, and a system that says
nothing, or has nobody to say it, does no harm.
"""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from planner.system.ending import EndingSignals


class Gone(StrEnum):
    """Why nobody can be taken to sit there any more."""

    SLEEP = "sleep"
    SCREEN_LOCKED = "screen-locked"
    OTHER_USER = "other-user"
    LID = "lid"
    ENDING = "ending"
    """The session or the machine ends: nothing is to begin anew."""
    STICK = "stick"
    """The folder of the notebooks is gone, and with it perhaps the program: nothing can begin anew."""


class AwayWatch(QObject):
    """Tells once, then rests. ``gone`` carries a :class:`Gone` and comes in the window's thread.

    Whoever hears it puts everything away before returning: some systems wait for that alone.
    """

    gone = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._awake = False
        self._ending: EndingSignals | None = None

    def start(self) -> None:
        """Listen, to whatever can be listened to here."""
        self._awake = True
        if sys.platform != "win32":
            from planner.system.ending import EndingSignals

            self._ending = EndingSignals()
            self._ending.asked.connect(lambda: self.tell(Gone.ENDING))
        self._listen()

    def stop(self) -> None:
        """Tell nothing more. What holds the sleep back is held until :meth:`close` or the end of the process."""
        self._awake = False

    def close(self) -> None:
        """Let go of everything, for a process that goes on."""
        self.stop()
        if self._ending is not None:
            self._ending.close()
            self._ending = None

    def tell(self, reason: Gone) -> None:
        """Somebody of the system said so."""
        if self._awake:
            self._awake = False
            self.gone.emit(reason)

    def _listen(self) -> None:
        """What is particular to one system."""


def watch_system() -> AwayWatch:
    """The watch that fits the system the program runs on, not started yet."""
    if sys.platform == "win32":
        from planner.system.away_windows import WindowsAway

        return WindowsAway()
    elif sys.platform == "darwin":  # noqa: RET505 - mypy follows the system through a chain alone
        from planner.system.away_macos import MacAway

        return MacAway()
    else:
        from planner.system.away_linux import LinuxAway

        return LinuxAway()
