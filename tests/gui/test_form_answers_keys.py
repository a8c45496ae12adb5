"""Every way of choosing, on a real notebook, answered by keyboard alone; and what the form then holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.forms.on_paper import blank_blocks
from planner.forms.ways import Way
from planner.session import Session
from planner.ui.a11y import walk
from planner.ui.kit.text import Text
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.form_summary import SummaryView
from tests.gui.forms_desk import Key, OnScreen, on_with_keys, type_keys
from tests.gui.made_up_forms import bring_in

FORM = """
| survey |
|  | type | name | label | parameters | appearance |
|  | begin group | all | All of them |  |  |
|  | select_one room | cols | In columns |  | columns-2 |
|  | select_multiple room | pack | Packed |  | columns-pack |
|  | select_one room | agree | Along a scale |  | likert |
|  | select_one room | swift | It goes on |  | quick |
|  | select_one room | line | Behind a line |  | minimal |
|  | select_one room | found | Searched for |  | search |
|  | begin group | table | In a table |  | table-list |
|  | select_one often | walked | I walked. |  |  |
|  | select_one often | ate | I ate. |  |  |
|  | end group |  |  |  |  |
|  | rank room | order | In order |  |  |
|  | range | calm | On a line | start=1 end=10 step=1 |  |
|  | range | bus | As stars | start=1 end=5 step=1 | rating |
|  | range | slept | From a list | start=0 end=12 step=0.5 | picker |
|  | integer | bags | Counted |  | counter |
|  | integer | rent | With marks |  | thousands-sep |
|  | date | since | A month |  | month-year |
|  | date | school | A year |  | year |
|  | date | spin | In parts |  | no-calendar |
|  | end group |  |  |  |  |

| choices |
|  | list_name | name | label |
|  | room | bed | A bed |
|  | room | door | A door that locks |
|  | room | bus | A bus nearby |
|  | often | never | Never |
|  | often | daily | Every day |

| settings |
|  | form_title | form_id |
|  | Made up | made-up |
"""

ShowForm = Callable[..., OnScreen]


@pytest.fixture
def opened(
    open_session: Callable[..., Session], show_notebook: Callable[..., OpenNotebook], tmp_path: Path
) -> ShowForm:
    def start(**look: object) -> OnScreen:
        path = tmp_path / "made-up.md"
        path.write_text(FORM, "utf-8")
        session = open_session("empty")
        form = bring_in(session, path)
        notebook = show_notebook(session, "forms", **look)
        notebook.go("form", form=form)
        return OnScreen(session, notebook)

    return start


def test_all_of_it_by_keyboard_alone(opened: ShowForm, qtbot: QtBot) -> None:
    form = opened()
    value = form.filling.value
    type_keys("2")
    on_with_keys()
    type_keys(Key.Key_Space, Key.Key_Right, Key.Key_Right, Key.Key_Space)
    on_with_keys()
    type_keys(Key.Key_Space, Key.Key_Right)
    on_with_keys()
    assert "swift" in form.key
    type_keys("3")
    qtbot.waitUntil(lambda: "line" in form.key)
    type_keys(Key.Key_Return, Key.Key_Down, Key.Key_Space)
    qtbot.waitUntil(lambda: value("line") == "door")
    on_with_keys()
    type_keys("LOCK", Key.Key_Return)
    on_with_keys()
    type_keys(Key.Key_Space, Key.Key_Right, Key.Key_Return)
    type_keys(Key.Key_Space)
    on_with_keys()
    assert "order" in form.key
    type_keys(Key.Key_End, "1")
    on_with_keys()
    type_keys("7")
    on_with_keys()
    type_keys(Key.Key_Space, Key.Key_Right, Key.Key_Right)
    on_with_keys()
    type_keys(Key.Key_Return)
    type_keys("6.5", Key.Key_Return)
    qtbot.waitUntil(lambda: value("slept") == "6.5")
    on_with_keys()
    type_keys(Key.Key_Up, Key.Key_Up)
    on_with_keys()
    type_keys("12500")
    on_with_keys()
    type_keys(Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Tab, "2024")
    on_with_keys()
    type_keys("2019")
    on_with_keys()
    type_keys(Key.Key_Down, Key.Key_Tab, "31", Key.Key_Tab, "2025")
    on_with_keys()
    assert form.shows(SummaryView)
    kept = {
        "cols": "door",
        "pack": "bed bus",
        "agree": "door",
        "swift": "bus",
        "line": "door",
        "found": "door",
        "walked": "daily",
        "ate": "never",
        "order": "bus bed door",
        "calm": "7",
        "bus": "3",
        "slept": "6.5",
        "bags": "2",
        "rent": "12500",
        "since": "2024-03-01",
        "school": "2019-01-01",
        "spin": "2025-01-31",
    }
    assert {name: value(name) for name in kept} == kept
    said = " ".join(each.text() for each in form.view_of(SummaryView).findChildren(Text))
    for words in (
        "1. A bus nearby, 2. A bed, 3. A door that locks",
        "12,500",
        "March 2024",
        "2019",
        "January 31, 2025",
    ):
        assert words in said


def test_looking_through_it_answers_nothing(opened: ShowForm) -> None:
    form = opened()
    while not form.shows(SummaryView):
        on_with_keys()
    for name in ("cols", "pack", "found", "walked", "order", "calm", "bus", "slept", "bags", "since", "school", "spin"):
        assert form.filling.value(name) == ""


@pytest.mark.parametrize("look", [{"scale": 2.0}, {"width": 900, "look": "dark"}])
def test_every_page_can_be_reached_and_read(opened: ShowForm, look: dict[str, object]) -> None:
    form = opened(**look)
    seen = 0
    while not form.shows(SummaryView):
        assert walk(form.notebook.window()) == [], form.key
        seen += 1
        form.next()
    assert seen == 16


def test_an_answer_stays_on_the_screen_after_another_is_given(opened: ShowForm) -> None:
    form = opened()
    form.until("table")
    type_keys(Key.Key_Space, Key.Key_Right)
    focus = QApplication.focusWidget()
    type_keys(Key.Key_Return)
    assert form.filling.value("walked") == "daily"
    assert focus is not None
    assert focus.isVisible(), "the row keeps its circles while the form is worked out anew"


def test_the_name_of_a_table_is_the_heading_of_its_page(opened: ShowForm) -> None:
    form = opened()
    form.until("table")
    assert form.view.heading() == "In a table"
    tall = {each.text(): each.font().pixelSize() for each in form.view.findChildren(Text) if each.isVisible()}
    assert tall["In a table"] > tall["I walked."]


def test_undo_takes_a_ranking_back(opened: ShowForm) -> None:
    form = opened()
    form.until("order")
    type_keys("2")
    assert form.filling.value("order") == "door bed bus"
    form.page.undo_here()
    assert form.filling.value("order") == ""
    assert form.block("order").answer is not None
    assert form.block("order").answer.value() == ()  # type: ignore[union-attr]


def test_the_head_of_a_table_leaves_nothing_open(opened: ShowForm) -> None:
    """Its own node is not answered (ODK, "Grid of selects on the same screen"); the section can be whole without it."""
    form = opened()
    for page in form.filling.pages():
        for item in page.items:
            if item.kind != "note" and not item.is_head and not item.readonly:
                form.filling.put_off(item.ref, Way.RATHER_NOT)
    assert [each.state for each in form.filling.outline()] == ["answered"]
    table = next(page for page in form.filling.pages() if page.ref.endswith("/table"))
    assert [item.is_head for item in table.items] == [False, True, False, False]
    printed = [each.label.strip() for block in blank_blocks(form.filling.form, "") for each in block.questions]
    assert "I walked." in printed
    assert "" not in printed
