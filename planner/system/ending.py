"""The signals with which Linux and macOS ask a process to end, for example when somebody logs out."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress

from PySide6.QtCore import QObject, QSocketNotifier, Signal

if sys.platform != "win32":
    ASKED = (signal.SIGTERM, signal.SIGHUP)


class EndingSignals(QObject):
    """``asked`` comes in the window's thread after each such signal. To be made in the main thread; one at a time.

    Python runs a handler only between two lines of Python, and a window that waits runs none: so the system writes the
    number of the signal into a pipe on which the window waits.
    """

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._reads, self._writes = os.pipe()
        for end in (self._reads, self._writes):
            os.set_blocking(end, False)
        self._woke_before = signal.set_wakeup_fd(self._writes, warn_on_full_buffer=False)
        self._before = {each: signal.signal(each, _nothing_more) for each in ASKED}
        self._notifier = QSocketNotifier(self._reads, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)

    def close(self) -> None:
        """Leave the signals as they were before."""
        self._notifier.setEnabled(False)
        for each, handler in self._before.items():
            signal.signal(each, handler)
        signal.set_wakeup_fd(self._woke_before)
        os.close(self._reads)
        os.close(self._writes)

    def _read(self) -> None:
        with suppress(BlockingIOError):
            if set(os.read(self._reads, 64)) & set(ASKED):
                self.asked.emit()


def _nothing_more(_number: int, _frame: object) -> None:
    """The number in the pipe is enough."""
