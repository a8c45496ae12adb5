"""Files from outside: what can be opened, what is refused in one calm sentence, what is reported."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from planner.errors import MachineTrouble
from planner.forms import Form, FormUnreadable, compile_form
from planner.forms.check import Status, check_file, check_files, exit_status, lines
from planner.forms.form import Form as TheForm
from planner.forms.table_xform import xform_in_memory
from planner.forms.workbook import LARGEST_UNPACKED, MOST_COLUMNS, MOST_ROWS
from planner.resources import resource
from tests.forms.tables import example, form, table

XFORM = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>T</h:title>'
    "<model><instance><d id='x'><a>{inside}</a></d></instance></model></h:head>"
    '<h:body><input ref="/d/a"><label>A</label></input></h:body></h:html>'
)


def workbook(rows: list[list[object]], folder: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "survey"
    for row in rows:
        sheet.append(row)
    path = folder / "form.xlsx"
    book.save(path)
    return path


def rewritten(path: Path, name: str, change: bytes, *, find: bytes = b"") -> Path:
    """The package with one part changed: ``find`` replaced, or the whole part when nothing is to be found."""
    out = BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.infolist():
            data = old.read(each)
            if each.filename == name:
                data = data.replace(find, change) if find else change
            new.writestr(each.filename, data)
    path.write_bytes(out.getvalue())
    return path


SHEET = "xl/worksheets/sheet1.xml"


def test_the_same_form_comes_from_every_kind_of_file(tmp_path: Path) -> None:
    rows: list[list[object]] = [["type", "name", "label"], ["text", "a", "A"], ["integer", "b", "B"]]
    (tmp_path / "form.md").write_text(
        "| survey |\n| | type | name | label |\n| | text | a | A |\n| | integer | b | B |\n", "utf-8"
    )
    (tmp_path / "form.csv").write_text("survey,,,\n,type,name,label\n,text,a,A\n,integer,b,B\n", "utf-8")
    (tmp_path / "form.xml").write_bytes(compile_form(tmp_path / "form.md"))
    workbook(rows, tmp_path)
    for name in ("form.md", "form.csv", "form.xlsx", "form.xml"):
        filling = Form.load(tmp_path / name).start()
        assert [(q.ref, q.kind, q.label) for p in filling.pages() for q in p.items] == [
            ("/data/a", "text", "A"),
            ("/data/b", "integer", "B"),
        ], name


def test_formula_cells_are_not_worked_out(tmp_path: Path) -> None:
    rows: list[list[object]] = [["type", "name", "label", "hint"], ["text", "b", "B", '=HYPERLINK("http://x")']]
    filling = Form.load(workbook(rows, tmp_path)).start()
    assert filling.question("b").hint == ""


def test_compiling_is_the_same_every_time(tmp_path: Path) -> None:
    path = example(tmp_path)
    assert compile_form(path) == compile_form(path)
    assert Form.load(path).start().pages()[0].items[0].label == "What would help most today?"


def test_bar_in_a_cell_and_comments(tmp_path: Path) -> None:
    path = example(tmp_path)
    assert Form.load(path).start().question("help").choices[1].label == "Something else | more"


BILLION = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hosts">]>'


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.xlsx", b""),
        ("blank.md", b"  \n "),
        ("binary.md", bytes(range(256)) * 50),
        ("nul.md", b"| survey |\n| | type\x00 |"),
        ("words.md", b"Just some words."),
        ("none.csv", b"a;b;c"),
        ("cut.xlsx", b"PK\x03\x04broken"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 3000),
        ("no.xml", b"<a/>"),
        ("cut.xml", b"<h:html"),
        ("bombs.xml", (BILLION + XFORM.format(inside="&b;")).encode()),
        ("outside.xml", (OUTSIDE + XFORM.format(inside="&a;")).encode()),
        ("utf16.xml", (BILLION + XFORM.format(inside="&b;")).encode("utf-16")),
        ("deep.xml", b"<a>" * 100_000),
        ("many.xml", b"<a>" + b"<b/>" * 210_000 + b"</a>"),
        ("nested.xml", XFORM.format(inside="<b>" * 240 + "</b>" * 240).encode()),
        ("long.md", b"| survey |\n" + b"# |" * 20_000),
        ("rows.md", b"| survey |\n" + b"| | text | a | A |\n" * (MOST_ROWS + 1)),
        ("large.xml", b"<a>" + b" " * 20_000_001),
        ("deep.md", table("type | name | label\n" + "begin group | g | G\n" * 60).encode()),
        ("mistake.md", table("type | name | label\nselect_one nowhere | a | A").encode()),
        ("unknown.md", table("type | name | label | relevant\ntext | a | A | ${nowhere} = 1").encode()),
    ],
)
def test_bad_files_are_refused_calmly(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    if name == "nested.xml":
        assert Form.load(path).start().value("a") == ""
        return
    with pytest.raises(FormUnreadable) as told:
        Form.load(path)
    assert isinstance(told.value, MachineTrouble)
    assert told.value.sentence.endswith(".")
    assert told.value.what_next
    assert path.read_bytes() == data


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(FormUnreadable):
        Form.load(tmp_path / "none.md")


def test_a_zip_bomb_is_never_unpacked(tmp_path: Path) -> None:
    path = workbook([["type", "name", "label"], ["text", "a", "A"]], tmp_path)
    rewritten(path, "xl/styles.xml", b"0" * (LARGEST_UNPACKED + 1))
    assert path.stat().st_size < LARGEST_UNPACKED // 100
    with pytest.raises(FormUnreadable, match="unpacks"):
        Form.load(path)


def test_entities_in_a_workbook_are_refused(tmp_path: Path) -> None:
    path = workbook([["type", "name", "label"], ["text", "a", "A"]], tmp_path)
    rewritten(path, SHEET, b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet', find=b"<worksheet")
    with pytest.raises(FormUnreadable, match="declarations"):
        Form.load(path)


@pytest.mark.parametrize("shape", ["rows", "columns", "parts"])
def test_workbooks_beyond_measure_are_refused(tmp_path: Path, shape: str) -> None:
    path = workbook([["type", "name", "label"], ["text", "a", "A"]], tmp_path)
    if shape == "parts":
        with zipfile.ZipFile(path, "a") as package:
            for i in range(600):
                package.writestr(f"x{i}.xml", "<a/>")
    else:
        more = (
            b"<row/>" * (MOST_ROWS + 1)
            if shape == "rows"
            else b"<row>" + b"<c><v>1</v></c>" * (MOST_COLUMNS + 1) + b"</row>"
        )
        rewritten(path, SHEET, more + b"</sheetData>", find=b"</sheetData>")
    with pytest.raises(FormUnreadable):
        Form.load(path)


def test_a_row_coloured_to_its_end_is_no_hindrance(tmp_path: Path) -> None:
    """Spreadsheet programs keep an empty cell for each that has a look of its own."""
    path = workbook([["type", "name", "label"], ["text", "a", "A"]], tmp_path)
    rewritten(path, SHEET, b"<row>" + b'<c s="1"/>' * 16_000 + b"</row></sheetData>", find=b"</sheetData>")
    form = Form.load(path)
    assert form.problems == ()
    assert form.start().question("a").label == "A"


def test_an_absurd_pattern_in_a_form_does_not_hold_anything_up() -> None:
    filling = form("type | name | label | constraint\ntext | a | A | regex(., '^(a+)+(a+)+(a+)+$')").start()
    filling.answer("a", "a" * 60 + "!")
    assert not filling.valid("a").ok


def test_what_is_not_understood_is_told_and_left_aside() -> None:
    made = form(
        """type | name | label | relevant | constraint | calculation | bind::planner:nothing | odd
        text | a | A | humidity(.) > 3 | | | |
        text | b | B | | fingerprint(., 'MD5') = 'x' | | |
        calculate | c | | | | tally(1, 2, 'a') | 1 | 2
        image | d | D | | | | |
        geopoint | e | E | | | | |
        range | f | F | | | | |"""
    )
    told = {(p.sheet, p.row, p.what.split(":")[0].split("“")[-1].rstrip("”")) for p in made.problems if p.instead}
    assert {("survey", 2, "a"), ("survey", 3, "b"), ("survey", 4, "c"), ("survey", 5, "d"), ("survey", 6, "e")} <= told
    assert ("survey", 7, "f") not in told
    assert sum("is not known here" in p.what for p in made.problems) == 2
    filling = made.start()
    assert filling.relevant("a")
    filling.answer("b", "x")
    assert filling.valid("b").ok
    assert "/data/d" in [p.ref for p in filling.pages()]


def test_check_reports_row_by_row(tmp_path: Path) -> None:
    good, bad, broken = tmp_path / "good.md", tmp_path / "bad.md", tmp_path / "broken.md"
    good.write_text(table("type | name | label\ntext | a | A"), "utf-8")
    bad.write_text(table("type | name | label | relevant\ntext | a | A | humidity(.)"), "utf-8")
    broken.write_text(table("type | name | label\ntext | no name | A"), "utf-8")
    reports = check_files([good, bad, broken])
    assert [each.status for each in reports] == [Status.CLEAN, Status.PROBLEMS, Status.UNREADABLE]
    assert exit_status(reports) == 2
    assert exit_status(reports[:2]) == 1
    assert exit_status([]) == 0
    out = lines(reports)
    assert out[0] == f"{good}: nothing to report."
    assert out[1] == str(bad)
    assert "survey 2 · a: “humidity(.)” is not understood. · It is left aside." in out[2]
    assert out[3].startswith(f"{broken}: This form has a mistake")
    assert any("survey 2 · " in line for line in out[4:])


@pytest.mark.parametrize("path", sorted(resource("forms").glob("*.md")), ids=lambda path: path.stem)
def test_shipped_forms_have_nothing_to_report(path: Path) -> None:
    report = check_file(path)
    assert report.problems == ()
    assert report.sentence == ""


def test_looking_at_the_room_loads_nothing_heavy() -> None:
    code = (
        "import sys, planner.forms; "
        "assert not {'lxml', 'lark', 'pyxform', 'openpyxl', 'regex'} & set(sys.modules); "
        "from planner.forms import Form; assert 'pyxform' not in sys.modules and 'openpyxl' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    assert Form is TheForm


def test_making_a_form_of_a_table_writes_nothing_to_the_disk() -> None:
    """Tried in a process of its own, where every opening of a file is seen."""
    code = """if True:
        import os, sys, tempfile
        seen = []
        def look(event, args):
            writes = isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR) if event == "open" else False
            if writes or event in ("tempfile.mkstemp", "os.remove", "os.rename", "subprocess.Popen"):
                seen.append((event, args))
        sys.dont_write_bytecode = True
        sys.addaudithook(look)
        tempfile.TemporaryFile().close()
        assert seen, "it would be seen"
        from planner.forms.reading import xform_from_table
        seen.clear()
        table = '| survey |\\n| | type | name | label::English (en) | label::Elfish |\\n| | text | a | A word | A |\\n'
        made = xform_from_table(table.encode(), ".md")
        assert b"A word" in made.xform
        assert not seen, seen
    """
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_table_becomes_what_pyxform_makes_of_it() -> None:
    from pyxform.xls2json_backends import get_xlsform
    from pyxform.xls2xform import convert

    rows = (
        "| survey |\n| | type | name | label::English (en) | label::Elfish (zz-top) | choice_filter |\n"
        "| | select_one_external towns | a | A | E | state='x' |\n| | text | b | B | | |\n"
        "| external_choices |\n| | list_name | name | label | state |\n| | towns | t | Town | x |\n"
    )
    theirs: list[str] = []
    result = convert(rows.encode(), warnings=theirs, file_type=".md")
    book = get_xlsform(rows.encode(), file_type=".md")
    ours: list[str] = []
    assert xform_in_memory({each: getattr(book, each) for each in book.__slots__}, ours) == (
        result.xform,
        result.itemsets,
    )
    assert ours == theirs
    assert any("Elfish" in each for each in ours)
