"""What a mistake of ours writes where others may read it: the type, and places in the code. Never a word of hers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.telling import telling_in

ROOT = Path(__file__).resolve().parents[2]
WORDS = "bluebird-in-the-shelter"
WHERE = ["before the window", "slot", "thread", "deleting"]


def written(how: str, where: str, home: Path) -> str:
    """All that the process wrote, and what it left in its folders."""
    home.mkdir()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("COVERAGE", "XDG_"))}
    done = subprocess.run(
        [sys.executable, "-P", str(Path(__file__).with_name("crashing.py")), how, where],
        env=kept | {"PYTHONPATH": str(ROOT), "HOME": str(home), "TMPDIR": str(home)},
        input=f"{WORDS}\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert "ValueError" in done.stderr, "it did not come up"
    left = [each.read_bytes().decode(errors="replace") for each in home.rglob("*") if each.is_file()]
    return "\n".join([done.stdout, done.stderr, *left])


@pytest.mark.parametrize("where", WHERE)
def test_a_mistake_writes_no_word_of_hers(where: str, tmp_path: Path) -> None:
    assert WORDS in written("plain", where, tmp_path / "plain")
    ours = written("ours", where, tmp_path / "ours")
    assert WORDS not in ours
    assert "break_down" in ours
    assert telling_in(ours) == []
