"""A safety copy of a notebook beside copying its file, and the longest wait of somebody who writes meanwhile."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from pathlib import Path
from time import sleep

from benches.notebook import SECRET, make_crowd
from benches.table import Measured, in_turn, milliseconds, ratio, row, seconds

PEOPLE = 200
REPEATS = 5
LIMIT = 40
WAIT_MS = 50
_PAUSE = 0.002


@row(
    f"a safety copy, encrypted anew, flushed and read back, of {PEOPLE * 100:,} records",
    "copying the file, flushed",
    f"{LIMIT} ×",
)
def a_backup() -> Measured:
    """Making a copy, checked and sealed, against the bytes of the file alone."""
    from planner.store.backups import make_backup
    from planner.store.notebooks import Notebook

    with tempfile.TemporaryDirectory() as place:
        folder = make_crowd(Path(place) / "data", PEOPLE)
        plain = Path(place) / "plain"
        plain.write_bytes((folder / "data").read_bytes())
        size = plain.stat().st_size
        notebook = Notebook.open(folder, SECRET)
        to = Path(place) / "to"
        to.mkdir()

        def ours() -> float:
            taken = seconds(lambda: make_backup(notebook, to))
            shutil.rmtree(to)
            to.mkdir()
            return taken

        def copied() -> None:
            shutil.copyfile(plain, to / "copy")
            with (to / "copy").open("rb+") as stream:
                os.fsync(stream.fileno())

        mine, other = in_turn(ours, lambda: seconds(copied), REPEATS)
        notebook.close()
    return ratio(mine, other, LIMIT, lambda value: f"{milliseconds(value)} for {size / 1e6:.0f} MB")


@row("the longest wait of an edit while a safety copy is made", "the same edits with nothing beside", f"{WAIT_MS} ms")
def waiting() -> Measured:
    """Small durable writes in one thread, copies in another; then as many writes alone."""
    from planner.store.backups import make_backup
    from planner.store.notebooks import Notebook

    with tempfile.TemporaryDirectory() as place:
        notebook = Notebook.open(make_crowd(Path(place) / "data", PEOPLE), SECRET)
        ended = threading.Event()

        def copies() -> None:
            for _time in range(REPEATS):
                make_backup(notebook, Path(place))
            ended.set()

        def write(number: int) -> float:
            taken = seconds(lambda: notebook.store.set("bench", number))
            sleep(_PAUSE)
            return taken

        beside = threading.Thread(target=copies)
        beside.start()
        waits = [0.0]
        while not ended.is_set():
            waits.append(write(len(waits)))
        beside.join()
        alone = max(write(-number) for number in range(len(waits)))
        notebook.close()
    # A busy machine makes an edit wait without any copy; that is not what is held against it.
    text = f"{milliseconds(max(waits))} ({milliseconds(alone)} alone)"
    return Measured(text, max(waits) * 1000 <= WAIT_MS or max(waits) <= 1.5 * alone)
