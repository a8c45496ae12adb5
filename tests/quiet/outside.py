"""Run in a process of its own: another program on the same screen, which looks at the clipboard from outside.

Told ``clipboard`` or ``selection`` it answers with the text and the formats that it is offered.
"""

from __future__ import annotations

import json
import select
import sys

from PySide6.QtGui import QClipboard, QGuiApplication

app = QGuiApplication([])
board = QGuiApplication.clipboard()
modes = {"clipboard": QClipboard.Mode.Clipboard, "selection": QClipboard.Mode.Selection}
print("ready", flush=True)
while True:
    app.processEvents()
    if select.select([sys.stdin], [], [], 0.02)[0]:
        asked = sys.stdin.readline().strip()
        if not asked:
            break
        for _ in range(20):
            app.processEvents()
        data = board.mimeData(modes[asked])
        print(json.dumps([data.text(), data.formats()]), flush=True)
