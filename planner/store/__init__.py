"""The encrypted local store. Notebooks, which need the keys too, are in :mod:`planner.store.notebooks`."""

from __future__ import annotations

from planner.store.errors import (
    DiskFull,
    DiskTrouble,
    StoreDamaged,
    StoreInUse,
    StoreMissing,
    StoreReadOnly,
    StoreTooNew,
)
from planner.store.rows import (
    ActivityRow,
    AgendaRow,
    DraftRow,
    FillingRow,
    IndexRow,
    NoteRow,
    PersonRow,
    StoredDocument,
)
from planner.store.store import Store

__all__ = [
    "ActivityRow",
    "AgendaRow",
    "DiskFull",
    "DiskTrouble",
    "DraftRow",
    "FillingRow",
    "IndexRow",
    "NoteRow",
    "PersonRow",
    "Store",
    "StoreDamaged",
    "StoreInUse",
    "StoreMissing",
    "StoreReadOnly",
    "StoreTooNew",
    "StoredDocument",
]
