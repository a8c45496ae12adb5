"""What is looked at in a workbook before anything unpacks and reads it whole: its real size, its rows, its letters.

A workbook may say anything about itself. Parts are read as far as they were said to go and no further; what they hold
is counted in their bytes; and a text that stands once in the file counts for every cell that points to it.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from planner.forms.safe_xml import has_declarations
from planner.forms.trouble import FormUnreadable
from planner.words import _

LARGEST_UNPACKED = 40_000_000
LARGEST_OLD = 8_000_000
"""Bytes of an .xls, in which nothing is packed."""

MOST_ROWS = 20_000
MOST_CELLS = 300_000
MOST_COLUMNS = 400
MOST_PARTS = 500
MOST_LETTERS = 20_000_000
"""Letters in all cells together, a text that many cells share counted each time."""

_DAMAGE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError)
_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
_EMPTY_CELL = re.compile(rb"<(?:\w+:)?c(?:\s[^<>]*)?/>")
_ROW_START = re.compile(rb"<(?:\w+:)?row[\s>/]")
_SHARED = re.compile(rb"<(?:\w+:)?si[\s>/]")
_POINTS_TO = re.compile(rb"<(?:\w+:)?v[^>]{0,100}>\s{0,20}(\d{1,9})\s{0,20}<")
_ENCODING = re.compile(rb"\s*<\?xml[^>]{0,200}encoding\s*=\s*[\"']([\w.\-]{1,40})[\"']")
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def check_workbook(data: bytes) -> None:
    """An .xlsx: its unpacked size, declarations, rows, cells and letters.

    Raises:
        FormUnreadable: damaged, hostile or too large.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            parts = package.infolist()
            if len(parts) > MOST_PARTS or sum(each.file_size for each in parts) > LARGEST_UNPACKED:
                raise FormUnreadable(_("This file unpacks to far more than a form needs, so it was not opened."))
            _check_parts(_unpacked(package, parts))
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ) as trouble:
        raise FormUnreadable(_("This file is damaged and could not be read.")) from trouble


def _unpacked(package: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> Iterator[bytes]:
    for each in parts:
        if each.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise zipfile.BadZipFile  # ECMA-376, part 2, "ZIP Package": no other way of packing is allowed
        with package.open(each) as part:
            # Never more than was said, whatever comes; what is cut short is noticed by its checksum.
            content = part.read(each.file_size + 1)
        if len(content) != each.file_size:
            raise zipfile.BadZipFile
        yield content


def _check_parts(parts: Iterator[bytes]) -> None:
    rows = cells = 0
    pointed: dict[int, int] = {}
    shared: list[int] = []
    letters = 0
    # By what is in them: which part is a sheet is said in another part, and not by its name.
    for content in map(_readable, parts):
        if has_declarations(content):
            raise FormUnreadable(_("This file holds declarations that a form never needs, so it was not opened."))
        more_rows, more_cells = _rows_and_cells(content)
        rows, cells = rows + more_rows, cells + more_cells
        if rows > MOST_ROWS or cells > MOST_CELLS:
            raise FormUnreadable(_("This file is too large to be a form."))
        if more_cells:
            letters += len(content)
            for match in _POINTS_TO.finditer(content):
                pointed[int(match[1])] = pointed.get(int(match[1]), 0) + 1
        else:
            shared = [len(each) for each in _SHARED.split(content)[1:]] or shared
    letters += sum(count * shared[at] for at, count in pointed.items() if at < len(shared))
    if letters > MOST_LETTERS:
        raise FormUnreadable(_("This file unpacks to far more than a form needs, so it was not opened."))


def _readable(content: bytes) -> bytes:
    """A part in an encoding in which its elements can be counted; ECMA-376, part 2, allows UTF-8 and UTF-16 only."""
    mark = _MARKS.get(content[:2])
    if mark is not None:
        return content.decode(mark).encode()
    if b"<" in content[:8] and b"\x00" in content[:8]:
        raise ValueError("no mark of its order")
    said = _ENCODING.match(content)
    if said is not None and said[1].lower() not in {b"utf-8", b"us-ascii", b"ascii"}:
        raise ValueError("an encoding that a workbook does not have")
    return content


def _rows_and_cells(text: bytes) -> tuple[int, int]:
    rows = _ROW_START.split(text)
    cells = 0
    for row in rows[1:]:
        count = sum(1 for _each in _CELL.finditer(row))
        # Whoever colours a whole row leaves thousands of empty cells: they count among all, and make no columns.
        if count > MOST_COLUMNS and count - len(_EMPTY_CELL.findall(row)) > MOST_COLUMNS:
            raise FormUnreadable(_("This file is too large to be a form."))
        cells += count
    return len(rows) - 1, cells


def check_old_workbook(data: bytes) -> None:
    """An .xls: how far its sheets go, and how much stands in them.

    Raises:
        FormUnreadable: damaged, hostile or too large.
    """
    if len(data) > LARGEST_OLD:
        raise FormUnreadable(_("This file is too large to be a form."))
    # The library that pyxform itself reads such a file with.
    from pyxform.xls2json_backends import xlrd_open

    try:
        # What it has to say about the file it says to nobody: rows are left as long as they are, not filled up.
        with io.StringIO() as nowhere:
            book = xlrd_open(file_contents=data, logfile=nowhere, ragged_rows=True, on_demand=True)
            _check_old_sheets(book)
    except FormUnreadable:
        raise
    except Exception as trouble:
        # Whatever it trips over: the library leaves many kinds of odd bytes to Python's own exceptions.
        raise FormUnreadable(_("This file is damaged and could not be read.")) from trouble


def _check_old_sheets(book: Any) -> None:
    rows = cells = letters = 0
    for number in range(book.nsheets):
        sheet = book.sheet_by_index(number)
        lengths = [sheet.row_len(row) for row in range(sheet.nrows)]
        rows, cells = rows + sheet.nrows, cells + sum(lengths)
        if rows > MOST_ROWS or cells > MOST_CELLS or max(lengths, default=0) > MOST_COLUMNS:
            raise FormUnreadable(_("This file is too large to be a form."))
        letters += sum(
            len(value) for row in range(sheet.nrows) for value in sheet.row_values(row) if isinstance(value, str)
        )
        if letters > MOST_LETTERS:
            raise FormUnreadable(_("This file unpacks to far more than a form needs, so it was not opened."))
        book.unload_sheet(number)
