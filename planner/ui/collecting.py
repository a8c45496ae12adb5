"""Objects in circles are looked for in the thread of the window alone.

Python collects them in whichever thread allocates next. Where that is a thread beside the window, the widgets among
them are destroyed there (tried with PySide6 6.11, for classes written in Python), while the window may be walking over
the same widgets: the process ends, and with it what was not saved yet.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 500
"""ms between two looks at whether there is enough to collect; where nothing is made, a look costs nothing."""


def collect() -> None:
    """Collect as much as Python itself would by now: the young objects, and with them the older ones in their turn."""
    for generation, most in enumerate(gc.get_threshold()):
        if gc.get_count()[generation] <= most:
            return
        gc.collect(generation)


class Collecting(QObject):
    """From when it is made, nothing is collected but here."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        # What stands there once the window has been shown stays for good.
        gc.freeze()
        gc.disable()
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(collect)
        self._timer.start()
