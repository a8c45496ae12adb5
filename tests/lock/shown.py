"""Run in a process of its own: opens a notebook, shows every word on real pages, types some, and locks when told.

``shown.py DATA`` reads the passphrase and the words from standard input, one a line. It writes ``shown`` when all was
on the screen, and waits for a line before it locks.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from planner.app import Program, application
from planner.plan.records import Appointment, Goal, Step, SupportContact
from planner.store.folders import find_stores
from planner.store.notebooks import Notebook
from planner.system import relaunch

data_dir = Path(sys.argv[1])
told = json.loads(sys.stdin.readline())
words = iter(told["words"])


def unhardened(folder: Path, *_more: str) -> list[str]:
    return [sys.executable, "-P", str(Path(__file__).with_name("unhardened.py")), "--data", str(folder)]


relaunch.command = unhardened  # type: ignore[assignment]
app = application()
program = Program(app, data_dir, relaunch.DetachedRelaunch(), zone="America/New_York")
program.window.show()
program.enter_notebook(Notebook.open(find_stores(data_dir)[0].folder, told["passphrase"]))
session = program.session
assert session is not None
assert program.shell is not None
person = session.people()[0].id
session.choose(person)
today = session.today().isoformat()
with session.edit(person, next(words)) as edit:
    for _ in range(30):
        goal = Goal(title=next(words), why=next(words))
        edit.add(goal)
        edit.add(Step(goal=goal.id, title=next(words)))
    for _ in range(20):
        edit.add(SupportContact(name=next(words), role=next(words)))
    for _ in range(15):
        edit.add(Appointment(title=next(words), starts=f"{today}T15:00", zone="America/New_York", place=next(words)))
for page in ("today", "plan", "people", "calendar", "forms"):
    program.shell.go(page)
    for _ in range(5):
        app.processEvents()
    program.window.grab()
field = QLineEdit(program.window)
field.show()
for word in words:
    field.clear()
    QTest.keyClicks(field, word)
    app.processEvents()
print("shown", flush=True)
sys.stdin.readline()
program.lock()
