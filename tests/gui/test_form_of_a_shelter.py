"""A form as shelters have them: questions between the groups, everything required, nothing for the plan."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from planner.forms import Form
from planner.forms.reading import xform_from_table
from planner.session import Session
from planner.session.own_forms import Arrival, FormPreview
from planner.ui.kit.text import Text
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.form_summary import SummaryView
from planner.ui.pages.forms_bring import FormsBringPage, facts_words
from planner.ui.pages.proposals import EndView
from tests.gui.forms_desk import OnScreen
from tests.gui.made_up_forms import BringIn, made_up_form  # noqa: F401 - a fixture

FORM = """
| settings |
| | form_title | form_id |
| | Coming in | coming-in |
| survey |
| | type | name | label | required |
| | note | hello | Who is with you? | |
| | text | staff | Who writes? | |
| | begin group | one | About you | |
| | text | called | What are you called? | |
| | end group | | | |
| | select_one towns | town | Which town are you from, or which one do you call home? | yes |
| | text | street | Which street? | |
| | begin group | two | Today | |
| | text | need | What do you need? | |
| | end group | | | |
| | begin repeat | child | Child | |
| | text | child_name | Name of the child | |
| | end repeat | | | |
| choices |
| | list_name | name | label |
"""
TOWNS = "".join(f"| | towns | t{n} | Town {n} |\n" for n in range(12))


@pytest.fixture
def coming_in(
    made_up_form: BringIn,  # noqa: F811
    open_session: Callable[..., Session],
    show_notebook: Callable[..., OpenNotebook],
) -> OnScreen:
    session = open_session("empty", "en")
    made_up_form(session, FORM + TOWNS)
    notebook = show_notebook(session)
    notebook.resize(900, 560)
    screen = OnScreen(session, notebook)
    notebook.go("form", form="coming-in")
    return screen


def here(screen: OnScreen) -> list[str]:
    return [tab.text for tab in screen.page.sections.tabs if tab.state == "here"]


def test_questions_between_the_groups_have_a_place_of_their_own(coming_in: OnScreen) -> None:
    tabs = coming_in.page.sections.tabs
    assert [tab.text for tab in tabs[:4]] == [
        "Who is with you?",
        "About you",
        "Which town are you from, or which one…",
        "Today",
    ]
    assert len({tab.name for tab in tabs}) == len(tabs)
    assert here(coming_in) == ["Who is with you?"]
    assert coming_in.page.over_title() == "Coming in"
    coming_in.page.sections.section_asked.emit(tabs[2].name)
    assert coming_in.key.endswith("/town")
    assert here(coming_in) == ["Which town are you from, or which one…"]
    assert coming_in.page.over_title() == "Coming in, question 1 of 2"


def test_where_the_sections_open_their_button_says_so(coming_in: OnScreen, qtbot: QtBot) -> None:
    coming_in.notebook.resize(700, 560)
    menu = coming_in.notebook.header.menu
    qtbot.waitUntil(menu.isVisible)
    assert menu.accessibleName() == "Sections"
    coming_in.notebook.go("today")
    assert menu.accessibleName() == "Open the pages"


def test_what_is_asked_gently_is_in_sight(coming_in: OnScreen, qtbot: QtBot) -> None:
    """Under a long list it would be said out of sight, and Next would seem to do nothing."""
    coming_in.page.sections.section_asked.emit(coming_in.page.sections.tabs[2].name)
    below = coming_in.block("town")._below
    area = coming_in.page.area
    assert area is not None
    coming_in.page.next()
    assert coming_in.key.endswith("/town")

    def in_sight() -> bool:
        top = below.mapTo(area.viewport(), below.rect().topLeft()).y()
        return top >= 0 and top + below.height() <= area.viewport().height()

    qtbot.waitUntil(in_sight)
    assert area.verticalScrollBar().value() > 0
    coming_in.page.next()
    assert coming_in.key.endswith("/street")


def test_a_form_that_leads_to_nothing_in_the_plan_promises_nothing(coming_in: OnScreen, qtbot: QtBot) -> None:
    coming_in.page.sections.section_asked.emit("summary")
    view = coming_in.view_of(SummaryView)
    assert coming_in.page.foot.next.text() == "Done for now"
    said = [each.text() for each in view.findChildren(Text)]
    assert not [words for words in said if "go into your plan" in words]
    assert "Which town are you from, or which one do you call home?" in said
    coming_in.page.next()
    qtbot.waitUntil(lambda: coming_in.shows(EndView))
    assert len(coming_in.session.forms.finished(coming_in.person)) == 1


def test_what_is_asked_several_times_says_which_one_it_is(coming_in: OnScreen) -> None:
    name = coming_in.page.sections.tabs[4].name
    coming_in.page.sections.section_asked.emit(name)
    assert coming_in.page.over_title() == "Child, question 1 of 1"
    coming_in.page.change(lambda filling: filling.add_repeat("/data/child"))
    coming_in.page.sections.section_asked.emit(name)
    assert coming_in.page.over_title() == "Child 1, question 1 of 2"
    coming_in.page.next()
    assert coming_in.page.over_title() == "Child 2, question 2 of 2"


def test_what_is_said_in_passing_covers_no_button_below(coming_in: OnScreen) -> None:
    coming_in.page.next()
    coming_in.write("staff", "Miriam")
    coming_in.page.next()
    coming_in.notebook.undo()
    toast, foot = coming_in.notebook.toast, coming_in.page.foot
    assert toast.isVisible()
    assert coming_in.key.endswith("/staff")
    over = toast.mapTo(coming_in.notebook, toast.rect().bottomLeft()).y()
    assert over < foot.mapTo(coming_in.notebook, foot.rect().topLeft()).y()


def test_after_a_form_is_brought_in_the_keyboard_is_at_it(coming_in: OnScreen, tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "other.md"
    file.write_text((FORM + TOWNS).replace("coming-in", "other").replace("Coming in", "The other one"), "utf-8")
    coming_in.notebook.go("forms-bring")
    page = coming_in.notebook.page("forms-bring")
    assert isinstance(page, FormsBringPage)
    page.read(file)
    qtbot.waitUntil(lambda: page.preview is not None)
    page.bring_in()
    forms = coming_in.notebook.page("forms")
    assert coming_in.notebook.current == "forms"
    way = forms.first_focus()
    assert way is not None
    assert way.accessibleName() == "Begin: The other one"
    qtbot.waitUntil(way.hasFocus)
    area = forms.area
    assert area is not None
    qtbot.waitUntil(lambda: way.mapTo(area.viewport(), way.rect().bottomLeft()).y() < area.viewport().height())
    coming_in.notebook.go("today")
    coming_in.notebook.go("forms")
    again = forms.first_focus()
    assert again is not None
    assert again.accessibleName() != "Begin: The other one"


def test_a_language_that_nobody_named_is_not_told() -> None:
    made = xform_from_table((FORM.replace("| required |", "| media::image |") + TOWNS).encode(), ".md")
    form = Form.from_xml(made.xform)
    assert form.languages == ("default",)
    assert facts_words(FormPreview(form, Arrival.NEW, 6, form.languages, ())) == "6 questions"
