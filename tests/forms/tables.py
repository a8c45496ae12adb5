"""Small forms written as Markdown tables, for the tests."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from planner.forms.form import Form
from planner.forms.reading import read_form_file, xform_from_table

NOW = datetime(2026, 3, 12, 10, 30, tzinfo=UTC)


def table(survey: str, choices: str = "", settings: str = "", entities: str = "") -> str:
    """A form table; each sheet is given as its rows, the header first, cells parted by ``|``."""
    out: list[str] = []
    sheets = {
        "settings": settings or "form_title | form_id | version\nT | t | 1",
        "survey": survey,
        "choices": choices,
        "entities": entities,
    }
    for name, rows in sheets.items():
        if rows.strip():
            out.append(f"| {name} |")
            out.extend(f"| | {row.strip()} |" for row in rows.strip().splitlines())
    return "\n".join(out) + "\n"


def form(survey: str, choices: str = "", settings: str = "", entities: str = "") -> Form:
    """A form from such a table, read just as one from a file is."""
    file = xform_from_table(table(survey, choices, settings, entities).encode(), ".md")
    return Form.from_made(file)


def example(folder: Path) -> Path:
    """The example of the author's guide, written into a folder."""
    path = folder / "example.md"
    path.write_text((Path(__file__).parent / "example.md").read_text("utf-8"), "utf-8")
    assert read_form_file(path).xform
    return path
