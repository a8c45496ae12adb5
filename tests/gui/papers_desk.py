"""A notebook with the papers on the screen, and hands that bring them in and open them; for the tests of papers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from planner.session import Session
from planner.session.papers import Paper
from planner.ui.kit.dialogs import Dialog
from planner.ui.kit.text import Text
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.papers import PapersPage
from tests.gui.paper_desk import home_fixture, press, press_words  # noqa: F401 - a fixture among them
from tests.unit.exchange.photos import jpeg

PHOTO = jpeg(6)


class Opened:
    """One session with the papers on the screen."""

    def __init__(self, session: Session, notebook: OpenNotebook, qtbot: QtBot) -> None:
        self.session, self.notebook, self._qtbot = session, notebook, qtbot

    @property
    def page(self) -> PapersPage:
        page = self.notebook.page("papers")
        assert isinstance(page, PapersPage)
        return page

    @property
    def person(self) -> str:
        assert self.session.person is not None
        return self.session.person.id

    def papers(self) -> list[Paper]:
        return self.session.papers.of(self.person)

    def keep(self, content: bytes = PHOTO, kind: str = "image/jpeg", title: str = "Letter") -> Paper:
        paper = self.session.papers.keep(self.person, content, kind, title)
        self.session.papers.told(paper)
        return paper

    def open(self, paper: Paper) -> None:
        self.notebook.go("papers", paper=paper.id)

    def open_id(self) -> str:
        return self.page.one.paper.id if self.page.one.paper is not None else ""

    def wait(self, what: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(what, timeout=20_000)

    def seen(self, paper: Paper) -> None:
        self.open(paper)
        self.wait(lambda: self.page.one.viewer.has_picture)

    def words(self) -> str:
        QApplication.processEvents()
        return "\n".join(each.text() for each in self.page.findChildren(Text) if each.isVisible())

    def dialog(self, title: str) -> Dialog:
        window = self.notebook.window()

        def found() -> list[Dialog]:
            return [each for each in window.findChildren(Dialog) if each.isVisible() and each.title.text() == title]

        self.wait(lambda: bool(found()))
        return found()[0]

    def shown(self, kind: type[QWidget]) -> QWidget:
        window = self.notebook.window()
        self.wait(lambda: any(each.isVisible() for each in window.findChildren(kind)))
        return next(each for each in window.findChildren(kind) if each.isVisible())


@pytest.fixture(name="opened")
def opened_fixture(
    open_session: Callable[..., Session], show_notebook: Callable[..., OpenNotebook], qtbot: QtBot
) -> Callable[..., Opened]:
    def start(what: str = "empty", **look: object) -> Opened:
        session = open_session(what)
        return Opened(session, show_notebook(session, "papers", **look), qtbot)

    return start
