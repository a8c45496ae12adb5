"""The people's page of a real notebook on the screen, and a hand that presses and types."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from planner.plan.records import Dependent, SupportContact
from planner.session import Session
from planner.ui.kit.text import Chip, Text
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.people import PeoplePage
from planner.ui.pages.people_fields import ContactFields

LEFT = Qt.MouseButton.LeftButton


class Opened:
    """One session with the people on the screen."""

    def __init__(self, session: Session, notebook: OpenNotebook) -> None:
        self.session, self.notebook = session, notebook
        page = notebook.page("people")
        assert isinstance(page, PeoplePage)
        self.page = page

    @property
    def person(self) -> str:
        person = self.session.person
        assert person is not None
        return person.id

    def contact(self, name: str) -> SupportContact:
        return next(each for each in self.session.contacts(self.person) if each.name == name)

    def dependent(self, name: str) -> Dependent:
        return next(each for each in self.session.dependents(self.person) if each.name == name)

    def open(self, name: str) -> None:
        self.page.open(self.contact(name).id)
        QApplication.processEvents()

    def edit(self, name: str) -> ContactFields:
        self.open(name)
        press(self.page.card.head.pencil)
        return self.contact_fields

    @property
    def contact_fields(self) -> ContactFields:
        form = self.page.form
        assert isinstance(form, ContactFields)
        return form

    def lines(self) -> list[str]:
        return [line.title for line in self.page.list._model.all()]

    def seen(self) -> str:
        """Every word that can be read on the page now."""
        QApplication.processEvents()
        labels = [each for each in self.page.findChildren(Text) if each.isVisible()]
        chips = [each for each in self.page.findChildren(Chip) if each.isVisible()]
        return "\n".join([each.text() for each in labels] + [each.text() for each in chips])


@pytest.fixture
def people(open_session: Callable[..., Session], show_notebook: Callable[..., OpenNotebook]) -> Callable[..., Opened]:
    def start(what: str = "me", **look: object) -> Opened:
        session = open_session(what, str(look.get("language", "en")))
        return Opened(session, show_notebook(session, "people", **look))

    return start


def press(widget: QWidget) -> None:
    QTest.mouseClick(widget, LEFT)
    QApplication.processEvents()


def type_into(widget: QWidget, words: str) -> None:
    (widget.focusProxy() or widget).setFocus()
    QTest.keyClicks(widget.focusProxy() or widget, words)
