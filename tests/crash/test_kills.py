"""The process is killed at random moments while it saves, folds and locks; nothing that was reported saved is lost.

A kill does not take the machine's memory for files away, so this shows that every step leaves a whole store behind, not
that the disk was told in time; that is asked of SQLCipher by ``synchronous = FULL`` and checked in the store's tests.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.crash.killing import KillingGround
from tests.crash.killing_copies import CopiesGround
from tests.few_derivations import hashing

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a kill without a word is POSIX's")


def kill_often(folder: Path, times: int, seed: int) -> None:
    ground = KillingGround(folder, seed)
    for _ in range(times):
        ground.look(ground.kill_once())
    # Most of the work was really done, so that the kills had something to hit.
    assert ground.reported > 5 * times


def test_twenty_kills(tmp_path: Path) -> None:
    kill_often(tmp_path / "store", 20, seed=20)


@pytest.mark.slow
def test_two_hundred_kills(tmp_path: Path) -> None:
    kill_often(tmp_path / "store", 200, seed=200)


def test_a_lost_change_would_be_noticed(tmp_path: Path) -> None:
    ground = KillingGround(tmp_path / "store", seed=1)
    ground.look(ground.kill_once())
    with pytest.raises(AssertionError, match="not all are there"):
        ground.look(ground.kill_once(truthful=False))


def kill_among_copies(folder: Path, times: int, seed: int) -> None:
    with hashing():
        ground = CopiesGround(folder, seed)
        for _ in range(times):
            ground.kill_once()
    # The work was really done, and the kills hit each kind of it.
    assert ground.done["put"] > times / 4
    assert {"copy", "secret", "restore"} <= ground.done.keys()
    assert times < 100 or {"copy", "secret", "restore"} <= ground.hit.keys()


def test_fifteen_kills_among_copies_restoring_and_key_changes(tmp_path: Path) -> None:
    kill_among_copies(tmp_path, 15, seed=15)


@pytest.mark.slow
def test_a_thousand_kills_among_copies_restoring_and_key_changes(tmp_path: Path) -> None:
    kill_among_copies(tmp_path, 1000, seed=1000)
