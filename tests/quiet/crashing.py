"""Run in a process of its own: a mistake with her words in it, in every place where one can come up.

``crashing.py ours WHERE`` or ``crashing.py plain WHERE``: the words are read from standard input.
"""

from __future__ import annotations

import gc
import sys
from threading import Thread
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

private = sys.stdin.readline().strip()
how, where = sys.argv[1:]
if how == "ours":
    from planner.app import application
    from planner.ui.mishap import tell_places_alone
    from planner.ui.window import Window

    app: Any = application()
    window: QWidget = Window()
    if where != "before the window":
        tell_places_alone(window)
else:
    app, window = QApplication([]), QWidget()


def break_down() -> None:
    her_words = private
    raise ValueError(f"cannot read {her_words}")


class Left:
    def __del__(self) -> None:
        break_down()


if where == "before the window":
    break_down()
window.show()
if where == "slot":
    QTimer.singleShot(0, break_down)
elif where == "thread":
    Thread(target=break_down).start()
elif where == "deleting":
    left = Left()
    del left
    gc.collect()
QTimer.singleShot(300, app.quit)
app.exec()
