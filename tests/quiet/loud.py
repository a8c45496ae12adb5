"""Run in a process of its own: a plain program that says in every place what it is for. The scanner must see it."""

from __future__ import annotations

import ctypes
import select
import sys
from threading import Event, Thread

from PySide6.QtWidgets import QApplication, QWidget

app = QApplication(["shelter-notes"])
app.setApplicationName("Shelter")
library = ctypes.CDLL(None)
library.prctl(15, b"victim-notes", 0, 0, 0)


def wait() -> None:
    library.prctl(15, b"trauma", 0, 0, 0)
    Event().wait()


Thread(target=wait, daemon=True).start()
with open(sys.argv[1], "w", encoding="utf-8"):  # noqa: PTH123 - its name is what is looked at
    pass
kept = open(sys.argv[1], encoding="utf-8")  # noqa: PTH123, SIM115 - it stays open
window = QWidget()
window.setWindowTitle("Survivor notes")
window.show()
for _ in range(50):
    app.processEvents()
print("ready", flush=True)
while not select.select([sys.stdin], [], [], 0.05)[0]:
    app.processEvents()
