"""Every question of a form as it is put on paper, where nothing is worked out."""

from __future__ import annotations

from pathlib import Path

from planner.forms import Form
from planner.forms.on_paper import GAP, MOST_CHOICES, blank_blocks
from tests.forms.tables import form

ENGLISH, SPANISH = "English (en)", "Español (es)"


def labels(made: Form, language: str = "") -> list[str]:
    return [question.label for block in blank_blocks(made, language) for question in block.questions]


def test_what_is_asked_only_of_some_is_there_and_marked() -> None:
    # XLSForm reference, "Relevant": shown only where the expression holds; paper cannot know whether it does.
    made = form(
        "type | name | label | relevant\n"
        "text | a | A | \n"
        "text | b | B | ${a} = 'x'\n"
        "begin group | g | G | ${a} = 'x'\n"
        "text | c | C | \n"
        "end group | | | "
    )
    blocks = blank_blocks(made, "")
    assert [(each.label, each.conditional) for block in blocks for each in block.questions] == [
        ("A", False),
        ("B", True),
        ("C", False),  # the section as a whole is asked only of some, and not this question within it
    ]
    inner = form(
        "type | name | label | relevant\nbegin group | s | S | \nbegin group | g | G | true()\n"
        "text | c | C | \nend group | | | \nend group | | | "
    )
    assert [each.conditional for block in blank_blocks(inner, "") for each in block.questions] == [True]


def test_an_answer_inside_a_question_is_a_gap() -> None:
    made = form("type | name | label\ntext | a | A\ntext | b | And of ${a}?\nnote | n | ${a}, ${b}")
    assert labels(made) == ["A", f"And of {GAP}?"], "a note of nothing but answers has nothing to say on paper"


def test_all_choices_are_offered_whatever_hangs_on_another_answer() -> None:
    # XLSForm reference, "Cascading selects", and "Randomize choices".
    made = form(
        "type | name | label | choice_filter | parameters\n"
        "select_one land | l | L | | \n"
        "select_one town | t | T | land = ${l} | \n"
        "select_multiple town | m | M | | randomize=true",
        "list_name | name | label | land\nland | a | Aland | \nland | b | Bland | \n"
        "town | x | Xtown | a\ntown | y | Ytown | b",
    )
    found = {each.label: each.choices for block in blank_blocks(made, "") for each in block.questions}
    assert found == {"L": ("Aland", "Bland"), "T": ("Xtown", "Ytown"), "M": ("Xtown", "Ytown")}


def test_so_many_choices_that_no_page_holds_them_are_a_line_to_write_on() -> None:
    rows = "\n".join(f"many | c{number} | Choice {number}" for number in range(MOST_CHOICES + 1))
    made = form("type | name | label\nselect_one many | a | A", f"list_name | name | label\n{rows}")
    assert blank_blocks(made, "")[0].questions[0].choices == ()


def test_what_is_worked_out_or_hidden_is_not_asked() -> None:
    made = form(
        "type | name | label | calculation\nstart | s | | \ncalculate | c | | 1 + 1\nhidden | h | | \n"
        "deviceid | d | | \ntext | a | A | "
    )
    assert labels(made) == ["A"]


def test_one_of_several_stands_once_under_its_name() -> None:
    made = form(
        "type | name | label\nbegin group | g | People\nbegin repeat | r | Someone\ntext | n | Name\n"
        "begin group | more | \ntext | p | Phone\nend group | | \nend repeat | | \ntext | z | Last\nend group | | "
    )
    assert [
        (block.section_title, block.title, block.again, [each.label for each in block.questions])
        for block in blank_blocks(made, "")
    ] == [
        ("People", "Someone", False, ["Name"]),
        ("People", "Someone", True, ["Phone"]),
        ("People", "", False, ["Last"]),
    ]


def test_a_form_is_read_in_the_language_that_is_asked_for() -> None:
    made = Form.load(Path(__file__).parent / "example.md")
    assert "What would help most today?" in labels(made, ENGLISH)
    assert "¿Qué te ayudaría más hoy?" in labels(made, SPANISH)
    asked = next(
        each
        for block in blank_blocks(made, SPANISH)
        for each in block.questions
        if each.label.startswith("¿Te gustaría")
    )
    assert asked.choices == ("Sí", "No")
    assert asked.sensitive
    assert asked.why == "Preguntamos para encontrar una cita a tiempo."


def test_a_heavy_or_sensitive_group_marks_what_is_in_it() -> None:
    made = form(
        "type | name | label | bind::planner:sensitive\nbegin group | g | G | yes\ntext | a | A | \nend group | | | \n"
        "text | b | B | "
    )
    assert [each.sensitive for block in blank_blocks(made, "") for each in block.questions] == [True, False]


def test_what_is_drawn_by_hand_is_drawn_on_paper_too() -> None:
    # XLSForm reference, "Appearances": signature, draw and annotate are ways of answering an image question.
    made = form(
        "type | name | label | appearance\nimage | a | A | signature\nimage | b | B | draw\nimage | c | C | \n"
        "text | d | D | draw"
    )
    assert [each.drawn for block in blank_blocks(made, "") for each in block.questions] == [True, True, False, False]
