"""Photos and PDFs changed at random and cleaned: cleaned or refused, in time, and never with the words of the camera.

python -m tests.fuzz.fuzz_papers SECONDS [FOLDER FOR FINDS] [FIRST RANDOM NUMBER]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from planner.exchange.clean_image import CannotClean
from planner.exchange.paper_kinds import NotAPaper, kind_of, ready_to_leave
from tests.fuzz.run import main
from tests.unit.exchange.photos import jpeg, pdf, png, webp

SEEDS = {"a.jpg": jpeg(6), "b.jpg": jpeg(progressive=True), "c.png": png(6), "d.webp": webp(6), "e.pdf": pdf()}


def read(data: bytes) -> None:
    """Clean a file; what is clean stays as it is."""
    try:
        kind = kind_of(data)
        cleaned = ready_to_leave(kind, data, lambda _done, _of: None)
    except (NotAPaper, CannotClean):
        return
    assert kind_of(cleaned) == kind
    if kind != "application/pdf":
        assert ready_to_leave(kind, cleaned, lambda _done, _of: None) == cleaned


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        for name, content in SEEDS.items():
            (Path(folder) / name).write_bytes(content)
        main(read, Path(folder), sys.argv[1:])
