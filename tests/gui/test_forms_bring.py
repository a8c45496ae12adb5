"""Bringing in a form, putting it aside and reading what was answered, as a person does it, on a real notebook."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from planner.session import Session
from planner.store.errors import DiskFull
from planner.ui.a11y import walk
from planner.ui.kit.buttons import Button
from planner.ui.kit.dialogs import Dialog
from planner.ui.kit.floats import Menu
from planner.ui.kit.rows import ListRow
from planner.ui.kit.text import Text
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.form_read import FormReadPage
from planner.ui.pages.forms import FormsPage
from planner.ui.pages.forms_bring import SHOWN, FormsBringPage
from planner.ui.pages.search import SearchPage
from planner.ui.paper.choose_file import ChooseFile
from tests.gui.notebooks import OpenSession, ShowNotebook
from tests.gui.test_search import line, settle
from tests.session.test_own_forms import ONE, SHIPPED, TOWNS, TWO


class Hand:
    """What somebody does there."""

    def __init__(self, session: Session, notebook: OpenNotebook, shelf: Path, qtbot: QtBot) -> None:
        self.session, self.notebook, self.shelf, self._qtbot = session, notebook, shelf, qtbot
        (shelf / "towns.csv").write_text(TOWNS, encoding="utf-8")

    @property
    def me(self) -> str:
        person = self.session.person
        assert person is not None
        return person.id

    @property
    def forms(self) -> FormsPage:
        self.notebook.go("forms")
        page = self.notebook.page("forms")
        assert isinstance(page, FormsPage)
        QApplication.processEvents()
        return page

    @property
    def bring(self) -> FormsBringPage:
        page = self.notebook.page("forms-bring")
        assert isinstance(page, FormsBringPage)
        return page

    def look(self, text: str, name: str = "arriving.md") -> FormsBringPage:
        (self.shelf / name).write_text(text, encoding="utf-8")
        self.notebook.go("forms-bring")
        page = self.bring
        page.read(self.shelf / name)
        self._qtbot.waitUntil(lambda: page.preview is not None or page.unreadable is not None, timeout=20_000)
        return page

    def take(self, text: str) -> None:
        self.look(text).take.click()
        self._qtbot.waitUntil(lambda: self.notebook.current == "forms")

    def finish(self, **answers: str) -> str:
        desk = self.session.forms.open(self.me, "arriving")
        for name, words in answers.items():
            desk.filling.answer(name, words)
        desk.save()
        desk.finish([], [])
        return self.session.forms.finished(self.me)[0].id

    def choose(self, anchor: Button, words: str) -> None:
        anchor.click()
        menu = next(each for each in self.notebook.window().findChildren(Menu) if each.isVisible())
        next(each for each in menu.findChildren(QWidget) if each.accessibleName() == words).setFocus()
        QTest.keyClick(self.notebook.window().focusWidget(), Qt.Key.Key_Return)
        QApplication.processEvents()


def rows_of(page: QWidget) -> list[ListRow]:
    QApplication.processEvents()
    """The lines of what was answered before; those of forms that can be begun are others."""
    found = [each for each in page.findChildren(ListRow) if each.isVisible()]
    return [each for each in found if not each.press.accessibleName().startswith("Begin: ")]


def said(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(each.text() for each in widget.findChildren(Text) if each.isVisibleTo(widget))


@pytest.fixture
def hand(
    open_session: OpenSession,
    show_notebook: ShowNotebook,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> Hand:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    monkeypatch.setattr(Path, "home", classmethod(lambda _cls: shelf))
    session = open_session("empty")
    return Hand(session, show_notebook(session, "forms"), shelf, qtbot)


@pytest.mark.apart
def test_a_form_is_chosen_looked_at_and_brought_in(hand: Hand, qtbot: QtBot) -> None:
    (hand.shelf / "arriving.md").write_text(ONE, encoding="utf-8")
    hand.forms.bring.click()
    assert hand.notebook.current == "forms-bring"
    hand.bring.choose.click()
    window = hand.notebook.window()
    qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(ChooseFile)))
    chooser = next(each for each in window.findChildren(ChooseFile) if each.isVisible())
    line = next(each for each in chooser.list.lines() if each.title == "arriving.md")
    chooser.list.opened.emit(line.id)
    qtbot.waitUntil(lambda: hand.bring.preview is not None, timeout=20_000)
    words = said(hand.bring)
    assert "Arriving" in words
    assert "3 questions · English, Español · version 1" in words
    assert "Everything in it works here." in words
    assert hand.session.store.forms() == [], "looking changes nothing"
    hand.bring.take.click()
    assert hand.notebook.current == "forms"
    assert "Arriving" in said(hand.forms)
    assert [each.id for each in hand.session.forms.all()] == [*SHIPPED, "arriving"]


def test_what_will_not_work_as_written_is_told_row_by_row_before_anything_changes(hand: Hand) -> None:
    strange = ONE.replace("| | text | bed |", "| | deviceid | dev | | |\n| | text | bed |")
    page = hand.look(strange)
    words = said(page)
    assert "Sheet “survey”, row 3" in words
    assert "Everything in it works here." not in words
    assert page.preview is not None
    (problem,) = page.preview.problems
    assert problem.what in words
    assert problem.instead in words
    assert hand.session.store.forms() == []


@pytest.mark.apart
def test_a_form_that_cannot_be_opened_says_why_and_leads_on(hand: Hand) -> None:
    page = hand.look("| survey |\n| | type | name | label |\n| | text | a b | A |\n")
    assert page.unreadable is not None
    assert page.unreadable.sentence in said(page)
    assert "row 2" in said(page)
    assert not page.take.isVisible()
    assert page.other.isVisible()
    assert not page.aside.isVisible()
    assert hand.look(ONE, "other.md").take.isVisible()
    assert hand.bring.aside.isVisible()


def test_a_long_report_shows_its_first_rows_and_says_how_many_more(hand: Hand) -> None:
    rows = "\n".join(f"| | deviceid | dev{n} | | |" for n in range(SHOWN + 5))
    page = hand.look(ONE.replace("| | text | bed |", f"{rows}\n| | text | bed |"))
    assert page.preview is not None
    assert len(page.preview.problems) == SHOWN + 5
    assert "And 5 more." in said(page)


def test_a_newer_version_says_what_it_changes(hand: Hand) -> None:
    hand.take(ONE)
    desk = hand.session.forms.open(hand.me, "arriving")
    desk.filling.answer("wish", "quiet")
    desk.save()
    words = said(hand.look(TWO))
    assert "You have an earlier version of this form." in words
    assert "1 question is new. 1 question is no longer asked. Answers that were begun go on in it" in words
    assert "the same" in said(hand.look(ONE))
    assert not hand.bring.take.isVisible()


def test_answers_of_an_earlier_version_are_read_as_they_were(hand: Hand) -> None:
    hand.take(ONE)
    done = hand.finish(wish="A lamp", bed="By the window")
    assert rows_of(hand.forms) == []
    hand.take(TWO)
    (row,) = rows_of(hand.forms)
    row.press.click()
    assert hand.notebook.current == "form-read"
    page = hand.notebook.page("form-read")
    assert isinstance(page, FormReadPage)
    words = said(page)
    assert "Which bed?" in words
    assert "By the window" in words
    assert "in version 1 of the form" in words
    assert not walk(hand.notebook.window())
    hand.session.forms.throw_away(done)
    assert "not here any more" in said(page)
    page.back.click()
    assert hand.notebook.current == "forms"
    assert page.table is None


def test_what_is_found_in_earlier_answers_leads_to_them_as_they_were(hand: Hand) -> None:
    def found_at(words: str) -> tuple[str, dict[str, str]]:
        hand.notebook.go("search", text=words)
        page = hand.notebook.page("search")
        assert isinstance(page, SearchPage)
        settle(page)
        page.open(line(page, "Arriving").id)
        return hand.notebook.here()

    hand.take(ONE)
    first = hand.finish(wish="A heron outside")
    assert found_at("heron") == ("form", {"form": "arriving", "at": "summary"})
    second = hand.finish(wish="An otter outside")
    assert found_at("heron") == ("form-read", {"filling": first})
    assert found_at("otter") == ("form", {"form": "arriving", "at": "summary"})
    hand.take(TWO)
    assert found_at("otter") == ("form-read", {"filling": second})
    assert "An otter outside" in said(hand.notebook.page("form-read"))


def test_where_the_disk_is_full_the_form_stays_on_the_screen_and_comes_in_later(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = hand.look(ONE)
    with monkeypatch.context() as full:

        def no_room(*_what: object) -> None:
            raise DiskFull

        full.setattr(hand.session.store, "keep_form", no_room)
        page.take.click()
        assert hand.notebook.current == "forms-bring"
        assert page.preview is not None
        assert hand.notebook.unsaved == 1
    assert hand.session.store.forms() == []
    assert hand.notebook.commit()
    assert [each.id for each in hand.session.forms.all()] == [*SHIPPED, "arriving"]


def test_a_form_is_put_aside_offered_again_and_removed(hand: Hand) -> None:
    hand.take(ONE)
    page = hand.forms
    hand.choose(page.own.buttons["arriving"], "Put it aside")
    assert [each.id for each in hand.session.forms.all()] == SHIPPED
    assert "Put aside" in said(page)
    hand.choose(page.own.buttons["arriving"], "Offer it again")
    assert [each.id for each in hand.session.forms.all()] == [*SHIPPED, "arriving"]
    hand.choose(page.own.buttons["arriving"], "Remove it")
    dialog = next(each for each in hand.notebook.window().findChildren(Dialog) if each.isVisible())
    next(each for each in dialog.findChildren(Button) if each.text() == "Remove it").click()
    assert hand.session.store.forms() == []
    assert not page.own.isVisible()


def test_a_form_with_answers_cannot_be_removed_and_stays_readable_when_put_aside(hand: Hand) -> None:
    hand.take(ONE)
    hand.finish(wish="A lamp")
    page = hand.forms
    page.own.buttons["arriving"].click()
    menu = next(each for each in hand.notebook.window().findChildren(Menu) if each.isVisible())
    assert not [each for each in menu.findChildren(QWidget) if each.accessibleName() == "Remove it"]
    menu.close()
    hand.choose(page.own.buttons["arriving"], "Put it aside")
    (row,) = rows_of(page)
    row.press.click()
    read = hand.notebook.page("form-read")
    assert "A lamp" in said(read)


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("language", ["en", "es"])
def test_everybody_can_use_the_pages(
    open_session: OpenSession, show_notebook: ShowNotebook, tmp_path: Path, qtbot: QtBot, language: str, scale: float
) -> None:
    session = open_session("empty")
    notebook = show_notebook(session, "forms", language=language, scale=scale)
    hand = Hand(session, notebook, tmp_path, qtbot)
    notebook.go("forms-bring")
    assert walk(notebook.window()) == []
    hand.look(ONE.replace("| | text | bed |", "| | deviceid | dev | | |\n| | text | bed |"))
    assert walk(notebook.window()) == []
    hand.bring.take.click()
    assert walk(notebook.window()) == []


def test_with_somebody_beside_the_worker_forms_are_not_brought_in_or_taken_away(
    open_session: OpenSession, show_notebook: ShowNotebook, tmp_path: Path, qtbot: QtBot
) -> None:
    session = open_session("others")
    (tmp_path / "towns.csv").write_text(TOWNS, encoding="utf-8")
    (tmp_path / "arriving.md").write_text(ONE, encoding="utf-8")
    session.forms.own.keep(session.forms.own.look(tmp_path / "arriving.md"))
    lin = session.people()[0].id
    session.choose(lin)
    notebook = show_notebook(session, "forms")
    page = notebook.page("forms")
    assert isinstance(page, FormsPage)
    assert page.bring.isVisible()
    assert page.own.isVisible()
    session.stay_with(lin)
    notebook.go("forms")
    assert not page.bring.isVisible()
    assert not page.own.isVisible()
    notebook.go("forms-bring")
    assert notebook.current != "forms-bring"
