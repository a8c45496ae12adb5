"""Every old notebook opens: each is kept as it was written, and compared with what a new one looks like."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from planner.session import Session
from planner.store.connection import connect
from planner.store.errors import DiskFull
from planner.store.notebooks import Notebook
from planner.store.store import Store
from planner.store.upgrade import SCHEMA_VERSION, version_of
from tests.store.rows import KEY

OLD = sorted((Path(__file__).parent / "old").glob("version-*"))
PASSPHRASE = "paper boat on a quiet river"


@pytest.fixture(params=OLD, ids=lambda folder: folder.name)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    folder = tmp_path / "store-old"
    shutil.copytree(request.param, folder)
    return folder


def test_there_is_an_old_notebook_for_every_version_before_this() -> None:
    assert [folder.name for folder in OLD] == [f"version-{number}" for number in range(1, SCHEMA_VERSION)]


def test_an_old_notebook_opens_with_everything_in_it(old: Path) -> None:
    notebook = Notebook.open(old, PASSPHRASE)
    session = Session(notebook, clock=lambda: datetime(2026, 3, 12, 12, tzinfo=UTC), zone="UTC")
    (me,) = session.people()
    assert me.name == "Ana"
    assert session.goals(me.id)
    assert session.agenda(date(2026, 3, 12), 30, me.id)
    assert [note.facts for note in notebook.store.notes(me.id)] == ["Called the clinic."]
    assert session.draft("plan", me.id) == {"text": "half"}
    assert notebook.store.verify() == []
    person = notebook.store.person(me.id)
    assert person is not None
    assert person.held_since == ""
    notebook.close()
    again = Notebook.open(old, PASSPHRASE)
    assert version_of(again.store._raw) == SCHEMA_VERSION
    again.close()


def test_papers_and_answers_of_version_2_are_all_there(tmp_path: Path) -> None:
    folder = tmp_path / "store-old"
    shutil.copytree(OLD[1], folder)
    notebook = Notebook.open(folder, PASSPHRASE)
    session = Session(notebook, clock=lambda: datetime(2026, 3, 13, 12, tzinfo=UTC), zone="UTC")
    (me,) = session.people()
    (paper,) = notebook.store.attachments(me.id)
    assert paper.title == "Birth certificate"
    assert notebook.store.attachment_content(paper.id) == b"%PDF-1.4 made up " * 20
    assert [row.form for row in session.forms.finished(me.id)] == ["first-steps"]
    assert [row.form for row in session.forms.unfinished(me.id)] == ["first-steps"]
    desk = session.forms.open(me.id, "first-steps")
    assert desk.filling.value("needs") == "sleep"
    assert desk.filling.value("sleep_tonight") == "unsure"
    notebook.close()


def _shape(store: Store) -> dict[str, Any]:
    """Every table with its columns, and every index and trigger with its words, spaces aside."""
    named = store._ask("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
    shape: dict[str, Any] = {}
    for kind, name, sql in named:
        if kind == "table" and not name.startswith("search"):
            shape[name] = store._ask(f"PRAGMA table_xinfo({name})"), store._ask(f"PRAGMA foreign_key_list({name})")
        else:
            shape[name] = " ".join(sql.split())
    return shape


def test_an_old_notebook_comes_to_look_like_a_new_one(old: Path, tmp_path: Path) -> None:
    notebook = Notebook.open(old, PASSPHRASE)
    (tmp_path / "new").mkdir()
    new = Store.create(tmp_path / "new", KEY)
    assert _shape(notebook.store) == _shape(new)
    notebook.close()
    new.close()


def test_what_comes_before_an_upgrade_sees_the_old_tables_and_can_stop_it(tmp_path: Path) -> None:
    made = Store.create(tmp_path, KEY)
    made._do("PRAGMA user_version = 1")
    later = (
        "TABLE service",
        "TABLE giver",
        "TABLE pack_file",
        "TABLE pack",
        "TRIGGER person_is_held",
        "TABLE attachment_chunk",
        "TABLE attachment",
        "TABLE form_file",
        "TABLE form_kept",
    )
    for gone in later:
        made._do(f"DROP {gone}")
    made._do("DROP INDEX filling_by_form")
    made._do("ALTER TABLE filling DROP COLUMN digest")
    made._do("ALTER TABLE person DROP COLUMN held_since")
    made.close()
    seen: list[int] = []

    def no_room(connection: Any) -> None:
        seen.append(version_of(connection))
        raise DiskFull

    with pytest.raises(DiskFull):
        Store.open(tmp_path, KEY, no_room)
    assert seen == [1]
    left = connect(tmp_path / "data", KEY)
    assert version_of(left) == 1
    assert "held_since" not in {row[1] for row in left.execute("PRAGMA table_xinfo(person)")}
    left.close()
    store = Store.open(tmp_path, KEY, lambda connection: seen.append(version_of(connection)))
    assert seen == [1, 1]
    assert store.people() == []
    store.close()
    Store.open(tmp_path, KEY, no_room).close()
