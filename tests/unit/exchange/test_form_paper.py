"""Guided forms on paper: what goes onto the pages, what they are said to tell, and the pages themselves."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import pikepdf
import pytest

from planner.exchange.form_paper import form_data, form_sheet
from planner.exchange.form_parts import Asked, Block, FormPaper, FormSection, Room, choose, form_reveals
from planner.exchange.gate import Leaving, Left, PaperKind, leaving_words

from .made_up import PlainFormats, pages, squeezed, text_of
from .photos import jpeg, secrets_in

FORMATS = PlainFormats()
SECRET = "4711 Quiet Lane"
ASKED = (
    Asked(label="Where?", answer=SECRET, sensitive=True, free=True),
    Asked(label="Which day?", answer="March 12, 2026", room=Room.DAY),
    Asked(label="Whom to call?", answer="Call Ray, 555 010 4477", free=True),
    Asked(label="What else?", room=Room.LINES),
    Asked(label="One of these?", room=Room.ONE, choices=("Yes", "No", "Not sure")),
    Asked(label="A drawing", answer="A picture", picture=jpeg(6), media_type="image/jpeg"),
)
SECTIONS = (
    FormSection(ref="/d/a", title="Where I sleep", blocks=(Block(asked=ASKED[:3]),)),
    FormSection(ref="/d/b", title="My body", blocks=(Block(title="Someone 1", asked=ASKED[3:], again=True),)),
)
FILLED = FormPaper(title="First steps", sections=SECTIONS)
BLANK = replace(FILLED, blank=True)


def images(pdf: bytes) -> list[bytes]:
    """The pictures in a PDF, as they lie in it."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        streams = [each for each in document.objects if isinstance(each, pikepdf.Stream)]
        return [each.read_raw_bytes() for each in streams if each.get("/Subtype") == "/Image"]


def told(paper: FormPaper) -> str:
    return " ".join(form_reveals(paper))


def test_what_is_sensitive_is_in_only_when_it_is_wanted() -> None:
    without = text_of(form_sheet(FILLED, FORMATS).pdf)
    assert squeezed("Which day?") in without
    assert squeezed(SECRET) not in without
    assert squeezed("Where?") not in without, "the question alone would tell that there is an answer"
    assert "1 answer about something sensitive stays out." in told(FILLED)
    wanted = replace(FILLED, sensitive=True)
    assert squeezed(SECRET) in text_of(form_sheet(wanted, FORMATS).pdf)
    assert "1 of them is about something sensitive." in told(wanted)
    assert "stays out" not in told(wanted)


def test_a_blank_form_holds_no_answer_at_all() -> None:
    for paper in (BLANK, replace(BLANK, sensitive=True, pictures=True, open_ones=True)):
        words = text_of(form_sheet(paper, FORMATS).pdf)
        for asked in ASKED:
            assert squeezed(asked.label) in words
            assert not asked.answer or squeezed(asked.answer) not in words
        assert "Not sure" in [choice for each in choose(paper) for one in each.asked() for choice in one.choices]
        assert images(form_sheet(paper, FORMATS).pdf) == []
    assert told(BLANK).startswith("They show the questions of this form, and not one answer.")


def test_questions_without_an_answer_are_there_only_when_they_are_wanted() -> None:
    assert squeezed("What else?") not in text_of(form_sheet(FILLED, FORMATS).pdf)
    both = replace(FILLED, open_ones=True)
    assert squeezed("What else?") in text_of(form_sheet(both, FORMATS).pdf)
    assert "They show 2 questions that are open." in told(both)


def test_sections_can_stay_out() -> None:
    paper = replace(FILLED, left_out=frozenset({"/d/a"}))
    assert [each.title for each in choose(paper)] == ["My body"]
    assert "Where I sleep" not in told(paper)
    assert "They speak of: My body." in told(paper)
    assert "sensitive" not in told(paper), "what lies in a section that is out is not counted"


def test_what_the_pages_tell_is_counted_on_what_is_printed() -> None:
    said = told(replace(FILLED, sensitive=True, printed_on=dt.date(2026, 3, 12), careful=("Ray", "Max")))
    assert "They show 4 answers." in said
    assert "In your own words stands 1 number that looks like a phone number." in said
    assert "Your own words name 1 person you keep away from." in said
    assert "It shows the day it was made." in said
    assert "picture" not in said
    assert "They show 1 picture, without" in told(replace(FILLED, pictures=True))


def test_somebody_to_keep_away_from_is_noticed_in_a_question_too() -> None:
    asked = (Asked(label="How old is Max?", answer="12"),)
    paper = FormPaper(title="T", sections=[FormSection(ref="a", blocks=(Block(asked=asked),))], careful=("max",))
    assert "Your own words name 1 person you keep away from." in told(paper)


def test_nothing_answered_is_said_kindly() -> None:
    paper = replace(FILLED, sections=())
    assert told(paper) == "These pages hold nothing of yours yet."
    assert squeezed("There is no hurry.") in text_of(form_sheet(paper, FORMATS).pdf)


@pytest.mark.parametrize("room", list(Room))
@pytest.mark.parametrize("choices", [(), ("A", "B"), tuple(f"Choice {number}" for number in range(9)), ("x" * 900, "")])
def test_every_room_makes_accessible_pages(room: Room, choices: tuple[str, ...]) -> None:
    asked = Asked(label="What?", hint="So", why="Because", room=room, choices=choices, conditional=True)
    blocks = (Block(asked=(asked,)), Block(title="Someone", asked=(asked,), again=True))
    # Without a title of the section, too: no level of headings may be left out (ISO 14289-1, 7.4.2).
    both = [FormSection(ref="a", title="Section", blocks=blocks), FormSection(ref="b", blocks=blocks)]
    sheet = form_sheet(FormPaper(title="", sections=both, blank=True, language="es", size="us-letter"), FORMATS)
    assert sheet.all_letters
    with pikepdf.open(io.BytesIO(sheet.pdf)) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "es"
        assert "pdfuaid" in bytes(document.Root.Metadata.read_bytes()).decode()
        assert document.pages[0].mediabox[2] == pytest.approx(612)


def test_a_picture_is_shown_with_words_and_without_what_a_camera_wrote() -> None:
    assert secrets_in(jpeg(6))
    (shown,) = images(form_sheet(replace(FILLED, pictures=True), FORMATS).pdf)
    assert shown.startswith(b"\xff\xd8\xff")
    assert secrets_in(shown) == []
    assert form_data(FILLED, FORMATS)["sections"][1]["blocks"][0]["asked"][0]["picture"] == []


def test_a_picture_that_cannot_be_read_is_named_in_words() -> None:
    broken = replace(ASKED[5], picture=b"\xff\xd8\xff\xe0 nothing", media_type="image/jpeg")
    sections = [FormSection(ref="a", blocks=(Block(asked=(broken,)),))]
    paper = FormPaper(title="T", sections=sections, pictures=True)
    assert squeezed("A picture") in text_of(form_sheet(paper, FORMATS).pdf)


def test_a_long_form_runs_on_and_counts_its_pages() -> None:
    asked = tuple(Asked(label=f"Question {number}?", room=Room.LINES) for number in range(60))
    paper = FormPaper(title="T", sections=[FormSection(ref="a", title="S", blocks=(Block(asked=asked),))], blank=True)
    made = form_sheet(paper, FORMATS).pdf
    assert len(pages(made)) > 3
    assert all(squeezed(each.label) in text_of(made) for each in asked)


@pytest.mark.parametrize(
    "text", ['#read("base.typ")', "*bold* $x^2$ <label> @label", '"; #sys.inputs.data; "', "= Head"]
)
def test_what_looks_like_markup_is_printed_as_it_stands(text: str) -> None:
    asked = Asked(label=text, hint=text, why=text, room=Room.ONE, choices=(text, text))
    block = Block(title=text, asked=(asked, replace(asked, answer=text)))
    paper = FormPaper(title=text, sections=[FormSection(ref=text, title=text, blocks=(block,))], open_ones=True)
    # Title, section, block; label, hint, why and two choices of the open one; label and answer of the other.
    assert text_of(form_sheet(paper, FORMATS).pdf).count(squeezed(text)) == 3 + 5 + 2


@pytest.mark.parametrize("language", ["", "xx-klingon", "../../etc", "español", "EN"])
def test_a_language_that_is_none_does_not_stop_the_press(language: str) -> None:
    assert form_sheet(replace(FILLED, language=language), FORMATS).all_letters


def test_what_left_is_written_down_without_its_content() -> None:
    paper = replace(FILLED, sensitive=True, open_ones=True)
    detail = Leaving(what=Left.PRINTED, paper=PaperKind.FORM, parts=paper.names(), pages=2).detail()
    assert leaving_words(detail) == (
        "A guided form was printed. With it: answers, answers about what is sensitive, open questions."
    )
    assert SECRET not in str(detail)
    assert "First steps" not in str(detail)
    assert leaving_words({**detail, "parts": list(BLANK.names()), "what": "saved-open"}) == (
        "A guided form was saved as a PDF that anyone can open. With it: questions without answers."
    )
