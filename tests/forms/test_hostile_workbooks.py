"""Workbooks and tables made to do harm are refused before anything unpacks or reads them whole."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from planner.forms import Form, FormUnreadable
from planner.forms.check import Status, check_file
from planner.forms.reading import xform_from_table
from planner.forms.workbook import MOST_LETTERS, MOST_ROWS
from tests.forms.hostile import BOOK, DAMAGED, FAR, LAUGHS, MORE, refused, watched
from tests.forms.tables import NOW
from tests.forms.workbooks import compound, with_part, xls, xls_stream, xlsx


def sheet(rows: bytes) -> Callable[[bytes], bytes]:
    """A sheet with other rows."""
    return lambda old: old[: old.index(b"<sheetData>")] + b"<sheetData>" + rows + b"</sheetData></worksheet>"


def of_rows(rows: bytes) -> bytes:
    return with_part(xlsx(BOOK), "xl/worksheets/sheet1.xml", sheet(rows))


ROW = b'<row><c t="inlineStr"><is><t>x</t></is></c></row>'
SHARED = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%b</sst>'


def bomb(size: int, said: int | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b" " * size)
    data = out.getvalue()
    return data if said is None else data.replace(struct.pack("<I", size), struct.pack("<I", said))


def renamed() -> bytes:
    """More rows than a form has, in a sheet whose part is called as no sheet is."""
    data = xlsx(BOOK)
    for part in ("xl/_rels/workbook.xml.rels", "[Content_Types].xml"):
        data = with_part(data, part, lambda old: old.replace(b"worksheets/sheet1.xml", b"worksheets/sheet1.dat"))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        old = package.read("xl/worksheets/sheet1.xml")
    return with_part(data, "xl/worksheets/sheet1.dat", lambda _none: sheet(ROW * (MOST_ROWS + 1))(old))


def in_utf_16() -> bytes:
    def change(old: bytes) -> bytes:
        text = sheet(ROW * (MOST_ROWS + 1))(old).decode()
        return ('<?xml version="1.0" encoding="UTF-16"?>' + text.split("?>", 1)[-1]).encode("utf-16")

    return with_part(xlsx(BOOK), "xl/worksheets/sheet1.xml", change)


def in_utf_7() -> bytes:
    head = b'<?xml version="1.0" encoding="UTF-7"?>'
    return with_part(xlsx(BOOK), "xl/worksheets/sheet1.xml", lambda old: head + old.replace(b"<row", b"+ADw-row"))


def one_text_everywhere() -> bytes:
    """A text that stands once in the file, and in thousands of cells."""
    words = b"x " * 1_000_000
    data = with_part(xlsx(BOOK), "xl/sharedStrings.xml", lambda _old: SHARED % (b"<si><t>%b</t></si>" % words))
    cells = b'<row><c t="s"><v>0</v></c></row>' * (MOST_LETTERS // len(words) + 1)
    return with_part(data, "xl/worksheets/sheet1.xml", sheet(cells))


def with_entities() -> bytes:
    return with_part(xlsx(BOOK), "xl/sharedStrings.xml", lambda _old: LAUGHS.encode())


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda: bomb(200_000_000), MORE),
        (lambda: bomb(200_000_000, said=1_000), DAMAGED),  # the list at its end says it is small
        (lambda: of_rows(ROW * 700_000), FAR),
        (renamed, FAR),
        (in_utf_16, FAR),
        (in_utf_7, DAMAGED),
        (one_text_everywhere, MORE),
        (with_entities, "declarations"),
        (lambda: of_rows(b"<row>" + b"<c><v>1</v></c>" * 16_384 + b"</row>"), FAR),
    ],
    ids=["bomb", "lying bomb", "rows", "another name", "utf-16", "utf-7", "one text", "entities", "columns"],
)
def test_a_workbook_is_refused_before_it_unpacks(tmp_path: Path, made: Callable[[], bytes], said: str) -> None:
    data = made()
    assert len(data) < 2_000_000, "small as it lies there"
    watched(lambda: _says(data, said, tmp_path))


def _says(data: bytes, said: str, folder: Path) -> None:
    assert said in refused(data, "f.xlsx", folder)


def test_a_cell_at_the_far_end_and_merged_ones_fill_nothing_up(tmp_path: Path) -> None:
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    merged = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'

    def change(old: bytes) -> bytes:
        return old.replace(b"</sheetData>", far + b"</sheetData>" + merged)

    path = tmp_path / "f.xlsx"
    path.write_bytes(with_part(xlsx(BOOK), "xl/worksheets/sheet1.xml", change))
    reports = []
    watched(lambda: reports.append(check_file(path)))
    assert reports[0].status is not Status.UNREADABLE


def test_formula_cells_are_never_worked_out(tmp_path: Path) -> None:
    formulas = ['=WEBSERVICE("http://127.0.0.1/")', "=cmd|' /C calc'!A0", '=HYPERLINK("http://127.0.0.1/","x")', "=1+1"]
    book = {"survey": [["type", "name", "label"], *(["text", f"a{at}", each] for at, each in enumerate(formulas))]}
    path = tmp_path / "f.xlsx"
    path.write_bytes(xlsx(book))
    with zipfile.ZipFile(path) as package:
        assert package.read("xl/worksheets/sheet1.xml").count(b"<f>") == len(formulas), "they are formulas, and no text"
    try:
        filling = Form.load(path).start(NOW)
    except FormUnreadable:
        return
    labels = [item.label for page in filling.pages() for item in page.items]
    assert all(each in {"", *formulas} for each in labels)


def test_a_formula_in_a_table_of_text_is_words() -> None:
    rows = '"survey"\n,"type","name","label"\n,"text","a","=1+1"\n,"text","b","@SUM(1)"\n'
    rows += ',"text","c","+cmd|\' /C calc\'!A0"\n'
    filling = Form.from_xml(xform_from_table(rows.encode(), ".csv").xform).start(NOW)
    assert [item.label for page in filling.pages() for item in page.items] == ["=1+1", "@SUM(1)", "+cmd|' /C calc'!A0"]


def test_an_old_workbook_that_reaches_far_is_refused(tmp_path: Path) -> None:
    stream = xls_stream(BOOK)
    label = struct.pack("<HHHHB", 65_535, 255, 0, 1, 1) + "z".encode("utf-16-le")
    stream = stream[:-4] + struct.pack("<HH", 0x0204, len(label)) + label + stream[-4:]
    assert FAR in refused(compound(stream), "f.xls", tmp_path)
    assert DAMAGED in refused(xls(BOOK)[:700], "f.xls", tmp_path)


def test_an_old_workbook_is_read_as_a_new_one(tmp_path: Path) -> None:
    for name, data in (("f.xls", xls(BOOK)), ("f.xlsx", xlsx(BOOK))):
        (tmp_path / name).write_bytes(data)
    assert Form.load(tmp_path / "f.xls").title == "T"
    assert Form.load(tmp_path / "f.xls").start(NOW).value("a") == Form.load(tmp_path / "f.xlsx").start(NOW).value("a")


def test_what_the_packing_cannot_be_undone_is_damaged(tmp_path: Path) -> None:
    """Found by chance: bytes in the middle of a part that are no deflate stream."""
    data = bytearray(xlsx(BOOK))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as package:
        info = package.getinfo("xl/worksheets/sheet1.xml")
    begins = info.header_offset + 30 + len(info.filename)
    data[begins : begins + 12] = b"\xff" * 12
    assert DAMAGED in refused(bytes(data), "f.xlsx", tmp_path)


@pytest.mark.parametrize("row", [b"| | text | a | A |\n", b",text,a,A\n"])
def test_ten_million_rows_are_refused(tmp_path: Path, row: bytes) -> None:
    name = "f.md" if row.startswith(b"|") else "f.csv"
    head = b"| survey |\n| | type | name | label |\n" if name == "f.md" else b"survey\n,type,name,label\n"
    for rows in (MOST_ROWS + 1, 10_000_000):
        watched(partial(_too_large, head + row * rows, name, tmp_path))


def _too_large(data: bytes, name: str, folder: Path) -> None:
    assert FAR in refused(data, name, folder)
