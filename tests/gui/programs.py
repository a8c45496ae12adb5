"""The whole program in a window, on a real folder, with a fresh start that is only noted down."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from planner.app import Program
from planner.keys import Cost
from planner.system.relaunch import RecordedRelaunch
from planner.ui.dialogs.ask_passphrase import AskPassphrase
from planner.ui.kit.dialogs import Dialog
from planner.ui.kit.text import Text

NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)

StartProgram = Callable[[Path], Program]


@pytest.fixture
def start_program(qtbot: QtBot, qapp: QApplication) -> Iterator[StartProgram]:
    """``start_program(data_dir)``: the program in an active window, as at a start on March 12, 2026."""
    started: list[Program] = []

    def start(data_dir: Path) -> Program:
        program = Program(qapp, data_dir, RecordedRelaunch(), clock=lambda: NOON, zone="UTC", cost=Cost())
        started.append(program)
        program.window.closing.disconnect()
        program.window.show()
        program.window.activateWindow()
        qtbot.waitUntil(program.window.isActiveWindow)
        return program

    yield start
    for program in started:
        program._put_away()
        program.window.hide()
        program.window.deleteLater()


def said(widget: QWidget) -> str:
    """All words that can be read in a widget now."""
    return "\n".join(each.text() for each in widget.findChildren(Text) if each.isVisibleTo(widget))


def says(widget: QWidget, words: str) -> bool:
    """Whether these words can be read in a widget now; to be waited for."""
    return words in said(widget)


def type_into(widget: QWidget, words: str) -> None:
    """Go there and type, as somebody does."""
    target = widget.focusProxy() or widget
    target.setFocus()
    QTest.keyClicks(target, words)


def dialog_on(window: QWidget) -> Dialog:
    """The dialog on top."""
    found = [each for each in window.findChildren(Dialog) if each.isVisible()]
    assert found, "no dialog is open"
    return found[-1]


def give_passphrase(window: QWidget, passphrase: str) -> None:
    """Type it into the card that asks for it, and press the main button."""
    asked = dialog_on(window)
    assert isinstance(asked, AskPassphrase)
    asked.secret.clear()
    type_into(asked.secret, passphrase)
    asked.yes.click()


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, with what is in it; folders too."""
    found = {}
    for each in sorted(folder.rglob("*")):
        found[str(each.relative_to(folder))] = each.read_bytes() if each.is_file() else b"folder"
    return found
