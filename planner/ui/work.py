"""Work beside the window: it may take a while, tells how far it is, can be stopped, and gives way to a lock.

Everything that may take longer than half a second is a :class:`Work`. A lock calls :func:`give_way` before it saves and
closes anything: all work is told to stop, and what it had begun is rolled back by the exception that
:meth:`Progress.step` raises there. What is past its decisive step (a new key that is already written) runs to its end.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from threading import Event, Lock
from time import monotonic
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal
from PySide6.QtWidgets import QWidget

from planner.apart.running import end_all
from planner.errors import MachineTrouble
from planner.ui.kit.dialogs import ProgressCard, trouble

Result = TypeVar("Result")
PATIENCE = 500
"""ms before a card says that something takes a while."""

TELL_EVERY = 0.05
"""Seconds between two tellings how far it is: more often nobody sees it, and the window would do little else."""

WAIT_AT_LOCK = 8.0
"""Seconds that a lock waits at most for work to roll back. The window is gone by then."""


class Stopped(Exception):
    """The person pressed Stop, or a lock came."""


class Progress:
    """What work is given: it tells how far it is, and learns whether to stop."""

    def __init__(self, tell: Callable[[int, int], None]) -> None:
        """``tell`` may be called from any thread."""
        self._tell = tell
        self._stop = Event()
        self._told = 0.0

    def step(self, done: int, of: int = 0) -> None:
        """``done`` of ``of`` (0: nobody knows). Raises Stopped after Stop was pressed. To be called often."""
        if self._stop.is_set():
            raise Stopped
        now = monotonic()
        if now - self._told >= TELL_EVERY or done == of:
            self._told = now
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
    """One run of a work. It knows no widget, so that it may outlive the window."""

    def __init__(
        self,
        work: Callable[[Progress], object],
        signals: _Signals,
        progress: Progress,
        late: Callable[[Any], object] | None,
        quiet: bool,
    ) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self.progress, self.quiet = progress, quiet
        self.ended = Event()
        self.gave_way = False
        self.alone = False
        self._work, self._signals, self._late = work, signals, late
        self._lock = Lock()
        self._result: list[object] = []

    def run(self) -> None:
        # The window may be gone by now, and with it whoever would have been told.
        with suppress(RuntimeError):
            self._tell_what_became()

    def _tell_what_became(self) -> None:
        try:
            result = self._work(self.progress)
        except BaseException as problem:  # noqa: BLE001 - handed to the window's thread, which raises what is a mistake of ours
            self.ended.set()
            self._signals.failed.emit(problem)
            return
        with self._lock:
            self._result.append(result)
        self.ended.set()
        if self.gave_way:
            self.throw_away()
        self._signals.finished.emit(result)

    def throw_away(self) -> None:
        """Let go of a result that nobody will take any more."""
        with self._lock:
            left, self._result = self._result, []
        for result in left:
            if self._late is not None:
                self._late(result)


_under_way: list[_Task] = []
"""What was begun and has not been taken by the window yet."""


def under_way() -> bool:
    """Whether any work runs beside the window now."""
    return any(not task.ended.is_set() for task in _under_way)


def give_way(patience: float = WAIT_AT_LOCK) -> bool:
    """Tell all work to stop, and wait until it has rolled back what it had begun; nothing else happens meanwhile.

    Nothing comes of it any more: neither results nor trouble reach the window.

    Args:
        patience: seconds to wait at most, for all of it together.

    Returns:
        Whether all of it has ended.
    """
    tasks = tuple(_under_way)
    pool = QThreadPool.globalInstance()
    for task in tasks:
        task.gave_way = True
        task.progress.stop()
        if pool.tryTake(task):
            task.ended.set()  # it had not begun
    # Who waits for a child hears at once that nothing comes of it.
    end_all()
    until = monotonic() + patience
    for task in tasks:
        if task.ended.wait(max(0.0, until - monotonic())):
            task.throw_away()
    end_all()
    return all(task.ended.is_set() for task in tasks)


def _forget(task: _Task) -> None:
    if task in _under_way:
        _under_way.remove(task)


def _left_alone(task: _Task) -> None:
    """Its widget is gone: nobody takes what comes of it, but a lock still has to wait for it."""
    task.alone = True
    if task.ended.is_set():
        _forget(task)


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
        stopped: Callable[[], object] | None = None,
        late: Callable[[Result], object] | None = None,
        quiet: bool = False,
        patience: int = PATIENCE,
    ) -> None:
        """``done``, ``failed`` and ``stopped`` are called in the window's thread.

        Trouble is shown when nobody takes it. ``late`` lets go of a result that came when a lock no longer wanted it;
        it may be called in any thread. ``quiet`` work shows no card, and stops when anything else is begun.
        ``patience`` is how long nothing is shown, in ms.
        """
        super().__init__(parent)
        self._parent, self._words, self._cancel = parent, words, cancel
        self._done: Callable[[Any], object] = done
        self._failed, self._stopped = failed, stopped
        self._signals = _Signals()
        self._signals.stepped.connect(self._stepped)
        self._signals.finished.connect(self._finished)
        self._signals.failed.connect(self._broke)
        self.progress = Progress(self._signals.stepped.emit)
        self._card: ProgressCard | None = None
        self._last = (0, 0)
        self._patience = QTimer(self, singleShot=True, interval=patience)
        self._patience.timeout.connect(self._show_card)
        if not quiet:
            self._patience.start()
            for other in _under_way:
                if other.quiet:
                    other.progress.stop()
        self._task = task = _Task(work, self._signals, self.progress, late, quiet)
        _under_way[:] = [each for each in _under_way if not (each.alone and each.ended.is_set())]
        _under_way.append(task)
        self.destroyed.connect(lambda: _left_alone(task))
        QThreadPool.globalInstance().start(task)

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
        _forget(self._task)
        self._patience.stop()
        if self._card is not None:
            self._card.done(0)
            self._card = None
        self.over.emit()
        self.deleteLater()

    def _finished(self, result: object) -> None:
        self._close()
        if not self._task.gave_way:
            self._done(result)

    def _broke(self, problem: BaseException) -> None:
        self._close()
        if self._task.gave_way:
            return
        if isinstance(problem, Stopped):
            if self._stopped is not None:
                self._stopped()
            return
        if not isinstance(problem, MachineTrouble):
            raise problem
        if self._failed is not None:
            self._failed(problem)
        else:
            trouble(self._parent, problem)
