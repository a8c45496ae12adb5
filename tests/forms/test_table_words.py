"""What pyxform says about a table is told in our words, with its row, or not at all where nothing is different here."""

from __future__ import annotations

import re

import pytest

from planner.forms import Form, FormUnreadable, Problem
from planner.forms.reading import xform_from_table
from planner.forms.table_words import in_our_words
from planner.words import use_language


def told(survey: str, choices: str = "") -> list[Problem]:
    """What is told of a table, opened or not."""
    table = f"| survey |\n{survey}\n" + (f"| choices |\n{choices}\n" if choices else "")
    try:
        return list(xform_from_table(table.encode(), ".md", "made-up").problems)
    except FormUnreadable as trouble:
        return list(trouble.problems)


LISTS = "| | list_name | name | label |\n| | yn | yes | Yes |"


@pytest.mark.parametrize(
    ("survey", "choices", "sheet", "row", "words"),
    [
        ("| | type | name | label |\n| | text | a b | A |", "", "survey", 2, "a name that cannot be used"),
        ("| | type | name | label |\n| | select_one no | a | A |", LISTS, "survey", 2, "“no” is not on the sheet"),
        ("| | type | name | label |\n| | text | a | A |\n| | text | b | |", "", "survey", 3, "b: there is no question"),
        ("| | type | name | label |\n| | text | a | A |\n| | text | a | B |", "", "survey", 3, "“a” is used twice"),
        (
            "| | type | name | label | relevant |\n| | text | a | A | ${b} = 1 |",
            "",
            "survey",
            2,
            "In the column “relevant” it says “b”",
        ),
        ("| | type | name | label |\n| | begin_group | g | G |\n| | text | a | A |", "", "survey", 2, "never ends"),
        ("| | type | name | label |\n| | text | a | A |\n| | end_group | | |", "", "survey", 3, "never began"),
        ("| | type | name | label |\n| | | a | A |", "", "survey", 2, "A row has no type"),
        ("| | type | name | label |\n| | text | | A |", "", "survey", 2, "A row has no name"),
        ("| | type | name | label |\n| | calculate | a | |", "", "survey", 2, "should calculate something"),
        ("| | Name | Age |\n| | Ana | 30 |", "", "survey", 0, "The columns 'type' are missing"),
        (
            "| | type | name | label |\n| | select_one yn | a | A |",
            LISTS + "\n| | yn | yes | Yes again |",
            "choices",
            3,
            "Two answers in one list",
        ),
    ],
)
def test_a_mistake_is_told_with_its_row_and_the_way_to_mend_it(
    survey: str, choices: str, sheet: str, row: int, words: str
) -> None:
    found = [each for each in told(survey, choices) if words in each.what]
    assert [(each.sheet, each.row) for each in found] == [(sheet, row)], told(survey, choices)
    assert found[0].instead


def test_a_table_that_is_no_form_is_told_as_that() -> None:
    """Most tables of a shelter were made for paper; there is no mistake in them."""
    for table, sentence in (
        ("| survey |\n| | Name | Age |\n| | Ana | 30 |\n", "This table is not a form that can be filled in here."),
        ("| survey |\n| | type | name |\n| | text | a |\n", "This form has a mistake in it and could not be opened."),
    ):
        with pytest.raises(FormUnreadable) as trouble:
            xform_from_table(table.encode(), ".md", "made-up")
        assert trouble.value.sentence == sentence


def test_what_makes_no_difference_here_is_not_told() -> None:
    """XLSForm reference, "Image": max-pixels is about sending. A name in other letters is about other tools."""
    table = "| | type | name | label |\n| | image | photo | Photo |\n| | text | a | A |\n| | text | A | B |"
    assert told(table + "\n| | text | b | |") != []
    assert told(table) == []


def test_several_mistakes_of_one_message_are_told_one_by_one() -> None:
    words = "[row : 3] On the 'choices' sheet, the 'name' value is invalid. Choice names must be unique. Learn more: x."
    assert [each.row for each in in_our_words(words + "\n" + words.replace("3", "5"))] == [3, 5]


def test_a_language_without_a_column_is_told() -> None:
    table = (
        "| | type | name | label::English (en) | label::Español (es) | hint::English (en) |\n| | text | a | A | A | H |"
    )
    assert [each.what for each in told(table)] == ["In the language “Español (es)” the column “hint” is missing."]


def test_every_message_of_the_tool_has_words_of_ours() -> None:
    """All that pyxform can say of a table of its own accord (pyxform/errors.py); what is left is told as its words."""
    from pyxform.errors import ErrorCode

    unknown = []
    for code in ErrorCode:
        if code.name.startswith("INTERNAL"):
            continue
        message = re.sub(r"\{\w+\}", "x", code.value.msg.replace("{row}", "7").replace("{sheet}", "survey"))
        unknown += [code.name for each in in_our_words(message) if "In the words of the tool" in each.what]
    # The first is about a table handed over by a program, the second follows a sheet that is missing.
    assert set(unknown) <= {"HEADER_001", "NAMES_013"}


def test_they_are_told_in_the_language_in_use() -> None:
    use_language("es")
    try:
        (found,) = told("| | type | name | label |\n| | text | a b | A |")
    finally:
        use_language("en")
    assert found.what == "En la columna «name» hay un nombre que no se puede usar."
    (unknown,) = in_our_words("[row : 4] Something quite new")
    assert (unknown.sheet, unknown.row) == ("survey", 4)
    assert "Something quite new" in unknown.what


OTHER = """
| settings |
| | form_title | form_id | default_language |
| | Made up | made-up | English (en) |
| survey |
| | type | name | label::English (en) | label::{second} |
| | select_one pets or_other | pet | Which pet? | ¿Qué mascota? |
| choices |
| | list_name | name | label::English (en) | label::{second} |
| | pets | cat | Cat | Gato |
"""


def test_other_is_said_in_the_languages_of_the_form() -> None:
    """XLSForm reference, "Specify other": a choice "Other" and a question are added."""
    made = xform_from_table(OTHER.format(second="Español (es)").encode(), ".md")
    filling = Form.from_xml(made.xform).start()
    filling.answer("/data/pet", "other")
    said = {}
    for each in ("en", "es"):
        filling.language = each
        pet, more = [item for page in filling.pages() for item in page.items]
        said[each] = [choice.label for choice in pet.choices], more.label
    assert said == {"en": (["Cat", "Other"], "Specify other."), "es": (["Gato", "Otro"], "Otro: ¿cuál?")}
    assert made.problems == ()


def test_other_in_a_language_that_is_not_known_is_told() -> None:
    made = xform_from_table(OTHER.format(second="Nahuatl (nah)").encode(), ".md")
    assert [each.what for each in made.problems] == ["“Other” is added to a list, but only in one language."]
