"""Every question type: what it is here, what fits it, and what is told about it when a form is brought in."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from planner.forms import Form
from planner.forms.check import Status, check_file
from planner.forms.filling import Filling
from planner.forms.kinds import KINDS, answer_text, kind_of, range_of, trouble_with
from planner.forms.pages import Question
from planner.forms.typed_places import is_point, is_shape, is_trace, places_text
from tests.forms.tables import NOW, form

EVERY = Path(__file__).parent / "every.md"


def question(filling: Filling, name: str) -> Question:
    return filling.question(name)


def test_each_type_of_the_reference_is_the_question_it_says(every: Filling) -> None:
    """XLSForm reference, "Question types"."""
    asked = {q.ref.rsplit("/", 1)[-1]: q.kind for page in every.pages() for q in page.items}
    every.answer("pet", "other")
    asked |= {q.ref.rsplit("/", 1)[-1]: q.kind for page in every.pages() for q in page.items}
    assert asked == {
        "name": "text",
        "age": "integer",
        "price": "decimal",
        "mood": "range",
        "plain_range": "range",
        "house": "select_one",
        "pet": "select_one",
        "pet_other": "text",
        "likes": "select_multiple",
        "place": "select_one",
        "lived": "select_multiple",
        "museum": "select_one",
        "order": "rank",
        "words": "note",
        "spot": "geopoint",
        "way": "geotrace",
        "field": "geoshape",
        "day": "date",
        "hour": "time",
        "moment": "dateTime",
        "picture": "image",
        "name_drawn": "image",
        "sound": "audio",
        "film": "video",
        "paper": "file",
        "code": "barcode",
        "read_it": "acknowledge",
        "person_name": "text",
        "closest": "select_one",
    }


ANSWERS: dict[str, tuple[object, str]] = {
    "name": ("Ana", "Ana"),
    "age": (34, "34"),
    "price": (12.5, "12.5"),
    "mood": (3.5, "3.5"),
    "plain_range": (4, "4"),
    "house": ("yes", "yes"),
    "pet": ("dog", "dog"),
    "likes": (["apple", "mango"], "apple mango"),
    "place": ("herat", "herat"),
    "lived": ("mx pe", "mx pe"),
    "museum": ("fs87b", "fs87b"),
    "order": (["mango", "apple"], "mango apple"),
    "spot": ("19.4326, -99.1332", "19.4326 -99.1332 0 0"),
    "way": ("1 2; 3 4", "1 2 0 0; 3 4 0 0"),
    "field": ("1 2; 3 4; 5 6", "1 2 0 0; 3 4 0 0; 5 6 0 0; 1 2 0 0"),
    "day": (date(1969, 12, 31), "1969-12-31"),
    "hour": (time(10, 30), "10:30:00.000"),
    "moment": (datetime.fromisoformat("2026-03-12T10:30:00+05:30"), "2026-03-12T10:30:00.000+05:30"),
    "picture": ("a1.png", "a1.png"),
    "name_drawn": ("b2.png", "b2.png"),
    "sound": ("c3.mp3", "c3.mp3"),
    "film": ("d4.mp4", "d4.mp4"),
    "paper": ("e5.pdf", "e5.pdf"),
    "code": ("mango", "mango"),
    "read_it": (True, "OK"),
    "person_name": ("Rosa", "Rosa"),
    "closest": ("Rosa", "Rosa"),
}


def test_every_answer_is_kept_as_the_specification_writes_it_and_comes_back(every: Filling) -> None:
    """ODK XForms, "Data Types"; "Body Elements" for ``trigger`` and ``rank``."""
    for name, (given_value, kept) in ANSWERS.items():
        every.answer(name, given_value)
        assert every.value(name) == kept, name
        assert every.valid(name).ok, name
    sent = etree.fromstring(every.to_xml())
    assert {each.tag: each.text for each in sent.iter() if each.tag in ANSWERS} == {
        name: kept for name, (_given, kept) in ANSWERS.items()
    }
    back = every.form.resume(every.to_xml(), NOW)
    assert {name: back.value(name) for name in ANSWERS} == {name: kept for name, (_given, kept) in ANSWERS.items()}


def test_what_begins_and_ends_a_form_is_put_in_and_nothing_about_the_device(every: Filling) -> None:
    """XLSForm reference, "Metadata"; what identifies somebody or her device stays empty on purpose."""
    assert every.value("begun") == "2026-03-12T10:30:00.000+00:00"
    assert every.value("day_of_it") == "2026-03-12"
    sent = etree.fromstring(every.to_xml())
    assert sent.findtext("ended") == "2026-03-12T10:30:00.000+00:00"
    names = ("deviceid", "phonenumber", "username", "email", "sounds", "where_begun", "meta/audit")
    assert [sent.find(name) is not None and not sent.findtext(name) for name in names] == [True] * len(names)
    assert re.fullmatch(r"uuid:[0-9a-f-]{36}", sent.findtext("meta/instanceID") or "")
    assert every.value("constant") == "7"


def test_the_report_names_each_row_and_what_happens_instead(every_form: Form) -> None:
    report = check_file(EVERY)
    assert report.status is Status.PROBLEMS
    told = {(each.row, each.what.split(":")[0]) for each in every_form.problems if each.sheet == "survey"}
    assert {
        (5, "deviceid"),
        (6, "phonenumber"),
        (7, "username"),
        (8, "email"),
        (9, "audit"),
        (10, "sounds"),
        (11, "where_begun"),
        (22, "museum"),
        (25, "spot"),
        (26, "way"),
        (27, "field"),
        (31, "picture"),
        (33, "sound"),
        (34, "film"),
        (36, "code"),
    } <= told
    ours = {name for _row, name in told}
    assert not {"name", "age", "mood", "order", "name_drawn", "paper", "read_it", "begun", "day_of_it", "place"} & ours
    assert all(each.instead for each in every_form.problems if each.row in {5, 9, 25, 36})
    assert not any("is not beside the form" in each.what for each in every_form.problems)
    rows = [each.row for each in every_form.problems if each.sheet == "survey"]
    assert rows == sorted(rows)


def test_an_older_form_may_ask_for_what_phones_once_told() -> None:
    """XForms written elsewhere: preloads, actions and elements that are not done here (specification, "Actions")."""
    xform = b"""<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
      xmlns:jr="http://openrosa.org/javarosa" xmlns:odk="http://www.opendatakit.org/xforms"><h:head><h:title>T</h:title>
      <model><instance><data id="t"><sim/><where/><text/><lost/><osm/><moved/></data></instance>
      <bind nodeset="/data/sim" type="string" jr:preload="property" jr:preloadParams="simserial"/>
      <bind nodeset="/data/where" type="geopoint"/><bind nodeset="/data/text" type="string"/>
      <bind nodeset="/data/osm" type="binary"/><bind nodeset="/data/moved" type="humidity"/>
      <odk:setgeopoint ref="/data/where" event="odk-instance-first-load"/>
      <submission method="post" action="https://collect.example/x"/></model></h:head>
      <h:body><input ref="/data/text" appearance="ex:org.example.app(a='b')"><label>A</label></input>
      <input ref="/data/nowhere"><label>B</label></input>
      <upload ref="/data/osm" mediatype="osm/*"><label>C</label></upload>
      <textarea ref="/data/lost"><label>D</label></textarea>
      <input ref="/data/moved"><label>E</label></input>
      <range ref="/data/lost" start="1" end="5"><label>F</label></range></h:body></h:html>"""
    made = Form.from_xml(xform)
    told = [each.what for each in made.problems]
    assert "sim: nothing about the device or its user is put in." in told
    assert "where: the device is never asked where it is." in told
    assert "text: no other program or device is asked." in told
    assert "A question has no place for its answer." in told
    assert "moved: questions of this type are not known here." in told
    assert "lost: the ends or the step of this range make no sense." in told
    assert any("would send its answers away" in each for each in told)
    assert any("holds something that is not known here" in each for each in told)
    filling = made.start(NOW)
    filling.answer("moved", "anything")
    filling.answer("lost", "3")
    assert filling.valid("moved").ok
    assert filling.valid("lost").ok
    assert filling.value("sim") == filling.value("where") == ""
    assert question(filling, "osm").kind == "file"


def test_an_xform_may_leave_the_namespace_of_its_elements_unsaid() -> None:
    """JavaRosa's own examples do; so may a path begin at ``current()`` (specification, "XPath Paths")."""
    made = Form.from_xml(
        b"""<h:html xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>T</h:title><model><instance>
        <data id="t"><one><a/></one></data></instance><bind nodeset="/data/one/a" type="int"/></model></h:head>
        <h:body><group ref="/data/one"><label>G</label><input ref="current()/a"><label>A</label></input></group>
        </h:body></h:html>"""
    )
    assert made.problems == ()
    filling = made.start(NOW)
    filling.answer("a", 3)
    assert filling.question("/data/one/a").kind == "integer"
    assert etree.fromstring(filling.to_xml()).findtext("one/a") == "3"


def test_one_row_of_an_unknown_type_does_not_shut_the_form() -> None:
    made = form("type | name | label\nhumidity | a | A\nInteger | b | B\nnote | n | Hello ${a}")
    assert [(each.row, each.what, each.instead) for each in made.problems] == [
        (2, "a: questions of this type are not known here.", "A plain answer is asked for.")
    ]
    filling = made.start(NOW)
    assert [filling.question(name).kind for name in "abn"] == ["text", "integer", "note"]
    filling.answer("a", "much")
    assert filling.question("n").label == "Hello much"


def test_ratings_and_rankings_of_kobotoolbox_are_asked_row_by_row() -> None:
    made = form(
        """type | name | label | kobo--score-choices | kobo--rank-items | kobo--matrix_list | $kuid
        begin_score | s | S | yn | | | x1
        score__row | s1 | Tea | | | | x2
        end_score | | | | | |
        begin_rank | r | R | | yn | |
        rank__level | r1 | First | | | |
        rank__level | r2 | Second | | | |
        end_rank | | | | | |
        begin_kobomatrix | m | M | | | yn |
        text | m1 | What | | | |
        end_kobomatrix | | | | | |""",
        "list_name | name | label\nyn | yes | Yes\nyn | no | No",
    )
    assert [(each.row, each.what) for each in made.problems] == [(9, "m: tables of this kind are not known here.")]
    filling = made.start(NOW)
    assert [filling.question(name).kind for name in ("s1", "r1", "r2", "m1")] == ["select_one"] * 3 + ["text"]
    assert [each.value for each in filling.question("r2").choices] == ["yes", "no"]


# ------------------------------------------------------------ what fits


@pytest.mark.parametrize(
    ("kind", "fitting", "not_fitting"),
    [
        ("integer", ["0", "-3", "+5", "007"], ["3.5", "", "1e3", "three", "٣"]),
        ("decimal", ["3.5", ".5", "-0.25", "3"], ["3,5", "three", "1.2.3"]),
        ("date", ["2024-02-29", "1969-07-20"], ["2023-02-29", "2026-13-01", "12.03.2026"]),
        ("time", ["10:30:00.000+01:00", "10:30"], ["25:00", "noon"]),
        ("dateTime", ["2026-03-12T10:30:00.000+05:30", "2026-03-12T10:30:00.000Z"], ["2026-03-12T25:30:00Z", "soon"]),
        ("select_one", ["a", "two words"], []),
        ("select_multiple", ["a b c", "a"], ["a b a"]),
        ("rank", ["c a b"], ["a a"]),
        ("acknowledge", ["OK"], ["ok", "yes"]),
        ("barcode", ["4006381333931", "AB-12 / x"], []),
        ("geopoint", ["46.5 7.08", "46.5 7.08 372", "-90 180 -3.5 0", "0 0 0 0"], ["46.5", "91 0", "0 181"]),
        ("geopoint", ["1 2 3 4;"], ["a b", "1 2;3 4", "0 0 0 -1"]),
        ("geotrace", ["1 2 0 0; 3 4 0 0", "1 2;3 4;"], ["1 2 0 0", "1 2; 3 4; 1 2", "1 2; x"]),
        ("geoshape", ["1 2; 3 4; 1 2", "1 2 0 0;3 4 0 0;5 6 0 0;1 2 7 7"], ["1 2; 3 4", "1 2; 3 4; 5 6"]),
        ("image", ["a.png", "jr://images/a.png"], ["a/b.png", "..\\b.png", "file:///etc/x"]),
        ("file", ["my paper.pdf"], ["/etc/passwd"]),
    ],
)  # fmt: skip
def test_what_fits_a_type(kind: str, fitting: list[str], not_fitting: list[str]) -> None:
    """ODK XForms, "Data Types" and "Body Elements"; choice names of select_one may hold spaces ("Choice names")."""
    assert [text for text in fitting if trouble_with(KINDS[kind], text, {}, "") is not None] == []
    assert [text for text in not_fitting if trouble_with(KINDS[kind], text, {}, "") is None] == []


@pytest.mark.parametrize(
    ("ends", "data_type", "fitting", "not_fitting"),
    [
        (("1", "5", "0.5"), "decimal", ["1", "1.5", "5", "5.0"], ["0.5", "5.5", "1.2", "x", "NaN"]),
        (("0", "10", "1"), "int", ["0", "10", "7"], ["-1", "11", "2.5", "3.0"]),
        (("-2", "2", "2"), "int", ["-2", "0", "2"], ["-1", "1", "4"]),
        (("10", "0", "1"), "int", ["10", "0", "3"], ["11", "-1"]),
        (("0", "10", "3"), "int", ["0", "3", "9", "10"], ["4"]),
        (("0.1", "0.7", "0.2"), "decimal", ["0.1", "0.3", "0.5", "0.7"], ["0.2", "0.9"]),
    ],
)
def test_a_range_goes_from_its_start_to_its_end_in_steps(
    ends: tuple[str, str, str], data_type: str, fitting: list[str], not_fitting: list[str]
) -> None:
    """ODK XForms, "Body Attributes": ``start``, ``end`` and ``step`` of ``range``."""
    settings = dict(zip(("start", "end", "step"), ends, strict=True))
    assert [text for text in fitting if trouble_with(KINDS["range"], text, settings, data_type) is not None] == []
    assert [text for text in not_fitting if trouble_with(KINDS["range"], text, settings, data_type) is None] == []


@pytest.mark.parametrize(
    "settings",
    [{}, {"start": "1", "end": "5"}, {"start": "1", "end": "5", "step": "0"}, {"start": "a", "end": "5", "step": "1"},
     {"start": "1", "end": "Infinity", "step": "1"}, {"start": "1", "end": "1", "step": "1"}],
)  # fmt: skip
def test_a_range_without_sense_asks_for_a_number(settings: dict[str, str]) -> None:
    assert range_of(settings) is None
    assert trouble_with(KINDS["range"], "17", settings, "int") is None
    assert trouble_with(KINDS["range"], "x", settings, "int") is not None


def test_a_range_outside_its_ends_is_told_and_not_sent(every: Filling) -> None:
    every.answer("mood", "9")
    found = every.valid("mood")
    assert not found.ok
    assert "1" in found.message
    assert "5" in found.message
    assert etree.fromstring(every.to_xml()).findtext("mood") in {None, ""}


def test_a_rank_holds_all_options(every: Filling) -> None:
    """ODK XForms, "Body Elements": the recorded list always includes all options."""
    made = form(
        "type | name | label\nrank l | r | R", "list_name | name | label\nl | a | A\nl | b | B\nl | c | C"
    ).start(NOW)
    made.answer("r", ["c", "a"])
    assert not made.valid("r").ok
    made.answer("r", ["c", "a", "b"])
    assert made.valid("r").ok
    assert made.value("r") == "c a b"


# ------------------------------------------------------------ places


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("19.4326, -99.1332", "19.4326 -99.1332 0 0"),
        ("19.4326,-99.1332", "19.4326 -99.1332 0 0"),
        ("19,4326 -99,1332", "19.4326 -99.1332 0 0"),
        ("  46.5   7.08 372 ", "46.5 7.08 372 0"),
        ("46.5 7.08 372 4.5", "46.5 7.08 372 4.5"),
        ("19°25'57\"N 99°07'59\"W", "19.4325 -99.1330556 0 0"),
        ("99°07'59″O, 19°25'57″N", "19.4325 -99.1330556 0 0"),
        ("33° S 70.5° W", "-33 -70.5 0 0"),
        ("by the river", "by the river"),
        ("91 0", "91 0"),
        ("", ""),
    ],
)
def test_a_place_is_understood_as_it_is_typed(typed: str, kept: str) -> None:
    """ODK XForms, "Data Types", geopoint: latitude, longitude, altitude, accuracy, with blanks between them."""
    assert answer_text(KINDS["geopoint"], typed) == kept
    assert is_point(kept) == (kept not in {"by the river", "91 0", ""})


def test_places_may_be_given_as_numbers() -> None:
    assert answer_text(KINDS["geopoint"], (19.43, -99.13)) == "19.43 -99.13 0 0"
    assert answer_text(KINDS["geotrace"], [(1, 2), "3 4"]) == "1 2 0 0; 3 4 0 0"
    assert answer_text(KINDS["geoshape"], [(1, 2), (3, 4), (5, 6)]) == "1 2 0 0; 3 4 0 0; 5 6 0 0; 1 2 0 0"


def test_an_area_closes_itself_and_a_way_does_not() -> None:
    assert is_shape(places_text("1 2\n3 4\n5 6", closed=True))
    assert is_trace(places_text("1 2\n3 4\n5 6", closed=False))
    assert places_text("1 2; 3 4; 1 2", closed=True) == "1 2 0 0; 3 4 0 0; 1 2 0 0"


@given(st.text(max_size=60))
def test_nothing_typed_is_lost_or_breaks(typed: str) -> None:
    made = places_text(typed, closed=True)
    assert made == typed.strip() or all(is_point(each) for each in made.split(";"))
    assert places_text(made, closed=True) == made


@given(st.decimals(-90, 90, places=7, allow_nan=False), st.decimals(-180, 180, places=7, allow_nan=False))
def test_every_place_on_earth_can_be_written(latitude: Decimal, longitude: Decimal) -> None:
    assert is_point(answer_text(KINDS["geopoint"], f"{latitude:f} {longitude:f}"))


@pytest.mark.parametrize(
    ("control", "data_type", "media_type", "kind"),
    [
        ("input", "string", "", "text"),
        ("input", "nonsense", "", "text"),
        ("upload", "binary", "image/*", "image"),
        ("upload", "binary", "application/*", "file"),
        ("upload", "binary", "", "file"),
        ("range", "decimal", "", "range"),
        ("rank", "rank", "", "rank"),
        ("trigger", "string", "", "acknowledge"),
        ("select", "geopoint", "", "select_multiple"),
    ],
)
def test_the_element_decides_before_the_data_type(control: str, data_type: str, media_type: str, kind: str) -> None:
    """ODK XForms, "Body Elements"; "Bind Attributes": an unknown type is considered string."""
    assert kind_of(control, data_type, media_type, note=False).name == kind
