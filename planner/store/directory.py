"""Places and services that a notebook keeps for itself; they belong to the notebook, not to a person."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from planner.store.connection import Connection, trouble
from planner.store.rows import ServiceRow

_COLUMNS = "id, origin, changed, removed, content"
_LARGEST = 64_000
"""Letters of one entry; a copy that somebody handed over may hold anything."""


class KeptServices(Connection):
    """Rows of the notebook's own directory. One that was removed keeps its id and the day, and no words."""

    def services(self, *, include_removed: bool = False) -> list[ServiceRow]:
        """Every entry, in the order of their ids."""
        found = self._ask(f"SELECT {_COLUMNS} FROM service WHERE NOT removed OR ? ORDER BY id", (include_removed,))  # noqa: S608
        return [_row(each) for each in found]

    def writes(self) -> int:
        """How many rows of anything were written since it was opened: while it stays, nothing reads differently."""
        with self._lock, trouble():
            return int(self._raw.total_changes)

    def service(self, service: str) -> ServiceRow | None:
        """One entry by id, also one that was removed."""
        found = self._ask(f"SELECT {_COLUMNS} FROM service WHERE id = ?", (service,))  # noqa: S608
        return _row(found[0]) if found else None

    def save_service(self, row: ServiceRow) -> None:
        """Add an entry, or bring one to these values; what it said before is gone."""
        if row.removed:
            row = replace(row, origin="", content={})
        self._forget(
            f"INSERT OR REPLACE INTO service ({_COLUMNS}) VALUES (?, ?, ?, ?, ?)",  # noqa: S608
            (row.id, row.origin, row.changed, int(row.removed), json.dumps(row.content, ensure_ascii=False)),
        )

    def remove_service(self, service: str, at: str) -> None:
        """Take an entry out; ``at`` (ISO 8601, UTC) tells other copies which came last."""
        row = self.service(service)
        if row is not None and not row.removed:
            self.save_service(replace(row, changed=at, removed=True))


def _row(row: tuple[Any, ...]) -> ServiceRow:
    service, origin, changed, removed, content = row
    try:
        values = json.loads(content) if len(content) <= _LARGEST else {}
    except ValueError:
        values = {}
    return ServiceRow(
        id=service,
        origin=origin,
        changed=changed,
        removed=bool(removed),
        content=values if isinstance(values, dict) else {},
    )
