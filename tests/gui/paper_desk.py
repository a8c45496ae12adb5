"""A notebook with Print and share in front, and hands that press its buttons; for the tests of paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from planner.exchange.paper import spare_key_pdf
from planner.session import Session
from planner.ui.kit.buttons import Button
from planner.ui.kit.dialogs import Dialog
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.print import PrintPage
from planner.ui.paper.pdf_pages import PdfPages
from planner.ui.paper.preview import Preview

Shown = TypeVar("Shown", bound=QWidget)
HOSTILE = '#read("/etc/passwd") #import "@preview/x" *bold* <b>'
SEALED_WITH = "orange kettle by the window"
LEFT_BUTTON = Qt.MouseButton.LeftButton


class Desk:
    """An open notebook with the print page in front."""

    def __init__(self, session: Session, notebook: OpenNotebook, qtbot: QtBot) -> None:
        self.session, self.notebook, self._qtbot = session, notebook, qtbot
        page = notebook.page("print")
        assert isinstance(page, PrintPage)
        self.page = page

    @property
    def person(self) -> str:
        assert self.session.person is not None
        return self.session.person.id

    def told(self) -> str:
        return " ".join(self.page.told.sentences)

    def tick(self, name: str) -> None:
        press(self.page.parts_ticks.ticks[name])

    def look(self) -> Preview:
        press(self.page.look_button)
        return self.shown(Preview)

    def shown(self, kind: type[Shown]) -> Shown:
        """Wait until a widget of this kind is open."""
        window = self.notebook.window()
        self._qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(kind)), timeout=20_000)
        return next(each for each in window.findChildren(kind) if each.isVisible())

    def dialog(self, title: str) -> Dialog:
        """Wait until a dialog of this title is open."""
        window = self.notebook.window()

        def found() -> list[Dialog]:
            return [each for each in window.findChildren(Dialog) if each.isVisible() and each.title.text() == title]

        self._qtbot.waitUntil(lambda: bool(found()), timeout=20_000)
        return found()[0]

    def wait(self, what: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(what, timeout=20_000)


def press(widget: QWidget) -> None:
    """A click in the middle of a widget."""
    QTest.mouseClick(widget, LEFT_BUTTON, pos=QPoint(widget.width() // 2, widget.height() // 2))
    QApplication.processEvents()


def press_words(dialog: QWidget, words: str) -> None:
    """Press the button with these words."""
    press(next(each for each in dialog.findChildren(Button) if each.text() == words and each.isVisible()))


@pytest.fixture(name="desk")
def desk_fixture(
    qtbot: QtBot, open_session: Callable[..., Session], show_notebook: Callable[..., OpenNotebook]
) -> Desk:
    session = open_session("me")
    return Desk(session, show_notebook(session, "print"), qtbot)


@pytest.fixture(name="home")
def home_fixture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of the person's own, where a PDF can be saved."""
    folder = tmp_path / "home"
    (folder / "Music").mkdir(parents=True)
    monkeypatch.setattr(Path, "home", classmethod(lambda _cls: folder))
    return folder


def pages_of(text: str = "ABCDE-FGHJK-23456") -> PdfPages:
    return PdfPages(spare_key_pdf(text))
