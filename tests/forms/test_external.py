"""Lists and pictures beside a form: where they are found, how they are read, what is told when they are missing."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from planner.forms import Form
from planner.forms.external_files import files_beside, named_files
from planner.forms.external_lists import ListUnreadable, read_csv, read_geojson
from planner.forms.filling import Filling
from planner.forms.reading import xform_from_table
from planner.forms.search_lists import searched_rows
from planner.forms.xpath.convert import column_name
from tests.forms.tables import NOW, table


def made(survey: str, files: Mapping[str, bytes], choices: str = "") -> Form:
    """A form from a table, with files beside it."""
    file = xform_from_table(table(survey, choices).encode(), ".md")
    return Form.from_xml(file.xform, files={**file.files, **files})


def offered(filling: Filling, name: str) -> list[tuple[str, str]]:
    return [(each.value, each.label) for each in filling.question(name).choices]


# ------------------------------------------------------------ selects from files


def test_choices_come_from_a_csv_file_by_the_columns_named(every: Filling) -> None:
    """XLSForm reference, "Specify custom columns for label and value", with a choice_filter."""
    assert offered(every, "place") == []
    every.answer("house", "yes")
    assert offered(every, "place") == [("herat", "Herat, west"), ("kabul", "Kabul")]
    every.answer("house", "no")
    assert offered(every, "place") == [("balkh", "Balkh")]


def test_choices_come_from_an_xml_file(every: Filling) -> None:
    """XLSForm reference, "Multiple choice from file": root, item, name, label."""
    assert offered(every, "lived") == [("mx", "México"), ("pe", "Perú")]


def test_choices_come_from_a_geojson_file(every: Filling) -> None:
    """ODK documentation, "Building selects from GeoJSON files": id (the feature's own before its property), title."""
    assert offered(every, "museum") == [("fs87b", "HR Giger Museum"), ("top", "Wall"), ("9", "Park")]


def test_features_can_be_looked_at_as_rows_are(every: Filling) -> None:
    """The same section: the example's place is 46.5841618 7.0801379 0 0; lines and the outer ring of areas too."""
    place = "instance('museums')/root/item[id='{}']/geometry"
    assert every.evaluate(f"string({place.format('fs87b')})") == "46.5841618 7.0801379 0 0"
    assert every.evaluate(f"string({place.format('top')})") == "2 1 0 0; 4 3.5 0 0"
    assert every.evaluate(f"string({place.format('9')})") == "2 1 0 0; 4 3 0 0; 6 5 0 0; 2 1 0 0"
    assert every.evaluate("sum(instance('museums')/root/item/annual_visits[. != ''])") == 40000
    assert every.evaluate("string(instance('museums')/root/item[id='top']/free)") == "true"
    assert every.evaluate("string(instance('museums')/root/item[id='top']/closed)") == ""


def test_values_are_looked_up_in_lists(every: Filling) -> None:
    """ODK XForms, ``pulldata``; XLSForm reference, "External CSV data", "External XML data"."""
    assert every.value("rooms") == "5"
    assert every.value("fruit") == ""
    every.answer("code", "mango")
    assert (every.value("fruit"), every.value("first_name")) == ("Mango", "Ana")
    every.answer("code", "orange")
    assert (every.value("fruit"), every.value("first_name")) == ("Orange", "Bo")
    every.answer("code", "nothing of the kind")
    assert (every.value("fruit"), every.value("first_name")) == ("", "")


def test_pulldata_is_the_shortcut_the_specification_says(every: Filling) -> None:
    """``instance(instance_id)/root/item[query_element=query]/desired_element``."""
    for key in ("mango", "orange", "'", "", "Mango"):
        quoted = f'"{key}"'
        assert every.evaluate(f"pulldata('fruit_names', 'name', 'name_key', {quoted})") == every.evaluate(
            f"string(instance('fruit_names')/root/item[name_key={quoted}]/name)"
        )


def test_a_path_may_begin_below_the_root_of_an_xml_file() -> None:
    """XLSForm reference, "External XML data": the example counts instance('houses')/house."""
    survey = """type | name | label | calculation
        xml-external | houses | |
        integer | rooms | How many rooms? |
        calculate | count | | count(instance('houses')/house[rooms = current()/../rooms])"""
    houses = b"<houses>" + b"".join(b"<house><rooms>%d</rooms></house>" % each for each in (2, 2, 5)) + b"</houses>"
    filling = made(survey, {"houses.xml": houses}).start(NOW)
    filling.answer("rooms", 2)
    assert filling.value("count") == "2"


def test_names_in_an_xml_file_do_not_need_its_namespace() -> None:
    survey = "type | name | label\nselect_one_from_file a.xml | q | Q"
    content = b'<root xmlns="urn:x"><item><name>n</name><label>L</label></item></root>'
    assert offered(made(survey, {"a.xml": content}).start(NOW), "q") == [("n", "L")]


def test_choices_without_a_value_are_not_offered() -> None:
    content = b"name,label\n,Nobody\na,Ana\n"
    filling = made("type | name | label\nselect_one_from_file a.csv | q | Q", {"a.csv": content}).start(NOW)
    assert offered(filling, "q") == [("a", "Ana")]


# ------------------------------------------------------------ older ways


FRUITS = b"""name_key;name;other;kind;sortby;pic
mango;Mango;round;a;2;m.png
orange;Orange;round;a;1;
apple;Apple;green;b;3;
mango;Again;x;a;9;
"""
SEARCH_CHOICES = "list_name | name | label | media::image\nf | 99 | None | \nf | name_key | name, kind | pic"


@pytest.mark.parametrize(
    ("search", "answer", "values"),
    [
        ("search('fruits')", "", ["99", "orange", "mango", "apple"]),
        ("minimal search('fruits', 'contains', 'name', ${q})", "ang", ["99", "orange", "mango"]),
        ("search('fruits', 'startswith', 'name,other', ${q})", "g", ["99", "apple"]),
        ("search('fruits', 'endswith', 'name', ${q})", "e", ["99", "orange", "apple"]),
        ("search('fruits', 'matches', 'name', ${q})", "Apple", ["99", "apple"]),
        ("search('fruits', 'matches', 'name', ${q})", "App", ["99"]),
        ("search('fruits', 'contains', 'name', ${q}, 'kind', 'b')", "a", ["99"]),
        ("search('fruits', 'contains', 'name', ${q}, 'kind', 'b')", "A", ["99", "apple"]),
    ],
)
def test_choices_can_be_searched_for_in_a_list(search: str, answer: str, values: list[str]) -> None:
    """XLSForm reference, "Dynamic selects from pre-loaded data": ways 1 to 6, ``sortby``, choices of its own."""
    survey = f"type | name | label | appearance\ntext | q | Q |\nselect_one f | a | A | {search}"
    form = made(survey, {"fruits.csv": FRUITS}, SEARCH_CHOICES)
    assert form.problems == ()
    filling = form.start(NOW)
    filling.answer("q", answer)
    assert [value for value, _label in offered(filling, "a")] == values
    assert filling.question("a").appearance == ({"minimal"} if search.startswith("minimal") else set())


def test_a_searched_choice_has_the_label_and_the_picture_of_its_columns() -> None:
    """The same section: several columns in the label, a column of pictures."""
    survey = "type | name | label | appearance\nselect_multiple f | a | A | search('fruits')"
    choices = made(survey, {"fruits.csv": FRUITS}, SEARCH_CHOICES).start(NOW).question("a").choices
    assert [(each.label, each.image) for each in choices] == [
        ("None", ""),
        ("Orange, a", ""),
        ("Mango, a", "m.png"),
        ("Apple, b", ""),
    ]


@pytest.mark.parametrize(
    ("appearance", "rows"),
    [
        ("search('a')", "instance('a')/root/item"),
        ('quick search("a")', "instance('a')/root/item"),
        (
            "search('a', 'matches', 'x y', concat(../b, ','))",
            "instance('a')/root/item[x_y = concat(current()/../b, ',')]",
        ),
        ("search('a', 'matches', 'x', '../b')", "instance('a')/root/item[x = '../b']"),
        ("search", None),
        ("autocomplete", None),
        ("search()", None),
        ("search('a', 'near', 'x', 1)", None),
        ("search('a', 'matches')", None),
    ],
)
def test_a_search_is_understood_or_left_aside(appearance: str, rows: str | None) -> None:
    assert searched_rows(appearance) == rows


def test_a_select_from_external_choices_works() -> None:
    """XLSForm reference, "Database-backed fast external itemsets": their sheet becomes itemsets.csv."""
    text = table(
        """type | name | label | choice_filter
        select_one states | st | S |
        select_one_external counties | co | C | state=${st}""",
        "list_name | name | label\nstates | tx | Texas\nstates | wa | Washington",
    )
    text += """| external_choices |
| | list_name | name | label | state |
| | counties | king | King | tx |
| | counties | pierce | Pierce | wa |
| | towns | tacoma | Tacoma | wa |
"""
    file = xform_from_table(text.encode(), ".md")
    form = Form.from_xml(file.xform, files=file.files)
    assert form.problems == ()
    filling = form.start(NOW)
    filling.answer("st", "wa")
    assert offered(filling, "co") == [("pierce", "Pierce")]
    filling.answer("co", "pierce")
    assert filling.valid("co").ok
    assert filling.question("co").kind == "select_one"


def test_an_older_xform_pulls_data_from_a_list_it_does_not_declare() -> None:
    xform = b"""<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head>
      <h:title>T</h:title><model><instance><data id="t"><a/><b/></data></instance>
      <bind nodeset="/data/b" type="string" calculate="pulldata('fruits', 'name', 'name_key', /data/a)"/>
      </model></h:head>
      <h:body><input ref="/data/a"><label>A</label></input></h:body></h:html>"""
    filling = Form.from_xml(xform, files={"fruits.csv": FRUITS}).start(NOW)
    filling.answer("a", "apple")
    assert filling.value("b") == "Apple"
    assert [each.what for each in Form.from_xml(xform).problems] == ["The file “fruits.csv” is not beside the form."]


# ------------------------------------------------------------ reading lists


@pytest.mark.parametrize(
    ("content", "columns", "items"),
    [
        (b"a,b\n1,2\n", ("a", "b"), [["1", "2"]]),
        (b"\xef\xbb\xbfa;b\r\n1;2,5\r\n\r\n", ("a", "b"), [["1", "2,5"]]),
        (b"a\tb\n1\t2", ("a", "b"), [["1", "2"]]),
        (b'a,b\n"x ""y"", z","two\nlines"\n', ("a", "b"), [['x "y", z', "two\nlines"]]),
        (b"a,b,\n1\n1,2,3,4\n,,\n", ("a", "b"), [["1", ""], ["1", "2"]]),
        ("a,b\nñ,“q”\n".encode("utf-16"), ("a", "b"), [["ñ", "“q”"]]),
        (b"first name,1st,a:b,ok-1.x\n1,2,3,4\n", ("first_name", "_1st", "a_b", "ok-1.x"), [["1", "2", "3", "4"]]),
        (b"a\n\x01x\x0b\n", ("a",), [["x"]]),
        ("año,1ª,ª,\u0661\nA,B,C,D\n".encode(), ("año", "_1_", "_", "_\u0661"), [["A", "B", "C", "D"]]),
    ],
)
def test_a_csv_file_is_read_as_spreadsheets_write_it(
    content: bytes, columns: tuple[str, ...], items: list[list[str]]
) -> None:
    """XLSForm reference, "Data preloading": the first row names the columns."""
    found = read_csv(content, "x.csv", 1_000)
    assert (found.columns, found.items, found.notes) == (columns, items, ())


def test_a_list_saved_the_old_way_is_read_and_told() -> None:
    found = read_csv("name,label\na,Bogotá\n".encode("cp1252"), "x.csv", 1_000)
    assert found.items == [["a", "Bogotá"]]
    form = made(
        "type | name | label\nselect_one_from_file a.csv | q | Q", {"a.csv": "name,label\na,Bogotá\n".encode("cp1252")}
    )
    assert [(each.what, each.instead) for each in form.problems] == [
        ("The file “a.csv” is not saved as UTF-8.", "Some letters may look wrong.")
    ]


@given(st.binary(max_size=300))
def test_any_bytes_are_a_list_or_told_not_to_be(content: bytes) -> None:
    for reader in (read_csv, read_geojson):
        try:
            found = reader(content, "x", 500)
        except ListUnreadable:
            continue
        assert all(len(item) == len(found.columns) for item in found.items)
        assert all(column_name(each) == each for each in found.columns)


_CELL = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff"), max_size=12)


@given(st.lists(st.lists(_CELL, min_size=2, max_size=2), max_size=8), st.sampled_from(",;\t"))
def test_what_a_spreadsheet_writes_is_what_is_read(rows: list[list[str]], delimiter: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows([["name", "label"], *rows])
    found = read_csv(out.getvalue().encode(), "x.csv", 1_000)
    wanted = [[each.strip() for each in row] for row in rows]
    assert found.columns == ("name", "label")
    assert found.items == [row for row in wanted if any(row)]


@given(st.text(max_size=20))
def test_any_heading_becomes_a_name_that_xml_takes(heading: str) -> None:
    made = column_name(heading)
    item = etree.fromstring(f"<item><{made}>x</{made}></item>")
    assert item.xpath(f"string({made})") == "x"
    assert column_name(made) == made


GEO = '{{"type": "FeatureCollection", "features": [{}]}}'


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{",
        '{"type": "Feature"}',
        '{"type": "FeatureCollection"}',
        GEO.format('{"type": "Point"}'),
        GEO.format('{"type": "Feature", "geometry": {"type": "MultiPoint", "coordinates": [[1, 2]]}}'),
        GEO.format('{"type": "Feature", "geometry": {"type": "Point", "coordinates": ["1", "2"]}}'),
        GEO.format('{"type": "Feature", "geometry": {"type": "Point", "coordinates": [1]}}'),
        GEO.format('{"type": "Feature", "geometry": {"type": "Point", "coordinates": [1, 2]}, "properties": [3]}'),
        "[" * 100_000,
    ],
)
def test_what_is_no_collection_of_features_is_told(content: str) -> None:
    """ODK documentation, "Building selects from GeoJSON files": a FeatureCollection of points, lines and areas."""
    with pytest.raises(ListUnreadable, match="could not be read as a list"):
        read_geojson(content.encode(), "x.geojson", 1_000)


# ------------------------------------------------------------ what is not there, or too much


def told(survey: str, files: Mapping[str, bytes]) -> list[tuple[str, str]]:
    form = made(survey, files)
    form.start(NOW).pages()
    return [(each.what, each.instead) for each in form.problems]


CSV_SELECT = "type | name | label\nselect_one_from_file a.csv | q | Q"
XML_SELECT = "type | name | label\nselect_one_from_file a.xml | q | Q"


def test_a_list_that_is_missing_is_told_by_its_row_and_leaves_nothing_to_choose() -> None:
    file = xform_from_table(
        table("type | name | label\nnote | n | N\nselect_one_from_file a.csv | q | Q").encode(), ".md"
    )
    form = Form.from_made(file)
    assert [(each.sheet, each.row, each.what) for each in form.problems] == [
        ("survey", 3, "The file “a.csv” is not beside the form.")
    ]
    assert form.start(NOW).question("q").choices == ()


def test_a_list_without_the_columns_asked_for_is_told() -> None:
    """XLSForm reference, "Multiple choice from file": a CSV file requires columns for value and label."""
    assert told(CSV_SELECT, {"a.csv": b"name,titel\nx,X\n"}) == [
        ("The file “a.csv” has no column “label”.", "The choices are shown by their names.")
    ]
    assert told(CSV_SELECT, {"a.csv": b"code,label\nx,X\n"}) == [
        ("The file “a.csv” has no column “name”.", "There is nothing to choose from.")
    ]
    assert offered(made(CSV_SELECT, {"a.csv": b"name,titel\nx,X\n"}).start(NOW), "q") == [("x", "x")]


def test_several_choices_need_names_without_blanks() -> None:
    """ODK documentation, "Building selects from CSV files": for select multiples, name must not contain spaces."""
    content = {"a.csv": b"name,label\nnew york,N\n"}
    assert told(CSV_SELECT, content) == []
    assert told(CSV_SELECT.replace("select_one", "select_multiple"), content) == [
        ("The file “a.csv” has names with blanks in the column “name”.", "Such a choice cannot be told from several.")
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<root>",
        b"no xml",
        b'<!DOCTYPE root [<!ENTITY a "b">]><root>&a;</root>',
        b'<!DOCTYPE root SYSTEM "file:///etc/passwd"><root/>',
        b"<a>" * 3_000,
    ],
)
def test_an_xml_list_that_is_none_or_hostile_is_told(content: bytes) -> None:
    assert told(XML_SELECT, {"a.xml": content}) == [
        ("The file “a.xml” could not be read as a list.", "Its choices and look-ups stay empty.")
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b"name,label\n" + b"x,y\n" * 200_000),
        ("a.csv", b"name,label\n" + b"x" * 10_000_000),
        ("a.xml", b"<root>" + b"<item/>" * 600_000 + b"</root>"),
    ],
)
def test_a_list_beyond_measure_is_left_aside(name: str, content: bytes) -> None:
    survey = CSV_SELECT if name.endswith("csv") else XML_SELECT
    assert told(survey, {name: content}) == [
        (f"The file “{name}” is too large.", "Its choices and look-ups stay empty.")
    ]


def test_many_large_lists_together_are_bounded() -> None:
    survey = "type | name | label\n" + "\n".join(f"select_one_from_file f{i}.csv | q{i} | Q" for i in range(4))
    content = b"name,label\n" + b"".join(b"v%d,w\n" % i for i in range(60_000))
    found = told(survey, {f"f{i}.csv": content for i in range(4)})
    assert [what for what, _instead in found] == [f"The file “f{i}.csv” is too large." for i in (2, 3)]


def test_thousands_of_lists_and_searches_take_no_time_to_refuse() -> None:
    lists = b"".join(b'<instance id="l%d" src="jr://file/l%d.xml"/>' % (i, i) for i in range(5_000))
    xform = (
        b"""<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>T</h:title>
      <model><instance><data id="t"><a/></data></instance>"""
        + lists
        + b"""</model></h:head><h:body><select1 ref="/data/a" appearance=\""""
        + b" search(" * 100_000
        + b""""><label>A</label><item><label>B</label><value>b</value></item></select1></h:body></h:html>"""
    )
    form = Form.from_xml(xform)
    assert len(form.problems) < 1_000
    assert form.problems[300].what == "This form names more lists than can be read."
    assert offered(form.start(NOW), "a") == [("b", "B")]


def test_pictures_that_are_missing_are_told_once() -> None:
    survey = "type | name | label | media::image | media::audio\nnote | n | N | a.png | b.mp3\nnote | m | M | a.png |"
    assert told(survey, {"b.mp3": b"x"}) == [
        ("The file “a.png” is not beside the form.", "The words are shown without it.")
    ]


# ------------------------------------------------------------ finding files


def test_files_are_found_in_the_media_folder_and_by_name_beside_the_form(tmp_path: Path) -> None:
    """XLSForm reference, "Media": a folder named after the form; nothing else in the folder is looked at."""
    path = tmp_path / "visit.md"
    path.write_text(
        table("type | name | label\nselect_one_from_file a.csv | q | Q\nselect_one_from_file b.csv | r | R")
    )
    (tmp_path / "a.csv").write_bytes(b"name,label\na,Beside\n")
    (tmp_path / "private.csv").write_bytes(b"name,label\na,Private\n")
    (tmp_path / "visit-media").mkdir()
    (tmp_path / "visit-media" / "b.csv").write_bytes(b"name,label\nb,Inside\n")
    (tmp_path / "visit-media" / "c.png").write_bytes(b"c")
    (tmp_path / "visit-media" / "folder").mkdir()
    form = Form.load(path)
    assert set(form.files) == {"a.csv", "b.csv", "c.png"}
    filling = form.start(NOW)
    assert offered(filling, "q") == [("a", "Beside")]
    assert offered(filling, "r") == [("b", "Inside")]
    again = Form.from_xml(form.xform, files=form.files)
    assert offered(again.start(NOW), "r") == [("b", "Inside")]
    assert again.problems == form.problems == ()


def test_the_media_folder_comes_first_and_letters_may_be_large_or_small(tmp_path: Path) -> None:
    path = tmp_path / "visit.md"
    path.write_text(table(CSV_SELECT))
    (tmp_path / "a.csv").write_bytes(b"name,label\na,Beside\n")
    (tmp_path / "visit-media").mkdir()
    (tmp_path / "visit-media" / "a.csv").write_bytes(b"name,label\na,Inside\n")
    assert offered(Form.load(path).start(NOW), "q") == [("a", "Inside")]
    assert offered(made(CSV_SELECT, {"A.CSV": b"name,label\na,Other\n"}).start(NOW), "q") == [("a", "Other")]


@pytest.mark.parametrize(
    "uri", ["jr://file/../../secret.txt", "jr://file/..\\..\\secret.txt", "jr://images//etc/secret.txt", "jr://file/.."]
)
def test_no_path_is_followed(tmp_path: Path, uri: str) -> None:
    folder = tmp_path / "one" / "two"
    folder.mkdir(parents=True)
    (tmp_path / "secret.txt").write_bytes(b"x")
    assert named_files(f'<instance src="{uri}"/>'.encode()) in (["secret.txt"], [])
    assert files_beside(folder / "f.xml", f'<instance src="{uri}"/>'.encode()) == ({}, [])
    (folder / "secret.txt").write_bytes(b"beside")
    found, _problems = files_beside(folder / "f.xml", f'<instance src="{uri}"/>'.encode())
    assert set(found.values()) <= {b"beside"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only where there are pipes")
def test_what_is_no_plain_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.csv")
    path = tmp_path / "visit.md"
    path.write_text(table(CSV_SELECT))
    assert Form.load(path).files == {}


def test_a_file_too_large_to_take_along_is_told(tmp_path: Path) -> None:
    with (tmp_path / "a.csv").open("wb") as stream:
        stream.truncate(30_000_000)
    found, problems = files_beside(tmp_path / "f.xml", b'<instance src="jr://file-csv/a.csv"/>')
    assert found == {}
    assert [each.what for each in problems] == ["The file “a.csv” is too large."]
