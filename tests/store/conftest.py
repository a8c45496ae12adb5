from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from planner.keys import Cost
from planner.store.backups import make_backup
from planner.store.notebooks import Notebook
from planner.store.store import Store
from tests.few_derivations import hashing
from tests.store.changing import OLD
from tests.store.copies import NOW
from tests.store.rows import KEY, fill, goal


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store on the disk with two people in it."""
    made = Store.create(tmp_path, KEY)
    fill(made)
    yield made
    made.close()


@pytest.fixture
def quick_keys() -> Iterator[None]:
    """A hash stands in for Argon2id, which is asked about in tests/proofs and writes nothing."""
    with hashing():
        yield


@pytest.fixture(scope="session")
def with_copies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed notebook that opens with OLD where ``quick_keys`` are in use, with three copies of three days."""
    with hashing():
        notebook = Notebook.create(tmp_path_factory.mktemp("made"), OLD, "Notes", Cost())
        fill(notebook.store)
        notebook.store.put_rows([goal("bea", f"g{number}", f"Title {number}", "word " * 400) for number in range(100)])
        for day in range(3):
            notebook.store.set("day", day)
            make_backup(notebook, now=NOW + timedelta(days=day))
        notebook.close()
    return notebook.folder


@pytest.fixture
def notebook(with_copies: Path, tmp_path: Path, quick_keys: None) -> Iterator[Notebook]:
    """A copy of it, open."""
    shutil.copytree(with_copies, tmp_path / "data" / "store-a")
    found = Notebook.open(tmp_path / "data" / "store-a", OLD)
    yield found
    found.close()
