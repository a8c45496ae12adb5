"""Find: what matched is shown, where it leads, and initials alone where several people have pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QDeadlineTimer, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from planner.plan.records import Barrier, Goal, Helper, Step, SupportContact
from planner.session import Session
from planner.session.finding import MOST
from planner.ui.a11y import walk
from planner.ui.formats import Formats
from planner.ui.kit.lists import Line
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.search import SearchPage
from planner.ui.pages.search_words import matched_piece, matched_words
from planner.words import use_language
from tests.gui.notebooks import TODAY
from tests.gui.programs import type_into

Key = Qt.Key
Open = Callable[..., Session]
Show = Callable[..., OpenNotebook]


def page_of(notebook: OpenNotebook) -> SearchPage:
    page = notebook.page("search")
    assert isinstance(page, SearchPage)
    return page


def settle(page: SearchPage) -> None:
    """Until the search beside the window has told all."""
    deadline = QDeadlineTimer(5_000)
    while not page.settled and not deadline.hasExpired():
        QTest.qWait(2)
    assert page.settled


def look_for(notebook: OpenNotebook, text: str) -> SearchPage:
    notebook.go("search", text=text)
    page = page_of(notebook)
    settle(page)
    return page


def lines(page: SearchPage) -> list[Line]:
    return list(page.list.lines())


def line(page: SearchPage, title: str) -> Line:
    return next(each for each in lines(page) if each.title == title and not each.section)


def me(session: Session) -> str:
    assert session.person is not None
    return session.person.id


# ---------------------------------------------------------------- what matched


def test_words_are_matched_from_their_beginning_whatever_their_accents() -> None:
    assert matched_words("Café con José", "cafe jose") == ("Café", "José")
    assert matched_words("Recafé", "cafe") == ()
    assert matched_words("Call 555-0101 now", "0101") == ("555-0101",)
    assert matched_words("Call 555-0101 now", "call 01") == ("Call", "0101")
    assert matched_words("(555) 010-1234", "5550101") == ("(555) 010-1234",)


def test_the_piece_that_matched_is_shown_and_cut_round_the_word() -> None:
    assert matched_piece("Title\nMaya goes\nBus 14", "Title", "bus") == "Bus 14"
    assert matched_piece("Bus\nnothing else", "Bus", "bus") == ""
    long = f"{'word ' * 60}needle {'word ' * 60}".strip()
    piece = matched_piece(f"T\n{long}", "T", "needle")
    assert "needle" in piece
    assert piece.startswith("… ")
    assert piece.endswith(" …")
    assert len(piece) < 120


@given(st.text(max_size=40), st.text(max_size=10))
def test_what_matched_is_always_a_part_of_the_text(text: str, query: str) -> None:
    assert all(each in text for each in matched_words(text, query))
    matched_piece(f"title\n{text}", "title", query)


# ---------------------------------------------------------------- on the page


def test_what_is_typed_in_the_head_is_found_at_each_key(open_session: Open, show_notebook: Show, qtbot: QtBot) -> None:
    notebook = show_notebook(open_session("me"))
    notebook.header.focus_search()
    type_into(notebook.header.search, "ma")
    qtbot.waitUntil(lambda: notebook.current == "search")
    page = page_of(notebook)
    settle(page)
    assert [each.title for each in lines(page) if each.section][:2] == ["Steps", "Appointments"]
    found = line(page, "Legal aid")
    assert found.detail == "The letter from March"
    assert found.bold == ("March",)
    type_into(notebook.header.search, "y")
    qtbot.waitUntil(lambda: page.text == "may")
    settle(page)
    assert "Legal aid" not in [each.title for each in lines(page)]
    assert notebook.header.search.hasFocus()
    notebook.back()
    assert notebook.current == "today"


def test_somebody_to_be_careful_with_is_never_found_among_her_people(open_session: Open, show_notebook: Show) -> None:
    session = open_session("empty")
    with session.edit(me(session), "Add") as edit:
        edit.add(SupportContact(name="Zebra friend"))
        edit.add(SupportContact(name="Zebra other", keep_away=True))
    page = look_for(show_notebook(session), "zebra")
    assert [each.title for each in lines(page)] == [
        "People",
        "Zebra friend",
        "People to be careful with",
        "Zebra other",
    ]


def test_every_kind_leads_to_its_page(open_session: Open, show_notebook: Show) -> None:
    session = open_session("empty")
    goal = Goal(title="Zebra goal")
    parts = (
        Step(goal=goal.id, title="Zebra step"),
        Helper(goal=goal.id, name="Zebra helper"),
        Barrier(goal=goal.id, what="Zebra in the way"),
    )
    contact = SupportContact(name="Zebra person", phones=({"number": "(555) 010-4321", "label": ""},))
    with session.edit(me(session), "Add") as edit:
        for each in (goal, *parts, contact):
            edit.add(each)
    notebook = show_notebook(session)
    gone: list[tuple[str, dict[str, str]]] = []
    page = look_for(notebook, "zebra")
    page.desk = Gone(session, gone)  # type: ignore[assignment]
    for title in ("Zebra goal", "Zebra step", "Zebra helper", "Zebra in the way", "Zebra person"):
        page.open(line(page, title).id)
    by_goal = ("plan", {"goal": goal.id})
    assert gone == [by_goal, ("plan", {"step": parts[0].id}), by_goal, by_goal, ("people", {"contact": contact.id})]
    page = look_for(notebook, "4321")
    assert line(page, "Zebra person").detail == "(555) 010-4321"


class Gone:
    """A desk that notes where it was asked to go."""

    def __init__(self, session: Session, gone: list[tuple[str, dict[str, str]]]) -> None:
        self.session, self._gone = session, gone
        self.formats = Formats("en", "12", TODAY)

    def go(self, page: str, **where: str) -> None:
        self._gone.append((page, where))


def test_an_appointment_opens_by_keyboard(open_session: Open, show_notebook: Show) -> None:
    notebook = show_notebook(open_session("me"))
    page = look_for(notebook, "legal aid")
    page.list.setFocus()
    QTest.keyClick(page.list, Key.Key_Home)
    while page.list.current_id() != line(page, "Legal aid").id:
        QTest.keyClick(page.list, Key.Key_Down)
    QTest.keyClick(page.list, Key.Key_Return)
    assert notebook.here()[0] == "appointment"


def test_with_several_people_only_initials_tell_whose_it_is(open_session: Open, show_notebook: Show) -> None:
    session = open_session("others")
    notebook = show_notebook(session)
    page = look_for(notebook, "ma")
    found = [each for each in lines(page) if not each.section and not each.id.startswith("person/")]
    assert found
    assert all(len(each.letter) == 1 for each in found)
    for each in found:
        owner = session.find_person(each.id.split("/")[0])
        assert each.letter == owner.initial
        assert owner.name not in each.aloud()
        assert owner.name not in each.title


def test_opening_what_belongs_to_somebody_opens_their_pages(open_session: Open, show_notebook: Show) -> None:
    session = open_session("others")
    notebook = show_notebook(session)
    page = look_for(notebook, "ma")
    found = next(each for each in lines(page) if not each.section and not each.id.startswith("person/"))
    owner = found.id.split("/")[0]
    page.open(found.id)
    assert session.person is not None
    assert session.person.id == owner
    assert notebook.current in ("plan", "appointment", "people")


def test_somebody_is_found_by_name_or_code_among_everyone(open_session: Open, show_notebook: Show) -> None:
    session = open_session("others")
    notebook = show_notebook(session)
    wanted = session.people()[-1]
    page = look_for(notebook, wanted.shown)
    page.open(f"person/{wanted.id}")
    assert session.person is not None
    assert session.person.id == wanted.id
    assert notebook.current == "today"


def test_with_someone_there_only_their_pages_are_looked_through(open_session: Open, show_notebook: Show) -> None:
    session = open_session("others")
    first, other = session.people()[:2]
    with session.edit(other.id, "Add") as edit:
        edit.add(Goal(title="Zebra of the other"))
    session.stay_with(first.id)
    notebook = show_notebook(session)
    assert lines(look_for(notebook, "zebra")) == []
    assert not [each for each in lines(look_for(notebook, other.shown)) if each.id.startswith("person/")]


def test_nothing_typed_and_nothing_found_are_kind(open_session: Open, show_notebook: Show) -> None:
    notebook = show_notebook(open_session("me"))
    page = look_for(notebook, "")
    assert page.empty.isVisible()
    assert page.empty.title.text() == "What are you looking for?"
    page = look_for(notebook, "xyzzy")
    assert page.empty.title.text() == "Nothing like “xyzzy” is here"
    assert not page.list.isVisible()
    page = look_for(notebook, "ma")
    assert not page.empty.isVisible()
    assert page.list.isVisible()


def test_many_are_cut_and_said_so(open_session: Open, show_notebook: Show) -> None:
    session = open_session("empty")
    with session.edit(me(session), "Add") as edit:
        for number in range(MOST + 5):
            edit.add(Goal(title=f"Zebra {number}"))
    page = look_for(show_notebook(session), "zebra")
    assert len([each for each in lines(page) if not each.section]) == MOST
    assert page.more.isVisible()


@pytest.mark.parametrize("text", ["", "ma", "xyzzy"])
@pytest.mark.parametrize(
    ("what", "look"), [("others", {}), ("me", {"scale": 2.0, "width": 640, "height": 480, "language": "es"})]
)
def test_every_control_is_named_and_reached(
    open_session: Open, show_notebook: Show, what: str, look: dict[str, object], text: str
) -> None:
    use_language(str(look.get("language", "en")))
    notebook = show_notebook(open_session(what, str(look.get("language", "en"))), **look)
    look_for(notebook, text)
    assert walk(notebook.window()) == []
