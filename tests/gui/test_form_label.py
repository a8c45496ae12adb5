"""Labels as their author styled them, with their picture and their recording; and plain words where they are said."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton

from planner.forms.styling import plain
from planner.ui.a11y import walk
from planner.ui.kit.paint import Block, Look, readable
from planner.ui.kit.text import Text
from planner.ui.pages.form_answers import Around
from planner.ui.pages.form_answers_media import Seen
from planner.ui.pages.form_label import LabelMedia, Styled, label_text, named_by
from planner.ui.theme import theme
from tests.gui.media_desk import Form, media  # noqa: F401 - a fixture among them
from tests.unit.exchange.photos import png

PICTURE = png()


def looks(text: Text) -> list[tuple[str, bool, bool, str]]:
    return [(text.text()[each.start : each.end], each.bold, each.italic, each.colour) for each in text._looks]


def test_words_are_styled_and_said_plainly(media: Form) -> None:  # noqa: F811
    """ODK documentation, "Form Styling": its examples of emphasis and colours."""
    label = 'This **bold** and *italic* and <span style="color:red">red</span>.'
    screen = media(f"text | word | {label} | A _hint_ with **weight**")
    question = screen.view._blocks[0].question
    assert question.label == "This bold and italic and red."
    assert question.hint == "A hint with weight"
    (said, hint) = [each.words for each in screen.view._blocks[0].findChildren(Styled)]
    assert said is not None
    assert hint is not None
    assert looks(said) == [
        ("bold", True, False, ""),
        ("italic", False, True, ""),
        ("red", False, False, "red"),
    ]
    assert looks(hint) == [("hint", False, True, ""), ("weight", True, False, "")]
    first = screen.view.first()
    assert first is not None
    assert first.accessibleName() == question.label
    assert said.buddy() is first
    assert "**" not in screen.view.heading()
    assert "**" not in screen.words()


def test_choices_and_titles_are_plain_words(media: Form) -> None:  # noqa: F811
    screen = media("begin group | part | **Part** one", "text | word | A word", "end group |")
    assert screen.page.over_title().startswith("Part one")


def test_what_was_answered_is_styled_no_more_than_the_label(media: Form) -> None:  # noqa: F811
    screen = media("text | name | Your name", "text | more | Is *${name}* right?")
    screen.write("name", "Ana")
    screen.next()
    (styled,) = screen.view._blocks[0].findChildren(Styled)
    assert styled.words is not None
    assert looks(styled.words) == [("Ana", False, True, "")]
    assert screen.filling.question("more").label == "Is Ana right?"


def test_lines_headings_and_lists(media: Form) -> None:  # noqa: F811
    label = "# Title<br/>words<br/>- one<br/>- two"
    screen = media(f"note | n | {label}")
    (styled,) = screen.view._blocks[0].findChildren(Styled)
    texts = [(each.text(), each._step) for each in styled.findChildren(Text)]
    assert texts == [
        ("Title", "question"),
        ("words", "lead"),
        ("•", "lead"),
        ("one", "lead"),
        ("•", "lead"),
        ("two", "lead"),
    ]


def test_without_styling_it_is_one_text() -> None:
    label = label_text("A word", "", "question")
    assert type(label) is Text
    assert named_by(label) is label


def test_thousands_of_lines_are_one_text() -> None:
    markup = "\n".join(["**a**"] * 5_000)
    assert type(label_text(plain(markup), markup, "label")) is Text
    assert type(label_text("a", "**a**", "label")) is Styled


def test_colours_are_taken_only_where_they_can_be_read() -> None:
    """WCAG 2.2, 1.4.3: 4.5 to 1."""
    try:
        for look, dark, pale in (("light", "darkgreen", "yellow"), ("dark", "yellow", "navy")):
            theme.apply(look, 1.0, "en")
            assert readable(dark) is not None
            assert readable(pale) is None
        assert readable("no-colour") is None
        assert readable("#12") is None
    finally:
        theme.apply("light", 1.0, "en")


def test_letters_beyond_the_first_plane_do_not_shift_a_look() -> None:
    block = Block("\N{SLIGHTLY SMILING FACE} two", looks=[Look(2, 5, bold=True)])
    (piece,) = block._formats()
    assert (piece.start, piece.length) == (3, 3)


def test_the_picture_of_a_question_is_shown_with_its_words(media: Form) -> None:  # noqa: F811
    row = "text | word | Which one is it? | | | | small.png"
    screen = media(row, files={"small.png": PICTURE})
    (seen,) = screen.view._blocks[0].findChildren(Seen)
    screen.wait(lambda: seen.viewer.has_picture)
    assert seen.viewer.accessibleName() == "Picture: Which one is it?"
    assert "\n".join(map(str, walk(screen.notebook.window()))) == ""


def test_a_picture_that_cannot_be_shown_is_said(media: Form) -> None:  # noqa: F811
    screen = media("text | word | Which? | | | | odd.png", files={"odd.png": b"<svg/>"})
    screen.wait(lambda: "cannot be shown" in screen.words())


def test_a_picture_that_is_not_there_takes_no_room(media: Form) -> None:  # noqa: F811
    screen = media("text | word | Which? | | | | gone.png")
    assert not screen.view._blocks[0].findChildren(LabelMedia)


def test_the_recording_of_a_question_can_be_saved(media: Form) -> None:  # noqa: F811
    row = "text | word | Listen | | | | | tune.mp3"
    screen = media(row, files={"tune.mp3": b"ID3 made up"})
    screen.press_words("Save the recording of this question")
    assert "not played here" in screen.words()
    screen.press_words("Choose a place")
    path = screen.save_here("tune.mp3")
    assert path.read_bytes() == b"ID3 made up"
    entries = [each.detail for each in screen.session.activity() if each.what == "left"]
    assert [(each["paper"], each["what"]) for each in entries] == [("form-file", "saved-open")]


def test_in_a_window_without_a_notebook_nothing_is_handed_out(media: Form) -> None:  # noqa: F811
    row = "text | word | Listen | | | | | tune.mp3"
    screen = media(row, files={"tune.mp3": b"ID3 made up"})
    question = screen.view._blocks[0].question
    around = Around(screen.notebook.formats, form_files={"tune.mp3": b"ID3 made up"})
    alone = LabelMedia(question, around)
    assert not alone.findChildren(QAbstractButton)


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_long_styled_words_are_not_cut_off(media: Form, scale: float) -> None:  # noqa: F811
    label = (
        "# A long heading that goes on and on and on until it needs another line<br/>- and **an item** " + "word " * 40
    )
    screen = media(f"text | word | {label}", scale=scale)
    assert "\n".join(map(str, walk(screen.notebook.window()))) == ""
    assert QImage(screen.notebook.grab().toImage()).width() > 0
