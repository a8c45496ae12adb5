"""Run in a process of its own: an ordinary window that shows words, then clears and closes all that showed them.

What a careful programmer does without ending the process: every field is cleared, every widget deleted, every name let
go of, and the garbage collected. It reads words from standard input, turned round, writes ``shown``, waits for a line,
clears, writes ``cleared``, and waits to be ended.
"""

from __future__ import annotations

import gc
import json
import sys

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListWidget, QPlainTextEdit, QVBoxLayout, QWidget

from tests.lock.readable import may_be_read
from tests.proofs.filled import turned

TYPED = 40


def show(app: QApplication) -> QWidget:
    words = [turned(each) for each in json.loads(sys.stdin.readline())]
    window = QWidget()
    below = QVBoxLayout(window)
    lines, area, field = QListWidget(), QPlainTextEdit(), QLineEdit()
    for part in (lines, area, field):
        below.addWidget(part)
    for number, word in enumerate(words):
        if number % 3 == 0:
            lines.addItem(word)
        elif number % 3 == 1:
            area.appendPlainText(word)
        else:
            label = QLabel(word)
            below.addWidget(label)
    window.show()
    for word in words[:TYPED]:
        field.clear()
        QTest.keyClicks(field, word)
    app.processEvents()
    window.grab()
    return window


def clear(window: QWidget) -> None:
    for part in window.findChildren(QWidget):
        for name in ("clear", "setText", "setPlainText"):
            way = getattr(part, name, None)
            if way is not None:
                way(*([] if name == "clear" else [""]))
    QGuiApplication.clipboard().clear()
    window.close()
    window.deleteLater()


def main() -> None:
    may_be_read()
    app = QApplication([])
    window = show(app)
    print("shown", flush=True)
    sys.stdin.readline()
    clear(window)
    del window
    for _round in range(5):
        app.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        gc.collect()
    print("cleared", flush=True)
    sys.stdin.readline()


if __name__ == "__main__":
    main()
