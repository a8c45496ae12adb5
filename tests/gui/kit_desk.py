"""Parts of the kit in a window of their own, and a hand that presses."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from planner.ui.kit.layouts import column, hold
from planner.ui.window import Window

_KEPT: list[Window] = []


@pytest.fixture(autouse=True)
def windows_are_kept() -> Iterator[None]:
    """Qtbot knows its widgets weakly, so a window that nobody holds would be gone in the middle of a test."""
    yield
    _KEPT.clear()


def shown(qtbot: QtBot, *widgets: QWidget, width: int = 600, height: int = 600) -> Window:
    """The widgets in a window, under one another."""
    window = Window()
    _KEPT.append(window)
    window.setMinimumSize(10, 10)
    qtbot.addWidget(window)
    window.resize(width, height)
    window.show_screen(hold(column(*widgets, gap=8)))
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def press(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(widget, key, modifier)
