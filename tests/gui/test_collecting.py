"""Widgets in circles are destroyed in the thread of the window, never in one beside it."""

from __future__ import annotations

import gc
import threading

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from planner.ui.collecting import EVERY, Collecting, collect


class Round(QWidget):
    """Holds itself."""

    def __init__(self, gone: list[int]) -> None:
        super().__init__()
        self.self = self
        self.destroyed.connect(lambda: gone.append(threading.get_ident()), Qt.ConnectionType.DirectConnection)


def allocate() -> list[list[int]]:
    """Make so much that Python would collect, were it on."""
    return [[each] for each in range(200_000)]


def beside() -> int:
    """Allocate in a thread of its own; gives its id."""
    thread = threading.Thread(target=allocate)
    thread.start()
    thread.join()
    assert thread.ident is not None
    return thread.ident


def test_python_alone_would_destroy_them_beside_the_window(qapp: QApplication) -> None:
    gone: list[int] = []
    gc.collect()
    Round(gone)
    gc.enable()
    try:
        assert beside() in gone
    finally:
        gc.disable()


def test_they_go_in_the_thread_of_the_window(qapp: QApplication, qtbot: QtBot) -> None:
    gone: list[int] = []
    owner = QWidget()
    qtbot.addWidget(owner)
    Collecting(owner)
    Round(gone)
    beside()
    assert not gone
    kept = allocate()
    qtbot.waitUntil(lambda: bool(gone), timeout=20 * EVERY)
    assert gone == [threading.get_ident()]
    assert kept


def test_the_oldest_are_collected_in_their_turn(qapp: QApplication) -> None:
    gone: list[int] = []
    Round(gone)
    for _again in range(3):
        gc.collect(1)
    assert gone
    before = gc.get_stats()[2]["collections"]
    for _again in range(300):
        kept = [[each] for each in range(2000)]
        collect()
        del kept
    assert gc.get_stats()[2]["collections"] > before
    QCoreApplication.processEvents()
