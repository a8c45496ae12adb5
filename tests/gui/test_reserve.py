"""The room that is kept for the last words: on a disk that is really full, a lock loses none of them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from planner.store.reserve import RESERVE, RESERVE_BYTES, free_reserve, keep_reserve
from tests.store.test_bad_days import private_mount

ROOT = Path(__file__).resolve().parents[2]

LAST_WORDS = """
import os, sys, time
from pathlib import Path
from planner.app import Program, application
from planner.keys import Cost
from planner.sample import fill_for_me
from planner.store.notebooks import Notebook
from planner.store.reserve import RESERVE
from planner.system.relaunch import RecordedRelaunch
from datetime import UTC, date, datetime

folder, kept = Path(sys.argv[1]), sys.argv[2] == "kept"
app = application()
notebook = Notebook.create(folder / "data", "river stone lamp", "Notes", Cost())
fill_for_me(notebook.store, "en", date(2026, 3, 12), "UTC")
notebook.close()

def start():
    noon = datetime(2026, 3, 12, 12, tzinfo=UTC)
    program = Program(app, folder / "data", RecordedRelaunch(), clock=lambda: noon, zone="UTC")
    program.window.show()
    program.lock_screen.secret.field.setText("river stone lamp")
    program.lock_screen._open()
    while program.shell is None:
        app.processEvents()
        time.sleep(0.01)
    return program

program = start()
shell, place = program.shell, program.session.store.folder / RESERVE
assert place.is_file()
if not kept:
    place.unlink()
person = shell.session.person.id
goal = shell.session.goals(person)[0]
before = len(shell.session.goals(person))
with (folder / "filler").open("ab", buffering=0) as stream:
    for size in (65536, 4096, 1):
        try:
            while stream.write(b"x" * size):
                pass
        except OSError:
            pass
WHY = "So that I sleep with the door shut. " * 500

def save():
    with shell.session.edit(person, "Change a goal") as edit:
        edit.change(goal.id, why=WHY)

assert not shell.keep(save)
shell.go("plan")
plan = shell.page("plan")
plan.begin()
plan.new.words.set_text("A room with a door. " * 400)
trouble = ""
try:
    program.lock()
except Exception as problem:
    trouble = type(problem).__name__
(folder / "filler").unlink()
program = start()
session = program.shell.session
same = session.record(person, goal.id).why == WHY
half = (session.draft("plan", person) or {}) != {} or program.shell.page("plan").new.words.text() != ""
print(trouble or "no trouble", "saved" if same else "lost", "half there" if half else "half gone", flush=True)
assert session.store.verify() == []
assert (session.store.folder / RESERVE).is_file()
os._exit(0)
"""


@pytest.mark.skipif(private_mount() is None, reason="this system gives no disk of our own")
@pytest.mark.parametrize(
    ("kept", "what_became"), [("kept", "no trouble saved half there\n"), ("gone", "DiskFull lost half gone\n")]
)
def test_the_last_words_are_kept_on_a_full_disk(tmp_path: Path, kept: str, what_became: str) -> None:
    """Without the reserve they are lost: that is how we know that it is the reserve which keeps them."""
    start = private_mount()
    assert start is not None
    script = f'mount -t tmpfs -o size=16m,mode=700 none "{tmp_path}" && exec "{sys.executable}" - "{tmp_path}" {kept}'
    run = subprocess.run(
        [*start, "sh", "-c", script],
        input=LAST_WORDS,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.stdout, run.returncode) == (what_became, 0), run.stderr


def test_it_is_made_once_and_given_back_once(tmp_path: Path) -> None:
    assert not free_reserve(tmp_path)
    keep_reserve(tmp_path)
    noise = (tmp_path / RESERVE).read_bytes()
    assert len(noise) == RESERVE_BYTES
    keep_reserve(tmp_path)
    assert (tmp_path / RESERVE).read_bytes() == noise
    assert free_reserve(tmp_path)
    assert not free_reserve(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_it_is_not_made_where_it_would_take_the_last_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Usage:
        free = 4 * RESERVE_BYTES

    monkeypatch.setattr("planner.store.reserve.shutil.disk_usage", lambda _folder: Usage)
    keep_reserve(tmp_path)
    assert list(tmp_path.iterdir()) == []
    keep_reserve(tmp_path / "nowhere")
