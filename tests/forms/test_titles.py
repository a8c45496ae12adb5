"""The title of a form in each of its languages, and the id of a form that names none."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from planner.forms import Form
from planner.forms.titles import titles_of

SURVEY = """
| survey |
| | type | name | label::English (en) | label::Español (es) |
| | text | a | A | Á |
| settings |
"""


def load(folder: Path, settings: str, name: str = "a form.md", survey: str = SURVEY) -> Form:
    path = folder / name
    path.write_text(survey + settings, encoding="utf-8")
    return Form.load(path)


def test_a_title_stands_in_each_language(tmp_path: Path) -> None:
    form = load(tmp_path, "| | form_title | form_title::Español (es) | form_id |\n| | Come in | Entra | in |\n")
    assert (form.title, titles_of(form.definition)) == ("Come in", {"es": "Entra"})
    assert form.problems == ()


def test_the_first_of_translated_titles_stands_alone_where_there_is_no_other(tmp_path: Path) -> None:
    form = load(
        tmp_path, "| | form_title::English (en) | form_title::Español (es) | form_id |\n| | Come in | Entra | in |\n"
    )
    assert form.title == "Come in"
    assert titles_of(form.definition) == {"en": "Come in", "es": "Entra"}


def test_a_title_in_a_language_that_the_form_has_not_is_left_out(tmp_path: Path) -> None:
    form = load(tmp_path, "| | form_title | form_title::Kiswahili (sw) | form_id |\n| | Come in | Karibu | in |\n")
    assert (form.title, titles_of(form.definition)) == ("Come in", {})


def test_signs_in_a_title_stay_what_they_are(tmp_path: Path) -> None:
    form = load(tmp_path, '| | form_title | form_title::Español (es) | form_id |\n| | A | ${a} <b> & "c" | in |\n')
    assert titles_of(form.definition) == {"es": '${a} <b> & "c"'}


def test_a_form_without_translations_has_one_title(tmp_path: Path) -> None:
    """XLSForm reference, "Settings worksheet": a blank form_title takes the form_id."""
    plain = "| survey |\n| | type | name | label |\n| | text | a | A |\n| settings |\n"
    form = load(tmp_path, "| | form_id |\n| | in |\n", survey=plain)
    assert (form.title, titles_of(form.definition)) == ("in", {})


@pytest.mark.parametrize("name", ["night list.md", "night list.csv"])
def test_the_file_name_is_the_id_of_a_form_without_one(tmp_path: Path, name: str) -> None:
    """XLSForm reference, "Settings worksheet": form_id, "if not specified, the XLSForm file name is used"."""
    table = '"survey"\n,"type","name","label"\n,"text","a","A"\n'
    plain = table if name.endswith("csv") else "| survey |\n| | type | name | label |\n| | text | a | A |\n"
    assert load(tmp_path, "", name, plain).id == "night list"


def test_a_translated_title_of_an_xform_is_read(tmp_path: Path) -> None:
    made = load(tmp_path, "| | form_title | form_title::Español (es) | form_id |\n| | Come in | Entra | in |\n")
    again = Form.from_xml(made.xform, files=made.files)
    assert titles_of(again.definition) == {"es": "Entra"}
    assert again.digest == made.digest
    assert etree.fromstring(made.xform).tag == "{http://www.w3.org/1999/xhtml}html"


def test_another_file_beside_it_makes_it_another_form(tmp_path: Path) -> None:
    survey = """
| survey |
| | type | name | label |
| | select_one_from_file towns.csv | town | Town |
| settings |
"""
    (tmp_path / "towns.csv").write_text("name,label\na,A\n", encoding="utf-8")
    one = load(tmp_path, "| | form_id |\n| | in |\n", survey=survey)
    assert load(tmp_path, "| | form_id |\n| | in |\n", survey=survey).digest == one.digest
    (tmp_path / "towns.csv").write_text("name,label\na,B\n", encoding="utf-8")
    assert load(tmp_path, "| | form_id |\n| | in |\n", survey=survey).digest != one.digest
