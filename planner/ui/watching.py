"""What is watched for an open notebook: how long nobody was there, what the system says, what lies on the clipboard."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from planner.system.away import AwayWatch
    from planner.system.idle import IdleWatch
    from planner.system.quiet import ClipboardKeeper
    from planner.system.stick import StickWatch


class Watching(QObject):
    """Each watch begins when it is asked for, so that nothing of it is loaded before.

    ``soon`` carries the seconds until nobody is taken to be there any more, ``over`` comes when they are gone, ``gone``
    carries a :class:`~planner.system.away.Gone` that the system told.
    """

    soon = Signal(int)
    over = Signal()
    gone = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.idle: IdleWatch | None = None
        self.away: AwayWatch | None = None
        self.stick: StickWatch | None = None
        self._clipboard: ClipboardKeeper | None = None

    def watch_clipboard(self) -> None:
        """Take away what was copied, some seconds later."""
        from planner.system.quiet import ClipboardKeeper

        self._clipboard = self._clipboard or ClipboardKeeper()

    def watch_idle(self, minutes: int) -> None:
        """Count the minutes in which nobody does anything."""
        from planner.system.idle import IdleWatch

        self.idle = IdleWatch(minutes)
        self.idle.soon.connect(self.soon)
        self.idle.over.connect(self.over)
        self.idle.start()

    def set_minutes(self, minutes: int) -> None:
        """Another number of minutes, from now on."""
        if self.idle is not None:
            self.idle.set_minutes(minutes)

    def watch_system(self) -> None:
        """Hear from the system that nobody can be there any more, also while a notebook is still being opened."""
        if self.away is None:
            from planner.system.away import watch_system

            self.listen_to(watch_system())

    def listen_to(self, away: AwayWatch) -> None:
        """Hear it from this watch, which is started here."""
        self.away = away
        away.gone.connect(self.gone)
        away.start()

    def watch_stick(self, folder: Path) -> None:
        """Hear that the folder of the notebooks is gone, from the moment on in which there is one."""
        if self.stick is None and folder.is_dir():
            from planner.system.stick import StickWatch

            self.stick = StickWatch(folder)
            self.stick.gone.connect(self.gone)
            self.stick.start()

    def stop(self) -> None:
        """Tell nothing more, and take from the clipboard what is still ours."""
        if self.idle is not None:
            self.idle.stop()
        for each in (self.away, self.stick):
            if each is not None:
                each.stop()
        if self._clipboard is not None:
            self._clipboard.clear()
