"""Run in a process of its own: from the derived key to Today painted; prints the seconds. The secret comes on input."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from planner.app import Program, application
from planner.keys import KeyFile
from planner.store.notebooks import Notebook
from planner.store.store import Store
from planner.system.relaunch import RecordedRelaunch

folder = Path(sys.argv[1])
app = application()
program = Program(
    app,
    folder.parent,
    RecordedRelaunch(),
    clock=lambda: datetime(2026, 3, 12, 14, tzinfo=UTC),
    zone="America/New_York",
)
program.window.show()
app.processEvents()
keys = KeyFile.read(folder)
data_key = keys.open(sys.stdin.readline().strip())

begun = perf_counter()
program.enter_notebook(Notebook(folder, keys, data_key, Store.open(folder, data_key.raw)))
app.processEvents()
print(perf_counter() - begun, flush=True)
os._exit(0)
