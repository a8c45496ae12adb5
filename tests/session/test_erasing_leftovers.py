"""What could outlive erasing: what a kill left, and what came while somebody was being asked."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from planner.plan.records import Goal
from planner.store.erasing import clear_erased
from planner.store.notebooks import Notebook
from tests.session.conftest import PASSPHRASE, Kept


def half_made(kept: Kept) -> Path:
    """What a kill at the last step of making a notebook of a safety copy leaves: whole, but under another name."""
    folder = kept.folder.parent / "new-0123456789ab"
    shutil.copytree(kept.folder, folder)
    return folder


def test_a_notebook_that_was_half_made_of_a_copy_goes_with_the_one_that_is_erased(kept: Kept) -> None:
    with kept.session.edit(kept.me, "Add a goal") as edit:
        edit.add(Goal(title="heron-goal"))
    kept.session.lock()
    folder = half_made(kept)
    left = Notebook.open(folder, PASSPHRASE)
    assert [row.title for row in left.store.rows()] == ["heron-goal"]
    left.close()
    session = kept.open()
    session.erasing.allow_notebook(PASSPHRASE)
    session.erasing.erase_notebook()
    assert not [each for each in kept.folder.parent.iterdir() if each.is_dir()]


def test_what_was_half_made_goes_at_the_next_start_unless_it_is_being_made_now(kept: Kept) -> None:
    kept.session.lock()
    folder = half_made(kept)
    (folder / "data").touch()
    clear_erased(folder.parent)
    assert folder.is_dir()
    for each in (folder / "data", folder):
        os.utime(each, (1_000_000, 1_000_000))
    clear_erased(folder.parent)
    assert not folder.exists()
    assert kept.folder.is_dir()
    kept.open()
