"""Run in a process of its own: copies a word from a field, in the program (``ours``) or in a plain window (``plain``).

``copying.py ours DATA`` or ``copying.py plain``; then it does what it is told: ``mark``, ``copy``, ``wait``, ``lock``,
``hide``, ``close``. It stays alive after each, so that what it left can be looked at while it still could hand it out.
"""

from __future__ import annotations

import select
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

WORD = "bluebird-and-heron"

program: Any = None
if sys.argv[1] == "ours":
    from planner.app import Program, application
    from planner.keys import Cost
    from planner.store.notebooks import Notebook
    from planner.system.relaunch import RecordedRelaunch
    from planner.ui.kit.fields import Field

    data_dir = Path(sys.argv[2])
    app = application()
    program = Program(app, data_dir, RecordedRelaunch())
    program.window.show()
    program.enter_notebook(Notebook.create(data_dir, "plum tree by the gate", "", Cost()))
    program.settle_down()
    field: QLineEdit = Field(WORD, name="Words")
    field.setParent(program.window)
    window: QWidget = program.window
    app.quit = lambda: None  # type: ignore[method-assign]
else:
    app = QApplication([])
    window = QWidget()
    window.resize(400, 300)
    field = QLineEdit(WORD, window)
window.show()
field.resize(300, 40)
field.show()
field.raise_()
window.activateWindow()
field.setFocus()


def do(asked: str) -> None:
    if asked == "mark":
        field.deselect()
        left = Qt.MouseButton.LeftButton
        QTest.mousePress(field, left, pos=QPoint(1, field.height() // 2))
        QTest.mouseMove(field, QPoint(field.width() - 1, field.height() // 2))
        QTest.mouseRelease(field, left, pos=QPoint(field.width() - 1, field.height() // 2))
        assert field.selectedText() == WORD, "it stays marked here"
    elif asked == "copy":
        field.selectAll()
        field.copy()
    elif asked == "wait":
        if program is not None:
            keeper = program.watching._clipboard
            assert keeper.waiting
            keeper._timer.setInterval(100)
    elif asked == "close":
        window.close()
    elif program is not None:
        program.lock(hide=asked == "hide")


print("ready", flush=True)
while True:
    app.processEvents()
    if select.select([sys.stdin], [], [], 0.02)[0]:
        told = sys.stdin.readline().strip()
        if not told:
            break
        do(told)
        for _ in range(30):
            app.processEvents()
            select.select([], [], [], 0.01)
        print("done", flush=True)
