"""Papers in the store: whole or not there, byte for byte, and gone when they are erased."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.places import DATA
from planner.store.attachments import PIECE
from planner.store.errors import StoreDamaged
from planner.store.rows import AttachmentRow
from planner.store.store import Store
from tests.store.pages import decrypted
from tests.store.rows import ANA, KEY, fill


def paper(name: str, content: bytes, **more: object) -> AttachmentRow:
    values = {
        "person": "ana",
        "title": f"Paper {name}",
        "media_type": "image/png",
        "added": "2026-03-12T10:00:00+00:00",
    }
    return AttachmentRow(id=name, size=len(content), **{**values, **more})  # type: ignore[arg-type]


def counts(store: Store) -> tuple[int, int]:
    rows = store._ask("SELECT (SELECT COUNT(*) FROM attachment), (SELECT COUNT(*) FROM attachment_chunk)")
    return rows[0][0], rows[0][1]


@pytest.mark.parametrize("size", [1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 7])
def test_a_paper_comes_back_byte_for_byte_after_opening_again(tmp_path: Path, size: int) -> None:
    content = os.urandom(size)
    store = Store.create(tmp_path, KEY)
    fill(store)
    store.add_attachment(paper("p", content, record="g1"), content)
    store.close()
    store = Store.open(tmp_path, KEY)
    assert store.attachment("p") == paper("p", content, record="g1")
    assert store.attachment_content("p") == content
    assert [len(each) for each in store.attachment_pieces("p")][:-1] == [PIECE] * ((size - 1) // PIECE)
    store.close()


def test_papers_are_listed_by_person_and_by_what_they_belong_to_the_newest_first(store: Store) -> None:
    store.add_attachment(paper("old", b"1", added="2026-01-01"), b"1")
    store.add_attachment(paper("new", b"22", added="2026-02-01", record="g1"), b"22")
    store.add_attachment(paper("bea", b"333", person="bea", record="g1"), b"333")
    assert [each.id for each in store.attachments("ana")] == ["new", "old"]
    assert [each.id for each in store.attachments(record="g1")] == ["bea", "new"]
    assert len(store.attachments()) == 3


def test_only_title_owner_and_the_mark_of_removal_change(store: Store) -> None:
    row = paper("p", b"content")
    store.add_attachment(row, b"content")
    store.change_attachment("p", title="Birth record", record="g1", removed=True)
    assert store.attachments("ana") == []
    assert store.attachment("p") == replace(row, title="Birth record", record="g1", removed=True)
    store.change_attachment("p", removed=False)
    assert store.attachments("ana") == [replace(row, title="Birth record", record="g1")]
    assert store.attachment_content("p") == b"content"


class Enough(Exception):
    """Somebody pressed Stop."""


@pytest.mark.parametrize("after", [0, 1, 2, 3])
def test_stopping_on_the_way_in_leaves_nothing(store: Store, after: int) -> None:
    content = os.urandom(3 * PIECE)
    calls = []

    def progress(done: int, of: int) -> None:
        assert of == len(content)
        calls.append(done)
        if len(calls) > after:
            raise Enough

    with pytest.raises(Enough):
        store.add_attachment(paper("p", content), content, progress)
    assert calls == [0, PIECE, 2 * PIECE, 3 * PIECE][: after + 1]
    assert counts(store) == (0, 0)


def test_a_paper_that_is_coming_in_is_not_there_yet_and_one_cut_short_goes_at_the_next_folding(store: Store) -> None:
    content = os.urandom(2 * PIECE)
    seen = []

    def look(_done: int, _of: int) -> None:
        seen.append([each.id for each in store.attachments("ana")])

    store.add_attachment(paper("p", content), content, look)
    assert seen == [[], [], []]
    assert [each.id for each in store.attachments("ana")] == ["p"]
    # As a kill between two pieces leaves it, of somebody on hold.
    store.save_person(replace(ANA, held_since="2026-03-01T00:00:00+00:00"))
    store._do("DELETE FROM attachment_chunk WHERE number = 1")
    store._do("UPDATE attachment SET removed = 1")
    assert store.purge_attachments() == 1
    assert counts(store) == (0, 0)


def test_a_row_that_is_not_as_long_as_its_paper_is_refused(store: Store) -> None:
    for size in (0, 3, 5):
        with pytest.raises(ValueError, match="as long as"):
            store.add_attachment(replace(paper("p", b"four"), size=size), b"four")
    with pytest.raises(ValueError, match="as long as"):
        store.add_attachment(paper("p", b""), b"")
    assert counts(store) == (0, 0)


def test_a_missing_piece_is_noticed(store: Store) -> None:
    content = os.urandom(2 * PIECE)
    store.add_attachment(paper("p", content), content)
    assert store.broken_attachments() == []
    store._do("DELETE FROM attachment_chunk WHERE number = 1")
    assert store.broken_attachments() == ["p"]
    assert store.verify() == ["A paper in the notebook is not whole."]
    with pytest.raises(StoreDamaged):
        store.attachment_content("p")
    with pytest.raises(KeyError):
        list(store.attachment_pieces("nobody"))


def test_removed_papers_are_purged_but_not_those_undo_needs_nor_those_of_somebody_on_hold(store: Store) -> None:
    for name, person in (("a", "ana"), ("b", "ana"), ("c", "bea"), ("d", "ana")):
        store.add_attachment(paper(name, b"x", person=person), b"x")
        if name != "d":
            store.change_attachment(name, removed=True)
    store.save_person(replace(ANA, held_since="2026-03-01T00:00:00+00:00"))
    assert store.purge_attachments() == 1
    assert {each.id for each in store.attachments(include_removed=True)} == {"a", "b", "d"}
    store.save_person(ANA)
    assert store.purge_attachments(keep=["b"]) == 1
    assert store.purge_attachments() == 1
    assert {each.id for each in store.attachments(include_removed=True)} == {"d"}


def test_a_large_paper_is_purged_some_pieces_at_a_time(store: Store) -> None:
    content = os.urandom(5 * PIECE)
    for name in ("p", "q"):
        store.add_attachment(paper(name, content), content)
        store.change_attachment(name, removed=True)
    left = []
    while counts(store)[0]:
        gone = store.purge_attachments(pieces=2)
        left.append((gone, *counts(store)))
    assert left == [(0, 2, 8), (0, 2, 6), (1, 1, 4), (0, 1, 2), (0, 1, 0), (1, 0, 0)]


def test_a_paper_erased_slowly_leaves_the_store_free_between_two_pieces(store: Store) -> None:
    content = os.urandom(5 * PIECE)
    store.add_attachment(paper("p", content), content)
    store.add_attachment(paper("q", b"x"), b"x")
    seen = []
    erase = store._erase_pieces

    def look(attachment: str, most: int) -> int:
        seen.append((store._raw.in_transaction, [each.id for each in store.attachments("ana")]))
        return erase(attachment, most)

    store._erase_pieces = look  # type: ignore[method-assign]
    store.erase_attachment_slowly("p")
    assert seen == [(False, ["q"])] * 4
    assert counts(store) == (1, 1)


def test_a_person_takes_the_papers_along(store: Store) -> None:
    store.add_attachment(paper("p", b"x"), b"x")
    store.add_attachment(paper("q", b"y", person="bea"), b"y")
    store.remove_person("ana")
    assert counts(store) == (1, 1)
    assert store.verify() == []


def test_after_erasing_no_page_holds_the_paper_nor_an_earlier_title(store: Store, tmp_path: Path) -> None:
    content = b"the words of a paper. " * 1000
    store.add_attachment(paper("p", content, title="Zwieback from Aunt Ottilie"), content)
    store.change_attachment("p", title="Letter")
    store.checkpoint()
    pages = decrypted(tmp_path / DATA, KEY)
    assert b"words of a paper" in pages, "or the next lines could not see it"
    assert b"Ottilie" not in pages
    store.erase_attachment("p")
    store.erase_attachment("p")
    assert counts(store) == (0, 0)
    assert (tmp_path / f"{DATA}-wal").stat().st_size == 0
    assert b"words of a paper" not in decrypted(tmp_path / DATA, KEY)
    assert store.verify() == []


@given(st.binary(min_size=1, max_size=2000))
def test_any_bytes_come_back(content: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        store = Store.create(Path(folder), KEY)
        fill(store)
        store.add_attachment(paper("p", content), content)
        assert store.attachment_content("p") == content
        store.close()
