"""A guided form on the screen, on a real notebook, and what a person does there with hand and keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from planner.forms import Filling
from planner.session import Session
from planner.session.filling_desk import page_key
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.form import FormPage
from planner.ui.pages.form_answers import AreaAnswer, ChoicesAnswer, LineAnswer
from planner.ui.pages.form_question import Block
from planner.ui.pages.form_views import QuestionView, View

Shown = TypeVar("Shown", bound=View)
FORM = "first-steps"
Key = Qt.Key


class OnScreen:
    """One session with a form on the screen."""

    def __init__(self, session: Session, notebook: OpenNotebook) -> None:
        self.session, self.notebook = session, notebook

    @property
    def page(self) -> FormPage:
        page = self.notebook.page("form")
        assert isinstance(page, FormPage)
        return page

    @property
    def person(self) -> str:
        person = self.session.person
        assert person is not None
        return person.id

    @property
    def filling(self) -> Filling:
        assert self.page.flow is not None
        return self.page.flow.filling

    @property
    def key(self) -> str:
        """The page she is on."""
        assert self.page.flow is not None
        return page_key(self.page.flow.page)

    @property
    def view(self) -> QuestionView:
        assert isinstance(self.page.view, QuestionView)
        return self.page.view

    def shows(self, kind: type[Shown]) -> bool:
        """Whether a view of this kind is on the screen."""
        return isinstance(self.page.view, kind)

    def view_of(self, kind: type[Shown]) -> Shown:
        """The view on the screen, which is of this kind."""
        view = self.page.view
        assert isinstance(view, kind), view
        return view

    def block(self, name: str) -> Block:
        return next(each for each in self.view._blocks if each.question.ref.endswith(f"/{name}"))

    def choose(self, name: str, *values: str) -> None:
        for value in values:
            answer = self.block(name).answer
            assert isinstance(answer, ChoicesAnswer)
            press(next(card for card in answer.group.cards if card.value == value))

    def write(self, name: str, words: str) -> None:
        answer = self.block(name).answer
        assert isinstance(answer, LineAnswer | AreaAnswer)
        first = answer.first()
        assert first is not None
        QTest.keyClicks(first, words)

    def next(self) -> None:
        press(self.page.foot.next)

    def back(self) -> None:
        press(self.page.foot.back)

    def until(self, part: str) -> None:
        """Press Next until a page whose key has this part is open."""
        for _page in range(60):
            if part in self.key:
                return
            self.next()
        raise AssertionError(f"never came to {part}; stands at {self.key}")

    def stored(self) -> str:
        """The state of what is unfinished, as it lies in the store."""
        rows = self.session.forms.unfinished(self.person)
        return rows[0].state.decode() if rows else ""


OpenForm = Callable[..., OnScreen]


@pytest.fixture
def form(open_session: Callable[..., Session], show_notebook: Callable[..., OpenNotebook]) -> OpenForm:
    """``form("empty")`` opens First steps on the screen; ``who`` is the name of a person among several."""

    def start(what: str = "empty", *, who: str = "", **look: object) -> OnScreen:
        session = open_session(what, str(look.get("language", "en")))
        if who:
            session.choose(session.add_person(who).id)
        notebook = show_notebook(session, "forms", **look)
        main = notebook.page("forms").first_focus()
        assert main is not None
        press(main)
        return OnScreen(session, notebook)

    return start


def press(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def type_keys(*keys: Qt.Key | str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press keys where the keyboard is."""
    for key in keys:
        widget = QApplication.focusWidget()
        assert widget is not None
        if isinstance(key, str):
            QTest.keyClicks(widget, key)
        else:
            QTest.keyClick(widget, key, modifier)
        QApplication.processEvents()


def on_with_keys() -> None:
    """Ctrl and Enter: Next."""
    type_keys(Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)


def button(inside: QWidget, words: str) -> QAbstractButton:
    return next(
        each
        for each in inside.findChildren(QAbstractButton)
        if words in (each.text(), each.accessibleName()) and each.isVisible()
    )
