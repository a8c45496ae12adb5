"""What was written is in no byte of the folder; what was deleted is in no decrypted byte of the database."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from planner.keys import Cost
from planner.store.connection import connect
from planner.store.notebooks import Notebook
from planner.store.rows import FillingRow, NoteRow, PersonRow
from planner.store.store import Store
from tests.store.pages import decrypted, example_of_fips_197
from tests.store.rows import KEY, contact, goal

WORDS = [f"kanarienvogel{number}x" for number in range(20)]


def found_in(content: bytes) -> list[str]:
    low = content.lower()
    return [word for word in WORDS if word.encode() in low or word.encode("utf-16-le") in low]


def found_in_folder(folder: Path) -> list[str]:
    return [word for each in folder.rglob("*") if each.is_file() for word in found_in(each.read_bytes())]


def test_the_finder_finds(tmp_path: Path) -> None:
    plain = sqlcipher.connect(str(tmp_path / "plain"))
    plain.execute("CREATE TABLE t (a)")
    plain.execute("INSERT INTO t VALUES (?)", (WORDS[3].upper(),))
    plain.commit()
    plain.close()
    (tmp_path / "wide").write_text(WORDS[4], "utf-16")
    assert sorted(found_in_folder(tmp_path)) == sorted([WORDS[3], WORDS[4]])


def test_no_word_stands_in_the_folder(tmp_path: Path) -> None:
    notebook = Notebook.create(tmp_path / "data", WORDS[0], "Notes", Cost())
    store = notebook.store
    store.save_person(PersonRow(id="p", name=WORDS[1], code=WORDS[2]))
    store.add_delta("p", "everyday", WORDS[3].encode())
    store.put_rows(
        [goal("p", "g", WORDS[4], WORDS[5], fields={"why": WORDS[6]}), contact("p", "c", WORDS[7], WORDS[8])]
    )
    store.save_filling(FillingRow(id="f", person="p", form=WORDS[9], state=WORDS[10].encode()))
    store.add_note(NoteRow(id="n", person="p", facts=WORDS[11]))
    store.put_draft(WORDS[12], "p", {"text": WORDS[13]})
    store.set(WORDS[14], WORDS[15])
    store.log("now", WORDS[16], "p", {"what": WORDS[17]})
    notebook.add_passphrase(WORDS[18], WORDS[19])
    # In use, with a full log; then closed; then under another key.
    assert (notebook.folder / "data-wal").stat().st_size
    assert found_in_folder(tmp_path) == []
    notebook.change_passphrase(WORDS[0], "other words")
    assert found_in_folder(tmp_path) == []
    notebook.close()
    assert found_in_folder(tmp_path) == []
    assert [each.label for each in Notebook.open(notebook.folder, "other words").slots()] == [WORDS[19], ""]


def test_the_reader_of_pages_reads_and_sees_free_pages(tmp_path: Path) -> None:
    got, wanted = example_of_fips_197()
    assert got == wanted
    raw = connect(tmp_path / "data", KEY, create=True)
    raw.execute("PRAGMA secure_delete = OFF")
    raw.execute("CREATE TABLE t (a TEXT)")
    raw.executemany("INSERT INTO t VALUES (?)", [(word * 20,) for word in WORDS])
    raw.execute("DELETE FROM t")
    raw.close()
    plain = decrypted(tmp_path / "data", KEY)
    assert b"CREATE TABLE t" in plain
    assert found_in(plain)


@pytest.mark.parametrize("kind", ["fold", "drop", "change", "filling", "person", "index", "draft"])
def test_deleted_words_are_gone(tmp_path: Path, kind: str) -> None:
    store = Store.create(tmp_path, KEY)
    store.save_person(PersonRow(id="p", name="Ana" if kind != "person" else WORDS[0]))
    store.add_delta("p", "everyday", WORDS[1].encode() * 400)
    store.put_rows([goal("p", f"g{at}", WORDS[at], WORDS[at + 5], fields={"why": WORDS[at] * 90}) for at in range(5)])
    store.save_filling(FillingRow(id="f", person="p", form="a", state=WORDS[10].encode() * 300))
    store.put_draft("page", "p", {"text": WORDS[11] * 300})
    store.checkpoint()
    assert set(found_in(decrypted(tmp_path / "data", KEY))) >= set(WORDS[1:12])
    store.fold("p", "everyday", b"clean")
    if kind == "person":
        store.remove_person("p")
    else:
        if kind == "index":
            store.clear_index()
        elif kind == "change":
            store.put_rows([goal("p", f"g{at}", "Another title", "other") for at in range(5)])
        else:
            store.drop_rows("p", [f"g{at}" for at in range(5)])
        if kind == "change":
            store.save_filling(FillingRow(id="f", person="p", form="a", state=b"other"))
        else:
            store.remove_filling("f")
        store.put_draft("page", "p", None)
    # Without closing: the log was emptied by the deletion itself.
    assert (tmp_path / "data-wal").stat().st_size == 0 or kind == "change"
    store.checkpoint()
    assert found_in(decrypted(tmp_path / "data", KEY)) == []
    store.close()
    assert found_in(decrypted(tmp_path / "data", KEY)) == []


def test_the_key_stands_in_no_sql_and_no_repr(tmp_path: Path) -> None:
    store = Store.create(tmp_path, KEY)
    asked: list[str] = []
    store._raw.set_trace_callback(asked.append)
    store.set("a", 1)
    store.rotate(bytes(reversed(KEY)), lambda: None)
    store._raw.set_trace_callback(None)
    assert asked
    assert not [sql for sql in asked if KEY.hex() in sql.lower() or bytes(reversed(KEY)).hex() in sql.lower()]
    assert KEY.hex() not in repr(vars(store))
    store.close()
