"""What stands in a file of places and services: tables, or the objects of a JSON file; every size is bounded first.

Nothing is unpacked onto the disk, nothing that a file points to is looked up, and its names of folders mean nothing.
"""

from __future__ import annotations

import csv
import io
import json
import stat
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from planner.errors import MachineTrouble
from planner.words import _

MOST_BYTES = 16_000_000
"""Of a file as it lies on the disk."""
MOST_UNPACKED = 60_000_000
MOST_PARTS = 200
MOST_ROWS = 60_000
"""Rows of all tables together."""
MOST_COLUMNS = 200
MOST_CELL = 20_000
"""Letters of one cell that are kept; no description is longer."""

Progress = Callable[[int, int], None]
"""Called with steps done and steps in all; may raise to stop."""
Table = list[dict[str, str]]
Tables = dict[str, Table]


@dataclass(frozen=True, slots=True)
class Opened:
    """What is in a file: tables by name (the only one of a plain table is called ""), or what a JSON file holds."""

    tables: Tables | None = None
    objects: Any = None


_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)
_SEPARATORS = (",", ";", "\t")


class ServiceTrouble(MachineTrouble):
    """A file that cannot be taken for a list of places; nothing was changed."""


def damaged() -> ServiceTrouble:
    """It cannot be read."""
    return ServiceTrouble(
        _("This file is damaged, or it is no list of places."), _("Choose another file, or save the list again.")
    )


def too_large() -> ServiceTrouble:
    """There is more in it than anybody looks through."""
    return ServiceTrouble(
        _("This list is too large to bring in."), _("If you can, save it again in smaller parts, for example one town.")
    )


def nothing_in_it() -> ServiceTrouble:
    """It can be read, and has no place in it."""
    return ServiceTrouble(
        _("There are no places in this file."), _("A list needs a column with names, or the tables of Open Referral.")
    )


def open_list(data: bytes, progress: Progress) -> Opened:
    """Take a file apart.

    Raises:
        ServiceTrouble: damaged, hostile, or too large.
    """
    if len(data) > MOST_BYTES:
        raise too_large()
    if data.startswith(b"PK"):
        return _packed(data, progress)
    text = _text(data)
    if text.lstrip()[:1] in {"{", "["}:
        return Opened(objects=_json(text))
    return Opened({"": _table(text, [MOST_ROWS])})


def _text(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
    if "\0" in text:
        raise damaged()
    return text


def _json(text: str) -> Any:
    def whole(digits: str) -> int:
        if len(digits) > 30:
            raise ValueError("no list of places has such a number")
        return int(digits)

    try:
        return json.loads(text, parse_int=whole)
    except (ValueError, RecursionError):
        raise damaged() from None


def _packed(data: bytes, progress: Progress) -> Opened:
    """The tables of a .zip, or the one JSON file in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = [each for each in package.infolist() if not each.is_dir()]
            if len(parts) > MOST_PARTS or sum(each.file_size for each in parts) > MOST_UNPACKED:
                raise too_large()
            return _parts(package, parts, progress)
    except _DAMAGE:
        raise damaged() from None


def _parts(package: zipfile.ZipFile, parts: list[zipfile.ZipInfo], progress: Progress) -> Opened:
    found: Tables = {}
    objects: list[Any] = []
    rows_left = [MOST_ROWS]
    for done, part in enumerate(parts):
        progress(done, len(parts))
        name = part.filename.replace("\\", "/").rpartition("/")[2].lower()
        stem, _dot, ending = name.rpartition(".")
        if name.startswith(".") or ending not in {"csv", "json"} or stem == "datapackage":
            continue
        content = _text(_unpacked(package, part))
        if ending == "json":
            objects.append(_json(content))
        elif stem in found:
            raise damaged()  # which of two tables of one name counts, nobody can say
        else:
            found[stem] = _table(content, rows_left)
    if found:
        return Opened(found)
    if len(objects) != 1:
        raise damaged() if objects else nothing_in_it()
    return Opened(objects=objects[0])


def _unpacked(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """One part, never more of it than it said; links, locked and oddly packed ones are refused."""
    is_link = stat.S_ISLNK(part.external_attr >> 16)
    if is_link or part.flag_bits & 1 or part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise damaged()
    with package.open(part) as stream:
        content = stream.read(part.file_size + 1)
    if len(content) != part.file_size:
        raise damaged()
    return content


def _table(text: str, rows_left: list[int]) -> Table:
    """Rows by the names of their columns, in small letters; cells beyond the header are left out."""
    head = text[:10_000].lstrip("\r\n").split("\n", 1)[0]
    separator = max(_SEPARATORS, key=head.count)
    rows: Table = []
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        header: list[str] = []
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if not header:
                if len(cells) > MOST_COLUMNS:
                    raise too_large()
                header = [cell.strip().lower() for cell in cells]
                continue
            rows_left[0] -= 1
            if rows_left[0] < 0:
                raise too_large()
            rows.append({name: cell[:MOST_CELL] for name, cell in zip(header, cells, strict=False) if name})
    except csv.Error:
        raise damaged() from None
    return rows
