"""Versions of guided forms that are kept: what was brought in, and what answers were given under."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from planner.store.connection import Connection
from planner.store.packing import LARGEST, as_column, unpacked, unpacked_files, words_of
from planner.store.rows import FormRow

_MOST_TITLES, _LONGEST_TITLE = 100, 200
_COLUMNS = ", ".join(each.name for each in fields(FormRow))
_MARKS = ", ".join("?" for _each in fields(FormRow))
# Nobody answered under it, and nobody brought it in, or something newer of the same form was brought in since.
_UNUSED = (
    "NOT EXISTS (SELECT 1 FROM filling WHERE filling.form = form_kept.form AND filling.digest = form_kept.digest)"
    " AND (NOT own OR EXISTS"
    " (SELECT 1 FROM form_kept AS newer WHERE newer.form = form_kept.form AND newer.own"
    " AND (newer.added, newer.digest) > (form_kept.added, form_kept.digest)))"
)


class KeptForms(Connection):
    """Rows of forms, packed. What is in one never changes: another content has another digest."""

    def forms(self, form: str | None = None) -> list[FormRow]:
        """Every version that is kept, of one form or of all; the one that was added last comes last."""
        found = self._ask(
            f"SELECT {_COLUMNS} FROM form_kept WHERE ?1 IS NULL OR form = ?1 ORDER BY added, digest",  # noqa: S608
            (form,),
        )
        return [_row(each) for each in found]

    def form(self, digest: str) -> FormRow | None:
        """One version."""
        found = self._ask(f"SELECT {_COLUMNS} FROM form_kept WHERE digest = ?", (digest,))  # noqa: S608
        return _row(found[0]) if found else None

    def form_content(self, digest: str) -> tuple[bytes, dict[str, bytes]]:
        """The XForm of one version, and the files that stood beside it, by name.

        Raises:
            KeyError: it is not kept.
            StoreDamaged: it cannot be unpacked.
        """
        with self._lock:
            found = self._ask("SELECT xform FROM form_kept WHERE digest = ?", (digest,))
            if not found:
                raise KeyError(digest)
            beside = self._ask("SELECT name, content FROM form_file WHERE digest = ? ORDER BY name", (digest,))
        xform = unpacked(found[0][0], LARGEST)
        return xform, unpacked_files(beside, LARGEST - len(xform))

    def keep_form(self, row: FormRow, xform: bytes, files: Mapping[str, bytes]) -> None:
        """Keep a version; of one that is there only ``own``, ``added`` and ``hidden`` are brought to these values."""
        with self.transaction():
            if self.form(row.digest) is not None:
                self.change_form(row)
                return
            values = [as_column(getattr(row, each.name)) for each in fields(row)]
            self._do(
                f"INSERT INTO form_kept ({_COLUMNS}, xform) VALUES ({_MARKS}, ?)",  # noqa: S608
                (*values, zlib.compress(xform)),
            )
            for name, content in files.items():
                self._do(
                    "INSERT INTO form_file (digest, name, content) VALUES (?, ?, ?)",
                    (row.digest, name, zlib.compress(content)),
                )

    def change_form(self, row: FormRow) -> None:
        """Bring ``own``, ``added`` and ``hidden`` of a version that is kept to these values."""
        self._do(
            "UPDATE form_kept SET own = ?, added = ?, hidden = ? WHERE digest = ?",
            (int(row.own), row.added, row.hidden, row.digest),
        )

    def remove_form(self, digest: str) -> None:
        """Erase a version for good; the caller sees that no answers were given under it."""
        self._forget("DELETE FROM form_kept WHERE digest = ?", (digest,))

    def drop_unused_forms(self) -> None:
        """Erase the versions that nobody needs: what was answered once must not show in what is kept."""
        with self.transaction():
            if self._ask(f"SELECT 1 FROM form_kept WHERE {_UNUSED} LIMIT 1"):  # noqa: S608 - our own words
                self._forget(f"DELETE FROM form_kept WHERE {_UNUSED}")  # noqa: S608

    def form_is_used(self, form: str) -> bool:
        """Whether anybody has begun or finished a form, under any version."""
        return bool(self._ask("SELECT 1 FROM filling WHERE form = ? LIMIT 1", (form,)))

    def unfinished_of(self, form: str) -> int:
        """How many fillings of a form are in progress, of everybody."""
        return int(self._ask("SELECT count(*) FROM filling WHERE form = ? AND finished = ''", (form,))[0][0])

    def has_nameless_fillings(self, form: str) -> bool:
        """Whether there are answers to a form of which no version was kept."""
        return bool(self._ask("SELECT 1 FROM filling WHERE form = ? AND digest = '' LIMIT 1", (form,)))

    def name_fillings(self, form: str, version: str, digest: str) -> None:
        """Say which version answers were given under, where nobody kept it and the number fits."""
        self._do(
            "UPDATE filling SET digest = ? WHERE form = ? AND version = ? AND digest = ''", (digest, form, version)
        )


def _row(row: tuple[Any, ...]) -> FormRow:
    values = dict(zip((each.name for each in fields(FormRow)), row, strict=True))
    values["titles"] = words_of(values["titles"], _MOST_TITLES, _LONGEST_TITLE)
    values["own"] = bool(values["own"])
    return FormRow(**values)
