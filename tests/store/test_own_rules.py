"""A copy that somebody handed over brings words, and nothing that acts on them."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.keys.keyfile import DataKey
from planner.store.backups_copy import view
from planner.store.backups_errors import BackupDamaged
from planner.store.backups_open import BackupView
from planner.store.connection import connect
from planner.store.errors import StoreDamaged
from planner.store.own_rules import own_rules, own_tables
from planner.store.rows import NoteRow
from planner.store.store import Store
from tests.store.rows import KEY, fill

NOTE = NoteRow(
    id="n-new",
    person="ana",
    amends="",
    at="2026-03-12T12:00:00+00:00",
    author="Miriam",
    when_date="2026-03-12",
    kind="call",
    minutes=5,
    who="",
    facts="Called.",
    agreed="",
)
STASH = "CREATE TRIGGER stash AFTER UPDATE ON person BEGIN INSERT OR REPLACE INTO setting VALUES ('old', old.name); END"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store = Store.create(tmp_path, KEY)
    fill(store)
    store.close()
    return tmp_path


def change(folder: Path, *statements: str) -> None:
    raw = connect(folder / "data", KEY)
    for statement in statements:
        raw.execute(statement)
    raw.close()


def rules(store: Store) -> set[str]:
    return {name for (name,) in store._ask("SELECT name FROM sqlite_schema WHERE type IN ('trigger', 'view')")}


def test_every_rule_is_known_by_its_statement(folder: Path) -> None:
    store = Store.open(folder, KEY)
    assert rules(store) == {name for _kind, name in own_rules()}
    assert {"note_stays", "person_is_held", "searched"} <= rules(store)
    store.close()


def test_a_rule_of_somebody_else_is_gone_before_anything_is_written(folder: Path) -> None:
    change(folder, STASH, 'CREATE VIEW [odd "name] AS SELECT 1')
    raw = connect(folder / "data", KEY)
    raw.execute("UPDATE person SET code = 'x' WHERE id = 'ana'")
    assert raw.execute("SELECT value FROM setting WHERE name = 'old'").fetchone() == ("Ana",), "it would act"
    raw.execute("DELETE FROM setting WHERE name = 'old'")
    raw.close()
    store = Store.open(folder, KEY)
    store._do("UPDATE person SET code = 'y' WHERE id = 'ana'")
    assert store.get("old") is None
    assert rules(store) == {name for _kind, name in own_rules()}
    assert store.verify() == []
    store.close()


def test_a_rule_that_was_changed_or_taken_away_is_ours_again(folder: Path) -> None:
    weaker = "CREATE TRIGGER note_stays BEFORE UPDATE ON note WHEN 0 BEGIN SELECT RAISE(ABORT, 'never'); END"
    change(folder, "DROP TRIGGER note_stays", weaker, "DROP TRIGGER record_found", "DROP TRIGGER person_is_held")
    store = Store.open(folder, KEY)
    with store.transaction():
        store.add_note(NOTE)
    with pytest.raises(Exception, match="append-only"):
        store._do("UPDATE note SET facts = 'other' WHERE id = 'n-new'")
    assert rules(store) == {name for _kind, name in own_rules()}
    store.close()


ENDLESS = "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT"
IN_THE_PLACE_OF_A_TABLE = {
    "a view without end": (
        "ALTER TABLE setting RENAME TO other",
        f"CREATE VIEW Setting AS {ENDLESS} 'k' || x AS name, x AS value FROM n",
    ),
    "a column of a hundred megabytes a row": (
        "ALTER TABLE note RENAME TO other",
        "CREATE TABLE note (id TEXT, person TEXT, facts BLOB AS (zeroblob(100000000)) VIRTUAL)",
    ),
    "a search": ("ALTER TABLE person RENAME TO other", "CREATE VIRTUAL TABLE person USING fts5 (id, name)"),
}


@pytest.mark.parametrize("what", IN_THE_PLACE_OF_A_TABLE)
def test_what_computes_in_the_place_of_a_table_is_refused_before_it_is_read(folder: Path, what: str) -> None:
    """A copy that somebody handed over would fill all memory while the notebook beside it is open."""
    change(folder, *IN_THE_PLACE_OF_A_TABLE[what])
    with pytest.raises(StoreDamaged):
        Store.open(folder, KEY)
    raw = view(folder / "data", KEY)
    try:
        assert raw.execute("SELECT count(*) FROM (SELECT 1 FROM setting LIMIT 1000)").fetchone()[0] > 0, "it is there"
    finally:
        raw.close()
    with pytest.raises(BackupDamaged):
        BackupView.of(folder, DataKey(KEY))


def test_the_tables_of_ours_are_known(folder: Path) -> None:
    store = Store.open(folder, KEY)
    there = {name for (name,) in store._ask("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    assert {each for each in there if not each.startswith(("search", "sqlite_"))} == own_tables()
    store.close()
