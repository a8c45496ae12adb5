"""The process is killed while papers come in and are erased: each is there whole, or not at all."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from planner.store.rows import PersonRow
from planner.store.store import Store
from tests.crash.busy_papers import content_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a kill without a word is POSIX's")
BUSY = Path(__file__).with_name("busy_papers.py")
ROOT = Path(__file__).resolve().parents[2]


def killed_after(folder: Path, key: bytes, seed: int, lines: int, moment: float) -> list[tuple[str, str, int]]:
    """Everything that was said; the kill comes ``moment`` seconds after so many lines."""
    with subprocess.Popen(
        [sys.executable, str(BUSY), str(folder), str(seed)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": str(ROOT)},
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{key.hex()}\n")
        process.stdin.flush()
        said = [process.stdout.readline() for _line in range(lines)]
        try:
            process.wait(moment)
        except subprocess.TimeoutExpired:
            process.kill()
        said += process.stdout.readlines()
    return [tuple(json.loads(line)) for line in said if line.endswith("\n")]


def test_a_paper_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    dice = random.Random(8)
    key = dice.randbytes(32)
    store = Store.create(tmp_path, key)
    store.save_person(PersonRow(id="ana", name="Ana"))
    store.close()
    there: dict[str, int] = {}
    cut_short = 0
    for seed in range(12):
        said = killed_after(tmp_path, key, seed, dice.randrange(1, 14), dice.random() * 0.05)
        uncertain = ""
        for what, paper, size in said:
            if what == "kept":
                there[paper] = size
            elif what == "erased":
                there.pop(paper, None)
            uncertain = paper if what in ("keeping", "erasing") else ""
        store = Store.open(tmp_path, key)
        assert store.verify() == []
        found = {row.id: row.size for row in store.attachments()}
        cut_short += len(store.attachments(include_removed=True)) - len(found)
        assert {k: v for k, v in found.items() if k != uncertain} == {k: v for k, v in there.items() if k != uncertain}
        for paper, size in found.items():
            assert store.attachment_content(paper) == content_of(paper, size)
        there = found
        store.purge_attachments()
        assert {row.id for row in store.attachments(include_removed=True)} == set(found)
        assert store._ask("SELECT COUNT(DISTINCT attachment) FROM attachment_chunk") == [(len(found),)]
        store.close()
    assert there, "papers were kept"
    assert cut_short, "the kills had something to hit"
