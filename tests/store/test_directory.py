"""The notebook's own places: kept, changed, taken out without a word left behind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.store.rows import ServiceRow
from planner.store.store import Store
from tests.store.rows import KEY

ROW = ServiceRow(
    id="s1",
    origin="hsds/list",
    changed="2026-03-12T10:00:00+00:00",
    content={"name": "Harbor kitchen", "needs": ["food"]},
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.create(tmp_path, KEY)
    yield made
    made.close()


def words_in(store: Store) -> bytes:
    """All that the table holds, as it lies there."""
    return repr(store._ask("SELECT * FROM service")).encode()


def test_an_entry_is_kept_and_changed(store: Store) -> None:
    store.save_service(ROW)
    assert store.services() == [ROW]
    later = ServiceRow(id="s1", changed="2026-03-13T10:00:00+00:00", content={"name": "Harbor table"})
    store.save_service(later)
    assert store.services() == [later]
    assert b"kitchen" not in words_in(store)
    assert store.verify() == []


def test_one_that_was_taken_out_keeps_its_id_and_no_words(store: Store) -> None:
    store.save_service(ROW)
    assert b"Harbor" in words_in(store)
    store.remove_service("s1", "2026-03-14T10:00:00+00:00")
    assert store.services() == []
    (left,) = store.services(include_removed=True)
    assert (left.id, left.removed, left.changed) == ("s1", True, "2026-03-14T10:00:00+00:00")
    assert b"Harbor" not in words_in(store)
    assert b"hsds" not in words_in(store)
    store.remove_service("s1", "later")
    assert store.service("s1") == left
    store.remove_service("nobody", "later")
    assert len(store.services(include_removed=True)) == 1


@pytest.mark.parametrize("content", ["[1]", "no json", '{"name": "' + "x" * 70_000 + '"}'])
def test_what_a_made_up_copy_holds_is_taken_for_nothing(store: Store, content: str) -> None:
    store.save_service(ROW)
    store._do("UPDATE service SET content = ?", (content,))
    assert store.services()[0].content == {}
