"""Packs from outside, whole as they came, and the givers whose six words were compared."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from planner.store.connection import Connection
from planner.store.packing import LARGEST, as_column, unpacked_files, words_of
from planner.store.rows import GiverRow, PackRow

_MOST_ENTRIES, _LONGEST = 200, 200
_PACK = ", ".join(each.name for each in fields(PackRow))
_PACK_MARKS = ", ".join("?" for _each in fields(PackRow))
_GIVER = ", ".join(each.name for each in fields(GiverRow))
_GIVER_MARKS = ", ".join("?" for _each in fields(GiverRow))


class KeptPacks(Connection):
    """Rows of packs, and their files packed. One that was taken out keeps its row, so that no older one comes back."""

    def packs(self, *, taken_out: bool = False) -> list[PackRow]:
        """The packs that are in, in the order in which they came; with ``taken_out`` also those that were once."""
        found = self._ask(f"SELECT {_PACK} FROM pack WHERE taken_out = '' OR ? ORDER BY added, id", (taken_out,))  # noqa: S608
        return [_row(each) for each in found]

    def pack(self, pack: str) -> PackRow | None:
        """One pack by id, also one that was taken out."""
        found = self._ask(f"SELECT {_PACK} FROM pack WHERE id = ?", (pack,))  # noqa: S608 - our own column names
        return _row(found[0]) if found else None

    def pack_files(self, pack: str) -> dict[str, bytes]:
        """The files of a pack that is in, by name; none of one that was taken out.

        Raises:
            StoreDamaged: they cannot be unpacked.
        """
        packed = self._ask("SELECT name, content FROM pack_file WHERE pack = ? ORDER BY name", (pack,))
        return unpacked_files(packed, LARGEST)

    def keep_pack(self, row: PackRow, files: Mapping[str, bytes]) -> None:
        """Keep a pack in place of what was there under its id."""
        with self.transaction():
            self._forget("DELETE FROM pack WHERE id = ?", (row.id,))
            values = [as_column(getattr(row, each.name)) for each in fields(row)]
            self._do(f"INSERT INTO pack ({_PACK}) VALUES ({_PACK_MARKS})", values)  # noqa: S608
            for name, content in files.items():
                self._do(
                    "INSERT INTO pack_file (pack, name, content) VALUES (?, ?, ?)",
                    (row.id, name, zlib.compress(content)),
                )

    def take_pack_out(self, pack: str, at: str, forms: Mapping[str, str]) -> None:
        """Erase the files of a pack; its id, version and giver stay. ``at``: when (ISO 8601, UTC).

        ``forms`` are those of its forms that stay because somebody answered them.
        """
        row = self.pack(pack)
        if row is not None and not row.taken_out:
            self.keep_pack(replace(row, taken_out=at, names={}, forms=dict(forms)), {})

    def givers(self) -> list[GiverRow]:
        """Those whose six words were compared, also those who were forgotten since."""
        return [GiverRow(*each) for each in self._ask(f"SELECT {_GIVER} FROM giver ORDER BY confirmed, key")]  # noqa: S608

    def save_giver(self, row: GiverRow) -> None:
        """Add a giver, or bring one to these values."""
        self._forget(
            f"INSERT OR REPLACE INTO giver ({_GIVER}) VALUES ({_GIVER_MARKS})",  # noqa: S608
            [getattr(row, each.name) for each in fields(row)],
        )


def _row(row: tuple[Any, ...]) -> PackRow:
    values = dict(zip((each.name for each in fields(PackRow)), row, strict=True))
    for name in ("names", "forms"):
        values[name] = words_of(values[name], _MOST_ENTRIES, _LONGEST)
    return PackRow(**values)
