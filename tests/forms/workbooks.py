"""Forms as workbooks, written in memory: .xlsx by openpyxl, and .xls by hand, since nothing here writes that any more.

A book is a mapping of sheet names to rows, each a sequence of texts.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence

import openpyxl

Book = Mapping[str, Sequence[Sequence[str]]]


def book_of(markdown: str) -> dict[str, list[list[str]]]:
    """The sheets of a form table in Markdown; no cell of it holds a bar."""
    book: dict[str, list[list[str]]] = {}
    rows: list[list[str]] = []
    for line in markdown.splitlines():
        if not line.startswith("|"):
            continue
        first, *cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if first:
            rows = book.setdefault(first, [])
        else:
            rows.append(cells)
    return book


def xlsx(book: Book) -> bytes:
    """The book as .xlsx."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in book.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same package with one part of it changed, or added where it was not there (as a change of nothing)."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            new.writestr(each, change(old.read(each)) if each == name else old.read(each))
        if name not in old.namelist():
            new.writestr(name, change(b""))
    return out.getvalue()


# ---------------------------------------------------------------- .xls
# [MS-XLS] 2.4: BOF, BoundSheet8, Label, EOF; [MS-CFB] 2: header, one sector of the allocation table, directory.

_SECTOR = 512
_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _begin(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def _sheet(rows: Sequence[Sequence[str]]) -> bytes:
    cells = b"".join(
        _record(0x0204, struct.pack("<HHHHB", down, along, 0, len(text), 1) + text.encode("utf-16-le"))
        for down, row in enumerate(rows)
        for along, text in enumerate(row)
        if text
    )
    return _begin(0x0010) + cells + _record(0x000A, b"")


def xls_stream(book: Book) -> bytes:
    """The stream of a workbook in BIFF8."""
    sheets = [_sheet(rows) for rows in book.values()]
    names = [struct.pack("<HBB", 0, len(name), 0) + name.encode("latin-1") for name in book]
    at = len(_begin(5)) + sum(4 + 4 + len(name) for name in names) + 4
    globals_ = _begin(0x0005)
    for name, sheet in zip(names, sheets, strict=True):
        globals_ += _record(0x0085, struct.pack("<I", at) + name)
        at += len(sheet)
    return globals_ + _record(0x000A, b"") + b"".join(sheets)


def compound(stream: bytes) -> bytes:
    """A compound file with one stream, called Workbook: tables, the directory, the stream, each in sectors."""
    stream += bytes(max(0, 4096 - len(stream)))
    count = -(-len(stream) // _SECTOR)
    tables = next(each for each in range(1, 110) if each * 128 >= each + 1 + count)
    first = tables + 1
    table = [_TABLE] * tables + [_END, *range(first + 1, first + count), _END]
    table += [_FREE] * (tables * 128 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<10I", 0, tables, tables, 0, 4096, _END, 0, _END, 0, 0)
    header += struct.pack("<108I", *range(1, tables), *[_FREE] * (109 - tables))
    directory = _entry("Root Entry", 5, _END, 0, 1) + _entry("Workbook", 2, first, len(stream), _FREE) + bytes(256)
    body = struct.pack(f"<{len(table)}I", *table) + directory + stream
    return header + body + bytes(-len(body) % _SECTOR)


def _entry(name: str, kind: int, start: int, size: int, child: int) -> bytes:
    text = name.encode("utf-16-le")
    links = struct.pack("<BBIII", kind, 1, _FREE, _FREE, child)
    return (
        text.ljust(64, b"\0") + struct.pack("<H", len(text) + 2) + links + bytes(36) + struct.pack("<IQ", start, size)
    )


def xls(book: Book) -> bytes:
    """The book as .xls."""
    return compound(xls_stream(book))
