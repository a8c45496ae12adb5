from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.store.store import Store
from tests.store.rows import KEY, fill


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store on the disk with two people in it."""
    made = Store.create(tmp_path, KEY)
    fill(made)
    yield made
    made.close()
