"""The plainest edits, for tests that need something written."""

from __future__ import annotations

from typing import Any

from planner.session import Session


def add(session: Session, person: str, *records: Any) -> None:
    """Add records in one edit."""
    with session.edit(person, "Add") as edit:
        for record in records:
            edit.add(record)


def change(session: Session, person: str, record: str, **values: Any) -> None:
    """Set fields of one record."""
    with session.edit(person, "Change") as edit:
        edit.change(record, **values)
