"""Versions of forms lie in the notebook as long as somebody needs them, and no longer."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.store.errors import StoreDamaged
from planner.store.packing import LARGEST
from planner.store.rows import FillingRow, FormRow
from planner.store.store import Store
from tests.store.rows import ANA, BEA, KEY

ONE = FormRow(digest="d1", form="intake", version="1", titles={"": "Intake", "es": "Ingreso"}, own=True, added="t1")
TWO = FormRow(digest="d2", form="intake", version="2", titles={"": "Intake"}, own=True, added="t2")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.create(tmp_path, KEY)
    with made.transaction():
        made.save_person(ANA)
        made.save_person(BEA)
    yield made
    made.close()


def filling(person: str, digest: str, name: str = "f1") -> FillingRow:
    return FillingRow(id=name, person=person, form="intake", digest=digest, state=b"{}")


def test_a_form_comes_back_with_the_files_beside_it(store: Store) -> None:
    store.keep_form(ONE, b"<h:html/>" * 1000, {"towns.csv": b"name,label\n", "map.png": b"\x89PNG"})
    assert store.forms() == [ONE]
    assert store.form("d1") == ONE
    assert store.form_content("d1") == (b"<h:html/>" * 1000, {"towns.csv": b"name,label\n", "map.png": b"\x89PNG"})
    assert store.verify() == []
    with pytest.raises(KeyError):
        store.form_content("d2")


def test_the_version_added_last_comes_last(store: Store) -> None:
    store.keep_form(TWO, b"2", {})
    store.keep_form(ONE, b"1", {})
    store.keep_form(FormRow(digest="d3", form="other", titles={}), b"3", {})
    assert [row.digest for row in store.forms("intake")] == ["d1", "d2"]
    store.keep_form(FormRow(digest="d1", form="intake", own=True, added="t3", hidden="t0"), b"never written", {})
    assert [row.digest for row in store.forms("intake")] == ["d2", "d1"]
    assert store.form_content("d1")[0] == b"1"


def test_a_version_stays_while_there_are_answers_under_it(store: Store) -> None:
    store.keep_form(ONE, b"1", {"towns.csv": b"x"})
    store.keep_form(TWO, b"2", {})
    store.save_filling(filling("ana", "d1"))
    store.save_filling(filling("bea", "d1", "f2"))
    store.drop_unused_forms()
    assert [row.digest for row in store.forms()] == ["d1", "d2"]
    store.remove_filling("f1")
    assert [row.digest for row in store.forms()] == ["d1", "d2"]
    store.remove_person("bea")
    assert [row.digest for row in store.forms()] == ["d2"]
    assert store._ask("SELECT * FROM form_file") == []


def test_a_form_that_nobody_brought_in_goes_with_its_last_answers(store: Store) -> None:
    store.keep_form(FormRow(digest="d0", form="intake", added="t0"), b"0", {})
    store.save_filling(filling("ana", "d0"))
    assert store.form_is_used("intake")
    store.remove_filling("f1")
    assert store.forms() == []
    assert not store.form_is_used("intake")


def test_answers_without_their_form_are_told(store: Store) -> None:
    store.keep_form(ONE, b"1", {})
    store.save_filling(filling("ana", "d1"))
    assert store.verify() == []
    store.remove_form("d1")
    assert len(store.verify()) == 1


@pytest.mark.parametrize(
    "packed", [b"no such thing", zlib.compress(b"cut short")[:-3], zlib.compress(bytes(LARGEST + 1))]
)
def test_what_somebody_packed_badly_is_damage_and_nothing_more(store: Store, packed: bytes) -> None:
    store.keep_form(ONE, b"1", {})
    store._do("UPDATE form_kept SET xform = ?", (packed,))
    with pytest.raises(StoreDamaged):
        store.form_content("d1")


def test_titles_that_are_no_words_are_left_aside(store: Store) -> None:
    store.keep_form(ONE, b"1", {})
    store._do("UPDATE form_kept SET titles = ?", ("[1]",))
    assert store.forms()[0].titles == {}


def test_what_is_kept_counts_for_the_next_safety_copy(store: Store) -> None:
    before = store.fingerprint()
    store.keep_form(ONE, b"1", {})
    after = store.fingerprint()
    assert before != after
    store.change_form(FormRow(digest="d1", form="intake", own=True, added="t1", hidden="t2"))
    assert store.fingerprint() != after


def test_a_title_that_goes_on_and_on_is_cut(store: Store) -> None:
    store.keep_form(ONE, b"1", {})
    store._do("UPDATE form_kept SET titles = ?", (json.dumps({"": "x" * 100_000}),))
    assert len(store.forms()[0].titles[""]) == 200
