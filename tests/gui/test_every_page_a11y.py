"""Every page and dialog as someone goes through it who does not see it: each control has a name, Tab comes to each."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from planner.session import Session
from planner.ui.a11y import walk
from planner.ui.dialogs.change_passphrase import ChangePassphrase
from planner.ui.dialogs.next_dates import NextDates
from planner.ui.dialogs.open_others import OpenOthers
from planner.ui.dialogs.person import AddPerson, ChangePerson
from planner.ui.dialogs.spare_key import MakeSpareKey
from planner.ui.kit.dialogs import Dialog
from planner.ui.navigation import PAGES
from planner.ui.open_notebook import OpenNotebook
from planner.ui.paper.place import ChoosePlace
from planner.ui.paper.preview import Preview
from planner.ui.paper.saving import SealFirst
from tests.gui.notebooks import OpenSession, ShowNotebook

SIZES = pytest.mark.parametrize("scale", [1.0, 2.0])
NOTEBOOKS = pytest.mark.parametrize("what", ["me", "empty", "others", "nobody"])


def test_it_would_notice_a_control_without_a_name_and_one_that_tab_passes_by(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    named, unnamed, passed_by = QPushButton("Next"), QLineEdit(), QPushButton("Back")
    passed_by.setFocusPolicy(passed_by.focusPolicy().NoFocus)
    for each in (named, unnamed, passed_by):
        layout.addWidget(each)
    assert sorted(problem.what for problem in walk(window)) == ["no name", "not reached"]


class Opened(QObject):
    """Notes down every window that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.names.append(type(watched).__name__)
        return False


def test_no_page_opens_a_window_of_its_own(open_session: OpenSession, show_notebook: ShowNotebook) -> None:
    notebooks = [show_notebook(open_session(what)) for what in ("me", "others")]
    opened = Opened()
    lonely = QPushButton("What is shown before it has a place")
    lonely.setVisible(True)
    assert opened.names == ["QPushButton"], "a window of its own would be seen"
    lonely.close()
    for notebook in notebooks:
        for name in PAGES:
            notebook.go(name)
            _settle()
    assert opened.names == ["QPushButton"]


@SIZES
@NOTEBOOKS
def test_every_page(open_session: OpenSession, show_notebook: ShowNotebook, what: str, scale: float) -> None:
    notebook = show_notebook(open_session(what), scale=scale)
    assert _problems_of_pages(notebook) == {}


@SIZES
def test_every_page_of_one_of_several_people(
    open_session: OpenSession, show_notebook: ShowNotebook, scale: float
) -> None:
    session = open_session("others")
    session.choose(session.people()[0].id)
    notebook = show_notebook(session, scale=scale)
    assert _problems_of_pages(notebook) == {}
    session.stay_with(session.people()[0].id)
    assert _problems_of_pages(notebook) == {}


def _problems_of_pages(notebook: OpenNotebook) -> dict[str, list[str]]:
    found = {}
    for name in PAGES:
        notebook.go(name)
        _settle()
        problems = walk(notebook.window())
        if problems:
            found[name] = [f"{each.what}: {each.control}" for each in problems]
    return found


def _settle() -> None:
    for _round in range(3):
        QApplication.processEvents()


Open = Callable[[OpenNotebook], None]


def _seal(notebook: OpenNotebook) -> None:
    SealFirst(notebook, lambda _secret: None).open()


def _place(notebook: OpenNotebook) -> None:
    ChoosePlace(notebook, lambda _path: None).open()


def _look(notebook: OpenNotebook) -> None:
    from planner.exchange.paper import spare_key_pdf
    from planner.ui.paper.pdf_pages import PdfPages
    from planner.ui.paper.preview import Told

    pages = PdfPages(spare_key_pdf("ABCDE-FGHJK", size="a4"))
    Preview(notebook, "Next dates", pages, Told("What these pages tell", ["A key."], []), lambda *_: None).open()


DIALOGS: dict[str, Open] = {
    "change the passphrase": lambda notebook: ChangePassphrase(notebook, notebook).open(),
    "next dates": lambda notebook: NextDates(notebook, notebook).open(),
    "spare key": lambda notebook: MakeSpareKey(notebook, notebook, lambda: None).open(),
    "a PDF": _seal,
    "where to": _place,
    "the pages": _look,
}


@SIZES
@pytest.mark.parametrize("name", DIALOGS)
def test_every_dialog(open_session: OpenSession, show_notebook: ShowNotebook, name: str, scale: float) -> None:
    notebook = show_notebook(open_session("me"), scale=scale)
    DIALOGS[name](notebook)
    _settle()
    assert walk(notebook.window()) == []


@SIZES
def test_every_dialog_of_a_worker(open_session: OpenSession, show_notebook: ShowNotebook, scale: float) -> None:
    session = open_session("others")
    person = session.people()[0]
    session.choose(person.id)
    notebook = show_notebook(session, scale=scale)
    for make in (
        lambda: AddPerson(notebook, notebook, "", lambda _person: None),
        lambda: ChangePerson(notebook, notebook, person),
        lambda: OpenOthers(notebook, notebook),
    ):
        dialog: Dialog = make()
        dialog.open()
        _settle()
        assert walk(notebook.window()) == [], type(dialog).__name__
        dialog.reject()
        _settle()


def test_an_open_switcher(open_session: OpenSession, show_notebook: ShowNotebook) -> None:
    session: Session = open_session("others")
    notebook = show_notebook(session)
    assert notebook.navigation.open_switcher()
    _settle()
    assert walk(notebook.window()) == []
