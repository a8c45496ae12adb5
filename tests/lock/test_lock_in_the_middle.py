"""The real lock in the middle of long work: the process is gone soon, and what it had begun is whole or not there."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path
from threading import Timer

import pytest

from planner.keys import Cost, WrongPassphrase
from planner.sample import fill_for_me
from planner.store.backups import is_whole, list_backups, make_backup
from planner.store.notebooks import Notebook

ROOT = Path(__file__).resolve().parents[2]
PASSPHRASE = "paper boat on a quiet river"
NEW = "copper lanterns over the old harbor wall"

PROGRAM = """
import sys
from pathlib import Path
from threading import Event
from PySide6.QtCore import QTimer
from planner.app import Program, application
from planner.store.folders import find_stores
from planner.store.notebooks import Notebook
from planner.system import relaunch

relaunch.command = lambda *_words: [sys.executable, "-c", "pass"]
data_dir, (secret, new) = Path(sys.argv[1]), sys.stdin.read().splitlines()
what, how, wait = sys.argv[2], sys.argv[3], int(sys.argv[4])
app = application()
program = Program(app, data_dir, relaunch.DetachedRelaunch(), zone="UTC")
program.window.show()
program.enter_notebook(Notebook.open(find_stores(data_dir)[0].folder, secret))
session, begun, steps = program.session, Event(), [0]


def work(progress):
    def step(done, of):
        steps[0] += 1
        if steps[0] > wait:
            begun.set()
        progress.step(done, of)

    if what == "key change":
        session.notebook.change_passphrase(secret, new, step)
    elif what == "copy":
        session.backups.make(step)
    else:
        from planner.store.backups_open import restore
        restore(session.backups.list()[0].folder, secret, data_dir, "", step)


program.shell.busy("Working", work, lambda _none: None)
assert begun.wait(30)
QTimer.singleShot(0, lambda: program.lock(hide=how == "hide"))
sys.exit(app.exec())
"""


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A notebook of some twenty megabytes with one safety copy, locked."""
    data_dir = tmp_path / "data"
    notebook = Notebook.create(data_dir, PASSPHRASE, "", Cost())
    fill_for_me(notebook.store, "en", date(2026, 3, 12), "UTC")
    for number in range(500):
        notebook.store.set(f"filler {number}", "z" * 40_000)
    make_backup(notebook)
    notebook.close()
    return data_dir


@pytest.mark.parametrize("wait", [0, 20])
@pytest.mark.parametrize(
    ("what", "how"), [("key change", "lock"), ("copy", "hide"), ("copy", "lock"), ("restore", "lock")]
)
def test_the_process_is_gone_soon_and_nothing_is_half_done(data_dir: Path, what: str, how: str, wait: int) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(data_dir), what, how, str(wait)],
        stdin=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
        text=True,
    )
    hung = Timer(60, process.kill)
    hung.start()
    try:
        process.communicate(f"{PASSPHRASE}\n{NEW}\n")
    finally:
        hung.cancel()
    assert process.returncode == 0
    assert not [each for each in data_dir.rglob("*") if each.name.startswith("new-") or ".next" in each.name]
    for folder in data_dir.glob("store-*"):
        opens = [secret for secret in (PASSPHRASE, NEW) if _opens(folder, secret)]
        assert len(opens) == 1, "the old or the new one, never both and never none"
        assert what == "key change" or opens == [PASSPHRASE]
        assert all(is_whole(each) for each in list_backups(folder))


def _opens(folder: Path, secret: str) -> bool:
    with suppress(WrongPassphrase):
        notebook = Notebook.open(folder, secret)
        assert notebook.store.verify() == []
        assert notebook.store.people()
        notebook.close()
        return True
    return False
