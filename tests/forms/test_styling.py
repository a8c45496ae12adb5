"""Styling of labels: examples of the ODK documentation, "Form Styling", and of enketo-transformer, ``markdown.js``."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.forms.styling import Line, Span, plain, spans, styled


def test_bold_and_italic() -> None:
    """Form Styling, "Emphasis": its own example."""
    assert styled("This label has **bold** and *italic* text.") == (
        Line(
            (
                Span("This label has "),
                Span("bold", bold=True),
                Span(" and "),
                Span("italic", italic=True),
                Span(" text."),
            )
        ),
    )
    assert list(spans("_italic_ __bold__")) == [Span("italic", italic=True), Span(" "), Span("bold", bold=True)]
    assert list(spans("***both***")) == [Span("both", bold=True, italic=True)]


@pytest.mark.parametrize("level", range(1, 7))
def test_headings(level: int) -> None:
    """Form Styling, "Headers": six of them; markdown.js takes signs off the end."""
    assert styled(f"{'#' * level} Header") == (Line((Span("Header"),), level=level),)
    assert styled(f"{'#' * level} Header {'#' * level}") == (Line((Span("Header"),), level=level),)


def test_no_heading_without_a_blank() -> None:
    assert plain("#1 of two") == "#1 of two"
    assert styled("Now\n## Then\nafter")[1].level == 2


def test_escapes() -> None:
    """Form Styling, "Escaping Markdown"."""
    assert plain("\\# This headline is normal sized") == "# This headline is normal sized"
    assert plain(r"An asterisk: \* and an underscore: \_ and one slash: \\") == (
        "An asterisk: * and an underscore: _ and one slash: \\"
    )
    assert plain(r"**a \** b**") == "a ** b"


def test_colours() -> None:
    """Form Styling, "Fonts and colors": its examples."""
    assert list(spans('Going <span style="color:red">red</span>')) == [Span("Going "), Span("red", colour="red")]
    assert list(spans('Going <span style="color:#008000">green</span>'))[1] == Span("green", colour="#008000")
    (line,) = styled('# <span style="font-family:cursive;color:purple">Color and font styling.</span>')
    assert (line.level, line.spans) == (1, (Span("Color and font styling.", colour="purple"),))
    assert list(spans('<span style="background-color:red">as it is</span>')) == [Span("as it is")]


def test_links_show_where_they_lead() -> None:
    """Form Styling, "Hyperlinks"; nothing is opened here, so the address is said."""
    text = "This label [contains a link](http://example.com)."
    assert list(spans(text))[1] == Span("contains a link", link="http://example.com")
    assert plain(text) == "This label contains a link (http://example.com)."
    assert plain("[example.com](https://example.com)") == "example.com"


def test_lists() -> None:
    """markdown.js, createUnorderedList and createOrderedList: three signs, and numbers."""
    assert [(line.mark, line.text) for line in styled("Bring:\n- a card\n* **a** letter\n+ a photo")] == [
        ("", "Bring:"),
        ("•", "• a card"),
        ("•", "• a letter"),
        ("•", "• a photo"),
    ]
    assert plain("First\n1. this\n2. that") == "First\n1. this\n2. that"
    assert styled("First\n1. this\n2. that")[2].mark == "2."
    assert styled("1. What is your name?") == (Line((Span("1. What is your name?"),)),)
    assert styled("- only one line") == (Line((Span("- only one line"),)),)


def test_html() -> None:
    """Form Styling, "Inline HTML" and "Text alignment"; what is no tag of these is text."""
    assert plain('<p style="text-align:center">Centered label</p>') == "Centered label"
    assert list(spans("<b>one</b> <i>two</i>")) == [Span("one", bold=True), Span(" "), Span("two", italic=True)]
    assert plain("one<br/>two") == "one\ntwo"
    assert plain("5 < 6, a <script>alert(1)</script> b") == "5 < 6, a <script>alert(1)</script> b"


def test_signs_that_mean_themselves() -> None:
    for text in ("2*3*4", "my_file_name", "*", "**", "_", "[a] (b)", "a ** b", "3 * 4 * 5", "Ana & Lin"):
        assert plain(text) == text


@given(st.text(alphabet=st.characters(exclude_characters="\\*_#[<\n\r")))
def test_a_text_without_signs_stays(text: str) -> None:
    assert plain(text) == text


@given(st.text(alphabet=" ab1*_#[]()>/\\\n-.spn", max_size=80))
def test_no_letter_is_lost(text: str) -> None:
    """Without a tag every letter is shown; addresses are said."""
    assert [each for each in plain(text) if each in "ab1"] == [each for each in text if each in "ab1"]


@given(st.text(alphabet=" ab*_#[]()<>\\\n-./spn", max_size=80))
def test_lines_say_what_plain_says(text: str) -> None:
    assert "\n".join(line.text for line in styled(text)).strip() == plain(text).strip()


@pytest.mark.parametrize("bit", ["*a ", "[", "_a", "<i>", "<i></b>", "[a](", "**", "\\", "__ ", "# ", "- \n"])
def test_long_ones_take_no_time(bit: str) -> None:
    """Where every beginning looked for its end on its own, this would not come to an end."""
    assert len(plain(bit * 200_000)) <= len(bit) * 200_000
