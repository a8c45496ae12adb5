"""A guided form on its way to paper, as a person does it: blank from all forms, with the answers from reading over."""

from __future__ import annotations

from typing import TypeVar

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from planner.exchange.form_parts import Asked, choose
from planner.forms import Form
from planner.forms.answer_files import MemoryFiles
from planner.forms.reading import xform_from_table
from planner.forms.ways import Way
from planner.ui.a11y import walk
from planner.ui.dialogs import form_print
from planner.ui.dialogs.form_print import PrintBlank, PrintFilled
from planner.ui.formats import Formats
from planner.ui.pages.form_summary import SummaryView
from planner.ui.paper.of_forms import WIDEST, blank_sections, filled_sections
from planner.ui.paper.preview import Preview
from tests.forms.tables import NOW, table
from tests.gui.forms_desk import OnScreen, OpenForm, button, press
from tests.unit.exchange.photos import drawing, encoded, jpeg, png, secrets_in

Shown = TypeVar("Shown", bound=QWidget)
SURVEY = (
    "type | name | label | bind::planner:sensitive\n"
    "text | open | Still open? | \ntext | refused | Refused? | \ntext | later | Put off? | \n"
    "text | said | Said? | \ntext | delicate | Delicate? | yes\n"
    "begin repeat | person | Someone | \ntext | name | What name? | \nend repeat | | | \nimage | photo | A photo? | "
)


def made() -> Form:
    return Form.from_xml(xform_from_table(table(SURVEY).encode(), ".md").xform)


def shown(screen: OnScreen, kind: type[Shown], qtbot: QtBot) -> Shown:
    window = screen.notebook.window()
    qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(kind)), timeout=20_000)
    return next(each for each in window.findChildren(kind) if each.isVisible())


@pytest.fixture(name="no_paper")
def no_paper_fixture(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paper that is usual on this computer, whatever it is, is not what is tried here."""
    monkeypatch.setattr("planner.ui.printing.usual_paper_size", lambda: "a4")
    return []


# ---------------------------------------------------------------- on the screen


def test_a_form_is_printed_blank_from_all_forms(form: OpenForm, qtbot: QtBot, no_paper: list[str]) -> None:
    screen = form("empty")
    screen.notebook.go("forms")
    press(button(screen.notebook.window(), "Print it blank"))
    dialog = shown(screen, PrintBlank, qtbot)
    assert "not one answer" in dialog.reveals.text()
    assert walk(screen.notebook.window()) == []
    asked = [each.label for section in dialog.paper().sections for each in section.asked()]
    assert "What would help most today?" in asked
    dialog.languages.choose("Español (es)")
    paper = dialog.paper()
    assert paper.language == "es"
    assert "¿Qué te ayudaría más hoy?" in [each.label for section in paper.sections for each in section.asked()]
    press(button(dialog, "Look at the pages"))
    preview = shown(screen, Preview, qtbot)
    assert preview._pages.count > 1
    preview.reject()


def test_answers_are_printed_from_the_page_to_read_over(form: OpenForm, qtbot: QtBot, no_paper: list[str]) -> None:
    screen = form("empty")
    screen.until("needs")
    screen.choose("needs", "sleep")
    screen.until("sleep_tonight")
    screen.choose("sleep_tonight", "none")
    screen.until("summary")
    press(screen.view_of(SummaryView).print_button)
    dialog = shown(screen, PrintFilled, qtbot)
    assert walk(screen.notebook.window()) == []
    assert "They show 1 answer." in dialog.reveals.text()
    assert "1 answer about something sensitive stays out." in dialog.reveals.text()
    press(dialog.sensitive)
    assert "They show 2 answers." in dialog.reveals.text()
    assert "stays out" not in dialog.reveals.text()
    assert not dialog.pictures.isVisible(), "there is none"
    press(dialog.some_out.button)
    press(dialog.kept_in.ticks["/data/sleep"])
    assert "They show 1 answer." in dialog.reveals.text()
    assert [each.title for each in choose(dialog.paper())] == ["Where to begin"]
    press(button(dialog, "Look at the pages"))
    preview = shown(screen, Preview, qtbot)
    preview.reject()


def test_what_left_is_written_down_without_the_answers(
    form: OpenForm, monkeypatch: pytest.MonkeyPatch, no_paper: list[str]
) -> None:
    screen = form("empty")
    screen.until("needs")
    screen.choose("needs", "sleep")
    screen.until("summary")
    given: list[object] = []
    monkeypatch.setattr("planner.ui.printing.preview_and_print", lambda *all_of_it: given.extend(all_of_it))
    table_ = screen.page.table
    assert table_ is not None
    form_print.print_filled(screen.notebook, table_)
    window = screen.notebook.window()
    dialog = next(each for each in window.findChildren(PrintFilled) if each.isVisible())
    press(dialog.day_made)
    press(button(dialog, "Look at the pages"))
    _desk, _title, _render, reveals, leaving = given
    assert "It shows the day it was made." in str(reveals)
    detail = str(leaving)
    assert "sleep" not in detail
    assert "First" not in detail
    assert screen.person in detail


# ---------------------------------------------------------------- answers as words


def test_ways_of_not_answering_leave_no_trace_on_paper() -> None:
    filling = made().start(NOW)
    filling.answer("refused", "a word she took back")
    filling.answer("later", "another word")
    filling.answer("said", "Yes, gladly")
    filling.put_off("refused", Way.RATHER_NOT)
    filling.put_off("later", Way.NOT_NOW)
    asked = {each.label: each for section in filled_sections(filling, Formats("en")) for each in section.asked()}
    assert asked["Said?"].answer == "Yes, gladly"
    assert [asked[each].answer for each in ("Still open?", "Refused?", "Put off?")] == ["", "", ""]
    alike = {(each.hint, each.why, each.room, each.sensitive) for each in list(asked.values())[:3]}
    assert len(alike) == 1, "an open question, a refused one and one put off look the same"
    assert "word" not in str(asked)


def test_each_of_several_has_its_number() -> None:
    filling = made().start(NOW)
    for name in ("Ada", "Bo"):
        filling.answer(f"{filling.add_repeat('/data/person')}/name", name)
    blocks = [block for section in filled_sections(filling, Formats("en")) for block in section.blocks]
    said = [(block.title, each.answer) for block in blocks for each in block.asked if each.label == "What name?"]
    numbered = [f"Someone {number}" for number in range(1, len(said) + 1)]
    assert [title for title, _answer in said] == numbered
    assert [answer for _title, answer in said if answer] == ["Ada", "Bo"]


def test_styled_words_are_plain_on_paper() -> None:
    rows = 'type | name | label\ntext | a | A **bold** <span style="color:red">red</span> word'
    form_ = Form.from_xml(xform_from_table(table(rows).encode(), ".md").xform)
    assert next(blank_sections(form_, "")[0].asked()).label == "A bold red word"


def photographed(content: bytes) -> Asked:
    """The question that was answered with this picture, as it goes onto paper."""
    files, filling = MemoryFiles(), made().start(NOW)
    filling.answer("photo", files.keep("x.png", "image/png", content))
    asked = (each for section in filled_sections(filling, Formats("en"), files) for each in section.asked())
    return next(each for each in asked if each.label == "A photo?")


def test_a_picture_is_made_anew_the_right_way_up(qapp: QApplication) -> None:
    content = jpeg(6)  # lying on its side, as the camera wrote beside it
    assert secrets_in(content)
    asked = photographed(content)
    assert asked.answer == "A picture", "the name under which it is kept says nothing"
    assert asked.media_type == "image/jpeg"
    assert secrets_in(asked.picture) == []
    before, after = QImage.fromData(content), QImage.fromData(asked.picture)
    assert (before.width(), before.height()) == (after.height(), after.width())


def test_a_large_picture_is_made_small(qapp: QApplication) -> None:
    asked = photographed(encoded(drawing(size=(2 * WIDEST, WIDEST // 2)), "PNG"))
    image = QImage.fromData(asked.picture)
    assert (image.width(), image.height(), asked.media_type) == (WIDEST, WIDEST // 4, "image/png")


def test_a_file_that_is_no_picture_or_gone_is_named_in_words(qapp: QApplication) -> None:
    files, filling = MemoryFiles(), made().start(NOW)
    for content in (b"nothing of the kind", png(6)[:30], None):
        value = files.keep("x.png", "image/png", content or b"x")
        if content is None:
            files.discard(value)
        filling.answer("photo", value)
        sections = filled_sections(filling, Formats("en"), files)
        asked = next(each for section in sections for each in section.asked() if each.label == "A photo?")
        assert (asked.answer, asked.picture) == ("A picture", b"")


def test_a_drawing_that_may_name_other_files_is_never_opened_for_paper(qapp: QApplication) -> None:
    """Qt follows what an SVG names; only photos of the kinds that can be shown are tried."""
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    bitmap = encoded(drawing(size=(9, 9)), "BMP")
    for content in (svg, b" " + svg, bitmap):
        assert not QImage.fromData(content).isNull()
        assert photographed(content).picture == b""


def test_what_is_said_to_a_worker_alone_is_on_no_paper() -> None:
    rows = "type | name | label | guidance_hint | bind::planner:for-worker\ntext | a | A | Because | Ask gently, twice"
    form_ = Form.from_xml(xform_from_table(table(rows).encode(), ".md").xform)
    filling = form_.start(NOW)
    filling.answer("a", "yes")
    assert "Ask gently" in next(page for page in filling.pages() if page.items).items[0].for_worker
    printed = str(blank_sections(form_, "")) + str(filled_sections(filling, Formats("en")))
    assert "yes" in printed
    assert "gently" not in printed
