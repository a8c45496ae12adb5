"""Contact notes: kept only when asked, added to and never changed, closed while somebody is beside the worker."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from planner.session.notes import NOTE_KINDS
from planner.ui.a11y import walk
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.note_editor import KIND_WORDS
from planner.ui.pages.notes import NotesPage
from tests.gui.notebooks import OpenSession, ShowNotebook
from tests.gui.worker_desk import held, id_of, page_of, popup_of, settle, switcher_of


@pytest.fixture
def notes(open_session: OpenSession, show_notebook: ShowNotebook) -> OpenNotebook:
    session = open_session("others")
    session.choose(id_of(session, "Lin"))
    return show_notebook(session, "notes")


def test_every_kind_has_words() -> None:
    assert tuple(KIND_WORDS) == NOTE_KINDS


def test_nothing_is_kept_before_it_is_asked_for(notes: OpenNotebook) -> None:
    session, page = notes.session, page_of(notes, NotesPage)
    lin = id_of(session, "Lin")
    before = session.notes.of(lin)
    page.write(None)
    assert walk(notes.window()) == []
    editor = page.editor
    QTest.keyClicks(editor.facts.paper, "Called the clinic.")
    QTest.keyClicks(editor.minutes, "twenty")
    notes.go("plan")
    notes.go("notes")
    assert session.notes.of(lin) == before
    editor.keep_button.click()
    assert editor.minutes_row.asking()
    assert session.notes.of(lin) == before
    editor.minutes.setText("20")
    editor.how.choose("call")
    editor.day.set_value(date(2026, 3, 10))
    QTest.keyClicks(editor.agreed.paper, "She calls back.")
    editor.keep_button.click()
    (new,) = [note for note in session.notes.of(lin) if note not in before]
    assert (new.when_date, new.kind, new.minutes) == (date(2026, 3, 10), "call", 20)
    assert (new.facts, new.agreed, new.author) == ("Called the clinic.", "She calls back.", "Miriam")
    assert editor.isHidden()
    assert session.take_draft("notes") is None


def test_a_note_needs_a_few_words(notes: OpenNotebook) -> None:
    page = page_of(notes, NotesPage)
    page.write(None)
    page.editor.keep_button.click()
    assert page.editor.facts_row.asking()
    QTest.keyClicks(page.editor.facts.paper, "x")
    assert not page.editor.facts_row.asking()
    page.editor.facts.paper.setPlainText("word " * 100)
    assert page.editor.facts_row.asking(), "a long text is softly spoken of"


def test_what_is_added_stands_under_the_first_text(notes: OpenNotebook) -> None:
    session, page = notes.session, page_of(notes, NotesPage)
    lin = id_of(session, "Lin")
    first = session.notes.of(lin)[0]
    page.write(first)
    assert not page.editor.day.isVisible(), "an addition has no day or kind of its own"
    QTest.keyClicks(page.editor.facts.paper, "It was the other office.")
    page.editor.keep_button.click()
    (now,) = [note for note in session.notes.of(lin) if note.id == first.id]
    assert now.facts == first.facts
    assert [each.facts for each in now.amendments] == ["It was the other office."]
    settle()
    texts = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert texts.index("Facts: It was the other office.") == texts.index("Added on March 12") + 1


def test_half_typed_words_outlast_a_lock(notes: OpenNotebook, show_notebook: ShowNotebook) -> None:
    session, page = notes.session, page_of(notes, NotesPage)
    lin = id_of(session, "Lin")
    before = len(session.notes.of(lin))
    page.write(None)
    QTest.keyClicks(page.editor.facts.paper, "Half a sent")
    notes.put_away()
    later = show_notebook(session, "notes")
    again = page_of(later, NotesPage)
    assert again.editor.facts.text() == "Half a sent"
    assert not again.editor.isHidden()
    assert len(session.notes.of(lin)) == before


def test_half_typed_words_stay_with_the_person_they_are_about(notes: OpenNotebook) -> None:
    session, page = notes.session, page_of(notes, NotesPage)
    page.write(None)
    QTest.keyClicks(page.editor.facts.paper, "About Lin")
    notes.navigation.open_switcher()
    QTest.keyClicks(popup_of(notes).field, "Ana")
    QTest.keyClick(popup_of(notes).field, Qt.Key.Key_Return)
    notes.go("notes")
    settle()
    assert held(notes.window(), ["About Lin"]) == set()
    notes.navigation.open_switcher()
    QTest.keyClicks(popup_of(notes).field, "Lin")
    QTest.keyClick(popup_of(notes).field, Qt.Key.Key_Return)
    notes.go("notes")
    assert page_of(notes, NotesPage).editor.facts.text() == "About Lin"
    assert session.person is not None


def test_dropped_words_can_be_taken_back(notes: OpenNotebook) -> None:
    page = page_of(notes, NotesPage)
    page.write(None)
    QTest.keyClicks(page.editor.facts.paper, "Not this")
    page.editor.drop_button.click()
    assert page.editor.isHidden()
    assert notes.session.take_draft("notes") is None
    notes.undo()
    assert page.editor.facts.text() == "Not this"
    assert not page.editor.isHidden()


def test_notes_are_closed_while_somebody_is_there(notes: OpenNotebook) -> None:
    session, page = notes.session, page_of(notes, NotesPage)
    facts = [note.facts for note in session.notes.of(id_of(session, "Lin"))]
    page.write(None)
    QTest.keyClicks(page.editor.facts.paper, "Half a word")
    assert held(notes.window(), [*facts, "Half a word"]) == {*facts, "Half a word"}
    switcher_of(notes).with_someone()
    settle()
    assert held(notes.window(), [*facts, "Half a word"]) == set()
    assert notes.current == "today"
    session.reached_everyone()
    notes.go("notes")
    assert page_of(notes, NotesPage).editor.facts.text() == "Half a word"
