"""Find: what matched is shown, where it leads, and initials alone where several people have pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QDeadlineTimer, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.plan.folded import matches, may_match
from planner.plan.records import Barrier, Goal, Helper, Step, SupportContact
from planner.session import Session
from planner.session.finding import MOST, Answer
from planner.store.rows import AttachmentRow
from planner.ui.a11y import walk
from planner.ui.formats import Formats
from planner.ui.kit.buttons import Button
from planner.ui.kit.floats import reached_by_tab
from planner.ui.kit.lists import Line
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.search import SearchPage, where_of
from planner.ui.pages.search_lines import matched
from planner.ui.pages.search_words import covered, matched_piece, matched_words
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


def take(page: SearchPage, number: int, answer: Answer) -> None:
    """As if the thread of a search told this."""
    page._take(number, answer, matched(answer))


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
    assert covered("(555) 010-1234", "50101") == ("(••5) 010-1•••", ("5) 010-1",))
    assert covered("(555) 010-1234", "") == ("(•••) •••-••••", ())
    assert covered("Speaks 2 languages", "lang") == ("Speaks 2 languages", ("languages",))


def test_the_piece_that_matched_is_shown_and_cut_round_the_word() -> None:
    assert matched_piece("Title\nMaya goes\nBus 14", "Title", "bus") == "Bus 14"
    assert matched_piece("Bus\nnothing else", "Bus", "bus") == ""
    long = f"{'word ' * 60}needle {'word ' * 60}".strip()
    piece = matched_piece(f"T\n{long}", "T", "needle")
    assert "needle" in piece
    assert piece.startswith("…\u00a0")
    assert piece.endswith("\u00a0…")
    assert len(piece) < 120


def test_of_several_pieces_the_one_with_most_of_the_words_is_shown() -> None:
    assert matched_piece("T\nthe bus\nthe bus to court\ncourt", "T", "court bus") == "the bus to court"
    words = "wort " * 3_000
    assert "needle" in matched_piece(f"{words} needle {words}", "T", "need")
    assert matched_piece(f"{words}", "T", "need") == ""
    assert matched_piece("What is a bus?\tno\nHow?\tby bus", "T", "bus") == "How? by bus"


def test_what_matched_is_told_in_every_script() -> None:
    assert matched_words("明天去法院预约", "法院") == ("法院",)
    assert matched_words("O’Brien", "obri") == ("O’Brien",)
    assert matched_words("المحكمة غدا", "محكم") == ("المحكمة",)
    assert matched_words("Straße 5", "STRASSE") == ("Straße",)
    assert matched_words("", "x") == matched_words("x", "") == matched_words("x", "!") == ()


@given(st.text(max_size=40), st.text(max_size=10))
def test_what_can_match_is_never_passed_over(text: str, query: str) -> None:
    for asked in (query, text[3:8], text):
        if matches(text, asked):
            assert may_match(text, asked)


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
    assert found.detail == "March 18 · The letter from March"
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
    # The rest of the number stays covered, as on the card.
    assert line(page, "Zebra person").detail == "(•••) •••-4321"


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
    nobodys = ("person/", "library/")
    found = [each for each in lines(page) if not each.section and not each.id.startswith(nobodys)]
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


def test_the_keyboard_leads_in_opens_and_leads_back(open_session: Open, show_notebook: Show) -> None:
    notebook = show_notebook(open_session("me"), "plan")
    page = notebook.page("plan")
    before = next(each for each in page.findChildren(Button) if reached_by_tab(each))
    before.setFocus()
    QTest.keyClick(notebook, Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    field = notebook.header.search
    assert field.hasFocus()
    QTest.keyClicks(field, "legal ")
    QApplication.processEvents()
    assert (notebook.current, field.text()) == ("search", "legal ")
    QTest.keyClicks(field, "aid")
    QApplication.processEvents()
    found = page_of(notebook)
    settle(found)
    assert found.text == "legal aid"
    QTest.keyClick(field, Key.Key_Down)
    assert found.list.hasFocus()
    first = next(each.id for each in lines(found) if not each.section)
    assert found.list.current_id() == first
    QTest.keyClick(found.list, Key.Key_Escape)
    assert notebook.current == "plan"
    assert before.hasFocus()
    assert field.text() == ""
    QTest.keyClick(notebook, Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(field, Key.Key_Escape)
    assert (notebook.current, before.hasFocus()) == ("plan", True)


def test_enter_opens_the_first_result_as_soon_as_it_is_known(
    open_session: Open, show_notebook: Show, qtbot: QtBot
) -> None:
    session = open_session("empty")
    first, other = Goal(title="Zebra"), Goal(title="A goal about a zebra")
    with session.edit(me(session), "Add") as edit:
        edit.add(other)
        edit.add(first)
    notebook = show_notebook(session)
    notebook.header.focus_search()
    QTest.keyClicks(notebook.header.search, "zebra")
    QTest.keyClick(notebook.header.search, Key.Key_Return)
    qtbot.waitUntil(lambda: notebook.here() == ("plan", {"goal": first.id}))
    assert (notebook.header.search.hasFocus(), notebook.header.search.text()) == (False, "")
    notebook.header.focus_search()
    QTest.keyClicks(notebook.header.search, "xyzzy")
    QTest.keyClick(notebook.header.search, Key.Key_Return)
    settle(page_of(notebook))
    assert notebook.current == "search"


def test_better_results_take_the_place_of_the_first_without_a_jump(
    open_session: Open, show_notebook: Show, qtbot: QtBot
) -> None:
    session = open_session("empty")
    with session.edit(me(session), "Add") as edit:
        for number in range(30):
            edit.add(Goal(title=f"Zebra {number}"))
    notebook = show_notebook(session)
    page = look_for(notebook, "zebra")
    assert page.area is not None
    bar = page.area.verticalScrollBar()
    # The page is as high as its list only once the layouts had their turn.
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    page.list.setFocus()
    for _step in range(20):
        QTest.keyClick(page.list, Key.Key_Down)
    chosen = page.list.current_id()
    scrolled = bar.value()
    assert chosen
    assert scrolled > 0
    assert page.answer is not None
    turned = replace(page.answer, found=tuple(reversed(page.answer.found)))
    take(page, page._number, turned)
    assert (page.list.current_id(), bar.value(), page.list.hasFocus()) == (chosen, scrolled, True)
    # Of the first, quick results the line she is on is never taken away.
    page.answer = replace(turned, last=False)
    take(page, page._number, replace(turned, found=turned.found[:2]))
    assert (page.list.current_id(), page.settled) == (chosen, True)
    # A quick answer does not take the place of a better one.
    take(page, page._number, replace(turned, found=(), last=False))
    assert page.list.current_id() == chosen
    take(page, page._number, replace(turned, found=turned.found[:2]))
    assert len(lines(page)) == 3
    # An answer to an earlier key comes too late.
    take(page, page._number - 1, Answer("zeb"))
    assert len(lines(page)) == 3


def test_the_keyboard_stays_in_the_field_where_there_is_little_room(open_session: Open, show_notebook: Show) -> None:
    notebook = show_notebook(open_session("me"), width=640, height=480, scale=2.0)
    notebook.header.focus_search()
    for letter in "maya":
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, letter)
        QApplication.processEvents()
    assert notebook.header.search.hasFocus()
    page = page_of(notebook)
    settle(page)
    assert page.text == "maya"


def test_what_changes_meanwhile_is_found(open_session: Open, show_notebook: Show, qtbot: QtBot) -> None:
    session = open_session("empty")
    page = look_for(show_notebook(session), "zebra")
    assert page.empty.isVisible()
    with session.edit(me(session), "Add") as edit:
        edit.add(Goal(title="Zebra"))
    qtbot.waitUntil(lambda: [each.title for each in lines(page)] == ["Goals", "Zebra"])
    session.undo()
    qtbot.waitUntil(page.empty.isVisible)


def test_a_note_opens_at_the_note_and_answers_where_they_are_read_over(
    open_session: Open, show_notebook: Show, qtbot: QtBot
) -> None:
    session = open_session("others")
    person = session.people()[0].id
    note = session.notes.add(
        person, when=date(2025, 1, 2), kind="call", minutes=5, who="", facts="A zebra came by.", agreed=""
    )
    for number in range(25):
        session.notes.add(person, when=date(2026, 1, 2), kind="call", minutes=number, who="", facts="-", agreed="")
    desk = session.forms.open(person, "first-steps")
    desk.filling.answer("needs", "hope")
    desk.filling.answer("hope", "to see a zebra")
    desk.save()
    notebook = show_notebook(session)
    page = look_for(notebook, "zebra")
    assert [each.title for each in lines(page)] == ["Answers", desk.info.title, "Notes", "Note of January 2, 2025"]
    assert line(page, "Note of January 2, 2025").detail == "A zebra came by."
    assert line(page, desk.info.title).detail.endswith("to see a zebra")
    page.open(line(page, "Note of January 2, 2025").id)
    assert notebook.here() == ("notes", {"note": note})
    shown = QApplication.focusWidget()
    assert isinstance(shown, Button)
    assert "January 2" in shown.accessibleName()
    area = notebook.page("notes").area
    assert area is not None
    qtbot.waitUntil(lambda: area.viewport().rect().contains(shown.mapTo(area.viewport(), shown.rect().center())))
    page = look_for(notebook, "zebra")
    page.open(line(page, desk.info.title).id)
    assert notebook.here() == ("form", {"form": "first-steps", "at": "summary"})
    session.stay_with(person)
    assert [each.title for each in lines(look_for(notebook, "zebra"))] == ["Answers", desk.info.title]


def test_a_paper_opens_among_the_papers(open_session: Open, show_notebook: Show) -> None:
    session = open_session("empty")
    row = AttachmentRow(id="p1", person=me(session), title="Zebra card", size=1, added=session.stamp())
    session.store.add_attachment(row, b"x")
    page = look_for(show_notebook(session), "zebra")
    assert [each.title for each in lines(page)] == ["Papers", "Zebra card"]
    assert where_of(session.finding.find("zebra").found[0]) == ("papers", {"paper": "p1"})


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


def test_letters_that_came_together_are_looked_for_once(
    open_session: Open, show_notebook: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    notebook = show_notebook(open_session("me"), "plan")
    asked: list[str] = []
    page = page_of(notebook)
    monkeypatch.setattr(page, "show_for", lambda **where: asked.append(where["text"]))
    notebook.header.focus_search()
    QTest.keyClicks(notebook.header.search, "legal")
    assert asked == [], "the key that hides would have waited for it"
    QApplication.processEvents()
    assert asked == ["legal"]
