"""Nobody else opens what a stranger wrote: what reads it is named in the child's own modules and nowhere else."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PLANNER = Path(__file__).resolve().parents[2] / "planner"

READERS = {
    # What reads, and the files beside those of planner.apart in which it may be named.
    "read_calendar": {"exchange/calendar_read.py"},
    "read_cards": {"exchange/cards_read.py"},
    "read_services": {"exchange/services_read.py", "packs/services.py", "packs/check.py"},
    "read_form_file": {"forms/reading.py", "forms/form.py", "forms/compile.py"},
    "read_form_data": {"forms/reading.py", "forms/form.py"},
    "read_pack": {"packs/check.py", "packs/report.py"},
    "ready_to_leave": {"exchange/paper_kinds.py"},
    "clean_pdf": {"exchange/paper_kinds.py", "exchange/clean_pdf.py"},
    "photo_page": {"exchange/clean_pdf.py"},
    "PdfDocument": {"ui/paper/pdf_pages.py"},
    "QImageReader": set(),
    "fromData": set(),
    "loadFromData": set(),
    "QMovie": set(),
    "QMediaPlayer": set(),
}
ASKS = {"planner.apart.data_files", "planner.apart.form_files", "planner.apart.papers"}
HARMLESS = {
    # Names the kinds of pictures that Qt knows; it is given none.
    ("QImageReader", "ui/paper/pictures.py"),
    # The command line has no open store.
    ("read_form_file", "cli.py"),
    ("read_pack", "cli.py"),
}


def named(source: str) -> Iterator[str]:
    """What a module names: what it imports but from who asks a child, and what it calls something's own."""
    tree = ast.parse(source)
    asked = {
        each.asname or each.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in ASKS
        for each in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module not in ASKS:
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Name) and node.id not in asked:
            yield node.id


@cache
def names() -> dict[str, set[str]]:
    """What each module names, but for the child's own and the tour's."""
    found = {}
    for path in PLANNER.rglob("*.py"):
        name = path.relative_to(PLANNER).as_posix()
        if not name.startswith(("apart/", "tour/")):
            found[name] = set(named(path.read_text("utf-8")))
    return found


def found(reader: str) -> set[str]:
    return {name for name, its in names().items() if reader in its and (reader, name) not in HARMLESS}


def test_what_reads_is_named_by_the_child_alone() -> None:
    assert {reader: found(reader) - elsewhere for reader, elsewhere in READERS.items()} == {
        reader: set() for reader in READERS
    }


def test_a_name_would_be_noticed() -> None:
    assert "read_cards" in set(named("from planner.exchange.cards_read import read_cards"))
    assert "read_cards" in set(named("import planner.exchange.cards_read as c\nc.read_cards(b'')"))
    assert "read_cards" not in set(named("from planner.apart.data_files import read_cards\nread_cards(b'')"))
    assert "QImageReader" in set(named("from PySide6.QtGui import QImageReader"))
    # Where it has to be, it is.
    assert {"exchange/cards_read.py", "ui/paper/pdf_pages.py"} >= found("PdfDocument")
    assert found("PdfDocument")
    for reader in ("read_calendar", "QImageReader", "PdfDocument", "ready_to_leave", "read_form_data"):
        apart = PLANNER / "apart"
        assert any(reader in path.read_text("utf-8") for path in apart.glob("*.py")), reader
