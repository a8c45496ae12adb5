"""The least a program with a window can be, to hold ours against."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QWidget

from benches import first_paint

first_paint.watch()
application = QApplication(sys.argv[:1])
window = QWidget()
window.resize(1200, 800)
window.show()
application.exec()
