"""After kills at random moments nothing that was typed is found on the disk, and everything reported saved is there.

The longer proof, of sixty rounds: ``pytest -m slow tests/proofs/test_disk.py``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.lock.scan import Scanner
from tests.proofs.canaries import MARK
from tests.proofs.disk import kill_often
from tests.proofs.encodings import written
from tests.proofs.unpacked import views

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="knows the folders of Linux, and its way to kill")


@pytest.mark.parametrize("way", written(""))
def test_words_are_seen_however_they_are_written(way: str) -> None:
    word = f"0123456789{MARK}abcdef0123"
    scanner = Scanner([word], MARK)
    around = bytes(range(1, 58))
    for before in (b"", around, around[:-1]):
        content = before + written(f"a line with {word} in it, and more")[way] + around
        assert any(scanner.words_in(view) for view in views(content))
    other = written(f"a line with {word[::-1]} in it, and more")[way]
    assert not any(scanner.words_in(view) for view in views(around + other))


def test_a_few_kills(tmp_path: Path) -> None:
    disk = kill_often(tmp_path / "home", 3, seed=4)
    assert sum(disk.did.values()) > 6
    assert disk.saved


@pytest.mark.slow
def test_sixty_kills(tmp_path: Path) -> None:
    disk = kill_often(tmp_path / "home", 60, seed=60, every_byte=True)
    assert disk.did.keys() >= {"goal", "note", "paper", "half typed", "copied", "copy", "secret", "print", "mistake"}
    assert disk.hit.keys() >= {"goal", "note", "lock", "hide", "abort"}
