"""Brings papers in and erases them until it is killed, and says what it is about to do and what is done.

Run as a program: ``busy_papers.py FOLDER SEED``, the raw data key in hex as the first line of standard input. Lines on
standard output are JSON: ``[what, id, size]``, first with "keeping" or "erasing", then with "kept" or "erased". What is
in a paper follows from its id and size.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

from planner.plan.records import new_id
from planner.store.attachments import PIECE
from planner.store.rows import AttachmentRow
from planner.store.store import Store


def content_of(paper: str, size: int) -> bytes:
    """The bytes of a made-up paper."""
    return random.Random(paper).randbytes(1000).ljust(size, paper[:1].encode())


def say(*words: object) -> None:
    print(json.dumps(words), flush=True)


def work(folder: Path, key: bytes, seed: int) -> None:
    dice = random.Random(seed)
    store = Store.open(folder, key)
    store.purge_attachments()
    person = store.people()[0].id
    mine: list[tuple[str, int]] = []
    while True:
        if len(mine) > 3:
            paper, size = mine.pop(dice.randrange(len(mine)))
            say("erasing", paper, size)
            if dice.random() < 0.5:
                store.erase_attachment(paper)
            else:
                store.erase_attachment_slowly(paper)
            say("erased", paper, size)
            continue
        paper, size = new_id(), dice.randrange(1000, 6 * PIECE)
        row = AttachmentRow(id=paper, person=person, title="Paper", media_type="image/png", size=size, added="2026")
        say("keeping", paper, size)
        store.add_attachment(row, content_of(paper, size))
        say("kept", paper, size)
        mine.append((paper, size))


if __name__ == "__main__":
    work(Path(sys.argv[1]), bytes.fromhex(sys.stdin.readline().strip()), int(sys.argv[2]))
