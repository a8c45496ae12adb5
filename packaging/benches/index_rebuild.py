"""Building the index anew from the documents, a record."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from benches.notebook import DAY, SECRET, ZONE
from benches.table import Measured, in_turn, row, seconds

PEOPLE, RECORDS_EACH = 50, 100
AT_MOST = 25


def microseconds(value: float) -> str:
    """A time in seconds, as the row shows it."""
    return f"{value * 1e6:.0f} µs"


@row("index rebuild, a record", "writing the same rows and words into a plain table and FTS5", f"{AT_MOST} ×")
def rebuild() -> Measured:
    """Reading documents, working out dates, and all rows and words of the index, in one transaction."""
    from planner.keys import Cost
    from planner.sample import fill, many_people
    from planner.session.editing import Editor
    from planner.session.rebuilding import rebuild_index
    from planner.store.connection import connect, durable
    from planner.store.notebooks import Notebook

    count = PEOPLE * RECORDS_EACH
    with tempfile.TemporaryDirectory(prefix="planner-bench-") as name:
        notebook = Notebook.create(Path(name), SECRET, "", Cost())
        fill(notebook.store, many_people(PEOPLE, RECORDS_EACH, "en", DAY, ZONE), DAY)
        rows = notebook.store._ask("SELECT person, id, fields, title, named, words FROM record")  # noqa: SLF001
        raw = connect(Path(name, "raw"), bytes(range(32)), create=True)
        durable(raw, Path(name))

        def theirs() -> None:
            _plainly(raw, rows)

        def ours() -> None:
            rebuild_index(Editor(notebook.store, lambda: DAY))

        held = in_turn(lambda: seconds(ours) / count, lambda: seconds(theirs) / count, 5)
        raw.close()
        notebook.close()
    times = held[0] / held[1]
    return Measured(f"{times:.1f} × ({microseconds(held[0])} against {microseconds(held[1])})", times <= AT_MOST)


def _plainly(raw: Any, rows: list[tuple[Any, ...]]) -> None:
    raw.execute("BEGIN")
    raw.execute("DROP TABLE IF EXISTS record")
    raw.execute("DROP TABLE IF EXISTS search")
    raw.execute("CREATE TABLE record (person TEXT, id TEXT, fields TEXT, title TEXT, UNIQUE (person, id))")
    raw.execute("CREATE VIRTUAL TABLE search USING fts5 (title, words, tokenize = 'unicode61 remove_diacritics 2')")
    raw.executemany("INSERT INTO record VALUES (?, ?, ?, ?)", [row[:4] for row in rows])
    raw.executemany("INSERT INTO search VALUES (?, ?)", [row[4:] for row in rows])
    raw.execute("COMMIT")
