"""Work beside the window: it may take a while, tells how far it is, and can be stopped."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from threading import Event
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal
from PySide6.QtWidgets import QWidget

from planner.errors import MachineTrouble
from planner.ui.kit.dialogs import ProgressCard, trouble

Result = TypeVar("Result")
PATIENCE = 500
"""ms before a card says that something takes a while."""


class Stopped(Exception):
    """The person pressed Stop."""


class Progress:
    """What work is given: it tells how far it is, and learns whether to stop."""

    def __init__(self, tell: Callable[[int, int], None]) -> None:
        """``tell`` may be called from any thread."""
        self._tell = tell
        self._stop = Event()

    def step(self, done: int, of: int = 0) -> None:
        """``done`` of ``of`` (0: nobody knows). Raises Stopped after Stop was pressed."""
        if self._stop.is_set():
            raise Stopped
        self._tell(done, of)

    @property
    def stopped(self) -> bool:
        """Whether Stop was pressed, for work that cannot use :meth:`step`."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Ask the work to stop."""
        self._stop.set()


class _Signals(QObject):
    stepped = Signal(int, int)
    finished = Signal(object)
    failed = Signal(object)


class _Task(QRunnable):
    def __init__(self, work: Callable[[Progress], object], signals: _Signals, progress: Progress) -> None:
        super().__init__()
        self._work, self._signals, self._progress = work, signals, progress

    def run(self) -> None:
        # The window may be gone by now, and with it whoever would have been told.
        with suppress(RuntimeError):
            self._tell_what_became()

    def _tell_what_became(self) -> None:
        try:
            result = self._work(self._progress)
        except BaseException as problem:  # noqa: BLE001 - handed to the window's thread, which raises what is a mistake of ours
            self._signals.failed.emit(problem)
        else:
            self._signals.finished.emit(result)


class Work(QObject):
    """One piece of work under way. Keeps itself until it is over."""

    over = Signal()

    def __init__(
        self,
        parent: QWidget,
        words: str,
        work: Callable[[Progress], Result],
        done: Callable[[Result], object],
        *,
        cancel: bool = True,
        failed: Callable[[MachineTrouble], object] | None = None,
    ) -> None:
        """``done`` and ``failed`` are called in the window's thread; trouble is shown when nobody takes it."""
        super().__init__(parent)
        self._parent, self._words, self._cancel = parent, words, cancel
        self._done: Callable[[Any], object] = done
        self._failed = failed
        self._signals = _Signals()
        self._signals.stepped.connect(self._stepped)
        self._signals.finished.connect(self._finished)
        self._signals.failed.connect(self._broke)
        self.progress = Progress(self._signals.stepped.emit)
        self._card: ProgressCard | None = None
        self._last = (0, 0)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE)
        self._patience.timeout.connect(self._show_card)
        self._patience.start()
        self._task = _Task(work, self._signals, self.progress)
        self._task.setAutoDelete(False)
        QThreadPool.globalInstance().start(self._task)

    def _show_card(self) -> None:
        self._card = ProgressCard(self._parent, self._words, self._cancel)
        self._card.set_step(*self._last)
        self._card.stop.connect(self.progress.stop)
        self._card.open()

    def _stepped(self, done: int, of: int) -> None:
        self._last = (done, of)
        if self._card is not None:
            self._card.set_step(done, of)

    def _close(self) -> None:
        self._patience.stop()
        if self._card is not None:
            self._card.done(0)
            self._card = None
        self.over.emit()
        self.deleteLater()

    def _finished(self, result: object) -> None:
        self._close()
        self._done(result)

    def _broke(self, problem: BaseException) -> None:
        self._close()
        if isinstance(problem, Stopped):
            return
        if not isinstance(problem, MachineTrouble):
            raise problem
        if self._failed is not None:
            self._failed(problem)
        else:
            trouble(self._parent, problem)
