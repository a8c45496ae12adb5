"""Packs in the store: whole, in place of the version before, and of what was taken out only who gave it."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.store import packs
from planner.store.errors import StoreDamaged
from planner.store.rows import GiverRow, PackRow
from planner.store.store import Store

KEY = b"k" * 32
ROW = PackRow(
    id="heron", giver="ab", version="1.2", digest="cd", names={"en": "Heron"}, forms={"arriving": "ef"}, added="2026-03"
)
FILES = {"pack.toml": b"format = 1", "goals/bus.toml": b"secret words " * 50}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.create(tmp_path, KEY)
    yield made
    made.close()


def test_a_pack_is_kept_whole_after_closing(store: Store, tmp_path: Path) -> None:
    store.keep_pack(ROW, FILES)
    store.close()
    again = Store.open(tmp_path, KEY)
    assert again.packs() == [ROW]
    assert again.pack_files("heron") == FILES
    assert again.pack("other") is None
    assert again.verify() == []
    again.close()


def test_a_newer_version_takes_the_place_of_all_files(store: Store) -> None:
    store.keep_pack(ROW, FILES)
    newer = replace(ROW, version="2", digest="00")
    store.keep_pack(newer, {"pack.toml": b"new"})
    assert (store.packs(), store.pack_files("heron")) == ([newer], {"pack.toml": b"new"})
    assert len(store._ask("SELECT * FROM pack_file")) == 1


def test_of_what_is_taken_out_no_words_stay(store: Store) -> None:
    store.keep_pack(ROW, FILES)
    store.take_pack_out("heron", "2026-04", {"arriving": "ef"})
    assert store.packs() == []
    assert store.pack_files("heron") == {}
    (row,) = store.packs(taken_out=True)
    assert row == replace(ROW, names={}, taken_out="2026-04")
    assert store._ask("SELECT * FROM pack_file") == []
    store.take_pack_out("heron", "2026-05", {})
    store.take_pack_out("nobody", "2026-05", {})
    assert store.packs(taken_out=True) == [row]


def test_givers_are_kept(store: Store) -> None:
    first, second = GiverRow("ab", "Heron House", "2026-03"), GiverRow("cd", "Tern", "2026-04")
    store.save_giver(second)
    store.save_giver(first)
    assert store.givers() == [first, second]
    store.save_giver(replace(first, forgotten="2026-05"))
    assert store.givers()[0].forgotten == "2026-05"


def test_whatever_changes_about_packs_changes_the_fingerprint(store: Store) -> None:
    seen = {store.fingerprint()}
    steps: tuple[Callable[[], None], ...] = (
        lambda: store.keep_pack(ROW, FILES),
        lambda: store.keep_pack(replace(ROW, version="2"), FILES),
        lambda: store.take_pack_out("heron", "2026-04", {}),
        lambda: store.save_giver(GiverRow("ab", "Heron House")),
        lambda: store.save_giver(GiverRow("ab", "Heron House", "", "2026")),
    )
    for work in steps:
        work()
        fresh = store.fingerprint()
        assert fresh not in seen
        seen.add(fresh)


def test_files_that_unpack_to_more_than_a_pack_can_be_are_damaged(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.keep_pack(ROW, FILES)
    monkeypatch.setattr(packs, "LARGEST", sum(map(len, FILES.values())))
    assert store.pack_files("heron") == FILES
    monkeypatch.setattr(packs, "LARGEST", sum(map(len, FILES.values())) - 1)
    with pytest.raises(StoreDamaged):
        store.pack_files("heron")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60), st.booleans())
def test_files_that_cannot_be_unpacked_are_damaged(store: Store, content: bytes, cut: bool) -> None:
    store.keep_pack(ROW, FILES)
    packed = zlib.compress(b"x" * 300)[:-3] if cut else content
    store._do("UPDATE pack_file SET content = ?", (packed,))
    try:
        found = store.pack_files("heron")
    except StoreDamaged:
        return
    assert not cut
    assert set(found.values()) == {zlib.decompress(content)}


@pytest.mark.parametrize("words", ["", "[1]", '"x"', "{", "null"])
def test_odd_words_in_a_row_are_no_trouble(store: Store, words: str) -> None:
    store.keep_pack(ROW, FILES)
    store._do("UPDATE pack SET names = ?, forms = ?", (words, words))
    assert store.packs() == [replace(ROW, names={}, forms={})]
